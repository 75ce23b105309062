"""What cells look like, and how large they are."""

from __future__ import annotations

import pytest

from xlreport.host.libreoffice.office import Struct

LOCALE = "com.sun.star.lang.Locale"


def test_color(sheet):
    """A colour is an RGB tuple, a hexadecimal text or Excel's number; None takes it away; mixed cells have none."""
    cell = sheet["A1"]
    assert cell.color is None
    for given in ((255, 128, 0), "#ff8000", 0x0080FF):
        cell.color = given
        assert cell.color == (255, 128, 0)
    assert sheet["A1:A2"].color is None
    cell.color = None
    assert cell.color is None


def test_font(sheet):
    """Bold, italic, size, colour and name are set for text of any script, and are None where cells differ."""
    font = sheet["A1"].font
    font.bold, font.italic, font.size, font.color, font.name = True, True, 16, "#ff0000", "Noto Sans CJK SC"
    assert (font.bold, font.italic, font.size, font.color, font.name) == (
        True,
        True,
        16,
        (255, 0, 0),
        "Noto Sans CJK SC",
    )
    assert sheet["A1"].api.CharFontNameAsian == "Noto Sans CJK SC"
    assert sheet["A1"].api.CharWeightAsian == 150
    both = sheet["A1:A2"].font
    assert (both.bold, both.italic, both.size, both.name) == (None, None, None, None)
    font.bold = font.italic = False
    assert (font.bold, font.italic) == (False, False)


@pytest.mark.parametrize("code", ["General", "0.00", "#,##0.00", "0%", "@", "yyyy-mm-dd", "h:mm AM/PM", '0"件"'])
def test_number_format(sheet, code):
    """A number format reads as Excel writes it."""
    sheet["A1:B1"].number_format = code
    assert sheet["A1:B1"].number_format == code
    sheet["B1"].number_format = "0.000"
    assert sheet["A1:B1"].number_format is None


def test_text_format(sheet):
    """What is shown is LibreOffice's own, by Excel's code."""
    sheet["A1"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["A1"].value = 45322
    assert sheet["A1"].api.getString() == "2024年1月31日"


@pytest.mark.parametrize(("own", "english"), [("0.00", "0.00"), ("YYYY-MM-DD", "yyyy-mm-dd"), (None, "General")])
def test_another_language(sheet, own, english):
    """A format of another language reads in English."""
    chinese = Struct(LOCALE, Language="zh", Country="CN", Variant="")
    formats = sheet.book.api.getNumberFormats()
    key = formats.queryKey(own, chinese, False) if own else formats.getStandardIndex(chinese)
    sheet["A1"].api.NumberFormat = formats.addNew(own, chinese) if key == -1 else key
    assert sheet["A1"].number_format == english


def test_an_office_of_another_language(app, sheet):
    """Where the user's own locale is German, formats, numbers and formulas read and are written as ever."""
    settings = app.impl._settings("org.openoffice.Setup/L10N", "ConfigurationUpdateAccess")
    settings.replaceByName("ooSetupSystemLocale", "de-DE")
    settings.commitChanges()
    try:
        sheet["A1"].number_format = "[>=1000]0;[<0]-General;General"
        own = sheet.book.api.getNumberFormats().addNew(
            "[>=1000]0;[<0]-Standard;Standard", Struct(LOCALE, Language="", Country="", Variant="")
        )
        sheet["B1"].api.NumberFormat = own
        assert sheet["B1"].api.getString() == ""
        sheet["A1:C1"].value = [3.5, 0.25, "=SUM(A1,B1)"]
        assert sheet["B1"].api.getString() == "0,25", "it is a German office"
        assert sheet["A1"].number_format == sheet["B1"].number_format == "[>=1000]0;[<0]-General;General"
        assert (sheet["A1:C1"].value, sheet["C1"].formula) == ([3.5, 0.25, 3.75], "=SUM(A1,B1)")
    finally:
        settings.replaceByName("ooSetupSystemLocale", "")
        settings.commitChanges()


def test_alignment(sheet):
    """Alignment and wrapping are told in xlwings' words; what LibreOffice does not have is refused."""
    cell = sheet["A1"]
    assert (cell.horizontal_alignment, cell.vertical_alignment, cell.wrap_text) == ("general", "bottom", False)
    for word in ("left", "center", "right", "justify", "fill"):
        cell.horizontal_alignment = word
        assert cell.horizontal_alignment == word
    for word in ("top", "center", "bottom", "justify"):
        cell.vertical_alignment = word
        assert cell.vertical_alignment == word
    cell.wrap_text = True
    assert cell.wrap_text
    assert sheet["A1:B1"].wrap_text is None
    with pytest.raises(NotImplementedError, match="distributed"):
        cell.horizontal_alignment = "distributed"


def test_sizes(sheet):
    """Widths are in characters, heights in points; where they differ there is none."""
    sheet["A:B"].column_width = 20
    assert sheet["A1:B1"].column_width == pytest.approx(20, abs=0.05)
    assert sheet["A1:C1"].column_width is None
    sheet["1:2"].row_height = 30
    assert sheet["A1:A2"].row_height == pytest.approx(30, abs=0.1)
    assert sheet["A1:A3"].row_height is None
    assert sheet["A1:A2"].height == pytest.approx(60, abs=0.2)
    assert sheet["A3"].top == pytest.approx(60, abs=0.2)
    assert sheet["C1"].left == pytest.approx(sheet["A1:B1"].width, abs=0.2)
    assert sheet["A1"].width == pytest.approx((20 * 7 + 5) * 0.75, abs=0.1)
    assert sheet["A:XFD"].column_width is None
    sheet["A:B"].column_width = 0.5
    assert sheet["A1"].column_width == pytest.approx(0.5, abs=0.05)


def test_hidden(sheet):
    """Rows and columns are hidden and shown."""
    sheet["B:B"].impl.column_hidden = True
    assert sheet["B1"].impl.column_hidden is True
    assert sheet["A1:B1"].impl.column_hidden is None
    sheet["2:3"].impl.row_hidden = True
    assert sheet["A2:A3"].impl.row_hidden is True
    sheet["2:3"].impl.row_hidden = False
    assert sheet["A1:A4"].impl.row_hidden is False


def test_autofit(sheet):
    """Columns become as wide as their texts, rows as high."""
    sheet["A1"].value = "long " * 30
    narrow, low = sheet["A1"].width, sheet["A1"].height
    sheet["A1"].columns.autofit()
    assert sheet["A1"].width > narrow * 3
    sheet["A1"].font.size = 40
    sheet.autofit("rows")
    assert sheet["A1"].height > low * 2


def test_clear(sheet):
    """Contents, formats, or both are cleared."""
    cell = sheet["A1"]

    def fill():
        cell.value = 1
        cell.color = (1, 2, 3)

    fill()
    cell.clear_contents()
    assert (cell.value, cell.color) == (None, (1, 2, 3))
    fill()
    cell.clear_formats()
    assert (cell.value, cell.color) == (1, None)
    fill()
    sheet.clear()
    assert (cell.value, cell.color) == (None, None)
