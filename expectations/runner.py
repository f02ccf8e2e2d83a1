"""Great Expectations, run once over the frame; its answers turned into row positions at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
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
# Whether a rule is broken at all costs half of what it costs to be told where, and most rules never are.
_WHETHER: ResultFormat = "BOOLEAN_ONLY"
# Named indices took forty times as long, and every other list of the result is cut short.
_WHERE: ResultFormat = {"result_format": "COMPLETE", "return_unexpected_index_query": False}


def broken_rows(frame: pd.DataFrame, rules: Sequence[Rule]) -> dict[str, list[int]]:
    """Return by rule key the positions of the rows that break it, ascending.

    ``frame`` has the index 0, 1, 2 …; only the columns that rules read are passed on. All rules are asked
    whether any row breaks them, then those that are broken (or erred) are asked where. Raises
    ``RuleBroken`` where a rule errors, or Great Expectations answers for other rules than it was asked.
    """
    if not rules or frame.empty:
        return {rule.key: [] for rule in rules}
    with _ONE_AT_A_TIME:
        whether = _answers(frame, rules, _WHETHER)
        broken = [rule for rule in rules if whether[rule.key].success is not True]
        where = _answers(frame, broken, _WHERE) if broken else {}
    rows: dict[str, list[int]] = {rule.key: [] for rule in rules}
    return rows | {key: _positions(key, result) for key, result in where.items()}


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
    logging.getLogger("great_expectations").setLevel(logging.WARNING)  # it sets itself back to telling all
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    judged = frame.assign(**{_subject(rule): _only_where(frame, rule) for rule in rules if rule.where})
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


def _only_where(frame: pd.DataFrame, rule: Rule) -> pd.Series[Any]:
    """Return the column with a value that no row breaks the rule by, wherever the row is not asked.

    That is a blank for all but the expectation against blanks. Great Expectations' own ``row_condition`` is
    parsed as text and goes through the whole frame, three times a rule.
    """
    harmless = 0.0 if rule.expect == AGAINST_BLANKS else np.nan
    return frame[rule.columns[0]].where(frame[str(rule.where)], harmless)


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
