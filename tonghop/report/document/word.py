"""The draft as .docx, to be read over, corrected, numbered and signed by people."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any

from tonghop.report.document import measures as m
from tonghop.report.document.draft import draft_of
from tonghop.report.document.fonts import BOLD, REGULAR, balanced, width_of
from tonghop.report.document.parts import Annex, Draft, Role
from tonghop.report.document.word_lines import add_line, append_xml, box, put_in, settle, write_run
from tonghop.report.document.word_xml import annex_table, page_field, rule
from tonghop.report.view import Material

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

# Times inside the container tell nothing of the report and would make the same edition differ in its bytes.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def docx_of(material: Material) -> bytes:
    """Return the draft as .docx; the same bytes for the same edition."""
    # Imported here: only a report needs it.
    from docx import Document

    draft = draft_of(material)
    document = Document()
    _properties(document, draft)
    _set_page(document.sections[0], is_landscape=False)
    _base_style(document)
    _head(document, draft)
    _title(document, draft)
    for paragraph in draft.body:
        _body(document, paragraph.role, paragraph.text, is_last=paragraph is draft.body[-1])
    _end(document, draft)
    for annex in draft.annexes:
        _annex(document, annex)
    written = io.BytesIO()
    document.save(written)
    return _with_fixed_times(written.getvalue())


def _properties(document: Document, draft: Draft) -> None:
    at = draft.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = draft.subject, draft.author, draft.author
    core.subject, core.comments, core.keywords, core.category = draft.kind, "", "", ""
    core.created = core.modified = at
    core.revision, core.language = 1, "vi-VN"
    # The library's template brings a picture of another document.
    package = document.part.package
    for key in [key for key, relation in package.rels.items() if relation.reltype.endswith("/thumbnail")]:
        del package.rels[key]


def _set_page(section: Section, *, is_landscape: bool) -> None:
    """Set sheet, margins and the page's number: in the top margin, centred, not on the first page."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement, parse_xml
    from docx.shared import Mm

    width, height = (m.PAGE_HEIGHT, m.PAGE_WIDTH) if is_landscape else (m.PAGE_WIDTH, m.PAGE_HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(m.TOP), Mm(m.BOTTOM)
    section.left_margin, section.right_margin = Mm(m.LEFT), Mm(m.RIGHT)
    section.header_distance = section.footer_distance = Mm(m.HEADER)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    number = section.header.paragraphs[0]
    settle(number, "center", after=0)
    for run in page_field(m.PAGE_NUMBER):
        number._p.append(parse_xml(run))
    # Every annex counts its own pages.
    kind = OxmlElement("w:pgNumType")
    kind.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}start", "1")
    old = section._sectPr.find(kind.tag)
    if old is not None:
        section._sectPr.remove(old)
    section._sectPr.find(_tag("cols")).addprevious(kind)


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _base_style(document: Document) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt, RGBColor

    style: Any = document.styles["Normal"]
    style.font.name, style.font.size, style.font.color.rgb = m.FONT, Pt(m.BODY), RGBColor(0, 0, 0)
    look = style.element.get_or_add_rPr()
    for script in ("eastAsia", "cs"):
        look.rFonts.set(_tag(script), m.FONT)
    language = look.find(_tag("lang"))
    if language is None:
        language = OxmlElement("w:lang")
        look.append(language)
    language.set(_tag("val"), "vi-VN")


def _head(document: Document, draft: Draft) -> None:
    """Write the bodies with number and mark to the left; nation, motto, place and date to the right."""
    left, right = _columns(document, (m.HEAD_LEFT, m.HEAD_RIGHT))
    for place, line in enumerate(balanced(draft.superior, REGULAR, m.BODIES, m.HEAD_LEFT)):
        put_in(left, line, m.BODIES, is_first=place == 0)
    issuer = balanced(draft.issuer, BOLD, m.BODIES, m.HEAD_LEFT)
    for line in issuer:
        put_in(left, line, m.BODIES, bold=True)
    longest = max(width_of(line, BOLD, m.BODIES) for line in issuer)
    append_xml(left, rule(longest * m.SHORT_RULE, m.HEAD_LEFT))
    put_in(left, draft.number, m.NUMBER, before=6)
    box(put_in(left, draft.mark, m.MARK, bold=True, before=8), width_of(draft.mark, BOLD, m.MARK) + 8)
    put_in(right, draft.nation, m.NATION, bold=True, is_first=True)
    put_in(right, draft.motto, m.MOTTO, bold=True)
    append_xml(right, rule(width_of(draft.motto, BOLD, m.MOTTO), m.HEAD_RIGHT))
    put_in(right, draft.place_date, m.PLACE_DATE, italic=True, before=6)


def _title(document: Document, draft: Draft) -> None:
    add_line(document, draft.kind, m.TITLE, bold=True, before=16)
    subject = balanced(draft.subject, BOLD, m.SUBJECT, m.TEXT_WIDTH)
    for line in subject:
        add_line(document, line, m.SUBJECT, bold=True)
    if draft.edition:
        add_line(document, draft.edition, m.SUBJECT, bold=True)
    longest = max(width_of(line, BOLD, m.SUBJECT) for line in subject)
    append_xml(document, rule(longest * m.SHORT_RULE, m.TEXT_WIDTH))
    alone = len(draft.addressees) == 1
    for place, name in enumerate(draft.addressees):
        before = 12 if place == 0 else 0
        written = add_line(document, name, m.ADDRESS, before=before)
        if not alone:
            settle(written, "left", before=before, left=45.0 if place else 30.0)
    if draft.addressees:
        add_line(document, "", m.ANNEX_NOTE / 2)


def _body(document: Document, role: Role, text: str, *, is_last: bool) -> None:
    from docx.shared import Mm

    paragraph = document.add_paragraph()
    write_run(paragraph, text, m.BODY, bold=role is Role.HEADING)
    settle(paragraph, "both", after=m.AFTER_PARAGRAPH)
    form = paragraph.paragraph_format
    form.first_line_indent, form.line_spacing = Mm(m.FIRST_LINE), m.LINE_SPACING
    # A heading stays with what follows it, and the last words with the place for signing.
    form.keep_with_next = role is Role.HEADING or is_last
    form.widow_control = True


def _end(document: Document, draft: Draft) -> None:
    """Write the copies to the left; to the right who signs, with room for it and nothing in it."""
    left, right = _columns(document, (m.SIGN_LEFT, m.SIGN_RIGHT), before=6)
    put_in(left, draft.sent_to, m.SENT_TO, bold=True, italic=True, align="left", is_first=True)
    for line in draft.copies:
        put_in(left, line, m.COPIES, align="left")
    put_in(right, draft.signer, m.SIGNER, bold=True, is_first=True)
    put_in(right, "", m.SIGNER, before=m.SIGNATURE_SPACE)


def _annex(document: Document, annex: Annex) -> None:
    from docx.enum.section import WD_SECTION

    _set_page(document.add_section(WD_SECTION.NEW_PAGE), is_landscape=True)
    add_line(document, annex.label, m.ANNEX_LABEL, bold=True)
    add_line(document, annex.title, m.ANNEX_TITLE, bold=True)
    add_line(document, annex.reference, m.ANNEX_REFERENCE, italic=True)
    longest = min(width_of(annex.title, BOLD, m.ANNEX_TITLE), m.ANNEX_WIDTH)
    append_xml(document, rule(longest * m.SHORT_RULE, m.ANNEX_WIDTH))
    add_line(document, "", m.ANNEX_NOTE / 2)
    append_xml(document, annex_table(annex))
    for note in annex.notes:
        settle(add_line(document, note, m.ANNEX_NOTE, italic=True), "both", before=4)


def _columns(document: Document, widths: Sequence[float], before: float = 0) -> list[Any]:
    """Return the cells of a row without borders, which stays on one page."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    if before:
        add_line(document, "", before / 2)
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    table: Any = document.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(_tag("w"), "0")
        margin.set(_tag("type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    for cell, column, width in zip(table.rows[0].cells, table.columns, widths, strict=True):
        column.width = cell.width = Mm(width)
    return list(table.rows[0].cells)


def _with_fixed_times(content: bytes) -> bytes:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, made.read(name))
    return written.getvalue()
