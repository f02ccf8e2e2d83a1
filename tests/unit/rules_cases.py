"""Submissions made of the small tables under tests/golden/rules (its README says how they read)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from expectations import Subject
from tonghop import fast_yaml
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
    history: tuple[tuple[Any, ...], ...]
    findings: tuple[Mapping[str, Any], ...]
    says: tuple[str, ...] | None

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"


def cases() -> list[Case]:
    """Return every case of every file."""
    return [
        _case(content["rule"], case)
        for path in sorted(GOLDEN.glob("*.yaml"))
        for content in [fast_yaml.load(path.read_text(encoding="utf-8"))]
        for case in content["cases"]
    ]


def apart(together: Sequence[Case]) -> tuple[list[Subject], pd.DataFrame, UnitTree]:
    """Return the cases' submissions, histories and trees as one batch: each case in a district of its own."""
    units = [Unit("", "", "country", None, date(2000, 1, 1), None, False)]
    subjects, rows = [], []
    for place, case in enumerate(together):

        def own(code: str | None, place: int = place) -> str | None:
            return None if code is None else f"{code}#{place}"

        units += [
            replace(unit, code=f"{unit.code}#{place}", parent=own(unit.parent) or "") for unit in TREE.units
        ]
        entries = tuple(entry._replace(unit=own(entry.unit)) for entry in case.subject.entries)
        seen_for = tuple(f"{code}#{place}" for code in case.subject.seen_for)
        content = f"{case.subject.content}#{place}" if case.subject.content else ""
        subjects.append(replace(case.subject, entries=entries, seen_for=seen_for, content=content))
        rows += [(f"{unit}#{place}", *said) for unit, *said in case.history]
    return subjects, history_of(tuple(rows)), UnitTree.on(DAY, units, "")


def history_of(rows: tuple[tuple[Any, ...], ...]) -> pd.DataFrame:
    """Return accepted figures (unit, day, indicator, value, origin: own unless it is given) as the store does."""
    whole = [(*row, Origin.OWN.value)[:5] for row in rows]
    frame = pd.DataFrame(whole, columns=["unit", "day", "indicator", "value", "origin"])
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
    known = {"name", "rows", "today", "indicators", "history", "past", "seen_for", "findings", "says"}
    assert not set(case) - known, f"{rule}: {set(case) - known}"
    history: tuple[tuple[Any, ...], ...] = tuple(
        (h["unit"], h["day"], h["indicator"], h["value"], h.get("origin", "own"))
        for h in case.get("history", ())
    )
    history += tuple(_past(case.get("past", {})))
    return Case(
        rule=rule,
        name=case["name"],
        subject=replace(
            subject_of(case["rows"], case.get("today", DAY)),
            content="c" if "seen_for" in case else "",
            seen_for=tuple(case.get("seen_for", ())),
        ),
        indicators=tuple(case.get("indicators", INDICATORS)),
        history=history,
        findings=tuple(case["findings"]),
        says=tuple(case["says"]) if "says" in case else None,
    )


def _past(units: Mapping[str, Mapping[str, Sequence[int | None]]]) -> Iterator[tuple[str, date, str, int]]:
    for unit, indicators in units.items():
        for indicator, values in indicators.items():
            for back, value in enumerate(reversed(values), start=1):
                if value is not None:
                    yield unit, DAY - timedelta(days=back), indicator, value


def _entry(ordinal: int, row: Mapping[str, Any], today: date) -> Entry:
    unknown = set(row) - {"unit", "absent", "declared", "increases", "stated_day", "origin", *INDICATORS}
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
        origin=Origin(row.get("origin", "own")),
        received_at=datetime.combine(today, datetime.min.time(), UTC),
        document="bao-cao.xlsx",
        sheet="BC",
        cell=f"B{ordinal + 5}",
        day_cell="A3",
        figures={c: _figure(c, v, ordinal) for c, v in values.items() if c not in row.get("absent", ())},
        declared=_declared(row, ordinal),
        increases=tuple(_figure(code, value, ordinal) for code, value in row.get("increases", {}).items()),
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
