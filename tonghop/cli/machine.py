"""``tonghop up`` and ``tonghop database upgrade``."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from tonghop.cli.output import print_json
from tonghop.settings import read_settings
from tonghop.wiring import project_root
from tonghop.words import say


def bring_up(port: int, desk_port: int, *, as_json: bool = False) -> int:
    """Run Prefect's server, the deployments, a worker and the desk until Ctrl-C; return the exit code.

    ``as_json``: where they are served stands in one JSON document on standard output, once all have begun.
    """
    from tonghop.orchestrator import up

    settings = read_settings()
    desk_url = f"http://127.0.0.1:{desk_port}/"
    print(say("desk.serving", url=desk_url), file=sys.stderr)
    desk = ("tonghop", "desk", "--port", str(desk_port))

    def on_line(line: str) -> None:
        print(line, file=sys.stderr)

    def on_up(url: str) -> None:
        if as_json:
            print_json({"prefect": url, "desk": desk_url})

    return up(settings.home.absolute(), project_root(), port, desk, on_line, on_up)


def upgrade_database() -> Mapping[str, object]:
    """Return the revision the database is at after the upgrade."""
    from tonghop.store import upgrade

    settings = read_settings()
    settings.make_home()
    return {"revision": upgrade(settings.database)}
