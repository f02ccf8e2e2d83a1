"""Districts whose name stands once in front of several communes: each commune is looked for in its own district."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tonghop.reading.grid import is_blank
from tonghop.reading.lines import Line
from tonghop.reading.units import NOTHING, Resolver

Label = tuple[int, str]


def tell_districts(lines: Iterable[Line], beside: Sequence[int], resolver: Resolver) -> None:
    """Give lines the district's name that stands once for them, in its own column or where the unit's would stand.

    ``beside``: the columns between those of units and the figures; a commune's name may stand there without a heading.
    """
    told: dict[int, Label] = {}
    for line in lines:
        if not line.has_figures:
            continue
        header = line.table.header
        if header.districts:
            named = dict(line.labels)
            told.update({c: (c, named[c]) for c in header.districts if c in named})
            is_named = any(c in named for c in header.units if c not in header.districts)
            missing = [told[c] for c in sorted(header.districts) if c in told and c not in named]
            if is_named and missing:
                line.labels = (*missing, *line.labels)
        elif beside:
            _tell_parent(line, beside, resolver, told)


def _tell_parent(line: Line, beside: Sequence[int], resolver: Resolver, told: dict[int, Label]) -> None:
    """Name a line by the unit beside the district that stands in the units' column, here or in a line above."""
    columns = line.table.header.units
    values = ((c, line.grid.value(line.index, c)) for c in columns)
    own = [(c, v) for c, v in values if not is_blank(v)]
    if own:
        told.clear()
        parents = [(c, v) for c, v in own if isinstance(v, str) and _is_parent(v, resolver)]
        told.update({c: (c, v) for c, v in parents[:1]})
    if not told:
        return
    texts = ((c, line.grid.value(line.index, c)) for c in beside)
    units = [(c, v) for c, v in texts if isinstance(v, str) and v.strip() and resolver.resolve(v) != NOTHING]
    if units:
        line.labels = (*told.values(), *units)
        line.label_column, line.label = units[-1]


def _is_parent(label: str, resolver: Resolver) -> bool:
    unit = resolver.resolve(label).unit
    return unit is not None and not resolver.tree.is_leaf(unit)
