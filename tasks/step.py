"""A step is a Prefect task inside a flow run and a plain call outside one; what it tells goes the same two ways.

Prefect is never imported here on its own account: where no flow run is active there is no engine, no API and
no import to pay for. And nothing that only shows (artifacts) can fail or hold up a step: the orchestrator must
never be the reason that a report is late.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import cache, wraps
from typing import Any, ParamSpec, TypedDict, TypeVar, Unpack

from tasks.artifacts import publish_link, publish_markdown, publish_table

__all__ = ["log", "publish_link", "publish_markdown", "publish_table", "scheduled_for", "step"]

P = ParamSpec("P")
R = TypeVar("R")
Log = logging.Logger | logging.LoggerAdapter[logging.Logger]


class StepOptions(TypedDict, total=False):
    """What a step may ask of Prefect; results and caches are not among it: the product's database remembers."""

    name: str
    description: str
    tags: list[str]
    task_run_name: str
    retries: int
    retry_delay_seconds: float | list[float]
    retry_jitter_factor: float
    timeout_seconds: float


def step(**options: Unpack[StepOptions]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that makes a function a Prefect task inside a flow run and leaves it as it is outside.

    ``options`` are Prefect's. ``retries`` stands only where repeating is safe; there is none unless asked for.
    The function must be synchronous, and does not know which of the two it is.
    """

    def decorate(work: Callable[P, R]) -> Callable[P, R]:
        @cache
        def as_task() -> Callable[P, R]:
            from prefect import task
            from prefect.cache_policies import NO_CACHE

            # Prefect's own policy hashes every argument of every call, data frames included, for a cache
            # that nobody asks; the product's database is what makes a step repeatable.
            made: Callable[P, R] = task(cache_policy=NO_CACHE, persist_result=False, **options)(work)
            return made

        @wraps(work)
        def stepped(*args: P.args, **kwargs: P.kwargs) -> R:
            return (as_task() if inside_flow_run() else work)(*args, **kwargs)

        return stepped

    return decorate


def inside_flow_run() -> bool:
    """Return whether a Prefect flow run is active here, without importing Prefect to find out."""
    context = sys.modules.get("prefect.context")
    return context is not None and context.FlowRunContext.get() is not None


def log() -> Log:
    """Return the run's logger inside a flow run, so that its pages show the line; else a standard one."""
    if inside_flow_run():
        from prefect.exceptions import MissingContextError
        from prefect.logging import get_run_logger

        with suppress(MissingContextError):  # a thread of the step's own, which carries no run
            return get_run_logger()
    return logging.getLogger("tonghop")


def scheduled_for() -> datetime | None:
    """Return the moment the present flow run was scheduled for, with its zone; None outside a flow run.

    A worker that was off at 14:40 starts the run when it is back, perhaps the next morning. Such a run is for
    the day it was scheduled on, not for the day on which it happens to begin.
    """
    if not inside_flow_run():
        return None
    flow_run: Any = sys.modules["prefect.context"].FlowRunContext.get().flow_run
    moment: datetime | None = getattr(flow_run, "expected_start_time", None)
    return moment
