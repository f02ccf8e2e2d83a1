"""The command line. Nothing heavy is imported before a command needs it: ``--help`` answers at once."""

from __future__ import annotations

import sys

from tonghop.cli.app import app
from tonghop.cli.output import shown_error, shown_fault
from tonghop.errors import TonghopError

__all__ = ["main"]

_NOT_FINISHED = 3
_INTERRUPTED = 130  # how Typer leaves after Ctrl-C


def main() -> None:
    """Run the command line; a broken part ends in one clear message and the contract's exit code.

    Python would leave an error that nobody foresaw with 1, which means "done, but something needs a person".
    """
    try:
        app()
    except TonghopError as error:
        sys.exit(shown_error(error))
    except SystemExit as leaving:
        sys.exit(_NOT_FINISHED if leaving.code == _INTERRUPTED else leaving.code)
    except Exception as error:  # noqa: BLE001 - told, with its traceback
        sys.exit(shown_fault(error))
