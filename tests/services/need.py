"""Which server programs the tests may talk to: a missing one is named, or fails where nothing may be left out."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_PLACES = (
    "/usr/sbin",
    "/usr/local/sbin",
    "/sbin",
    "/usr/bin",
    *map(str, Path("/usr/lib/postgresql").glob("*/bin")),
)


def program(name: str) -> str:
    """Return the path of a server program; skip the test by name, or fail it if TONGHOP_TEST_ALL is set."""
    found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(_PLACES))
    if found is None:
        message = f"left out: {name} is not installed"
        if os.environ.get("TONGHOP_TEST_ALL"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def typeface() -> None:
    """Skip the test by name, or fail it, where nothing stands in for Times New Roman that is as wide as it is."""
    found = subprocess.run(
        [program("fc-match"), "Times New Roman"], capture_output=True, text=True, check=True
    )
    if not any(name in found.stdout for name in ("Liberation", "Times")):
        message = "left out: no typeface as wide as Times New Roman (fonts-liberation) is installed"
        if os.environ.get("TONGHOP_TEST_ALL"):
            pytest.fail(message)
        pytest.skip(message)
