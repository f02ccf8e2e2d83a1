"""Pieces of WordprocessingML that python-docx has no words for: rules, fields, bordered tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from tonghop.report.document.measures import ANNEX_TABLE, FONT
from tonghop.report.document.parts import Annex, Column, Look, Row
from tonghop.words import say

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BOLD = (Look.TOTAL, Look.NODE, Look.BAND)
# Shades that stay apart on a black-and-white printer.
_SHADES = {Look.TOTAL: "E7E6E6", Look.BAND: "F2F2F2", Look.NODE: "F2F2F2"}


def twips(millimetres: float) -> int:
    """Return millimetres as twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def text_run(text: str, size: float, *, bold: bool = False, italic: bool = False) -> str:
    """Return one run of text."""
    half = round(size * 2)
    font = quoteattr(FONT)
    look = f"<w:rFonts w:ascii={font} w:hAnsi={font} w:cs={font} w:eastAsia={font}/>"
    look += ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    look += f'<w:color w:val="000000"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def rule(length: float, width: float) -> str:
    """Return a paragraph that draws a line of ``length`` mm in the middle of ``width`` mm."""
    side = max(0, twips((width - length) / 2))
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    spacing = '<w:spacing w:before="20" w:after="0" w:line="60" w:lineRule="exact"/>'
    return (
        f"<w:p {NAMESPACE}><w:pPr>{border}{spacing}"
        f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/></w:pPr></w:p>'
    )


def page_field(size: float) -> Iterator[str]:
    """Yield the runs of the page's number."""
    half = round(size * 2)
    look = f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    for part in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>2</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        yield f"<w:r {NAMESPACE}>{look}{part}</w:r>"


def annex_table(annex: Annex) -> str:
    """Return the annex's table: heading rows repeat on every page, no row breaks over two."""
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
    widths = [twips(column.width) for column in annex.columns]
    properties = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [*_headings(annex, widths), *(_row(row, annex.columns, widths) for row in annex.rows)]
    return f"<w:tbl {NAMESPACE}>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _headings(annex: Annex, widths: Sequence[int]) -> Iterator[str]:
    if annex.has_groups:
        cells, at = [], 0
        for group, found in groupby(annex.columns, key=lambda column: column.group):
            columns = list(found)
            if group:
                width = sum(widths[at : at + len(columns)])
                cells.append(_cell(group, width, "center", bold=True, span=len(columns)))
            else:
                cells += [
                    _cell(c.title, widths[at + i], "center", bold=True, merge="restart")
                    for i, c in enumerate(columns)
                ]
            at += len(columns)
        yield _table_row(cells, is_heading=True)
    yield _table_row(
        (
            _cell("", width, "center", merge="continue")
            if annex.has_groups and not column.group
            else _cell(column.title, width, "center", bold=True)
            for column, width in zip(annex.columns, widths, strict=True)
        ),
        is_heading=True,
    )
    numbered = (
        _cell(say("document.column", number=i), width, "center", italic=True)
        for i, width in enumerate(widths, 1)
    )
    yield _table_row(numbered, is_heading=True)


def _row(row: Row, columns: Sequence[Column], widths: Sequence[int]) -> str:
    bold, shade = row.look in _BOLD, _SHADES.get(row.look, "")
    if row.look is Look.BAND:
        name = _cell(row.cells[1], sum(widths[1:]), "left", bold=True, span=len(widths) - 1, shade=shade)
        return _table_row((_cell(row.cells[0], widths[0], "center", bold=True, shade=shade), name))
    return _table_row(
        _cell(text, width, column.align, bold=bold, shade=shade)
        for text, column, width in zip(row.cells, columns, widths, strict=True)
    )


def _table_row(cells: Iterable[str], *, is_heading: bool = False) -> str:
    repeat = "<w:tblHeader/>" if is_heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str,
    width: int,
    align: str,
    *,
    bold: bool = False,
    italic: bool = False,
    span: int = 1,
    merge: str = "",
    shade: str = "",
) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    properties += '<w:vAlign w:val="center"/>'
    spacing = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
    run = text_run(text, ANNEX_TABLE, bold=bold, italic=italic) if text else ""
    paragraph = f'<w:p><w:pPr>{spacing}<w:ind w:firstLine="0"/><w:jc w:val="{align}"/></w:pPr>{run}</w:p>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph}</w:tc>"
