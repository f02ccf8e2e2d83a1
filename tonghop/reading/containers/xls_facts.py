"""Which cells of an old xls show the error of a formula, or another number than they hold.

The reader of values leaves the former blank and tells nothing of the latter.

The records are those of [MS-XLS]: BOUNDSHEET8 2.4.28, FORMULA 2.4.127 with FormulaValue 2.5.133, BOOLERR 2.4.24.
They are looked up only when a cell is in question.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping, Set
from functools import cached_property

from tonghop.reading.containers.formats import shown
from tonghop.reading.containers.marks import is_in_doubt
from tonghop.reading.containers.xls_margins import margins_in, may_have_margins
from tonghop.reading.containers.xls_marks import (
    Styles,
    cells_of,
    may_have_marks,
    may_have_odd_formats,
    pieces_of,
)
from tonghop.reading.containers.xls_unseen import may_hide, unseen_in
from tonghop.reading.grid import ALL_SEEN, Facts, Unseen
from tonghop.reading.our_sheet import is_our_name

_BOUND_SHEET, _FORMULA, _BOOL_ERR, _EOF = 0x0085, 0x0006, 0x0205, 0x000A
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_STREAMS = ("Workbook", "Book")


class XlsFacts(Facts):
    """The facts of one sheet of an xls."""

    def __init__(self, content: bytes, name: str) -> None:
        self._content, self._name = content, name

    def error(self, row: int, column: int) -> str | None:
        """Return the error that stands in the cell."""
        return self._errors.get((row, column))

    def marked_digits(self) -> Set[tuple[int, int]]:
        """Return the cells of which digits are struck out, or stand raised or lowered beside others."""
        return self._marked

    def has_odd_formats(self) -> bool:
        """Return whether any cell may show another number than it holds; False only where none does."""
        return bool(self._odd_cells)

    def shown(self, row: int, column: int, number: int) -> str | None:
        """Return what the cell's format shows of its number where that may be another one; "" for nothing."""
        code = self._odd_cells.get((row, column))
        return None if code is None else shown(code, number)

    def margins(self) -> tuple[str, ...]:
        """Return what stands beside the sheet's cells, but in an answer of ours that comes back."""
        if not may_have_margins(self._content):
            return ()
        sheets = {name: at for at, name in reversed(list(_sheets(self._stream)))}
        if self._name not in sheets or any(map(is_our_name, sheets)):
            return ()
        return margins_in(_records(self._stream, sheets[self._name]))

    def unseen(self) -> Unseen:
        """Return the rows and columns that are not shown to who opens the file."""
        if not may_hide(self._content):
            return ALL_SEEN
        start = next((at for at, name in _sheets(self._stream) if name == self._name), None)
        return ALL_SEEN if start is None else unseen_in(_records(self._stream, start))

    @cached_property
    def _styles(self) -> Styles:
        return Styles(list(_before_end(self._stream)))

    def _cells(self) -> Iterator[tuple[tuple[int, int], int, int | None]]:
        start = next((at for at, name in _sheets(self._stream) if name == self._name), None)
        return iter(()) if start is None else cells_of(_records(self._stream, start))

    @cached_property
    def _odd_cells(self) -> Mapping[tuple[int, int], str]:
        odd = self._styles.odd_formats() if may_have_odd_formats(self._content) else {}
        return {at: odd[style] for at, style, _ in self._cells() if style in odd} if odd else {}

    @cached_property
    def _marked(self) -> frozenset[tuple[int, int]]:
        if not may_have_marks(self._content) or not self._styles.has_marks:
            return frozenset()
        styles = self._styles
        texts, found = styles.texts(), set()
        for at, style, number in self._cells():
            look = styles.look(style)
            text, runs = texts[number] if number is not None and number < len(texts) else ("0", ())
            if (look.is_struck or runs) and is_in_doubt(pieces_of(text, runs, look, styles)):
                found.add(at)
        return frozenset(found)

    @cached_property
    def _stream(self) -> bytes:
        """Return the workbook's records; empty where the container is odd though the values could be read."""
        import olefile  # type: ignore[import-untyped] # the library ships no types

        try:
            with olefile.OleFileIO(io.BytesIO(self._content)) as container:
                name = next((name for name in _STREAMS if container.exists(name)), None)
                return b"" if name is None else bytes(container.openstream(name).read())
        except (OSError, ValueError, IndexError, struct.error):
            return b""

    @cached_property
    def _errors(self) -> Mapping[tuple[int, int], str]:
        start = next((at for at, name in _sheets(self._stream) if name == self._name), None)
        return {} if start is None else dict(_errors_from(self._stream, start))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _before_end(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the workbook's own records, those before its first sheet's."""
    for kind, body in _records(stream, 0):
        if kind == _EOF:
            return
        yield kind, body


def _sheets(stream: bytes) -> Iterator[tuple[int, str]]:
    """Yield where each sheet's records begin, and its name."""
    for kind, body in _records(stream, 0):
        if kind == _EOF:
            return
        if kind == _BOUND_SHEET and len(body) >= 8:
            is_wide = body[7] & 1
            yield (
                struct.unpack_from("<I", body)[0],
                body[8:].decode("utf-16-le" if is_wide else "latin-1", "replace")[: body[6]],
            )


def _errors_from(stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, body in _records(stream, start):
        if kind == _EOF:
            return
        if kind == _FORMULA and len(body) >= 14:
            # A result that is no number ends in FFFF, and says with its first byte what it is: 2 is an error.
            is_error, code = body[12:14] == b"\xff\xff" and body[6] == 2, body[8]
        elif kind == _BOOL_ERR and len(body) >= 8:
            is_error, code = body[7] == 1, body[6]
        else:
            continue
        if is_error:
            row, column = struct.unpack_from("<HH", body)
            yield (row, column), _ERRORS.get(code, "#N/A")
