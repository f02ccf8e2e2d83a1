"""Which cells of an old xls show digits struck out, raised or white on white, and by which formats its numbers.

The records are those of [MS-XLS]: Font 2.4.122, Format 2.4.126, XF 2.4.353, SST 2.4.265 with the texts of 2.5.293,
LabelSst 2.4.149, MulRk 2.4.175. They are walked through only where the file's bytes hold a font or format that matters:
opening the container costs more than reading the values.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tonghop.reading.containers.formats import is_odd
from tonghop.reading.containers.marks import Piece

_FONT, _FORMAT, _XF, _SST, _CONTINUE, _EOF = 0x0031, 0x041E, 0x00E0, 0x00FC, 0x003C, 0x000A
_LABEL_SST, _MUL_RK = 0x00FD, 0x00BD
# LABEL, RSTRING, NUMBER, RK, FORMULA: each begins with row, column and style.
_CELLS = frozenset((_LABEL_SST, 0x0204, 0x00D6, 0x0203, 0x027E, 0x0006))
_STRUCK = 0x0008
_WHITES = (0x01, 0x09)  # the fixed colours, and the palette's usual ones
_PLAIN = Piece("")
# A font record that strikes out, raises, lowers or is white, of the common weights; a format record of such an xls.
_WEIGHT = rb"(?:\x90\x01|\xbc\x02)"
_STRUCK_BYTES = b"".join(b"\\x%02x" % low for low in range(256) if low & _STRUCK)
_ODD_FONT = re.compile(
    rb"1\x00.\x00..(?:[%b].{3}%b|..[\x01\x09]\x00%b|.{4}%b[\x01\x02]\x00)" % (_STRUCK_BYTES, *[_WEIGHT] * 3),
    re.DOTALL,
)
_FORMAT_RECORD = re.compile(rb"\x1e\x04.\x00..(.)\x00[\x00\x01]", re.DOTALL)
Records = Sequence[tuple[int, bytes]]
Runs = Sequence[tuple[int, int]]


def may_have_marks(content: bytes) -> bool:
    """Return whether any font of an xls may strike out, raise or lower what it writes, or write it in white."""
    return _ODD_FONT.search(content) is not None


def may_have_odd_formats(content: bytes) -> bool:
    """Return whether any format of an xls may show another number than its cells hold; percents are not looked at."""
    bodies = (
        content[found.start() + 4 : found.end() + 2 * found[1][0]]
        for found in _FORMAT_RECORD.finditer(content)
    )
    return any(_is_odd(_format(body)[1]) for body in bodies)


def _is_odd(code: str) -> bool:
    return "%" not in code and is_odd(code)


class Styles:
    """What the styles of a workbook make of its cells, as its first records tell."""

    def __init__(self, records: Records) -> None:
        self._records = records
        fonts = [body for kind, body in records if kind == _FONT and len(body) >= 10]
        self._fonts = [_look(body) for body in fonts]
        bodies = [body for kind, body in records if kind == _XF and len(body) >= 4]
        self._styles = [struct.unpack_from("<HH", body) for body in bodies]
        whites = {i for i, body in enumerate(fonts) if struct.unpack_from("<H", body, 4)[0] in _WHITES}
        self._blank = {
            i
            for i, (body, (font, _)) in enumerate(zip(bodies, self._styles, strict=True))
            if font - (font > 4) in whites and _has_white_ground(body)
        }
        self.has_marks = bool(self._blank) or any(look != _PLAIN for look in self._fonts)

    def look(self, style: int) -> Piece:
        """Return whether a style strikes out its cells or hides them; a cell raised as a whole is as it is."""
        font = self._styles[style][0] if style < len(self._styles) else 0
        look = self.font(font)
        return look._replace(is_raised=False, is_struck=look.is_struck or style in self._blank)

    def font(self, number: int) -> Piece:
        """Return the look of a font: the numbers skip 4."""
        at = number - (number > 4)
        return self._fonts[at] if at < len(self._fonts) else _PLAIN

    def odd_formats(self) -> Mapping[int, str]:
        """Return the formats that show other numbers than the cells hold, by style."""
        codes = dict(_format(body) for kind, body in self._records if kind == _FORMAT and len(body) > 5)
        odd = {number for number, code in codes.items() if _is_odd(code)}
        return {i: codes[number] for i, (_, number) in enumerate(self._styles) if number in odd}

    def texts(self) -> list[tuple[str, Runs]]:
        """Return the workbook's shared texts with their runs: from which character on which font."""
        parts: list[bytes] = []
        for kind, body in self._records:
            if kind == _SST or (kind == _CONTINUE and parts):
                parts.append(body)
            elif parts:
                break
        try:
            return list(_texts(parts)) if parts else []
        except (struct.error, IndexError):
            return []


def cells_of(records: Iterable[tuple[int, bytes]]) -> Iterator[tuple[tuple[int, int], int, int | None]]:
    """Yield the cells of a sheet with a value: place, style, and the number of a shared text."""
    for kind, body in records:
        if kind == _EOF:
            return
        if kind in _CELLS and len(body) >= 10:
            row, column, style = struct.unpack_from("<3H", body)
            yield (row, column), style, struct.unpack_from("<I", body, 6)[0] if kind == _LABEL_SST else None
        elif kind == _MUL_RK and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            for i in range((len(body) - 6) // 6):
                yield (row, first + i), struct.unpack_from("<H", body, 4 + 6 * i)[0], None


def pieces_of(text: str, runs: Runs, first: Piece, styles: Styles) -> Iterator[Piece]:
    """Yield a text's pieces; up to the first run the cell's own font counts."""
    starts = [(0, first), *((start, styles.font(font)) for start, font in runs)]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    for (start, look), end in zip(starts, ends, strict=True):
        yield look._replace(text=text[start:end])


def _look(body: bytes) -> Piece:
    return Piece(
        "", struct.unpack_from("<H", body, 8)[0] != 0, bool(struct.unpack_from("<H", body, 2)[0] & _STRUCK)
    )


def _has_white_ground(body: bytes) -> bool:
    """Return whether a style fills its cells with nothing, or with white."""
    if len(body) < 20:
        return False
    pattern, colour = (
        struct.unpack_from("<I", body, 14)[0] >> 26,
        struct.unpack_from("<H", body, 18)[0] & 0x7F,
    )
    return pattern == 0 or (pattern == 1 and colour in _WHITES)


def _format(body: bytes) -> tuple[int, str]:
    number, length, is_wide = struct.unpack_from("<HHB", body)
    return number, body[5:].decode("utf-16-le" if is_wide & 1 else "latin-1", "replace")[:length]


def _texts(parts: Sequence[bytes]) -> Iterator[tuple[str, Runs]]:
    """Yield the shared texts. A part may end inside one: the next then says anew how wide its characters are."""
    at, position = 0, 8
    for _ in range(struct.unpack_from("<I", parts[0], 4)[0]):
        length, flags = struct.unpack_from("<HB", parts[at], position)
        position += 3
        runs = struct.unpack_from("<H", parts[at], position)[0] if flags & 8 else 0
        position += 2 if flags & 8 else 0
        more = struct.unpack_from("<I", parts[at], position)[0] if flags & 4 else 0
        position += 4 if flags & 4 else 0
        text = ""
        while True:
            width = 2 if flags & 1 else 1
            piece = parts[at][position : position + width * (length - len(text))]
            piece = piece[: len(piece) // width * width]
            position += len(piece)
            text += piece.decode("utf-16-le" if width == 2 else "latin-1", "replace").ljust(
                len(piece) // width
            )
            if len(text) >= length:
                break
            at, position, flags = at + 1, 1, parts[at + 1][0]
        found = []
        for _ in range(runs):
            if position >= len(parts[at]):
                at, position = at + 1, 0
            found.append(struct.unpack_from("<HH", parts[at], position))
            position += 4
        position += more
        while position >= len(parts[at]) and at + 1 < len(parts):
            at, position = at + 1, position - len(parts[at])
        yield text, found
