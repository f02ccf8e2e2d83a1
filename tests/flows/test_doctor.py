"""What doctor says of clocks, times and a trial by mail."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.flows.world import District
from tests.services.dovecot_server import Dovecot
from tests.services.postgres_server import PostgresServer
from tests.services.smtp_server import Received, SmtpServer
from tonghop.campaigns import load_campaign
from tonghop.cli import clocks
from tonghop.settings import Settings

OFF = timedelta(minutes=20)


@pytest.fixture
def web_that_is_ahead() -> Iterator[str]:
    """A real web server whose clock is twenty minutes ahead."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(405)
            self.end_headers()

        def date_time_string(self, timestamp: int | None = None) -> str:
            return format_datetime(datetime.now(UTC) + OFF, usegmt=True)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def test_a_clock_that_is_twenty_minutes_apart_from_the_web_s_is_told(web_that_is_ahead: str) -> None:
    ((_, remark),) = clocks.compared(Settings(alarm_webhook=web_that_is_ahead))
    assert not remark.ok
    assert "+1200" in remark.said or "+1199" in remark.said
    assert remark.to_do


def test_the_database_server_s_clock_is_compared(postgres_server: PostgresServer) -> None:
    url = postgres_server.new_database()
    try:
        from tonghop.store import open_store

        open_store(url).close()
        ((_, remark),) = clocks.compared(Settings(database_url=url))
        assert remark.ok, remark.said
    finally:
        postgres_server.drop_database(url)


@pytest.mark.parametrize(("seconds", "ok"), [(0, True), (59, True), (61, False), (-61, False)])
def test_a_minute_apart_is_a_fault(seconds: int, ok: bool) -> None:
    now = datetime.now(UTC)
    assert clocks.beside(now + timedelta(seconds=seconds), now).ok is ok


def test_this_machine_knows_the_zones_and_says_whether_its_clock_is_set() -> None:
    assert clocks.zone_data().ok
    assert clocks.set_by_network().said


def test_a_cut_off_after_the_report_is_made_is_told(district: District) -> None:
    def found() -> clocks.Remark:
        return clocks.of_campaign(load_campaign(district.home / "campaigns", "tan-chau"))

    assert found().ok
    district.configure(cutoffs={"commune": "14:50"})
    assert not found().ok
    assert "14:50" in found().said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"send_at": "15:10"}, "send_at"),
        ({"timezone": "Asia/Saigon_City"}, "time zone"),
        ({"watch": [30]}, "watch 30"),
        ({"watch": []}, "watch"),
    ],
)
def test_times_that_cannot_be_stop_the_campaign_with_a_sentence(
    district: District, changes: dict[str, object], said: str
) -> None:
    district.configure(**changes)
    code, told, _ = district.tonghop("doctor", "tan-chau")
    assert code == 3
    assert any(said in check["said"] for check in told["checks"] if not check["ok"])


def test_send_test_sends_one_message_through_each_relay_to_whom_the_campaign_alarms(
    district: District, smtp_server: SmtpServer, dovecot: Dovecot
) -> None:
    district.witness_url = f"{dovecot.imap_url('lamchung')}?address=lamchung@tanchau.example.vn"
    kept = smtp_server.keep

    def keep(received: Received) -> None:
        kept(received)
        dovecot.deliver("lamchung", received.content)

    smtp_server.keep = keep  # the relay's own delivery of the blind copy
    _, told, error = district.tonghop("doctor", "tan-chau", "--send-test")
    assert [one.recipients[0] for one in smtp_server.received] == ["truc@tanchau.example.vn"], error
    (trial,) = (check for check in told["checks"] if "Gửi thử" in check["what"])
    assert trial["ok"], trial
    assert "Message-ID" in trial["said"]
    district.tonghop("doctor", "tan-chau", "--send-test", "--to", "khac@tanchau.example.vn")
    assert smtp_server.received[-1].recipients[0] == "khac@tanchau.example.vn"
