"""Words that the pages of review share: names of fields, values as people write them, who an officer is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tonghop.desk import numbers
from tonghop.desk.pages import language_of
from tonghop.domain.verdicts import DAY_FIELD, UNIT_FIELD
from tonghop.words import finding_codes, say, title_of

if TYPE_CHECKING:
    from tonghop.desk.asking import Asked


def spoken(asked: Asked) -> dict[str, Any]:
    """Return what templates of review call: ``field_name``, ``field_value``, ``name_of``, ``titled``, ``later``."""
    language = language_of(asked.request)
    return {
        "field_name": lambda field: _field_name(field, language),
        "field_value": lambda field, value: _field_value(asked, field, value, language),
        "name_of": names_of(asked),
        "titled": lambda code: title_of(code, language) if code in finding_codes() else code,
        "later": lambda days: asked.day + timedelta(days=days),
    }


def _field_name(field: str, language: str) -> str:
    known = (UNIT_FIELD, DAY_FIELD)
    return say(f"queue.field.{field}" if field in known else f"indicator.{field}", language)


def _field_value(asked: Asked, field: str, value: str | None, language: str) -> str:
    """Return a value as a verdict keeps it in the form people read: 5.658, 18/8/2020, a unit's name."""
    if value is None:
        return "–"
    if field == UNIT_FIELD:
        return asked.tree[value].name if value in asked.tree else value
    if field == DAY_FIELD:
        return numbers.day(date.fromisoformat(value), language)
    return numbers.number(int(value), language) if value.isascii() and value.isdigit() else value


def names_of(asked: Asked) -> Callable[[str], str]:
    """Return what tells an officer's full name by the account's; asked of the database once, if at all."""
    known: dict[str, str] = {}

    def name_of(account: str) -> str:
        if not known:
            known.update({officer.name: officer.shown_name for officer in asked.store.officers.all()})
        return known.get(account, account)

    return name_of
