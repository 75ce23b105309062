"""An office's own Word file as letterhead."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from docx.shared import Pt

from tests.conftest import HANGING
from tests.document.conftest import a_report
from tests.document.judges import ooxml_errors
from tests.document.texts import docx_tables, docx_words, outline_tables, outline_words, part
from tests.samples import city, write_workbook
from xlreport.cli import main
from xlreport.document.asides import Extras
from xlreport.document.compose import compose
from xlreport.document.letterhead import check_letterhead, fill_letterhead
from xlreport.errors import InputError, UnsafeError
from xlreport.messages import LANGUAGES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def letterhead(*paragraphs: str, header: str = "", runs: tuple[str, ...] = ()) -> bytes:
    """A Word file of these paragraphs, the last one of these runs, every other of them bold."""
    document: Any = python_docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if runs:
        paragraph = document.add_paragraph()
        for number, text in enumerate(runs):
            paragraph.add_run(text).bold = number % 2 == 1
    if header:
        document.sections[0].header.paragraphs[0].text = header
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def changed(file: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The same with something else in a part, or with another part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            target.writestr(entry, content.replace(old, new, 1) if entry == name else content)
        if name not in source.namelist():
            target.writestr(name, new)
    return out.getvalue()


def filled(template: bytes, report=None, **extras: Any) -> bytes:
    report = report or a_report()
    made = fill_letterhead(template, report, compose(report, extras=Extras(**extras)), None)
    assert made.mistakes == ()
    return made.content


def words(file: bytes) -> list[str]:
    return [word for word in docx_words(file) if word]


def test_whole_report():
    """{{ report }} becomes the whole report, its words and tables in order, between the letterhead's own lines."""
    report = a_report()
    outline = compose(report)
    made = filled(letterhead("某市某局文件", "{{ title }}", "{{ report }}", "某市某局办公室印发"), report)
    said = words(made)
    assert said[0] == "某市某局文件"
    assert said[-1] == "某市某局办公室印发"
    assert said[1:-1] == [word for word in outline_words(outline) if word]
    assert docx_tables(made) == outline_tables(outline)


def test_parts():
    """Sections and tables can stand apart, in the office's own order of lines."""
    names = ("preamble", "overview", "t2", "t3", "t4", "problems", "other_matters")
    made = filled(letterhead(*(f"{{{{ {name} }}}}" for name in names)))
    assert docx_tables(made) == outline_tables(compose(a_report()))
    headings = [
        p.text for p in python_docx.Document(io.BytesIO(made)).paragraphs if p.style and p.style.name == "Heading 1"
    ]
    assert headings == ["一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]


def test_text_placeholders():
    """Agency, year, number, date and any figure by its name in the workbook are filled in, in headers too."""
    template = letterhead(
        "{{ number }}",
        "{{ agency }}{{ year }}年共收到{{ t3_received_total }}件",
        "{% if t3_received_total == '3525' %}与上年持平{% else %}有变化{% endif %}",
        "{{ report }}",
        "{{ date }}",
        header="{{ agency }}",
    )
    made = filled(template, city(), number="宿政发〔2025〕1号", date="2025年1月20日")
    said = words(made)
    assert said[:3] == ["宿政发〔2025〕1号", "宿迁市2024年共收到3525件", "与上年持平"]
    assert said[-1] == "2025年1月20日"
    header = next(n for n in zipfile.ZipFile(io.BytesIO(made)).namelist() if n.startswith("word/header"))
    assert "".join(part(made, header).itertext(f"{W}t")) == "宿迁市"


def test_formatting_stays():
    """A placeholder that Word has cut into runs is found, printed as its first character is; the rest stays."""
    made = filled(letterhead("{{ report }}", runs=("共", "{{ t3_received", "_total }}", "件，", "特此报告。")), city())
    paragraph = python_docx.Document(io.BytesIO(made)).paragraphs[-1]
    assert [(run.text, bool(run.bold)) for run in paragraph.runs if run.text] == [
        ("共", False),
        ("3525", True),
        ("件，", True),
        ("特此报告。", False),
    ]


def test_nasty_text_is_text():
    """What looks like markup or like a placeholder in the report is printed as it stands."""
    nasty = "<w:p/> & {{ title }} {% if %} ]]>"
    made = filled(letterhead("{{ agency }}", "{{ report }}"), a_report(agency=nasty))
    assert words(made)[0] == nasty


def test_styles():
    """The office's own headings win; our styles for text and tables are added, under ids that are free."""
    document: Any = python_docx.Document(io.BytesIO(letterhead("{{ report }}")))
    document.styles["Heading 1"].font.size = Pt(33)
    document.styles.add_style("TableHead", 1)
    file = io.BytesIO()
    document.save(file)
    made: Any = python_docx.Document(io.BytesIO(filled(file.getvalue())))
    assert next(p for p in made.paragraphs if p.text == "一、总体情况").style.font.size == Pt(33)
    ids = [style.style_id for style in made.styles]
    assert len(ids) == len(set(ids))
    assert made.tables[0].style.name == "法定表格"
    used = {e.get(f"{W}val") for e in made.element.iter(f"{W}pStyle", f"{W}tblStyle")}
    assert used <= set(ids)


def test_schema(tmp_path: Path):
    """The Open XML SDK finds nothing against a filled letterhead that it did not find against the letterhead."""
    template = letterhead("{{ title }}", "{{ report }}", header="{{ agency }}")
    (tmp_path / "a.docx").write_bytes(template)
    (tmp_path / "b.docx").write_bytes(filled(template))
    assert len(ooxml_errors(tmp_path / "b.docx")) <= len(ooxml_errors(tmp_path / "a.docx"))


def test_same_bytes():
    """The same report in the same letterhead gives the same bytes."""
    template = letterhead("{{ report }}", header="{{ agency }}")
    assert filled(template) == filled(template)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{{ agncy }}", "agncy"),
        ("{{ agency }", "{{ agency }"),
        ("{% if agency %}甲", "{% if"),
        ("{% for x in agency %}甲", "{% for"),
        ("报告：{{ report }}", "report"),
        ("{{ agency.upper() }}", "Call"),
        ("{% include 'a' %}", "Include"),
        ("{{ agency | evil }}", "evil"),
    ],
)
def test_every_mistake_is_named(line: str, named: str):
    """The paragraph of every mistake is named, its words and what is wrong, in both languages."""
    mistakes = check_letterhead(letterhead("甲", "", line, "{{ report }}", "{{ nothing }}", header=line))
    assert [(m.part.startswith("word/header"), m.number) for m in mistakes] == [(False, 3), (False, 5), (True, 1)]
    for language in LANGUAGES:
        assert named in mistakes[0].tell(language)
        assert "3" in mistakes[0].tell(language)


def test_a_missing_table_is_a_mistake():
    """A letterhead that leaves a statutory part out is told which."""
    (mistake,) = check_letterhead(
        letterhead(*(f"{{{{ {n} }}}}" for n in ("overview", "t2", "t3", "problems", "other_matters")))
    )
    assert "disputes" in mistake.tell()
    assert len(check_letterhead(letterhead("甲"))) == 6


# Of Jinja's own tests of its sandbox, of reports about docxtpl, and ways to take long.
ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__()[389](['id'], stdout=-1).communicate()[0] }}",
    "{{ get_flashed_messages.__class__.__mro__[1].__subclasses__()[90] }}",
    "{{ agency.__class__ }}",
    "{{ agency['__class__'] }}",
    "{{ agency|attr('__class__') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ '%s' % agency }}",
    "{{ '{0.__class__}'.format(agency) }}",
    "{{ 'a{x.__class__}b'.format_map({'x': 42}) }}",
    "{{ ('a{0.__class__}b{1}'|safe).format(42, '<foo>') }}",
    "{{ '{0.__class__}'|attr('format')(1) }}",
    "{{ ['{0.__class__}'.format]|map('list') }}",
    "{{ {'a b': 1}|xmlattr }}",
    "{{ [].append(1) }}",
    "{{ {1: 2}.clear() }}",
    "{% for item.attribute in title %}{% endfor %}",
    "{% for a, b.c in title %}{% endfor %}",
    "{% filter upper %}{{ title }}{% endfilter %}",
    "{% call title() %}{% endcall %}",
    "{% extends 'a' %}",
    "{% autoescape false %}{{ title }}{% endautoescape %}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ title|indent(10000000) }}",
    "{{ title" + "|upper" * 9000 + " }}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{% if 1 %}" * 2000 + "{% endif %}" * 2000,
    "{{ '" + "a" * 70_000 + "' }}",
    "{%p if agency %}",
    "{% set x = 1 %}",
    "{% import 'os' as x %}",
    "{% macro m() %}{% endmacro %}",
    "{{ 'a' * 10000000 }}",
    "{{ range(10**9)|list }}",
    "".join(f"{{% for {x} in title %}}" for x in "abcdef") + "x" + "{% endfor %}" * 6,
    "{{ 9**9**9 }}",
    "{{ request.application.__globals__ }}",
    "{{r agency }}",
]


@pytest.mark.parametrize("line", ESCAPES)
def test_hostile_placeholders(line: str):
    """An escape from the sandbox, a loop without end or a flood of text is a mistake of its paragraph, and soon so."""
    start = time.monotonic()
    (mistake,) = check_letterhead(letterhead(line, "{{ report }}"))
    assert mistake.number == 1
    assert time.monotonic() - start < HANGING


def test_nothing_is_executed(tmp_path: Path):
    """The classic ways to a shell reach none."""
    trace = tmp_path / "trace"
    for way in (
        f"{{{{ cycler.__init__.__globals__.os.popen('touch {trace}').read() }}}}",
        f"{{{{ ''.__class__.__mro__[1].__subclasses__()[-1]('touch {trace}', shell=True) }}}}",
        f"{{{{ lipsum.__globals__['os'].system('touch {trace}') }}}}",
        f"{{{{ self.__init__.__globals__.__builtins__.open('{trace}', 'w') }}}}",
    ):
        assert len(check_letterhead(letterhead(way, "{{ report }}"))) == 1
    assert not trace.exists()


LOOPS = "{% for a in title %}{% for b in title %}" + "甲" * 2000 + "{% endfor %}{% endfor %}"


@pytest.mark.parametrize(
    ("template", "most"),
    [
        (letterhead(*[LOOPS] * 40, "{{ report }}"), 1_000_000),
        (letterhead(*["{{ agency }}" * 900] * 200, "{{ report }}"), 1_000_000),
        (letterhead(*["{{ report }}"] * 2000), 0),
    ],
)
def test_floods(template: bytes, most: int):
    """Many small templates together write no more than one may, and end as soon."""
    start, report = time.monotonic(), a_report(text={})
    try:
        made = fill_letterhead(template, report, compose(report), None)
    except UnsafeError:
        made = None
    assert time.monotonic() - start < HANGING
    assert made is None or (made.mistakes and len(part(made.content).xpath("string()")) < most + 100_000)


GOOD = letterhead("{{ report }}")
RELATION = b'<Relationship Id="rId99" Type="http://x/%b" Target="http://a.cn/x" TargetMode="External"/></Relationships>'
FIELD = b"<w:body><w:p><w:r>%b</w:r></w:p>"
RELS, BODY = "word/_rels/document.xml.rels", "word/document.xml"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("word/vbaProject.bin", b"", b"macro"),
        ("word/embeddings/oleObject1.bin", b"", b"x"),
        (RELS, b"</Relationships>", RELATION % b"attachedTemplate"),
        (RELS, b"</Relationships>", RELATION % b"image"),
        (BODY, b"<w:body>", FIELD % b'<w:instrText> DDEAUTO c:\\cmd "/k calc" </w:instrText>'),
        (BODY, b"<w:body>", FIELD % b"<w:instrText>D</w:instrText></w:r><w:r><w:instrText>DE x</w:instrText>"),
        (BODY, b"<w:body>", FIELD % b"<w:instrText>includetext</w:instrText>"),
        (BODY, b"<w:body>", FIELD % b"<w:instrText>&#68;DE x</w:instrText>"),
        (BODY, b"<w:body>", b'<w:body><w:p><w:fldSimple w:instr="LINK x"/></w:p>'),
        (BODY, b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document"),
        ("word/styles.xml", b"<w:styles", b"<!DOCTYPE a><w:styles"),
        (BODY, b"<w:body>", b"<w:body>" + b" " * (5 << 20)),
    ],
)
def test_hostile_files(name: str, old: bytes, new: bytes):
    """A file that would act when it is opened, or that is no letterhead's size, is refused by the name of its part."""
    with pytest.raises(UnsafeError):
        check_letterhead(changed(GOOD, name, old, new))


def test_harmless_files():
    """Links to web sites and page numbers are no danger."""
    check_letterhead(changed(GOOD, RELS, b"</Relationships>", RELATION % b"hyperlink"))
    for field in (b" PAGE ", b' HYPERLINK "http://a.cn" ', b" DATE "):
        file = changed(GOOD, BODY, b"<w:body>", FIELD % (b"<w:instrText>%b</w:instrText>" % field))
        assert check_letterhead(file) == ()


@pytest.mark.parametrize("file", [b"", b"x", b"PK\3\4", changed(GOOD, "word/document.xml", b"<w:body>", b"<w:bod")])
def test_no_word_file(file: bytes):
    """What is no Word file, or a broken one, is told."""
    with pytest.raises(InputError):
        check_letterhead(file)


def test_command_line(tmp_path: Path, capsys):
    """Export --letterhead fills it, and refuses one with mistakes, which template check-docx lists."""
    source, good, bad = write_workbook(city(), tmp_path / "a.xlsx"), tmp_path / "信头.docx", tmp_path / "错.docx"
    good.write_bytes(letterhead("{{ agency }}文件", "{{ report }}"))
    bad.write_bytes(letterhead("{{ agncy }}", "{{ report }}"))
    target = tmp_path / "b.docx"
    export = ["export", str(source), "--to", "docx", "--output", str(target), "--letterhead"]
    assert main(["template", "check-docx", str(good)]) == 0
    assert main([*export, str(good)]) == 0
    assert docx_words(target.read_bytes())[0] == "宿迁市文件"
    target.unlink()
    capsys.readouterr()
    assert main(["template", "check-docx", str(bad)]) == 1
    assert "正文第 1 段“{{ agncy }}”" in capsys.readouterr().out
    assert main([*export, str(bad)]) == 2
    assert not target.exists()
    assert main(["export", str(source), "--to", "pdf", "--letterhead", str(good)]) == 2
    assert main([*export[:-2], str(good), "--letterhead", str(good)]) == 2
    assert main([*export, str(good), "--table3", "landscape"]) == 2


ADDED: dict[str, Any] = {"number": "某府办〔2025〕1号", "date": "2025年1月20日", "attachments": ("目录", "统计表")}


def test_attachments():
    """{{ attachments }} becomes the 附件说明; without any, paragraphs of what an office adds alone leave no blank."""
    template = letterhead("{{ number }}", "甲", "{{ report }}", "{{ attachments }}", "{{ date }}", "乙")
    said = words(filled(template, **ADDED))
    assert said[:2] == ["某府办〔2025〕1号", "甲"]
    assert said[-4:] == ["附件：1. 目录", "2. 统计表", "2025年1月20日", "乙"]
    paragraphs = [p.text for p in python_docx.Document(io.BytesIO(filled(template))).paragraphs]
    assert (paragraphs[0], paragraphs[-1]) == ("甲", "乙")
    assert paragraphs[-2]


def test_a_paragraph_with_a_line_stays():
    """An empty paragraph that holds a line, or is the only one of a table's cell, stays."""
    document: Any = python_docx.Document(io.BytesIO(letterhead("{{ number }}", "{{ report }}")))
    document.paragraphs[0]._p.get_or_add_pPr().append(document.element.makeelement(f"{W}pBdr"))
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = "{{ attachments }}"
    file = io.BytesIO()
    document.save(file)
    made: Any = python_docx.Document(io.BytesIO(filled(file.getvalue())))
    assert made.paragraphs[0].text == ""
    assert len(made.tables[-1].cell(0, 0).paragraphs) == 1


@pytest.mark.parametrize("name", sorted(ADDED))
def test_an_option_without_a_place(name: str):
    """What an office adds and the letterhead has no place for is refused, by the name of its placeholder."""
    template = letterhead("{{ report }}", *(f"{{{{ {other} }}}}" for other in ADDED if other != name))
    report = a_report()
    with pytest.raises(InputError) as caught:
        fill_letterhead(template, report, compose(report, extras=Extras(**ADDED)), None)
    for language in LANGUAGES:
        told = caught.value.tell(language)
        assert [other for other in ADDED if f"{{{{ {other} }}}}" in told] == [name]
        assert f"--{name.removesuffix('s')} " in told or f"--{name.removesuffix('s')}," in told


def test_a_name_that_is_misspelt():
    """Each name that there is not is told, with the one that was probably meant."""
    template = letterhead("{{ t3_received_totl }}与{{ agncy }}", "{% if zzz %}甲{% endif %}", "{{ report }}")
    first, second, third = (mistake.tell() for mistake in check_letterhead(template))
    assert "没有名为“t3_received_totl”的占位符，是不是 t3_received_total？" in first
    assert "没有名为“agncy”的占位符，是不是 agency？" in second
    assert third.endswith("没有名为“zzz”的占位符")


@pytest.mark.parametrize("names", [("report", "t2"), ("t3", "report"), ("report", "report"), ("report", "proactive")])
def test_a_part_twice(names: tuple[str, str]):
    """A statutory part that would be printed twice is a mistake of the second place."""
    (mistake,) = check_letterhead(letterhead(*(f"{{{{ {name} }}}}" for name in names)))
    assert (mistake.number, mistake.error.key) == (2, "letterhead.twice")


def test_a_missing_part_is_told_by_its_heading():
    """What is missing is named as the report names it."""
    told = check_letterhead(letterhead("甲"))[0].tell()
    assert "一、总体情况" in told
    assert "{{ overview }}" in told
