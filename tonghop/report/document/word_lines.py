"""Lines of the .docx: one run in one face and size, aligned, with its space above and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tonghop.report.document import measures as m
from tonghop.report.document.word_xml import NAMESPACE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph


def append_xml(place: Any, xml: str) -> None:
    """Append XML to a cell, or to the body before its closing section."""
    from docx.oxml import parse_xml

    element = parse_xml(xml)
    if hasattr(place, "_tc"):
        place._tc.append(element)
    else:
        place.element.body.sectPr.addprevious(element)


def put_in(
    cell: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, align: str = "center",
    before: float = 0, is_first: bool = False,
) -> Paragraph:  # fmt: skip
    """Write a line into a cell; the first takes the paragraph that every cell has."""
    paragraph: Paragraph = cell.paragraphs[0] if is_first else cell.add_paragraph()
    write_run(paragraph, text, size, bold=bold, italic=italic)
    settle(paragraph, align, before=before, after=0)
    return paragraph


def add_line(
    document: Document, text: str, size: float, *, bold: bool = False, italic: bool = False, before: float = 0
) -> Paragraph:
    """Write a centred line below what the document has."""
    paragraph = document.add_paragraph()
    write_run(paragraph, text, size, bold=bold, italic=italic)
    settle(paragraph, "center", before=before, after=0)
    return paragraph


def write_run(
    paragraph: Paragraph, text: str, size: float, *, bold: bool = False, italic: bool = False
) -> None:
    """Write text into a paragraph; an empty one is as high as its size says."""
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.name, run.font.size = m.FONT, Pt(size)
    run.bold, run.italic = bold or None, italic or None
    if not text:  # an empty paragraph is as high as its mark
        paragraph.paragraph_format.line_spacing = Pt(size)


def settle(paragraph: Paragraph, align: str, *, before: float = 0, after: float = 0, left: float = 0) -> None:
    """Set how a paragraph is aligned, with its space above and below in points."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Mm, Pt

    sides = {"left": ALIGN.LEFT, "center": ALIGN.CENTER, "both": ALIGN.JUSTIFY}
    form = paragraph.paragraph_format
    form.alignment = sides[align]
    form.space_before, form.space_after = Pt(before), Pt(after)
    if left:
        form.left_indent = Mm(left)


def box(paragraph: Paragraph, width: float) -> None:
    """Draw a frame around a short line, as wide as it needs."""
    from docx.oxml import parse_xml
    from docx.shared import Mm

    edges = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="2" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right")
    )
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((m.HEAD_LEFT - width) / 2)
    borders = parse_xml(f"<w:pBdr {NAMESPACE}>{edges}</w:pBdr>")
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
