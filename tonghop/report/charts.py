"""The mail's picture: the units ranked against the target, with what was gained since the day before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tonghop.campaigns import Campaign
from tonghop.domain.editions import Edition
from tonghop.domain.forms import Form
from tonghop.domain.totals import Line
from tonghop.report.canvas import Bar, Chart, draw
from tonghop.report.facts import Group, carried_day, groups, target_of
from tonghop.report.phrases import (
    change_mark,
    day_without_year,
    state_of,
    target_percent,
    title_of,
    upper_first,
)
from tonghop.report.rendered import InlineImage
from tonghop.report.safe_text import clean
from tonghop.words import percent, say

_MOST_BARS = 30


def charts_of(edition: Edition, campaign: Campaign, form: Form) -> tuple[InlineImage, ...]:
    """Return the picture of the first group of units that has a rate; none where there is nothing to compare.

    PNG at twice the size it is shown in, the same bytes for the same figures.
    """
    found = next(
        (one for one in groups(edition.totals, campaign, form) if one.rate and len(one.lines) > 1), None
    )
    if found is None or found.rate is None:
        return ()
    target = target_of(campaign, found.rate.code, edition.day, edition.totals.root)
    bars = bars_of(found, edition.day)
    cid = f"chart-1.{edition.campaign}.{edition.day.isoformat()}.{edition.number}@tonghop"
    title = title_of("rate", found.rate.code)
    content = draw(
        Chart(
            title=upper_first(title),
            bars=bars[:_MOST_BARS],
            target=target.at_least if target else None,
            target_label=say("report.chart_target", target=target_percent(target.at_least)) if target else "",
            before_label=say("report.chart_before"),
            gain_label=say("report.chart_gain"),
            carried_label=say("report.chart_carried"),
        )
    )
    return (InlineImage(cid, f"bieu-do-{edition.day.isoformat()}.png", content, _alt(title, bars)),)


def bars_of(group: Group, day: date) -> tuple[Bar, ...]:
    """Return a bar a unit in the order of the ranking."""
    return tuple(_bar(line, group.rate.code, day) for line in group.lines) if group.rate else ()


def _bar(line: Line, rate: str, day: date) -> Bar:
    figure, carried = line.rates.get(rate), carried_day(line) if line.is_leaf else None
    if figure is None or figure.value is None:
        return Bar(clean(line.name, 40), None, None, state_of(line)[1], is_carried=False)
    label = percent(figure.value)
    if carried is not None:
        label = f"{label} ({day_without_year(carried, day)})"
    elif figure.change is not None:
        label = f"{label}  {change_mark(figure.change)}"
    return Bar(clean(line.name, 40), figure.value, figure.previous, label, carried is not None)


def _alt(rate: str, bars: Sequence[Bar]) -> str:
    known = [bar for bar in bars if bar.share is not None]
    if not known:
        return say("report.chart_alt_none", rate=rate)
    return say(
        "report.chart_alt",
        rate=rate,
        count=len(bars),
        first=known[0].name,
        first_rate=percent(known[0].share),
        last=known[-1].name,
        last_rate=percent(known[-1].share),
    )
