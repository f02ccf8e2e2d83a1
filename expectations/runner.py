"""Great Expectations, run once over the frame; its answers turned into row positions at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

import expectations.own  # noqa: F401 - registers the product's own expectations
from expectations.asking import Asked, ResultFormat, validator_of
from expectations.ruleset import Rule
from expectations.vocabulary import AGAINST_BLANKS, EXPECTATIONS
from tonghop.errors import RuleBroken

# Great Expectations keeps its registries for the process and promises threads nothing.
_ONE_AT_A_TIME = threading.Lock()
# These set themselves back to telling all.
_TALKATIVE = ("great_expectations", "great_expectations.data_context.types.base")
# Whether rules are broken at all costs half of what it costs to be told where, and most rules never are.
_WHETHER: ResultFormat = "BOOLEAN_ONLY"
# Named indices took forty times as long, and every other list of the result is cut short.
_WHERE: ResultFormat = {"result_format": "COMPLETE", "return_unexpected_index_query": False}


def broken_rows(frame: pd.DataFrame, rules: Sequence[Rule]) -> dict[str, list[int]]:
    """Return by rule key the positions of the rows that break it, ascending.

    ``frame`` has the index 0, 1, 2 …; only the columns that rules read are passed on. Rules that ask the same of
    different columns are asked together whether any row breaks them, then those of which one is broken (or erred)
    are asked where, each by itself. Raises ``RuleBroken`` where a rule errors, or Great Expectations answers for
    other rules than it was asked.
    """
    if not rules or frame.empty:
        return {rule.key: [] for rule in rules}
    with _ONE_AT_A_TIME:
        groups = _alike(rules)
        whether = _answers(*_end_to_end(frame, groups), _WHETHER)
        broken = [rule for group in groups if whether[group[0].key].success is not True for rule in group]
        where = _answers(frame, broken, _WHERE) if broken else {}
    rows: dict[str, list[int]] = {rule.key: [] for rule in rules}
    return rows | {key: _positions(key, result) for key, result in where.items()}


def _alike(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the rules in groups that ask the same of different columns. Raises ``RuleBroken`` for two of one key."""
    if len({rule.key for rule in rules}) < len(rules):
        raise RuleBroken(
            "rules: two of one key; nothing was judged; mend expectations/ or restore it from the release"
        )
    groups: dict[tuple[str, str], list[Rule]] = {}
    for rule in rules:
        groups.setdefault((rule.expect, repr(sorted(rule.settings.items()))), []).append(rule)
    return list(groups.values())


def _end_to_end(frame: pd.DataFrame, groups: Sequence[Sequence[Rule]]) -> tuple[pd.DataFrame, list[Rule]]:
    """Return each group's columns laid end to end, and one rule over them, under the key of the group's first.

    An asking costs a millisecond whatever it finds. Every expectation judges row by row, so a group with fewer rows
    than the largest is filled up with its own rows again.
    """
    height = len(frame) * max(map(len, groups))
    columns: dict[str, Any] = {}
    asked: list[Rule] = []
    for group in groups:
        names = tuple(f"{group[0].key} {place}" for place in range(len(group[0].columns)))
        for place, name in enumerate(names):
            laid = np.concatenate([_column(frame, rule, place).to_numpy() for rule in group])
            columns[name] = np.resize(laid, height)
        asked.append(replace(group[0], columns=names, where=None))
    return pd.DataFrame(columns), asked


def _answers(frame: pd.DataFrame, rules: Sequence[Rule], result_format: ResultFormat) -> dict[str, Any]:
    """Return Great Expectations' result by rule key, in the order of the rules: one for each."""
    read = sorted(set().union(*(rule.reads() for rule in rules)))
    results = _validate(frame[read], rules, result_format)
    answers = {result.expectation_config.meta["rule"]: result for result in results}
    asked = [rule.key for rule in rules]
    if sorted(answers) != sorted(asked) or len(results) != len(asked):
        silent = sorted(set(asked) - set(answers))
        raise RuleBroken(
            f"rules {', '.join(silent)}: no answer; nothing was judged; run doctor, which tries every rule"
        )
    return {key: answers[key] for key in asked}


def _validate(frame: pd.DataFrame, rules: Sequence[Rule], result_format: ResultFormat) -> list[Any]:
    for name in _TALKATIVE:  # set only where it tells more: all loggers forget what they settled each time
        if (logger := logging.getLogger(name)).level != logging.WARNING:
            logger.setLevel(logging.WARNING)
    judged = frame.assign(**{_subject(rule): _column(frame, rule, 0) for rule in rules if rule.where})
    asked = [_asked(rule) for rule in rules]
    return list(validator_of(judged).graph_validate(asked, {"result_format": result_format}))


def _asked(rule: Rule) -> Asked:
    kind = EXPECTATIONS[rule.expect]
    columns = [_subject(rule), *rule.columns[1:]]
    keywords: Mapping[str, object] = (
        {"column_list": columns}
        if kind.keywords == ("column_list",)
        else dict(zip(kind.keywords, columns, strict=True))
    )
    return Asked(
        type=rule.expect,
        kwargs={**keywords, **kind.fixed, **rule.settings},
        meta={"rule": rule.key},
        severity=rule.severity.value,
    )


def _subject(rule: Rule) -> str:
    """Return the column that the rule is about: where only some rows are asked, one of its own."""
    return rule.columns[0] if rule.where is None else f"{rule.columns[0]} where {rule.where}"


def _column(frame: pd.DataFrame, rule: Rule, place: int) -> pd.Series[Any]:
    """Return a column of a rule; the one it is about so that no row breaks the rule where it is not asked.

    Such a row holds a blank, and a number for the expectation against blanks. Great Expectations' own
    ``row_condition`` is parsed as text and goes through the whole frame, three times a rule.
    """
    column = frame[rule.columns[place]]
    if place or rule.where is None:
        return column
    return column.where(frame[rule.where], 0.0 if rule.expect == AGAINST_BLANKS else np.nan)


def _positions(key: str, result: Any) -> list[int]:
    rows = result.result.get("unexpected_index_list")
    if rows is None:
        raise RuleBroken(
            f"rule {key}: errored instead of judging ({_reason(result.exception_info)}); nothing was judged "
            f"and no unit is at fault; mend expectations/ or restore it from the release"
        )
    return sorted(int(row) for row in rows)


def _reason(info: Any) -> str:
    """Return the first message of an exception, whichever of its two forms Great Expectations chose."""
    if not isinstance(info, dict):
        return "no reason given"
    if "exception_message" in info:
        return str(info["exception_message"] or "no reason given")
    return next((_reason(inner) for inner in info.values() if isinstance(inner, dict)), "no reason given")
