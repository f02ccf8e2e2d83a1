"""How long a country's day takes to add up, beside the least that pandas needs for the same sums.

    python -m benchmarks.aggregation [--units 10600] [--days 10] [URL]

URL is an empty database (default: SQLite in a temporary folder). Prints one JSON document; the ratio is what
to read, for machines differ. The floor: one pandas groupby of the same figures, in memory already.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from tonghop.domain.entries import Entry, EntryState, Origin
from tonghop.domain.forms import Form, Indicator, Rate
from tonghop.domain.reading import Figure
from tonghop.domain.units import Unit, UnitTree
from tonghop.store import Recorded, RecordedReading, Store, SubmissionState, open_store

DAY = date(2020, 8, 18)
AT = datetime(2020, 8, 18, 7, 0, tzinfo=UTC)
INDICATORS = ("population", "smartphone_users", "installs", "staff", "staff_installs")
FORM = Form(
    "bluezone_v1",
    tuple(Indicator(code, cumulative="installs" in code) for code in INDICATORS),
    (
        Rate("installs_per_population", "installs", "population"),
        Rate("installs_per_smartphone", "installs", "smartphone_users"),
        Rate("staff_installed", "staff_installs", "staff"),
    ),
    (),
)


def country(communes: int) -> tuple[Unit, ...]:
    """Return a tree of four levels: country, about 60 provinces, 700 districts, the communes."""
    since = date(2020, 1, 1)
    units = [Unit("0", "Cả nước", "country", None, since, None, reports=False)]
    provinces, districts = max(1, communes // 168), max(1, communes // 15)
    units += [Unit(f"p{n}", f"p{n}", "province", "0", since, None, reports=False) for n in range(provinces)]
    units += [
        Unit(f"d{n}", f"d{n}", "district", f"p{n % provinces}", since, None, reports=False)
        for n in range(districts)
    ]
    units += [
        Unit(f"{n:05}", f"xã {n}", "commune", f"d{n % districts}", since, None, reports=True)
        for n in range(communes)
    ]
    return tuple(units)


def fill(store: Store, units: tuple[Unit, ...], days: int) -> None:
    """Record one submission a district and day, each with all its communes."""
    random = np.random.default_rng(7)
    branches: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.reports:
            branches.setdefault(str(unit.parent), []).append(unit)
    for back in reversed(range(days)):
        day, at = DAY - timedelta(days=back), AT - timedelta(days=back)
        arrivals = [
            Recorded("file", f"{day}/{d}", f"{d}.xlsx", f"{day}/{d}", 5, None, None, at, day)
            for d in branches
        ]
        store.ledger.record("c", arrivals, at)
        outcomes = []
        for submission in store.ledger.unread("c"):
            communes = branches[submission.name.removesuffix(".xlsx")]
            counts = random.integers(1, 9000, (len(communes), len(INDICATORS)))
            entries = tuple(
                (_entry(n, unit, day, at, row.tolist()), EntryState.ACCEPTED)
                for n, (unit, row) in enumerate(zip(communes, counts, strict=True))
            )
            outcomes.append(RecordedReading(submission.id, SubmissionState.READ, None, entries, ()))
        store.entries.record("c", outcomes, at)


def _entry(ordinal: int, unit: Unit, day: date, at: datetime, counts: list[int]) -> Entry:
    figures = {
        code: Figure(code, count, str(count), "Sheet1", f"{'CDEFG'[place]}{ordinal + 5}")
        for place, (code, count) in enumerate(zip(INDICATORS, counts, strict=True))
    }
    cell = f"B{ordinal + 5}"
    return Entry(
        "s",
        ordinal,
        unit.code,
        unit.name,
        day,
        day,
        Origin.CONSOLIDATED,
        at,
        "a.xlsx",
        "Sheet1",
        cell,
        None,
        figures,
    )


def floor(figures: pd.DataFrame, ancestors: pd.DataFrame) -> pd.Series:
    """Return the same sums by pandas, from figures and ancestry that are in memory already."""
    return figures.merge(ancestors, on="unit").groupby(["node", "indicator"])["value"].sum()


def seconds(work: Callable[[], Any], times: int = 3) -> float:
    """Return the best of a few runs."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--units", type=int, default=10_600)
    parser.add_argument("--days", type=int, default=10)
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(asked.url or f"sqlite:///{folder}/b.sqlite") as store,
    ):
        print(json.dumps(measure(store, country(asked.units), asked.days), indent=2))


def measure(store: Store, units: tuple[Unit, ...], days: int) -> dict[str, Any]:
    """Return the times in seconds, and the ratio to the floor."""
    begun = time.perf_counter()
    store.units.sync("c", units)
    fill(store, units, days)
    filled = time.perf_counter() - begun
    tree = UnitTree.on(DAY, units, "0")
    cutoffs = {unit.kind: AT for unit in units}

    def totals(missing: Any) -> Any:
        return store.aggregate.day("c", tree, FORM, (), cutoffs, missing, DAY, AT)

    history = store.entries.history("c", DAY + timedelta(days=1), 1)
    parents = {unit.code: unit.parent for unit in units}
    chains = [(unit.code, node) for unit in tree.owing for node in _chain(unit.code, parents)]
    ancestors = pd.DataFrame(chains, columns=["unit", "node"])
    least = seconds(lambda: floor(history, ancestors))
    left_out, carried = seconds(lambda: totals("leave_out")), seconds(lambda: totals("carry_forward"))
    found = totals("leave_out")
    sums = floor(history, ancestors)
    assert all(found.root.figures[code].value == sums["0", code] for code in INDICATORS)
    frozen = seconds(lambda: store.editions.freeze("c", found, AT), 1)
    return {
        "database": store.units._database.name.split(":")[0],
        "units": len(units),
        "days": days,
        "record_seconds_per_day": round(filled / days, 2),
        "floor_seconds": round(least, 3),
        "leave_out_seconds": round(left_out, 3),
        "carry_forward_seconds": round(carried, 3),
        "freeze_seconds": round(frozen, 3),
        "sync_unchanged_seconds": round(seconds(lambda: store.units.sync("c", units)), 3),
        "ratio": round(left_out / least, 1),
    }


def _chain(code: str | None, parents: dict[str, str | None]) -> list[str]:
    nodes = []
    while code is not None:
        nodes.append(code)
        code = parents[code]
    return nodes


if __name__ == "__main__":
    main()
