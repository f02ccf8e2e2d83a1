"""Runs a day in children that are killed at a named point, forked from one process that has imported everything.

Usage: ``python -m tests.flows.zygote``; it reads one JSON object a line (``environment``, ``parameters``,
``point``) and answers one (``signal``, ``told``). ``point`` is ``before|after module:function #n``: SIGKILL
strikes there; empty, nothing strikes. The product knows nothing of this: the points are wrapped here.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

POINTS = (
    "tonghop.store.vault:Vault.keep",
    "tonghop.store.ledger:Ledger.record",
    "tonghop.store.connection:Database.writing",
    "tonghop.reading:Reader.read",
    "expectations.judging:judge_batch",
    "tonghop.store.entries:Entries.record",
    "tonghop.store.ledger:Ledger.acknowledged",
    "tonghop.store.aggregate:Aggregate.day",
    "tonghop.report.render:render",
    "tonghop.store.editions:Editions.freeze_with",
    "tonghop.store.outbox:Outbox.claim",
    "tonghop.mail.transport:_client",
    "tonghop.mail.transport:_say_sender",
    "tonghop.mail.transport:_say_recipients",
    "tonghop.store.outbox:Outbox.enter_data",
    "tonghop.mail.transport:_say_message",
    "tonghop.mail.transport:_say_end",
    "tonghop.store.outbox:Outbox.settle",
)


def main() -> None:
    """Import what a run needs, then serve."""
    for name in ("flows.daily", "flows.intake", "great_expectations", "expectations.judging", "tonghop.report"):
        importlib.import_module(name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_serve(json.loads(line))) + "\n")
        sys.stdout.flush()


def _serve(order: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(order, writing)
    os.close(writing)
    with os.fdopen(reading) as said:
        told = said.read()
    _, status = os.waitpid(child, 0)
    return {"signal": status & 0x7F, "told": json.loads(told) if told else None}


def _run(order: dict[str, Any], writing: int) -> None:
    os.setsid()
    os.dup2(2, 1)
    try:
        os.environ.update(order["environment"])
        if order["point"]:
            _arm(order["point"])
        from flows.daily import daily

        told = daily.fn(**order["parameters"])
        os.write(writing, json.dumps(told).encode())
    except BaseException:
        traceback.print_exc()
        os.write(writing, json.dumps({"broke": traceback.format_exc()}).encode())
    finally:
        os._exit(0)


def _arm(point: str) -> None:
    when, place, turn = point.split()
    module_name, path = place.split(":")
    holder: Any = importlib.import_module(module_name)
    *outer, name = path.split(".")
    for part in outer:
        holder = getattr(holder, part)
    left = int(turn.removeprefix("#"))
    original = getattr(holder, name)

    def struck(*args: Any, **kwargs: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **kwargs)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    _replace(holder, name, original, struck)


def _replace(holder: Any, name: str, original: Callable[..., Any], struck: Callable[..., Any]) -> None:
    setattr(holder, name, struck)
    for module in list(sys.modules.values()):  # what was imported by name is the same function elsewhere
        if getattr(module, name, None) is original and getattr(module, "__name__", "").split(".")[0] in (
            "tonghop",
            "tasks",
            "flows",
            "expectations",
        ):
            setattr(module, name, struck)


if __name__ == "__main__":
    main()
