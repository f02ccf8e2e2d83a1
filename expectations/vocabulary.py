"""What rules.yaml may name: the columns of the frame and the expectations over them.

The vocabulary is closed, because Great Expectations drops a rule whose type is misspelt without a word, and
it is known without importing Great Expectations, so that a slip shows where nothing is validated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from tonghop.domain.forms import Form


class Holds(StrEnum):
    """What a column of the frame holds, which decides how a finding writes its value.

    ``day`` is a proleptic ordinal (``date.toordinal``), so that days compare as plain numbers.
    """

    COUNT = "count"
    DAY = "day"
    FLAG = "flag"
    FRACTION = "fraction"
    DECIMALS = "decimals"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the frame: what it holds and which indicator or rate it is about (None: the row)."""

    name: str
    holds: Holds
    about: str | None = None


@dataclass(frozen=True, slots=True)
class ExpectationKind:
    """One expectation that rules may name: how its columns are passed and what else it takes.

    ``takes`` says per column what it may hold; ``settings`` are the keywords of which a rule gives at least
    one; ``fixed`` are passed always.
    """

    keywords: tuple[str, ...]
    takes: tuple[frozenset[Holds], ...]
    settings: frozenset[str] = frozenset()
    fixed: Mapping[str, object] = field(default_factory=dict)


_NUMBER = frozenset({Holds.COUNT, Holds.DAY})
_COUNT = frozenset({Holds.COUNT})
_PAIR = ("column_A", "column_B")
# Without this a missing value of a pair counts as a failure of the commune.
_BOTH_GIVEN = {"ignore_row_if": "either_value_is_missing"}

EXPECTATIONS: Mapping[str, ExpectationKind] = MappingProxyType(
    {
        "expect_column_values_to_be_whole": ExpectationKind(("column",), (_COUNT,)),
        "expect_column_values_to_be_between": ExpectationKind(
            ("column",), (_NUMBER,), settings=frozenset({"min_value", "max_value"})
        ),
        "expect_column_values_to_not_be_null": ExpectationKind(("column",), (frozenset(Holds),)),
        "expect_column_values_to_be_in_set": ExpectationKind(
            ("column",), (frozenset({Holds.FLAG}),), settings=frozenset({"value_set"})
        ),
        "expect_column_pair_values_to_be_equal": ExpectationKind(
            _PAIR, (_NUMBER, _NUMBER), fixed=_BOTH_GIVEN
        ),
        "expect_column_pair_values_a_to_be_greater_than_b": ExpectationKind(
            _PAIR, (_NUMBER, _NUMBER), settings=frozenset({"or_equal"}), fixed=_BOTH_GIVEN
        ),
        "expect_declared_percent_to_match": ExpectationKind(
            ("column_list",),
            (frozenset({Holds.FRACTION}), frozenset({Holds.DECIMALS}), frozenset({Holds.FRACTION})),
            fixed={"ignore_row_if": "any_value_is_missing"},
        ),
    }
)

# Columns about the row itself. A total row has none of them but `today`.
ROW_COLUMNS = (
    Column("day", Holds.DAY),
    Column("stated_day", Holds.DAY),
    Column("today", Holds.DAY),
    Column("day_has_come", Holds.FLAG),
    Column("unit_is_valid", Holds.FLAG),
    Column("unit_reports", Holds.FLAG),
)


def columns_of(form: Form) -> dict[str, Column]:
    """Return the columns that rules of this form may name, by name."""
    columns = [*ROW_COLUMNS]
    for indicator in form.indicators:
        columns += _indicator_columns(indicator.code, indicator.cumulative)
    for rate in form.rates:
        columns += _rate_columns(rate.code)
    return {column.name: column for column in columns}


def _indicator_columns(code: str, cumulative: bool) -> Iterable[Column]:
    yield Column(code, Holds.COUNT, code)
    yield Column(f"{code}_is_owed", Holds.FLAG, code)
    yield Column(f"{code}_as_total", Holds.COUNT, code)
    yield Column(f"{code}_added_up", Holds.COUNT, code)
    if cumulative:
        yield Column(f"{code}_last", Holds.COUNT, code)
        yield Column(f"{code}_last_day", Holds.DAY, code)


def _rate_columns(code: str) -> Iterable[Column]:
    yield Column(f"{code}_declared", Holds.FRACTION, code)
    yield Column(f"{code}_decimals", Holds.DECIMALS, code)
    yield Column(f"{code}_recomputed", Holds.FRACTION, code)
