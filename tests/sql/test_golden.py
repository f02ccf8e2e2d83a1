"""Days of few units with the lines that must come out: a file a case under golden/."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sql.world import DAY, World, unit
from tonghop.campaigns.model import Target
from tonghop.domain.totals import Line
from tonghop.store import Store

CASES = sorted((Path(__file__).parent / "golden").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_day_comes_out_as_written(store: Store, path: Path):
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    units = [_unit(row) for row in case["units"]]
    world = World(
        store,
        units,
        root=units[0].code,
        missing=case.get("missing", "leave_out"),
        targets=[Target(**target) for target in case.get("targets", ())],
        cutoff=time.fromisoformat(case.get("cutoff", "14:00")),
    )
    for told in case["tell"]:
        world.tell(told.pop("unit"), **told)
    totals = world.day_totals(case.get("day", DAY))
    found = {line.unit: line for line in totals.lines}
    for code, expected in case["expect"].items():
        assert {key: _said(found[code], key) for key in expected} == expected, code


def _unit(row: dict[str, Any]) -> Any:
    code, _, parent = row.pop("unit").partition(" < ")
    return unit(code, parent or None, row.pop("kind", "commune"), **row)


def _said(line: Line, key: str) -> Any:
    """Return what a line says under a key of ``expect``: a code, a word with a code, or a field."""
    word, _, code = key.partition(" ")
    if code and code in line.figures:
        figure = line.figures[code]
        return {"previous": figure.previous, "change": figure.change, "carried": figure.carried_from}.get(
            word, figure.stated
        )
    if code:
        rate = line.rates[code]
        return {"gap": rate.gap, "rank": line.ranks.get(code), "points": _round(rate.change)}[word]
    if key in line.figures:
        return line.figures[key].value
    if key in line.rates:
        return _round(line.rates[key].value)
    value = getattr(line, key)
    return str(value) if isinstance(value, str) else value


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
