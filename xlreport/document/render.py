"""Report → the final document of any kind, as an office wants it to look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xlreport.document.asides import Extras, above, below
from xlreport.document.compose import compose
from xlreport.document.dress import PLAIN, Dress
from xlreport.document.outline import Outline
from xlreport.document.profile import Profile, load_profile
from xlreport.document.titles import titled
from xlreport.envelope import Beside, Envelope
from xlreport.errors import DataError, InputError
from xlreport.report import Report
from xlreport.safe.load import load, naming

_PICTURE = 365.0, 415.0
"""Points of width and height below which words of the picture would touch, or be too small to read."""


def render(
    report: Report,
    kind: str,
    dress: Dress = PLAIN,
    *,
    carried: Envelope | None = None,
    embed: bool = False,
    summary: bool = False,
) -> bytes:
    """The document as docx, pdf or html.

    dress: a profile that cannot be used raises DataError, a letterhead InputError or UnsafeError; it carries nothing.
    carried: the sealed report data inside. embed: of a page, the fragment for a content management system. summary: a
    PDF or a page ends with the picture of the year; a profile that has no room for it on a sheet raises DataError.
    """
    profile = load_profile(dress.profile)
    profile = replace(profile, table3=dress.table3 or profile.table3)
    outline = replace(compose(report, title=profile.title, extras=_extras(dress)), carried=carried)
    if summary:
        if kind == "pdf" and (profile.width < _PICTURE[0] or profile.picture < _PICTURE[1]):
            raise DataError("profile.picture")
        from xlreport.summary import summarise

        outline = replace(outline, summary=summarise(report))
    if kind == "docx" and dress.letterhead:
        return _in_letterhead(dress.letterhead, report, outline, profile)
    if kind == "docx":
        from xlreport.document.docx import render_docx

        return render_docx(outline, profile)
    if kind == "pdf":
        from xlreport.document.pdf import render_pdf

        return render_pdf(outline, profile)
    from xlreport.document.html import render_embed, render_html

    return (render_embed(outline) if embed else render_html(outline, profile)).encode()


def beside(report: Report, dress: Dress) -> Beside:
    """What a document so dressed prints besides the plain report, and in the place of its title."""
    title, plain = titled(report, load_profile(dress.profile).title), titled(report).text
    extras = _extras(dress)
    own = () if title.text == plain else (title.text,)
    asides = (aside.text for aside in (*above(extras), *below(extras, title.agency)))
    return Beside((*own, *asides), (plain,) if own else ())


def _extras(dress: Dress) -> Extras:
    return Extras(dress.number, dress.date, dress.attachments)


def _in_letterhead(path: Path, report: Report, outline: Outline, profile: Profile) -> bytes:
    from xlreport.document.carry import carry
    from xlreport.document.letterhead import fill_letterhead

    with naming(path):
        filled = fill_letterhead(load(path), report, outline, profile)
        if filled.mistakes:
            raise InputError("letterhead.wrong", path=path, count=len(filled.mistakes))
    return carry(filled.content, None)
