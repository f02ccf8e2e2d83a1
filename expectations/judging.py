"""From submissions to findings: one frame, one validation, one list of findings each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from expectations.findings import finding_of
from expectations.frame import build_frame
from expectations.lines import lines_of
from expectations.ruleset import Rule, RuleSet
from expectations.runner import broken_rows
from expectations.subject import Subject
from expectations.vocabulary import AGAINST_BLANKS
from tonghop.domain.findings import Finding
from tonghop.domain.units import UnitTree


def judge_batch(
    batch: Sequence[Subject],
    rules: RuleSet,
    history: pd.DataFrame,
    tree: UnitTree,
    *,
    apart: bool = False,
) -> tuple[tuple[Finding, ...], ...]:
    """Return the findings of each subject in the order of ``batch``; within one, by row, then by rule.

    Raises ``RuleBroken`` where a rule errors instead of judging.
    """
    lines = lines_of(batch)
    frame = build_frame(batch, lines, rules, history, tree, apart=apart)
    given = {column for column, some in frame.notna().any().items() if some}
    asked = [rule for rule in rules.rules if _has_work(rule, frame, given)]
    silent: dict[str, list[int]] = {rule.key: [] for rule in rules.rules}
    broken = _best_said({**silent, **broken_rows(frame, asked)}, rules.rules)
    found: list[list[Finding]] = [[] for _ in batch]
    values = {name: frame[name].tolist() for name in frame.columns} if any(broken.values()) else {}
    hits = sorted((row, order) for order, rule in enumerate(rules.rules) for row in broken[rule.key])
    for row, order in hits:
        line = lines[row]
        found[line.subject].append(finding_of(rules.rules[order], line, row, values, rules.columns, tree))
    return tuple(tuple(findings) for findings in found)


def _best_said(broken: Mapping[str, Sequence[int]], rules: Sequence[Rule]) -> dict[str, list[int]]:
    """Return the broken rows without those of which another rule tells the same fault better."""
    rows = {key: set(found) for key, found in broken.items()}
    return {
        rule.key: sorted(rows[rule.key].difference(*(rows.get(other, ()) for other in rule.unless)))
        for rule in rules
    }


def _has_work(rule: Rule, frame: pd.DataFrame, given: Collection[object]) -> bool:
    """Return whether any row could break the rule: each costs some 2 ms, whatever it finds.

    ``given``: the columns that hold anything. No expectation but the one against blanks judges a row whose columns
    are not all given.
    """
    if rule.where is not None and not frame[rule.where].any():
        return False
    return rule.expect == AGAINST_BLANKS or all(column in given for column in rule.columns)
