"""A short month of a known truth: faults are flagged, clean reports are not held, a first day holds nothing."""

from __future__ import annotations

import pytest

from benchmarks.month import FIVE, TWO, Score, judged_month, tree_of_hai_phong
from benchmarks.seeded import month_of

TREE = tree_of_hai_phong()
COMMUNES = [unit.code for unit in TREE.units if unit.kind == "commune"]


@pytest.mark.parametrize("indicators", [TWO, FIVE], ids=["two indicators", "five indicators"])
def test_of_a_month_nearly_every_fault_is_flagged_and_hardly_a_clean_report_held(
    indicators: tuple[str, ...],
) -> None:
    score = Score()
    judged_month(month_of(COMMUNES[:80], 5, indicators, length=16), TREE, indicators, 5, score)
    told = score.told()
    assert told["faults"] >= 10
    assert told["faults_flagged"] >= 0.9, told["by_kind"]  # of so few; the benchmark tells the share of many
    assert told["clean_held"] <= 0.01, told["clean_held_by"]


def test_the_first_days_of_a_campaign_hold_nothing_for_want_of_history() -> None:
    score = Score()
    judged_month(month_of(COMMUNES, 6, TWO, length=3, fault_share=0.0), TREE, TWO, 6, score)
    assert score.clean > 500
    assert score.held == 0, score.clean_held
