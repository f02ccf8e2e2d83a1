"""Short pieces of wording that mail, workbook and chart share: names of things, changes, targets, states."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tonghop.campaigns import Campaign, Target
from tonghop.domain.editions import Cause, CauseKind
from tonghop.domain.forms import Rate
from tonghop.domain.totals import DayTotals, Line, RateFigure, Timeliness, UnitState
from tonghop.report.safe_text import clean
from tonghop.words import number, percent, points, say, short_day
from tonghop.words.forms import clock

# A state is told by its sign and its words, never by colour alone. None of these turns into an emoji.
MARKS = {
    UnitState.REPORTED: "✓",
    UnitState.CONFIRMED_ZERO: "○",
    UnitState.HELD: "?",
    UnitState.MISSING: "✗",
    UnitState.PARTIAL: "◐",
}
LATE_MARK = "◆"


def title_of(kind: str, code: str, form: str = "") -> str:
    """Return the catalogue's name of an indicator, rate or kind of unit; the code itself where it has none.

    ``kind``: ``indicator``, ``rate`` or ``kind``; ``form``: empty, ``short``, ``of`` or ``many``. A campaign
    with a new form whose names nobody has written yet still gets its report in time, codes for names.
    """
    for key in (f"{kind}.{code}.{form}" if form else "", f"{kind}.{code}"):
        try:
            return say(key)
        except KeyError:
            continue
    return code


def names_of(totals: DayTotals) -> dict[str, str]:
    """Return each unit's name by code, with its parent's where it stands deeper than right below the root.

    Names repeat: five commune names stand in two districts of Hải Phòng.
    """
    bare = {line.unit: clean(line.name, 80) for line in totals.lines}
    return {
        line.unit: say("report.name_in", name=bare[line.unit], parent=bare.get(line.parent or "", ""))
        if line.depth > 1
        else bare[line.unit]
        for line in totals.lines
    }


def upper_first(text: str) -> str:
    """Return ``text`` as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def at_moment(key: str, at: datetime, campaign: Campaign, **places: str) -> str:
    """Return a sentence with the campaign's local time and day: ``Tính đến 14 giờ 40 ngày 18/8/2020``."""
    local = at.astimezone(campaign.zone)
    return say(key, clock=clock(local), day=short_day(local.date()), **places)


def day_without_year(day: date, beside: date) -> str:
    """Return ``17/8``, with the year only where it is another one than that of the report."""
    return f"{day.day}/{day.month}" if day.year == beside.year else short_day(day)


def target_percent(at_least: float) -> str:
    """Return a target as people say it: ``60%``, ``62,5%``."""
    exact = Decimal(repr(at_least)) * 100
    return percent(at_least, decimals=max(0, -int(exact.normalize().as_tuple().exponent)))


def target_words(target: Target, day: date) -> str:
    """Return ``Chỉ tiêu tối thiểu 60% đến ngày 21/8/2020 (còn 3 ngày)``."""
    key = "report.target" if target.at_least >= 1 else "report.target_minimum"
    parts = [say(key, target=target_percent(target.at_least))]
    if target.by is not None:
        left = (target.by - day).days
        parts.append(say("report.target_by", day=short_day(target.by)))
        still = {True: "report.target_days_left", False: "report.target_over"}[left > 0]
        parts.append(say("report.target_today" if left == 0 else still, days=left))
    return " ".join(parts)


def gap_words(figure: RateFigure | None) -> str:
    """Return ``còn thiếu 14.772 người``, ``đã đạt``, or that the figures do not tell."""
    if figure is None or figure.value is None or figure.gap is None:
        return say("report.target_unknown")
    return say("report.target_gap", people=number(figure.gap)) if figure.gap else say("report.target_reached")


def change_words(line: Line, rate: Rate) -> str:
    """Return ``tăng 112 người (+0,17 điểm %) so với ngày 17/8/2020`` for one rate of a line."""
    people, share = line.figures.get(rate.numerator), line.rates.get(rate.code)
    if people is None or people.change is None:
        return say("report.change_unknown")
    since = people.previous_day
    return say(
        "report.change_up"
        if people.change > 0
        else "report.change_down"
        if people.change
        else "report.change_none",
        people=number(abs(people.change)),
        points=points(share.change if share else None),
        since=say("report.since_day", day=short_day(since)) if since else say("report.since_last"),
    )


def change_mark(change: float | None) -> str:
    """Return a change in percentage points for a narrow cell: ``▲ 0,35``, ``▼ 0,10``, ``= 0,00``."""
    if change is None:
        return ""
    size = percent(abs(change) / 100).removesuffix("%")
    return f"= {size}" if size == "0,00" else f"{'▲' if change > 0 else '▼'} {size}"


def fraction_of(line: Line, rate: Rate) -> tuple[str, str] | None:
    """Return numerator and denominator: ``("5.658", "66.219")``; None where both are unknown."""
    above, below = line.figures.get(rate.numerator), line.figures.get(rate.denominator)
    if (above is None or above.value is None) and (below is None or below.value is None):
        return None
    return number(above.value if above else None), number(below.value if below else None)


def completeness_words(line: Line) -> str:
    """Return ``11/11 đơn vị đã báo cáo, trong đó 10 đúng hạn, 1 trễ hạn``."""
    said = say("report.completeness", reported=number(line.reported), expected=number(line.expected))
    if not line.reported:
        return said
    late = line.reported - line.on_time
    key = (
        "report.all_on_time"
        if late <= 0
        else "report.some_on_time"
        if line.on_time
        else "report.none_on_time"
    )
    return f"{said}, {say(key, count=line.reported, on_time=number(line.on_time), late=number(late))}"


def state_of(line: Line) -> tuple[str, str, str]:
    """Return sign, words and tone of a line's day: ``("✓", "đúng hạn", "good")``.

    Of a node with units below: how many of them reported, and how many of these late.
    """
    if not line.is_leaf:
        whole = line.reported >= line.expected
        said = say("report.units_state", reported=number(line.reported), expected=number(line.expected))
        late = line.reported - line.on_time
        if late > 0:
            said = say("report.units_late", units=said, late=number(late))
        return MARKS[UnitState.REPORTED if whole else UnitState.PARTIAL], said, "good" if whole else "doubt"
    words = say(f"state.{line.state.value}")
    if line.state not in (UnitState.REPORTED, UnitState.CONFIRMED_ZERO) or line.timeliness is None:
        tone = {UnitState.MISSING: "bad", UnitState.HELD: "doubt"}.get(line.state, "good")
        return MARKS[line.state], words, tone
    timely = say(f"timeliness.{line.timeliness.value}")
    is_late = line.timeliness is Timeliness.LATE
    said = timely if line.state is UnitState.REPORTED else f"{words}, {timely}"
    return LATE_MARK if is_late else MARKS[line.state], said, "late" if is_late else "good"


_CAUSES = {
    CauseKind.CORRECTED: "report.cause_corrected",
    CauseKind.REJECTED: "report.cause_rejected",
    CauseKind.ACCEPTED: "report.cause_accepted",
    CauseKind.SENT: "report.cause_sent",
}


def cause_of(cause: Cause, campaign: Campaign) -> str:
    """Return why a figure changed: whose verdict with its reason, or when the unit sent it; empty for sums."""
    if cause.kind not in _CAUSES or cause.at is None:
        return ""
    at = at_moment("report.cause_at", cause.at, campaign)
    places = {"officer": clean(cause.officer, 60), "reason": clean(cause.reason, 160), "at": at}
    return say(_CAUSES[cause.kind], **places)
