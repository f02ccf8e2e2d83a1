"""A real SMTP server on loopback that does at each command what the test tells it: refuse, drop, stall."""

from __future__ import annotations

import base64
import contextlib
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

import pytest

from tests.services.need import program

STAGES = ("connect", "ehlo", "starttls", "tls", "auth", "mail", "rcpt", "data", "body", "end", "noop", "quit")


@dataclass(frozen=True)
class Reply:
    """Answer this instead of the usual."""

    line: str


@dataclass(frozen=True)
class Drop:
    """Close the connection. ``kept``: at "end", only after the message was taken."""

    kept: bool = False


@dataclass(frozen=True)
class Stall:
    """Say nothing until released, then close. ``kept``: at "end", after the message was taken."""

    kept: bool = False


Action = Reply | Drop | Stall


@dataclass(frozen=True)
class Received:
    """One accepted message: its envelope, its bytes without dot-stuffing, and how it came."""

    mail_from: str
    recipients: tuple[str, ...]
    content: bytes
    user: str
    tls: bool


@dataclass
class _Rule:
    stage: str
    action: Action
    times: int | None
    argument: str


class _ClosedError(Exception):
    pass


@dataclass
class SmtpServer:
    """A running server. ``on`` scripts it; ``received`` holds what it accepted."""

    certificate: tuple[Path, Path] | None = None
    implicit_tls: bool = False
    users: dict[str, str] = field(default_factory=dict)
    on_command: Callable[[str], object] | None = None  # told of each stage before it is answered
    received: list[Received] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    stalled: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)
    _rules: list[_Rule] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def on(self, stage: str, action: Action, times: int | None = None, argument: str = "") -> None:
        """Do this at a stage; ``times`` None: always; ``argument``: only where its line holds it."""
        assert stage in STAGES
        with self._lock:
            self._rules.append(_Rule(stage, action, times, argument))

    def calm(self) -> None:
        """Forget the script: from now on everything is accepted."""
        with self._lock:
            self._rules.clear()
        self.released.set()

    def action(self, stage: str, line: str = "") -> Action | None:
        if self.on_command:
            self.on_command(stage)
        with self._lock:
            self.commands.append(stage)
            for rule in self._rules:
                if rule.stage == stage and rule.argument in line and rule.times != 0:
                    if rule.times is not None:
                        rule.times -= 1
                    return rule.action
        return None

    def keep(self, message: Received) -> None:
        with self._lock:
            self.received.append(message)

    @property
    def url(self) -> str:
        """Return the server's URL with its first user's credentials and a short time-out."""
        return self.url_with("timeout=2&patience=2" + ("&starttls=required" if self._offers_starttls else ""))

    @property
    def _offers_starttls(self) -> bool:
        return self.certificate is not None and not self.implicit_tls

    def url_with(self, options: str, host: str = "") -> str:
        """Return the server's URL with these options."""
        host = host or ("localhost" if self.certificate else "127.0.0.1")
        user = next(iter(self.users), "")
        login = f"{quote(user, safe='')}:{quote(self.users[user], safe='')}@" if user else ""
        cafile = f"&cafile={quote(str(self.certificate[0]))}" if self.certificate else ""
        return f"smtp{'s' if self.implicit_tls else ''}://{login}{host}:{self.port}?{options}{cafile}"

    def start(self) -> None:
        """Listen on a free port of loopback."""
        owner = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(_ClosedError, OSError):
                    _Session(owner, self.request).run()

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        self.released.set()
        self._server.shutdown()
        self._server.server_close()


class _Session:
    """One connection."""

    def __init__(self, server: SmtpServer, connection: socket.socket) -> None:
        self.server, self.connection = server, connection
        self.connection.settimeout(30)
        self.tls, self.user = False, ""
        self.mail_from, self.recipients = "", []

    def run(self) -> None:
        try:
            if self.server.implicit_tls:
                self._wrap()
            self.file = self.connection.makefile("rb")
            self._do("connect", "", "220 test.example ESMTP")
            while line := self.file.readline():
                self._command(line.decode("utf-8", "replace").strip())
        finally:
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            self.connection.close()

    def _command(self, line: str) -> None:
        verb = line.partition(" ")[0].upper()
        match verb:
            case "EHLO" | "HELO":
                self._do("ehlo", line, self._greeting())
            case "STARTTLS":
                self._do("starttls", line, "220 go ahead")
                self._do_tls()
                self.file = self.connection.makefile("rb")
            case "AUTH":
                self._do("auth", line, self._judged(line))
            case "MAIL":
                self.mail_from, self.recipients = _address(line), []
                self._do("mail", line, "250 2.1.0 ok")
            case "RCPT":
                if self._do("rcpt", line, "250 2.1.5 ok"):
                    self.recipients.append(_address(line))
            case "DATA":
                if self._do("data", line, "354 go ahead"):
                    self._read_message()
            case "NOOP" | "RSET":
                self._do("noop", line, "250 ok")
            case "QUIT":
                self._do("quit", line, "221 bye")
                raise _ClosedError
            case _:
                self._say("500 5.5.1 what?")

    def _do(self, stage: str, line: str, usual: str, keep: Callable[[], None] | None = None) -> bool:
        """Act as scripted or as usual; return whether the usual was said."""
        action = self.server.action(stage, line)
        if keep and (action is None or getattr(action, "kept", False)):
            keep()
        match action:
            case Reply(line=said):
                self._say(said)
                return False
            case Drop() | Stall():
                self._break_off(action)
        self._say(usual)
        return True

    def _break_off(self, action: Drop | Stall) -> NoReturn:
        if isinstance(action, Stall):
            self.server.stalled.set()
            self.server.released.wait(60)
        raise _ClosedError

    def _read_message(self) -> None:
        self.file.peek(1)  # the message is on its way: only now is "in data" surely on record at the sender's
        match self.server.action("body"):
            case Drop() | Stall() as action:
                self._break_off(action)
        lines = []
        while (line := self.file.readline()) != b".\r\n":
            if not line:
                raise _ClosedError
            lines.append(line[1:] if line.startswith(b".") else line)
        message = Received(self.mail_from, tuple(self.recipients), b"".join(lines), self.user, self.tls)
        self._do("end", "", "250 2.0.0 taken", keep=lambda: self.server.keep(message))

    def _greeting(self) -> str:
        offers = ["test.example", "SIZE 20000000", "8BITMIME"]
        if self.server._offers_starttls and not self.tls:
            offers.append("STARTTLS")
        if self.server.users:
            offers.append("AUTH PLAIN")
        return "\r\n".join([*(f"250-{each}" for each in offers), "250 HELP"])

    def _judged(self, line: str) -> str:
        _, user, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
        if self.server.users.get(user) != password:
            return "535 5.7.8 wrong user or password"
        self.user = user
        return "235 2.7.0 welcome"

    def _wrap(self) -> None:
        assert self.server.certificate
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.server.certificate)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.tls = True

    def _do_tls(self) -> None:
        """Shake hands as TLS has it, or as scripted: words in place of it, nothing, or the end."""
        match self.server.action("tls"):
            case Reply(line=said):
                self._say(said)
            case Drop():
                raise _ClosedError
            case Stall():
                self.server.stalled.set()
                self.server.released.wait(60)
                raise _ClosedError
            case _:
                self._wrap()

    def _say(self, line: str) -> None:
        self.connection.sendall(line.encode("utf-8") + b"\r\n")


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]


@pytest.fixture(scope="session")
def smtp_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that no authority signed, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = [
        program("openssl"),
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
    ]
    command += ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext"]
    command += ["subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def smtp_servers() -> Iterator[Callable[..., SmtpServer]]:
    """A maker of servers: ``smtp_servers(users={...}, certificate=...)``; all are stopped at the end."""
    running: list[SmtpServer] = []

    def start(**settings: object) -> SmtpServer:
        server = SmtpServer(**settings)
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def smtp_server(smtp_servers: Callable[..., SmtpServer]) -> SmtpServer:
    """A server without TLS and login that accepts everything until it is told otherwise."""
    return smtp_servers()
