"""The figures of the campaign as they were published: the right ones pass, the doubtful ones get their sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from expectations import judge, load_rules
from tests.unit.rules_cases import history_of, subject_of
from tonghop.domain.units import Unit, UnitTree
from tonghop.words import message_of

PUBLISHED = yaml.safe_load((Path(__file__).parent / "published.yaml").read_text(encoding="utf-8"))
FIVE = ("population", "smartphone_users", "installs", "staff", "staff_installs")


def findings_of(case: dict[str, Any]) -> list[str]:
    day, values = case["day"], case["values"]
    root = Unit("VN", "Cả nước", "country", None, date(2000, 1, 1), None, False)
    beside = case.get("beside", {})
    provinces = [replace(root, code=name, name=name, kind="province", parent="VN") for name in ("T", *beside)]
    history = [
        ("T", on, code, value) for code, days in case.get("past", {}).items() for on, value in days.items()
    ]
    history += [(name, day, code, value) for name, own in beside.items() for code, value in own.items()]
    row = {**values, "absent": [code for code in FIVE if code not in values]}
    subject = subject_of([{**row, "unit": "T", "declared": case.get("declared", {})}])
    entry = subject.entries[0]._replace(day=day, stated_day=case.get("stated_day", day))
    subject = replace(subject, entries=(entry,), today=day, expected_day=day)
    tree = UnitTree.on(day, [root, *provinces], "VN")
    ((*findings,),) = judge(
        [subject], load_rules("bluezone_v1", list(values)), history_of(tuple(history)), tree
    )
    return [message_of(f) for f in findings if f.code != "unit-not-reporting"]


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["name"])
def test_a_published_figure_is_judged_as_the_field_says(case: dict[str, Any]) -> None:
    assert findings_of(case) == case["findings"]
