"""The counts in the cells of one table: their values, and what the cells show beside or instead of them.

A cell may show another number than it holds: by its format, by digits struck out, raised or hidden, or because it is
merged over several lines. What a person sees there is a question, never a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tonghop.reading.footnotes import Footnotes, may_be_marked
from tonghop.reading.grid import Grid, is_blank
from tonghop.reading.headings import Lexicon
from tonghop.reading.measures import strange_measures
from tonghop.reading.numbers import AMBIGUOUS, NOT_A_NUMBER, Count, Habit, error_count, read_count
from tonghop.reading.scales import scales_of
from tonghop.reading.sexes import parts_of_totals
from tonghop.reading.tables import Table

FORMULA, MARKED, MERGED = "formula-without-value", "marked-digits", "merged-figure"
NOT_THEIR_SUM = "parts-differ"
# A commune has fewer people; 100.5 is a percent among counts sooner than thousands.
_MOST_PEOPLE = 100_000
Place = tuple[int, int]
Counts = Mapping[str, tuple[Count, int]]


class CountCells:
    """Reads the cells of a table's counts."""

    def __init__(
        self,
        table: Table,
        habit: Habit,
        lines: Sequence[Sequence[object]],
        lexicon: Lexicon,
        footnotes: Footnotes,
    ) -> None:
        self._grid, self._habit, self._footnotes = table.grid, habit, footnotes
        self._scales = scales_of(table, table.header.counted, lines)
        self._measures = strange_measures(table, table.header.counted, lexicon)
        facts = table.grid.facts
        self._merged = frozenset(_merged_over_lines(table)) if table.grid.merges else frozenset()
        self._marked = facts.marked_digits()
        self._has_odd_formats = facts.has_odd_formats()
        self._parts = parts_of_totals(table.header.columns)
        self._fractions: dict[Place, int] = {}
        self._is_odd = bool(
            self._scales
            or self._measures
            or self._merged
            or self._marked
            or self._has_odd_formats
            or self._parts
        )

    def count(self, row: int, column: int) -> Count:
        """Return the count in a cell, or why none was taken."""
        value = self._grid.value(row, column)
        if value == 0 or (type(value) is not float and is_blank(value)):
            at = self._grid.sheet_position(row, column)
            # A writer that computes nothing leaves a formula's value out, or puts a nought in its place.
            if self._grid.facts.is_unvalued_formula(*at):
                return Count(None, "", FORMULA)
            if value != 0 and (error := self._grid.facts.error(*at)):
                return error_count(error)
        count = read_count(value, self._habit)
        if count.doubt is NOT_A_NUMBER and may_be_marked(value):
            count = self._footnotes.read(str(value), self._habit) or count
        if count.doubt is AMBIGUOUS and type(value) is float and (count.hint or 0) < _MOST_PEOPLE:
            self._fractions[row, column] = count.hint or 0
        return self._as_shown(count, row, column) if self._is_odd else count

    def has_fractions(self) -> bool:
        """Return whether any number read so far is a fraction that may stand for thousands: 1.731."""
        return bool(self._fractions)

    def with_lost_noughts(self, row: int, counts: Counts) -> Counts:
        """Return a line's counts, those in doubt that may be thousands without their noughts.

        Who types 1.731 and gets a fraction gets 1 of 1.000. A small whole number is asked for where as many thousands
        would be in line with a fraction of its line, or with those of its column.
        """
        in_line = [hint for (r, _), hint in self._fractions.items() if r == row]
        found = {}
        for code, (count, column) in counts.items():
            in_column = [3 * hint for (_, c), hint in self._fractions.items() if c == column]
            is_typed_number = type(self._grid.value(row, column)) is float
            if (
                count.number
                and is_typed_number
                and 0 < 1000 * count.number <= max(in_line + in_column, default=0)
            ):
                count = Count(None, count.raw, AMBIGUOUS, round(1000 * count.number))
            found[code] = (count, column)
        return found

    def _as_shown(self, count: Count, row: int, column: int) -> Count:
        """Return a count as it is, or the doubt where its cell shows more or less than its number."""
        if count.number is None and count.doubt is None:
            return count
        at = self._grid.sheet_position(row, column)
        if at in self._marked:
            return Count(None, count.raw, MARKED, text=count.raw or count.text)
        if count.number is None:
            return count
        if (row, column) in self._merged:
            return Count(None, count.raw, MERGED, text=count.raw or count.text)
        if count.number and count.number > 0 and self._has_odd_formats:
            shown = self._grid.facts.shown(*at, int(count.number))
            count = count if shown is None else _as_formatted(count, shown)
        if measure := self._measures.get(column):
            return Count(None, "", NOT_A_NUMBER, text=f"{count.raw} {measure}", sentence="measured")
        if count.number and (times := self._scales.get(column)) is not None:
            # 12 below "nghìn người": twelve thousand, or people after all? Only the sender knows.
            return Count(None, count.raw, AMBIGUOUS, round(count.number * times))
        return self._as_sum(count, row, self._parts[column]) if column in self._parts else count

    def _as_sum(self, count: Count, row: int, parts: Sequence[int]) -> Count:
        """Return a total as it is, or the doubt where men and women beside it are another number.

        Where nothing stands beside it, or only women and no more of them, it is not contradicted.
        """
        read = [read_count(self._grid.value(row, c), self._habit) for c in parts]
        if all(one.number is None and one.doubt is None for one in read):
            return count
        together = sum(int(one.number or 0) for one in read)
        is_right = together == count.number if len(parts) > 1 else together <= (count.number or 0)
        if is_right and all(one.doubt is None for one in read):
            return count
        return Count(None, count.raw, NOT_THEIR_SUM, together)


def _as_formatted(count: Count, shown: str) -> Count:
    """Return a number as it is, or the doubt where its cell shows another one: 5519000 as 5519, 4 as 400 or 400%."""
    if not shown:
        return Count(None, count.raw, MARKED, text=count.raw)
    seen = read_count(shown, Habit())
    if seen.number is None:
        return seen
    return count if seen.number == count.number else Count(None, count.raw, AMBIGUOUS, int(seen.number))


def _merged_over_lines(table: Table) -> Iterator[Place]:
    """Yield the cells of counts that one merged cell gives to several lines: whose is its figure?"""
    grid, counted = table.grid, table.header.counted
    for top, left, bottom, right in grid.merges:
        columns = [c for c in counted if left <= c <= right]
        rows = range(top, min(bottom + 1, table.end))
        if not columns or len(rows) < 2 or top <= table.bottom:
            continue
        if any(_is_line(grid, table, row, columns) for row in rows[1:]):
            yield from ((row, c) for row in rows for c in columns)


def _is_line(grid: Grid, table: Table, row: int, merged: Sequence[int]) -> bool:
    """Return whether a row names a unit or has figures of its own beside the merged ones."""
    header = table.header
    names = header.units or range(header.first_count)
    beside = [*names, *(c for c in header.counted if c not in merged)]
    return any(not is_blank(grid.value(row, c)) for c in beside)
