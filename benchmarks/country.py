"""A country's day in a database: 63 provinces, 700 districts, 10.600 communes, and 2.000 findings that wait.

For measures only; every number is drawn from a seed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import yaml

from tonghop.domain.entries import Entry, EntryState, Origin
from tonghop.domain.findings import Finding
from tonghop.domain.reading import Figure
from tonghop.domain.units import Unit
from tonghop.store import Recorded, RecordedReading, Store, SubmissionState
from tonghop.words import severity_of

NAME = "ca-nuoc"
DAY = date(2020, 8, 18)
AT = datetime(2020, 8, 18, 7, 0, tzinfo=UTC)
PROVINCES, DISTRICTS, COMMUNES = 63, 700, 10_600
OPEN = 2_000
_CODES = (
    ("cumulative-falls", "installs"),
    ("installs-above-population", "installs"),
    ("missing-figure", "population"),
    ("smartphones-above-population", "smartphone_users"),
)
_CAMPAIGN = {
    "name": NAME,
    "title": "Kết quả triển khai cài đặt ứng dụng Bluezone",
    "form": "bluezone_v1",
    "root": "VN",
    "timezone": "Asia/Ho_Chi_Minh",
    "calendar": {"from": "2020-08-10", "to": "2020-12-31", "days": "daily"},
    "cutoffs": {"commune": "14:00"},
    "deadline": "17:00",
    "indicators": ["population", "smartphone_users", "installs"],
    "sources": [{"kind": "folder", "url": "file:///srv/baocao"}],
    "report": {
        "sender": {"name": "Bộ", "address": "baocao@example.vn"},
        "to": ["nhan@example.vn"],
        "superior": "Chính phủ",
        "issuer": "Bộ",
        "place": "Hà Nội",
        "signer": "VỤ TRƯỞNG",
    },
}


def units() -> Iterator[Unit]:
    """Yield the country, its provinces, districts and communes."""
    since = date(2020, 1, 1)
    yield Unit("VN", "Cả nước", "country", None, since, None, reports=False)
    for number in range(PROVINCES):
        yield Unit(f"P{number:02d}", f"Tỉnh số {number}", "province", "VN", since, None, reports=False)
    for number in range(DISTRICTS):
        code, parent = f"D{number:03d}", f"P{number % PROVINCES:02d}"
        yield Unit(code, f"Huyện số {number}", "district", parent, since, None, reports=False)
    for number in range(COMMUNES):
        code, parent = f"{number:05d}", f"D{number % DISTRICTS:03d}"
        yield Unit(code, f"Xã số {number}", "commune", parent, since, None, reports=True)


def write_campaign(folder: Path) -> None:
    """Write the campaign's folder below ``folder``."""
    home = folder / NAME
    home.mkdir(parents=True)
    (home / "campaign.yaml").write_text(yaml.safe_dump(_CAMPAIGN, allow_unicode=True), encoding="utf-8")
    lines = ["code,name,kind,parent,valid_from,valid_to,reports,emails,phone"]
    for unit in units():
        reports = "yes" if unit.reports else "no"
        lines.append(f"{unit.code},{unit.name},{unit.kind},{unit.parent or ''},2020-01-01,,{reports},,")
    (home / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def fill(store: Store, days: int = 14) -> None:
    """Record a submission of every commune for each of the days up to ``DAY``, and the findings of the last."""
    store.units.sync(NAME, list(units()))
    random = Random(20200818)
    base = [(random.randrange(2_000, 20_000), random.randrange(100, 900)) for _ in range(COMMUNES)]
    for back in range(days - 1, -1, -1):
        _record(store, DAY - timedelta(days=back), base, days - back, random)


def _record(store: Store, day: date, base: list[tuple[int, int]], age: int, random: Random) -> None:
    received = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    arrivals = [
        Recorded(
            source="file:///srv/baocao",
            key=f"{day}/{number}",
            name=f"{day}/Xã số {number}.xlsx",
            sha256=hashlib.sha256(f"{day}/{number}".encode()).hexdigest(),
            size=9_000,
            sender=None,
            branch=f"{number:05d}",
            received_at=received + timedelta(seconds=number),
            received_day=day,
        )
        for number in range(len(base))
    ]
    store.ledger.record(NAME, arrivals, AT)
    doubtful = set(random.sample(range(len(base)), OPEN // 2)) if day == DAY else set()
    outcomes = [
        _outcome(submission.id, number, day, base[number], age, number in doubtful)
        for number, submission in enumerate(store.ledger.unread(NAME))
    ]
    store.entries.record(NAME, outcomes, AT)


def _outcome(
    submission: int, number: int, day: date, base: tuple[int, int], age: int, is_doubtful: bool
) -> RecordedReading:
    people, installs = base
    values = {"population": people, "smartphone_users": people // 2, "installs": installs + age * 7}
    entry = Entry(
        submission=str(submission),
        ordinal=0,
        unit=f"{number:05d}",
        label=f"Xã số {number}",
        day=day,
        stated_day=day,
        origin=Origin.OWN,
        received_at=datetime(day.year, day.month, day.day, 2, tzinfo=UTC) + timedelta(seconds=number),
        document=f"Xã số {number}.xlsx",
        sheet="BC",
        cell="B5",
        day_cell=None,
        figures={
            code: Figure(code, value, str(value), "BC", f"{'CDE'[place]}5")
            for place, (code, value) in enumerate(values.items())
        },
    )
    found = tuple((0, _finding(entry, number, place)) for place in range(2)) if is_doubtful else ()
    held = any(finding.holds for _, finding in found)
    state = EntryState.HELD if held else EntryState.ACCEPTED
    return RecordedReading(submission, SubmissionState.READ, None, ((entry, state),), found)


def _finding(entry: Entry, number: int, place: int) -> Finding:
    code, indicator = _CODES[(number + place) % len(_CODES)]
    return Finding(
        code,
        severity_of(code),
        document=entry.document,
        unit=entry.unit,
        indicator=indicator,
        sheet="BC",
        cell=entry.figures[indicator].cell,
        found="310",
        expected="317",
        arguments={
            "name": "số người đã cài đặt",
            "name_en": "number of installs",
            "previous_day": "17/8/2020",
        },
    )
