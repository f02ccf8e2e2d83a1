"""A small district's house for the simulated days: stored entries, two relays, a witness, a web address for alarms."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.faults.clock import SimulatedClock
from benchmarks.faults.relays import ScriptedRelay
from tests.flows.world import FIGURES, ZONE, District
from tests.services.dovecot_server import Dovecot, certificate_of
from tonghop.campaigns import Campaign, load_campaign
from tonghop.settings import Settings

NAME, FIRST = "tan-chau", date(2020, 8, 18)
TO, COPY, WITNESS = "so@tayninh.example.vn", "ubnd@tanchau.example.vn", "lamchung@tanchau.example.vn"
WATCH = [10, 5, 2]


@dataclass
class House:
    """What all simulated days of one process share."""

    settings: Settings
    campaign: Campaign
    relays: tuple[ScriptedRelay, ScriptedRelay]
    dovecot: Dovecot
    posts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def database(self) -> Path:
        """Return the file of the database."""
        return self.settings.home / "tonghop.sqlite"


@contextmanager
def a_house(folder: Path, days: int) -> Iterator[House]:
    """Yield a house whose communes have reported on each of so many days, taken in by the real intake."""
    with ExitStack() as stack:
        folder.chmod(0o755)  # the witness's server runs under another account
        dovecot = Dovecot(folder / "dovecot")
        dovecot.start()
        stack.callback(dovecot.stop)
        posts: list[dict[str, Any]] = []
        clock = SimulatedClock(datetime.combine(FIRST, time(14, 40), ZONE))
        plain = ScriptedRelay(clock, clock())
        guarded = ScriptedRelay(clock, clock(), certificate_of(folder), {"baocao": "mk1"})
        for relay in (plain, guarded):
            stack.callback(relay.server.stop)
        settings = _settings(folder, (plain, guarded), dovecot, stack.enter_context(_web(posts)))
        _fill(folder, days)
        yield House(settings, load_campaign(settings.campaigns, NAME), (plain, guarded), dovecot, posts)


def _settings(folder: Path, relays: tuple[ScriptedRelay, ...], dovecot: Dovecot, web: str) -> Settings:
    home = folder / "house"
    told = {
        "TONGHOP_HOME": str(home / "var"),
        "TONGHOP_CAMPAIGNS": str(home / "campaigns"),
        "TONGHOP_DATABASE_URL": f"sqlite:///{home / 'var' / 'tonghop.sqlite'}?timeout=0.05",
        "TONGHOP_SMTP_URL": " ".join(relay.url for relay in relays),
        "TONGHOP_WITNESS_URL": f"{dovecot.imap_url('lamchung')}?address={WITNESS}",
        "TONGHOP_ALARM_WEBHOOK": web,
    }
    os.environ.update(told)
    return Settings()


def _fill(folder: Path, days: int) -> None:
    """Let every commune send its workbook for every day, and take them all in."""
    from flows.intake import intake

    district = District(folder / "house", "", None)  # no command line is run here
    district.configure(
        calendar={"from": FIRST, "to": FIRST + timedelta(days=days + 1), "days": "daily"},
        watch=WATCH,
        missing="carry_forward",
    )
    for number in range(days):
        day = FIRST + timedelta(days=number)
        for unit, (people, phones, installs, staff, staffed) in FIGURES.items():
            figures = (people, phones, min(installs + number, phones), staff, staffed)
            district.send(unit, figures, day=day, name=f"BC {unit} {day.isoformat()}.xlsx")
        if number % 50 == 49 or number == days - 1:
            intake.fn(NAME, day, datetime.combine(day, time(14, 30), ZONE))


@contextmanager
def _web(posts: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the address of a web server that keeps what is posted to it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/alarm"
        server.shutdown()
