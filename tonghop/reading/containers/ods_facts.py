"""Which cells of an ods show the error of a formula, or hold digits that are in doubt or hidden; which lines it hides.

The reader of values leaves the errors blank and tells nothing of the others: digits struck out, raised, white on white.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from xml.etree.ElementTree import Element

from tonghop.reading.containers.marks import Piece, is_in_doubt
from tonghop.reading.containers.ods_margins import has_notes, master_page, notes, running_texts
from tonghop.reading.containers.parsed import parsed
from tonghop.reading.containers.wholes import whole
from tonghop.reading.grid import ALL_SEEN, Facts, Unseen

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_PLAIN, _WHITE = Piece(""), "#ffffff"
# Where no style says so, no text is raised or struck out; the programs say "none" of many.
_MARKS = re.compile(rb"text-position=|text-line-through-(?:style|type)=[\"'](?!none)|:color=[\"']#[fF]{6}")
_HIDES = re.compile(
    rb"""visibility=["'](?:collapse|filter)|(?:row-height|column-width)=["']0(?:\.0[0-9]*)?[a-z]"""
)
_HIDDEN = ("collapse", "filter")
# A size of nothing, or of less than a tenth of an inch at most: no figure can be read there.
_TINY = re.compile(r"0(?:\.0[0-9]*)?(?:in|cm|mm|pt)")
# More cells than this no sheet that was let in has; repeated blank ones run to the end of the sheet.
_MOST = 2_000_000
_MOST_HIDDEN, _LONGEST = 100_000, 15


class OdsFacts(Facts):
    """The facts of one sheet of an ods; its content has passed the guards (no DTD, bounded)."""

    def __init__(self, content: bytes, styles: bytes, name: str) -> None:
        self._content, self._styles, self._name = content, styles, name

    def margins(self) -> tuple[str, ...]:
        """Return what stands beside the sheet's cells."""
        running = running_texts(self._styles)
        if not running and not has_notes(self._content):
            return ()
        root, table = self._root_and_table()
        return (*running.get(master_page(root, table), ()), *notes(root, table))

    def error(self, row: int, column: int) -> str | None:
        """Return the error that stands in the cell."""
        return self._errors.get((row, column))

    def marked_digits(self) -> Set[tuple[int, int]]:
        """Return the cells of which digits are struck out, or stand raised or lowered beside others."""
        return self._marked

    def unseen(self) -> Unseen:
        """Return the rows and columns that are not shown to who opens the file."""
        if _HIDES.search(self._content) is None:
            return ALL_SEEN
        root, table = self._root_and_table()
        sizes = (("row", "row-height"), ("column", "column-width"))
        return Unseen(*(frozenset(_hidden_in(table, name, _tiny(root, size))) for name, size in sizes))

    @cached_property
    def _marked(self) -> frozenset[tuple[int, int]]:
        # The styles stand in front of the cells.
        if _MARKS.search(self._content, 0, max(self._content.find(b":body"), 0)) is None:
            return frozenset()
        root, table = self._root_and_table()
        looks = dict(_looks(root))
        return frozenset(at for at, cell in _cells_in(table) if _is_marked(cell, looks))

    def _root_and_table(self) -> tuple[Element, Element]:
        root = parsed(self._content)
        root = Element("none") if root is None else root
        tables = (table for table in root.iter(f"{_TABLE}table") if table.get(f"{_TABLE}name") == self._name)
        return root, next(tables, Element("none"))

    @cached_property
    def _errors(self) -> Mapping[tuple[int, int], str]:
        if b'"error"' not in self._content:
            return {}
        return dict(_errors_in(self._root_and_table()[1]))


def _errors_in(table: Element) -> Iterator[tuple[tuple[int, int], str]]:
    for at, cell in _cells_in(table):
        if cell.get(_KIND) == "error":
            shown = "".join(cell.itertext()).strip()
            yield at, shown[:_LONGEST] or "#N/A"


def _cells_in(table: Element) -> Iterator[tuple[tuple[int, int], Element]]:
    """Yield the cells with their places; of repeated ones the first."""
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in line:
            yield (row, column), cell
            column += _repeats(cell, "number-columns-repeated")
        row += _repeats(line, "number-rows-repeated")
        if row > _MOST:
            return


def _tiny(root: Element, size: str) -> frozenset[str]:
    """Return the styles that give rows, or columns, no size."""
    styles = (
        (style, part.get(f"{_STYLE}{size}", "")) for style in root.iter(f"{_STYLE}style") for part in style
    )
    return frozenset(style.get(f"{_STYLE}name", "") for style, told in styles if _TINY.fullmatch(told))


def _hidden_in(table: Element, name: str, tiny: Set[str]) -> Iterator[int]:
    """Yield the hidden rows, or columns, of a table."""
    at = 0
    for line in table.iter(f"{_TABLE}table-{name}"):
        count = _repeats(line, f"number-{name}s-repeated")
        if line.get(f"{_TABLE}visibility") in _HIDDEN or line.get(f"{_TABLE}style-name") in tiny:
            yield from range(at, min(at + count, _MOST_HIDDEN))
        at += count


def _looks(root: Element) -> Iterator[tuple[str, Piece]]:
    """Yield the styles that raise, lower, strike out or hide, by name."""
    for style in root.iter(f"{_STYLE}style"):
        for text in style.iter(f"{_STYLE}text-properties"):
            is_raised = text.get(f"{_STYLE}text-position", "0%").split()[0] not in ("0%", "0")
            through = [text.get(f"{_STYLE}text-line-through-{name}", "none") for name in ("style", "type")]
            is_struck = through != ["none", "none"] or _is_white(style, text)
            if is_raised or is_struck:
                yield style.get(f"{_STYLE}name", ""), Piece("", is_raised, is_struck)


def _is_white(style: Element, text: Element) -> bool:
    """Return whether a style writes its cells in white on white: nobody sees what stands there."""
    if style.get(f"{_STYLE}family") != "table-cell" or text.get(f"{_FO}color", "").lower() != _WHITE:
        return False
    grounds = (part.get(f"{_FO}background-color", _WHITE) for part in style)
    return all(ground.lower() in (_WHITE, "transparent") for ground in grounds)


def _is_marked(cell: Element, looks: Mapping[str, Piece]) -> bool:
    look = looks.get(cell.get(f"{_TABLE}style-name", ""), _PLAIN)._replace(is_raised=False)
    paragraphs = (one for one in cell if one.tag == f"{_TEXT}p")
    return is_in_doubt([piece for one in paragraphs for piece in _pieces(one, look, looks)])


def _pieces(element: Element, look: Piece, looks: Mapping[str, Piece]) -> Iterator[Piece]:
    yield look._replace(text=element.text or "")
    for child in element:
        own = looks.get(child.get(f"{_TEXT}style-name", ""), _PLAIN)
        inner = Piece("", look.is_raised or own.is_raised, look.is_struck or own.is_struck)
        yield from _pieces(child, inner, looks)
        yield look._replace(text=child.tail or "")


def _repeats(element: Element, name: str) -> int:
    return whole(element.get(f"{_TABLE}{name}", "1"), 1, _MOST)
