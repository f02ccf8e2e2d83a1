"""From an edition to a report ready for the mail: words first, then picture, workbook and documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from tonghop.campaigns import Campaign
from tonghop.domain.editions import Edition, OpenFinding, Source
from tonghop.domain.forms import Form
from tonghop.domain.sources import Unreachable
from tonghop.report.charts import charts_of
from tonghop.report.document import docx_of, pdf_of
from tonghop.report.mail_html import html_of
from tonghop.report.mail_text import text_of
from tonghop.report.rendered import Attachment, InlineImage, RenderedReport
from tonghop.report.safe_text import clean
from tonghop.report.view import Material, view_of
from tonghop.report.workbook import workbook_of
from tonghop.words import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
Made = TypeVar("Made")


def render(
    edition: Edition,
    campaign: Campaign,
    form: Form,
    findings: Sequence[OpenFinding],
    sources: Sequence[Source],
    unreachable: Sequence[Unreachable],
    made_at: datetime,
    first: Edition | None = None,
) -> RenderedReport:
    """Return the report of an edition: subject, text, HTML, chart and the attachments the campaign asks for.

    ``form`` holds the indicators the campaign counts (``Form.only``). ``findings`` are those still open,
    ``sources`` the cells the figures were read from, ``unreachable`` the places that could not be looked
    into, ``first`` the edition 1 that a later one replaces. The same arguments give the same bytes.

    A chart, workbook or document that cannot be made is named in ``faults`` and in the mail; where the words cannot
    be made the error is raised, and ``render_plain`` still has the figures.
    """
    material = Material(edition, campaign, form, findings, unreachable, made_at, first)
    faults: list[str] = []
    nothing: tuple[InlineImage, ...] = ()
    images = _attempt("chart", lambda: charts_of(edition, campaign, form), nothing, faults)
    chart_failed = bool(faults)
    attachments = _attachments(material, sources, faults)
    view, trace = view_of(material), _trace(campaign, attachments, chart_failed=chart_failed)
    legend = _legend(form)
    return RenderedReport(
        subject=view.opening.subject,
        text=text_of(view, trace, legend),
        html=html_of(view, images, trace, legend),
        images=images,
        attachments=attachments,
        faults=tuple(faults),
    )


def _attachments(material: Material, sources: Sequence[Source], faults: list[str]) -> tuple[Attachment, ...]:
    makers: dict[str, tuple[str, Callable[[], bytes]]] = {
        "xlsx": (XLSX, lambda: workbook_of(material, sources)),
        "docx": (DOCX, lambda: docx_of(material)),
        "pdf": (PDF, lambda: pdf_of(material)),
    }
    made: list[Attachment] = []
    for kind in material.campaign.file.report.attachments:
        media_type, make = makers[kind]
        content = _attempt(kind, make, b"", faults)
        if content:
            made.append(Attachment(f"{_file_name(material.edition)}.{kind}", media_type, content))
    return tuple(made)


def _attempt(part: str, make: Callable[[], Made], instead: Made, faults: list[str]) -> Made:
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - whatever breaks a picture or a file must not cost the report; it is told in faults
        faults.append(f"{part}: {type(error).__name__}: {clean(str(error))}; the report goes out without it")
        return instead


def _file_name(edition: Edition) -> str:
    return f"bao-cao-{edition.campaign}-{edition.day.isoformat()}-ban-{edition.number}"


def _trace(campaign: Campaign, attachments: Sequence[Attachment], *, chart_failed: bool) -> tuple[str, ...]:
    said = []
    if any(one.media_type == XLSX for one in attachments):
        said.append(say("report.trace_how", sheet=say("sheet.trace")))
    elif "xlsx" in campaign.file.report.attachments:
        said.append(say("report.without_workbook"))
    if any(one.media_type in (DOCX, PDF) for one in attachments):
        said.append(say("report.draft_how"))
    wanted = {"docx", "pdf"} & set(campaign.file.report.attachments)
    if len([one for one in attachments if one.media_type in (DOCX, PDF)]) < len(wanted):
        said.append(say("report.without_draft"))
    if chart_failed:
        said.append(say("report.without_chart"))
    return tuple(said)


def _legend(form: Form) -> str:
    try:
        return say(f"form.{form.name}.legend")
    except KeyError:
        return ""  # a form without abbreviations needs no legend
