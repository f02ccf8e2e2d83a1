"""The command line. Nothing heavy is imported before a command needs it: ``--help`` answers at once."""

from __future__ import annotations

import sys

from tonghop.cli.app import app
from tonghop.cli.output import shown_error
from tonghop.errors import TonghopError

__all__ = ["main"]


def main() -> None:
    """Run the command line; a broken part ends in one clear message and the contract's exit code."""
    try:
        app()
    except TonghopError as error:
        sys.exit(shown_error(error))
