"""A small campaign to write tests in: units, submissions and entries in few words."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any, Self
from zoneinfo import ZoneInfo

import psycopg

from tonghop.campaigns.model import Target
from tonghop.domain.deliveries import OutgoingMessage, Recipient, RecipientKind
from tonghop.domain.entries import Entry, EntryState, Origin
from tonghop.domain.findings import Finding
from tonghop.domain.forms import Form, Indicator, Rate
from tonghop.domain.periods import moment
from tonghop.domain.reading import Figure
from tonghop.domain.totals import DayTotals
from tonghop.domain.units import Unit, UnitTree
from tonghop.store import Recorded, RecordedReading, Store, SubmissionState, open_store

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2020, 8, 18)
AT = datetime(2020, 8, 18, 7, 40, tzinfo=UTC)
FORM = Form(
    "bluezone_v1",
    (
        Indicator("population"),
        Indicator("smartphone_users", required=False),
        Indicator("installs", cumulative=True),
        Indicator("calls", required=False),
    ),
    (
        Rate("installs_per_population", "installs", "population"),
        Rate("installs_per_smartphone", "installs", "smartphone_users"),
    ),
    (),
)


def unit(code: str, parent: str | None, kind: str = "commune", **more: Any) -> Unit:
    values = {"name": code, "valid_from": date(2020, 1, 1), "valid_to": None, "reports": kind == "commune"}
    return Unit(code=code, kind=kind, parent=parent, **{**values, **more})


UNITS = (
    unit("huyện", "tỉnh", "district"),
    unit("xã-1", "huyện"),
    unit("xã-2", "huyện"),
    unit("xã-3", "huyện"),
)


@dataclass
class World:
    """A campaign under way. ``tell`` is one submission of one unit, taken in and read."""

    store: Store
    units: Sequence[Unit] = UNITS
    root: str = "huyện"
    form: Form = FORM
    targets: Sequence[Target] = (Target(rate="installs_per_population", at_least=0.6),)
    missing: Any = "leave_out"
    campaign: str = "duc-hue"
    cutoff: time = time(14, 0)
    _numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.store.units.sync(self.campaign, self.units)

    @classmethod
    @contextmanager
    def on(cls, url: str, **more: Any) -> Iterator[Self]:
        with open_store(url) as store:
            yield cls(store, **more)

    def arrival(self, name: str | None = None, **more: Any) -> Recorded:
        number = next(self._numbers)
        name = name or f"{number}.xlsx"
        received_at = more.pop("received_at", moment(DAY, time(9, 0), ZONE) + timedelta(seconds=number))
        values: dict[str, Any] = {
            "source": "file:///srv",
            "key": f"{name}/{number}",
            "sha256": hashlib.sha256(
                name.encode("utf-8", "surrogateescape").replace(b"\x00", b"?")
            ).hexdigest(),
            "size": 5,
            "sender": None,
            "branch": None,
            "received_day": received_at.astimezone(ZONE).date(),
            "state": SubmissionState.RECEIVED,
        }
        return Recorded(name=name, received_at=received_at, **{**values, **more})

    def receive(self, **more: Any) -> int:
        """Take one submission into the ledger and return its number."""
        arrival = self.arrival(**more)
        self.store.ledger.record(self.campaign, [arrival], AT)
        return next(
            s.id
            for s in self.store.ledger.submissions(self.campaign)
            if (s.sha256, s.name) == (arrival.sha256, arrival.name)
        )

    def tell(
        self,
        code: str | None,
        *,
        day: date = DAY,
        at: str = "09:00",
        state: str = "accepted",
        origin: str = "own",
        findings: Sequence[Finding] = (),
        arrival: Mapping[str, Any] | None = None,
        **figures: int | None,
    ) -> int:
        """Let one unit report; return the submission's number."""
        received_at = moment(day, time.fromisoformat(at), ZONE)
        submission = self.receive(**{"received_at": received_at, **(arrival or {})})
        one = entry(code, figures, day=day, origin=origin, received_at=received_at)
        self.record(submission, [(one, state)], [(0, finding) for finding in findings])
        return submission

    def record(
        self,
        submission: int,
        entries: Sequence[tuple[Entry, str]],
        findings: Sequence[tuple[int | None, Finding]] = (),
        state: SubmissionState = SubmissionState.READ,
        reason: Finding | None = None,
    ) -> None:
        stated = tuple((one, EntryState(where)) for one, where in entries)
        outcome = RecordedReading(submission, state, reason, stated, tuple(findings))
        self.store.entries.record(self.campaign, [outcome], AT)

    def day_totals(self, day: date = DAY, as_of: datetime = AT) -> DayTotals:
        tree = UnitTree.on(day, self.units, self.root)
        cutoffs = {one.kind: moment(day, self.cutoff, ZONE) for one in self.units}
        return self.store.aggregate.day(
            self.campaign, tree, self.form, self.targets, cutoffs, self.missing, day, as_of
        )


def entry(
    code: str | None,
    figures: Mapping[str, int | float | None],
    *,
    day: date = DAY,
    origin: str = "own",
    received_at: datetime = AT,
    ordinal: int = 0,
    doubt: str | None = None,
) -> Entry:
    row = ordinal + 5
    return Entry(
        submission="s",
        ordinal=ordinal,
        unit=code,
        label=code or "?",
        day=day,
        stated_day=day,
        origin=Origin(origin),
        received_at=received_at,
        document="a.xlsx",
        sheet="Sheet1",
        cell=f"B{row}",
        day_cell=None,
        figures={
            indicator: Figure(
                indicator,
                number,
                str(number or ""),
                "Sheet1",
                f"{'CDEFGH'[place]}{row}",
                doubt if number is None else None,
            )
            for place, (indicator, number) in enumerate(figures.items())
        },
    )


def message(key: str, content: bytes = b"Subject: x\r\n\r\ny\r\n", kind: str = "report") -> OutgoingMessage:
    recipients = (
        Recipient("so@longan.example.vn", RecipientKind.TO),
        Recipient("ubnd@duchue.example.vn", RecipientKind.CC),
        Recipient("luu@duchue.example.vn", RecipientKind.WITNESS),
    )
    return OutgoingMessage(
        key, kind, f"<{key}@duchue.example.vn>", "baocao@duchue.example.vn", "Báo cáo", recipients, content
    )


@contextmanager
def raw_connection(url: str) -> Iterator[Any]:
    """A connection beside the store's own, as an administrator would hold one."""
    if url.startswith("sqlite"):
        path, _, waiting = url.removeprefix("sqlite:///").partition("?timeout=")
        connection: Any = sqlite3.connect(path, timeout=float(waiting or 5))
    else:
        connection = psycopg.connect(url)
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()
