"""How a command ends: one JSON document, or a page for people; progress and logs go to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import NoReturn

from tonghop.errors import TonghopError

Told = Mapping[str, object]


def finish(told: Told, as_json: bool, page: str) -> NoReturn:
    """Print what was done and exit: 0 done, 1 done but something needs a person, 2 configuration, 3 not finished."""
    if as_json:
        sys.stdout.write(
            json.dumps({k: v for k, v in told.items() if k != "exit_code"}, ensure_ascii=False, indent=1)
            + "\n"
        )
    else:
        from tonghop.cli.pages import show

        show(page, told)
    raise SystemExit(exit_code_of(told))


def exit_code_of(told: Told) -> int:
    """Return the contract's exit code for what a command tells."""
    if "exit_code" in told:
        return int(str(told["exit_code"]))
    if told.get("failed"):
        return 3
    return 1 if told.get("needs_person") else 0


def shown_error(error: TonghopError) -> int:
    """Print the error on standard error and return its exit code."""
    sys.stderr.write(f"tonghop: {error}\n")
    return error.exit_code
