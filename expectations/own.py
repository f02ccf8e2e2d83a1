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
# What every metric over several columns is told of the data (Great Expectations' own names).
_DOMAIN = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")


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


def increase_is_usual(figures: pd.DataFrame, spreads: float, people: float, share: float) -> pd.Series[bool]:
    """Return where a cumulative figure has not outgrown its past.

    Columns in this order: the figure, the last accepted one, the days it may have grown, the usual increase a
    day and its spread (people), the growth of others that day (a fraction). The figure may grow by the usual
    increase of those days, or on the last of them as the others did, and by ``spreads`` times the spread,
    which grows with the root of the days. An increase below ``people``, or below the ``share`` of the last
    figure, says nothing.
    """
    figure, last, days, usual, spread, others = (figures.iloc[:, place] for place in range(6))
    alone = days * usual
    with_others = np.maximum(alone, (days - 1) * usual + others * last)
    strays = np.maximum(spread * np.sqrt(days), 0.4 * (with_others - alone))
    bound = np.maximum(with_others + spreads * strays, np.maximum(people, share * last))
    return pd.Series(figure - last <= bound, index=figures.index)


def keeps_scale(
    figure: pd.Series[float], awaited: pd.Series[float], closeness: float, smallest: float
) -> pd.Series[bool]:
    """Return where a figure is not about 10, 100 or 1.000 times, or a tenth (…) of, the awaited one.

    About: within the factor ``closeness``. The smaller of both must reach ``smallest`` people; below, powers of
    ten are met by chance.
    """
    judged = (np.minimum(figure, awaited) >= smallest) & (awaited > 0)
    power = np.log10((figure / awaited).where(judged, 1.0))
    nearest = np.round(power)
    off = (np.abs(nearest) >= 1) & (np.abs(nearest) <= 3) & (np.abs(power - nearest) <= np.log10(closeness))
    return pd.Series(~(off & judged), index=figure.index)


def stays(
    figure: pd.Series[float], last: pd.Series[float], middle: pd.Series[float], share: float, people: float
) -> pd.Series[bool]:
    """Return where a figure lies within a share or some people of the last accepted one or of their median."""

    def near(base: pd.Series[float]) -> pd.Series[bool]:
        return (figure - base).abs() <= np.maximum(share * base, people)

    return near(last) | near(middle)


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
    condition_domain_keys = _DOMAIN

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator] # the same
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> pd.Series[bool]:  # noqa: N805 - the same
        declared, decimals, recomputed = (column_list.iloc[:, place] for place in range(3))
        return percent_matches(declared, decimals, recomputed)


class ExpectDeclaredPercentToMatch(MulticolumnMapExpectation):  # type: ignore[misc] # the same
    """Expect the columns declared, decimals and recomputed to tell the same percent."""

    map_metric = "multicolumn_values.declared_percent_matches"


class IncreaseIsUsual(MulticolumnMapMetricProvider):  # type: ignore[misc] # the same
    """The metric under ``ExpectIncreaseToBeUsual``."""

    condition_metric_name = "multicolumn_values.increase_is_usual"
    condition_domain_keys = _DOMAIN
    condition_value_keys = ("spreads", "people", "share")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator] # the same
    def _pandas(cls, column_list: pd.DataFrame, **values: Any) -> pd.Series[bool]:  # noqa: N805 - the same
        return increase_is_usual(column_list, values["spreads"], values["people"], values["share"])


class ExpectIncreaseToBeUsual(MulticolumnMapExpectation):  # type: ignore[misc] # the same
    """Expect a cumulative figure not to outgrow what its own past and the others' day allow."""

    spreads: float
    people: float
    share: float
    map_metric = "multicolumn_values.increase_is_usual"
    success_keys = ("spreads", "people", "share", "mostly")
    args_keys = ("column_list", "spreads", "people", "share")


class KeepsScale(MulticolumnMapMetricProvider):  # type: ignore[misc] # the same
    """The metric under ``ExpectFigureToKeepItsScale``."""

    condition_metric_name = "multicolumn_values.keeps_scale"
    condition_domain_keys = _DOMAIN
    condition_value_keys = ("closeness", "smallest")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator] # the same
    def _pandas(cls, column_list: pd.DataFrame, **values: Any) -> pd.Series[bool]:  # noqa: N805 - the same
        figure, awaited = (column_list.iloc[:, place] for place in range(2))
        return keeps_scale(figure, awaited, values["closeness"], values["smallest"])


class ExpectFigureToKeepItsScale(MulticolumnMapExpectation):  # type: ignore[misc] # the same
    """Expect a figure not to be the awaited one times a power of ten."""

    closeness: float
    smallest: float
    map_metric = "multicolumn_values.keeps_scale"
    success_keys = ("closeness", "smallest", "mostly")
    args_keys = ("column_list", "closeness", "smallest")


class Stays(MulticolumnMapMetricProvider):  # type: ignore[misc] # the same
    """The metric under ``ExpectFigureToStay``."""

    condition_metric_name = "multicolumn_values.stays"
    condition_domain_keys = _DOMAIN
    condition_value_keys = ("share", "people")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator] # the same
    def _pandas(cls, column_list: pd.DataFrame, **values: Any) -> pd.Series[bool]:  # noqa: N805 - the same
        figure, last, middle = (column_list.iloc[:, place] for place in range(3))
        return stays(figure, last, middle, values["share"], values["people"])


class ExpectFigureToStay(MulticolumnMapExpectation):  # type: ignore[misc] # the same
    """Expect a figure that changes slowly to lie near what was accepted before."""

    share: float
    people: float
    map_metric = "multicolumn_values.stays"
    success_keys = ("share", "people", "mostly")
    args_keys = ("column_list", "share", "people")
