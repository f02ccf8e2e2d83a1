"""The footnotes of a table: "443*" with "* Nguồn: phần mềm" below is 443, with "* Tính cả học sinh" a question.

Only the footnote can say what its mark does to a number. It is read where all its words are such as tell where from,
up to when or by whom was counted; whatever else it says is for its sender to settle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tonghop.reading.dates import days_in
from tonghop.reading.grid import Grid
from tonghop.reading.numbers import Count, Habit, read_count
from tonghop.reading.persons import sayable
from tonghop.reading.reservations import reservation_in
from tonghop.reading.text import composed, plain, tidy

BY_FOOTNOTE = "marked-by-footnote"
_SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹"
# A mark of one or more stars, a raised figure, or a figure or letter in brackets of its own.
_MARKED = re.compile(
    rf"^\s*([0-9][0-9.,  ]{{0,14}}?)\s*"
    rf"(\*{{1,4}}|\(\*{{1,4}}\)|\[\*{{1,4}}\]|[{_SUPERSCRIPTS}†‡]|\([{_SUPERSCRIPTS}]\)|\([1-9a-d]\)|\[[1-9a-d]\])\s*$"
)
_NOTE = re.compile(
    r"^\s{0,20}(?:(?:Ghi chú|Chú thích|Lưu ý|Ghi chu|Chu thich)\s{0,5}:?\s{0,5})?"
    rf"(\*{{1,4}}|[{_SUPERSCRIPTS}†‡]|[(\[](?:\*{{1,4}}|[{_SUPERSCRIPTS}1-9a-d])[)\]])"
    r"\s{0,5}[:.\-–]?\s{0,5}(?=[^\W\d_]|\()",
    re.IGNORECASE,
)
_LONGEST, _MOST = 300, 200
_HOUR = re.compile(r"\b\d{1,2}\s?(?:h|g|gio)\s?(?:\d{1,2})?(?:\s?phut)?\b")
_DAY = re.compile(
    r"\b\d{1,2}\s?[/.\-]\s?\d{1,2}(?:\s?[/.\-]\s?\d{2,4})?(?!\d)"
    r"|\bngay\s?\d{1,2}(?:\s?thang\s?\d{1,2}(?:\s?nam\s?\d{4})?|(?![\d/.\-]))"
)
_HARMLESS = frozenset(
    re.findall(
        r"\S+",
        """so lieu nguon theo tu phan mem he thong cong thong tin bluezone ung dung luy ke don den nay tinh
        thoi diem ngay gio bao cao cap nhat da duoc ra soat xac nhan kiem tra doi chieu chinh thuc tong hop thong
        ke dem cua do va boi tai an xa phuong thi tran ubnd chi cuc to covid dong nguoi dan cai dat cbccvc nld""",
    )
)


class Footnote(NamedTuple):
    """What a footnote says, and its cell; None where it stands in running text."""

    words: str
    cell: str | None


def may_be_marked(value: object) -> bool:
    """Return whether a cell may hold a number with the mark of a note: few texts end like one."""
    return isinstance(value, str) and len(value) < 30 and _MARKED.match(value) is not None


class Footnotes:
    """Reads the marked numbers of one table; looks for its footnotes only where a number has a mark."""

    def __init__(self, grid: Grid, words: Sequence[str], expected: date) -> None:
        self._grid, self._words, self._expected = grid, words, expected
        self._found: dict[str, list[Footnote]] | None = None

    def read(self, value: str, habit: Habit) -> Count | None:
        """Return the count of a marked number, or the question about it; None where no footnote has its mark."""
        found = _MARKED.match(value)
        count = None if found is None else read_count(found[1], habit)
        if found is None or count is None or count.number is None or count.doubt or count.remark:
            return None
        notes = self._notes().get(_bare(found[2]), [])
        if not notes:
            return None
        if all(self._is_harmless(one.words) for one in notes):
            return count
        asked = next(one for one in notes if not self._is_harmless(one.words))
        note = (asked.cell or "", sayable(asked.words, 100))
        return Count(None, "", BY_FOOTNOTE, int(count.number), sayable(value), footnote=note)

    def _notes(self) -> dict[str, list[Footnote]]:
        if self._found is None:
            self._found = {}
            for text, cell in self._texts():
                for line in text[: 4 * _LONGEST].split("\n"):
                    begun = _NOTE.match(line)
                    if begun is not None:
                        note = Footnote(tidy(line[begun.end() :])[:_LONGEST], cell)
                        self._found.setdefault(_bare(begun[1]), []).append(note)
        return self._found

    def _texts(self) -> Iterator[tuple[str, str | None]]:
        grid = self._grid
        for r, row in enumerate(grid.rows):
            for c, value in enumerate(row):
                if isinstance(value, str) and ("\n" in value or _NOTE.match(value)):
                    yield value, grid.place(r, c)
        for text in self._words[:_MOST]:
            yield text, None

    def _is_harmless(self, words: str) -> bool:
        """Return whether a footnote only says where from, up to when or by whom was counted."""
        if reservation_in(words) is not None:
            return False
        if any(one.day != self._expected for one in days_in(words, self._expected, loose=True)):
            return False
        rest = _DAY.sub(" ", _HOUR.sub(" ", plain(words)))
        return bool(words) and all(word in _HARMLESS for word in re.findall(r"\w+", rest))


@lru_cache(maxsize=256)
def _bare(mark: str) -> str:
    """Return a mark without its brackets, a raised figure as a figure: (*) is the note of *, ¹ that of (1)."""
    return composed(mark.strip("()[]"))
