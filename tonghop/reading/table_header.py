"""What follows from a table's columns alone: which hold counts, percents, units, days, and which nobody knows."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tonghop.reading.heading_keys import heading_keys
from tonghop.reading.headings import (
    DAY,
    IGNORE,
    LABEL,
    MEASURE,
    NOTE,
    ORDINAL,
    PERSONAL,
    UNIT,
    Lexicon,
)
from tonghop.reading.text import key, plain
from tonghop.reading.unit_names import is_of_hamlets

_OF_DISTRICTS = frozenset(key("huyện quận huyen").split())
_OF_PARENTS = re.compile(r"\btoan (?:huyen|quan|thi xa|thanh pho|tp|tinh)\b")
_OF_COMMUNES = frozenset(key("xã phường xa phuong đơn cơ don co UBND").split())


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its header cells from top to bottom and what they may mean (several: open).

    ``strange``: the heading that keeps a column from meaning what its own words say.
    """

    index: int
    parts: tuple[str, ...]
    meanings: tuple[str, ...]
    strange: str = ""

    @property
    def heading(self) -> str:
        """All its header cells as one text."""
        return " ".join(self.parts)

    @property
    def unclear(self) -> str:
        """The heading to ask about where it is not known what the column means."""
        return self.strange or self.parts[-1]


class Header:
    """The columns of a table, worked out once for all sheets under the same headings.

    ``told``: the days up to which cumulative columns count, by column ("Số người đã cài đặt đến ngày 18/8").
    ``settled``: the header as it is for a day, its open columns decided.
    """

    def __init__(
        self, columns: tuple[Column, ...], lexicon: Lexicon, told: tuple[tuple[int, date], ...] = ()
    ) -> None:
        self.columns, self.told = columns, told
        self.settled: tuple[date, Header] | None = None
        self._lexicon = lexicon

    def having(self, *meanings: str) -> tuple[int, ...]:
        """Return the columns that mean just one of these."""
        return tuple(c.index for c in self.columns if len(c.meanings) == 1 and c.meanings[0] in meanings)

    @cached_property
    def counts(self) -> Mapping[str, tuple[int, ...]]:
        """The columns by indicator; more than one: the sheet has two columns of one meaning."""
        found: dict[str, tuple[int, ...]] = {}
        for column in self.columns:
            if len(column.meanings) == 1 and column.meanings[0] in self._lexicon.counts:
                found[column.meanings[0]] = (*found.get(column.meanings[0], ()), column.index)
        return found

    @cached_property
    def counted(self) -> tuple[int, ...]:
        """All columns of counts."""
        return tuple(c for columns in self.counts.values() for c in columns)

    @cached_property
    def rates(self) -> tuple[Column, ...]:
        """The columns of percents."""
        return tuple(c for c in self.columns if c.meanings and c.meanings[0] in self._lexicon.rates)

    @cached_property
    def increases(self) -> Mapping[str, int]:
        """The column of the day's increase, by indicator."""
        return _increases(self.columns, self.counts, self._lexicon)

    @cached_property
    def figured(self) -> slice:
        """The cells of a line from the first column of figures to the last."""
        columns = [*self.counted, *(c.index for c in self.rates), *self.increases.values()]
        return slice(min(columns, default=0), max(columns, default=-1) + 1)

    @cached_property
    def first_count(self) -> int:
        """The first column of counts."""
        return min(self.counted, default=0)

    @cached_property
    def last(self) -> int:
        """The last column with a heading."""
        return max((c.index for c in self.columns), default=0)

    @cached_property
    def units(self) -> tuple[int, ...]:
        """The columns that name the unit of a line."""
        return self.having(UNIT) or self.having(LABEL)

    @cached_property
    def districts(self) -> frozenset[int]:
        """The columns of units that name the district of each line."""
        return frozenset(
            c.index for c in self.columns if c.index in self.units and _is_of_districts(c.parts[-1])
        )

    @cached_property
    def hamlets(self) -> frozenset[int]:
        """The columns of units that name parts of a commune."""
        return frozenset(
            c.index for c in self.columns if c.index in self.units and is_of_hamlets(c.parts[-1])
        )

    @cached_property
    def notes(self) -> tuple[int, ...]:
        """The columns of notes."""
        return self.having(NOTE)

    @cached_property
    def ordinals(self) -> tuple[int, ...]:
        """The columns that number the lines."""
        return self.having(ORDINAL)

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The columns of days."""
        return self.having(DAY)

    @cached_property
    def unnaming(self) -> frozenset[int]:
        """The columns that name no unit, whatever stands in them."""
        return frozenset(self.having(ORDINAL, NOTE, MEASURE, IGNORE, PERSONAL, DAY))

    @cached_property
    def personal(self) -> tuple[int, ...]:
        """The columns that may hold persons' names and numbers."""
        return tuple(c.index for c in self.columns if PERSONAL in c.meanings)

    @cached_property
    def meanings(self) -> Mapping[int, tuple[str, ...]]:
        """What each column may mean."""
        return {column.index: column.meanings for column in self.columns}

    @cached_property
    def of_parents(self) -> tuple[Column, ...]:
        """The columns whose heading says that they count a whole district, city or province: "Dân số toàn huyện"."""
        columns = (c for c in self.columns if c.index in self.counted)
        return tuple(c for c in columns if any(_OF_PARENTS.search(plain(part)) for part in c.parts))

    @cached_property
    def known(self) -> tuple[int, ...]:
        """The columns that mean something."""
        return tuple(c.index for c in self.columns if c.meanings)

    @cached_property
    def unknown(self) -> tuple[Column, ...]:
        """The columns whose heading nobody knows, or cannot know below that group."""
        return tuple(
            c for c in self.columns if not c.meanings and (c.strange or not self._lexicon.known(c.parts[-1]))
        )


def as_told(
    columns: tuple[Column, ...], lexicon: Lexicon, of_which: Container[int] = ()
) -> tuple[Column, ...]:
    """Return the columns, none counted by a heading above its group where another one has that count by its own.

    "Đã cài đặt" over "Người dân" and "CBCCVC" is what they did; over "CBCCVC" and "CBCCVC đã cài đặt" it is a title.
    ``of_which``: the columns that count part of those in front of them ("Trong đó"): there it is none.
    """
    if not _has_twice(columns, lexicon):
        return columns
    plain = []
    for column in columns:
        told = lexicon.meanings(column.parts, turned_round=False)
        is_turned = column.index not in of_which and told != lexicon.meanings(column.parts)
        plain.append(Column(column.index, column.parts, told) if is_turned else column)
    return columns if _has_twice(plain, lexicon) else tuple(plain)


def _has_twice(columns: Iterable[Column], lexicon: Lexicon) -> bool:
    counted = [c.meanings[0] for c in columns if len(c.meanings) == 1 and c.meanings[0] in lexicon.numerators]
    return len(set(counted)) < len(counted)


def _increases(
    columns: Iterable[Column], counts: Mapping[str, tuple[int, ...]], lexicon: Lexicon
) -> dict[str, int]:
    """Return by indicator the column right beside its own that holds the day's increase.

    "Trong ngày" alone does not say of what; the cumulative column next to it does, the left one first.
    """
    own = {column: code for code, indices in counts.items() for column in indices}
    found: dict[str, int] = {}
    for column in columns:
        if IGNORE not in column.meanings:
            continue
        for beside in (column.index - 1, column.index + 1):
            code = own.get(beside, "")
            if code in lexicon.increases and code not in found and _is_any(column, lexicon.increases[code]):
                found[code] = column.index
                break
    return found


def _is_any(column: Column, headings: frozenset[str]) -> bool:
    """Return whether a column is headed by one of the headings (keys)."""
    return not headings.isdisjoint(heading_keys(column.parts[-1]))


def _is_of_districts(heading: str) -> bool:
    words = set(key(heading).split())
    return not words.isdisjoint(_OF_DISTRICTS) and words.isdisjoint(_OF_COMMUNES)
