"""Tables and lines that say of themselves that they are no report: examples, plans, estimates, another programme's.

Titles, sheets' names and what stands beside a line's name say so, in the words of the form.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tonghop.domain.forms import Form
from tonghop.domain.reading import Role
from tonghop.reading.context import Around
from tonghop.reading.findings import Notes
from tonghop.reading.grid import Grid
from tonghop.reading.heading_keys import without_day
from tonghop.reading.lines import Line
from tonghop.reading.others import others_in_title
from tonghop.reading.past_periods import past_period_in
from tonghop.reading.programmes import Programmes
from tonghop.reading.sheets import Sheet
from tonghop.reading.sums import Placed
from tonghop.reading.tables import Table
from tonghop.reading.text import file_name, key, plain, tidy, unaccented

EXAMPLE_LEFT_OUT, SAYS_OTHERWISE = "example-left-out", "title-says-otherwise"
# A title is short; a letter's sentences, which end in a full stop, tell of plans as well.
_LONGEST = 120
_NUMBER = re.compile(r"^(?:[ivx]+|[a-e]|\d{1,2}) ")
_RECIPIENTS = re.compile(r"^\W{0,3}(?:nơi nhận|noi nhan|nơi gửi|đồng gửi)\b", re.I)
_NEAREST = 4  # lines of a letter right in front of its table


class Said(NamedTuple):
    """What a title says: the words as the form has them, where, and whether of an example."""

    words: str
    grid: Grid
    cell: str | None
    is_example: bool


class SetAside:
    """Tells the tables and lines of one form that are no report."""

    def __init__(self, form: Form) -> None:
        words = form.titles
        self.programmes = Programmes(words)
        self._own, self._others = _keys(words.own), _keys(words.others)
        self._examples, self._marks = _keys(words.examples), _keys((*words.examples, *words.example_marks))
        self._anywhere, self._first = _keys(words.unreal), _keys(words.planned)
        self._sheets, self._openings = _keys(words.guides), _keys(words.openings)
        self._telling = _first_words((*self._examples, *self._anywhere, *self._first))
        self._marking = _first_words(self._marks)
        self._said = lru_cache(maxsize=8_192)(self._words_of)
        self._other = lru_cache(maxsize=8_192)(self._other_in)
        self._persons = lru_cache(maxsize=8_192)(self._persons_in)
        self._guide = lru_cache(maxsize=1_024)(self._guide_in)
        self._marked = lru_cache(maxsize=8_192)(self._mark_of)

    def without_examples(self, sheets: Sequence[Sheet], notes: Notes) -> None:
        """Take the lines out of tables that are examples where a sheet to be seen has another table with units."""
        if sum(len(sheet.tables) for sheet in sheets) < 2:
            return
        examples = [(sheet, i, said) for sheet in sheets for i, said in self._examples_of(sheet)]
        if not examples:
            return
        at = {(id(sheet), i) for sheet, i, _ in examples}
        visible = [sheet for sheet in sheets if not sheet.grid.hidden]
        if any(
            (id(sheet), i) not in at and any(one.role is Role.UNIT for one in placed)
            for sheet in visible
            for i, placed in enumerate(sheet.placed)
        ):
            for sheet, i, said in examples:
                if sheet.placed[i]:
                    notes.add(EXAMPLE_LEFT_OUT, said.grid, cell=said.cell, found=said.words)
                sheet.placed[i] = []

    def _examples_of(self, sheet: Sheet) -> Iterator[tuple[int, Said]]:
        for i in range(len(sheet.tables)):
            said = self.said(sheet, i)
            if said is not None and said.is_example:
                yield i, said

    def said(self, sheet: Sheet, i: int) -> Said | None:
        """Return what the titles above a table, the name of its sheet or of its file say it is instead of a report."""
        table = sheet.tables[i]
        if guide := self._guide(table.grid.sheet):
            return Said(guide, table.grid, None, True)
        texts = [*((str(one.value), one) for one in _titles(sheet, i)), (table.grid.sheet, None)]
        for text, one in texts:
            words, is_example = self._said(text)
            if words or (words := self._persons(text)):
                return Said(words, sheet.grid, one and one.cell, is_example)
        return self._of_another_programme(table, texts)

    def over(self, sheet: Sheet, i: int, day: date) -> Said | None:
        """Return where a title above a table, or the name of its sheet or file, names a period that is over."""
        titles = [(str(one.value), one.cell) for one in _titles(sheet, i)]
        names = [(sheet.grid.sheet, None), (file_name(sheet.grid.document).replace("_", " "), None)]
        for text, cell in (*titles, *names):
            if period := past_period_in(text, day):
                return Said(period, sheet.grid, cell, False)
        return None

    def is_guide(self, name: str) -> bool:
        """Return whether a sheet's name says that it tells how to fill in the form."""
        return bool(self._guide(name))

    def _guide_in(self, name: str) -> str:
        spelt = f"{key(name)} "
        return next((written for spelling, written in self._sheets if spelt.startswith(spelling)), "")

    def _of_another_programme(self, table: Table, texts: Sequence[tuple[str, Around | None]]) -> Said | None:
        """Return where another programme is named, and the form's own nowhere: not in a title, not in a heading."""
        texts = [*texts, (file_name(table.grid.document).replace("_", " ").replace(".", " "), None)]
        for text, one in texts:
            if written := self._other(text):
                if counted := self.programmes.counted_in(text):
                    return Said(counted, table.grid, one and one.cell, False)
                headings = [part for column in table.columns for part in column.parts]
                # "Bluezone và NCOVI" beside a title or heading of Bluezone alone is a title of several tables.
                own = [told for told in (*headings, *(t for t, _ in texts)) if _named(told, self._own)]
                if any(not self._other(told) for told in own):
                    return None
                if own and not (written := self.programmes.joined_in(text)):
                    return None
                return Said(written, table.grid, one and one.cell, False)
        return None

    def _persons_in(self, text: str) -> str:
        """Return the persons of whom a title says that it is, as it is written where it has all its letters."""
        found = others_in_title(text) if len(text) <= _LONGEST else ""
        written, words = tidy(text), plain(text)
        return written[words.find(found) :][: len(found)] if len(written) == len(words) else found

    def _other_in(self, text: str) -> str:
        if len(text) > _LONGEST:
            return ""
        programmes = self.programmes
        return _named(text, self._others) or programmes.joined_in(text) or programmes.counted_in(text)

    def _words_of(self, text: str) -> tuple[str, bool]:
        """Return the form's words that make a title say otherwise ("": none), and whether they are of examples.

        "Dự kiến: 60%" and "Ví dụ: 5658" tell something beside the figures, "Kế hoạch số 45" what they follow.
        """
        if len(text) > _LONGEST or "%" in text or text.rstrip().endswith((".", ";", ",")):
            return "", False
        folded = f" {key(text)} "
        if self._telling.isdisjoint(folded.split()):
            return "", False
        text = without_day(text)  # "Người chưa cài đặt 18/8": that is no number of people
        for words, is_first, is_example in (
            (self._examples, False, True),
            (self._anywhere, False, False),
            (self._first, True, False),
        ):
            for spelling, written in words:
                if f" {spelling}" in folded and self._stands(text, spelling, is_first=is_first):
                    return written, is_example
        return "", False

    def _stands(self, text: str, spelling: str, *, is_first: bool) -> bool:
        """Return whether words stand in a title (at its beginning), neither as a label nor with a number behind."""
        parts = text.split(":")
        for i, part in enumerate(parts):
            spaced = f" {key(part)} "
            before, found, behind = spaced.partition(f" {spelling}")
            is_label = not behind.strip() and i + 1 < len(parts)
            following = behind.split()[:2]
            is_numbered = any(word.isdecimal() for word in following[: 2 if following[:1] == ["sô'"] else 1])
            if found and not is_label and not is_numbered and (not is_first or self._opens(before)):
                return True
        return False

    def _opens(self, before: str) -> bool:
        """Return whether nothing stands in front but a number and openings: "II. Bảng số liệu"."""
        rest = _NUMBER.sub("", f"{before.strip()} ")
        for spelling, _ in self._openings:
            rest = rest.removeprefix(spelling)
        return not rest.strip()

    def lines(self, lines: Sequence[Line], notes: Notes) -> list[Line]:
        """Return the lines of a table without those that are marked as examples: "VD" for a number, "(ví dụ)"."""
        kept = []
        is_addressed = False
        for line in lines:
            if not line.has_figures:
                is_addressed = is_addressed or _RECIPIENTS.match(line.label) is not None
                if is_addressed:
                    continue  # "Nơi nhận: - Xã Mỹ Bình;" reports nothing
            words = self._mark(line)
            if words and line.has_figures:
                notes.add(EXAMPLE_LEFT_OUT, line.grid, cell=line.label_place, found=words)
            else:
                kept.append(line)
        return kept

    def _mark(self, line: Line) -> str:
        for _, text in line.labels:
            if words := self._marked(text, True):
                return words
        header = line.table.header
        for column in (*header.ordinals, *header.notes):
            value = line.grid.value(line.index, column)
            if isinstance(value, str) and value and (words := self._marked(value, False)):
                return words
        return ""

    def _mark_of(self, text: str, is_name: bool) -> str:
        """Return the words that a text is, or a name begins with or has in brackets."""
        if len(text) > _LONGEST or not any(map(str.isalpha, text)):
            return ""
        whole, inside = f"{key(text)} ", f"{key(text.partition('(')[2])} " if is_name else ""
        if whole.partition(" ")[0] not in self._marking and inside.partition(" ")[0] not in self._marking:
            return ""
        for spelling, written in self._marks:
            if spelling in (whole, inside):
                return written
        beginnings = (
            spelling
            for spelling in self._examples
            if is_name and (whole.startswith(spelling[0]) or inside.startswith(spelling[0]))
        )
        return next((written for _, written in beginnings), "")


def _titles(sheet: Sheet, i: int) -> Iterator[Around]:
    """Yield the texts that stand above a table and below the one before it."""
    table = sheet.tables[i]
    if table.goes_on:
        table = sheet.tables[i := max(k for k in range(i) if not sheet.tables[k].goes_on)]
    turned, around = table.grid.turned, sheet.around
    first = 0 if i == 0 or turned else _last_row(sheet.tables[i - 1], sheet.placed[i - 1])
    # Row after row the sheet's own cells, then those of sheets that go on from it.
    own = bisect_left(around, True, key=lambda one: one.grid is not sheet.grid)
    start = bisect_left(around, first, hi=own, key=_row)
    end = own if turned else bisect_left(around, table.top, start, own, key=_row)
    running = [one for one in around if one.row < 0][-_NEAREST:] if i == 0 else ()
    for one in (*running, *around[start:end]):
        if isinstance(one.value, str) and one.grid is sheet.grid and (one.is_above or not turned):
            yield one


def _row(one: Around) -> int:
    return one.row


def _last_row(table: Table, placed: Sequence[Placed]) -> int:
    return max((one.line.row for one in placed), default=table.bottom) + 1


def _named(text: str, words: Sequence[tuple[str, str]]) -> str:
    """Return the first of the words that stand in a text."""
    spaced = f" {key(text)} "
    return next((written for spelling, written in words if f" {spelling}" in spaced), "")


def _keys(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the keys of words with and without marks, each with a space behind it, and the words as written.

    Those without marks fit text typed without them only: "Minh Hòa" is a place.
    """
    return tuple(
        (f"{spelling} ", word)
        for word in words
        for spelling in dict.fromkeys((key(word), unaccented(key(word))))
    )


def _first_words(words: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Return the words of which one must stand in a text that holds any of the keys."""
    return frozenset(spelling.partition(" ")[0] for spelling, _ in words)
