"""A real Dovecot on loopback, one folder a test: mailboxes are Maildirs, TLS has its own port."""

from __future__ import annotations

import grp
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.services.need import program

PASSWORD = "Mật khẩu: 1/2@3"  # as people choose them: spaces, signs, Vietnamese letters

_SETTINGS = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login{mechanisms}
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{base}/mail/%u
mail_fsync = never
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
passdb {{
  driver = passwd-file
  args = {base}/passwd
}}
{more}
userdb {{
  driver = static
  args = uid={user} gid={group} home={base}/mail/%u
}}
namespace inbox {{
  inbox = yes
}}
"""


class Dovecot:
    """A running server. Users appear when they are first named; stopping and starting keeps the mail."""

    host = "127.0.0.1"

    def __init__(self, base: Path, certificate: tuple[Path, Path] | None = None, more: str = "") -> None:
        self.base = base
        self.port, self.tls_port = free_port(), free_port() if certificate else 0
        self._certificate, self._more = certificate, more
        self._account = ("nobody", "nogroup") if os.geteuid() == 0 else (_me(), _my_group())
        self._counter = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        for folder in ("run", "state", "mail"):
            (base / folder).mkdir(parents=True, exist_ok=True)
        (base / "passwd").touch()
        self._write_settings()
        self._give(base)

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        command = [program("dovecot"), "-F", "-c", str(self.base / "dovecot.conf")]
        with (self.base / "stderr").open("ab") as errors:
            self._process = subprocess.Popen(command, stdout=errors, stderr=errors, start_new_session=True)
        wait_for_port(self.port, self._process, self.base / "stderr")

    def stop(self) -> None:
        """Stop the server; its mail stays."""
        if self._process is not None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.2)
            # The whole group: a session that is open would outlive the master.
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def imap_url(self, user: str, password: str = PASSWORD, folder: str = "INBOX") -> str:
        """Return the URL of a user's mailbox folder, with the password in it."""
        self.add_user(user)
        return f"imap://{user}:{quote(password, safe='')}@{self.host}:{self.port}/{quote(folder)}"

    def imaps_url(self, user: str, host: str = "localhost", **options: str) -> str:
        """Return the URL of a user's mailbox over TLS."""
        self.add_user(user)
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in options.items())
        return f"imaps://{user}:{quote(PASSWORD, safe='')}@{host}:{self.tls_port}/INBOX?{query}"

    def add_user(self, user: str) -> Path:
        """Return the Maildir of a user, which is made with its login where there is none."""
        mailbox = self.base / "mail" / user
        if not mailbox.exists():
            for folder in ("tmp", "new", "cur"):
                (mailbox / folder).mkdir(parents=True)
            with (self.base / "passwd").open("a", encoding="utf-8") as users:
                users.write(f"{user}:{{PLAIN.b64}}{b64encode(PASSWORD.encode()).decode()}::::::\n")
            self._give(mailbox)
        return mailbox

    def deliver(self, user: str, raw: bytes, received_at: float | None = None) -> Path:
        """Put a message into an inbox as a mail server does: written aside, then renamed into ``new``."""
        mailbox = self.add_user(user)
        name = f"{int(time.time())}.M{next(self._counter)}P{os.getpid()}.test"
        (mailbox / "tmp" / name).write_bytes(raw)
        if received_at is not None:
            os.utime(mailbox / "tmp" / name, (received_at, received_at))
        self._give(mailbox / "tmp" / name)
        return (mailbox / "tmp" / name).rename(mailbox / "new" / name)

    def forget_uids(self, user: str) -> None:
        """Make the server number the inbox afresh, as after a restored backup: a new UIDVALIDITY."""
        mailbox = self.base / "mail" / user
        number = int((mailbox / "dovecot-uidlist").read_text(encoding="ascii").split()[1].removeprefix("V"))
        for path in mailbox.glob("dovecot*"):
            path.unlink()
        (mailbox / "dovecot-uidlist").write_text(f"3 V{number + 1} N1\n", encoding="ascii")
        self._give(mailbox / "dovecot-uidlist")

    def _write_settings(self) -> None:
        user, group = self._account
        certificate = ""
        if self._certificate:
            certificate = f"ssl_cert = <{self._certificate[0]}\nssl_key = <{self._certificate[1]}"
        mechanisms = " xoauth2" if "xoauth2" in self._more else ""
        text = _SETTINGS.format(
            base=self.base,
            port=self.port,
            tls_port=self.tls_port,
            user=user,
            group=group,
            ssl="yes" if self._certificate else "no",
            certificate=certificate,
            more=self._more,
            mechanisms=mechanisms,
        )
        (self.base / "dovecot.conf").write_text(text, encoding="utf-8")

    def _give(self, path: Path) -> None:
        """Let the account that Dovecot runs as own what it must write; as root it refuses to run as root."""
        if os.geteuid() == 0:
            for place in (path, *path.rglob("*")):
                shutil.chown(place, *self._account)


def certificate_of(folder: Path, host: str = "localhost") -> tuple[Path, Path]:
    """Return the files of a fresh certificate for a host, signed by itself, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate_file, key_file


def free_port() -> int:
    """Return a port of loopback on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path, seconds: float = 15) -> None:
    """Return once something accepts connections on the port; fail with the log if the program ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    pytest.fail(f"the server on port {port} did not start: {log.read_text(errors='replace')[-2000:]}")


def _me() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


def _my_group() -> str:
    return grp.getgrgid(os.getegid()).gr_name


@pytest.fixture
def service_folder() -> Iterator[Path]:
    """A short folder that the servers' account can enter: pytest's is private, and socket paths are short."""
    with tempfile.TemporaryDirectory(prefix="tonghop-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def dovecot(service_folder: Path) -> Iterator[Dovecot]:
    """A Dovecot without TLS on loopback, started."""
    server = Dovecot(service_folder / "dovecot")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def dovecot_tls(service_folder: Path) -> Iterator[Dovecot]:
    """A Dovecot with TLS and STARTTLS, vouched for by ``certificate.pem`` only."""
    server = Dovecot(service_folder / "dovecot", certificate_of(service_folder))
    server.start()
    yield server
    server.stop()
