"""How many seeded faults of a simulated month are flagged, and how many clean reports are held.

``python benchmarks/month.py [SEEDS] [FIRST]``: the 217 communes of Hải Phòng, 31 days, the campaign's two indicators
and the form's five, SEEDS months each (default 2). A held fault is corrected the same day in three of five cases, else
the day is lost; what is only warned of is accepted as it is, and stands in the next day's history. One JSON document.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.reports import Month, Report
from benchmarks.seeded import month_of

FIVE = ("population", "smartphone_users", "installs", "staff", "staff_installs")
TWO = ("population", "installs")


@dataclass
class Score:
    """What became of the reports. Episodes: a fault over several reports is flagged where one of them is."""

    clean: int = 0
    clean_held: Counter[str] = field(default_factory=Counter)
    clean_warned: Counter[str] = field(default_factory=Counter)
    held: int = 0
    warned: int = 0
    episodes: dict[tuple[str, int], str] = field(default_factory=dict)

    def note(self, report: Report, findings: Any) -> None:
        """Count one report with its findings."""
        worst = "held" if any(f.holds for f in findings) else "warned" if findings else ""
        if not report.fault:
            self.clean += 1
            self.held += worst == "held"
            self.warned += worst == "warned"
            self.clean_held.update({f.code for f in findings if f.holds})
            self.clean_warned.update({f.code for f in findings if not f.holds})
            return
        key = (report.fault, report.episode)
        rank = ("", "warned", "held")
        self.episodes[key] = max(self.episodes.get(key, ""), worst, key=rank.index)

    def told(self) -> dict[str, Any]:
        """Return the figures: recall over all faults and by kind, and what clean reports suffered."""
        by_kind: dict[str, Counter[str]] = defaultdict(Counter)
        for (kind, _), worst in self.episodes.items():
            by_kind[kind][worst or "missed"] += 1
        flagged = sum(worst != "" for worst in self.episodes.values())
        return {
            "faults": len(self.episodes),
            "faults_flagged": round(flagged / len(self.episodes), 4),
            "clean": self.clean,
            "clean_held": round(self.held / self.clean, 4),
            "clean_warned": round(self.warned / self.clean, 4),
            "by_kind": {kind: dict(sorted(found.items())) for kind, found in sorted(by_kind.items())},
            "clean_held_by": dict(self.clean_held.most_common()),
            "clean_warned_by": dict(self.clean_warned.most_common()),
        }


def judged_month(month: Month, tree: Any, indicators: tuple[str, ...], seed: int, score: Score) -> None:
    """Judge the month day by day, each day in one batch beside what was accepted before it."""
    import pandas as pd

    from expectations import Subject, judge, load_rules

    rules = load_rules("bluezone_v1", indicators)
    chance = np.random.default_rng(seed)
    accepted: list[tuple[str, Any, str, int]] = []
    for day in month.days:
        reports = month.reports[day]
        batch = [Subject((entry_of(report),), (), day, day, report.content) for report in reports]
        history = pd.DataFrame(accepted, columns=["unit", "day", "indicator", "value"])
        history = history.astype({"day": "datetime64[s]", "value": "int64"})
        for report, findings in zip(reports, judge(batch, rules, history, tree), strict=True):
            score.note(report, findings)
            values = report.values
            if any(finding.holds for finding in findings):
                if report.fault and chance.random() > 0.6:
                    continue
                values = report.truth
            accepted += [(report.unit, day, code, value) for code, value in values.items()]


def entry_of(report: Report) -> Any:
    """Return the report as reading it yields it."""
    from tonghop.domain.entries import Entry, Origin
    from tonghop.domain.reading import Figure

    stated = () if report.increase is None else (Figure("installs", report.increase, "", "BC", "F5"),)
    return Entry(
        submission=report.unit,
        ordinal=0,
        unit=report.unit,
        label=report.unit,
        day=report.day,
        stated_day=report.day,
        origin=Origin.OWN,
        received_at=datetime.combine(report.day, time(7), UTC),
        document="bao-cao.xlsx",
        sheet="BC",
        cell="B5",
        day_cell="A3",
        figures={code: Figure(code, value, str(value), "BC", "C5") for code, value in report.values.items()},
        increases=stated,
    )


def tree_of_hai_phong() -> Any:
    """Return the units of the shipped campaign: 217 communes in 15 districts."""
    from datetime import date

    from tonghop.campaigns import load_campaign

    return load_campaign(Path(__file__).parents[1] / "campaigns", "hai-phong").tree(date(2020, 8, 18))


def main() -> None:
    """Print the figures as one JSON document."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    tree = tree_of_hai_phong()
    communes = [unit.code for unit in tree.units if unit.kind == "commune"]
    told = {}
    for name, indicators in (("population and installs", TWO), ("all five indicators", FIVE)):
        score = Score()
        for seed in range(first, first + seeds):
            judged_month(month_of(communes, seed, indicators), tree, indicators, seed, score)
        told[name] = score.told()
    print(json.dumps(told, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
