"""Workbooks in the XML of Excel 2003, as accounting systems still write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from tonghop.reading.containers.marks import MarkedFacts, Piece, is_in_doubt
from tonghop.reading.containers.model import Document, Refused
from tonghop.reading.containers.parsed import parsed, tag_of
from tonghop.reading.containers.wholes import whole
from tonghop.reading.grid import ALL_SEEN, Grid, Merge, Unseen
from tonghop.reading.limits import Limits

_MOST_HIDDEN = 100_000
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


def is_xml_workbook(content: bytes) -> bool:
    """Return whether bytes are a workbook in that XML."""
    head = content[:4096]
    return b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"Workbook" in head


def read_xml_workbook(name: str, content: bytes, limits: Limits) -> Document:
    """Return the sheets of an Excel 2003 XML workbook. Raises ``Refused``."""
    if _DTD.search(content):
        raise Refused("dangerous-container")
    root = parsed(content)
    if root is None:
        raise Refused("damaged-file")
    sheets = [element for element in root if tag_of(element) == "Worksheet"][: limits.sheets]
    return Document(name, tuple(_sheet(name, sheet, limits) for sheet in sheets))


def _sheet(name: str, sheet: Element, limits: Limits) -> Grid:
    rows: list[list[object]] = []
    merges: list[Merge] = []
    marked: set[tuple[int, int]] = set()
    cells = 0
    for row in (element for element in sheet.iter() if tag_of(element) == "Row"):
        at = _number(row, "Index", len(rows) + 1) - 1
        if not len(rows) <= at < limits.rows:
            raise Refused("sheet-too-large", limit=str(limits.cells))
        rows.extend([] for _ in range(at - len(rows) + 1))
        for cell in (element for element in row if tag_of(element) == "Cell"):
            column = _number(cell, "Index", len(rows[at]) + 1) - 1
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            cells += max(0, column - len(rows[at])) + across + 1
            if cells > limits.cells:
                raise Refused("sheet-too-large", limit=str(limits.cells))
            rows[at].extend([""] * (column - len(rows[at])))
            rows[at].extend([_value(cell), *[""] * across])
            # Nearly every cell is one text without tags in it.
            if (len(cell) > 1 or any(map(len, cell))) and is_in_doubt(_pieces(cell, Piece(""))):
                marked.add((at, column))
            if across or down:
                merges.append((at, column, at + down, column + across))
    title = next((value for key, value in sheet.attrib.items() if key.endswith("}Name")), "")
    merges = [(r0, c0, min(r1, len(rows) - 1), c1) for r0, c0, r1, c1 in merges]
    return Grid(name, title, rows, merges=tuple(merges), facts=MarkedFacts(marked, _unseen(sheet)))


def _unseen(sheet: Element) -> Unseen:
    """Return the rows and columns that are not shown: hidden, filtered out, or of no height or width."""
    # What is told over and over, as no program does, is not followed for ever.
    told = (_hidden(sheet, *names) for names in (("Row", "Height"), ("Column", "Width")))
    rows, columns = (frozenset(islice(hidden, _MOST_HIDDEN)) for hidden in told)
    return Unseen(rows, columns) if rows or columns else ALL_SEEN


def _hidden(sheet: Element, name: str, size: str) -> Iterator[int]:
    at = 0
    for one in (element for element in sheet.iter() if tag_of(element) == name):
        at = _number(one, "Index", at + 1)
        span = _number(one, "Span", 0)
        told = {key.rsplit("}", 1)[-1]: value for key, value in one.attrib.items()}
        if told.get("Hidden") == "1" or (size in told and not told[size].strip("0.")):
            yield from range(at - 1, min(at + span, _MOST_HIDDEN))
        at += span


def _pieces(element: Element, look: Piece) -> Iterator[Piece]:
    """Yield the texts of a cell, those in the tags of HTML 3.2 that raise, lower or strike out told apart."""
    for child in element:
        tag = tag_of(child).casefold()
        inner = Piece(
            "", look.is_raised or tag in ("sup", "sub"), look.is_struck or tag in ("s", "strike", "del")
        )
        if tag != "comment":
            yield inner._replace(text=child.text or "")
            yield from _pieces(child, inner)
        yield look._replace(text=child.tail or "")


def _value(cell: Element) -> object:
    for data in (element for element in cell if tag_of(element) == "Data"):
        kind = next((value for key, value in data.attrib.items() if key.endswith("}Type")), "")
        text = "".join(data.itertext())
        if kind == "Number":
            try:
                return float(text)
            except ValueError:
                return text
        return text
    return ""


def _number(element: Element, name: str, default: int) -> int:
    text = next((value for key, value in element.attrib.items() if key.endswith("}" + name)), "")
    number = whole(text, default)
    return number if number < 10_000_000 else default
