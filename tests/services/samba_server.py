"""A real Samba on loopback with one share, run by the account of the tests."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.services.dovecot_server import free_port, wait_for_port
from tests.services.need import program

PASSWORD = "Mat khau: 1/2@3"

_SETTINGS = """
[global]
server role = standalone server
interfaces = lo 127.0.0.1
bind interfaces only = yes
smb ports = {port}
disable netbios = yes
private dir = {base}/private
lock directory = {base}/lock
state directory = {base}/state
cache directory = {base}/cache
pid directory = {base}/pid
ncalrpc dir = {base}/ncalrpc
passdb backend = tdbsam:{base}/private/passdb.tdb
load printers = no
disable spoolss = yes
log file = {base}/log
map to guest = never
server min protocol = SMB2_10

[baocao]
path = {base}/share
read only = no
hide dot files = no

[chidoc]
path = {base}/share
read only = yes
hide dot files = no
"""


class Samba:
    """A running server with the share ``baocao``, whose files lie in ``share``; ``chidoc`` shows them read-only."""

    host = "127.0.0.1"

    def __init__(self, base: Path) -> None:
        self.base, self.share, self.port = base, base / "share", free_port()
        self.user = pwd.getpwuid(os.geteuid()).pw_name
        self._process: subprocess.Popen[bytes] | None = None
        for folder in ("private", "lock", "state", "cache", "pid", "ncalrpc", "share"):
            (base / folder).mkdir(parents=True, exist_ok=True)
        self._settings = base / "smb.conf"
        self._settings.write_text(_SETTINGS.format(base=base, port=self.port), encoding="utf-8")
        subprocess.run(
            [program("pdbedit"), "-s", str(self._settings), "-a", "-t", "-u", self.user],
            input=f"{PASSWORD}\n{PASSWORD}\n".encode(),
            check=True,
            capture_output=True,
        )

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        with (self.base / "stderr").open("ab") as errors:
            self._process = subprocess.Popen(
                [program("smbd"), "-F", "-s", str(self._settings)],
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,  # no new session: smbd makes its own process group and ends if it cannot
            )
        wait_for_port(self.port, self._process, self.base / "stderr")

    def stop(self) -> None:
        """Stop the server with all its sessions; the files stay."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def url(self, folder: str = "", password: str = PASSWORD, share: str = "baocao") -> str:
        """Return the URL of a folder of the share, with the password in it."""
        place = f"{self.host}:{self.port}/{share}/{quote(folder)}".rstrip("/")
        return f"smb://{self.user}:{quote(password, safe='')}@{place}"


@pytest.fixture
def samba(service_folder: Path) -> Iterator[Samba]:
    """A Samba on loopback, started."""
    server = Samba(service_folder / "samba")
    server.start()
    yield server
    server.stop()
