"""``tonghop form``: the workbooks that units fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from tonghop.errors import ConfigurationError, TonghopError
from tonghop.report.blank_form import BlankForm, blank_form, blank_forms
from tonghop.settings import read_settings
from tonghop.wiring import Occasion, occasion_of

Told = Mapping[str, object]


def write_forms(campaign: str, unit: str | None, day: date | None, into: Path) -> Told:
    """Write the workbook of a unit, or of all into the folder; return the files' paths.

    A named day stands in the workbooks already and says whose register of units is taken; without one it is
    today's, or the nearest day on which the campaign runs. Raises ``ConfigurationError`` for a unit the
    campaign does not have that day or that owes nothing.
    """
    from expectations import load_form

    occasion = occasion_of(read_settings(), campaign, day, None)
    file = occasion.campaign.file
    form = load_form(file.form).only(file.indicators)
    of = day or file.calendar.nearest(occasion.today)
    if unit is None:
        return _written(blank_forms(occasion.campaign, form, of, fill_in_day=day is not None), into)
    _refuse_unknown(occasion, unit, of)
    try:
        return _written([blank_form(occasion.campaign, form, unit, of, fill_in_day=day is not None)], into)
    except ValueError as error:
        raise ConfigurationError(f"{error}; nothing was written; see units.csv") from error


def _refuse_unknown(occasion: Occasion, unit: str, day: date) -> None:
    tree = occasion.campaign.tree(day)
    if unit not in tree:
        raise ConfigurationError(f"unit {unit!r} is not below {tree.root} on {day}; see units.csv")


def _written(forms: Iterable[BlankForm], into: Path) -> Told:
    files = []
    try:
        into.mkdir(parents=True, exist_ok=True)
        for form in forms:
            path = into / form.filename
            path.write_bytes(form.content)
            files.append(str(path))
    except OSError as error:
        raise TonghopError(
            f"{into}: cannot be written to ({error.strerror}); {len(files)} forms were written; "
            "name another folder with --into"
        ) from error
    return {"files": files}
