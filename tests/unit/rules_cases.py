"""Submissions made of the small tables under tests/golden/rules (its README says how they read)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from expectations import Subject
from tonghop.domain.entries import Entry, Origin, StatedTotal, filed_under
from tonghop.domain.reading import DeclaredRate, Figure
from tonghop.domain.units import Unit, UnitTree

GOLDEN = Path(__file__).parent.parent / "golden" / "rules"
DAY = date(2020, 8, 18)
INDICATORS = ("population", "smartphone_users", "installs", "staff", "staff_installs")
CLEAN = {"population": 5519, "smartphone_users": 2755, "installs": 443, "staff": 95, "staff_installs": 66}
CELLS = {
    "population": "C",
    "smartphone_users": "D",
    "installs": "E",
    "installs_per_population": "F",
    "staff": "G",
    "staff_installs": "H",
    "staff_installed": "I",
    "installs_per_smartphone": "J",
}


def _unit(code: str, kind: str, reports: bool = True, parent: str | None = "801") -> Unit:
    return Unit(code, code, kind, parent, date(2000, 1, 1), None, reports)


TREE = UnitTree.on(
    DAY,
    [
        _unit("801", "district", reports=False, parent=None),
        *(_unit(code, "commune") for code in ("27898", "27901", "27916")),
        _unit("27999", "commune", reports=False),
        _unit("CA", "agency"),
        _unit("802", "district"),
        *(_unit(code, "commune", parent="802") for code in ("27934", "27937")),
    ],
    "801",
)


@dataclass(frozen=True)
class Case:
    """One case of a file: a submission and the findings it must get."""

    rule: str
    name: str
    subject: Subject
    indicators: tuple[str, ...]
    history: tuple[tuple[str, date, str, int], ...]
    findings: tuple[Mapping[str, Any], ...]
    says: tuple[str, ...] | None

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"


def cases() -> list[Case]:
    """Return every case of every file."""
    return [
        _case(content["rule"], case)
        for path in sorted(GOLDEN.glob("*.yaml"))
        for content in [yaml.safe_load(path.read_text(encoding="utf-8"))]
        for case in content["cases"]
    ]


def history_of(rows: tuple[tuple[str, date, str, int], ...]) -> pd.DataFrame:
    """Return accepted figures as the store's statement returns them."""
    frame = pd.DataFrame(rows, columns=["unit", "day", "indicator", "value"])
    return frame.astype({"day": "datetime64[s]", "value": "int64"})


def subject_of(rows: list[dict[str, Any]], today: date = DAY) -> Subject:
    """Return the submission that a case's rows tell."""
    entries: list[Entry] = []
    totals: list[StatedTotal] = []
    for ordinal, row in enumerate(rows):
        if row.get("total"):
            totals.append(_total(ordinal, row, tuple(entry.ordinal for entry in entries)))
        else:
            entries.append(_entry(ordinal, row, today))
    return Subject(tuple(entries), tuple(totals), today, DAY)


def _case(rule: str, case: Mapping[str, Any]) -> Case:
    unknown = set(case) - {"name", "rows", "today", "indicators", "history", "findings", "says"}
    assert not unknown, f"{rule}: {unknown}"
    history = tuple((h["unit"], h["day"], h["indicator"], h["value"]) for h in case.get("history", ()))
    return Case(
        rule=rule,
        name=case["name"],
        subject=subject_of(case["rows"], case.get("today", DAY)),
        indicators=tuple(case.get("indicators", INDICATORS)),
        history=history,
        findings=tuple(case["findings"]),
        says=tuple(case["says"]) if "says" in case else None,
    )


def _entry(ordinal: int, row: Mapping[str, Any], today: date) -> Entry:
    unknown = set(row) - {"unit", "absent", "declared", "stated_day", *INDICATORS}
    assert not unknown, unknown
    unit = row.get("unit", "27916")
    stated = row.get("stated_day", DAY)
    blank = dict.fromkeys(INDICATORS[:3]) if unit == "CA" else {}
    values = {**CLEAN, **blank, **{code: row[code] for code in INDICATORS if code in row}}
    return Entry(
        submission="s",
        ordinal=ordinal,
        unit=unit,
        label="x",
        day=filed_under(stated, DAY, today, today),
        stated_day=stated,
        origin=Origin.OWN,
        received_at=datetime.combine(today, datetime.min.time(), UTC),
        document="bao-cao.xlsx",
        sheet="BC",
        cell=f"B{ordinal + 5}",
        day_cell="A3",
        figures={c: _figure(c, v, ordinal) for c, v in values.items() if c not in row.get("absent", ())},
        declared=_declared(row, ordinal),
    )


def _total(ordinal: int, row: Mapping[str, Any], above: tuple[int, ...]) -> StatedTotal:
    unknown = set(row) - {"total", "covers", "declared", *INDICATORS}
    assert not unknown, unknown
    figures = {code: _figure(code, row.get(code), ordinal) for code in INDICATORS}
    covers = tuple(row.get("covers", above))
    cell = f"A{ordinal + 5}"
    return StatedTotal("s", ordinal, "bao-cao.xlsx", "BC", cell, figures, _declared(row, ordinal), covers)


def _figure(code: str, value: Any, ordinal: int) -> Figure:
    cell = f"{CELLS[code]}{ordinal + 5}"
    if isinstance(value, dict):
        return Figure(code, None, "4.391", "BC", cell, doubt=value["doubt"])
    return Figure(code, value, "" if value is None else str(value)[:40], "BC", cell)


def _declared(row: Mapping[str, Any], ordinal: int) -> tuple[DeclaredRate, ...]:
    rates = []
    for rate, raw in row.get("declared", {}).items():
        digits = raw.rstrip("%")
        fraction = float(digits.replace(",", ".")) / 100
        rates.append(
            DeclaredRate(
                rate, fraction, len(digits.partition(",")[2]), raw, "BC", f"{CELLS[rate]}{ordinal + 5}"
            )
        )
    return tuple(rates)
