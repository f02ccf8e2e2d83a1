"""The draft as PDF: the same parts by the same measures, for who only reads."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from tonghop.report.document import measures as m
from tonghop.report.document.draft import draft_of
from tonghop.report.document.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, balanced, register, width_of
from tonghop.report.document.parts import Annex, Draft, Role
from tonghop.report.document.pdf_pages import new_annex, template
from tonghop.report.document.pdf_tables import annex_table
from tonghop.report.view import Material

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_NOTHING = 0.0


def pdf_of(material: Material) -> bytes:
    """Return the draft as PDF, its fonts embedded; the same bytes for the same edition."""
    register()
    draft = draft_of(material)
    written = io.BytesIO()
    parts: list[Any] = [_head(draft), *_title(draft), *_body(draft)]
    for annex in draft.annexes:
        parts += _annex(annex)
    template(written, draft).build(parts)
    return written.getvalue()


def _style(size: float, face: str = REGULAR, align: str = "center", **changed: float) -> Any:
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
    from reportlab.lib.styles import ParagraphStyle

    sides = {"center": TA_CENTER, "both": TA_JUSTIFY, "left": TA_LEFT}
    # A single line of Times New Roman is 1,15 times its size high.
    whole: dict[str, Any] = {
        "alignment": sides[align],
        "leading": size * 1.15,
        "spaceBefore": 0,
        "spaceAfter": 0,
        **changed,
    }
    return ParagraphStyle("", fontName=face, fontSize=size, **whole)


def _text(text: str, size: float, face: str = REGULAR, align: str = "center", **changed: float) -> Any:
    from reportlab.platypus import Paragraph

    # What comes from a register is text and never mark-up.
    return Paragraph(escape(text).replace("  ", "&nbsp;&nbsp;"), _style(size, face, align, **changed))


def _rule(length: float) -> Any:
    from reportlab.lib.colors import black
    from reportlab.lib.units import mm
    from reportlab.platypus import HRFlowable

    return HRFlowable(width=length * mm, thickness=0.75, color=black, spaceBefore=4, spaceAfter=2)


def _side_by_side(left: list[Any], right: list[Any], widths: tuple[float, float]) -> Any:
    from reportlab.lib.units import mm
    from reportlab.platypus import Table

    edges = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    look: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (0, 0), (-1, -1), "CENTER")]
    look += [(edge, (0, 0), (-1, -1), 0) for edge in edges]
    return Table([[left, right]], colWidths=[width * mm for width in widths], style=look)


def _head(draft: Draft) -> Any:
    """Return the bodies with number and mark beside nation, motto, place and date."""
    issuer = balanced(draft.issuer, BOLD, m.BODIES, m.HEAD_LEFT)
    left = [
        *(_text(line, m.BODIES) for line in balanced(draft.superior, REGULAR, m.BODIES, m.HEAD_LEFT)),
        *(_text(line, m.BODIES, BOLD) for line in issuer),
        _rule(max(width_of(line, BOLD, m.BODIES) for line in issuer) * m.SHORT_RULE),
        _text(draft.number, m.NUMBER, spaceBefore=6),
        _boxed(draft.mark),
    ]
    right = [
        _text(draft.nation, m.NATION, BOLD),
        _text(draft.motto, m.MOTTO, BOLD),
        _rule(width_of(draft.motto, BOLD, m.MOTTO)),
        _text(draft.place_date, m.PLACE_DATE, ITALIC, spaceBefore=6),
    ]
    return _side_by_side(left, right, (m.HEAD_LEFT, m.HEAD_RIGHT))


def _boxed(mark: str) -> Any:
    from reportlab.lib.colors import black
    from reportlab.lib.units import mm
    from reportlab.platypus import Table

    look: list[Any] = [("BOX", (0, 0), (-1, -1), 0.75, black), ("TOPPADDING", (0, 0), (-1, -1), 1)]
    width = (width_of(mark, BOLD, m.MARK) + 8) * mm
    return Table([[_text(mark, m.MARK, BOLD)]], colWidths=[width], style=look, spaceBefore=8)


def _title(draft: Draft) -> list[Any]:
    subject = balanced(draft.subject, BOLD, m.SUBJECT, m.TEXT_WIDTH)
    lines = [_text(draft.kind, m.TITLE, BOLD, spaceBefore=16)]
    lines += [_text(line, m.SUBJECT, BOLD) for line in subject]
    if draft.edition:
        lines.append(_text(draft.edition, m.SUBJECT, BOLD))
    lines.append(_rule(max(width_of(line, BOLD, m.SUBJECT) for line in subject) * m.SHORT_RULE))
    return [*lines, *_addressees(draft), _space(m.AFTER_PARAGRAPH)]


def _addressees(draft: Draft) -> list[Any]:
    from reportlab.lib.units import mm

    if len(draft.addressees) == 1:
        return [_text(draft.addressees[0], m.ADDRESS, spaceBefore=10)]
    return [
        _text(
            name, m.ADDRESS, REGULAR, "left",
            leftIndent=(45 if place else 30) * mm, spaceBefore=_NOTHING if place else 10,
        )
        for place, name in enumerate(draft.addressees)
    ]  # fmt: skip


def _space(height: float) -> Flowable:
    from reportlab.platypus import Spacer

    return Spacer(1, height)


def _body(draft: Draft) -> list[Any]:
    """Return the paragraphs; the last stays on one page with the place for signing."""
    from reportlab.lib.units import mm
    from reportlab.platypus import KeepTogether

    parts = []
    for paragraph in draft.body:
        is_heading = paragraph.role is Role.HEADING
        parts.append(
            _text(
                paragraph.text, m.BODY, BOLD if is_heading else REGULAR, "both",
                firstLineIndent=m.FIRST_LINE * mm, spaceAfter=m.AFTER_PARAGRAPH, keepWithNext=is_heading,
                leading=m.BODY * 1.15 * m.LINE_SPACING, allowWidows=0, allowOrphans=0,
            )
        )  # fmt: skip
    return [*parts[:-1], KeepTogether([parts[-1], _space(m.AFTER_PARAGRAPH), _end(draft)])]


def _end(draft: Draft) -> Any:
    """Return the copies beside who signs, with room for it and nothing in it."""
    left = [_text(draft.sent_to, m.SENT_TO, BOLD_ITALIC, "left")]
    left += [_text(line, m.COPIES, REGULAR, "left") for line in draft.copies]
    right = [_text(draft.signer, m.SIGNER, BOLD), _space(m.SIGNATURE_SPACE)]
    return _side_by_side(left, right, (m.SIGN_LEFT, m.SIGN_RIGHT))


def _annex(annex: Annex) -> list[Any]:
    title = min(width_of(annex.title, BOLD, m.ANNEX_TITLE), m.ANNEX_WIDTH)
    return [
        *new_annex(),
        _text(annex.label, m.ANNEX_LABEL, BOLD),
        _text(annex.title, m.ANNEX_TITLE, BOLD),
        _text(annex.reference, m.ANNEX_REFERENCE, ITALIC),
        _rule(title * m.SHORT_RULE),
        _space(m.AFTER_PARAGRAPH),
        annex_table(annex),
        *(_text(note, m.ANNEX_NOTE, ITALIC, "both", spaceBefore=4) for note in annex.notes),
    ]
