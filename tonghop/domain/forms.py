"""The form of a submission: which indicators it has, what its headings say, which rates it yields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Indicator:
    """One count of people.

    ``kinds``: the kinds of unit that report it (empty: all of them), ``except_kinds``: those that do not.
    ``cumulative``: counted since the campaign began, so it should not fall. ``required``: a blank one is
    a finding. ``increase_headings``: what a column beside it is called that holds the day's increase, which is
    compared and never added. ``parts``: the spellings of each part of those counted; beside a column of another
    part a column is no count of all.
    """

    code: str
    cumulative: bool = False
    required: bool = True
    kinds: frozenset[str] = frozenset()
    except_kinds: frozenset[str] = frozenset()
    increase_headings: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()

    def is_asked_of(self, kind: str) -> bool:
        """Return whether a unit of ``kind`` owes this figure."""
        return kind not in self.except_kinds and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Rate:
    """A named numerator over a named denominator, always recomputed from sums (fraction 0–1)."""

    code: str
    numerator: str
    denominator: str
    may_exceed_one: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """One spelling of a column's heading and what it means.

    ``means`` is an indicator's code, a rate's code, or one of ``unit``, ``ordinal``, ``note``, ``day``,
    ``value`` (the figures column of a vertical form), ``label`` (its names column), ``measure`` (its units
    of measure), ``ignore``, ``personal``. ``group`` is the merged heading above it, where only both together
    tell the meaning ("CBCCVC, NLĐ" over "Tổng số").
    """

    text: str
    means: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Titles:
    """Words of titles and of sheets' names that say what the figures below are, where they are no report.

    ``own``: the programme the form is of; ``others``: other ones. ``examples``: of tables that show how to fill in
    the form; ``example_marks``: further ones, of single lines ("VD"); ``guides``: how sheets of such tables are
    called. ``unreal``: of figures that nobody counted; ``planned``: the same, where they begin a title, behind
    ``openings`` as "Số liệu": "Kết quả thực hiện kế hoạch" tells what was done.
    """

    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    example_marks: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    unreal: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of a submission, with a version: ``bluezone_v1``.

    ``plain_words``: words of headings above others that say nothing of whom is counted below ("Kết quả thực
    hiện"); below a heading with any other word nothing is taken. ``of_which``: headings that only say that parts of
    what stands before them follow below ("Trong đó").
    """

    name: str
    indicators: tuple[Indicator, ...]
    rates: tuple[Rate, ...]
    headings: tuple[Heading, ...]
    titles: Titles = Titles()
    plain_words: tuple[str, ...] = ()
    of_which: tuple[str, ...] = ()

    def only(self, codes: Iterable[str]) -> Form:
        """Return the form with the indicators a campaign counts, and the rates these allow."""
        kept = tuple(indicator for indicator in self.indicators if indicator.code in set(codes))
        known = {indicator.code for indicator in kept}
        rates = tuple(r for r in self.rates if {r.numerator, r.denominator} <= known)
        return replace(self, indicators=kept, rates=rates)
