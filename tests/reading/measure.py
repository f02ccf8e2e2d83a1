"""How a reading compares with the truth of a made submission: right, asked, or wrong."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reading.generator import Truth
from tests.reading.places import DAY
from tonghop.domain.findings import any_holds
from tonghop.domain.reading import Outcome, Reading, Role


@dataclass(frozen=True)
class Verdict:
    """``wrong``: figures that were read and are not the truth; ``is_helped``: a person must look."""

    wrong: tuple[str, ...]
    is_helped: bool


def judge(reading: Reading, truth: Truth) -> Verdict:
    """Return what is wrong in a reading, and whether it answers the whole truth without help."""
    wrong = []
    found: Truth = {}
    for row in reading.rows:
        if row.role is not Role.UNIT:
            continue
        if row.stated_day not in (None, DAY):
            wrong.append(f"day {row.stated_day} at {row.day_cell}")
        for figure in row.figures:
            if figure.number is None:
                continue
            meant = truth.get(row.unit or "", {}).get(figure.indicator)
            if row.unit is not None and meant != figure.number:
                wrong.append(f"{row.unit} {figure.indicator} {figure.number} at {figure.cell}, meant {meant}")
            if row.unit is not None:
                found.setdefault(row.unit, {})[figure.indicator] = int(figure.number)
    is_right = reading.outcome is Outcome.READ and found == truth and not any_holds(reading.findings)
    return Verdict(tuple(wrong), not is_right)
