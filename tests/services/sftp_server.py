"""A real OpenSSH server on loopback that serves files only, with its own host key."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import asyncssh
import pytest

from tests.services.dovecot_server import free_port, wait_for_port
from tests.services.need import program

_SETTINGS = """
Port {port}
ListenAddress 127.0.0.1
HostKey {base}/host_key
PidFile none
AuthorizedKeysFile {base}/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication yes
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
Subsystem sftp {serve}
ForceCommand {serve}
"""


class Sftp:
    """A running server whose files lie in ``share``. Its only account is that of the tests, by key."""

    host = "127.0.0.1"

    def __init__(self, base: Path) -> None:
        self.base, self.share, self.port = base, base / "share", free_port()
        self.share.mkdir(parents=True)
        self.user = pwd.getpwuid(os.geteuid()).pw_name
        self.key_file = base / "officer_key"
        key = asyncssh.generate_private_key("ssh-ed25519")
        key.write_private_key(self.key_file)
        key.write_public_key(base / "authorized_keys")
        serve = _file_server()
        if os.geteuid() == 0:
            # Root could read what is closed to others; and sshd as root wants this folder of its system unit.
            serve = f"{program('setpriv')} --reuid=65534 --regid=65534 --clear-groups {serve}"
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        settings = _SETTINGS.format(base=base, port=self.port, serve=serve)
        (base / "sshd_config").write_text(settings, encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None
        self.new_host_key()

    def new_host_key(self) -> None:
        """Give the server another host key, as after a new installation, or an attacker in between."""
        key = asyncssh.generate_private_key("ssh-ed25519")
        key.write_private_key(self.base / "host_key")
        (self.base / "host_key").chmod(0o600)
        self.fingerprint = key.get_fingerprint()
        public = key.export_public_key().decode().strip()
        (self.base / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {public}\n", encoding="ascii")

    def add_host_key(self, kind: str, *, alone: bool = False) -> str:
        """Give the server a host key of another kind besides its own, or alone; return its fingerprint."""
        self.stop()
        key, path = asyncssh.generate_private_key(kind), self.base / f"host_key_{kind}"
        key.write_private_key(path)
        path.chmod(0o600)
        settings = (self.base / "sshd_config").read_text(encoding="utf-8")
        own = f"HostKey {self.base}/host_key\n"
        settings = settings.replace(own, f"HostKey {path}\n" if alone else f"{own}HostKey {path}\n")
        (self.base / "sshd_config").write_text(settings, encoding="utf-8")
        self.start()
        return key.get_fingerprint()

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        with (self.base / "stderr").open("ab") as errors:
            self._process = subprocess.Popen(
                [program("sshd"), "-D", "-e", "-f", str(self.base / "sshd_config")],
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                start_new_session=True,
            )
        wait_for_port(self.port, self._process, self.base / "stderr")

    def stop(self) -> None:
        """Stop the server with its sessions; the files stay."""
        if self._process is not None:
            children = _children_of(self._process.pid)
            for pid in [self._process.pid, *children]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def url(self, folder: str = "", **options: str) -> str:
        """Return the URL of a folder of the share: login by key, host key by fingerprint."""
        told = {"key": str(self.key_file), "hostkey": self.fingerprint} | options
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in told.items() if value)
        return f"sftp://{self.user}@{self.host}:{self.port}{quote(str(self.share / folder))}?{query}"


def _file_server() -> str:
    """Return the path of OpenSSH's file server, which lies on no search path."""
    places = [
        Path(place) / "sftp-server" for place in ("/usr/lib/openssh", "/usr/libexec/openssh", "/usr/lib/ssh")
    ]
    return next((str(place) for place in places if place.exists()), "internal-sftp")


def _children_of(pid: int) -> list[int]:
    """Return the processes below one: sshd puts each session into a session of its own."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):  # a session that ends while it is asked has none
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
            found += [int(child), *_children_of(int(child))]
    return found


@pytest.fixture
def sftp(service_folder: Path) -> Iterator[Sftp]:
    """An OpenSSH server on loopback, started."""
    server = Sftp(service_folder / "sftp")
    server.start()
    yield server
    server.stop()
