"""A share of a Windows or Samba file server, without mounting it."""

from __future__ import annotations

import errno
import stat
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import smbclient  # type: ignore[import-untyped] # the library ships no types
from smbprotocol.connection import Connection  # type: ignore[import-untyped] # as above
from smbprotocol.exceptions import (  # type: ignore[import-untyped] # as above
    SMBConnectionClosed,
    SMBException,
    SMBOSError,
    SMBResponseException,
)
from smbprotocol.header import NtStatus  # type: ignore[import-untyped] # as above

from tonghop.errors import ConfigurationError
from tonghop.sources.drive import Found, LeftForLater, Taken, Writer
from tonghop.sources.look import SourceLimits
from tonghop.sources.names import is_folder_left_alone, is_left_alone
from tonghop.sources.smb_trouble import MISSING, not_listed, not_taken, not_written, told
from tonghop.sources.spellings import as_it_lies
from tonghop.sources.urls import Place
from tonghop.words import say

_PORT = 445
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIRECTORY = 0x10
_REPARSE_POINT = 0x400
_LINKS = frozenset({0xA000000C, 0xA0000003})  # symbolic link, junction
_SLOWEST = 100_000  # bytes a second: below that a transfer counts as hanging


class SmbDrive:
    """The files of ``smb://user@host/share/folder``; a domain stands before the user as ``DOMAIN;user``."""

    def __init__(self, place: Place, limits: SourceLimits) -> None:
        self.name, self._place, self._limits = place.name, place, limits
        self._share = place.path.strip("/").replace("/", "\\")
        if not place.host or not place.user or not self._share:
            raise ConfigurationError(f"source {place.name}: write smb://user:${{PASSWORD}}@host/share/folder")
        if place.option("encrypt") not in ("", "required"):
            raise ConfigurationError(f"source {place.name}: encrypt is encrypt=required or left out")

    @contextmanager
    def opened(self) -> Iterator[SmbListing]:
        """Yield the share for one look over a connection of its own. Raises ``SourceUnreachable``."""
        place = self._place
        port = place.port or _PORT
        connection = Connection(uuid4(), place.host, port, require_signing=True)
        cache = {f"{place.host.lower()}:{port}": connection}
        session = {
            "username": place.user.replace(";", "\\"),
            "password": place.password,
            "port": port,
            "connection_cache": cache,
            "encrypt": True if place.option("encrypt") else None,
        }
        try:
            self._connect(connection)
            with hanging_up(connection, self._limits.read):
                smbclient.register_session(place.host, **session)
            root = self._root(connection, session)
            yield SmbListing(place, connection, root, session, self._limits)
        except SMBException as error:
            raise told(self._place, error) from error
        finally:
            with hanging_up(connection, self._limits.connect):
                smbclient.reset_connection_cache(fail_on_error=False, connection_cache=cache)

    def _root(self, connection: Any, session: Mapping[str, Any]) -> str:
        """Return the folder as it is spelled on the server."""

        def exists(path: str) -> bool:
            try:
                with hanging_up(connection, self._limits.read):
                    smbclient.lstat(rf"\\{self._place.host}\{path}".replace("/", "\\"), **session)
            except (SMBOSError, SMBResponseException):
                return False
            return True

        share = as_it_lies(self._share.replace("\\", "/"), exists)
        return rf"\\{self._place.host}\{share}".replace("/", "\\")

    def _connect(self, connection: Any) -> None:
        try:
            connection.connect(timeout=self._limits.connect)
        except ValueError as error:  # the library's word for a socket that could not be opened
            raise told(self._place, error.__cause__ or error) from error


class SmbListing:
    """The opened share."""

    def __init__(
        self, place: Place, connection: Any, root: str, session: Mapping[str, Any], limits: SourceLimits
    ) -> None:
        self.blocked: list[tuple[str, str]] = []
        self._place, self._connection, self._root = place, connection, root
        self._session, self._limits = session, limits

    def files(self) -> Iterator[Found]:
        """Yield the files with size and times of the listing: a question a file takes 30 times longer."""
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                with self._asking(self._limits.read):
                    found = list(self._files_in(folder, waiting))
            except (SMBOSError, SMBResponseException, UnicodeDecodeError) as error:
                if not folder:
                    raise told(self._place, error) from error
                if getattr(error, "ntstatus", None) not in MISSING:
                    self.blocked.append((folder.rstrip("/"), not_listed(error)))
                continue
            yield from found

    def _files_in(self, folder: str, waiting: list[str]) -> Iterator[Found]:
        with smbclient.scandir(self._path(folder.rstrip("/")), **self._session) as entries:
            for entry in entries:
                about = entry.smb_info
                name: str = about.file_name
                if "/" in name or "\\" in name or _is_link(about):
                    continue
                if about.file_attributes & _DIRECTORY:
                    if not is_folder_left_alone(name, self._limits.answers_folder):
                        waiting.append(f"{folder}{name}/")
                elif not is_left_alone(name):
                    modified, changed = _nanoseconds(about.last_write_time), _nanoseconds(about.change_time)
                    yield Found(f"{folder}{name}", about.end_of_file, modified, max(modified, changed))

    def exists(self, file: str) -> bool:
        """Return whether there is a file of that path below the folder."""
        try:
            with self._asking(self._limits.read):
                smbclient.lstat(self._path(file), **self._session)
        except SMBOSError as error:
            if error.ntstatus in MISSING:
                return False
            raise
        return True

    def write(self, file: str, content: bytes) -> None:
        """Write a file whole or not at all, over an older one; its last folder is made if it is not there.

        Raises ``OSError`` where the share refuses. No link is followed: the answers folder must be a real one.
        """
        folder, _, _ = file.rpartition("/")
        aside = f"{folder}/.{uuid4().hex}.tmp"
        try:
            with self._asking(self._limits.read + len(content) / _SLOWEST):
                self._make(folder)
                try:
                    with smbclient.open_file(self._path(aside), "xb", 0, **self._session) as opened:
                        opened.write(content)
                    smbclient.replace(self._path(aside), self._path(file), **self._session)
                except SMBOSError:
                    with suppress(SMBOSError):
                        smbclient.remove(self._path(aside), **self._session)
                    raise
        except (SMBOSError, SMBResponseException) as error:
            raise not_written(error) from error

    def _make(self, folder: str) -> None:
        try:
            smbclient.mkdir(self._path(folder), **self._session)
        except SMBOSError as error:
            if error.errno != errno.EEXIST:
                raise
            about = smbclient.lstat(self._path(folder), **self._session)
            if not stat.S_ISDIR(about.st_mode):
                raise OSError(errno.ENOTDIR, say("source-no-file")) from error

    def take(self, found: Found, *, at_rest: bool) -> Taken:
        """Return the bytes of a file that is as found, opened so that nobody may write meanwhile.

        The server refuses that while somebody has it open for writing. A file at rest, which a program
        merely keeps open, is then read as it is.
        """
        try:
            with self._asking(self._limits.read + found.size / _SLOWEST):
                try:
                    return Taken(self._read(found, "rd"), Writer.NOBODY)
                except SMBOSError as error:
                    if error.ntstatus != NtStatus.STATUS_SHARING_VIOLATION or not at_rest:
                        raise
                return Taken(self._read(found, "rwd"), Writer.SOMEONE)
        except SMBOSError as error:
            raise not_taken(error) from error

    @contextmanager
    def _asking(self, seconds: float) -> Iterator[None]:
        """Guard a question to the server: the library would connect anew by itself, and wait without end."""
        if not self._connection.transport.connected:
            raise SMBConnectionClosed(say("source-hung-up"))
        with hanging_up(self._connection, seconds):
            try:
                yield
            except ValueError as error:
                if not isinstance(error.__cause__, OSError):
                    raise
                raise SMBConnectionClosed(say("source-hung-up")) from error

    def _read(self, found: Found, share_access: str) -> bytes:
        path = self._path(found.path)
        with smbclient.open_file(path, "rb", 0, share_access=share_access, **self._session) as file:
            opened = file.fd
            if (opened.end_of_file, _nanoseconds(opened.last_write_time)) != (found.size, found.modified_ns):
                raise LeftForLater("source-still-written")
            content: bytes = file.readall()
        if len(content) != found.size:
            raise LeftForLater("source-still-written")
        return content

    def _path(self, path: str) -> str:
        return f"{self._root}\\{path}".rstrip("\\").replace("/", "\\")


@contextmanager
def hanging_up(connection: Any, seconds: float) -> Iterator[None]:
    """Close the connection if the block takes longer: the library itself waits for an answer without end."""

    def hang_up() -> None:
        if connection.transport is not None:
            with suppress(OSError):
                connection.transport.close()

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _is_link(about: Any) -> bool:
    # A link's tag stands where the size of extended attributes would; other reparse points are plain files.
    return bool(about.file_attributes & _REPARSE_POINT) and about.ea_size in _LINKS


def _nanoseconds(at: datetime) -> int:
    return ((at if at.tzinfo else at.replace(tzinfo=UTC)) - _EPOCH) // timedelta(microseconds=1) * 1000
