from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.world import District, Zygote
from tests.services.smtp_server import SmtpServer


@pytest.fixture(autouse=True)
def held(nursery: None) -> None:
    """Every test here that reads takes its children from one nursery."""


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    started = Zygote()
    yield started
    started.close()


@pytest.fixture
def district(tmp_path: Path, smtp_server: SmtpServer, zygote: Zygote) -> District:
    return District(tmp_path / "tan-chau", smtp_server.url, zygote)
