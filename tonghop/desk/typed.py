"""What an officer types into a correction, read by the product's own reader and echoed before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tonghop.domain.verdicts import DAY_FIELD, UNIT_FIELD
from tonghop.reading.cell_days import day_of
from tonghop.reading.numbers import Habit, read_count
from tonghop.reading.text import key, unaccented

if TYPE_CHECKING:
    from tonghop.desk.asking import Asked

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood. ``value``: as a correction keeps it, None where nothing was understood.

    ``trouble`` is the key of the sentence that says why; ``hint`` the number a person may have meant.
    """

    field: str
    text: str
    value: str | None
    trouble: str = ""
    hint: int | None = None


def read_typed(asked: Asked, field: str, text: str) -> Typed:
    """Return what an officer typed for a field: an indicator's code, ``unit`` or ``day``."""
    text = text.strip()[:LONGEST]
    if field == UNIT_FIELD:
        return _unit(asked, text)
    if field == DAY_FIELD:
        found = day_of(text, asked.day)
        # The reader knows ISO days only among other words; a date picker sends nothing else.
        return Typed(field, text, found.isoformat() if found else None, "" if found else "verdict.no_day")
    if field not in {indicator.code for indicator in asked.form.indicators}:
        return Typed(field, text, None, "queue.trouble.no_field")
    count = read_count(text, Habit())
    if count.number is None or count.number < 0:
        return Typed(field, text, None, "verdict.no_count", count.hint)
    return Typed(field, text, str(int(count.number)))


def _unit(asked: Asked, text: str) -> Typed:
    """Return the unit of the officer's branch that a code or name tells; a name without marks will do."""
    if text in asked.visible:
        return Typed(UNIT_FIELD, text, text)
    for named in (key, _plainly):
        wanted = named(text)
        found = [
            unit.code
            for unit in asked.tree.units
            if unit.code in asked.visible and named(unit.name) == wanted
        ]
        if len(found) == 1:
            return Typed(UNIT_FIELD, text, found[0])
        if found:
            return Typed(UNIT_FIELD, text, None, "queue.trouble.two_units")
    return Typed(UNIT_FIELD, text, None, "queue.trouble.no_unit")


def _plainly(name: str) -> str:
    return unaccented(key(name))
