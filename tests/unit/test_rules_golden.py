"""Every rule on the small tables of tests/golden/rules, through the real Great Expectations."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from expectations import RuleSet, judge, load_rules
from tests.unit.rules_cases import CELLS, GOLDEN, INDICATORS, Case, apart, cases
from tonghop.domain.findings import Finding
from tonghop.words import message_of

CASES = cases()


@cache
def _judged(indicators: tuple[str, ...]) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of all cases of one campaign, judged in one batch as in life."""
    together = [case for case in CASES if case.indicators == indicators]
    found = judge_apart(together, load_rules("bluezone_v1", indicators))
    return {str(case): findings for case, findings in zip(together, found, strict=True)}


def judge_apart(together: list[Case], rules: RuleSet) -> list[tuple[Finding, ...]]:
    subjects, history, tree = apart(together)
    found = judge(subjects, rules, history, tree, apart=True)
    return [
        tuple(replace(f, unit=f.unit and f.unit.partition("#")[0]) for f in findings) for findings in found
    ]


def _findings(case: Case) -> tuple[Finding, ...]:
    return _judged(case.indicators)[str(case)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_submission_gets_exactly_the_findings_of_its_table(case: Case) -> None:
    got = [
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "unit": finding.unit,
            "indicator": finding.indicator,
            "cell": finding.cell,
            "found": finding.found,
            "expected": finding.expected,
        }
        for finding in _findings(case)
    ]
    named = [{key: finding[key] for key in want} for finding, want in zip(got, case.findings, strict=False)]
    assert (named, len(got)) == ([dict(want) for want in case.findings], len(case.findings)), got


@pytest.mark.parametrize("case", [case for case in CASES if case.says is not None], ids=str)
def test_a_finding_says_its_sentence_with_the_figures_in_it(case: Case) -> None:
    assert tuple(message_of(finding) for finding in _findings(case)) == case.says


def test_every_rule_has_a_passing_a_failing_and_a_speaking_case() -> None:
    codes = {rule.code for rule in load_rules("bluezone_v1", INDICATORS).rules}
    assert {path.stem for path in GOLDEN.glob("*.yaml")} == codes
    for code in codes:
        own = [case for case in CASES if case.rule == code]
        breaks = [case for case in own if any(want["code"] == code for want in case.findings)]
        assert breaks, code
        assert [case for case in own if case not in breaks], code
        assert any(case.says for case in breaks), code


def test_no_two_cases_share_a_name_under_one_rule() -> None:
    assert len({str(case) for case in CASES}) == len(CASES)


def test_a_finding_stands_in_the_document_and_sheet_of_its_row() -> None:
    found = [finding for case in CASES for finding in _findings(case)]
    assert {(finding.document, finding.sheet) for finding in found} == {("bao-cao.xlsx", "BC")}
    assert {finding.cell[0] for finding in found if finding.cell} <= {"A", "B", *CELLS.values()}


def test_no_sentence_has_an_empty_place_in_either_language() -> None:
    for case in CASES:
        for finding in _findings(case):
            if finding.found == "":  # an endless number has no text
                continue
            for language in ("vi", "en"):
                sentence = message_of(finding, language)
                assert "  " not in sentence, sentence
                assert " ," not in sentence, sentence
                assert "()" not in sentence, sentence
                assert "{" not in sentence, sentence
