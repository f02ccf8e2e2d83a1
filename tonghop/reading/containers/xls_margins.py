"""What stands in a sheet of an old xls beside its cells: page header and footer, text boxes, comments.

The records are those of [MS-XLS]: Header 2.4.136, Footer 2.4.124, TxO 2.4.329 with its text in the record behind it.
They are walked through only where the file's bytes hold one that says something.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from itertools import islice

from tonghop.reading.containers.xlsx_margins import sections_of

_HEADER, _FOOTER, _TEXT_BOX, _CONTINUE, _EOF = 0x0014, 0x0015, 0x01B6, 0x003C, 0x000A
_BOXES = b"\xb6\x01\x12\x00"
_RUNNING = tuple(re.compile(kind + rb"\x00(..)(?=..[\x00\x01])", re.DOTALL) for kind in (rb"\x14", rb"\x15"))
_MOST = 300


def may_have_margins(content: bytes) -> bool:
    """Return whether any sheet of an xls may have text beside its cells; most have codes of page numbers at most."""
    if _BOXES in content:
        return True
    found = (one for running in _RUNNING for one in running.finditer(content))
    bodies = (content[one.end() : one.end() + _size(one[1])] for one in found)
    return any(any(_running(body)) for body in bodies)


def margins_in(records: Iterable[tuple[int, bytes]]) -> tuple[str, ...]:
    """Return the texts beside the cells of a sheet, each once."""
    return tuple(dict.fromkeys(text for text in islice(_texts(records), _MOST) if text))


def _texts(records: Iterable[tuple[int, bytes]]) -> Iterator[str]:
    is_boxed = False
    for kind, body in records:
        if kind == _EOF:
            return
        if kind in (_HEADER, _FOOTER):
            yield from _running(body)
        elif kind == _CONTINUE and is_boxed and body:
            yield from (line.strip() for line in _decoded(body[1:], is_wide=bool(body[0] & 1)).split("\n"))
        is_boxed = kind == _TEXT_BOX and len(body) >= 12 and struct.unpack_from("<H", body, 10)[0] > 0


def _running(body: bytes) -> list[str]:
    """Return the texts of a header or footer record; none of bytes that are no such record."""
    if len(body) < 3:
        return []
    length, is_wide = struct.unpack_from("<H", body)[0], bool(body[2] & 1)
    if len(body) != 3 + length * (1 + is_wide):
        return []
    return [text for text in sections_of(_decoded(body[3:], is_wide=is_wide)) if any(map(str.isalpha, text))]


def _decoded(text: bytes, *, is_wide: bool) -> str:
    return text.decode("utf-16-le" if is_wide else "latin-1", "replace").replace("\r", "\n")


def _size(told: bytes) -> int:
    return int.from_bytes(told, "little")
