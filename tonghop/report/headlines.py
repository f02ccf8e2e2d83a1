"""The headline rates of the whole campaign, each with its denominator, its change and its target."""

from __future__ import annotations

from dataclasses import dataclass

from tonghop.campaigns import Campaign
from tonghop.domain.forms import Form, Rate
from tonghop.domain.totals import DayTotals
from tonghop.report.facts import carried_day, rates_in_order, target_of
from tonghop.report.phrases import (
    change_words,
    fraction_of,
    gap_words,
    target_words,
    title_of,
    upper_first,
)
from tonghop.words import percent, say


@dataclass(frozen=True, slots=True)
class Headline:
    """One rate of the root.

    ``filled`` and ``mark`` are whole percents 0–100 for the bar: the share reached, and where the target
    stands (None: no target).
    """

    title: str
    percent: str
    people: str
    change: str
    target: str
    gap: str
    reached: bool
    filled: int
    mark: int | None
    note: str


def headlines(totals: DayTotals, campaign: Campaign, form: Form) -> tuple[Headline, ...]:
    """Return the root's rates in the order of interest: the one with the first target in front."""
    return tuple(_headline(rate, totals, campaign) for rate in rates_in_order(campaign, form))


def _headline(rate: Rate, totals: DayTotals, campaign: Campaign) -> Headline:
    line = totals.root
    figure, people = line.rates.get(rate.code), fraction_of(line, rate)
    value = None if figure is None else figure.value
    target = target_of(campaign, rate.code, totals.day, line)
    said = {} if people is None else {"numerator": people[0], "denominator": people[1]}
    return Headline(
        title=upper_first(title_of("rate", rate.code)),
        percent=percent(value),
        people=say("report.fraction", **said, of=title_of("rate", rate.code, "of"))
        if said
        else say("report.no_rate"),
        change=change_words(line, rate),
        target=target_words(target, totals.day) if target else "",
        gap=gap_words(figure) if target else "",
        reached=figure is not None and figure.gap == 0,
        # Rounded down, so that a bar is full only where the whole is reached.
        filled=max(0, min(100, int((value or 0.0) * 100))),
        mark=min(100, round(target.at_least * 100)) if target else None,
        note=say("report.carried_partly") if carried_day(line) else "",
    )
