"""What judging a batch costs beside plain pandas and beside Great Expectations alone, in one run.

``python benchmarks/validation.py [ENTRIES] [BROKEN] [DAYS]``: CPU milliseconds (best of five) and ratios. BROKEN
is the share of entries with too many installs and a wrong percent (default 0.02), DAYS how many days of all figures
the history holds (default 30).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

DAY = date(2020, 8, 18)
INDICATORS = ("population", "smartphone_users", "installs", "staff", "staff_installs")
COLUMNS = dict(zip(INDICATORS, "CDEGH", strict=True))


def entry(unit: str, place: int, broken: bool) -> Any:
    """Return one commune's entry, its people unlike any other's, clean or with two faults."""
    from tonghop.domain.entries import Entry, Origin
    from tonghop.domain.reading import DeclaredRate, Figure

    values = dict(zip(INDICATORS, (5519 + place, 2755, 2955 if broken else 443, 95, 66), strict=True))
    return Entry(
        submission=unit,
        ordinal=0,
        unit=unit,
        label=unit,
        day=DAY,
        stated_day=DAY,
        origin=Origin.OWN,
        received_at=datetime(2020, 8, 18, 6, tzinfo=UTC),
        document="bao-cao.xlsx",
        sheet="BC",
        cell="B5",
        day_cell="A3",
        figures={
            code: Figure(code, value, str(value), "BC", f"{COLUMNS[code]}5") for code, value in values.items()
        },
        declared=(
            DeclaredRate("installs_per_population", round(443 / (5519 + place), 4), 2, "8,03%", "BC", "F5"),
        ),
    )


def past(entries: Any, days: int) -> Any:
    """Return a history in which every figure of every entry stood on each of the days before, a little lower."""
    import pandas as pd

    values = pd.DataFrame([{"unit": e.unit, **e.values()} for e in entries])
    values["installs"] = values["installs"].clip(upper=values["smartphone_users"])
    rows = []
    for back in range(days, 0, -1):
        day = values.assign(
            installs=values["installs"] - back, staff_installs=values["staff_installs"] - back
        )
        rows.append(
            day.melt("unit", var_name="indicator").assign(day=pd.Timestamp(DAY - timedelta(days=back)))
        )
    texts = {"unit": "category", "indicator": "category"}  # as the store returns them
    return pd.concat(rows, ignore_index=True).astype(texts)


def best(work: Callable[[], object]) -> float:
    """Return the CPU milliseconds of the quickest of five runs."""
    return 1000 * min(_once(work) for _ in range(5))


def _once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def plain_pandas(frame: Any, rules: Any) -> dict[str, Any]:
    """Return the broken rows of every rule by pandas alone: the floor no framework can pass."""
    import pandas as pd

    from expectations.own import increase_is_usual, is_whole, keeps_scale, percent_matches, stays

    def of_all(judge: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *columns, **settings: (
            judge(*columns, **settings) | pd.concat(columns, axis=1).isna().any(axis=1)
        )

    judges: dict[str, Callable[..., Any]] = {
        "expect_column_values_to_be_whole": lambda a: is_whole(a) | a.isna(),
        "expect_column_values_to_be_between": lambda a, min_value=-1e300, max_value=1e300: (
            a.between(min_value, max_value) | a.isna()
        ),
        "expect_column_values_to_not_be_null": lambda a: a.notna(),
        "expect_column_values_to_be_in_set": lambda a, value_set: a.isin(value_set),
        "expect_column_pair_values_to_be_equal": lambda a, b: (a == b) | a.isna() | b.isna(),
        "expect_column_pair_values_a_to_be_greater_than_b": lambda a, b, or_equal: (
            (a > b) | ((a == b) & or_equal) | a.isna() | b.isna()
        ),
        "expect_column_values_to_be_null": lambda a: a.isna(),
        "expect_increase_to_be_usual": of_all(
            lambda *columns, **settings: increase_is_usual(pd.concat(columns, axis=1), **settings)
        ),
        "expect_figure_to_keep_its_scale": of_all(keeps_scale),
        "expect_figure_to_stay": of_all(stays),
        "expect_declared_percent_to_match": lambda a, b, c: percent_matches(a, b, c) | (a + b + c).isna(),
    }
    found = {}
    for rule in rules:
        fine = judges[rule.expect](*(frame[column] for column in rule.columns), **rule.settings)
        judged = frame[rule.where] if rule.where else True
        found[rule.key] = frame.index[~fine & judged].tolist()
    return found


def main() -> None:
    """Print the figures as one JSON document."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_600
    broken = float(sys.argv[2]) if len(sys.argv) > 2 else 0.02

    from expectations import Subject, judge, load_rules
    from expectations.frame import build_frame
    from expectations.lines import lines_of
    from expectations.runner import broken_rows
    from tonghop.domain.units import Unit, UnitTree

    codes = [f"{number:05d}" for number in range(1, count + 1)]
    root = Unit("0", "Cả nước", "country", None, date(2000, 1, 1), None, False)
    communes = [
        replace(root, code=code, name=code, kind="commune", parent="0", reports=True) for code in codes
    ]
    tree = UnitTree.on(DAY, [root, *communes], "0")
    entries = [entry(code, place, place < count * broken) for place, code in enumerate(codes)]
    batch = [Subject((one,), (), DAY, DAY) for one in entries]
    days = int(sys.argv[3]) if len(sys.argv) > 3 else 30
    history = past(entries, days)
    rules = load_rules("bluezone_v1", INDICATORS)

    lines = lines_of(batch)
    frame = build_frame(batch, lines, rules, history, tree)
    whole = best(lambda: judge(batch, rules, history, tree))
    framing = best(lambda: build_frame(batch, lines_of(batch), rules, history, tree))
    engine = best(lambda: broken_rows(frame, rules.rules))
    floor = best(lambda: plain_pandas(frame, rules.rules))
    if plain_pandas(frame, rules.rules) != broken_rows(frame, rules.rules):
        raise SystemExit("plain pandas and Great Expectations disagree: the measure means nothing")
    report = {
        "entries": count,
        "rules": len(rules.rules),
        "findings": sum(len(found) for found in judge(batch, rules, history, tree)),
        "judge_ms": round(whole),
        "frame_ms": round(framing),
        "great_expectations_ms": round(engine),
        "plain_pandas_ms": round(floor),
        "judge_over_great_expectations": round(whole / engine, 2),
        "great_expectations_over_pandas": round(engine / floor, 2),
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
