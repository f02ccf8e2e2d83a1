"""Begin: settle which campaign and day a run is for, before anything is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from expectations import load_rules
from tasks.step import scheduled_for, step
from tonghop.errors import ConfigurationError
from tonghop.settings import read_settings
from tonghop.wiring import Occasion, occasion_of


@step()
def begin(campaign: str, day: date | str | None, at: datetime | str | None) -> Occasion:
    """Return the occasion of this run, with the register of units brought up to date in the store.

    Days and moments may come as text from a schedule's parameters; what is no day is refused here, because
    Prefect would pass it on. Raises ``ConfigurationError``.
    """
    occasion = occasion_for(campaign, day, at)
    register(occasion)
    return occasion


def occasion_for(
    campaign: str, day: date | str | None, at: datetime | str | None, wait: bool | None = None
) -> Occasion:
    """Return the occasion of this run without touching the database. Raises ``ConfigurationError``."""
    settings, slot = read_settings(), scheduled_for()
    occasion = occasion_of(settings, campaign, _day(day), _moment(at), wait)
    if day is None and at is None and slot is not None:
        # A worker that was off starts the run late: it is for the day of its slot (and only a day behind us).
        occasion = replace(occasion, day=min(occasion.campaign.local_day(slot), occasion.today))
    check_against_form(occasion)
    return occasion


def check_against_form(occasion: Occasion) -> None:
    """Raise ``ConfigurationError`` where the campaign asks for an indicator or a target that its form does not have.

    A target of a misspelt rate would never be missed: the report would say nothing of it.
    """
    file = occasion.campaign.file
    rates = [rate.code for rate in load_rules(file.form, file.indicators).form.rates]
    for place, target in enumerate(file.targets):
        if target.rate not in rates:
            path = occasion.settings.campaigns / occasion.campaign.name / "campaign.yaml"
            raise ConfigurationError(
                f"{path}: targets.{place}.rate: {target.rate!r} is no rate of the indicators that are counted;"
                f" allowed: {', '.join(rates) or 'none'}"
            )


def register(occasion: Occasion) -> None:
    """Bring the register of units up to date in the store."""
    occasion.store.units.sync(occasion.campaign.name, occasion.campaign.units)


def name_run() -> str:
    """Return a run's name that tells flow, campaign and day: ``daily duc-hue 2020-08-18``."""
    from prefect.runtime import flow_run  # only a run of Prefect has a name

    parameters = flow_run.parameters or {}
    day = parameters.get("day") or parameters.get("start") or _today(parameters)
    return " ".join(str(part) for part in (flow_run.flow_name, parameters.get("campaign", "?"), day))


def name_backfill() -> str:
    """Return a backfill's name: ``backfill duc-hue 2020-08-10 – 2020-08-18``."""
    from prefect.runtime import flow_run  # only a run of Prefect has a name

    asked = flow_run.parameters or {}
    return f"backfill {asked.get('campaign', '?')} {asked.get('start')} – {asked.get('end')}"


def _today(parameters: dict[str, object]) -> str:
    try:
        at = _moment(parameters.get("at"))
        return occasion_of(read_settings(), str(parameters.get("campaign")), None, at).day.isoformat()
    except ConfigurationError:
        return "?"  # the run itself says what is wrong; its name must not be what fails


def _day(value: object) -> date | None:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(str(value)[:10] if isinstance(value, datetime) else str(value))
    except ValueError:
        raise ConfigurationError(f"day is {value!r}; allowed: a day such as 2020-08-18") from None


def _moment(value: object) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        raise ConfigurationError(
            f"at is {value!r}; allowed: a time such as 2020-08-18T14:40:00+07:00"
        ) from None
