"""The queue with 10.600 units and 2.000 open findings: how long its pages take, over real HTTP.

Prints for each page the middle and the 95th of a hundred requests, in milliseconds on the clock and of CPU (of
client and server together, so that a busy machine gives the same figures). ``--postgres URL`` measures there.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import country  # after the path
from expectations import load_form
from tests.desk.office import PASSWORD, Hands, log_in, served
from tonghop.cli.desk import rules_of
from tonghop.desk import Campaigns, DeskParts, create_app
from tonghop.desk.jobs import Jobs
from tonghop.desk.passwords import hash_of
from tonghop.domain.officers import Role
from tonghop.settings import Settings
from tonghop.store import open_store

ASKED = 100
HOME = f"/c/{country.NAME}/{country.DAY}"


def main() -> None:
    """Fill the database, ask, and print."""
    where = sys.argv[sys.argv.index("--postgres") + 1] if "--postgres" in sys.argv else ""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        country.write_campaign(home / "campaigns")
        settings = Settings(
            home=home / "var", campaigns=home / "campaigns", database_url=where, smtp_url="", secret_key=""
        )
        settings.make_home()
        clock = Hands(country.AT)
        with open_store(settings.database) as store:
            country.fill(store)
            store.officers.add("lan", "Nguyễn Thị Lan", hash_of(PASSWORD), Role.OFFICER, None, clock())
            store.officers.add("huyen", "Một huyện", hash_of(PASSWORD), Role.OFFICER, "D007", clock())
            parts = DeskParts(
                settings=settings, store=store, campaigns=Campaigns(settings.campaigns, store), form_of=load_form,
                rules_of=rules_of, clock=clock, jobs=Jobs(settings, clock), hosts=frozenset(),
            )  # fmt: skip
            first = min(item.id for item in store.review.open_items(country.NAME, country.DAY))
            gc.set_threshold(50_000, 20, 50)  # as `tonghop desk` has it
            gc.collect()
            gc.freeze()  # what filling left is none of the desk's
            with served(create_app(parts)) as url:
                _measure(url, first)


def _measure(url: str, first: int) -> None:
    pages = {
        "the queue": ("lan", f"{HOME}/queue"),
        "the queue, page 30": ("lan", f"{HOME}/queue?page=30"),
        "the queue, filtered by a name": ("lan", f"{HOME}/queue?unit=xa+so+77"),
        "the queue of one district": ("huyen", f"{HOME}/queue"),
        "one finding": ("lan", f"{HOME}/queue/{first}"),
        "one unit, 60 days": ("lan", f"{HOME}/unit/00077"),
        "the rules, 30 days": ("lan", f"{HOME}/rules"),
    }
    clients: dict[str, httpx.Client] = {}
    for name, (officer, path) in pages.items():
        if officer not in clients:
            clients[officer] = httpx.Client(base_url=url, timeout=60)
            log_in(clients[officer], officer)
        client = clients[officer]
        client.get(path).raise_for_status()  # the first one loads templates and the tree of units
        taken = [_once(partial(client.get, path)) for _ in range(ASKED)]
        clock, cpu = (sorted(one[n] for one in taken) for n in (0, 1))
        late = int(ASKED * 0.95)
        print(
            f"{name}: middle {median(clock):.0f} ms, 95th {clock[late]:.0f} ms"
            f" (CPU {median(cpu):.0f} and {cpu[late]:.0f} ms)"
        )


def _once(ask: Callable[[], httpx.Response]) -> tuple[float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    ask().raise_for_status()
    return (time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000


if __name__ == "__main__":
    main()
