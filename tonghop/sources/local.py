"""A folder of this machine, or one that is mounted here."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tonghop.sources.drive import Found, LeftForLater, Taken, Writer
from tonghop.sources.look import SourceLimits
from tonghop.sources.mounts import FSTAB, missing_mount
from tonghop.sources.names import is_folder_left_alone, is_left_alone
from tonghop.sources.trouble import CUT_OFF, cannot_list, not_listed, unreachable

_STEP = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Not blocking, as the name may have become a pipe meanwhile, which would be waited for, for ever.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class LocalDrive:
    """The files below ``root``. ``must_be_mounted``: an empty folder for want of a mount is an error."""

    def __init__(
        self,
        name: str,
        root: Path,
        limits: SourceLimits,
        *,
        must_be_mounted: bool = False,
        fstab: Path = FSTAB,
    ) -> None:
        self.name, self._root, self._limits = name, root, limits
        self._must_be_mounted, self._fstab = must_be_mounted, fstab

    @contextmanager
    def opened(self) -> Iterator[LocalListing]:
        """Yield the folder for one look. Raises ``SourceUnreachable`` where it is away or not mounted."""
        away = missing_mount(self._root, self._fstab, must_be_mounted=self._must_be_mounted)
        if away is not None:
            raise unreachable(self.name, "source-unmounted", path=str(away))
        try:
            root = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise cannot_list(self.name, str(self._root), error) from error
        try:
            yield LocalListing(self.name, root, self._limits)
        finally:
            os.close(root)


class LocalListing:
    """The opened folder. Every path is walked from its descriptor without following a link."""

    def __init__(self, name: str, root: int, limits: SourceLimits) -> None:
        self.blocked: list[tuple[str, str]] = []
        self._name, self._root, self._limits = name, root, limits

    def files(self) -> Iterator[Found]:
        """Yield the regular files. No link is followed: what is inside is found at its own place anyway."""
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                yield from self._files_in(folder, waiting)
            except OSError as error:
                if not folder:
                    raise cannot_list(self._name, self._name, error) from error
                if error.errno != errno.ENOENT:  # gone meanwhile: renamed, so the next look finds it
                    self.blocked.append((folder.rstrip("/"), not_listed(error)))

    def _files_in(self, folder: str, waiting: list[str]) -> Iterator[Found]:
        descriptor = self._descend(folder)
        try:
            with os.scandir(descriptor) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if not is_folder_left_alone(entry.name, self._limits.answers_folder):
                            waiting.append(f"{folder}{entry.name}/")
                    elif entry.is_file(follow_symlinks=False) and not is_left_alone(entry.name):
                        found = _found(folder, entry)
                        if found is not None:
                            yield found
        finally:
            os.close(descriptor)

    def _descend(self, folder: str) -> int:
        """Return a descriptor of a sub-folder; a part that became a link is refused by the system (ELOOP)."""
        first, *below_it = folder.split("/")[:-1] or ["."]
        here = os.open(first, _STEP, dir_fd=self._root)
        for part in below_it:
            try:
                below = os.open(part, _STEP, dir_fd=here)
            finally:
                os.close(here)
            here = below
        return here

    def take(self, found: Found, *, at_rest: bool) -> Taken:
        """Return the bytes of a file that is as found; unless ``at_rest``, nobody may be writing it."""
        folder, _, name = found.path.rpartition("/")
        try:
            here = self._descend(f"{folder}/" if folder else "")
            try:
                descriptor = os.open(name, _FILE, dir_fd=here)
            finally:
                os.close(here)
            try:
                return _read(descriptor, found, at_rest=at_rest)
            finally:
                os.close(descriptor)
        except OSError as error:
            if error.errno in CUT_OFF - {errno.EIO, errno.ESTALE, errno.ENXIO}:
                raise cannot_list(self._name, self._name, error) from error
            raise _later(error) from error


def _found(folder: str, entry: os.DirEntry[str]) -> Found | None:
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # gone between the listing and now: there is nothing to wait for
        return None
    return Found(
        f"{folder}{entry.name}",
        status.st_size,
        status.st_mtime_ns,
        max(status.st_mtime_ns, status.st_ctime_ns),
    )


def _read(descriptor: int, found: Found, *, at_rest: bool) -> Taken:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise LeftForLater("source-no-file")
    writer = _writer_of(descriptor)
    if writer is Writer.SOMEONE and not at_rest:
        raise LeftForLater("source-still-written")
    parts: list[bytes] = []
    rest = found.size + 1
    while rest > 0 and (part := os.read(descriptor, min(rest, 1 << 20))):
        parts.append(part)
        rest -= len(part)
    status = os.fstat(descriptor)
    if rest != 1 or (status.st_size, status.st_mtime_ns) != (found.size, found.modified_ns):
        raise LeftForLater("source-still-written")
    return Taken(b"".join(parts), writer)


def _writer_of(descriptor: int) -> Writer:
    """Return whether a process of this machine has the file open for writing.

    Linux grants a read lease only while nobody has (fcntl(2)). It is given back at once; the signal of a
    lease that is broken in between is one that is ignored by default, as SIGIO would end the process.
    Other people's files need CAP_LEASE, and file servers need not know leases: no answer is no evidence.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return Writer.UNKNOWN
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return Writer.SOMEONE
    except OSError:
        return Writer.UNKNOWN
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return Writer.NOBODY


def _later(error: OSError) -> LeftForLater:
    match error.errno:
        case errno.ENOENT | errno.ESTALE:
            return LeftForLater("source-gone")
        case errno.EACCES | errno.EPERM:
            return LeftForLater("source-no-right")
        case errno.EAGAIN | errno.ETXTBSY:
            return LeftForLater("source-still-written")
        case _:
            return LeftForLater("source-unread", detail=error.strerror or type(error).__name__)
