"""The rules as data, a folder a form and version, and the one place where Great Expectations runs.

Importing this package is cheap: pandas and Great Expectations are loaded when something is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from expectations.forms import form_names, load_form
from expectations.rules import load_rules
from expectations.ruleset import LeftOut, Rule, RuleSet
from expectations.subject import Subject
from tonghop.domain.findings import Finding
from tonghop.domain.units import UnitTree

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LeftOut",
    "Rule",
    "RuleSet",
    "Subject",
    "form_names",
    "judge",
    "load_form",
    "load_rules",
    "no_history",
]


def no_history() -> pd.DataFrame:
    """Return the history of a campaign of which no day is stored yet: the columns of ``judge``, no rows."""
    import pandas as pd

    empty = pd.DataFrame({"unit": [], "day": [], "indicator": [], "value": []})
    return empty.astype({"unit": "str", "day": "datetime64[s]", "indicator": "str", "value": "int64"})


def judge(
    batch: Sequence[Subject],
    rules: RuleSet,
    history: pd.DataFrame,
    tree: UnitTree,
    *,
    apart: bool = False,
) -> tuple[tuple[Finding, ...], ...]:
    """Return the findings of each subject, in the order of ``batch``.

    All of the batch is one frame and one validation: a validation costs some 0,3 s whatever it holds.
    ``history``: the accepted counted figures of earlier days, one row each, with the columns ``unit`` (str),
    ``day`` (datetime64), ``indicator`` (str) and ``value`` (people), and ``origin`` (own or consolidated) where it
    is known; rows of other days do no harm. Rows of an entry's own day tell what the other units report, and what
    the other of a unit's own report and its parent's consolidated one says. ``apart``: the subjects are not
    compared with each other. Raises ``RuleBroken`` where a rule errors instead of judging.
    """
    if not any(subject.entries or subject.totals for subject in batch):
        return tuple(() for _ in batch)
    from expectations.judging import judge_batch  # here, because it loads Great Expectations: 3 s

    return judge_batch(batch, rules, history, tree, apart=apart)
