"""What a rule says of a figure: data with a place, never an exception."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: a critical one holds the entry, a warning is shown, info is noted."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that one submission, entry or figure breaks.

    ``code`` is a key of the catalogue (``tonghop/words``), which holds the sentence. ``document`` names
    the file inside the submission; ``sheet`` and ``cell`` (A1) the place. ``found`` and ``expected`` are
    short texts, already in Vietnamese number form, safe to show. ``arguments`` fills further places of
    the sentence. Nothing of these may hold personal data.
    """

    code: str
    severity: Severity
    document: str = ""
    unit: str | None = None
    indicator: str | None = None
    sheet: str | None = None
    cell: str | None = None
    found: str | None = None
    expected: str | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Return whether the finding keeps its entry out of the totals until a person decides."""
        return self.severity is Severity.CRITICAL


def any_holds(findings: Iterable[Finding]) -> bool:
    """Return whether one of the findings is critical."""
    return any(finding.holds for finding in findings)
