"""``tonghop up`` and ``tonghop database upgrade``."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from tonghop.settings import read_settings
from tonghop.wiring import project_root
from tonghop.words import say


def bring_up(port: int, desk_port: int) -> int:
    """Run Prefect's server, the deployments, a worker and the desk until Ctrl-C; return the exit code."""
    from tonghop.orchestrator import up

    settings = read_settings()
    print(say("desk.serving", url=f"http://127.0.0.1:{desk_port}/"), file=sys.stderr)
    desk = ("tonghop", "desk", "--port", str(desk_port))
    return up(settings.home.absolute(), project_root(), port, desk, lambda line: print(line, file=sys.stderr))


def upgrade_database() -> Mapping[str, object]:
    """Return the revision the database is at after the upgrade."""
    from tonghop.store import upgrade

    settings = read_settings()
    settings.make_home()
    return {"revision": upgrade(settings.database)}
