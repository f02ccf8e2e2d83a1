"""The lines of a table as figures with their places: which are units, which totals, which nothing at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tonghop.domain.reading import DeclaredRate, Figure
from tonghop.reading.alignment import is_misaligned
from tonghop.reading.cell_days import day_of, day_of_figures
from tonghop.reading.cells import CountCells
from tonghop.reading.dates import days_in
from tonghop.reading.footnotes import Footnotes
from tonghop.reading.grid import Grid, a1, as_whole, is_blank
from tonghop.reading.headings import Lexicon
from tonghop.reading.numbers import (
    BLANK,
    HIDDEN,
    NOT_A_NUMBER,
    Count,
    Habit,
    habit_of,
    is_number,
    read_count,
)
from tonghop.reading.percents import Percent, read_percent
from tonghop.reading.place_names import sheet_name
from tonghop.reading.tables import Table
from tonghop.reading.total_labels import is_total

TWICE, MISALIGNED = "column-twice", "misaligned-row"


@dataclass(slots=True)
class Line:
    """One line of a table before its label is resolved; ``counts`` by indicator, each with its column.

    ``has_figures``: whether any figure cell holds a number or what was meant as one. Words alone are none: below a
    table stand signatures, and notes that run across its columns. ``is_part``: the line is of a hamlet, a part of a
    unit; of which, where that stands beside it, says ``part_of``.
    """

    table: Table
    index: int
    label: str
    labels: tuple[tuple[int, str], ...]
    label_column: int
    counts: Mapping[str, tuple[Count, int]]
    has_figures: bool
    habit: Habit
    declared: list[DeclaredRate] = field(default_factory=list)
    increases: list[Figure] = field(default_factory=list)
    bad_percents: list[tuple[str, str]] = field(default_factory=list)
    open_percents: list[tuple[str, str]] = field(default_factory=list)
    day: date | None = None
    day_place: str | None = None
    is_part: bool = False
    part_of: str | None = None

    @property
    def grid(self) -> Grid:
        """Return the sheet the line stands in."""
        return self.table.grid

    @property
    def row(self) -> int:
        """Return the row in which the line stands among those around its table."""
        return self.table.grid.unfolded(self.index)[0]

    @property
    def is_total_by_label(self) -> bool:
        """Return whether a text in front of the figures, or else the line's name, says "total"."""
        return any(is_total(text) for _, text in _texts_before(self.table, self.index, self.habit))

    @property
    def label_place(self) -> str:
        """Return the cell in which the label stands."""
        return self.place(self.label_column)

    def place(self, column: int) -> str:
        """Return a cell of the line as the sheet names it."""
        return self.table.grid.place(self.index, column)

    def numbers(self) -> dict[str, float | None]:
        """Return the counts as read."""
        return {code: count.number for code, (count, _) in self.counts.items()}

    def figures(self) -> tuple[Figure, ...]:
        """Return the line's counts as figures of the domain."""
        grid, row = self.table.grid, self.index
        sheet = sheet_name(grid.sheet)
        figures = [
            Figure(code, count.number, count.raw, sheet, grid.place(row, column), count.doubt)
            for code, (count, column) in self.counts.items()
        ]
        return tuple(figures)


class LineReader:
    """Reads the lines of one table. ``words``: the running text around it, in which its footnotes may stand."""

    def __init__(self, table: Table, lexicon: Lexicon, expected: date, words: Sequence[str] = ()) -> None:
        self._table, self._grid = table, table.grid
        self._lexicon, self._expected = lexicon, expected
        self._header = table.header
        self._none = {code: (BLANK, columns[0]) for code, columns in table.header.counts.items()}
        figured = self._figured_rows()
        self._figured = frozenset(figured)
        lines = [table.grid.rows[row] for row in figured]
        self._habit = self._habit_of(lines)
        self._cells = CountCells(table, self._habit, lines, lexicon, Footnotes(table.grid, words, expected))

    def lines(self) -> list[Line]:
        """Return the lines that name something or hold figures, in their order."""
        table, figured = self._table, self._figured
        rows = [row for row in range(table.bottom + 1, table.end) if row not in table.repeated]
        if not figured.issuperset(rows) and self._grid.facts.has_silent_cells():
            figured = figured.union(row for row in rows if self._has_silent_cell(row))
        lines = [line for row in rows if (line := self._line(row, row in figured)) is not None]
        if self._cells.has_fractions():
            for line in lines:
                line.counts = self._cells.with_lost_noughts(line.index, line.counts)
        return lines

    def _figured_rows(self) -> list[int]:
        """Return the rows with anything from the first column of figures to the last: below stand notes without."""
        table, rows, figured = self._table, self._grid.rows, self._header.figured
        return [r for r in range(table.bottom + 1, table.end) if not _is_empty(rows[r][figured])]

    def _habit_of(self, lines: Sequence[Sequence[object]]) -> Habit:
        header = self._header
        counts = [line[c] for line in lines for c in header.counted if c < len(line)]
        percents = [line[c.index] for line in lines for c in header.rates if c.index < len(line)]
        return habit_of(counts, percents)

    def _line(self, row: int, is_figured: bool) -> Line | None:
        grid, header = self._grid, self._header
        counts = self._none
        if is_figured:
            counts = {code: self._count(row, c) for code, c in header.counts.items()}
        elif grid.rows[row].count("") == len(grid.rows[row]):
            return None
        has_figures = is_figured and any(_is_figure(count) for count, _ in counts.values())
        labels = self._labels(row)
        if not labels and not has_figures:
            return None
        column, text = _name_of(labels) if labels else (header.first_count, "")
        line = Line(self._table, row, text, labels, column, counts, has_figures, self._habit)
        borne_out = self._read_percents(line) if is_figured else -1
        if is_figured:
            self._read_increases(line)
        self._read_day(line)
        if is_misaligned(self._table, row, self._lexicon, borne_out):
            line.counts = {code: (Count(None, one.raw, MISALIGNED), c) for code, (one, c) in counts.items()}
            line.has_figures = bool(counts)
        return line

    def _has_silent_cell(self, row: int) -> bool:
        """Return whether a cell that reads as blank holds a formula without a value, or its error."""
        position, facts = self._grid.sheet_position, self._grid.facts
        places = (position(row, c) for c in self._header.counted)
        return any(facts.is_unvalued_formula(*at) or facts.error(*at) for at in places)

    def _labels(self, row: int) -> tuple[tuple[int, str], ...]:
        """Return what names the line: its unit columns, or else the texts in front of its figures."""
        found = _named_in(self._table, row)
        if not found:
            unnaming, texts = self._header.unnaming, _texts_before(self._table, row, self._habit)
            found = [(c, v) for c, v in texts if c not in unnaming or is_total(v)]
        return tuple(found)

    def _count(self, row: int, columns: tuple[int, ...]) -> tuple[Count, int]:
        if len(columns) == 1:
            return self._cells.count(row, columns[0]), columns[0]
        read = [(self._cells.count(row, c), c) for c in columns]
        filled = [(count, c) for count, c in read if count.number is not None or count.doubt]
        if len({(count.number, count.doubt) for count, _ in filled}) > 1:
            return Count(None, filled[0][0].raw, TWICE), filled[0][1]
        return filled[0] if filled else read[0]

    def _read_percents(self, line: Line) -> int:
        """Take the stated percents; return the last column of one and the counts it is of, -1 where none is right."""
        grid, numbers, borne_out = self._grid, line.numbers(), -1
        for column in self._header.rates:
            value = grid.value(line.index, column.index)
            if value is None or (isinstance(value, str) and value.strip() in ("", "-", "–", "—")):
                continue
            position = grid.sheet_position(line.index, column.index)
            place = a1(*position)
            decimals = None if isinstance(value, str) else grid.facts.percent_decimals(*position)
            percent = read_percent(value, decimals)
            if percent is None:
                line.bad_percents.append((column.meanings[0], place))
                continue
            agreeing = self._agreeing(numbers, column.meanings, percent)
            if agreeing is None and percent.is_open:
                line.open_percents.append((percent.raw, place))
                continue
            # What the counts do not bear out stands as its likeliest reading: the rule on percents will say it.
            rate, fraction = agreeing or (column.meanings[0], percent.fractions[0])
            if agreeing and fraction > 0:
                of = self._lexicon.rates[rate]
                columns = (line.counts[code][1] for code in (of.numerator, of.denominator))
                borne_out = max(borne_out, column.index, *columns)
            line.declared.append(
                DeclaredRate(rate, fraction, percent.decimals, percent.raw, sheet_name(grid.sheet), place)
            )
        return borne_out

    def _read_increases(self, line: Line) -> None:
        """Take the stated increases that are plain numbers; whatever else stands there says nothing."""
        grid = self._grid
        for code, column in self._header.increases.items():
            value = grid.value(line.index, column)
            # Before a count a plus is a question, before an increase it goes without saying.
            count = read_count(
                value.strip().removeprefix("+") if isinstance(value, str) else value, self._habit
            )
            if count.number is not None and count.doubt is None:
                place = line.place(column)
                line.increases.append(Figure(code, count.number, count.raw, sheet_name(grid.sheet), place))

    def _agreeing(
        self, numbers: Mapping[str, float | None], rates: Sequence[str], percent: Percent
    ) -> tuple[str, float] | None:
        """Return which of the rates a percent may be of and which of its readings the counts beside it bear out."""
        for rate in rates:
            numerator = numbers.get(self._lexicon.rates[rate].numerator)
            denominator = numbers.get(self._lexicon.rates[rate].denominator)
            for fraction in percent.fractions:
                if numerator is not None and denominator:
                    apart = abs(fraction - numerator / denominator)
                    if apart <= 0.51 * 10 ** -(percent.decimals + 2):
                        return rate, fraction
        return None

    def _read_day(self, line: Line) -> None:
        grid = self._grid
        for c in self._header.days:
            day = day_of(grid.value(line.index, c), self._expected)
            if day is not None:
                line.day, line.day_place = day, grid.place(line.index, c)
        for c in self._header.notes:
            day = day_of_figures(grid.value(line.index, c), self._expected)
            if day is not None and line.day is None:
                line.day, line.day_place = day, grid.place(line.index, c)
        if line.day is None and grid.turned and line.labels:
            found = days_in(line.label, self._expected, loose=True)
            if len(found) == 1:
                line.day, line.day_place = found[0].day, line.label_place


def _is_figure(count: Count) -> bool:
    """Return whether a cell holds a number or what was meant as one."""
    is_meant = count.doubt is not None and (count.doubt != NOT_A_NUMBER or bool(count.raw) or count is HIDDEN)
    return count.number is not None or is_meant


def _texts_before(table: Table, row: int, habit: Habit) -> list[tuple[int, str]]:
    """Return the texts in front of the first figure: where a merged "TỔNG CỘNG" may stand."""
    return [
        (c, v)
        for c, v in enumerate(table.grid.rows[row][: table.header.first_count])
        if isinstance(v, str) and v.strip() and not is_number(v, habit)
    ] or _named_in(table, row)


def _named_in(table: Table, row: int) -> list[tuple[int, str]]:
    """Return what stands in the columns of units: names, and codes that are numbers."""
    cells = table.grid.rows[row]
    found = []
    for c in table.header.units:
        value = cells[c] if c < len(cells) else ""
        if isinstance(value, str):
            if value.strip():
                found.append((c, value))
        elif (whole := as_whole(value)) is not None:
            found.append((c, str(whole)))
    return found


def _name_of(labels: Sequence[tuple[int, str]]) -> tuple[int, str]:
    """Return the label by which people look for a line: a code may stand beside the name."""
    if len(labels) == 1:
        return labels[0]
    return ([one for one in labels if any(map(str.isalpha, one[1]))] or labels)[-1]


def _is_empty(cells: Sequence[object]) -> bool:
    """Return whether nothing is to be seen in any of the cells."""
    return cells.count("") == len(cells) or all(map(is_blank, cells))
