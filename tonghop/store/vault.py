"""The vault: every submission byte for byte, named by its hash, durable before it is recorded."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from tonghop.errors import TonghopError

T = TypeVar("T")
R = TypeVar("R")

_SIDE_BY_SIDE = 8


class VaultBroken(TonghopError):
    """A submission's bytes are not what was recorded, or the disk could not take them."""


class Vault:
    """A folder of files named by SHA-256, in 16 sub-folders; nothing in it is ever changed or deleted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, contents: Iterable[bytes]) -> tuple[str, ...]:
        """Return the hashes of the contents, each on the disk for good when this returns.

        Written aside, flushed, then renamed: killed anywhere, a file is there whole or not at all. The
        folders are flushed once for the batch. Raises ``VaultBroken`` when the disk refuses.
        """
        try:
            # Side by side, because a disk that is asked for many flushes at once does them in a few strokes.
            with ThreadPoolExecutor(_SIDE_BY_SIDE) as threads:
                kept = _each(threads, self._keep, list(contents))
                _each(threads, _flush_folder, list({path.parent for path in kept}))
        except OSError as error:
            raise VaultBroken(
                f"{self._folder}: a submission could not be stored ({error.strerror}); it was not recorded and"
                " will be fetched again; free or mend the disk (docs/runbook.md#disk)"
            ) from error
        return tuple(path.name for path in kept)

    def read(self, sha256: str) -> bytes:
        """Return the bytes of a submission. Raises ``VaultBroken`` if they are gone or are not the same."""
        try:
            content = self._path(sha256).read_bytes()
        except OSError as error:
            raise VaultBroken(
                f"{self._path(sha256)}: a recorded submission cannot be read ({error.strerror}); it stays"
                " unread; bring the folder back from the backup (docs/runbook.md#disk)"
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise VaultBroken(
                f"{self._path(sha256)}: the bytes are not those that were received; the submission stays unread;"
                " bring the file back from the backup (docs/runbook.md#disk)"
            )
        return content

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:1] / sha256

    def _keep(self, content: bytes) -> Path:
        path = self._path(hashlib.sha256(content).hexdigest())
        if path.exists():
            return path
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            _flush_folder(path.parent.parent)
        aside = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(path)
        return path


def _each(threads: ThreadPoolExecutor, work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """Return what ``work`` makes of the things, in their order; each thread is given one share of them.

    Handing over each by itself took as long as writing it.
    """
    shares = [things[at::_SIDE_BY_SIDE] for at in range(min(_SIDE_BY_SIDE, len(things)))]
    made = list(threads.map(lambda share: [work(one) for one in share], shares))
    return [made[at % _SIDE_BY_SIDE][at // _SIDE_BY_SIDE] for at in range(len(things))]


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
