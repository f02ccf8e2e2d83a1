"""Which workbooks there are, what each asks of whom, and how its file is named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tonghop.campaigns import Campaign
from tonghop.domain.forms import Form, Indicator
from tonghop.domain.units import Unit, UnitCode, UnitTree
from tonghop.report.blank_form.book import Asked, book_of


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A workbook to fill in: of which unit, its file's name in plain ASCII, its bytes."""

    unit: UnitCode
    filename: str
    content: bytes = field(repr=False)


def blank_form(
    campaign: Campaign, form: Form, unit: UnitCode, day: date, *, fill_in_day: bool = False
) -> BlankForm:
    """Return the workbook of one unit: its own line, or a line for every unit below it that owes a report.

    ``form`` holds the indicators the campaign counts (``Form.only``). ``day`` is the day whose register of
    units is taken; with ``fill_in_day`` it stands in the workbook already. The same arguments give the same
    bytes. Raises ``KeyError`` for a unit that is not in the campaign's tree of that day, ``ValueError`` for
    one that has nothing to report.
    """
    tree = campaign.tree(day)
    asked = _asked(tree, tree[unit], form)
    if not asked.lines:
        raise ValueError(f"unit {unit!r} owes no report and none below it does")
    content = book_of(campaign, asked, day if fill_in_day else None, day)
    return BlankForm(unit, f"bieu-{campaign.name}-{unit.lower()}-{_slug(asked.unit.name)}.xlsx", content)


def blank_forms(
    campaign: Campaign, form: Form, day: date, *, fill_in_day: bool = False
) -> Iterator[BlankForm]:
    """Yield the workbooks of every unit that owes a report, and of every parent with the units below it."""
    tree = campaign.tree(day)
    for unit in tree.units:
        if _asked(tree, unit, form).lines:
            yield blank_form(campaign, form, unit.code, day, fill_in_day=fill_in_day)


def _asked(tree: UnitTree, unit: Unit, form: Form) -> Asked:
    owing = [one for one in tree.branch(unit.code) if one.reports]
    lines = tuple((one, _of_kind(form, one.kind)) for one in owing if _of_kind(form, one.kind))
    counted = {indicator.code for _, indicators in lines for indicator in indicators}
    return Asked(unit, form.only(counted), lines)


def _of_kind(form: Form, kind: str) -> tuple[Indicator, ...]:
    return tuple(indicator for indicator in form.indicators if indicator.is_asked_of(kind))


def _slug(name: str) -> str:
    # The d with a stroke has no parts to take the stroke off from.
    plain = unicodedata.normalize("NFD", name.casefold().replace(chr(0x111), "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if c.isascii())).strip("-")[:60]
