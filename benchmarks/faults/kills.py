"""Whole days of both shipped campaigns, struck down by SIGKILL at random moments and started again."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import compat32
from pathlib import Path
from typing import Any

from tests.flows.world import Zygote
from tests.services.dovecot_server import Dovecot
from tests.services.smtp_server import Received, SmtpServer
from tonghop.cli import demo
from tonghop.store import SubmissionState, open_store

WITNESS = "lamchung@example.vn"
TIMES = {"duc-hue": ("14:00", "14:40", "14:52"), "hai-phong": ("16:00", "16:40", "16:52")}
_KILLS_A_DAY = 5


@dataclass
class Struck:
    """What became of one day: how often it was killed and in which command, and what was broken."""

    campaign: str
    kills: Counter[str] = field(default_factory=Counter)
    in_doubt: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Office:
    """A campaign's folders, a relay that takes everything, and the witness."""

    home: Path
    campaign: str
    zygote: Zygote
    relay: SmtpServer
    settings: Mapping[str, str]
    copies: Counter[tuple[str, str]] = field(default_factory=Counter)

    def tonghop(self, *arguments: str, kill_after: float | None = None) -> tuple[int, Any, str]:
        """Run a command line, struck down after so many seconds if it still runs."""
        return self.zygote.run(self.settings, (*arguments, "--json"), "", kill_after)

    def at(self, command: str, clock: str, kill_after: float | None = None) -> tuple[int, Any, str]:
        """Run a flow of the day as if it were a time of it."""
        moment = f"{demo.DAY}T{clock}:00+07:00"
        return self.tonghop(
            command, self.campaign, "--day", f"{demo.DAY}", "--at", moment, kill_after=kill_after
        )


@contextmanager
def an_office(folder: Path, campaign: str, zygote: Zygote, dovecot: Dovecot) -> Iterator[Office]:
    """Yield the campaign's office with the day's shipped submissions in its folder and mailbox."""
    with ExitStack() as stack:
        relay = SmtpServer()
        relay.start()
        stack.callback(relay.stop)
        demo._lay_out(folder)
        demo._receive(folder, campaign, demo.DAY)
        # A mailbox of its own: the same report of another day played has the same Message-ID.
        user = f"lamchung-{folder.name}"
        settings = {
            "TONGHOP_HOME": str(folder / "var"),
            "TONGHOP_CAMPAIGNS": str(folder / "campaigns"),
            "TONGHOP_SMTP_URL": relay.url_with("timeout=30&patience=30"),
            "TONGHOP_WITNESS_URL": f"{dovecot.imap_url(user)}?address={WITNESS}",
            "TONGHOP_DATABASE_URL": "",
        }
        office = Office(folder, campaign, zygote, relay, settings)

        def keep(message: Received) -> None:
            identity = str(message_from_bytes(message.content, policy=compat32)["Message-ID"]).strip()
            for address in message.recipients:
                office.copies[identity, address] += 1
            if WITNESS in message.recipients:
                dovecot.deliver(user, message.content)

        relay.keep = keep  # the relay's own delivery of the blind copy
        yield office


def how_long(office: Office) -> Mapping[str, float]:
    """Return the seconds that each command of an undisturbed day takes, and check that it goes well."""
    spent = {}
    for command, clock in zip(("intake", "run"), TIMES[office.campaign][:2], strict=True):
        began = time.monotonic()
        code, _, error = office.at(command, clock)
        spent[command] = time.monotonic() - began
        if code not in (0, 1):
            raise RuntimeError(error)
    return spent


def struck_day(office: Office, spent: Mapping[str, float], chance: random.Random, kills: int) -> Struck:
    """Return what became of a day whose commands are killed so many times, and then let be."""
    struck = Struck(office.campaign)
    clocks = dict(zip(("intake", "run"), TIMES[office.campaign][:2], strict=True))
    for _ in range(kills):
        command = chance.choice(("intake", "run", "run"))
        code, _, _ = office.at(command, clocks[command], chance.uniform(0, spent[command]))
        if code == -9:
            struck.kills[command] += 1
    last = TIMES[office.campaign][2]
    code, told, error = office.at("run", last)
    if code not in (0, 1):
        struck.wrong.append(f"the run after the kills ended {code}: {error[-300:]}")
        return struck
    struck.in_doubt = _answer(office, told)
    if struck.in_doubt:
        _, told, _ = office.at("run", last)
    struck.wrong += _broken(office, told)
    return struck


def _answer(office: Office, told: Mapping[str, Any]) -> int:
    """Settle, as a person who asked the recipients, what no witness could; return how many there were."""
    doubtful = [one for one in told["deliveries"] if one["state"] == "unknown"]
    for one in doubtful:
        arrived = office.copies[one["message_id"], one["to"]] > 0
        answer = ("--arrived" if arrived else "--not-arrived", "--reason", "đã hỏi", "--to", one["to"])
        office.tonghop("settle", office.campaign, one["message_id"], *answer)
    return len(doubtful)


def _broken(office: Office, told: Mapping[str, Any]) -> Iterator[str]:
    for one in told["deliveries"]:
        copies = office.copies[one["message_id"], one["to"]]
        if one["state"] != "accepted" or copies != 1:
            yield f"{one['to']}: {one['state']} with {copies} copies"
    if len({one["message_id"] for one in told["deliveries"]}) != 1:
        yield f"{len(told['deliveries'])} deliveries of several reports"
    with open_store(f"sqlite:///{office.home / 'var' / 'tonghop.sqlite'}", create=False) as store:
        submissions = store.ledger.submissions(office.campaign)
    twice = sum(times > 1 for times in Counter(one.sha256 for one in submissions).values())
    unread = sum(one.state is SubmissionState.RECEIVED for one in submissions)
    if twice or unread:
        yield f"{twice} submissions twice, {unread} unread"


def strike(folder: Path, kills: int, seed: int) -> list[Struck]:
    """Return the days of both campaigns in which a process was killed ``kills`` times in all."""
    chance = random.Random(seed)
    days: list[Struck] = []
    with ExitStack() as stack:
        zygote = Zygote()
        stack.callback(zygote.close)
        folder.chmod(0o755)
        dovecot = Dovecot(folder / "dovecot")
        dovecot.start()
        stack.callback(dovecot.stop)
        spent = {}
        for campaign in TIMES:
            with an_office(folder / f"{campaign}-undisturbed", campaign, zygote, dovecot) as office:
                spent[campaign] = how_long(office)
        while (done := sum(sum(day.kills.values()) for day in days)) < kills:
            campaign = list(TIMES)[len(days) % len(TIMES)]
            with an_office(folder / f"{len(days)}", campaign, zygote, dovecot) as office:
                few = min(_KILLS_A_DAY, kills - done)
                days.append(struck_day(office, spent[campaign], chance, few))
            print(f"{done + few} of {kills} kills tried; {days[-1]}", file=sys.stderr, flush=True)
    return days
