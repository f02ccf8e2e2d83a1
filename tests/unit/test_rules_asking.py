"""Great Expectations is asked through its parts; it must say what it says by its own road."""

from __future__ import annotations

from collections.abc import Mapping

import great_expectations as gx
import numpy as np
import pandas as pd
import pytest
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from expectations import load_rules
from expectations.asking import Asked
from expectations.ruleset import Rule
from expectations.runner import broken_rows
from expectations.vocabulary import EXPECTATIONS, Holds
from tests.unit.rules_cases import INDICATORS

RULES = load_rules("bluezone_v1", INDICATORS)


def _frame(rows: int) -> pd.DataFrame:
    """Return every column with figures, blanks and flags at random: most rules are broken somewhere."""
    chance = np.random.default_rng(20)
    columns: dict[str, object] = {}
    for name, column in RULES.columns.items():
        if column.holds is Holds.FLAG:
            columns[name] = chance.random(rows) < 0.5
        else:
            values = chance.choice([-1.0, 0.0, 0.5, 1.0, 400.0, 443.0, 4430.0, 2e9], rows)
            columns[name] = np.where(chance.random(rows) < 0.3, np.nan, values)
    return pd.DataFrame(columns)


def _by_its_own_road(frame: pd.DataFrame, rules: tuple[Rule, ...]) -> Mapping[str, list[int]]:
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("submissions").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    suite = ExpectationSuite(name="rules")
    for rule in rules:
        keywords = EXPECTATIONS[rule.expect].keywords
        columns = {keywords[0]: list(rule.columns)}
        if keywords != ("column_list",):
            columns = dict(zip(keywords, rule.columns, strict=True))
        kwargs = {**columns, **EXPECTATIONS[rule.expect].fixed, **rule.settings}
        if rule.where is not None:
            compared = {"type": "comparison", "column": {"name": rule.where}}
            kwargs["row_condition"] = {**compared, "operator": "==", "parameter": True}
        configured = ExpectationConfiguration(type=rule.expect, kwargs=kwargs, meta={"rule": rule.key})
        suite.expectations.append(configured.to_domain_obj())
    told = {"result_format": "COMPLETE", "return_unexpected_index_query": False}
    return {
        result.expectation_config.meta["rule"]: sorted(result.result["unexpected_index_list"])
        for result in batch.validate(suite, result_format=told).results
    }


@pytest.mark.filterwarnings("ignore:invalid value encountered in sqrt")  # days below nought, of chance
def test_every_rule_finds_the_rows_that_great_expectations_finds_by_its_own_road() -> None:
    frame = _frame(300)
    found = broken_rows(frame, RULES.rules)
    assert found == _by_its_own_road(frame, RULES.rules)
    assert sum(map(bool, found.values())) > 40


@pytest.mark.filterwarnings("ignore:invalid value encountered in sqrt")
def test_rules_that_are_asked_together_are_told_apart_by_every_row_alone() -> None:
    """Of a single row few rules are broken: of most groups none, of others one beside sound ones."""
    frame = _frame(12)
    of_all = broken_rows(frame, RULES.rules)
    for row in range(len(frame)):
        alone = broken_rows(frame.iloc[[row]].reset_index(drop=True), RULES.rules)
        assert alone == {key: [0] if row in rows else [] for key, rows in of_all.items()}


@pytest.mark.parametrize(
    "slip", [{"type": "expect_column_values_to_be_hole"}, {"kwargs": {"column": "installs", "max": 3}}]
)
def test_a_slip_in_a_rule_is_raised_and_not_dropped(slip: dict[str, object]) -> None:
    right = {"type": "expect_column_values_to_be_between", "kwargs": {"column": "installs", "max_value": 3}}
    assert Asked(**right).to_domain_obj().max_value == 3
    with pytest.raises(Exception, match=r"hole|extra fields not permitted"):
        Asked(**right | slip).to_domain_obj()
