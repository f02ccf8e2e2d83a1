"""What rules.yaml may name: the columns of the frame and the expectations over them.

The vocabulary is closed, because Great Expectations drops a rule whose type is misspelt without a word, and
it is known without importing Great Expectations, so that a slip shows where nothing is validated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from tonghop.domain.forms import Form


class Holds(StrEnum):
    """What a column of the frame holds, which decides how a finding writes its value.

    ``day`` is a proleptic ordinal (``date.toordinal``), so that days compare as plain numbers; ``unit`` the
    position of a unit in the tree; ``measure`` a plain number without a unit of its own.
    """

    COUNT = "count"
    DAY = "day"
    FLAG = "flag"
    FRACTION = "fraction"
    DECIMALS = "decimals"
    MEASURE = "measure"
    UNIT = "unit"


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
    one (all, where ``needs_all``); ``fixed`` are passed always.
    """

    keywords: tuple[str, ...]
    takes: tuple[frozenset[Holds], ...]
    settings: frozenset[str] = frozenset()
    fixed: Mapping[str, object] = field(default_factory=dict)
    needs_all: bool = False


# The one expectation that judges blanks; every other passes over them.
AGAINST_BLANKS = "expect_column_values_to_not_be_null"

_NUMBER = frozenset({Holds.COUNT, Holds.DAY, Holds.MEASURE})
_COUNT = frozenset({Holds.COUNT})
_MEASURE = frozenset({Holds.MEASURE})
_PAIR = ("column_A", "column_B")
# Without this a missing value of a pair counts as a failure of the commune.
_BOTH_GIVEN = {"ignore_row_if": "either_value_is_missing"}
_ALL_GIVEN = {"ignore_row_if": "any_value_is_missing"}

EXPECTATIONS: Mapping[str, ExpectationKind] = MappingProxyType(
    {
        "expect_column_values_to_be_whole": ExpectationKind(("column",), (_COUNT,)),
        "expect_column_values_to_be_between": ExpectationKind(
            ("column",), (_NUMBER,), settings=frozenset({"min_value", "max_value"})
        ),
        AGAINST_BLANKS: ExpectationKind(("column",), (frozenset(Holds),)),
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
            fixed=_ALL_GIVEN,
        ),
        "expect_column_values_to_be_null": ExpectationKind(("column",), (frozenset({Holds.UNIT}),)),
        "expect_increase_to_be_usual": ExpectationKind(
            ("column_list",),
            (_COUNT, _COUNT, _MEASURE, _COUNT, _MEASURE, _MEASURE),
            settings=frozenset({"spreads", "people", "share"}),
            fixed=_ALL_GIVEN,
            needs_all=True,
        ),
        "expect_figure_to_keep_its_scale": ExpectationKind(
            ("column_list",),
            (_COUNT, _COUNT),
            settings=frozenset({"closeness", "smallest"}),
            fixed=_ALL_GIVEN,
            needs_all=True,
        ),
        "expect_figure_to_stay": ExpectationKind(
            ("column_list",),
            (_COUNT, _COUNT, _COUNT),
            settings=frozenset({"share", "people"}),
            fixed=_ALL_GIVEN,
            needs_all=True,
        ),
    }
)

# What building the frame itself asks of parameters.yaml, beside what the rules name.
FRAME_PARAMETERS = (
    "history_days",
    "usual_over_reports",
    "usual_needs_reports",
    "least_spread_of_usual",
    "least_spread_of_figure",
    "least_spread_people",
    "short_history_growth",
    "catch_up_days",
    "leap_spreads",
    "others_needed",
    "copied_figures",
    "copied_smallest",
    "shared_smallest",
    "still_from_people",
    "full_from",
)

# Columns about the row itself. A total row has none of them but `today`.
ROW_COLUMNS = (
    Column("day", Holds.DAY),
    Column("stated_day", Holds.DAY),
    Column("today", Holds.DAY),
    Column("day_has_come", Holds.FLAG),
    Column("unit_is_valid", Holds.FLAG),
    Column("unit_reports", Holds.FLAG),
    Column("unit_is_commune", Holds.FLAG),
    Column("still_days", Holds.MEASURE),
    Column("still_since", Holds.DAY),
    Column("copied_from", Holds.UNIT),
    Column("copied_day", Holds.DAY),
    Column("same_file_as", Holds.UNIT),
)


# Columns about an indicator, its code before each name; and those that only a cumulative or another one has.
_OF_INDICATOR = (
    ("", Holds.COUNT),
    ("_is_owed", Holds.FLAG),
    ("_as_total", Holds.COUNT),
    ("_added_up", Holds.COUNT),
    ("_elsewhere", Holds.COUNT),
    ("_last", Holds.COUNT),
    ("_last_day", Holds.DAY),
    ("_awaited", Holds.COUNT),
    ("_times", Holds.COUNT),
)
_OF_CUMULATIVE = (
    ("_sound", Holds.COUNT),
    ("_increase", Holds.COUNT),
    ("_increase_declared", Holds.COUNT),
    ("_increase_computed", Holds.COUNT),
    ("_days", Holds.MEASURE),
    ("_usual", Holds.COUNT),
    ("_spread", Holds.MEASURE),
    ("_of_others", Holds.MEASURE),
    ("_roundness", Holds.MEASURE),
    ("_round_reports", Holds.COUNT),
    ("_shared_with", Holds.UNIT),
)
_OF_OTHERS = (("_middle", Holds.COUNT),)
_OF_RATE = (("_declared", Holds.FRACTION), ("_decimals", Holds.DECIMALS), ("_recomputed", Holds.FRACTION))


def columns_of(form: Form) -> dict[str, Column]:
    """Return the columns that rules of this form may name, by name."""
    columns = [*ROW_COLUMNS]
    for indicator in form.indicators:
        further = _OF_CUMULATIVE if indicator.cumulative else _OF_OTHERS
        columns += _about(indicator.code, (*_OF_INDICATOR, *further))
    for rate in form.rates:
        columns += _about(rate.code, _OF_RATE)
    return {column.name: column for column in columns}


def _about(code: str, kinds: Iterable[tuple[str, Holds]]) -> Iterator[Column]:
    return (Column(code + ending, holds, code) for ending, holds in kinds)
