"""Which cells of an ods show the error of a formula; the reader of values leaves them blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from xml.etree.ElementTree import Element

from tonghop.reading.containers.parsed import parsed
from tonghop.reading.containers.wholes import whole
from tonghop.reading.grid import Facts

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
# More cells than this no sheet that was let in has; repeated blank ones run to the end of the sheet.
_MOST = 2_000_000
_LONGEST = 15


class OdsFacts(Facts):
    """The facts of one sheet of an ods; its content has passed the guards (no DTD, bounded)."""

    def __init__(self, content: bytes, name: str) -> None:
        self._content, self._name = content, name

    def error(self, row: int, column: int) -> str | None:
        """Return the error that stands in the cell."""
        return self._errors.get((row, column))

    @cached_property
    def _errors(self) -> Mapping[tuple[int, int], str]:
        if b'"error"' not in self._content:
            return {}
        root = parsed(self._content)
        if root is None:
            return {}
        tables = (table for table in root.iter(f"{_TABLE}table") if table.get(f"{_TABLE}name") == self._name)
        return dict(_errors_in(next(tables, Element("none"))))


def _errors_in(table: Element) -> Iterator[tuple[tuple[int, int], str]]:
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in line:
            if cell.get(_KIND) == "error":
                shown = "".join(cell.itertext()).strip()
                yield (row, column), shown[:_LONGEST] or "#N/A"
            column += _repeats(cell, "number-columns-repeated")
        row += _repeats(line, "number-rows-repeated")
        if row > _MOST:
            return


def _repeats(element: Element, name: str) -> int:
    return whole(element.get(f"{_TABLE}{name}", "1"), 1, _MOST)
