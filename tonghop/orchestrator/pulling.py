"""The pull step of prefect.yaml: where a worker finds the flows, without any machine's path in the file."""

from __future__ import annotations

import os
from pathlib import Path


def stand_in_project() -> dict[str, str]:
    """Stand in the project's folder and return it, as Prefect wants of a pull step.

    TONGHOP_ROOT says where it is; unset, it is where this package is installed from. So a worker started by
    ``tonghop up``, by hand or on another machine finds the flows alike.
    """
    root = os.environ.get("TONGHOP_ROOT") or str(Path(__file__).resolve().parents[2])
    os.chdir(root)
    return {"directory": root}
