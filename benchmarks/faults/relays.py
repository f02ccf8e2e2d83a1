"""Mail servers that misbehave by the simulated clock, and what they may do wrong at each command."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.faults.clock import SimulatedClock
from tests.services.smtp_server import Action, Drop, Received, Reply, SmtpServer, Stall
from tonghop.mail.outbox import hurried
from tonghop.mail.relays import Relay, Security

NOMINAL = Relay("relay", 25, Security.NONE)
REAL_SECONDS = 0.3
"""How long the client really waits for a relay that hangs; on the simulated clock it is what ``NOMINAL`` says."""

WRONG = {
    "connect": ("250 hello", "421 4.3.2 closing", "451 4.3.0 busy", "554 5.3.2 no service"),
    "ehlo": ("354 what", "421 4.3.2 closing", "451 4.3.0 busy", "502 5.5.1 no", "554 5.7.1 go away"),
    "starttls": ("250 no", "421 4.3.2 closing", "454 4.7.0 no TLS now", "502 5.5.1 no"),
    "auth": ("250 what", "421 4.3.2 closing", "454 4.7.0 later", "535 5.7.8 wrong password"),
    "mail": ("354 what", "421 4.3.2 closing", "451 4.3.0 busy", "530 5.7.0 log in", "550 5.7.1 no", "552 5.3.4 big"),
    "rcpt": ("354 what", "421 4.3.2 closing", "450 4.2.0 grey", "550 5.1.1 unknown", "554 5.7.1 relaying denied"),
    "data": ("250 what", "421 4.3.2 closing", "451 4.3.0 busy", "554 5.5.1 no"),
    "end": ("354 what", "421 4.3.2 closing", "451 4.3.0 busy", "452 4.3.1 full", "552 5.3.4 big", "554 5.6.0 no"),
    "quit": ("250 what", "421 4.3.2 closing", "500 5.5.1 what"),
}  # fmt: skip
HARMLESS = frozenset({"quit"})
"""What goes wrong here comes after the message was taken."""


@dataclass(frozen=True)
class Fault:
    """One way to misbehave: at a command, for some recipients or all. ``name`` is what the figures count."""

    stage: str
    action: Action
    argument: str = ""

    @property
    def name(self) -> str:
        """Return ``mail 451``, ``end drop (kept)``, ``rcpt 550 (partial)``."""
        kept = " (kept)" if getattr(self.action, "kept", False) else ""
        what = (
            self.action.line.split()[0]
            if isinstance(self.action, Reply)
            else type(self.action).__name__.lower()
        )
        return f"{self.stage} {what}{kept}{' (partial)' if self.argument else ''}"


def every_fault(copy_to: str) -> tuple[Fault, ...]:
    """Return every reply class, a drop and a hang at every command; at the end, with the message kept and lost."""
    found = [Fault(stage, Reply(line)) for stage, lines in WRONG.items() for line in lines]
    for stage in (*WRONG, "body"):
        found += [Fault(stage, Drop()), Fault(stage, Stall())]
    found += [Fault("tls", Reply("220 no handshake")), Fault("tls", Drop()), Fault("tls", Stall())]
    found += [Fault("end", Drop(kept=True)), Fault("end", Stall(kept=True))]
    found += [
        Fault("rcpt", Reply("450 4.2.0 mailbox busy"), copy_to),
        Fault("rcpt", Reply("550 5.2.1 off"), copy_to),
    ]
    return tuple(found)


@dataclass
class Plan:
    """A relay's day: spans of time, each good or with its fault; ``grey``: seconds a new sender is put off."""

    spans: Sequence[tuple[datetime, datetime, Fault | None]]
    grey: float = 0.0
    first_seen: datetime | None = None

    def fault_at(self, at: datetime) -> Fault | None:
        """Return what goes wrong at a moment; outside all spans nothing does."""
        return next((fault for start, end, fault in self.spans if start <= at < end), None)

    def open_spans(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """Return when, between two moments, the relay takes a message for everyone."""
        ready = self.first_seen + timedelta(seconds=self.grey) if self.grey and self.first_seen else start
        found = []
        for begin, finish, fault in self.spans:
            first, last = max(begin, start, ready), min(finish, end)
            if (fault is None or fault.stage in HARMLESS) and first < last:
                if found and found[-1][1] == first:
                    first = found.pop()[0]
                found.append((first, last))
        return found


@dataclass
class ScriptedRelay:
    """A real server that does what its plan says for the simulated moment."""

    clock: SimulatedClock
    deadline: datetime
    certificate: tuple[Path, Path] | None = None
    users: dict[str, str] = field(default_factory=dict)
    on_kept: Callable[[Received], None] = lambda _: None
    seen: Counter[str] = field(default_factory=Counter)
    plan: Plan = field(default_factory=lambda: Plan(()))
    at_command: Callable[[str], None] = lambda _: None

    def __post_init__(self) -> None:
        self.server = SmtpServer(certificate=self.certificate, users=self.users)
        self.server.action = self._action  # by the clock, not by a script
        self.server.keep = self._keep
        self.server.start()
        self._wrote = threading.Lock()

    @property
    def url(self) -> str:
        """Return the relay's URL with the real time-outs."""
        tls = "&starttls=required" if self.certificate else ""
        return self.server.url_with(f"timeout={REAL_SECONDS}&patience={REAL_SECONDS}{tls}")

    def begin(self, clock: SimulatedClock, deadline: datetime, plan: Plan) -> None:
        """Begin another day."""
        self.clock, self.deadline, self.plan = clock, deadline, plan

    def _action(self, stage: str, line: str = "") -> Action | None:
        self.at_command(stage)
        fault = self.plan.fault_at(self.clock())
        if fault is not None and fault.stage == stage and fault.argument in line:
            self.seen[fault.name] += 1
            if isinstance(fault.action, Stall):
                self._hang(stage)
            return fault.action
        return self._greylisted() if stage == "rcpt" and self.plan.grey else None

    def _hang(self, stage: str) -> None:
        """Let the time pass that the client would really wait."""
        now = self.clock()
        relay = hurried(NOMINAL, now, self.deadline, 2)
        self.clock.pass_time(relay.patience if stage in ("body", "end") else relay.timeout)

    def _greylisted(self) -> Action | None:
        now = self.clock()
        self.plan.first_seen = self.plan.first_seen or now
        if now < self.plan.first_seen + timedelta(seconds=self.plan.grey):
            self.seen["rcpt greylisted"] += 1
            return Reply("451 4.7.1 greylisted, try again later")
        return None

    def _keep(self, message: Received) -> None:
        with self._wrote:
            self.on_kept(message)


def a_plan(chance: random.Random, faults: Sequence[Fault], start: datetime, deadline: datetime) -> Plan:
    """Return a relay's random day: how much of it is good differs from day to day, and often only the end is."""
    early, late = chance.choice(((0.0, 0.0), (0.0, 0.1), (0.0, 0.3), (0.0, 0.3), (0.15, 0.15), (0.6, 0.6)))
    spans: list[tuple[datetime, datetime, Fault | None]] = []
    at = start
    while at < deadline:
        end = min(at + timedelta(seconds=chance.choice((20, 35, 45, 90, 180, 400))), deadline)
        health = late if at >= deadline - timedelta(minutes=10) else early
        spans.append((at, end, None if chance.random() < health else chance.choice(faults)))
        at = end
    return Plan(spans, grey=chance.choice((0, 0, 0, 60, 180, 300)))
