"""The alarm at a web address."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tonghop.errors import ConfigurationError
from tonghop.mail.webhook import WebhookFailed, check_webhook, post_alarm


@dataclass
class Web:
    """A real web server that answers as told and keeps what it got."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    posts: list[dict[str, object]] = field(default_factory=list)


@pytest.fixture
def web() -> Iterator[Web]:
    told = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(told.answers.pop(0) if told.answers else 204)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        told.url = f"http://127.0.0.1:{server.server_address[1]}/hook/s3cret"
        yield told
        server.shutdown()


def test_the_alarm_is_one_json_object(web: Web) -> None:
    assert post_alarm(web.url, {"text": "CẢNH BÁO", "stage": "10"}) == "204"
    assert web.posts == [{"text": "CẢNH BÁO", "stage": "10"}]


def test_a_server_that_stumbles_is_asked_a_second_time(web: Web) -> None:
    web.answers = [503]
    post_alarm(web.url, {"text": "x"})
    assert len(web.posts) == 2


@pytest.mark.parametrize("answer", [404, 500, 302])
def test_a_refusal_or_redirection_is_told_without_the_address_s_secret(web: Web, answer: int) -> None:
    web.answers = [answer, answer]
    with pytest.raises(WebhookFailed, match=str(answer)) as told:
        post_alarm(web.url, {"text": "x"})
    assert "s3cret" not in str(told.value)


def test_nobody_there_is_told() -> None:
    with pytest.raises(WebhookFailed, match="ConnectError"):
        post_alarm("http://127.0.0.1:1/hook/s3cret", {"text": "x"})


@pytest.mark.parametrize("url", ["ftp://x.vn/s3cret", "s3cret", "https:///s3cret", "http://[s3cret"])
def test_what_is_no_web_address_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        check_webhook(url)
    assert "s3cret" not in str(told.value)
