"""The pages a person reads on the terminal; every text that came from a file is escaped."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tonghop.words import number, percent, say

Told = Mapping[str, Any]
LONGEST_LIST = 12
MARKS = {"accepted": "✓", "ready": "…", "in_data": "…", "deferred": "↻", "failed": "✗", "unknown": "?"}


def show(page: str, told: Told) -> None:
    """Print the page of a command, then what needs a person and what failed."""
    console = Console()
    PAGES.get(page, _plain)(console, told)
    _notes(console, "page.failed", told.get("failed"), "red")
    _notes(console, "page.needs_person", told.get("needs_person"), "yellow")


def _day(console: Console, told: Told) -> None:
    console.print(f"[bold]{escape(say('page.day.title', campaign=told['campaign'], day=told['day']))}[/]")
    if told.get("note"):
        console.print(escape(str(told["note"])))
    _units(console, told)
    _who(console, told)
    if told.get("edition"):
        console.print(say("page.edition", number=told["edition"], deadline=told["deadline"]))
    for delivery in told.get("deliveries", ()):
        _delivery(console, delivery)


def _status(console: Console, told: Told) -> None:
    console.print(f"[bold]{escape(say('page.day.title', campaign=told['campaign'], day=told['day']))}[/]")
    if told["note"]:
        console.print(escape(told["note"]))
    _units(console, told)
    _who(console, told)
    for owing in told["owes"]:
        contact = " · ".join([*owing["emails"], owing["phone"]]).strip(" ·")
        console.print(f"  {escape(owing['unit'])} {escape(owing['name'])}: {escape(contact) or '–'}")
    _contacts(console, told)
    for finding in told["findings"]:
        console.print(
            f"  {say('severity.' + finding['severity'])}: {escape(finding['message'])} ({escape(finding['file'])})"
        )
    for message in told["quarantined"]:
        console.print(
            escape(say("page.quarantined", sender=message["sender"] or "–", at=message["received_at"]))
        )
    for edition in told["editions"] or ():
        console.print(say("page.edition", number=edition["number"], deadline=told["deadline"]))
    if not told["editions"]:
        console.print(say("page.no_edition"))
    for delivery in told["deliveries"]:
        if delivery["kind"] not in ("answer", "receipt") or delivery["state"] in ("failed", "unknown"):
            _delivery(console, delivery)


def _contacts(console: Console, told: Told) -> None:
    """Print the addresses that no reminder reaches, or whose last mail came back, and foreign notices."""
    for contact in told["contacts"]:
        for note in contact["notes"]:
            console.print(escape(f"  {contact['unit']} {note}"))
    if told["foreign_notices"]:
        console.print(escape(say("remind.contact.foreign", count=told["foreign_notices"])))


def _units(console: Console, told: Told) -> None:
    """Print the root's rates by named denominator, then the units just below it (all where there are few)."""
    units: list[Told] = told["units"]
    root = units[0]
    console.print(say("page.summary", **{key: root[key] for key in ("reported", "expected", "on_time")}))
    for code, rate in told["rates"].items():
        if root["rates"].get(code) is not None:
            console.print(_rate(root, code, rate), highlight=False)
    shown = units if len(units) <= 40 else [u for u in units if u is root or u["parent"] == root["unit"]]
    table = Table(box=None, pad_edge=False)
    table.add_column(say("page.units.unit"), overflow="fold")
    table.add_column(say("page.units.state"), no_wrap=True)
    table.add_column(say("page.units.reported"), justify="right", no_wrap=True)
    for code in told["rates"]:
        table.add_column(
            say(f"rate.{code}.short"), justify="right", min_width=7, max_width=9, overflow="fold"
        )
    for unit in shown:
        rates = [percent(unit["rates"].get(code)) for code in told["rates"]]
        done = f"{unit['reported']}/{unit['expected']}"
        table.add_row(escape(unit["name"]), say(f"state.{unit['state']}"), done, *rates)
    console.print(table)


def _rate(unit: Told, code: str, rate: Told) -> str:
    numerator, denominator = (unit["values"][rate[part]] for part in ("numerator", "denominator"))
    words = say(
        "page.rate",
        title=say(f"rate.{code}"),
        numerator=number(numerator),
        denominator=number(denominator),
        rate=percent(unit["rates"][code]),
    )
    return escape(words)


def _who(console: Console, told: Told) -> None:
    names = {unit["unit"]: unit["name"] for unit in told["units"]}
    for key in ("held", "missing"):
        codes = told.get(key, ())
        if codes:
            named = ", ".join(names[code] for code in codes[:LONGEST_LIST])
            more = say("page.more", count=len(codes) - LONGEST_LIST) if len(codes) > LONGEST_LIST else ""
            console.print(escape(say(f"page.{key}", units=named + more)))


def _delivery(console: Console, delivery: Told) -> None:
    line = say(
        "page.delivery",
        mark=MARKS[delivery["state"]],
        kind=delivery["kind"],
        to=delivery["to"],
        state=delivery["state"],
        at=delivery["accepted_at"] or "",
    )
    console.print(escape(line))


def _intake(console: Console, told: Told) -> None:
    entries = (
        ", ".join(f"{say(f'entry.{state}')}: {count}" for state, count in told["entries"].items()) or "–"
    )
    console.print(say("page.intake", new=told["new"], entries=entries))
    for finding in told["findings"]:
        place = " ".join(str(finding[key]) for key in ("file", "sheet", "cell") if finding.get(key))
        console.print(f"  {escape(finding['message'])} ({escape(place)})")


def _remind(console: Console, told: Told) -> None:
    console.print(say("page.remind", count=len(told["reminded"]), call=len(told["calls"])))
    if told["turn"] is None:
        console.print(say("remind.no_turn"))
    for call in told["calls"]:
        words = {"name": call["name"], "unit": call["unit"], "why": say(f"remind.why.{call['why']}")}
        phone = call["phone"] or say("remind.no_phone")
        console.print(escape("  " + say("remind.digest.call_one", phone=phone, **words)))
    if told["next_turn"]:
        console.print(say("remind.next", at=told["next_turn"]))


def _contact(console: Console, told: Told) -> None:
    console.print(escape(told["note"]))


def _export(console: Console, told: Told) -> None:
    console.print(f"[bold]{escape(say('export.done', **told))}[/]", soft_wrap=True)
    console.print(say("export.personal"))
    console.print(escape(say("export.verify")))


def _watch(console: Console, told: Told) -> None:
    if not told["alarm"]:
        console.print(say(f"page.watch.{told['report']}"))
    for delivery in told["deliveries"]:
        _delivery(console, delivery)


def _check(console: Console, told: Told) -> None:
    for file in told["files"]:
        console.print(f"[bold]{escape(file['file'])}[/]: {say('page.check.' + file['status'])}")
        if file["reason"]:
            console.print(f"  {escape(file['reason'])}")
        for entry in file["entries"]:
            values = ", ".join(
                f"{say(f'indicator.{code}.short')} {number(v['value'])} ({v['sheet']}!{v['cell']})"
                for code, v in entry["values"].items()
            )
            console.print(f"  {escape(str(entry['unit'] or '?'))} {entry['day']}: {escape(values)}")
        for finding in file["findings"]:
            console.print(f"  • {escape(finding['message'])}")


def _settle(console: Console, told: Told) -> None:
    for one in told["settled"]:
        console.print(escape(f"{one['to']}: {told['state']}"))
    console.print(escape(told["next"]))


def _trace(console: Console, told: Told) -> None:
    title = say(
        "page.trace.title",
        name=told["name"],
        indicator=say(f"indicator.{told['indicator']}"),
        value=number(told["value"]),
    )
    console.print(f"[bold]{escape(title)}[/]")
    for source in told["sources"]:
        places = " · ".join(dict.fromkeys(p for p in (source["file"], source["document"]) if p))
        words = {
            **source,
            "value": number(source["value"]),
            "state": say(f"entry.{source['state']}"),
            "places": f"{source['unit']} {places}",
            "sender": source["sender"] or source["source"],
        }
        console.print(escape(say("page.trace.row", **words)))
        if source["corrected"]:
            corrected = source["corrected"]
            figures = {key: number(corrected[key]) for key in ("old", "new")}
            console.print(escape(say("page.trace.corrected", **{**corrected, **figures})))
        for verdict in source["verdicts"]:
            decided = say(f"verdict.{verdict['decision']}")
            console.print(escape(say("page.trace.verdict", **{**verdict, "decision": decided})))
    if not told["sources"]:
        console.print(say("page.trace.none"))


def _doctor(console: Console, told: Told) -> None:
    for one in told["checks"]:
        # What works, yet wants something done, is no fault; a tick beside it would say that all is well.
        mark = "[red]✗[/]" if not one["ok"] else "[yellow]![/]" if one["to_do"] else "[green]✓[/]"
        console.print(f"{mark} {escape(one['what'].strip())}: {escape(one['said'])}")
        if one["to_do"]:
            console.print(f"    → {escape(one['to_do'])}")


def _backfill(console: Console, told: Told) -> None:
    for day in told["days"]:
        _day(console, day)


def _demo(console: Console, told: Told) -> None:
    for day in told["campaigns"].values():
        _day(console, day)
        console.print()
    console.print(f"[bold]{say('page.demo.mails')}[/]")
    for mail in told["mails"]:
        console.print(f"  {escape(_short(mail))}", soft_wrap=True)
    home = escape(_short(told["home"]))
    installed = f"TONGHOP_HOME={home} TONGHOP_CAMPAIGNS={home}/campaigns .venv/bin/tonghop"
    console.print(f"[bold]{say('page.demo.next')}[/]")
    console.print(f"  {say('page.demo.open')}")
    for command, what in (
        (f"TONGHOP_HOME={home} .venv/bin/tonghop status duc-hue --day 2020-08-18", "status"),
        (f"TONGHOP_HOME={home} .venv/bin/tonghop trace duc-hue 27916 installs --day 2020-08-18", "trace"),
        (f"{installed} officer add lan --role officer", "officer"),
        (f"{installed} desk --at 2020-08-18T16:45:00+07:00", "desk"),
        (".venv/bin/tonghop up", "up"),
    ):
        console.print(f"  {command}\n      {say(f'page.demo.{what}')}", soft_wrap=True)


def _short(path: str) -> str:
    """Return a path from here where it lies below, else in full: nobody counts a row of ``../``."""
    return os.path.relpath(path) if Path(path).absolute().is_relative_to(Path.cwd()) else path


def _officers(console: Console, told: Told) -> None:
    officers = told["officers"] if "officers" in told else [told["officer"]]
    for one in officers:
        places = {
            "name": one["name"],
            "title": one["title"] or "–",
            "role": say(f"desk.role.{one['role']}"),
            "branch": one["branch"] or say("officer.whole"),
            "state": say("officer.disabled") if one["disabled_at"] else "",
        }
        console.print(escape(say("officer.line", **places)))
    if not officers:
        console.print(say("officer.none"))


def _form(console: Console, told: Told) -> None:
    console.print(say("page.form", count=len(told["files"])))
    for file in told["files"]:
        console.print(f"  {escape(file)}", soft_wrap=True)


def _plain(console: Console, told: Told) -> None:
    for key, value in told.items():
        if key not in ("failed", "needs_person", "exit_code"):
            console.print(escape(f"{key}: {value}"))


def _notes(console: Console, title: str, notes: Any, colour: str) -> None:
    if notes:
        console.print(f"[{colour}]{say(title)}[/]")
        for note in notes:
            console.print(f"  • {escape(str(note))}")


PAGES: Mapping[str, Callable[[Console, Told], None]] = {
    "day": _day,
    "status": _status,
    "intake": _intake,
    "remind": _remind,
    "contact": _contact,
    "export": _export,
    "form": _form,
    "watch": _watch,
    "check": _check,
    "trace": _trace,
    "settle": _settle,
    "doctor": _doctor,
    "backfill": _backfill,
    "demo": _demo,
    "officers": _officers,
}
