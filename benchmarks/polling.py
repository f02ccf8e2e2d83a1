"""What a look costs where nothing is new, beside only listing the same files; and what taking all in costs.

``python benchmarks/polling.py [FILES] [--servers]``: CPU milliseconds of this process and ratios.
FILES lie in 217 sub-folders (default 10.600). ``--servers`` adds Samba, SFTP and Dovecot, where installed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

NOW = datetime(2030, 1, 1, tzinfo=UTC)
CONTENT = b"PK" + b"x" * 8400
YESTERDAY = time.time() - 86400


def best(work: Callable[[], object]) -> float:
    """Return the CPU milliseconds of the quickest of three runs."""
    took = []
    for _ in range(3):
        start = time.process_time()
        work()
        took.append(1000 * (time.process_time() - start))
    return min(took)


def fill(folder: Path, count: int) -> None:
    """Put the files into the folder, all of yesterday."""
    for number in range(count):
        place = folder / f"xa-{number % 217:03}"
        place.mkdir(exist_ok=True)
        (place / f"bao-cao-{number}.xlsx").write_bytes(CONTENT)
        os.utime(place / f"bao-cao-{number}.xlsx", (YESTERDAY, YESTERDAY))


def only_list(folder: Path) -> int:
    """Return the bytes below a folder by plain scandir and stat: the floor."""
    total, waiting = 0, [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    total += entry.stat(follow_symlinks=False).st_size
    return total


def only_read(folder: Path) -> int:
    """Return the bytes below a folder by reading every file: the floor of taking all in."""
    return sum(len(path.read_bytes()) for path in folder.rglob("*.xlsx"))


def measure(name: str, url: str, floor: float, floor_of_all: float | None) -> None:
    """Print what a first look and one where all is known cost, beside the floors."""
    from tonghop.campaigns import FolderSource, MailboxSource
    from tonghop.sources import open_source

    is_mail = url.startswith("imap")
    place = MailboxSource(kind="mailbox", url=url) if is_mail else FolderSource(kind="folder", url=url)
    source = open_source(place)
    start = time.process_time()
    known = {arrival.key for batch in source.look(frozenset(), NOW) for arrival in batch.arrivals}
    first = 1000 * (time.process_time() - start)
    again = best(lambda: list(source.look(known, NOW)))
    beside = f", {first / floor_of_all:.1f} x only reading" if floor_of_all else ""
    print(f"{name:8} {len(known):6} things  all new {first:8.0f} ms{beside}")
    print(
        f"{'':8} {'':6}         nothing new {again:5.0f} ms, {again / floor:.1f} x listing the local folder"
    )


@contextmanager
def servers(base: Path, count: int) -> Iterator[Iterator[tuple[str, str]]]:
    """Yield the URLs of real servers that hold as many things, each started when it is its turn."""
    from tests.services.dovecot_server import Dovecot
    from tests.services.samba_server import Samba
    from tests.services.sftp_server import Sftp

    started: list[Samba | Sftp | Dovecot] = []

    def urls() -> Iterator[tuple[str, str]]:
        samba = Samba(base / "samba")
        fill(samba.share, count)
        samba.start()
        started.append(samba)
        yield "smb", samba.url()
        sftp = Sftp(base / "sftp")
        fill(sftp.share, count)
        sftp.start()
        started.append(sftp)
        yield "sftp", sftp.url()
        dovecot = Dovecot(base / "dovecot")
        dovecot.start()
        started.append(dovecot)
        for number in range(count):
            dovecot.deliver("a", b"From: a@b.vn\r\nSubject: %d\r\n\r\n" % number + CONTENT)
        yield "imap", dovecot.imap_url("a")

    try:
        yield urls()
    finally:
        for server in started:
            server.stop()


def main() -> None:
    """Measure and print."""
    numbers = [word for word in sys.argv[1:] if word.isdigit()]
    count = int(numbers[0]) if numbers else 10_600
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        base.chmod(0o755)
        folder = base / "folder"
        folder.mkdir()
        fill(folder, count)
        floor, floor_of_all = best(lambda: only_list(folder)), best(lambda: only_read(folder))
        print(f"floor: listing {count} files {floor:.0f} ms, reading them {floor_of_all:.0f} ms")
        measure("file", f"file://{folder}", floor, floor_of_all)
        if "--servers" in sys.argv:
            with servers(base, count) as urls:
                for scheme, url in urls:
                    measure(scheme, url, floor, floor_of_all)


if __name__ == "__main__":
    main()
