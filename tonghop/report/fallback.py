"""The figures in plain text only, made with as little as possible: what is sent when rendering fails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tonghop.campaigns import Campaign
from tonghop.domain.editions import Edition, OpenFinding, Source
from tonghop.domain.forms import Form
from tonghop.domain.sources import Unreachable
from tonghop.domain.totals import Line, UnitState
from tonghop.report.opening import opening_of
from tonghop.report.phrases import fraction_of, state_of, title_of
from tonghop.report.rendered import RenderedReport
from tonghop.report.safe_text import clean, source_name
from tonghop.words import number, percent, say


def render_plain(
    edition: Edition,
    campaign: Campaign,
    form: Form,
    findings: Sequence[OpenFinding],  # noqa: ARG001 - the same call as render(), so that a caller can fall back in one line
    sources: Sequence[Source],  # noqa: ARG001 - the same
    unreachable: Sequence[Unreachable],
    made_at: datetime,  # noqa: ARG001 - the same
    first: Edition | None = None,
) -> RenderedReport:
    """Return the report as plain text without table layout, picture or attachment.

    It shares with ``render`` only the wording of the first lines and of figures: whatever broke there
    (a template, the chart, the workbook, a finding without words) cannot break this.
    """
    opening = opening_of(edition, campaign, first)
    root = edition.totals.root
    parts = [
        opening.first_words,
        say("report.text_only"),
        "\n".join(_named(edition, unreachable)),
        "\n".join([opening.title + ".", *_rates(root, form)]),
        "\n".join(f"{'  ' * line.depth}{_line(line, form)}" for line in edition.totals.lines),
        f"{say('report.closing')}\n{clean(campaign.file.report.sender.name)}",
    ]
    return RenderedReport(subject=opening.subject, text="\n\n".join(filter(None, parts)) + "\n", html="")


def _named(edition: Edition, unreachable: Sequence[Unreachable]) -> list[str]:
    said = []
    for state in (UnitState.MISSING, UnitState.HELD):
        lines = edition.totals.in_state(state)
        if lines:
            names = ", ".join(clean(line.name) for line in lines)
            said.append(f"{say(f'report.{state.value}', count=number(len(lines)))}: {names}.")
    if unreachable:
        title = say("report.unreachable", count=number(len(unreachable)))
        said.append(f"{title}: {', '.join(source_name(one.source) for one in unreachable)}.")
    return said


def _rates(line: Line, form: Form) -> list[str]:
    said = []
    for rate in form.rates:
        figure, people = line.rates.get(rate.code), fraction_of(line, rate)
        if figure is not None and people is not None:
            said.append(f"- {title_of('rate', rate.code)}: {people[0]}/{people[1]} = {percent(figure.value)}")
    return said


def _line(line: Line, form: Form) -> str:
    figures = (
        f"{title_of('indicator', one.code, 'short')} {number(found.value)}"
        for one in form.indicators
        if (found := line.figures.get(one.code)) is not None and found.value is not None
    )
    return f"{clean(line.name)} ({state_of(line)[1]}): {'; '.join(figures) or say('report.no_rate')}"
