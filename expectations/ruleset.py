"""The rules as values, after every name in them was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from expectations.vocabulary import Column
from tonghop.domain.findings import Severity
from tonghop.domain.forms import Form


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation over named columns, and what its finding says.

    ``key`` is unique in the set: the code and, for a rule repeated over indicators or rates, which one.
    ``at`` is where the finding stands: an indicator's cell, a rate's cell, ``day`` or ``unit``. ``found``,
    ``expected`` and the values of ``arguments`` are columns whose values fill the sentence. ``unless`` are the
    keys of rules that, where they find something in the same row, say it better.
    """

    key: str
    code: str
    severity: Severity
    expect: str
    columns: tuple[str, ...]
    at: str
    why: str
    settings: Mapping[str, object] = field(default_factory=dict)
    where: str | None = None
    found: str | None = None
    expected: str | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)
    unless: tuple[str, ...] = ()

    def reads(self) -> set[str]:
        """Return every column the rule's judgement needs."""
        return {*self.columns, *([self.where] if self.where else [])}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule that does not apply to a campaign, and which of its needs the campaign does not count."""

    key: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one campaign: of its form, narrowed to its indicators, in the order of the file.

    ``form`` is narrowed as well and has no headings; ``columns`` describes the frame the rules run on;
    ``parameters`` are the thresholds that building it needs (``vocabulary.FRAME_PARAMETERS``).
    """

    form: Form
    rules: tuple[Rule, ...]
    left_out: tuple[LeftOut, ...]
    columns: Mapping[str, Column]
    parameters: Mapping[str, float]

    @property
    def history_days(self) -> int:
        """Return how many days before an entry's day its history reaches."""
        return int(self.parameters["history_days"])
