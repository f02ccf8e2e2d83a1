"""Lines told apart: units, totals with the lines they cover, and headings of sections that count nothing."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from tonghop.domain.reading import Role
from tonghop.domain.units import UnitCode
from tonghop.reading.containers import Refused
from tonghop.reading.headings import DAY, IGNORE, LABEL, MEASURE, NOTE, ORDINAL, VALUE, Lexicon
from tonghop.reading.limits import Limits
from tonghop.reading.lines import Line
from tonghop.reading.sums import Placed, cover, is_sum, mark_groups
from tonghop.reading.total_labels import is_total
from tonghop.reading.unit_names import is_hamlet, named
from tonghop.reading.units import NOTHING, Match, Resolver


class Placer:
    """Places the lines of a table in the unit tree."""

    def __init__(self, resolver: Resolver, lexicon: Lexicon, branch: UnitCode | None, limits: Limits) -> None:
        self._resolver, self._lexicon, self._limits = resolver, lexicon, limits
        self._branch = branch if branch in resolver.tree else None

    def place(self, lines: Sequence[Line]) -> list[Placed]:
        """Return the lines that count, in their order, totals with what they cover. Raises ``Refused``."""
        placed: list[Placed] = []
        section: UnitCode | None = None
        is_certain = False
        for line in lines:
            one = self._placed(line, section)
            if one is None:
                continue
            if one.unit is not None and not self._resolver.tree.is_leaf(one.unit):
                section, is_certain = one.unit, not line.has_figures
                if not line.has_figures:
                    continue
            elif is_certain and section is not None:
                self._keep_within(one, section)
            placed.append(one)
        if len(placed) > 1:
            self._check_sums(placed)
            self._settle_by_neighbours(placed)
            self._mark_parents(placed)
            cover(placed, self._resolver)
        return placed

    def _check_sums(self, placed: Sequence[Placed]) -> None:
        """Raise ``Refused`` where comparing each whole with all lines would take minutes.

        No form has hundreds of totals; where these and the lines are so many, the lines alone are as many as told.
        """
        most = self._limits.sums
        if len(placed) ** 2 <= most:
            return
        wholes = sum(
            one.role is Role.TOTAL or (one.unit is not None and not self._resolver.tree.is_leaf(one.unit))
            for one in placed
        )
        if wholes * len(placed) > most:
            raise Refused("too-many-rows", limit=str(isqrt(most)))

    def _placed(self, line: Line, section: UnitCode | None) -> Placed | None:
        if not line.label:
            return Placed(line, NOTHING) if line.has_figures else None
        if line.grid.turned and self._is_beside(line):
            return None
        match = self._match(line, section)
        if match == NOTHING and not line.has_figures and not line.grid.turned:
            return None  # words alone: a note, a signature
        if not match and line.is_total_by_label:
            return Placed(line, match, Role.TOTAL) if line.has_figures else None
        if match.unit and not self._resolver.tree.is_leaf(match.unit) and line.is_total_by_label:
            return Placed(line, match, Role.TOTAL) if line.has_figures else None
        if match or match.fits:
            return Placed(line, match)
        if self._is_value_line(line):
            return Placed(line, NOTHING, is_value_line=True)
        if not line.has_figures or self._is_aside(line):
            return None
        return Placed(line, match)

    def _match(self, line: Line, section: UnitCode | None) -> Match:
        """Return the unit of a line's labels from left to right: a district's column narrows the commune's."""
        tree = self._resolver.tree
        scope = section or self._branch
        best, elsewhere, hamlet = NOTHING, None, None
        hamlets, districts = line.table.header.hamlets, line.table.header.districts
        # A district tells which of several communes of one name is meant, whichever column comes first.
        for column, label in sorted(line.labels, key=lambda one: one[0] not in districts):
            if column in hamlets and not named(label).type and not is_total(label):
                hamlet = column, label
                continue
            match = self._resolver.resolve(label, scope)
            if column in districts and len(above := [c for c in match.fits if not tree.is_leaf(c)]) == 1:
                match = Match(above[0])  # "Vĩnh Bảo" is a town too
            if match == NOTHING:
                if is_hamlet(label):
                    hamlet = column, label
                elif column in districts and not is_total(label):
                    elsewhere = column, label
                continue
            if best.unit in match.fits:
                continue  # a code in a column of its own has told already which of them is meant
            if match.unit and best.unit and not self._resolver.is_below(match.unit, best.unit):
                return Match(None, (best.unit, match.unit))
            if match.fits and best.unit and not tree.is_leaf(best.unit):
                inside = [code for code in match.fits if self._resolver.is_below(code, best.unit)]
                if not inside:
                    return Match(None, (best.unit, *match.fits), is_elsewhere=True)
            best = match
            if match.unit and not tree.is_leaf(match.unit):
                scope = match.unit
        if hamlet is not None:
            line.is_part, line.part_of = True, best.unit
            line.label_column, line.label = hamlet
            return NOTHING
        if best and elsewhere is not None:  # the district is another, where a commune may have the same name
            line.label, line.label_column = _district(line, *elsewhere), elsewhere[0]
            return NOTHING
        return best

    def _keep_within(self, one: Placed, section: UnitCode) -> None:
        """Leave a unit in doubt that does not lie in the district whose name alone stands above its line."""
        resolver, match = self._resolver, one.match
        codes = [match.unit] if match.unit else [*match.fits]
        if one.role is not Role.UNIT or not codes or any(resolver.is_below(code, section) for code in codes):
            return
        if any(resolver.tree[code].parent == resolver.tree[section].parent for code in codes):
            return  # the city's offices, or a district without communes, behind the last district
        one.match = Match(None, (section, *codes), is_elsewhere=True)

    def _is_value_line(self, line: Line) -> bool:
        """Return whether a line of a turned table holds the figures of the unit its title names."""
        if not line.grid.turned or line.label_column in line.table.header.districts:
            return False
        return line.day is not None or VALUE in self._lexicon.meanings((line.label,))

    def _is_aside(self, line: Line) -> bool:
        """Return whether a line is known to be no unit's: "Đơn vị tính", "So với ngày trước", "Tỷ lệ %"."""
        return bool(
            set(self._lexicon.meanings((line.label,)))
            & {IGNORE, MEASURE, NOTE, ORDINAL, *self._lexicon.rates}
        )

    def _is_beside(self, line: Line) -> bool:
        """Return whether a list's line holds notes, measures or days, though a unit's row names it."""
        texts = (line.grid.value(line.index, column) for column in line.table.header.having(LABEL))
        told = (self._lexicon.meanings((text,)) for text in texts if isinstance(text, str))
        return any({DAY, NOTE, MEASURE, ORDINAL}.intersection(meanings) for meanings in told)

    def _settle_by_neighbours(self, placed: Sequence[Placed]) -> None:
        """Decide names that fit two units by the one parent that all named lines of the table can share."""
        if not any(one.match.fits for one in placed):
            return
        tree = self._resolver.tree
        named = [
            o for o in placed if o.role is Role.UNIT and (o.unit or o.match.fits) and not o.match.is_elsewhere
        ]
        options = [
            {tree[code].parent for code in ((o.unit,) if o.unit else o.match.fits) if code} for o in named
        ]
        shared = set.intersection(*options) if len(options) > 1 else set()
        if len(shared) != 1:
            return
        for one in named:
            inside = [code for code in one.match.fits if tree[code].parent in shared]
            if not one.match.is_elsewhere and not one.unit and len(inside) == 1 and len(one.match.fits) > 1:
                one.match = Match(inside[0])

    def _mark_parents(self, placed: Sequence[Placed]) -> None:
        """A parent's line beside its children's is their sum, a parent's line alone is its own report."""
        for one in placed:
            if one.role is Role.UNIT and self._stands_beside_its_own(one, placed):
                one.role = Role.TOTAL
        unnamed = [one for one in placed if not one.line.label]
        if len(placed) > 2 and len(unnamed) == 1 and is_sum(unnamed[0], [o for o in placed if o.line.label]):
            unnamed[0].role = Role.TOTAL
        mark_groups(placed)

    def _stands_beside_its_own(self, one: Placed, placed: Sequence[Placed]) -> bool:
        """Return whether lines of units below a line's own unit stand in the table too."""
        if one.unit is None or self._resolver.tree.is_leaf(one.unit):
            return False
        below = self._resolver.is_below
        return any(o.unit and o.unit != one.unit and below(o.unit, one.unit) for o in placed)


def _district(line: Line, column: int, label: str) -> str:
    """Return the name of a district with the kind that its column is headed by."""
    heading = next(c.parts[-1] for c in line.table.columns if c.index == column)
    return label if named(label).type else f"{heading} {label}"
