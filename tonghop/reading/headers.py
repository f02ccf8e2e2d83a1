"""The cells of a header: merged ranges, groups that span blank cells, the row of column numbers below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from tonghop.reading.bounds import says_bounds
from tonghop.reading.grid import Grid, as_whole, filled, filled_at, is_blank
from tonghop.reading.heading_keys import has_day
from tonghop.reading.headings import Lexicon
from tonghop.reading.text import key
from tonghop.words import short_day

DEEPEST = 4
_MOST_MERGED = (
    100_000  # cells; ranges that lie over each other, as no program writes them, may have any number
)
_NUMBER_CELL = re.compile(
    r"^\(?\s*(?:\d{1,2}|[A-Z])\s*\)?(?:\s*=.{0,20})?$|^\(?\d{1,2}\)?\s*=[\d\s()/+:*x.,%-]{1,20}$"
)
_NUMBER = re.compile(r"\d+")
# What stands in such a row mostly.
_COUNTING = tuple([form.format(number) for number in range(1, 31)] for form in ("({})", "{}"))


def anchors(grid: Grid, floor: int = 0) -> Mapping[tuple[int, int], str]:
    """Return the text of every cell that lies in a merged range, the range's first cell included.

    ``floor``: ranges that begin above this row belong to a header that was found already.
    """
    found: dict[tuple[int, int], str] = {}
    looked_at = 0
    for r0, c0, r1, c1 in grid.merges[:2_000]:
        if r0 < floor or r0 >= len(grid.rows) or (r1 - r0) * (c1 - c0) > 5_000:
            continue
        text = grid.value(r0, c0)
        if isinstance(text, str) and text.strip():
            looked_at += (r1 - r0 + 1) * (c1 - c0 + 1)
            if looked_at > _MOST_MERGED:
                break
            found.update({(r, c): text for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)})
    return found


def parts_of(
    grid: Grid, merged: Mapping[tuple[int, int], str], top: int, bottom: int, column: int, lexicon: Lexicon
) -> tuple[str, ...]:
    """Return the header texts of a column from top to bottom, each once."""
    if top == bottom and not merged:
        text = grid.value(bottom, column)
        return (text,) if isinstance(text, str) and _is_words(text) else ()
    parts: list[str] = []
    for row in range(top, bottom + 1):
        text = merged.get((row, column), grid.value(row, column))
        if isinstance(text, date):
            text = short_day(text)
        if is_blank(text) and row < bottom:
            text = _group_to_the_left(grid, row, column, bottom, lexicon)
        if (
            isinstance(text, str)
            and (_is_words(text) or _is_day(text) or says_bounds(text))
            and key(text) not in [key(part) for part in parts]
        ):
            parts.append(text)
    return tuple(parts)


def divides_groups(grid: Grid, row: int) -> bool:
    """Return whether a row parts the groups right above it: "Android", "iOS", "Tổng" under one heading."""
    for _, c0, r1, c1 in grid.merges[:2_000]:
        below = [grid.value(row, c) for c in range(c0, c1 + 1)] if r1 == row - 1 and 0 < c1 - c0 < 50 else []
        filled = [v for v in below if not is_blank(v)]
        if len(filled) > 1 and all(map(may_divide, filled)):
            return True
    return row > 0 and _divides_blanks(grid, row)


def _divides_blanks(grid: Grid, row: int) -> bool:
    """Return whether a row parts a group above it that nobody merged: a heading and a blank, a text below both.

    A line of the table begins where its header does, a row of headings farther right.
    """
    line, above = _places(grid, row), _places(grid, row - 1)
    if len(line) < 2 or not above or line[0] < above[0]:
        return False
    if line[0] == above[0] and not _places(grid, row - 2)[:1] < above[:1]:
        return False
    is_parting = any(c in above and c + 1 not in above and c + 1 in line for c in line)
    return is_parting and all(may_divide(grid.value(row, c)) for c in line)


def _places(grid: Grid, row: int) -> list[int]:
    """Return the columns that are filled in a row; none above the first row."""
    return [c for c, _ in filled_at(grid.rows[row][:50])] if row >= 0 else []


def may_divide(value: object) -> bool:
    """Return whether a cell can be a heading below a group: words, or a day as "18/8"."""
    if not isinstance(value, str):
        return isinstance(value, date)
    return (_is_words(value) and not value.lstrip()[:1].isdigit()) or _is_day(value) or says_bounds(value)


def _is_day(text: str) -> bool:
    return len(text) <= 20 and ("/" in text or "-" in text) and has_day(text)


def is_title(grid: Grid, above: Sequence[tuple[int, object]], bottom: int) -> bool:
    """Return whether a row's cells are a title that tells a day ("Số liệu tính đến ngày 18/8/2020"), no heading.

    It stands alone in its row, at the first column of the header that ends at ``bottom`` or before it.
    """
    if len(above) != 1 or grid.turned:
        return False
    column, text = above[0]
    first = next((c for c, v in enumerate(grid.rows[bottom]) if not is_blank(v)), column)
    return column <= first and has_day(str(text))


def _is_words(text: str) -> bool:
    return "%" in text or any(map(str.isalpha, text))


def spans_blank(grid: Grid, row: int, column: int, bottom: int) -> bool:
    """Return whether a cell stands over headings as a group that nobody merged: beside it a blank, text below both.

    Of two cells alone in their row the second only says what the first asks: "Ngày báo cáo:", "18/8".
    """
    return (
        is_blank(grid.value(row, column + 1))
        and _has_text(grid.value(row + 1, column))
        and _has_text(_first_below(grid, row, column + 1, bottom))
        and len(filled(grid.rows[row])) > 2
    )


def _has_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _first_below(grid: Grid, row: int, column: int, bottom: int) -> object:
    """Return the first filled cell below another down to ``bottom``; a group may stand two rows above its columns."""
    below = (grid.value(r, column) for r in range(row + 1, max(bottom, row + 1) + 1))
    return next((value for value in below if not is_blank(value)), "")


def _group_to_the_left(grid: Grid, row: int, column: int, bottom: int, lexicon: Lexicon) -> object:
    """Return the group that spans a blank header cell though nobody merged it: text follows below both."""
    if is_blank(_first_below(grid, row, column, bottom)):
        return ""
    for c in range(column - 1, -1, -1):
        text = grid.value(row, c)
        if not is_blank(text):
            if not isinstance(text, str):
                return ""
            is_spanning = not lexicon.is_counted(text) and spans_blank(grid, row, c, bottom)
            return text if is_spanning or lexicon.is_group(text) else ""
        if is_blank(_first_below(grid, row, c, bottom)):
            return ""
    return ""


def skip_numbers(grid: Grid, bottom: int, end: int) -> int:
    """Return the last row of the header, a row of column numbers (1, 2, 3=2/1) below it included."""
    following = bottom + 1
    if following >= end:
        return bottom
    cells = filled(grid.rows[following])
    return following if len(cells) >= 3 and _count_up(cells) else bottom


def _count_up(cells: list[object]) -> bool:
    """Return whether the cells count columns: numbers, each one more than the one before, letters among them."""
    if any(cells == counting[: len(cells)] for counting in _COUNTING):
        return True
    numbers: list[int] = []
    for value in cells:
        if isinstance(value, str):
            if _NUMBER_CELL.match(value.strip()) is None:
                return False
            if found := _NUMBER.search(value):
                numbers.append(int(found[0]))
        elif (whole := as_whole(value)) is not None and 0 < whole < 100:
            numbers.append(whole)
        else:
            return False
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def header_rows(known: Sequence[int], row: int, floor: int) -> tuple[int, int]:
    """Return the first and last row that a header found at ``row`` can be made of."""
    first = last = row
    while first > floor and row - first < DEEPEST and known[first - 1]:
        first -= 1
    while last + 1 < len(known) and last - row < 5 and known[last + 1]:
        last += 1
    return first, last
