"""A mail server inside the demo: takes every message on the loopback address and keeps it as a file."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.policy import compat32
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

_LOOPBACK = "127.0.0.1"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9@._-]+")


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A running mail server of this process, and the folder of what it took."""

    url: str
    folder: Path

    def messages(self) -> tuple[Path, ...]:
        """Return the files of the messages taken so far, in the order in which they came."""
        return tuple(sorted(self.folder.glob("*.eml")))


@contextmanager
def embedded_server(folder: Path) -> Iterator[EmbeddedServer]:
    """Yield a mail server on a free port of the loopback address; nothing it takes ever leaves the machine.

    Each message becomes one ``.eml`` in ``folder``, complete before the sender hears "250". Its first lines,
    ``X-Envelope-From`` and ``X-Envelope-To``, tell the envelope, so that a blind copy can be seen; the bytes
    after them are as they came.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with socket.create_server((_LOOPBACK, 0)) as listening:
        controller = _Listening(_Keeper(folder), listening)
        controller.start()
        try:
            yield EmbeddedServer(f"smtp://{_LOOPBACK}:{controller.port}", folder)
        finally:
            controller.stop()


class _Listening(Controller):  # type: ignore[misc] # aiosmtpd ships no types
    """A controller on a socket that is already bound: a port looked up first could be taken by another."""

    def __init__(self, handler: _Keeper, listening: socket.socket) -> None:
        super().__init__(handler, hostname=_LOOPBACK, port=listening.getsockname()[1], ident="Tong hop demo")
        self._listening = listening

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._listening)


class _Keeper:
    """Writes what the server takes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1 + max((_number(path) for path in folder.glob("*.eml")), default=0))

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802 - aiosmtpd's names
        """Keep a message and say that it was taken, or that it was not."""
        content: bytes = envelope.content
        message_id = str(BytesHeaderParser(policy=compat32).parsebytes(content).get("Message-ID", ""))
        first = _NOT_IN_NAMES.sub("_", envelope.rcpt_tos[0])[:60]
        mark = sha256(message_id.encode("utf-8", "replace")).hexdigest()[:8]
        name = f"{next(self._numbers):04d}-{first}-{mark}.eml"
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        try:
            _write_whole(self._folder / name, head.encode("ascii", "replace") + content)
        except OSError as error:
            return f"452 4.3.1 cannot keep the message: {error.strerror}"
        return "250 2.0.0 kept"


def _number(path: Path) -> int:
    digits = path.name.partition("-")[0]
    return int(digits) if digits.isdigit() else 0


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that is either there complete and durable, or not there."""
    unfinished = path.with_suffix(".tmp")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
