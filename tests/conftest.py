"""Fixtures shared by all tests; the real servers live in tests/services/, one a file."""

from __future__ import annotations

from pathlib import Path

import pytest

_SERVERS = sorted((Path(__file__).parent / "services").glob("*_server.py"))
pytest_plugins = [*(f"tests.services.{path.stem}" for path in _SERVERS), "tests.services.databases"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one slow server on one worker: a Prefect server takes as long to start as they all take."""
    for item in items:
        if item.path.name.startswith("test_orchestrat"):
            item.add_marker(pytest.mark.xdist_group("prefect"))
