"""Parts that the terminal's pages share: the units of a day, a delivery, days and moments as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from tonghop.cli.terminal import escape
from tonghop.domain.periods import is_before_deadline
from tonghop.report.phrases import title_of
from tonghop.words import number, percent, say, short_day

Told = Mapping[str, Any]
LONGEST_LIST, _MOST_UNITS = 12, 40
_MARKS = {"accepted": "✓", "ready": "…", "in_data": "…", "deferred": "↻", "failed": "✗", "unknown": "?"}


def day_title(told: Told) -> str:
    """Return the page's title: which campaign and day."""
    return say("page.day.title", campaign=told["campaign"], day=day_of(told))


def day_of(told: Told) -> str:
    """Return the day of a document as people write it: ``18/8/2020``."""
    return short_day(date.fromisoformat(told["day"]))


def moment(iso: str, told: Told) -> str:
    """Return a moment of the document as the campaign's clock: ``14:41``, on another day ``08:05 19/8/2020``."""
    at = datetime.fromisoformat(iso)
    if "deadline" in told:  # which stands in the campaign's zone
        at = at.astimezone(datetime.fromisoformat(told["deadline"]).tzinfo)
    return f"{at:%H:%M}" if at.date().isoformat() == told["day"] else f"{at:%H:%M} {short_day(at.date())}"


def deadline_of(told: Told) -> str:
    """Return the day's deadline as a clock."""
    return moment(told["deadline"], told)


def delivery_line(delivery: Told, told: Told) -> str:
    """Return how far a mail to one recipient has come; a report is named by its edition."""
    state, accepted_at = delivery["state"], delivery["accepted_at"]
    at = say("page.delivery.at", at=moment(accepted_at, told)) if accepted_at else ""
    if accepted_at and delivery["kind"] == "report" and "deadline" in told:
        due = datetime.fromisoformat(told["deadline"])
        in_time = is_before_deadline(datetime.fromisoformat(accepted_at), due)
        at += "" if in_time else say("page.delivery.late")
    return say(
        "page.delivery",
        mark=_MARKS[state],
        what=say(f"page.sent.{delivery['kind']}", number=delivery["of_edition"]),
        to=delivery["to"],
        state=say(f"mail.state.{state}"),
        at=at,
        state_en=say(f"mail.state.{state}", "en"),
    )


def units(console: Console, told: Told) -> None:
    """Print the root's rates by named denominator, then the units just below it (all where there are few)."""
    lines: list[Told] = told["units"]
    root = lines[0]
    counts = {key: number(root[key]) for key in ("reported", "expected", "on_time")}
    console.print(say("page.summary", **counts))
    for code, rate in told["rates"].items():
        if root["rates"].get(code) is not None:
            console.print(_rate(root, code, rate), highlight=False)
    shown = (
        lines if len(lines) <= _MOST_UNITS else [u for u in lines if u is root or u["parent"] == root["unit"]]
    )
    table = Table(box=None, pad_edge=False)
    table.add_column(say("page.units.unit"), overflow="fold")
    table.add_column(say("page.units.state"), no_wrap=True)
    table.add_column(say("page.units.reported"), justify="right", no_wrap=True)
    for code in told["rates"]:
        name = title_of("rate", code, "short")
        table.add_column(name, justify="right", min_width=7, max_width=9, overflow="fold")
    for unit in shown:
        rates = [percent(unit["rates"].get(code)) for code in told["rates"]]
        done = f"{number(unit['reported'])}/{number(unit['expected'])}"
        table.add_row(escape(unit["name"]), _standing(unit), done, *rates)
    console.print(table)


def _standing(unit: Told) -> str:
    """Return ``đã báo cáo, trễ hạn``; of a node with units below, or without a report, only how it stands."""
    said = say(f"state.{unit['state']}")
    return f"{said}, {say('timeliness.' + unit['timeliness'])}" if unit["timeliness"] else said


def _rate(unit: Told, code: str, rate: Told) -> str:
    numerator, denominator = (unit["values"][rate[part]] for part in ("numerator", "denominator"))
    words = say(
        "page.rate",
        title=title_of("rate", code),
        numerator=number(numerator),
        denominator=number(denominator),
        rate=percent(unit["rates"][code]),
    )
    return escape(words)


def who(console: Console, told: Told) -> None:
    """Print whose report is held and who has sent none, by name; of many the first ones."""
    names = {unit["unit"]: unit["name"] for unit in told["units"]}
    for key in ("held", "missing"):
        codes = told.get(key, ())
        if codes:
            named = ", ".join(names[code] for code in codes[:LONGEST_LIST])
            left = len(codes) - LONGEST_LIST
            more = say("page.more", count=number(left)) if left > 0 else ""
            console.print(escape(say(f"page.{key}", units=named + more)))
