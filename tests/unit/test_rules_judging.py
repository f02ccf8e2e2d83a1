"""Judging as a whole: order, isolation, faults of the system, and the arithmetic of percents."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from math import floor

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations import Subject, judge, load_rules
from expectations.history import past_of, told_by
from expectations.lines import lines_of
from expectations.own import percent_matches
from expectations.runner import broken_rows
from expectations.vocabulary import EXPECTATIONS
from tests.unit.rules_cases import DAY, INDICATORS, TREE, Case, cases, history_of
from tonghop.errors import RuleBroken

RULES = load_rules("bluezone_v1", INDICATORS)
NO_HISTORY = history_of(())
PLAIN = [case for case in cases() if case.indicators == INDICATORS and not case.history]
EMPTY = Subject((), (), DAY, DAY)


@settings(max_examples=5, deadline=None)
@given(st.permutations(PLAIN[:24]))
def test_the_order_of_the_batch_changes_no_finding(shuffled: list[Case]) -> None:
    found = judge([case.subject for case in shuffled], RULES, NO_HISTORY, TREE, apart=True)
    straight = judge([case.subject for case in PLAIN[:24]], RULES, NO_HISTORY, TREE, apart=True)
    assert dict(zip(map(str, shuffled), found, strict=True)) == dict(
        zip(map(str, PLAIN[:24]), straight, strict=True)
    )


@settings(max_examples=3, deadline=None)
@given(st.sampled_from(PLAIN))
def test_a_submission_is_judged_alone_as_among_others(case: Case) -> None:
    among = judge([other.subject for other in PLAIN], RULES, NO_HISTORY, TREE, apart=True)[PLAIN.index(case)]
    assert judge([case.subject], RULES, NO_HISTORY, TREE, apart=True) == (among,)


def test_submissions_that_hold_nothing_get_no_finding_and_their_place() -> None:
    broken = next(case for case in PLAIN if case.findings)
    assert judge([], RULES, NO_HISTORY, TREE) == ()
    assert judge([EMPTY, EMPTY], RULES, NO_HISTORY, TREE) == ((), ())
    first, middle, last = judge([EMPTY, broken.subject, EMPTY], RULES, NO_HISTORY, TREE)
    assert (first, last) == ((), ())
    assert middle


def test_nothing_to_judge_loads_no_great_expectations() -> None:
    look = (
        "import sys, datetime, expectations as e; day = datetime.date(2020, 8, 18);"
        "e.judge([e.Subject((), (), day, day)], e.load_rules('bluezone_v1', ['installs']), None, None);"
        "print('great_expectations' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_percent_of_a_total_without_rows_is_compared_with_its_own_counts() -> None:
    total = next(total for case in PLAIN for total in case.subject.totals if total.declared)
    lonely = replace(EMPTY, totals=(replace(total, covers=()),))
    ((finding,),) = judge([lonely], RULES, NO_HISTORY, TREE)
    assert (finding.code, finding.found, finding.expected) == ("declared-rate-differs", "8,3%", "8,03%")


def test_judging_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    judge([PLAIN[0].subject], RULES, NO_HISTORY, TREE)
    assert capfd.readouterr() == ("", "")


def test_more_than_two_hundred_broken_rows_are_all_found() -> None:
    """Great Expectations cuts its list of values at 200 and its list of rows at 20."""
    case = next(case for case in PLAIN if case.rule == "installs-above-smartphones" and case.findings)
    found = judge([case.subject] * 450, RULES, NO_HISTORY, TREE)
    assert [len(findings) for findings in found] == [1] * 450


def test_a_rule_that_errors_is_a_fault_of_the_system() -> None:
    rule = next(rule for rule in RULES.rules if rule.code == "negative-figure")
    frame = pd.DataFrame({rule.columns[0]: ["năm trăm", "443"]})
    with pytest.raises(
        RuleBroken, match=f"rule {rule.key}: errored instead of judging .*no unit is at fault"
    ):
        broken_rows(frame, [rule])


def test_two_rules_of_one_key_are_not_mistaken_for_one() -> None:
    rule = next(rule for rule in RULES.rules if rule.code == "negative-figure")
    with pytest.raises(RuleBroken, match="nothing was judged"):
        broken_rows(pd.DataFrame({rule.columns[0]: [1.0]}), [rule, rule])


def test_every_expectation_of_the_vocabulary_is_known_and_judges_a_frame() -> None:
    assert {rule.expect for rule in RULES.rules} == set(EXPECTATIONS)


def test_a_history_without_its_columns_is_a_fault_of_the_system() -> None:
    with pytest.raises(
        RuleBroken, match=r"history: no column value; .* must return unit, day, indicator, value"
    ):
        judge([PLAIN[0].subject], RULES, NO_HISTORY.drop(columns="value"), TREE)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("text", ["str", "object", "category"])
def test_a_history_is_understood_in_every_resolution_of_days_and_kind_of_text(unit: str, text: str) -> None:
    history = history_of((("27916", DAY - timedelta(days=3), "installs", 440),)).astype(
        {"day": f"datetime64[{unit}]", "unit": text, "indicator": text}
    )
    lines = lines_of([PLAIN[0].subject])
    told = told_by(history, ["27898", "27916"], ["installs"])
    past = past_of(lines * 2, np.array([1, -1]), told, ["installs"], 30)
    values, days = past.last("installs")
    assert (values[0], days[0]) == (440, (DAY - timedelta(days=3)).toordinal())
    assert np.isnan(values[1])


counts = st.integers(1, 100_000_000)


@settings(max_examples=300, deadline=None)  # a busy machine is no fault of the rule
@given(counts, counts, st.integers(0, 4), st.sampled_from(["rounded", "cut off"]))
def test_an_honest_percent_is_never_flagged(one: int, other: int, decimals: int, habit: str) -> None:
    numerator, denominator = sorted((one, other))
    exact = numerator * 100 * 10**decimals
    printed = floor(exact / denominator + 0.5) if habit == "rounded" else exact // denominator
    assert _matches(printed / 10 ** (decimals + 2), decimals, numerator / denominator)


@settings(max_examples=300, deadline=None)  # a busy machine is no fault of the rule
@given(counts, counts, st.integers(0, 4), st.sampled_from([-3, -2, 2, 3]))
def test_a_percent_two_units_of_its_last_digit_off_is_always_flagged(
    one: int, other: int, decimals: int, off: int
) -> None:
    numerator, denominator = sorted((one, other))
    printed = round(numerator * 100 * 10**decimals / denominator) + off
    assert not _matches(printed / 10 ** (decimals + 2), decimals, numerator / denominator)


def _matches(declared: float, decimals: int, recomputed: float) -> bool:
    columns = (pd.Series([float(value)]) for value in (declared, decimals, recomputed))
    return bool(percent_matches(*columns).iloc[0])
