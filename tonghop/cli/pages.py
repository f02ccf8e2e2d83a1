"""The pages a person reads on the terminal; every text that came from a file is escaped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from tonghop.cli.page_parts import day_of, day_title, deadline_of, delivery_line, moment, units, who
from tonghop.cli.terminal import escape
from tonghop.report.phrases import title_of
from tonghop.words import number, say, short_day

Told = Mapping[str, Any]


def show(page: str, told: Told) -> None:
    """Print the page of a command, then what needs a person and what failed."""
    console = Console()
    PAGES.get(page, _plain)(console, told)
    _notes(console, "page.failed", told.get("failed"), "red")
    _notes(console, "page.needs_person", told.get("needs_person"), "yellow")


def _day(console: Console, told: Told) -> None:
    console.print(f"[bold]{escape(day_title(told))}[/]")
    if told.get("note"):
        console.print(escape(str(told["note"])))
    units(console, told)
    who(console, told)
    if told.get("edition"):
        console.print(say("page.edition", number=told["edition"], deadline=deadline_of(told)))
    _deliveries(console, told, told.get("deliveries", ()))


def _status(console: Console, told: Told) -> None:
    console.print(f"[bold]{escape(day_title(told))}[/]")
    if told["note"]:
        console.print(escape(told["note"]))
    units(console, told)
    who(console, told)
    if told["owes"]:
        console.print(say("page.owes"))
    for owing in told["owes"]:
        contact = " · ".join([*owing["emails"], owing["phone"]]).strip(" ·")
        who_owes = f"  {owing['unit']} {owing['name']}: {contact or '–'}"
        console.print(escape(who_owes), highlight=False, soft_wrap=True)
    _contacts(console, told)
    for finding in told["findings"]:
        console.print(
            f"  {say('severity.' + finding['severity'])}: {escape(finding['message'])} ({escape(finding['file'])})"
        )
    for message in told["quarantined"]:
        at = moment(message["received_at"], told)
        console.print(escape(say("page.quarantined", sender=message["sender"] or "–", at=at)))
    for edition in told["editions"] or ():
        console.print(say("page.edition", number=edition["number"], deadline=deadline_of(told)))
    if not told["editions"]:
        console.print(say("page.no_edition"))
    quiet = ("answer", "receipt")
    _deliveries(
        console,
        told,
        [d for d in told["deliveries"] if d["kind"] not in quiet or d["state"] in ("failed", "unknown")],
    )


def _deliveries(console: Console, told: Told, deliveries: Iterable[Told]) -> None:
    for delivery in deliveries:
        console.print(escape(delivery_line(delivery, told)), highlight=False, soft_wrap=True)


def _contacts(console: Console, told: Told) -> None:
    """Print the addresses that no reminder reaches, or whose last mail came back, and foreign notices."""
    for contact in told["contacts"]:
        for note in contact["notes"]:
            console.print(escape(f"  {contact['unit']} {note}"))
    if told["foreign_notices"]:
        console.print(escape(say("remind.contact.foreign", count=told["foreign_notices"])))


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
        console.print(say("remind.next", at=moment(told["next_turn"], told)))


def _contact(console: Console, told: Told) -> None:
    console.print(escape(told["note"]))


def _export(console: Console, told: Told) -> None:
    done = say("export.done", **{**told, "day": day_of(told)})
    console.print(f"[bold]{escape(done)}[/]", soft_wrap=True)
    console.print(say("export.personal"))
    console.print(escape(say("export.verify")))


def _watch(console: Console, told: Told) -> None:
    if not told["alarm"]:
        console.print(say(f"page.watch.{told['report']}"))
    _deliveries(console, told, told["deliveries"])


def _check(console: Console, told: Told) -> None:
    for file in told["files"]:
        console.print(f"[bold]{escape(file['file'])}[/]: {say('page.check.' + file['status'])}")
        if file["reason"]:
            console.print(f"  {escape(file['reason'])}")
        for entry in file["entries"]:
            values = ", ".join(
                f"{title_of('indicator', code, 'short')} {number(v['value'])} ({_place(v)})"
                for code, v in entry["values"].items()
            )
            console.print(f"  {escape(str(entry['unit'] or '?'))} {day_of(entry)}: {escape(values)}")
        for finding in file["findings"]:
            if finding["message"] != file["reason"]:
                console.print(f"  • {escape(finding['message'])}")


def _place(value: Told) -> str:
    """Return where a figure stands; a text file has no sheets."""
    return "!".join(part for part in (value["sheet"], value["cell"]) if part)


def _settle(console: Console, told: Told) -> None:
    for one in told["settled"]:
        console.print(escape(f"{one['to']}: {told['state']}"))
    console.print(escape(told["next"]))


def _trace(console: Console, told: Told) -> None:
    title = say(
        "page.trace.title",
        name=told["name"],
        indicator=title_of("indicator", told["indicator"]),
        value=number(told["value"]),
    )
    console.print(f"[bold]{escape(title)}[/]")
    if told["carried_from"]:
        console.print(say("trace.carried", day=short_day(date.fromisoformat(told["carried_from"]))))
    for source in told["sources"]:
        places = " · ".join(dict.fromkeys(p for p in (source["file"], source["document"]) if p))
        words = {
            **source,
            "value": number(source["value"]),
            "state": say(f"entry.{source['state']}"),
            "places": f"{source['unit']} {places}",
            "sender": source["sender"] or source["source"],
            "received_at": moment(source["received_at"], told),
        }
        console.print(escape(say("page.trace.row", **words)))
        if source["corrected"]:
            corrected = source["corrected"]
            figures = {key: number(corrected[key]) for key in ("old", "new")}
            at = {"at": moment(corrected["at"], told)}
            console.print(escape(say("page.trace.corrected", **{**corrected, **figures, **at})))
        for verdict in source["verdicts"]:
            words = {"decision": say(f"verdict.{verdict['decision']}"), "at": moment(verdict["at"], told)}
            console.print(escape(say("page.trace.verdict", **{**verdict, **words})))
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
