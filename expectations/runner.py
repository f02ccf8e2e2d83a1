"""Great Expectations, run once over the frame; its answers turned into row positions at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

import expectations.own  # noqa: F401 - registers the product's own expectations
from expectations.ruleset import Rule
from expectations.vocabulary import EXPECTATIONS
from tonghop.errors import RuleBroken

# The context is one a process in Great Expectations: two threads would mix up their results silently.
_ONE_AT_A_TIME = threading.Lock()
ResultFormat = str | dict[str, str | bool]
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
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("submissions").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    suite = ExpectationSuite(name="rules")
    # Appended rather than added: adding compares each with all before it.
    suite.expectations.extend(_expectation(rule) for rule in rules)
    return list(batch.validate(suite, result_format=result_format).results)


def _expectation(rule: Rule) -> Any:
    kind = EXPECTATIONS[rule.expect]
    columns: Mapping[str, object] = (
        {"column_list": list(rule.columns)}
        if kind.keywords == ("column_list",)
        else dict(zip(kind.keywords, rule.columns, strict=True))
    )
    keywords: dict[str, object] = {**columns, **kind.fixed, **rule.settings}
    if rule.where is not None:
        keywords["row_condition"] = {
            "type": "comparison",
            "column": {"name": rule.where},
            "operator": "==",
            "parameter": True,
        }
    # to_domain_obj raises for a slip that the suite's own constructor would drop in silence.
    return ExpectationConfiguration(
        type=rule.expect, kwargs=keywords, meta={"rule": rule.key}, severity=rule.severity.value
    ).to_domain_obj()


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
