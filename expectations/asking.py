"""Great Expectations' parts, put together so that each rule is made into an expectation once a run.

Left to itself, Great Expectations makes a rule's configuration anew from its expectation at each of some eighty
askings, and the expectation from the configuration at eight: two thirds of a validation in which nothing is broken.
Here the two know each other, and neither changes after the first asking.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
from great_expectations.compatibility.pydantic import PrivateAttr
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
            self._made._asked = self
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
    class MadeOnce(kind):  # type: ignore[misc] # the same
        _asked: ExpectationConfiguration = PrivateAttr()

        @classmethod
        def is_abstract(cls) -> bool:
            return True  # the registry keeps the expectation it has

        @classmethod
        def _register_renderer_functions(cls) -> None:
            """Nothing of it is rendered."""

        @property
        def configuration(self) -> ExpectationConfiguration:
            return self._asked

    return MadeOnce
