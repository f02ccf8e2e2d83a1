"""Run a flow in Prefect, and yet lose nothing where Prefect is lost on the way."""

from __future__ import annotations

import logging
from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from prefect import Flow

P = ParamSpec("P")
R = TypeVar("R")
_LOG = logging.getLogger("tonghop")


def run_as_flow(flow: Flow[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Return what the flow tells, as a flow run of Prefect where that is possible, and in any case once.

    A server that goes while a run is under way does not stop its steps; it only makes Prefect fail at the end,
    when the report has long been delivered. Then what the sentence told is the answer. Where Prefect fails
    before the sentence begins, the sentence runs without it. What the sentence itself raises is raised.
    """
    told: list[R] = []
    raised: list[Exception] = []
    try:
        return _overheard(flow, told, raised)(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - Prefect's and httpx's own; the sentence's are raised below
        if raised:
            raise raised[0] from None
        reason = f"{type(error).__name__}: {error}"
        if told:
            _LOG.warning("Prefect was lost during the run (%s); the run itself is complete", reason)
            return told[0]
        _LOG.warning("Prefect did not begin the run (%s); running without the orchestrator", reason)
        return flow.fn(*args, **kwargs)


def _overheard(flow: Flow[P, R], told: list[R], raised: list[Exception]) -> Flow[P, R]:
    """Return the flow so that what its sentence tells or raises is kept, whatever Prefect makes of it."""
    sentence: Callable[P, R] = flow.fn

    @wraps(sentence)
    def listening(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            result = sentence(*args, **kwargs)
        except Exception as error:
            raised.append(error)
            raise
        told.append(result)
        return result

    overheard = copy(flow)
    overheard.fn = listening
    return overheard
