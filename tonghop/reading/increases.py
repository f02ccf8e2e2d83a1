"""Titles and notes that say of a whole table or line: these are the day's increases, and no sums."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from tonghop.domain.forms import Form
from tonghop.reading.dates import days_in
from tonghop.reading.periods import says_sum
from tonghop.reading.remarks import texts_beside
from tonghop.reading.sheets import Sheet
from tonghop.reading.sums import Placed
from tonghop.reading.tables import Table
from tonghop.reading.text import plain, tidy

# "Không phải lũy kế", "chưa cộng dồn": said of what is called a sum, too.
_NO_SUM = re.compile(
    r"\b(?:khong|chua)(?:\W+(?:phai|la|cong|tinh|gom|bao|vao|so|lieu|theo|co)){0,5}\W+(?:luy\W+ke|cong\W+don)\b"
)
_OF_THE_DAY = re.compile(
    r"\b(?:(?:cai(?:\W+dat)?\W+moi|moi\W+cai|cai(?:\W+dat)?\W+them|phat\W+sinh|tang\W+them|so\W+moi)(?:\W+dat)?"
    r"(?:\W+(?:ung|dung|bluezone|duoc))*|so|(?:chi|la|tinh)(?:\W+so(?:\W+lieu)?)?)\W+trong\W+(?:ngay|tuan)\b"
    r"|\b(?:cai(?:\W+dat)?\W+moi|moi\W+cai|cai(?:\W+dat)?\W+them|tang\W+them|so\W+moi)(?:\W+dat)?"
    r"(?:\W+(?:ung|dung|bluezone|duoc))*\W+ngay(?=\W+\d)"
)
# Titles that may be of the day or of a report made that day: where no heading says "lũy kế", only the sender knows.
_IN_THE_DAY = re.compile(r"\bket\W+qua\W+cai(?:\W+\w+){0,5}?\W+trong\W+ngay\b")
# "Từ 16 giờ ngày 17/8 đến 16 giờ ngày 18/8"; what is counted since the campaign began spans more than a day.
_HOUR = r"(?:\d{1,2}\W?(?:h|g|gio)\W?\d{0,2}\W+)?(?:ngay\W+)?"
_FROM_DAY_TO_DAY = re.compile(
    rf"\btu\W+{_HOUR}(\d{{1,2}})(?:\W?[/.\-]\W?(\d{{1,2}})\S{{0,5}})?\W+den\W+{_HOUR}(\d{{1,2}})\W?[/.\-]\W?(\d{{1,2}})\b"
)
# "Không phải số tăng trong ngày", "gồm cả số cài mới trong ngày", "cột 5: số cài mới trong ngày".
_DENIED = re.compile(r"\b(?:khong|chua|gom|ke ca|ca|da cong|da tinh|cot)\b[^.;]{0,30}$")
# "Cài mới trong ngày 12 người" tells a number beside the sums; a day is none.
_A_NUMBER = re.compile(
    r"\d\s*(?:nguoi|luot|may|truong hop)\b|(?:[:+]|\b(?:duoc|la|them))\s*\d+\s*(?![\d/.\-])"
)
# "Tính từ 17/8": all were counted since the campaign began, and that is longer ago.
_SINCE = re.compile(
    r"^\W*(?:(?:ghi chu|luu y)\W+)?(?:(?:so lieu|so nguoi|so|chi|duoc|nay|tren|trong bang|tinh|lay|thong ke|cong|moi"
    r"|phat sinh|cai dat|cai|dat|them|ke|la) )*tu (?:luc )?(?:\d{1,2} ?(?:h|g|gio) ?\d{0,2},? )?(?:ngay )?"
    r"(?=\d{1,2} ?[/.\-] ?\d|\d{1,2} thang)"
)
_LAST_DAYS = timedelta(days=5)
_MOST_TEXTS, _SHORTEST = 100, 7

_QUOTED = 40
Told = tuple[str, str | None]


@lru_cache(maxsize=4_096)
def _kind(text: str, near: date) -> tuple[str, str]:
    """Return "no-sum", "of-the-day" or "of-a-day" (perhaps) for what a text says of figures, and its words."""
    words = plain(text[:500])
    if found := _NO_SUM.search(words):
        return "no-sum", _quoted(text, words, found)
    if (since := _since(text, words, near)) is not None:
        return "no-sum", since
    firmly = _OF_THE_DAY.search(words)
    found = firmly or _IN_THE_DAY.search(words) or _from_day_to_day(words)
    if not found or "luy ke" in words or _DENIED.search(words[: found.start()]) or _A_NUMBER.search(words):
        return "", ""
    return "of-the-day" if firmly else "of-a-day", _quoted(text, words, found)


def _since(text: str, words: str, near: date) -> str | None:
    """Return the words of a text that begins by saying that its figures are those since one of the last days."""
    found = _SINCE.match(words)
    if found is None or "luy ke" in words or "cong don" in words or _A_NUMBER.search(words[found.end() :]):
        return None
    # Without "từ", which makes a day none of the figures'.
    since = next((one.day for one in days_in(f"ngay {words[found.end() :][:12]}", near)), None)
    if since is None or not timedelta() < near - since <= _LAST_DAYS:
        return None
    whole = tidy(text[:500])
    return whole[:_QUOTED] if len(whole) == len(words) else words[:_QUOTED]


def _from_day_to_day(words: str) -> re.Match[str] | None:
    """Return where a text says that its figures are of the time from one day to the next."""
    found = _FROM_DAY_TO_DAY.search(words)
    if found is None or (found[2] or found[4]).lstrip("0") != found[4].lstrip("0"):
        return None
    return found if 0 < int(found[3]) - int(found[1]) <= 1 else None


def _quoted(text: str, words: str, found: re.Match[str]) -> str:
    """Return the words that were found as they are written: whatever else a note says is not quoted."""
    whole = tidy(text[:500])
    return whole[found.start() : found.end()] if len(whole) == len(words) else found.group()


class Increases:
    """Finds for the lines of a submission what says that their cumulative figures are no sums."""

    def __init__(self, form: Form, prose: Sequence[str], day: date) -> None:
        self._cumulative = frozenset(one.code for one in form.indicators if one.cumulative)
        self._prose, self._day = prose, day
        self._of_sheet: dict[int, Sequence[tuple[str, Told]]] = {}

    def told(self, sheet: Sheet, one: Placed) -> Told | None:
        """Return the text that puts a line's cumulative figures in doubt, and its cell (None: running text)."""
        line = one.line
        counted = [c for code, (count, c) in line.counts.items() if code in self._cumulative and count.number]
        if not counted:
            return None
        if id(sheet) not in self._of_sheet:
            self._of_sheet = {id(sheet): tuple(self._sorted_out(self._around(sheet)))}
        noted = ((line.grid.value(line.index, c), line.place(c)) for c in line.table.header.notes)
        for kind, told in (*self._sorted_out(noted), *self._of_sheet[id(sheet)]):
            if kind == "no-sum" or _may_be_of_day(line.table, counted, any if kind == "of-a-day" else all):
                return told
        return None

    def _around(self, sheet: Sheet) -> Iterator[tuple[object, str | None]]:
        around = islice(sheet.around, _MOST_TEXTS)
        yield from ((one.value, one.cell) for one in around if self._tells(one.value))
        if sheet.tables[0].grid.turned:
            yield from texts_beside(sheet).items()
        yield from ((text, None) for text in self._prose)

    def _sorted_out(self, texts: Iterable[tuple[object, str | None]]) -> Iterator[tuple[str, Told]]:
        for text, cell in islice(texts, _MOST_TEXTS):
            if isinstance(text, str) and self._tells(text):
                kind, words = _kind(text, self._day)
                yield kind, (words, cell)

    def _tells(self, text: object) -> bool:
        return isinstance(text, str) and len(text) >= _SHORTEST and bool(_kind(text, self._day)[0])


def _may_be_of_day(table: Table, counted: Sequence[int], enough: Callable[[Iterable[bool]], bool]) -> bool:
    """Return whether cumulative columns say not that they are sums (``enough``: all or any), and none is the day's."""
    columns = [one for one in table.columns if one.index in counted]
    return not table.header.increases and not enough(says_sum(one.heading) for one in columns)
