"""Every test of the store runs on both databases, each on one of its own."""

from __future__ import annotations

import pytest


@pytest.fixture
def url(database_url: str) -> str:
    return database_url
