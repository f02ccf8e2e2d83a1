"""The product's own expectations, vectorised. Importing this module registers them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation, MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    ColumnMapMetricProvider,
    MulticolumnMapMetricProvider,
    column_condition_partial,
    multicolumn_condition_partial,
)

# Ten digits after the percent sign's: below any digit a person prints, above the noise of a division.
_NOISE = 1e-10


def is_whole(values: pd.Series[float]) -> pd.Series[bool]:
    """Return where a number is finite and has no fraction."""
    return pd.Series(np.isfinite(values) & (np.floor(values) == values), index=values.index)


def percent_matches(
    declared: pd.Series[float], decimals: pd.Series[float], recomputed: pd.Series[float]
) -> pd.Series[bool]:
    """Return where a percent as printed is the recomputed one, rounded or cut off at its last decimal.

    Fractions 0–1; ``decimals`` are those of the percent: 8,03% has two. Rounded, it lies at most half a unit
    of the last decimal beside the true one; cut off, it lies less than a unit below.
    """
    unit = 10.0 ** -(decimals + 2)
    short_by = recomputed - declared
    return (short_by >= -unit / 2 - _NOISE) & (short_by < unit + _NOISE)


class ColumnValuesWhole(ColumnMapMetricProvider):  # type: ignore[misc] # Great Expectations ships no types
    """The metric under ``ExpectColumnValuesToBeWhole``."""

    condition_metric_name = "column_values.whole"

    @column_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator] # the same
    def _pandas(cls, column: pd.Series[float], **_: Any) -> pd.Series[bool]:  # noqa: N805 - as the decorator calls it
        return is_whole(column)


class ExpectColumnValuesToBeWhole(ColumnMapExpectation):  # type: ignore[misc] # the same
    """Expect numbers without a fraction; missing ones are not judged."""

    map_metric = "column_values.whole"


class DeclaredPercentMatches(MulticolumnMapMetricProvider):  # type: ignore[misc] # the same
    """The metric under ``ExpectDeclaredPercentToMatch``."""

    condition_metric_name = "multicolumn_values.declared_percent_matches"
    condition_domain_keys = (
        "batch_id",
        "table",
        "column_list",
        "row_condition",
        "condition_parser",
        "ignore_row_if",
    )

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator] # the same
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> pd.Series[bool]:  # noqa: N805 - the same
        declared, decimals, recomputed = (column_list.iloc[:, place] for place in range(3))
        return percent_matches(declared, decimals, recomputed)


class ExpectDeclaredPercentToMatch(MulticolumnMapExpectation):  # type: ignore[misc] # the same
    """Expect the columns declared, decimals and recomputed to tell the same percent."""

    map_metric = "multicolumn_values.declared_percent_matches"
