"""The columns of a table: those that may mean several things decided by what stands beside them, and by the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tonghop.domain.forms import Form
from tonghop.reading.dates import days_in
from tonghop.reading.families import families
from tonghop.reading.heading_keys import has_day
from tonghop.reading.headings import IGNORE, VALUE, Lexicon
from tonghop.reading.others import of_others
from tonghop.reading.parts import Parts
from tonghop.reading.periods import happens_on_day, names_only_day, says_sum, says_today
from tonghop.reading.table_header import Column, Header


class OpenColumns:
    """Decides open columns for one form."""

    def __init__(self, form: Form, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._families = families(form)
        self._parts = Parts(form)
        self._numerators = frozenset(rate.numerator for rate in form.rates)
        self._cumulative = frozenset(one.code for one in form.indicators if one.cumulative)

    def settled(self, header: Header, expected: date) -> Header:
        """Return a header for a day, its open columns decided by what stands beside them, other days' left out."""
        if header.settled is None or header.settled[0] != expected:
            columns = self._settled(header.columns, expected)
            header.settled = expected, Header(columns, self._lexicon, tuple(self._told(columns, expected)))
        return header.settled[1]

    def _told(self, columns: Sequence[Column], expected: date) -> Iterator[tuple[int, date]]:
        """Yield the cumulative columns whose heading says up to which day they count, each with its day."""
        for column in columns:
            if self._is_cumulative(column) and has_day(column.heading):
                days = {one.day for one in days_in(column.heading, expected, loose=True)}
                if len(days) == 1:
                    yield column.index, days.pop()

    def _settled(self, columns: Sequence[Column], expected: date) -> tuple[Column, ...]:
        decided = list(columns)
        for i, column in enumerate(decided):
            if i and self._is_of_others(column, decided[i - 1]):
                decided[i] = replace(column, meanings=(IGNORE,))
            elif len(column.meanings) > 1:
                decided[i] = replace(column, meanings=self._by_neighbours(decided, i))
            elif column.meanings and column.meanings[0] in self._numerators:
                decided[i] = replace(column, meanings=self._of_the_others(decided, i))
        return tuple(self._parts.without_parts(self._of_the_day(decided, expected)))

    def _is_of_others(self, column: Column, before: Column) -> bool:
        """Return whether a column that does not say of whom it counts stands right behind pupils or members."""
        return (
            self._lexicon.counts.isdisjoint(before.meanings)
            and len(self._lexicon.meanings(column.parts)) > 1
            and of_others(before.parts[-1])
        )

    def _by_neighbours(self, columns: Sequence[Column], i: int) -> tuple[str, ...]:
        """Return what an open column means after the column it follows: "Đã cài đặt" behind "Tổng CBCCVC"."""
        meanings = columns[i].meanings
        firm = [
            c.meanings[0] for c in columns[:i] if len(c.meanings) == 1 and c.meanings[0] in self._families
        ]
        present = {
            self._families[c.meanings[0]]
            for c in columns
            if len(c.meanings) == 1 and c.meanings[0] in self._families
        }
        if firm:
            left = tuple(m for m in meanings if self._families.get(m) == self._families[firm[-1]])
            if not left and len({self._families.get(m) for m in meanings}) == 1:
                left = meanings  # "Tỷ lệ người dân" behind the staff is still the people's
        else:
            left = (
                tuple(m for m in meanings if self._families.get(m) in present)
                if len(present) == 1
                else meanings
            )
        taken = {c.meanings[0] for c in columns if len(c.meanings) == 1}
        free = tuple(m for m in left if m not in taken)
        return free or left or ()

    def _of_the_others(self, columns: Sequence[Column], i: int) -> tuple[str, ...]:
        """Return what a heading means that stands here again: "SL cài" behind "Dân số", "SL cài" behind "CBCCVC".

        The second is of those it stands right behind, if nothing else in the table is.
        """
        column, others = (
            columns[i],
            [c for c in columns[:i] if not self._lexicon.rates.keys() & {*c.meanings}],
        )
        before = others[-1].meanings if others else ()
        is_again = any(c.parts == column.parts and c.meanings == column.meanings for c in columns[:i])
        own = tuple(r.numerator for r in self._lexicon.rates.values() if before == (r.denominator,))
        if not is_again or len(own) != 1 or not self._lexicon.may_mean(column.parts[-1], own[0]):
            return column.meanings
        return own if all(set(c.meanings).isdisjoint(own) for c in columns) else column.meanings

    def _of_the_day(self, columns: Sequence[Column], expected: date) -> Sequence[Column]:
        """Return the columns, those of other days ignored where one indicator has columns of several days."""
        columns = list(self._without_increases(tuple(self._with_sums(self._with_today(columns)))))
        counted = [c for c in columns if not self._lexicon.counts.isdisjoint(c.meanings)]
        dated = {c.meanings for c in counted if _is_of(c, expected)}
        if not dated:
            return columns
        return [
            replace(c, meanings=(IGNORE,))
            if c.meanings in dated and not _is_of(c, expected) and self._is_of_other_day(c, columns, expected)
            else c
            for c in columns
        ]

    def _is_of_other_day(self, column: Column, columns: Sequence[Column], expected: date) -> bool:
        """Return whether a count beside that of the day is an older one.

        "Số người đã cài đặt" beside "Số người đã cài đặt ngày 18/8" may be the sum: only the sender knows.
        """
        return (
            not self._is_cumulative(column)
            or has_day(column.heading)
            or any(
                says_sum(c.heading) for c in columns if c.meanings == column.meanings and _is_of(c, expected)
            )
        )

    def _without_increases(self, columns: Sequence[Column]) -> Iterator[Column]:
        """Yield the columns, those of a cumulative count that are of a day alone without their meaning.

        Beside the sum ("lũy kế") the count of a day is its increase; "cài đặt ngày 18/8" alone may be either.
        """
        summed = {c.meanings for c in columns if self._is_cumulative(c) and says_sum(c.heading)}
        for column in columns:
            if not self._is_cumulative(column) or not names_only_day(column.heading):
                yield column
            elif column.meanings in summed:
                yield replace(column, meanings=(IGNORE,))
            elif happens_on_day(column.heading):
                yield replace(column, meanings=(), strange=column.parts[-1])
            else:
                yield column

    def _with_today(self, columns: Sequence[Column]) -> Sequence[Column]:
        """Return the columns, "Hôm nay" below a cumulative count as that count where the heading above says "lũy kế".

        Where it does not, "Hôm nay" may be the sum or the day's increase: the heading is to be asked about.
        """
        found = list(columns)
        for i, column in enumerate(columns):
            if len(column.parts) < 2 or column.meanings != (IGNORE,) or not says_today(column.parts[-1]):
                continue
            above = replace(column, meanings=self._lexicon.meanings(column.parts[:-1]))
            if not self._is_cumulative(above) or any(c.meanings == above.meanings for c in columns):
                continue
            is_sum = says_sum(" ".join(column.parts[:-1]))
            found[i] = above if is_sum else replace(column, meanings=(), strange=column.parts[-1])
        return found

    def _with_sums(self, columns: Sequence[Column]) -> Iterator[Column]:
        """Yield the columns, "Lũy kế" right behind the counts of days as the sum of what they count."""
        before: Column | None = None
        for column in columns:
            is_sum = column.meanings == (VALUE,) and says_sum(column.heading)
            if is_sum and before and self._is_cumulative(before) and names_only_day(before.heading):
                column = replace(column, meanings=before.meanings)
            yield column
            before = column

    def _is_cumulative(self, column: Column) -> bool:
        return bool(column.meanings) and self._cumulative.issuperset(column.meanings)


def _is_of(column: Column, day: date) -> bool:
    return any(found.day == day for found in days_in(column.heading, day, loose=True))
