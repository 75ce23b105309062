"""Report → the final document of any kind, as an office wants it to look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xlreport.document.asides import Extras
from xlreport.document.compose import compose
from xlreport.document.dress import PLAIN, Dress
from xlreport.document.outline import Outline
from xlreport.document.profile import Profile, load_profile
from xlreport.envelope import Envelope
from xlreport.errors import InputError
from xlreport.report import Report
from xlreport.safe.load import load, naming


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

    dress: a profile that cannot be used raises DataError, a letterhead InputError or UnsafeError. carried: the sealed
    report data inside. embed: of a page, the fragment for a content management system. summary: a PDF or a page ends
    with the picture of the year.
    """
    profile = load_profile(dress.profile)
    profile = replace(profile, table3=dress.table3 or profile.table3)
    extras = Extras(dress.number, dress.date, dress.attachments)
    outline = replace(compose(report, title=profile.title, extras=extras), carried=carried)
    if summary:
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


def _in_letterhead(path: Path, report: Report, outline: Outline, profile: Profile) -> bytes:
    from xlreport.document.letterhead import fill_letterhead

    with naming(path):
        filled = fill_letterhead(load(path), report, outline, profile)
        if filled.mistakes:
            raise InputError("letterhead.wrong", path=path, count=len(filled.mistakes))
    return filled.content
