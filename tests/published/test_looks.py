"""What styles hide, strike out, raise or set apart, in an element's own style and in the style sheets of the page."""

from __future__ import annotations

import re

import pytest
from lxml.etree import fromstring

from tests.published.made import page as page_of
from tests.published.made import read, shown
from tests.published.sketch import sketch
from tests.published.test_doubt import CELL, FIGURES, REPORT, SHOWN, figures, page
from tests.published.written import body
from tests.published.written import page as written
from tests.samples import city
from xlreport.errors import InputError, UnsafeError
from xlreport.published.css import MOST_LOOKS, MOST_RULES, Styles, declared
from xlreport.published.page import Line

NUMBER = FIGURES[CELL]
OTHERS = {cell: number for cell, number in FIGURES.items() if cell != CELL}

HIDING = (
    "display:none",
    "DISPLAY : None !important",
    "visibility:hidden",
    "opacity:0",
    "opacity: 0.0",
    "font-size:0",
    "font-size:0px",
    "font:0/0 a",
)
PARTING = (
    "text-decoration:line-through",
    "text-decoration:underline line-through red",
    "vertical-align:super",
    "vertical-align:sub",
    "vertical-align:4pt",
    "font-size:7pt;position:relative;top:-4.0pt;mso-text-raise:4.0pt",
    "position:relative;bottom:3px",
    "position:absolute",
    "display:block",
    "display:inline-block",
    "float:right",
    "color:#fff",
    "color: RGB(255, 255, 255)",
    "color:rgba(0, 0, 0, 0)",
    "color:rgba(0,0,0,0%)",
    "color:rgb(0 0 0 / 0)",
    "color:rgb(255 255 255)",
    "color:hsl(0 0% 100%)",
    "clip-path:inset(50%)",
)
SHOWING = (
    "",
    "color:red",
    "vertical-align:baseline",
    "position:relative;top:0",
    "opacity:1",
    "font-size:0.9em",
    "color:rgba(0,0,0,.85)",
)
_SHOWN = (
    "display:inline;visibility:visible;opacity:1;font-size:9pt;text-decoration:none;"
    "vertical-align:baseline;position:static;float:none;color:#000;clip-path:none"
)
SHEETS = (
    ".n{{{}}}",
    "<!-- p.x, B.n {{ color : red; {} }} -->",
    "@media screen{{td .n{{{}}}}}",
    "/* }} */ td>.n{{{}}}",
    "@import 'a.css'; #i{{{}}}",
    "td#none span, table td b#i.n{{{}}}",
    f".n{{{{{{}} !important}}}} b.n{{{{{_SHOWN}}}}}",
)


def cell(text: str, style: str = "", sheet: str = "") -> str:
    """The page with the words of one cell changed, {} in which is its number."""
    changed = page().replace(SHOWN, f">{text.format(NUMBER)}<", 1)
    assert changed != page()
    return changed.replace("</head>", f"<style{style}>{sheet}</style></head>", 1)


def in_sheets(styles: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(style, sheet) for style in styles for sheet in SHEETS if "!important" not in style or sheet == SHEETS[0]]


@pytest.mark.parametrize("style", HIDING)
def test_hidden_by_itself(style: str) -> None:
    """What an element's own style hides is no part of the number, before it or behind it."""
    for text in (f"<span style='{style}'>9</span>{{}}", f"{{}}<b style='{style}'><i>9</i></b>"):
        assert figures(cell(text)) == FIGURES


@pytest.mark.parametrize("style", PARTING)
def test_apart_by_itself(style: str) -> None:
    """What is struck out, raised, or stands elsewhere makes a cell doubtful."""
    for text in (f"<span style='{style}'>9</span>{{}}", f"{{}}<b style='{style}'>9</b>"):
        assert figures(cell(text)) == OTHERS


@pytest.mark.parametrize("style", SHOWING)
def test_shown(style: str) -> None:
    """A style that does nothing of that leaves a number in pieces whole."""
    found = figures(cell(f"{{}}<b class='n' id='i' style='{style}'>9</b>", sheet=f".n{{{style}}}"))
    assert found == {**FIGURES, CELL: NUMBER * 10 + 9}


@pytest.mark.parametrize(("style", "sheet"), in_sheets(HIDING))
def test_hidden_by_a_sheet(style: str, sheet: str) -> None:
    """The same by a rule of the page's own style sheet."""
    text = cell("<b class='y n' id='i'>9</b>{}", sheet=sheet.format(style))
    assert figures(text) == FIGURES


@pytest.mark.parametrize(("style", "sheet"), in_sheets(PARTING))
def test_apart_by_a_sheet(style: str, sheet: str) -> None:
    """The same by a rule of the page's own style sheet, where the last property is told to be important."""
    if "important" in sheet and ";" in style:
        style = style.replace(";", " !important;")
    assert figures(cell("<b class='y n' id='i'>9</b>{}", sheet=sheet.format(style))) == OTHERS


@pytest.mark.parametrize(
    ("media", "sheet"),
    [
        ("", "@media print{.n{display:none}}"),
        ("", "@media (max-width:600px){.n{display:none}}"),
        (" media=print", ".n{display:none}"),
        ("", ".n:hover{display:none}"),
        ("", "td>.n:first-child{font-size:0}"),
        ("", ".n:not(.open){opacity:0}"),
        ("", "b+.n,.n[class]{text-decoration:line-through}"),
        ("", "b:is(.m,.n){display:none}"),
        ("", "b:not(.m,.o){display:none}"),
        ("", "b:not(:nth-child(2)){display:none}"),
        ("", "td :first-child{display:none}"),
        ("", "td{color:red;b{display:none}}"),
        ("", "td{&>b.n{display:none}}"),
    ],
)
def test_perhaps(media: str, sheet: str) -> None:
    """Where it cannot be told whether a rule holds, what it hides or strikes out is doubtful."""
    if media:
        assert figures(cell("{}<b class=n>9</b>", media, sheet)) == {**FIGURES, CELL: NUMBER * 10 + 9}
    else:
        assert figures(cell("<b class=n>9</b>{}", media, sheet)) == OTHERS


@pytest.mark.parametrize(
    "sheet",
    [
        ".n::before{display:none}",
        ".n:after{content:'}';visibility:hidden}",
        "@keyframes a{from{opacity:0}}",
        "@font-face{src:url(a)}",
        ".m,.nn,i.n,p .n,#n,.n.m{display:none}",
        ".n{display:none}.n{display:inline}",
        "b.n{display:inline}.n{display:none}",
        "[hidden],.n[hidden],td>:first-child .n,td :first-child.m{display:none}",
        ".n{display:none",
        ".n{",
        "}}}{{{",
        "/*.n{display:none}",
        "@media screen",
        ".n{;:;display;:none;display:}",
    ],
)
def test_not_meant(sheet: str) -> None:
    """Rules for something else, overruled, or broken hide nothing, and nothing comes of them."""
    found = figures(cell("{}<b class=n>9</b>", sheet=sheet))
    broken = sheet == ".n{display:none"  # browsers close it
    assert found == (FIGURES if broken else {**FIGURES, CELL: NUMBER * 10 + 9})


def test_shown_within_hidden() -> None:
    """Within what is invisible or without size something may be seen again; within what is transparent, nothing."""
    for outer, inner in (("visibility:hidden", "visibility:visible"), ("font-size:0", "font-size:1rem")):
        text = f"<span style='{outer}'>9<b style='{inner}'>{{}}</b>8</span>"
        assert figures(cell(text)) == FIGURES
    assert CELL not in figures(cell("<span style='opacity:0'><b style='opacity:1'>{}</b></span>"))
    assert CELL not in figures(cell("<span style='font-size:0'><b style='font-size:2em'>{}</b></span>"))
    assert CELL not in figures(cell("<s>{}</s>"))


def test_hidden_attribute() -> None:
    """What is marked as hidden is, unless a style shows it all the same."""
    assert figures(cell("<b hidden>9</b>{}")) == FIGURES
    assert figures(cell("<b hidden style='display:inline'>9</b>{}"))[CELL] == int(f"9{NUMBER}")


@pytest.mark.parametrize("gone", ["template", "noscript", "tbody hidden", "tbody class=n", "noframes"])
def test_hidden_lines(gone: str) -> None:
    """Lines of a table that are not shown are none of its lines."""
    line = re.search(r"<tr(?:(?!</tr>).)*>118<.*?</tr>", page(), re.DOTALL)
    assert line
    hidden = f"<{gone}>{line[0].replace('>118<', '>7<')}</{gone.partition(' ')[0]}>"
    text = page().replace(line[0], hidden + line[0], 1).replace("</head>", "<style>.n{display:none}</style></head>", 1)
    assert figures(text) == FIGURES


def test_hidden_words() -> None:
    """Hidden paragraphs are no text; a page that fades in as a whole is read."""
    text = page().replace("</h1>", "</h1><p class=n>藏</p><p style='visibility:hidden'>掖</p>", 1)
    text = text.replace("</head>", "<style>body{opacity:0}.n{display:none}</style></head>", 1)
    found = read(text.encode(), "html", lenient=True).report
    assert (dict(found.figures), dict(found.text)) == (FIGURES, dict(REPORT.text))


def test_input() -> None:
    """Fields of forms say nothing."""
    assert figures(cell("<input type=hidden value=9>{}<datalist><option>9</datalist>")) == FIGURES


def test_running_foot() -> None:
    """What LibreOffice makes of a running head or foot is no text."""
    source = sketch(city())
    foot = "<div title='footer'><p>— <span><sdfield type=PAGE>5</sdfield></span> —</p></div>"
    plain = written(source).decode()
    text = plain.replace("</body>", f"{foot}</body>").replace("<body>", f"<body>{foot.replace('footer', 'header')}")
    assert shown(text.encode(), "html") == shown(plain.encode(), "html")


@pytest.mark.parametrize("tag", ["span style='display:block'", "div", "p", "span style='display:flex'"])
def test_blocks_in_a_cell(tag: str) -> None:
    """Two blocks in a cell are two numbers; a label goes on from one to the other."""

    def dress(text: str) -> str:
        return "".join(
            f"<{tag}>{half}</{tag.partition(' ')[0]}>" for half in (text[: len(text) // 2], text[len(text) // 2 :])
        )

    source = sketch(city())
    found = read(f"<html><body>{body(source, dress)}</body></html>".encode(), "html", lenient=True).report.figures
    whole = {cell: number for cell, number in city().figures.items() if isinstance(number, int)}
    assert found.items() >= {cell: number for cell, number in whole.items() if number < 10}.items()
    assert not any(cell in found for cell, number in whole.items() if number >= 10)


@pytest.mark.parametrize(
    "sheet",
    [
        "div " * 20_000 + "b{display:none}",
        "".join(f".n.x{n} b{{display:none}}" for n in range(20_000)) + "b{display:none}" * 20_000,
        ".n:not(" * 20_000,
        '"\\' * 200_000,
        "/*" * 200_000,
        "{" * 200_000 + "}" * 200_000,
        "@media screen{" * 50_000 + "b{display:none}",
        ">" * 200_000 + "{display:none}",
    ],
    ids=range(8),
)
def test_made_to_harm(sheet: str) -> None:
    """Endless style sheets end soon: read, or refused by name."""
    text = page().replace("<table", "<div class=n>" * 150 + "<b>1</b>" * 2_000 + "</div>" * 150 + "<table", 1)
    try:
        page_of(text.replace("</head>", f"<style>{sheet}</style></head>", 1).encode(), "html")
    except InputError as error:
        assert error.key == "published.styles"  # noqa: PT017 - it need not be raised
    assert MOST_LOOKS < 10_000_000


def test_important() -> None:
    """A later declaration of the same rule does not undo an important one."""
    for style in ("display:none!important;display:inline", "font-size:0 !important;font:9pt a"):
        assert figures(cell(f"<b style='{style}'>9</b>{{}}")) == FIGURES


def test_escaped() -> None:
    """A class whose name a selector must escape is found by it."""
    for sheet in (r".\32sm\:x{display:none}", r".\32 sm\3ax{display:none}"):
        assert figures(cell("<b class='2sm:x'>9</b>{}", sheet=sheet)) == FIGURES


def test_within_what_moved() -> None:
    """What an element is called after it was found to stand apart is not what selectors call it."""
    assert figures(cell("<b class=n><i>9</i></b>{}", sheet=".n{float:left}b.n i{display:none}")) == FIGURES


@pytest.mark.parametrize(
    "sheet",
    [
        "svg|b{display:none}",
        "td:nth-child(n){display:none}",
        "@media (min-width:1px){tr{opacity:0}}",
        "b:nth-child(1){display:none}",
    ],
)
def test_perhaps_alone(sheet: str) -> None:
    """A figure of which nobody knows whether it is seen is none, though nothing stands beside it."""
    assert CELL not in figures(cell("<b>{}</b>", sheet=sheet))


@pytest.mark.parametrize("name", ["class=sr-only", "aria-hidden=true"])
def test_marked_alone(name: str) -> None:
    """Nor is one that is marked as hidden; words beside a figure may be."""
    assert figures(cell(f"<b {name}>{{}}</b>")) == OTHERS
    assert figures(cell(f"{{}}<b {name}>件</b>")) == FIGURES
    text = re.sub(f"<td([^>]*){SHOWN}", rf"<td {name}\1{SHOWN}", page(), count=1)
    assert text != page()
    assert figures(text) == OTHERS


def test_font() -> None:
    """The colour of a font element is looked at as that of a style."""
    for color in ("white", "#FFFFFF", "ffffff"):
        assert figures(cell(f"<font color={color}>9</font>{{}}")) == OTHERS
    assert figures(cell("{}<font color=black>9</font>")) == {**FIGURES, CELL: NUMBER * 10 + 9}


@pytest.mark.parametrize(
    ("styled", "words"),
    [
        ("b{top:1px}" * 3_000, "<b>1</b>" * 1_500),
        (",".join("a" * (MOST_RULES + 1)) + "{display:none}", ""),
        ("b b{top:1px}" * 15_000, "<b>" * 200 + "</b>" * 200 + "<b>1</b>" * 10),
    ],
    ids=["rules and elements", "selectors", "within one another"],
)
def test_refused(styled: str, words: str) -> None:
    """More rules than anybody writes, and more work than they may make, are refused by name."""
    text = page().replace("</head>", f"<style>{styled}</style></head>", 1).replace("<table", f"{words}<table", 1)
    with pytest.raises(UnsafeError) as raised:
        page_of(text.encode(), "html")
    assert raised.value.key == "published.styles"


def test_many_names() -> None:
    """A class that is told a thousand times is one."""
    styles = Styles([("", ".a{top:1px}" * 2_000)])
    for _ in range(1_000):
        styles.of(fromstring(f"<p class='{'a ' * 900}'/>"))
    assert styles.left == MOST_LOOKS - 2_000_000


@pytest.mark.parametrize(
    "sheet",
    [f"b{{font-size:{'0' * 200_000}_}}", f"b{{color:rgba({' ' * 200_000},}}", f"b{'[' * 200_000}{{top:1px}}"],
    ids=["zeros", "spaces", "brackets"],
)
def test_long(sheet: str) -> None:
    """Values and selectors without end are looked at for a while only, and the page is read."""
    assert figures(cell("<b>{}</b>", sheet=sheet)) == FIGURES
    style = declared(sheet.partition("{")[2])
    assert all(len(value) < 200 for _, value in style.values())


def test_struck_words() -> None:
    """Words of a text that are struck out show it, and no number of theirs joins another."""
    text = page().replace("解读少。", "解读<s>5</s>6 次少。", 1)
    lines = [block.text for block in page_of(text.encode(), "html").blocks if isinstance(block, Line)]
    assert "解读5\u03366 次少。" in lines
