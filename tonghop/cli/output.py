"""How a command ends: one JSON document, or a page for people; progress and logs go to standard error."""

from __future__ import annotations

import io
import json
import sys
import traceback
from collections.abc import Mapping
from typing import NoReturn

from tonghop.errors import TonghopError

Told = Mapping[str, object]

PAGE_ONLY = frozenset({"exit_code", "of_edition"})
"""What a command tells its page and its exit code, and no script: it stands in no JSON document."""


def finish(told: Told, as_json: bool, page: str) -> NoReturn:
    """Print what was done and exit: 0 done, 1 done but something needs a person, 2 configuration, 3 not finished."""
    if as_json:
        print_json(told)
    else:
        from tonghop.cli.pages import show

        if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal without a letter must not cost the page
            sys.stdout.reconfigure(errors="replace")
        show(page, told)
    raise SystemExit(exit_code_of(told))


def print_json(told: Told) -> None:
    """Print the one JSON document on standard output, in UTF-8 whatever the terminal speaks (RFC 8259, 8.1).

    A file's name that is no text stands in it as the escapes that JSON has for that.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.stdout.write(json.dumps(_printed(told), ensure_ascii=False, indent=1) + "\n")
    sys.stdout.flush()


def _printed(told: object) -> object:
    if isinstance(told, Mapping):
        return {key: _printed(value) for key, value in told.items() if key not in PAGE_ONLY}
    return [_printed(value) for value in told] if isinstance(told, list | tuple) else told


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


def shown_fault(error: Exception) -> int:
    """Print an error that nobody foresaw, with its traceback, and return the exit code: it could not finish."""
    traceback.print_exception(error)
    sys.stderr.write(
        f"tonghop: a fault of the program ({type(error).__name__}); the command could not finish; what was recorded"
        " stands; run it again, and send these lines to whoever maintains the program\n"
    )
    return 3
