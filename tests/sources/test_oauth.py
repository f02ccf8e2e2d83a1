"""A mailbox by XOAUTH2: a real Dovecot that asks a token authority, and that authority on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.services.dovecot_server import Dovecot
from tonghop.campaigns import MailboxSource
from tonghop.errors import ConfigurationError, SourceUnreachable
from tonghop.sources import Source, open_source

NOW = datetime(2030, 1, 1, tzinfo=UTC)
TOKEN = "ya29.token-of-the-hour"


class Authority(ThreadingHTTPServer):
    """Gives tokens for the right refresh token or client secret, and tells Dovecot whose token one is."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def judge(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        if path.startswith("/introspect"):
            token = form.get("token") or path.rpartition("/")[2]
            return 200, {"active": "true" if token == TOKEN else "false", "username": "a"}
        self.asked.append(form)
        is_right = form.get("refresh_token") == "right" or (
            form["grant_type"] == "client_credentials" and form.get("client_secret") == "s&cret"
        )
        return (200, {"access_token": TOKEN}) if is_right else (400, {"error": "invalid_grant"})


class _Answers(BaseHTTPRequestHandler):
    server: Authority

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer({name: values[0] for name, values in parse_qs(body).items()})

    def do_GET(self) -> None:
        self._answer({})

    def _answer(self, form: dict[str, str]) -> None:
        status, answer = self.server.judge(self.path, form)
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def authority() -> Iterator[Authority]:
    with Authority() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def dovecot_oauth(service_folder: Path, authority: Authority) -> Iterator[Dovecot]:
    settings = service_folder / "oauth2.conf"
    settings.write_text(
        f"introspection_url = {authority.url}/introspect\nintrospection_mode = post\n"
        "username_attribute = username\nactive_attribute = active\nactive_value = true\n"
    )
    passdb = f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  args = {settings}\n}}"
    server = Dovecot(service_folder / "dovecot", more=passdb)
    server.start()
    server.deliver("a", b"From: a@b.vn\r\n\r\nx\r\n")
    yield server
    server.stop()


def mailbox(dovecot: Dovecot, password: str = "", **options: str) -> Source:
    query = "&".join(f"{name}={value}" for name, value in {"auth": "xoauth2", **options}.items())
    secret = f":{password}" if password else ""
    return open_source(
        MailboxSource(kind="mailbox", url=f"imap://a{secret}@127.0.0.1:{dovecot.port}/INBOX?{query}"),
        environ={"SECRET": "s&cret"},
    )


def test_a_token_in_place_of_the_password_opens_the_mailbox(dovecot_oauth: Dovecot) -> None:
    assert mailbox(dovecot_oauth, TOKEN).probe() == "mở được hộp thư, có 1 thư"


def test_a_refresh_token_is_changed_for_a_token_at_each_look(
    dovecot_oauth: Dovecot, authority: Authority
) -> None:
    source = mailbox(dovecot_oauth, "right", token_url=f"{authority.url}/token", client_id="tonghop")
    assert sum(len(batch.arrivals) for batch in source.look(frozenset(), NOW)) == 1
    assert authority.asked == [
        {"grant_type": "refresh_token", "refresh_token": "right", "client_id": "tonghop"}
    ]


def test_a_service_asks_in_its_own_name(dovecot_oauth: Dovecot, authority: Authority) -> None:
    source = mailbox(
        dovecot_oauth,
        token_url=f"{authority.url}/token",
        client_id="tonghop",
        client_secret="${SECRET}",
        scope="https://outlook.office365.com/.default",
    )
    assert source.probe() == "mở được hộp thư, có 1 thư"
    assert authority.asked[0]["scope"] == "https://outlook.office365.com/.default"


def test_a_token_that_is_refused_is_told_and_shown_nowhere(
    dovecot_oauth: Dovecot, authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with pytest.raises(SourceUnreachable, match="từ chối đăng nhập") as refused_by_server:
        mailbox(dovecot_oauth, "geheim").probe()
    with pytest.raises(SourceUnreachable, match="invalid_grant") as refused_by_authority:
        mailbox(dovecot_oauth, "geheim", token_url=f"{authority.url}/token", client_id="x").probe()
    assert "refresh token" in refused_by_authority.value.advice
    for error in (refused_by_server.value, refused_by_authority.value):
        assert "geheim" not in str(error) + caplog.text


def test_an_authority_that_is_down_is_told(dovecot_oauth: Dovecot) -> None:
    source = mailbox(dovecot_oauth, "right", token_url="http://127.0.0.1:9/token", client_id="x")
    with pytest.raises(SourceUnreachable, match=r"127\.0\.0\.1 không trả lời"):
        source.probe()


@pytest.mark.parametrize(
    "query",
    [
        "auth=kerberos",
        "auth=xoauth2&token_url=https://x/token",
        "token_url=https://x/token&client_id=y",
        "auth=xoauth2&token_url=http://example.vn/token&client_id=y",
        "auth=xoauth2&token_url=file:///etc/passwd&client_id=y",
    ],
)
def test_options_that_make_no_token_are_a_configuration_error(query: str) -> None:
    with pytest.raises(ConfigurationError):
        open_source(MailboxSource(kind="mailbox", url=f"imaps://a:b@mail.example.vn/INBOX?{query}"))
