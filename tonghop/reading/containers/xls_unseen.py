"""Which rows and columns of an old xls are not shown: hidden, filtered out, or of no height or width.

The records are those of [MS-XLS]: Row 2.4.220, ColInfo 2.4.53. They are walked through only where the file's bytes hold
one that hides.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable

from tonghop.reading.grid import ALL_SEEN, Unseen

_ROW, _COLUMN, _EOF = 0x0208, 0x007D, 0x000A
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
# Twentieths of a point, and 256ths of a digit: below these nothing can be read.
_LOWEST, _NARROWEST = 40, 128
_ODD_BYTES = b"".join(b"\\x%02x" % low for low in range(256) if low & _HIDDEN_COLUMN)
_HIDING_BYTES = b"".join(b"\\x%02x" % low for low in range(256) if low & _HIDDEN_ROW)
_LOW, _NARROW = rb"[\x00-\x27][\x00\x80]", rb"[\x00-\x7f]\x00"
# Each begins with bytes that are looked for at once: a search for either would try at every byte.
_HIDES = (
    re.compile(rb"\x08\x02\x10\x00.{6}(?:%b|.{6}[%b])" % (_LOW, _HIDING_BYTES), re.DOTALL),
    re.compile(rb"\x7d\x00\x0c\x00.{4}(?:%b|.{4}[%b])" % (_NARROW, _ODD_BYTES), re.DOTALL),
    re.compile(rb"\x7d\x00\x0b\x00.{4}(?:%b|.{4}[%b])" % (_NARROW, _ODD_BYTES), re.DOTALL),
)
_MOST_COLUMNS = 256


def may_hide(content: bytes) -> bool:
    """Return whether any row or column of an xls may be hidden."""
    return any(hiding.search(content) is not None for hiding in _HIDES)


def unseen_in(records: Iterable[tuple[int, bytes]]) -> Unseen:
    """Return the rows and columns that a sheet does not show."""
    rows: set[int] = set()
    spans: set[tuple[int, int]] = set()  # each once, however often it is told
    for kind, body in records:
        if kind == _EOF:
            break
        if kind == _ROW and len(body) >= 14:
            row, height, flags = struct.unpack_from("<H4xH4xH", body)
            # The highest bit says that the height is the usual one.
            if flags & _HIDDEN_ROW or height & 0x7FFF < _LOWEST:
                rows.add(row)
        elif kind == _COLUMN and len(body) >= 10:
            first, last, width, _, flags = struct.unpack_from("<5H", body)
            if flags & _HIDDEN_COLUMN or width < _NARROWEST:
                spans.add((first, min(last, _MOST_COLUMNS)))
    columns = {column for first, last in spans for column in range(first, last + 1)}
    return Unseen(frozenset(rows), frozenset(columns)) if rows or columns else ALL_SEEN
