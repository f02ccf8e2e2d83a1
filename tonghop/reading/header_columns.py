"""What the columns below some rows of headings mean, and how much of a form they are."""

from __future__ import annotations

from collections.abc import Mapping

from tonghop.reading.grid import Grid
from tonghop.reading.groups import Groups
from tonghop.reading.headers import parts_of
from tonghop.reading.headings import IGNORE, LABEL, PLAIN_MEANINGS, UNIT, VALUE, Lexicon
from tonghop.reading.sections import sections_below
from tonghop.reading.sexes import with_totals
from tonghop.reading.table_header import Column, Header, as_told

# No form has more columns, no vertical form more lines; what lies beyond is stray.
WIDEST = 300


class HeaderColumns:
    """Tells for one form what columns mean."""

    def __init__(self, lexicon: Lexicon, groups: Groups) -> None:
        self._lexicon, self._groups = lexicon, groups

    def of(
        self, grid: Grid, merged: Mapping[tuple[int, int], str], top: int, bottom: int
    ) -> tuple[Column, ...]:
        """Return the columns below the rows ``top`` to ``bottom``; ``merged``: what ``anchors`` found."""
        width = min(max(len(grid.rows[row]) for row in range(top, bottom + 1)), WIDEST)
        sections = sections_below(grid, bottom, width, self._lexicon) if grid.turned else {}
        columns = []
        before: tuple[str, ...] = ()
        of_which: set[int] = set()
        is_behind_others = False
        filled = {c for row in grid.rows[top : bottom + 1] for c, v in enumerate(row[:width]) if v != ""}
        filled |= {c for r, c in merged if top <= r <= bottom and c < width}
        for c in sorted(filled):
            parts = parts_of(grid, merged, top, bottom, c, self._lexicon)
            if not parts:
                continue
            if top < bottom:
                told = self._groups.told(parts, before)
                if told is parts:
                    before = parts
                else:
                    parts = told
                    of_which.add(c)
            told_as = self._lexicon.meanings(parts)
            meanings = self._allowed(told_as)
            others = self._not_asked_for(told_as)
            if is_behind_others and others and len(meanings) < len(told_as) and meanings != (IGNORE,):
                columns.append(Column(c, parts, (), parts[-1]))
                continue
            if others or not PLAIN_MEANINGS.issuperset(meanings):
                is_behind_others = len(others) == len(told_as)
            section = sections.get(c)
            if section is not None and (section.is_certain or len(meanings) != 1 or meanings == (VALUE,)):
                parts = (section.text, *parts)
                meanings = self._allowed(self._lexicon.meanings(parts)) or meanings
            columns.append(Column(c, parts, meanings))
        return as_told(with_totals(columns, self._lexicon), self._lexicon, of_which)

    def _allowed(self, meanings: tuple[str, ...]) -> tuple[str, ...]:
        """Return the meanings the campaign's form has; a heading of others is known and not asked for."""
        lexicon = self._lexicon
        kept = tuple(m for m in meanings if m in PLAIN_MEANINGS or m in lexicon.counts or m in lexicon.rates)
        return kept if kept or not meanings else (IGNORE,)

    def _not_asked_for(self, meanings: tuple[str, ...]) -> tuple[str, ...]:
        """Return the counts and rates among meanings that the campaign does not have.

        "Đã cài đặt" right behind "CBCCVC" is what those did, though a campaign asks for the people alone.
        """
        lexicon = self._lexicon
        own = PLAIN_MEANINGS | lexicon.counts | lexicon.rates.keys()
        return tuple(m for m in meanings if m not in own)

    def are_header(self, columns: tuple[Column, ...]) -> bool:
        """Return whether columns make a header: one of people counted and another that means something."""
        counts = sum(bool(set(c.meanings) & self._lexicon.counts) for c in columns)
        return counts >= 1 and sum(bool(c.meanings) for c in columns) >= 2

    def header(self, columns: tuple[Column, ...]) -> Header:
        """Return the header of these columns, those under groups that nobody knows set apart.

        Last of all: of two headers the one with more known headings is right, whoever is counted below them.
        """
        return Header(tuple(self._groups.without_strange(columns)), self._lexicon)

    def weight(self, columns: tuple[Column, ...]) -> int:
        """Return how much of a form these columns are: each indicator once, other known headings a little."""
        firm = {c.meanings[0] for c in columns if len(c.meanings) == 1} & self._lexicon.counts
        return 6 * len(firm) + sum(
            3 if c.strange else self._weight_beside(c.meanings) for c in columns if c.strange or c.meanings
        )

    def _weight_beside(self, meanings: tuple[str, ...]) -> int:
        if meanings[0] in self._lexicon.counts:
            return 3 if len(meanings) > 1 else 0
        return 3 if meanings[0] in self._lexicon.rates else 2 if meanings[0] in (UNIT, LABEL) else 1
