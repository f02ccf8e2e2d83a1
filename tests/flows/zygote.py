"""Runs command lines in children forked from one process that has imported everything, so that imports are paid once.

Usage: ``python -m tests.flows.zygote``; it reads one JSON object a line (``environment``, ``arguments``,
``point``) and answers one (``signal``, ``code``, ``out``, ``err``). ``point`` is ``before|after
module:function #n``: SIGKILL strikes there; empty, nothing strikes. ``kill_after``: seconds after which SIGKILL
strikes the run with all its processes, wherever it is. The product knows nothing of this: the
points are wrapped here, in a child that then runs what the command line runs.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from typing import Any

from tests.report.building import MADE_AT, edition, sources_of
from tests.report.days import whole_day
from tonghop.report import render

POINTS = (
    "tonghop.store.vault:Vault.keep",
    "tonghop.store.packs:write_for_good",
    "tonghop.store.ledger:Ledger.record",
    "tonghop.store.connection:Database.writing",
    "tonghop.reading.ahead:ReadAhead.begin",
    "tonghop.reading.ahead:ReadAhead.readings",
    "expectations.judging:judge_batch",
    "tonghop.store.entries:Entries.record",
    "tonghop.store.ledger:Ledger.acknowledged",
    "tonghop.store.aggregate:Aggregate.day",
    "tonghop.report.render:render",
    "tonghop.store.editions:Editions.freeze_with",
    "tonghop.store.outbox:Outbox.lease",
    "tonghop.mail.transport:_client",
    "tonghop.mail.transport:_say_sender",
    "tonghop.mail.transport:_say_recipients",
    "tonghop.store.outbox:Outbox.claim",
    "tonghop.mail.transport:_say_message",
    "tonghop.mail.transport:_say_end",
    "tonghop.store.outbox:Outbox.settle_all",
)


MODULES = (
    "flows.daily",
    "flows.backfill",
    "flows.remind",
    "flows.watch",
    "expectations.judging",
    "tonghop.cli",
    "tonghop.cli.flows",
    "tonghop.report.charts",
    "tonghop.report.workbook",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "alembic.command",
    "sql.schema.columns",
    "sqlalchemy.ext.compiler",
    "tonghop.orchestrator",
)


def main() -> None:
    """Import what a run needs, then serve."""
    for name in MODULES:
        importlib.import_module(name)
    _render_once()
    gc.collect()
    gc.freeze()  # else each child's first collection goes through all of it, and copies its pages
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_serve(json.loads(line))) + "\n")
        sys.stdout.flush()


def _render_once() -> None:
    """Make a report of made-up figures, so that templates, typefaces and words are ready for every child."""
    of, form, day = whole_day()
    render(edition(day), of, form, [], sources_of(day), [], MADE_AT)


def _serve(order: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _run(order, out.fileno(), err.fileno())
        striking = _strike_later(child, order.get("kill_after"))
        _, status = os.waitpid(child, 0)
        striking.set()
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode())
    code = os.waitstatus_to_exitcode(status)
    return {"signal": max(-code, 0), "code": code, "out": said[0], "err": said[1]}


def _strike_later(child: int, seconds: float | None) -> threading.Event:
    """Kill the child and its own children after so many seconds, unless the event is set before."""
    over = threading.Event()

    def strike() -> None:
        if not over.wait(seconds):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)

    if seconds is not None:
        threading.Thread(target=strike, daemon=True).start()
    return over


def _run(order: dict[str, Any], out: int, err: int) -> None:
    code: object = 70
    os.setsid()
    os.dup2(out, 1)
    os.dup2(err, 2)
    try:
        os.environ.update(order["environment"])
        if order["point"]:
            _arm(order["point"])
        sys.argv = ["tonghop", *order["arguments"]]
        importlib.import_module("tonghop.cli").main()
    except SystemExit as leaving:
        code = leaving.code
    except BaseException:  # noqa: BLE001 - the child must leave through _exit and say why
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


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
