"""A Maildir of this machine: the mail server delivers locally, each message a finished file."""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tonghop.domain.sources import Arrival, Refused, Waiting
from tonghop.sources.headers import sender_of
from tonghop.sources.look import Batch, Gathering, SourceLimits
from tonghop.sources.names import shown
from tonghop.sources.refusal import of_message
from tonghop.sources.trouble import cannot_list, unreachable
from tonghop.words import number, say

_FOLDERS = ("new", "cur")
_FLAGS = ":2,"
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Maildir:
    """Messages in ``new`` and ``cur``. Delivery renames into ``new``, so what is there is complete.

    A mail reader renames a message to note its flags: the key is the name before ``:2,``, and one that was
    renamed between listing and reading is looked for once more.
    """

    def __init__(self, name: str, root: Path, limits: SourceLimits) -> None:
        self.name, self._root, self._limits = name, root, limits

    def look(self, known: Container[str], now: datetime) -> Iterator[Batch]:
        """Yield the messages that are new to ``known``, oldest first."""
        gathering = Gathering(self._limits)
        for key, path in self._new(known):
            gathering.add(self._item(key, path, now))
            if gathering.is_full:
                yield gathering.release()
        if len(gathering):
            yield gathering.release()

    def acknowledge(self, keys: Sequence[str]) -> None:
        """Do nothing: whether a message moves from ``new`` to ``cur`` is its reader's business."""

    def probe(self) -> str:
        """Return how many messages can be seen."""
        return say("source-messages-seen", count=number(len(self._listed())))

    def _new(self, known: Container[str]) -> list[tuple[str, Path]]:
        dated = [(_age(path), key, path) for key, path in self._listed().items() if key not in known]
        return [(key, path) for _, key, path in sorted(dated)]

    def _listed(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in _FOLDERS:
            try:
                with os.scandir(self._root / folder) as entries:
                    names = [e.name for e in entries if not e.name.startswith(".") and not e.is_dir()]
            except (FileNotFoundError, NotADirectoryError) as error:
                raise unreachable(self.name, "source-no-maildir", path=str(self._root)) from error
            except OSError as error:
                raise cannot_list(self.name, str(self._root / folder), error) from error
            found |= {name.split(_FLAGS)[0]: self._root / folder / name for name in names}
        return found

    def _item(self, key: str, path: Path, now: datetime) -> Arrival | Waiting | Refused:
        name = shown(f"{key}.eml")
        try:
            try:
                content, status = self._read(path)
            except FileNotFoundError:
                content, status = self._read(self._listed()[key])
        except (FileNotFoundError, KeyError):
            return Waiting(self.name, name, say("source-gone"))
        except PermissionError:
            return Waiting(self.name, name, say("source-no-right"))
        except OSError as error:
            return Waiting(
                self.name, name, say("source-unread", detail=error.strerror or type(error).__name__)
            )
        received = min(datetime.fromtimestamp(status.st_mtime, UTC), now)
        sender = sender_of(content)
        if len(content) > self._limits.item_bytes:
            refused = Refused(self.name, key, name, status.st_size, received, "")
            return of_message(refused, content, self._limits)
        return Arrival(self.name, key, name, content, received, sender)

    def _read(self, path: Path) -> tuple[bytes, os.stat_result]:
        """Return a message's bytes, at most one over the limit, and what the system says of its file."""
        with os.fdopen(os.open(path, _FILE), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise OSError(None, say("source-no-file"))
            return file.read(self._limits.item_bytes + 1), status


def _age(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:  # renamed or gone: reading it finds out
        return 0.0
