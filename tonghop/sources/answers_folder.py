"""Answers beside the files of a shared folder: in a folder of our own, so that theirs stays as it is."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Container
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote_to_bytes

_STEP = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NOT_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})
_LONGEST = 200  # bytes of a name; what is added must fit into the 255 that file systems allow


class Shelf(Protocol):
    """Where a folder's files lie, as far as answers are laid there: this machine's disk, an SMB share, SFTP."""

    def exists(self, file: str) -> bool:
        """Return whether there is a file of that path below the root. Raises ``SourceUnreachable``."""
        ...

    def write(self, file: str, content: bytes) -> None:
        """Write a file whole or not at all, over an older one; its folder, the last one, is made if need be.

        Raises ``OSError`` where the place refuses, ``SourceUnreachable`` where it can no longer be reached.
        """
        ...


class AnswersFolder:
    """Lays answers into ``folder`` inside the sub-folder that a file lies in. Nothing of theirs is touched."""

    def __init__(self, shelf: Shelf, folder: str) -> None:
        self._shelf, self.folder = shelf, folder

    def choose(self, key: str, named: Callable[[str], str], taken: Container[str] = ()) -> str:
        """Return the path for the answer to the file of that key, below the root; a free name, not in ``taken``.

        ``named`` makes the answer's name of the file's. A file that came again under its old name gets a
        second answer with a number: somebody may be working in the first.
        """
        sub, _, name = _path_of(key).rpartition("/")
        folder = f"{sub}/{self.folder}" if sub else self.folder
        stem, dot, ending = named(_short(name)).rpartition(".")
        for number in range(1, 1000):
            chosen = f"{folder}/{stem}{f' ({number})' if number > 1 else ''}{dot}{ending}"
            if chosen not in taken and not self._shelf.exists(chosen):
                return chosen
        raise FileExistsError(None, "a thousand answers of this name", chosen)

    def write(self, file: str, content: bytes) -> None:
        """Write an answer that is there whole or not at all; again over itself. Raises as ``Shelf.write``."""
        self._shelf.write(file, content)


class LocalShelf:
    """A folder of this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def exists(self, file: str) -> bool:
        """Return whether there is a file of that path below the root."""
        try:
            os.stat(f"{self._root}/{file}")  # noqa: PTH116 - a Path takes three times as long
        except OSError as error:
            if error.errno not in _NOT_THERE:
                raise
            return False
        return True

    def write(self, file: str, content: bytes) -> None:
        """Write a file whole or not at all. Raises ``OSError``."""
        folder, _, name = file.rpartition("/")
        here = self._opened(folder)
        try:
            _put(here, name, content)
        finally:
            os.close(here)

    def _opened(self, folder: str) -> int:
        """Return a descriptor of the last folder, made if it is not there; no link is followed below the root."""
        here = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        parts = folder.split("/")
        for number, part in enumerate(parts, start=1):
            try:
                if number == len(parts):
                    with suppress(FileExistsError):
                        os.mkdir(part, 0o775, dir_fd=here)
                below = os.open(part, _STEP, dir_fd=here)
            finally:
                os.close(here)
            here = below
        return here


def _put(folder: int, name: str, content: bytes) -> None:
    """Write a file aside and give it its name, which an older one may have had.

    It is not flushed to the disk: the ledger holds what the answer says.
    """
    aside = f".{os.getpid()}.tmp"
    descriptor = _new(folder, aside)
    try:
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(descriptor, left) :]
        finally:
            os.close(descriptor)
        os.rename(aside, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(aside, dir_fd=folder)
        raise


def _new(folder: int, aside: str) -> int:
    try:
        return os.open(aside, _NEW, 0o664, dir_fd=folder)
    except FileExistsError:  # left by a process that was killed
        os.unlink(aside, dir_fd=folder)
        return os.open(aside, _NEW, 0o664, dir_fd=folder)


def _path_of(key: str) -> str:
    """Return the path that a folder's key was made of (``names.key_of``); a hashed one has no folder any more."""
    path = key.rsplit("/", 2)[0]
    if path.startswith("//sha256:"):
        return path.removeprefix("//sha256:")
    return os.fsdecode(unquote_to_bytes(path[2:])) if path.startswith("//") else path


def _short(name: str) -> str:
    while len(os.fsencode(name)) > _LONGEST:
        name = name[:-1]
    return name
