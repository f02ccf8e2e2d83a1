"""Units whose name stands once before several lines: each line is the unit's, and says itself what it holds.

"Xã Bình Thành" merged over "17/8" and "18/8", over "Nam" and "Nữ", over "Kế hoạch" and "Thực hiện". The first line
alone is not the unit's report: lines of several days tell their days, what is planned or of the day before is left
out beside what was done, and of whatever else disagrees only the sender knows which line counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tonghop.reading.cell_days import day_of
from tonghop.reading.districts import tell_districts
from tonghop.reading.grid import is_blank
from tonghop.reading.headings import IGNORE, VALUE, Lexicon
from tonghop.reading.lines import Line
from tonghop.reading.tables import Table
from tonghop.reading.units import NOTHING, Resolver


def with_units(lines: list[Line], lexicon: Lexicon, resolver: Resolver, near: date) -> list[Line]:
    """Return the lines of a table, those that a unit's name spans with that name, their days told.

    A line whose own text names a unit is that unit's, whatever stands in the columns before it.
    """
    if not lines or not lines[0].table.header.units:
        return lines
    beside = _qualifying(lines[0].table)
    tell_districts(lines, beside, resolver)
    if not beside and not lines[0].grid.merges:
        return lines
    dropped: set[int] = set()
    for span in _spans(lines, beside, resolver):
        for line in span[1:]:
            line.label, line.labels, line.label_column = span[0].label, span[0].labels, span[0].label_column
        for line in span:
            _tell_day(line, beside, near)
        dropped.update(_beside_what_counts(span, beside, lexicon))
    return [line for line in lines if line.index not in dropped]


def _qualifying(table: Table) -> tuple[int, ...]:
    """Return the columns between the units' and the first count in which may stand what a line holds."""
    header = table.header
    first = max(header.units) + 1
    aside = {*header.ordinals, *header.personal}
    return tuple(c for c in range(first, header.first_count) if c not in aside)


def _spans(lines: Sequence[Line], beside: Sequence[int], resolver: Resolver) -> Iterator[list[Line]]:
    """Yield the lines of each unit that has several, in their order."""
    span: list[Line] = []
    for line in lines:
        if not line.has_figures:
            continue
        is_more = bool(span) and _is_of(line, span[0], beside)
        if is_more and (_named(line) or resolver.resolve(line.label) == NOTHING):
            span.append(line)
            continue
        if len(span) > 1:
            yield span
        span = [line] if _named(line) else []
    if len(span) > 1:
        yield span


def _is_of(line: Line, first: Line, beside: Sequence[int]) -> bool:
    """Return whether a line is one more of the unit of an earlier one: below its merged cell, or qualified too."""
    is_qualified = any(_text(first, c) and _text(line, c) for c in beside)
    if _named(line):
        return is_qualified and line.label == first.label
    at = first.label_column
    if any(r0 <= first.index and line.index <= r1 and c0 <= at <= c1 for r0, c0, r1, c1 in line.grid.merges):
        return True
    is_numbered = any(not is_blank(line.grid.value(line.index, c)) for c in range(at))
    return is_qualified and not is_numbered


def _named(line: Line) -> bool:
    """Return whether anything stands in the units' columns of a line."""
    return any(not is_blank(line.grid.value(line.index, c)) for c in line.table.header.units)


def _text(line: Line, column: int) -> bool:
    value = line.grid.value(line.index, column)
    return isinstance(value, date) or (isinstance(value, str) and bool(value.strip()))


def _tell_day(line: Line, beside: Sequence[int], near: date) -> None:
    for c in beside if line.day is None else ():
        value = line.grid.value(line.index, c)
        if isinstance(value, str | date) and (day := day_of(value, near)) is not None:
            line.day, line.day_place = day, line.place(c)
            return


def _beside_what_counts(span: Sequence[Line], beside: Sequence[int], lexicon: Lexicon) -> Iterator[int]:
    """Yield the lines that do not count where just one says that it does: "Kế hoạch" beside "Thực hiện"."""
    kinds = [_kind(line, beside, lexicon) for line in span]
    if kinds.count(VALUE) == 1 and kinds.count(IGNORE) == len(kinds) - 1:
        yield from (line.index for line, kind in zip(span, kinds, strict=True) if kind == IGNORE)


def _kind(line: Line, beside: Sequence[int], lexicon: Lexicon) -> str:
    texts = [str(line.grid.value(line.index, c)) for c in beside if _text(line, c)]
    meanings = lexicon.meanings((texts[0],)) if len(texts) == 1 else ()
    if meanings == (VALUE,):
        return VALUE
    return IGNORE if meanings and (meanings == (IGNORE,) or meanings[0] in lexicon.rates) else ""
