"""Great Expectations' parts, put together so that each rule is made into an expectation once a run.

Left to itself, Great Expectations makes a rule's configuration anew from its expectation at each of some eighty
askings, and the expectation from the configuration at eight: two thirds of a validation in which nothing is broken.
Here the two know each other, and neither changes after the first asking.
"""

from __future__ import annotations

from abc import ABCMeta
from functools import cache
from typing import Any

import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.registry import get_expectation_impl
from great_expectations.validator.validator import Validator

ResultFormat = str | dict[str, str | bool]


class Asked(ExpectationConfiguration):  # type: ignore[misc] # Great Expectations ships no types
    """A rule as Great Expectations takes it, with the one expectation that is made of it."""

    _made: Any = None

    def to_domain_obj(self) -> Any:
        """Return the expectation. Raises for a slip in type or keywords."""
        if self._made is None:
            kind = _made_once(get_expectation_impl(self.type))
            self._made = kind(meta=self.meta, severity=self.severity, **self.kwargs)
            object.__setattr__(self._made, "_asked", self)  # no field of its own
        return self._made


def validator_of(frame: pd.DataFrame) -> Validator:
    """Return a validator of one frame, without a context: that would write its own settings as YAML, three times."""
    engine = PandasExecutionEngine()
    engine.load_batch_data("submissions", frame)
    validator = Validator(execution_engine=engine)
    validator.metrics_calculator.show_progress_bars = False
    return validator


@cache
def _made_once(kind: type[Expectation]) -> type[Expectation]:
    """Return the expectation as one that is handed its configuration.

    Made past pydantic and the registry, which keeps the one it has: nothing else of it differs, and pydantic would
    copy every field of it deeply, for 3 ms.
    """
    members = {"__slots__": ("_asked",), "configuration": property(lambda made: made._asked)}
    made: type[Expectation] = ABCMeta.__new__(type(kind), kind.__name__, (kind,), members)
    return made
