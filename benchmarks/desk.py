"""The desk's pages with 10.600 units: the middle and the 95th of forty requests, in milliseconds of CPU.

Beside them the first request after a new entry, which adds the day up again: in the morning, when no edition was
made yet, and in the afternoon, when both this day and the day before have one. Over real HTTP, with the client in
the same process; /health stands for what HTTP itself and the client cost. CPU and not the clock, so that a busy
machine gives the same figures.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.desk import office as offices  # after the path
from tests.desk.office import DAY, Office, office_in
from tests.sql.world import entry
from tonghop.domain.entries import EntryState
from tonghop.domain.periods import moment
from tonghop.store import Recorded, RecordedReading, SubmissionState

PROVINCES, DISTRICTS, COMMUNES = 53, 10, 20
ASKED = 40
NUMBER = count()


def register() -> str:
    """Return units.csv of a country: 53 provinces of 10 districts of 20 communes."""
    lines = [
        "code,name,kind,parent,valid_from,valid_to,reports,emails,phone",
        "90,Cả nước,country,,2000-01-01,,no,,",
    ]
    for p in range(PROVINCES):
        lines.append(f"p{p},Tỉnh {p},province,90,2000-01-01,,no,,")
        for d in range(DISTRICTS):
            lines.append(f"p{p}d{d},Huyện {p}.{d},district,p{p},2000-01-01,,no,,")
            lines += [
                f"p{p}d{d}c{c},Xã {p}.{d}.{c},commune,p{p}d{d},2000-01-01,,yes,x{p}-{d}-{c}@x.example.vn,0276 000 001"
                for c in range(COMMUNES)
            ]
    return "\n".join(lines) + "\n"


def report_all(office: Office, share: float) -> None:
    """Let a share of the communes report, all in one submission."""
    codes = [f"p{p}d{d}c{c}" for p in range(PROVINCES) for d in range(DISTRICTS) for c in range(COMMUNES)]
    told = codes[: int(len(codes) * share)]
    at = moment(DAY, offices.NOW.time().replace(hour=9), offices.ZONE)
    arrival = Recorded(
        "file:///x", "x", "x.xlsx", "0" * 64, 1, None, None, at, DAY, SubmissionState.RECEIVED, "folder"
    )
    office.store.ledger.record(offices.CAMPAIGN, [arrival], at)
    values = dict(zip(offices.INDICATORS, (5000, 2500, 400, 90, 60), strict=True))
    entries = tuple(
        (entry(code, values, day=DAY, received_at=at, ordinal=number), EntryState.ACCEPTED)
        for number, code in enumerate(told)
    )
    number = office.store.ledger.unread(offices.CAMPAIGN)[0].id
    outcome = RecordedReading(number, SubmissionState.READ, None, entries, ())
    office.store.entries.record(offices.CAMPAIGN, [outcome], at)


def times(client: httpx.Client, path: str) -> tuple[float, float]:
    """Return the middle and the 95th of some requests in milliseconds of CPU."""
    taken = sorted(once(client, path) for _ in range(ASKED))
    return median(taken), taken[int(ASKED * 0.95)]


def once(client: httpx.Client, path: str) -> float:
    """Return the milliseconds of CPU that one request took, client and server together."""
    began = time.process_time()
    client.get(path).raise_for_status()
    return (time.process_time() - began) * 1000


def main() -> None:
    """Print the measures."""
    offices.UNITS = register()
    with tempfile.TemporaryDirectory() as folder, office_in(Path(folder) / "o") as office:
        report_all(office, 0.8)
        gc.set_threshold(50_000, 20, 50)  # as `tonghop desk` has it
        gc.collect()
        gc.freeze()  # what filling left is none of the desk's
        client = office.client()
        print(f"/health: {median(once(client, '/health') for _ in range(ASKED)):.1f} ms")
        for place in ("today", "today/live", "owes", "upload", "upload/units?unit=xã"):
            path = f"{office.path}/{place}"
            office.store.audit(office.clock(), "bench", "change", "x", "")
            middle, late = times(client, path)
            print(f"{place}: middle {middle:.0f} ms, 95th {late:.0f} ms")
        print(f"today, the first request after a new entry: {after_an_entry(office, client):.0f} ms")
        freeze_both(office)
        print(f"today, the same with editions to compare with: {after_an_entry(office, client):.0f} ms")


def after_an_entry(office: Office, client: httpx.Client) -> float:
    """Return the middle of some first requests, each after an entry of one commune."""
    taken = []
    for _ in range(9):
        office.tell("p0d0c0", 5000, 2500, 410 + next(NUMBER), 90, 60, at="13:41", name=f"{next(NUMBER)}.xlsx")
        taken.append(once(client, f"{office.path}/today"))
    return median(taken)


def freeze_both(office: Office) -> None:
    """Make an edition of the day before, of one report and the day's figures, and one of the day."""
    desk, before = office.app.state.desk, DAY - timedelta(days=1)
    campaign = desk.parts.campaigns.get(offices.CAMPAIGN)
    totals = desk.days.get(campaign, DAY, office.clock()).totals
    office.tell("p0d0c1", 5000, 2500, 400, 90, 60, at="09:00", day=before)
    for told in (replace(totals, day=before), totals):
        office.store.editions.freeze(offices.CAMPAIGN, told, office.clock())


if __name__ == "__main__":
    main()
