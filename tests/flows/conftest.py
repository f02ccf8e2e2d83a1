from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.world import District
from tests.services.smtp_server import SmtpServer


@pytest.fixture
def district(tmp_path: Path, smtp_server: SmtpServer) -> District:
    return District(tmp_path / "tan-chau", smtp_server.url)
