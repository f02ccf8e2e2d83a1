"""A morning with ten open findings, each on a real workbook, and what tests ask of the queue."""

from __future__ import annotations

import hashlib
from datetime import time, timedelta
from functools import cache

from tests.desk.office import CAMPAIGN, DAY, FIGURES, INDICATORS, ZONE, Office, finding
from tests.reading.writers import Page, as_xlsx
from tests.sql.world import entry
from tonghop.domain.entries import Entry, EntryState
from tonghop.domain.findings import Finding
from tonghop.domain.periods import moment
from tonghop.store import Recorded, RecordedReading, SubmissionState

HEAD: list[list[object]] = [
    ["UBND XÃ", "", "", "", "", "", ""],
    ["BÁO CÁO KẾT QUẢ CÀI ĐẶT ỨNG DỤNG BLUEZONE", "", "", "", "", "", ""],
    ["Ngày 18/8/2020", "", "", "", "", "", ""],
    ["TT", "Đơn vị", "Dân số", "Số người dùng điện thoại thông minh", "Số người đã cài đặt (lũy kế)",
     "Tổng số CBCCVC, NLĐ", "Số CBCCVC, NLĐ đã cài đặt"],
]  # fmt: skip
# unit, when it came, its findings in the order they were found
MORNING: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("90101", "08:12", (("cumulative-falls", "critical"),)),
    ("90102", "08:40", (("installs-above-smartphones", "critical"), ("declared-rate-differs", "warning"))),
    ("90103", "09:05", (("installs-above-smartphones", "critical"), ("cumulative-falls", "critical"))),
    ("90104", "09:30", (("cumulative-falls", "critical"), ("smartphones-above-population", "warning"))),
    ("90105", "10:02", (("declared-rate-differs", "warning"),)),
    ("90201", "10:15", (("installs-above-population", "critical"),)),
    ("90202", "10:20", (("smartphones-above-population", "warning"),)),
)
_TOLD = {
    "cumulative-falls": {"found": "2.349", "expected": "2.410"},
    "declared-rate-differs": {"found": "21,31%", "expected": "27,9%"},
}
_WORDS = {"name": "số người đã cài đặt", "name_en": "number of installs", "previous_day": "17/8/2020"}
_NAMES = {
    "90101": "Xã Tân Hà", "90102": "Xã Tân Đông", "90103": "Xã Suối Dây", "90104": "Xã Tân Hội",
    "90105": "Thị trấn Tân Châu", "90201": "Xã Tân Lập", "90202": "Xã Thạnh Bắc", "90203": "Xã Thạnh Bình",
}  # fmt: skip


def workbook(unit: str) -> bytes:
    """Return the workbook that a unit sent, its figures in row 5, signed by a person below."""
    row: list[object] = [1, _NAMES[unit], *FIGURES[unit]]
    below: list[list[object]] = [
        [],
        ["", "", "", "", "", "Người lập biểu"],
        ["", "", "", "", "", "Nguyễn Thị Bích Hằng"],
    ]
    return as_xlsx([Page([*HEAD, row, *below], name="Sheet1", merges=[(1, 0, 1, 6), (2, 0, 2, 6)])])


@cache
def _workbook(unit: str) -> bytes:
    return workbook(unit)


def ten(office: Office) -> list[int]:
    """Fill an empty office with two weeks and a morning of ten findings; return them in the queue's order."""
    _two_weeks(office)
    for unit, at, codes in MORNING:
        findings = tuple(_finding(unit, *one) for one in codes)
        sender = f"xa{unit}@tanchau.example.vn" if unit in ("90102", "90103") else None
        office.tell(
            unit,
            *FIGURES[unit],
            at=at,
            findings=findings,
            name="a.xlsx",
            content=_workbook(unit),
            sender=sender,
        )
    return order(office)


def _two_weeks(office: Office) -> None:
    """Record the days before in one go: each unit now and then leaves one out."""
    told: dict[str, Entry] = {}
    arrivals = []
    for back in range(13, 0, -1):
        day = DAY - timedelta(days=back)
        for number, (unit, figures) in enumerate(FIGURES.items()):
            if (back + number) % 11 == 0:
                continue
            name = f"{unit}/{day}.xlsx"
            at = moment(day, time(8 + number // 3, number % 3 * 17), ZONE)
            less = max(10, min(figures[2], figures[1]) - back * (9 + number))
            values = dict(zip(INDICATORS, (*figures[:2], less, *figures[3:]), strict=True))
            told[name] = entry(unit, values, day=day, received_at=at)
            sha256 = hashlib.sha256(name.encode()).hexdigest()
            arrivals.append(
                Recorded(
                    "file:///shared", name, name, sha256, 9_000, None, unit, at, day, provenance="folder"
                )
            )
    office.store.ledger.record(CAMPAIGN, arrivals, arrivals[-1].received_at)
    outcomes = [
        RecordedReading(s.id, SubmissionState.READ, None, ((told[s.name], EntryState.ACCEPTED),), ())
        for s in office.store.ledger.unread(CAMPAIGN)
    ]
    office.store.entries.record(CAMPAIGN, outcomes, arrivals[-1].received_at)


def order(office: Office) -> list[int]:
    """Return the open findings as the queue should show them: critical ones, then warnings, by receipt."""
    rank = {"critical": 0, "warning": 1}
    items = office.store.review.open_items(CAMPAIGN, DAY)
    return [i.id for i in sorted(items, key=lambda i: (rank[i.severity], i.received_at, i.entry or 0, i.id))]


def _finding(unit: str, code: str, severity: str) -> Finding:
    return finding(unit, code, severity, **_TOLD.get(code, {}), arguments=_WORDS)  # type: ignore[arg-type] # one field of several kinds
