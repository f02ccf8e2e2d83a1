"""CSV and other separated text, in any of the encodings that are met, with any of the usual separators."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from tonghop.reading.containers.model import Document, Refused
from tonghop.reading.grid import Facts, Grid
from tonghop.reading.legacy import conversion_for, convert, from_1258
from tonghop.reading.limits import Limits

# Not str.splitlines: in text of a wrong code page its rarer line ends are halves of letters.
_LINE_END = re.compile(r"\r\n|\n|\r")
_SEPARATORS = (";", "\t", ",", "|")
_LONGEST_CELL = 60
_BLANK = "\x00\x00"  # room that a copy took and did not fill
_FEWEST = 3  # lines of a table with its heading, the last of which may be cut off
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_csv(name: str, content: bytes, limits: Limits) -> Document | None:
    """Return the table of a separated text, or None where the text is no table.

    Raises ``Refused`` where it is larger than a sheet may be.
    """
    text, is_unicode = decode(content)
    lines = _lines_of(text)
    separator = _separator(lines)
    if separator is None:
        return None
    rows = _parse("\n".join(lines), separator)
    if text.endswith(_BLANK) or is_cut_off(lines, rows):
        raise Refused("damaged-file")
    if sum(len(row) for row in rows) > limits.cells or len(rows) > limits.rows * 10:
        raise Refused("sheet-too-large", limit=str(limits.cells))
    if not is_unicode:
        rows = _from_old_encoding(rows)
    facts = CommaFacts() if separator == "," else Facts()
    return Document(name, (Grid(name, "", rows, is_ragged=True, facts=facts),))


def is_cut_off(lines: Sequence[str], rows: Sequence[Sequence[object]]) -> bool:
    """Return whether a table in text breaks off within its last line, as nothing ends it.

    That line has some cells, but fewer than most of the others. Where all others have as many, a program wrote them,
    which writes no line of another kind below: there the first cell is enough.
    """
    if len(rows) < _FEWEST or not lines[-1]:
        return False
    widths = Counter(len(row) for row in rows[:-1] if any(row))
    last, is_alike = len(rows[-1]), len(widths) == 1
    del widths[1]  # titles
    width, alike = widths.most_common(1)[0] if widths else (0, 0)
    return last < width and alike > 1 and (last > 1 or is_alike)


class CommaFacts(Facts):
    """The facts of a text whose cells are parted by commas."""

    def is_parted_by_commas(self) -> bool:
        """Return True."""
        return True


def decode(content: bytes) -> tuple[str, bool]:
    """Return text and whether it was Unicode; else its bytes stand as windows-1252 shows them."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), True
    try:
        return content.decode("utf-8"), True
    except UnicodeDecodeError:
        return content.decode("latin-1"), False


def _from_old_encoding(rows: list[list[object]]) -> list[list[object]]:
    """Return the cells of a text that is no Unicode: TCVN3 or VNI where many words say so, else windows-1258."""
    texts = [value for row in rows for value in row if isinstance(value, str)]
    conversion = conversion_for(texts, fallback=from_1258) or from_1258
    return [[convert(v, conversion) if isinstance(v, str) else v for v in row] for row in rows]


def separated(text: str) -> list[list[object]] | None:
    """Return the cells of a text by the separator that makes its lines most alike, or None if none does."""
    lines = _lines_of(text)
    separator = _separator(lines)
    return None if separator is None else _parse("\n".join(lines), separator)


def _lines_of(text: str) -> list[str]:
    lines = _LINE_END.split(text)
    return lines[1:] if lines and lines[0].lower().startswith("sep=") else lines


def _separator(lines: list[str]) -> str | None:
    """Return the separator that makes lines most alike, or None if none does."""
    sample = [line for line in lines[:400] if line.strip()]
    best, best_score = None, 0
    for separator in _SEPARATORS:
        widths = Counter(len(row) for row in _parse("\n".join(sample), separator) if len(row) > 1)
        width, alike = widths.most_common(1)[0] if widths else (0, 0)
        score = alike * min(width, 60)
        if width > 1 and score > best_score and (separator == ";" or alike > 1 or width > 3):
            best, best_score = separator, score
    # Two lines and a number with a comma in it: no two lines are alike, and yet all are cells.
    return "," if best is None and len(sample) > 1 and all(_is_of_cells(line) for line in sample) else best


def _is_of_cells(line: str) -> bool:
    """Return whether a line reads like cells with commas between them, and not like a sentence."""
    cells = line.split(",")
    return len(cells) > 2 and all(len(cell) < _LONGEST_CELL and not cell.startswith(" ") for cell in cells)


def _parse(text: str, separator: str) -> list[list[object]]:
    text = text.replace("\x00", "")
    if not text.endswith("\n"):
        text += "\n"  # so that a quote left open in the last line swallows it too
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        if any(_swallows_rows(cell, separator) for row in rows for cell in row):
            list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        rows = [_cells_of(line, separator) for line in text[:-1].split("\n")]
    return [[cell.strip(" \t") for cell in row] for row in rows]


def _swallows_rows(cell: str, separator: str) -> bool:
    """Return whether a cell holds a line end and cells behind it: a note of two lines, or a quote left open."""
    return "\n" in cell and separator in cell


def _cells_of(line: str, separator: str) -> list[str]:
    """Return the cells of a text's line by itself; a quote that it leaves open is none."""
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return [cell.strip('"') for cell in line.split(separator)]
