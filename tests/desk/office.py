"""A district's office: its campaign, a store filled as a morning fills it, and its desk behind a real port."""

from __future__ import annotations

import re
import socket
import ssl
import tempfile
import threading
import time as clocks
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import httpx
import uvicorn
import yaml
from fastapi import FastAPI

from expectations import load_form
from tests.sql.world import entry
from tonghop.cli.desk import rules_of
from tonghop.desk import Campaigns, DeskLimits, DeskParts, create_app
from tonghop.desk.jobs import Jobs
from tonghop.desk.passwords import hash_of
from tonghop.domain.deliveries import OutgoingMessage, Recipient, RecipientKind
from tonghop.domain.entries import EntryState
from tonghop.domain.findings import Finding, Severity
from tonghop.domain.officers import Role
from tonghop.domain.periods import moment
from tonghop.settings import Settings
from tonghop.store import Recorded, RecordedReading, Store, SubmissionState, open_store, upgrade
from tonghop.store.vault import Vault

from zoneinfo import ZoneInfo  # isort: skip

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2020, 8, 18)
NOW = datetime(2020, 8, 18, 13, 42, tzinfo=ZONE)
CAMPAIGN = "tan-chau"
PASSWORD = "mot-mat-khau-dai"
# Two districts under a province, so that an officer may be limited to one of them.
UNITS = """code,name,kind,parent,valid_from,valid_to,reports,emails,phone
90,Tỉnh Tây Ninh,province,,2000-01-01,,no,,
901,Huyện Tân Châu,district,90,2000-01-01,,no,,
90101,Xã Tân Hà,commune,901,2000-01-01,,yes,tanha@tanchau.example.vn,0276 000 001
90102,Xã Tân Đông,commune,901,2000-01-01,,yes,tandong@tanchau.example.vn,0276 000 002
90103,Xã Suối Dây,commune,901,2000-01-01,,yes,,0276 000 003
90104,Xã Tân Hội,commune,901,2000-01-01,,yes,tanhoi@tanchau.example.vn,
90105,Thị trấn Tân Châu,commune,901,2000-01-01,,yes,thitran@tanchau.example.vn,0276 000 005
902,Huyện Tân Biên,district,90,2000-01-01,,no,,
90201,Xã Tân Lập,commune,902,2000-01-01,,yes,tanlap@tanbien.example.vn,0276 000 021
90202,Xã Thạnh Bắc,commune,902,2000-01-01,,yes,,0276 000 022
90203,Xã Thạnh Bình,commune,902,2000-01-01,,yes,thanhbinh@tanbien.example.vn,0276 000 023
"""
# people, smartphone users, installs, staff, staff with the app
FIGURES = {
    "90101": (5200, 2600, 430, 90, 61),
    "90102": (6100, 3200, 512, 104, 77),
    "90103": (4391, 2204, 2349, 84, 57),
    "90104": (7020, 3810, 701, 120, 95),
    "90105": (12400, 7900, 2210, 310, 288),
    "90201": (3900, 2010, 377, 71, 52),
    "90202": (5120, 2720, 455, 88, 60),
    "90203": (4410, 2330, 298, 80, 44),
}
_TLS = ssl.create_default_context()  # read once: every client brings the list of authorities, used or not
INDICATORS = ("population", "smartphone_users", "installs", "staff", "staff_installs")
# Who sits at the desk: name, role, branch.
OFFICERS = (
    ("lan", Role.OFFICER, None, "Nguyễn Thị Lan"),
    ("minh", Role.OFFICER, None, "Trần Văn Minh"),
    ("xem", Role.VIEWER, None, "Lê Thị Xem"),
    ("quantri", Role.ADMIN, None, "Phạm Quản Trị"),
    ("tanchau", Role.OFFICER, "901", "Võ Văn Châu"),
    ("tanbien", Role.OFFICER, "902", "Đỗ Thị Biên"),
)


class Hands:
    """A clock that tests set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at.astimezone(UTC)

    def go(self, by: timedelta) -> None:
        self.at += by


@dataclass
class Office:
    """The desk as tests use it. ``url`` is where it is served; ``client`` logs an officer in."""

    home: Path
    store: Store
    clock: Hands
    app: FastAPI
    jobs: Jobs
    url: str = ""
    path: str = f"/c/{CAMPAIGN}/{DAY}"
    _open: list[httpx.Client] = field(default_factory=list)

    def visitor(self) -> httpx.Client:
        """Return a browser's worth of cookies, nobody logged in."""
        client = httpx.Client(base_url=self.url, timeout=180, verify=_TLS)
        self._open.append(client)
        return client

    def client(self, name: str = "lan") -> httpx.Client:
        """Return a client in which an officer is logged in, that sends the session's token with each change."""
        client = self.visitor()
        answer = log_in(client, name)
        assert answer.status_code == 303, answer.text
        client.headers["X-CSRF-Token"] = token_in(client.get(f"{self.path}/today").text)
        return client

    def close(self) -> None:
        for client in self._open:
            client.close()

    # ---- what a morning brings

    def receive(
        self,
        unit: str | None,
        *,
        at: str = "09:00",
        day: date = DAY,
        name: str = "",
        content: bytes = b"",
        sender: str | None = None,
        state: SubmissionState = SubmissionState.RECEIVED,
    ) -> int:
        """Take a file into the ledger as an intake would, and return its number."""
        received_at = moment(day, time.fromisoformat(at), ZONE)
        name = name or f"{unit}/BC {day.day}-{day.month} {at.replace(':', 'h')}.xlsx"
        content = content or name.encode()
        sha256 = Vault(self.home / "var" / "submissions").keep([content])[0]
        key = f"{name}/{at}"
        arrival = Recorded(
            "file:///shared", key, name, sha256, len(content), sender, unit, received_at, day, state, "folder"
        )
        self.store.ledger.record(CAMPAIGN, [arrival], received_at)
        return max(s.id for s in self.store.ledger.submissions(CAMPAIGN))

    def tell(
        self,
        unit: str,
        *figures: int,
        at: str = "09:00",
        day: date = DAY,
        findings: tuple[Finding, ...] = (),
        name: str = "",
        content: bytes = b"",
        sender: str | None = None,
    ) -> int:
        """Let a unit report; a critical finding holds it. Return the submission's number."""
        submission = self.receive(unit, at=at, day=day, name=name, content=content, sender=sender)
        values = dict(zip(INDICATORS, figures or FIGURES[unit], strict=True))
        one = entry(unit, values, day=day, received_at=moment(day, time.fromisoformat(at), ZONE))
        held = any(finding.holds for finding in findings)
        outcome = RecordedReading(
            submission,
            SubmissionState.READ,
            None,
            ((one, EntryState.HELD if held else EntryState.ACCEPTED),),
            tuple((0, finding) for finding in findings),
        )
        self.store.entries.record(CAMPAIGN, [outcome], one.received_at)
        return submission

    def remind(self, unit: str, at: str = "13:00") -> None:
        """Put a reminder to a unit into the outbox."""
        message = OutgoingMessage(
            f"reminder/{CAMPAIGN}/{DAY}/{unit}/first",
            "reminder",
            f"<{unit}@tanchau.example.vn>",
            "baocao@tanchau.example.vn",
            "Đôn đốc",
            (Recipient(f"{unit}@tanchau.example.vn", RecipientKind.TO),),
            b"Subject: x\r\n\r\ny\r\n",
        )
        self.store.outbox.put(CAMPAIGN, DAY, message, moment(DAY, time.fromisoformat(at), ZONE))


def finding(
    unit: str, code: str = "installs-above-smartphones", severity: str = "critical", **more: str
) -> Finding:
    """Return a finding on a unit's installs, as the rules make it."""
    places = {"found": "2.349", "expected": "2.204", "document": "a.xlsx", **more}
    return Finding(
        code, Severity(severity), unit=unit, indicator="installs", sheet="Sheet1", cell="E5", **places
    )


def fill(office: Office) -> None:
    """Fill the store: a day before on which all reported, and a morning in which some did."""
    before = date.fromordinal(DAY.toordinal() - 1)
    for number, (unit, figures) in enumerate(FIGURES.items()):
        less = (*figures[:2], min(figures[2], figures[1]) - 20, figures[3], figures[4] - 1)
        office.tell(unit, *less, day=before, at=f"{8 + number // 3:02d}:{number % 3 * 17:02d}")
    office.tell("90101", at="08:12", sender="tanha@tanchau.example.vn")
    office.tell("90102", at="10:40")
    office.tell(
        "90103", at="11:05", findings=(finding("90103"), finding("90103", "cumulative-falls", "warning"))
    )
    office.tell("90105", at="13:20", findings=(finding("90105", "cumulative-falls", "warning"),))
    office.tell("90201", at="13:31", findings=(finding("90201"),))
    office.tell("90202", at="09:47")
    office.remind("90104")


def configure(home: Path, smtp_url: str = "") -> Settings:
    """Write the campaign's folder and return the installation's settings."""
    folder = home / "campaigns" / CAMPAIGN
    folder.mkdir(parents=True, exist_ok=True)
    (home / "shared").mkdir(exist_ok=True)
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    campaign = {
        "name": CAMPAIGN,
        "title": "Kết quả triển khai cài đặt ứng dụng Bluezone",
        "form": "bluezone_v1",
        "root": "90",
        "timezone": "Asia/Ho_Chi_Minh",
        "calendar": {"from": date(2020, 8, 10), "to": date(2020, 12, 31), "days": "daily"},
        "cutoffs": {"commune": "14:00"},
        "deadline": "15:00",
        "send_at": "14:40",
        "indicators": list(INDICATORS),
        "targets": [{"rate": "installs_per_smartphone", "at_least": 0.6, "by": date(2020, 8, 21)}],
        "sources": [{"kind": "folder", "url": f"file://{home / 'shared'}"}],
        "report": {
            "sender": {"name": "Sở TTTT tỉnh Tây Ninh", "address": "baocao@tanchau.example.vn"},
            "to": ["so@tayninh.example.vn"],
            "superior": "UBND tỉnh Tây Ninh",
            "issuer": "Sở Thông tin và Truyền thông",
            "place": "Tây Ninh",
            "signer": "GIÁM ĐỐC",
        },
        "missing": "leave_out",
        "corrections": "ask",
    }
    (folder / "campaign.yaml").write_text(
        yaml.safe_dump(campaign, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return Settings(
        home=home / "var", campaigns=home / "campaigns", database_url="", smtp_url=smtp_url, secret_key=""
    )


@contextmanager
def office_in(
    home: Path, limits: DeskLimits | None = None, *, is_filled: bool = False, smtp_url: str = ""
) -> Iterator[Office]:
    """Serve the desk of a province laid out in ``home``; ``is_filled``: its database is there already."""
    with _office(home, limits, smtp_url) as office:
        if not is_filled:
            add_officers(office)
        with served(office.app) as url:
            office.url = url
            yield office
            office.close()


def fill_once(home: Path) -> None:
    """Lay out an office in ``home`` with its officers and its morning, and leave it."""
    with _office(home, None) as office:
        add_officers(office)
        fill(office)


@contextmanager
def _office(home: Path, limits: DeskLimits | None, smtp_url: str = "") -> Iterator[Office]:
    settings = configure(home, smtp_url)
    settings.make_home()
    if not (settings.home / "tonghop.sqlite").exists():
        (settings.home / "tonghop.sqlite").write_bytes(_empty_database())
    clock = Hands(NOW)
    with open_store(settings.database) as store:
        campaigns = Campaigns(settings.campaigns, store)
        assert campaigns.get(CAMPAIGN) is not None
        jobs = Jobs(settings, clock)
        parts = DeskParts(
            settings=settings,
            store=store,
            campaigns=campaigns,
            form_of=load_form,
            rules_of=rules_of,
            clock=clock,
            jobs=jobs,
            hosts=frozenset({"testserver"}),
            limits=limits or DeskLimits(),
        )
        yield Office(home, store, clock, create_app(parts), jobs)
        jobs.close()


@cache
def _empty_database() -> bytes:
    """Return a database with the schema and nothing in it, built once."""
    with tempfile.TemporaryDirectory() as folder:
        upgrade(f"sqlite:///{folder}/tonghop.sqlite")
        return (Path(folder) / "tonghop.sqlite").read_bytes()


def add_officers(office: Office) -> None:
    """Give every officer an account, all with the same password."""
    hashed = hash_of(PASSWORD)  # one for all: each costs a twentieth of a second, on purpose
    for name, role, branch, title in OFFICERS:
        office.store.officers.add(name, title, hashed, role, branch, office.clock())


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port, in a thread of this process."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="error", proxy_headers=True, forwarded_allow_ips="127.0.0.1")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            clocks.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=20)


def log_in(client: httpx.Client, name: str, password: str = PASSWORD, **headers: str) -> httpx.Response:
    """Send the login form as a browser does."""
    form = client.get("/login", headers=headers)
    data = {"csrf": form_token_in(form.text), "name": name, "password": password, "next": ""}
    return client.post("/login", data=data, headers=headers)


def form_token_in(html: str) -> str:
    """Return the token in a page's first form."""
    found = re.search(r'name="csrf" value="([^"]+)"', html)
    assert found, html[:300]
    return found[1]


def token_in(html: str) -> str:
    """Return the session's token that a page hands to its forms."""
    return form_token_in(html)
