"""Great Expectations' parts, put together so that each rule is made into an expectation once a run.

Left to itself, Great Expectations makes a rule's configuration anew from its expectation at each of some eighty
askings, and the expectation from the configuration at eight: two thirds of a validation in which nothing is broken.
Here the two know each other, and neither changes after the first asking. Of the rest, half went into identities of
metrics: a hash of every keyword, most of which are not given.
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
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import ValidationDependencies, Validator

ResultFormat = str | dict[str, str | bool]


class Asked(ExpectationConfiguration):  # type: ignore[misc] # Great Expectations ships no types
    """A rule as Great Expectations takes it, with the one expectation that is made of it."""

    _made: Any = None

    def __deepcopy__(self, memo: object) -> Asked:
        """Return itself: it is made for one validation, which copies it only to name the batch in it."""
        return self

    def to_domain_obj(self) -> Any:
        """Return the expectation. Raises for a slip in type or keywords."""
        if self._made is None:
            kind = _made_once(get_expectation_impl(self.type))
            self._made = kind(meta=self.meta, severity=self.severity, **self.kwargs)
            object.__setattr__(self._made, "_asked", self)  # no field of its own
            object.__setattr__(self._made, "_needed", None)
        return self._made


def validator_of(frame: pd.DataFrame) -> Validator:
    """Return a validator of one frame, without a context: that would write its own settings as YAML, three times."""
    engine = PandasExecutionEngine()
    engine.load_batch_data("submissions", frame)
    validator = Validator(execution_engine=engine)
    validator.metrics_calculator.show_progress_bars = False
    return validator


class _Once:
    """What an expectation does once instead of at each asking."""

    __slots__ = ()
    _asked: Asked
    _needed: ValidationDependencies | None

    @property
    def configuration(self) -> Asked:
        return self._asked

    def get_validation_dependencies(self, *given: Any, **named: Any) -> ValidationDependencies:
        """Return the metrics that the expectation needs, found once."""
        if self._needed is None:
            needed = super().get_validation_dependencies(*given, **named)  # type: ignore[misc] # the expectation's
            for name, metric in needed.metric_configurations.items():
                needed.metric_configurations[name] = _by_what_is_given(metric)
            object.__setattr__(self, "_needed", needed)
        return self._needed


def _by_what_is_given(metric: MetricConfiguration) -> MetricConfiguration:
    """Return a metric without the keywords of its rows that are None, which say the same where they are not there.

    Its identity would hash them, and so would those of all the metrics that it is made of.
    """
    domain = {key: value for key, value in metric.metric_domain_kwargs.items() if value is not None}
    return MetricConfiguration(metric.metric_name, domain, metric.metric_value_kwargs)


@cache
def _made_once(kind: type[Expectation]) -> type[Expectation]:
    """Return the expectation as one that is handed its configuration.

    Made past pydantic and the registry, which keeps the one it has: nothing else of it differs, and pydantic would
    copy every field of it deeply, for 3 ms.
    """
    members = {"__slots__": ("_asked", "_needed")}
    made: type[Expectation] = ABCMeta.__new__(type(kind), kind.__name__, (_Once, kind), members)
    return made
