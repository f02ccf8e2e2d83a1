"""A folder on an SFTP server."""

from __future__ import annotations

import asyncio
import errno
import os
import stat
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from uuid import uuid4

import asyncssh

from tonghop.sources.drive import Found, LeftForLater, Taken, Writer
from tonghop.sources.look import SourceLimits
from tonghop.sources.names import is_folder_left_alone, is_left_alone
from tonghop.sources.sftp_login import Doorkeeper, check, connect, told
from tonghop.sources.spellings import as_it_lies
from tonghop.sources.urls import Place
from tonghop.words import say

T = TypeVar("T")
_SLOWEST = 100_000  # bytes a second: below that a transfer counts as hanging
_GONE = (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath)
_LOST = (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection)


class SftpDrive:
    """The files of ``sftp://user@host/folder``, by password or by ``?key=``.

    The host's key must be known: by ``?hostkey=SHA256:…``, by ``?known_hosts=``, or by the account's own
    known_hosts. There is no trust at first sight.
    """

    def __init__(self, place: Place, limits: SourceLimits) -> None:
        check(place)
        self.name, self._place, self._limits = place.name, place, limits

    @contextmanager
    def opened(self) -> Iterator[SftpListing]:
        """Yield the folder for one look over a connection of its own. Raises ``SourceUnreachable``."""
        keeper = Doorkeeper(self._place.option("hostkey"))
        loop = Loop()
        connection: asyncssh.SSHClientConnection | None = None
        try:
            connection = loop.run(connect(self._place, self._limits, keeper), 3 * self._limits.connect)
            client = loop.run(_client(connection), self._limits.read)
            yield SftpListing(client, loop, self._folder(client, loop), self._limits)
        except (asyncssh.Error, OSError) as error:
            raise told(self._place, error, keeper.shown) from error
        finally:
            if connection is not None:
                connection.abort()
            loop.close()

    def _folder(self, client: asyncssh.SFTPClient, loop: Loop) -> str:
        """Return the folder as it is spelled on the server."""

        async def exists(path: str) -> bool:
            return await client.lexists(os.fsencode(path))

        return as_it_lies(self._place.path, lambda path: loop.run(exists(path), self._limits.read))


async def _client(connection: asyncssh.SSHClientConnection) -> asyncssh.SFTPClient:
    return await connection.start_sftp_client()


class SftpListing:
    """The opened folder."""

    def __init__(self, client: asyncssh.SFTPClient, loop: Loop, root: str, limits: SourceLimits) -> None:
        self.blocked: list[tuple[str, str]] = []
        self._client, self._loop, self._root, self._limits = client, loop, os.fsencode(root), limits

    def files(self) -> Iterator[Found]:
        """Yield the regular files. No link is followed: what is inside is found at its own place anyway."""
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                entries = self._answered(self._list(folder), self._limits.read)
            except asyncssh.SFTPError as error:
                if not folder or isinstance(error, _LOST):
                    raise
                if not isinstance(error, _GONE):
                    self.blocked.append((folder.rstrip("/"), _reason(error)))
                continue
            for entry in entries:
                name, about = os.fsdecode(entry.filename), entry.attrs
                if name in (".", "..") or "/" in name:
                    continue
                if about.type == asyncssh.FILEXFER_TYPE_DIRECTORY:
                    if not is_folder_left_alone(name, self._limits.answers_folder):
                        waiting.append(f"{folder}{name}/")
                elif about.type == asyncssh.FILEXFER_TYPE_REGULAR and not is_left_alone(name):
                    modified = _nanoseconds(about)
                    yield Found(f"{folder}{name}", about.size or 0, modified, modified)

    async def _list(self, folder: str) -> list[asyncssh.SFTPName]:
        entries = [entry async for entry in self._client.scandir(self._path(folder))]
        if not entries:  # not even itself: who may read the names but look at nothing sees no empty folder
            await self._client.stat(self._path(folder) + b"/.")
        return entries

    def take(self, found: Found, *, at_rest: bool) -> Taken:
        """Return the bytes of a file that is as found. SFTP does not tell who writes, ``at_rest`` or not."""
        del at_rest
        try:
            content = self._answered(self._read(found), self._limits.read + found.size / _SLOWEST)
        except asyncssh.SFTPError as error:
            if isinstance(error, _LOST):
                raise
            raise _later(error) from error
        return Taken(content, Writer.UNKNOWN)

    def exists(self, file: str) -> bool:
        """Return whether there is a file of that path below the folder."""
        return self._answered(self._exists(file), self._limits.read)

    def _answered(self, work: Coroutine[object, object, T], seconds: float) -> T:
        """Return what the server answers; one that takes too long or resets is a lost connection, no refusal."""
        try:
            return self._loop.run(work, seconds)
        except (TimeoutError, ConnectionError, asyncssh.ConnectionLost) as error:
            raise asyncssh.SFTPConnectionLost(say("source-hung-up")) from error

    async def _exists(self, file: str) -> bool:
        return await self._client.lexists(self._path(file))

    def write(self, file: str, content: bytes) -> None:
        """Write a file whole or not at all, over an older one; its last folder is made if it is not there.

        Raises ``OSError`` where the server refuses. No link is followed: the answers folder must be a real one.
        """
        try:
            self._answered(self._write(file, content), self._limits.read + len(content) / _SLOWEST)
        except asyncssh.SFTPError as error:
            if isinstance(error, _LOST):
                raise
            if isinstance(error, asyncssh.SFTPPermissionDenied):
                raise PermissionError(errno.EACCES, say("answer.no_right")) from error
            raise OSError(errno.EIO, error.reason) from error

    async def _write(self, file: str, content: bytes) -> None:
        folder, _, _ = file.rpartition("/")
        here, aside = self._path(folder), self._path(f"{folder}/.{uuid4().hex}.tmp")
        if not await self._client.lexists(here):
            await self._client.mkdir(here)
        about = await self._client.lstat(here)
        if about.type != asyncssh.FILEXFER_TYPE_DIRECTORY:
            raise asyncssh.SFTPFailure(say("source-no-file"))
        try:
            async with self._client.open(aside, "xb") as opened:
                await opened.write(content)
            await self._client.posix_rename(aside, self._path(file))
        except asyncssh.SFTPError:
            with suppress(asyncssh.SFTPError):
                await self._client.remove(aside)
            raise

    async def _read(self, found: Found) -> bytes:
        async with self._client.open(self._path(found.path), "rb") as file:
            before = await file.stat()
            read: Any = await file.read(found.size + 1)  # bytes, as the file is open in binary mode
            after = await file.stat()
        for about in (before, after):
            if about.permissions is not None and not stat.S_ISREG(about.permissions):
                raise LeftForLater("source-no-file")
            if (about.size, _nanoseconds(about)) != (found.size, found.modified_ns):
                raise LeftForLater("source-still-written")
        content: bytes = read
        if len(content) != found.size:
            raise LeftForLater("source-still-written")
        return content

    def _path(self, path: str) -> bytes:
        return (self._root + b"/" + os.fsencode(path)).rstrip(b"/")


class Loop:
    """An event loop in a thread of its own: the caller may itself stand in one, and every wait has an end."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sftp", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[object, object, T], seconds: float) -> T:
        """Return what the work returns. Raises ``TimeoutError`` after so many seconds."""
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, seconds), self._loop).result()

    def close(self) -> None:
        """Let what is under way end, and stop."""
        asyncio.run_coroutine_threadsafe(_end_the_rest(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _end_the_rest() -> None:
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


def _nanoseconds(about: asyncssh.SFTPAttrs) -> int:
    # Version 3 of the protocol, which OpenSSH speaks, knows whole seconds only.
    return (about.mtime or 0) * 1_000_000_000 + (about.mtime_ns or 0)


def _reason(error: asyncssh.SFTPError) -> str:
    is_forbidden = isinstance(error, asyncssh.SFTPPermissionDenied)
    return say("source-forbidden-here" if is_forbidden else "source-unlisted-here", detail=error.reason)


def _later(error: asyncssh.SFTPError) -> LeftForLater:
    if isinstance(error, _GONE):
        return LeftForLater("source-gone")
    if isinstance(error, asyncssh.SFTPPermissionDenied):
        return LeftForLater("source-no-right")
    return LeftForLater("source-unread", detail=error.reason)
