"""Fixtures shared by all tests, and who runs what; the real servers live in tests/services/, one a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

_SERVERS = sorted((Path(__file__).parent / "services").glob("*_server.py"))
pytest_plugins = [
    *(f"tests.services.{path.stem}" for path in _SERVERS),
    "tests.services.databases",
    "tests.services.nursery",
]
# A Prefect server takes as long to start as the tests of one file take: one worker runs them all.
_OF_PREFECT = "test_orchestrat"


class _ByFile(LoadScopeScheduling):
    """A file's tests run on one worker, so that what they share is made once; Prefect's are one file."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return _OF_PREFECT if _OF_PREFECT in file else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Hand the tests out by file, in their order."""
    config.option.loadscopereorder = False
    return _ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put Prefect's tests first: they take longest, and wait while others work."""
    items.sort(key=lambda item: not item.path.name.startswith(_OF_PREFECT))
