"""Which rows and columns of an xlsx are not shown: hidden, filtered out, folded away, or of no height or width.

What is looked up is there in few files; whether it is at all can be told from the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tonghop.reading.containers.parsed import holds
from tonghop.reading.containers.wholes import whole
from tonghop.reading.grid import ALL_SEEN, Unseen

_ROW, _COLUMN = re.compile(rb"<(?:\w+:)?row\s([^>]*)>"), re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""(?<![\w:])(\w+)\s*=\s*["']([^"']*)["']""")
_YES = (b"1", b"true", b"on")
# Of a column narrower than half a digit, or a row lower than two points, nothing can be read.
_LOW, _NARROW = (b' ht="0', b' ht="1"', b' ht="1.'), b' width="0'
_NARROWEST, _LOWEST = 0.5, 2.0
_WIDEST = 16_384
_MOST_TOLD = 4 * _WIDEST  # no program tells a column twice; a hostile one would, a hundred thousand times


def unseen_in(sheet: bytes) -> Unseen:
    """Return the rows and columns of a sheet's XML that are not shown."""
    cells = max(sheet.find(b"sheetData"), 0)
    is_low = holds(sheet, b' ht="') and any(holds(sheet, sign) for sign in _LOW)
    if not is_low and not holds(sheet, b"hidden=") and sheet.find(_NARROW, 0, cells) < 0:
        return ALL_SEEN
    return Unseen(frozenset(_rows(sheet)), frozenset(islice(_columns(sheet[:cells]), _MOST_TOLD)))


def _rows(sheet: bytes) -> Iterator[int]:
    """Yield the rows; one that does not say which it is follows the one before it."""
    at = -1
    for found in _ROW.finditer(sheet):
        told = dict(_ATTRIBUTE.findall(found[1]))
        at = whole(_text(told.get(b"r")), at + 2) - 1
        if _is_hidden(told) or _number(told.get(b"ht"), _LOWEST) < _LOWEST:
            yield at


def _columns(head: bytes) -> Iterator[int]:
    for found in _COLUMN.finditer(head):
        told = dict(_ATTRIBUTE.findall(found[1]))
        if _is_hidden(told) or _number(told.get(b"width"), _NARROWEST) < _NARROWEST:
            first, last = (whole(_text(told.get(name)), 0) for name in (b"min", b"max"))
            yield from range(max(first, 1) - 1, min(last, _WIDEST))


def _is_hidden(told: dict[bytes, bytes]) -> bool:
    return told.get(b"hidden", b"0").lower() in _YES


def _number(value: bytes | None, default: float) -> float:
    try:
        return default if value is None else float(value)
    except ValueError:
        return default


def _text(value: bytes | None) -> str:
    return "" if value is None else value.decode("ascii", "replace")
