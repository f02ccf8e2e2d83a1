"""A day added up: SQL climbs the tree of the day, this file asks it and hands the rows to the lines."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from tonghop.domain.forms import Form
from tonghop.domain.totals import DayTotals
from tonghop.domain.units import UnitCode, UnitTree
from tonghop.errors import ConfigurationError
from tonghop.store.connection import Database, Transaction
from tonghop.store.lines import Before, DaySums, Goal, NodeSum, Presence, lines_of

FIRST_DAY = date(1, 1, 1)
_REMEMBERED = 4  # editions; a country's is some 20 MB


class Aggregate:
    """Adds up what is accepted. Nothing is written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._told: OrderedDict[int, _Told] = OrderedDict()

    def day(
        self,
        campaign: str,
        tree: UnitTree,
        form: Form,
        targets: Sequence[Goal],
        cutoffs: Mapping[str, datetime],
        missing: Literal["carry_forward", "leave_out"],
        day: date,
        as_of: datetime,
    ) -> DayTotals:
        """Return the day's totals at every node of the tree.

        Sums are of counted entries. A rate at a node is the quotient of sums over the units that have both
        its numerator and its denominator. A parent's stated total stands in only where none below reported.
        ``carry_forward`` lets a missing or held unit stand in with its last accepted cumulative figures and,
        so that rates keep their base, the denominators that belong to them. The day before is the last one
        with any accepted entry, as its last edition told it (a correction that nobody was sent is compared with
        nothing), or, where it has none, added up in its own tree by the same policy; a unit is compared with
        itself only (same code and version). ``cutoffs`` gives the moment for every kind of unit that owes a report;
        ``form`` the indicators the campaign counts; the sums are of what is recorded now, ``as_of`` names it.

        Raises ``ConfigurationError`` where the register was not synced with the tree, or a cut-off wants.
        """
        wanting = sorted({unit.kind for unit in tree.owing} - cutoffs.keys())
        if wanting:
            raise ConfigurationError(f"campaign {campaign}: no cut-off for kind {', '.join(wanting)}")
        ask = _Question(campaign, tree.root, form, missing)
        with self._database.reading() as transaction:
            today = ask.sums(transaction, day)
            if today.presence.keys() != {unit.code for unit in tree.units}:
                raise ConfigurationError(
                    f"campaign {campaign}: the units of {day.isoformat()} below {tree.root} are not those of "
                    "the register in the database; nothing was added up; sync it first (`tonghop run` does)"
                )
            before_day = transaction.rows("aggregate/previous_day", campaign=campaign, day=day)[0][
                "previous_day"
            ]
            before = self._before(transaction, ask, before_day) if before_day is not None else None
        return DayTotals(campaign, day, as_of, lines_of(tree, form, targets, cutoffs, today, before))

    def _before(self, transaction: Transaction, ask: _Question, day: date) -> Before:
        """Return an earlier day as its last edition told it, else as it adds up now.

        What an edition told never changes: it is remembered, for a desk asks again with every new entry.
        """
        editions = transaction.rows("aggregate/last_edition", campaign=ask.campaign, day=day)
        if not editions:
            return Before.added_up(ask.sums(transaction, day), ask.form)
        edition: int = editions[0]["id"]
        told = self._told.get(edition) or _told(transaction, edition)
        self._told[edition] = told
        while len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)
        there = transaction.tuples("aggregate/branch", campaign=ask.campaign, root=ask.root, day=day)
        return Before(day, told.people, told.fractions, dict(there))


@dataclass(frozen=True, slots=True)
class _Told:
    """What an edition told: people by node and indicator, fractions by node and rate."""

    people: Mapping[tuple[UnitCode, str], int | None]
    fractions: Mapping[tuple[UnitCode, str], float | None]


def _told(transaction: Transaction, edition: int) -> _Told:
    figures = transaction.rows("report/edition_figures", edition_id=edition)
    rates = transaction.rows("report/edition_rates", edition_id=edition)
    return _Told(
        {(row["unit"], row["indicator"]): row["value"] for row in figures},
        {(row["unit"], row["rate"]): row["value"] for row in rates},
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of the database for one day and again for the day before."""

    campaign: str
    root: UnitCode
    form: Form
    missing: str
    carried: list[str] = field(init=False)

    def __post_init__(self) -> None:
        cumulative = {indicator.code for indicator in self.form.indicators if indicator.cumulative}
        bases = {rate.denominator for rate in self.form.rates if rate.numerator in cumulative}
        object.__setattr__(self, "carried", sorted(cumulative | bases))

    def sums(self, transaction: Transaction, day: date) -> DaySums:
        rows = transaction.tuples(
            "aggregate/sums",
            campaign=self.campaign,
            root=self.root,
            day=day,
            since=FIRST_DAY if self.missing == "carry_forward" else day,
            indicators=[indicator.code for indicator in self.form.indicators],
            carried=self.carried,
            rates=[f"{rate.numerator}/{rate.denominator}" for rate in self.form.rates],
        )
        present = transaction.tuples("aggregate/presence", campaign=self.campaign, root=self.root, day=day)
        return DaySums(
            day,
            {(r[0], r[1]): NodeSum(r[3], r[5], r[6], bool(r[7])) for r in rows if r[2] is None},
            {(r[0], r[1], r[2]): (r[3], r[4]) for r in rows if r[2] is not None},
            {r[0]: Presence(r[1], r[2], r[3], bool(r[4])) for r in present},
        )
