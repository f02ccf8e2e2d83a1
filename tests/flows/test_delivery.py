"""The report before its deadline: tried again, by another relay, without what is too heavy, or late and saying so."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from benchmarks.faults.clock import SimulatedClock
from flows.intake import intake
from tasks.aggregate import aggregate
from tasks.alarm import alarm_if_overdue, alarm_unless_delivered, try_once
from tasks.deliver import deliver_in_time
from tasks.report import report
from tasks.rescue import rescue
from tests.flows.world import DAY, ROOT, District, clean_environment
from tests.services.dovecot_server import Dovecot
from tests.services.postgres_server import PostgresServer
from tests.services.smtp_server import Drop, Received, Reply, SmtpServer, Stall
from tonghop.campaigns import load_campaign
from tonghop.domain.deliveries import DeliveryState
from tonghop.domain.runs import Delivered, Filed, Intake
from tonghop.settings import Settings
from tonghop.wiring import Occasion

# The package gives its function the module's name.
RENDERING = importlib.import_module("tonghop.report.render")
Servers = Callable[..., SmtpServer]


def moment(clock: str) -> datetime:
    return datetime.fromisoformat(f"{DAY}T{clock}:00+07:00")


@pytest.fixture
def occasion(district: District, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Occasion]:
    """A run in this process on a clock that jumps: ``occasion("14:40")``; the communes' reports are taken in."""
    for name, value in district.settings().items():
        monkeypatch.setenv(name, value)
    district.send_all()
    intake.fn("tan-chau", DAY, moment("14:00"))

    def begin(at: str) -> Occasion:
        clock = SimulatedClock(moment(at))
        settings = Settings()
        campaign = load_campaign(settings.campaigns, "tan-chau")
        return Occasion(settings, campaign, DAY, True, clock, clock.wait)

    return begin


def filed(occasion: Occasion) -> Filed:
    return report(occasion, aggregate(occasion), Intake(), None)


def mails(server: SmtpServer) -> list[EmailMessage]:
    return [message_from_bytes(one.content, policy=default) for one in server.received]


def states(sent: Delivered) -> set[DeliveryState]:
    return {one.state for one in sent.deliveries if one.kind == "report"}


def clock_of(occasion: Occasion) -> SimulatedClock:
    assert isinstance(occasion.clock, SimulatedClock)
    return occasion.clock


def test_a_greylisting_relay_is_asked_again_within_the_run_until_it_lets_the_report_in(
    occasion: Callable[..., Occasion], smtp_server: SmtpServer
) -> None:
    now = occasion("14:40")
    filed(now)
    smtp_server.on("rcpt", Reply("451 4.7.1 greylisted"))
    clock_of(now).at(moment("14:46"), smtp_server.calm)
    sent = deliver_in_time(now)
    assert states(sent) == {DeliveryState.ACCEPTED}
    assert len(smtp_server.received) == 1
    accepted = next(one.accepted_at for one in sent.deliveries if one.accepted_at)
    assert moment("14:46") <= accepted < moment("14:50")


def test_a_relay_that_comes_to_life_for_half_a_minute_before_the_deadline_is_enough(
    occasion: Callable[..., Occasion], smtp_server: SmtpServer
) -> None:
    now = occasion("14:40")
    filed(now)
    smtp_server.on("connect", Reply("554 5.3.2 no service"))
    clock_of(now).at(moment("14:58"), smtp_server.calm)
    clock_of(now).at(moment("14:58") + timedelta(seconds=30), lambda: smtp_server.on("mail", Drop()))
    assert states(deliver_in_time(now)) == {DeliveryState.ACCEPTED}


def test_after_the_deadline_the_run_ends_and_the_report_waits_for_the_next_one(
    occasion: Callable[..., Occasion], smtp_server: SmtpServer
) -> None:
    now = occasion("14:40")
    filed(now)
    smtp_server.on("data", Reply("554 5.5.1 no"))
    assert states(deliver_in_time(now)) == {DeliveryState.DEFERRED}, (
        "a refusal ends nothing before the deadline"
    )
    assert moment("14:59") < now.clock() < moment("15:01")
    smtp_server.calm()
    clock_of(now).run_until(moment("15:05"))
    assert states(deliver_in_time(now)) == {DeliveryState.ACCEPTED}
    assert len(smtp_server.received) == 1


def test_a_run_in_the_morning_does_not_wait_for_the_afternoon(
    occasion: Callable[..., Occasion], smtp_server: SmtpServer
) -> None:
    now = occasion("09:00")
    filed(now)
    smtp_server.on("mail", Reply("451 4.3.0 busy"))
    assert states(deliver_in_time(now)) == {DeliveryState.DEFERRED}
    assert now.clock() == moment("09:00")


def test_a_copy_to_an_address_nobody_knows_does_not_keep_the_run_waiting(
    occasion: Callable[..., Occasion], smtp_server: SmtpServer
) -> None:
    now = occasion("14:40")
    filed(now)
    smtp_server.on("rcpt", Reply("550 5.1.1 no such user"), argument="ubnd@")
    sent = deliver_in_time(now)
    assert states(sent) == {DeliveryState.ACCEPTED, DeliveryState.FAILED}
    assert now.clock() == moment("14:40")


def test_a_second_relay_takes_what_the_first_hangs_on(
    occasion: Callable[..., Occasion],
    district: District,
    smtp_server: SmtpServer,
    smtp_servers: Servers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    second = smtp_servers()
    monkeypatch.setenv("TONGHOP_SMTP_URL", f"{smtp_server.url_with('timeout=0.3')} {second.url}")
    smtp_server.on("mail", Stall())
    now = occasion("14:40")
    filed(now)
    assert states(deliver_in_time(now)) == {DeliveryState.ACCEPTED}
    assert (len(smtp_server.received), len(second.received)) == (0, 1)


def test_what_the_relay_s_size_does_not_hold_is_left_out_in_the_stated_order_and_said(
    occasion: Callable[..., Occasion],
    district: District,
    smtp_server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    district.configure(report={**_report_of(district), "attachments": ["xlsx", "docx", "pdf"]})
    full = occasion("14:40")
    filed(full)
    deliver_in_time(full)
    whole = len(smtp_server.received[0].content)
    assert {part.get_content_subtype() for part in mails(smtp_server)[0].iter_attachments()} > {"pdf"}
    monkeypatch.setenv("TONGHOP_DESK_URL", "https://desk.example.vn")
    seen = []
    for number, limit in enumerate((whole - 1000, whole // 4, 1000), start=1):
        monkeypatch.setenv("TONGHOP_HOME", str(district.home / f"var{number}"))
        monkeypatch.setenv("TONGHOP_MAIL_LIMIT", str(limit))
        district.shared.touch()
        intake.fn("tan-chau", DAY, moment("14:00"))
        now = occasion("14:40")
        told = filed(now)
        deliver_in_time(now)
        mail = mails(smtp_server)[-1]
        seen.append([part.get_filename() for part in mail.walk() if part.get_filename()])
        assert "https://desk.example.vn" in mail.get_body(("plain",)).get_content()
        assert "dung lượng" in " ".join(told.notes)
        if number < 3:
            assert len(smtp_server.received[-1].content) <= limit
    assert not any(name.endswith(".pdf") for name in seen[0])
    assert any(name.endswith(".xlsx") for name in seen[0])
    assert seen[2] == [], "the words go out whatever the limit"


def test_the_announced_size_of_the_relay_counts(
    occasion: Callable[..., Occasion], smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.services import smtp_server as module

    greeting = module._Session._greeting
    monkeypatch.setattr(
        module._Session, "_greeting", lambda self: greeting(self).replace("SIZE 20000000", "SIZE 70000")
    )
    now = occasion("14:40")
    filed(now)
    assert states(deliver_in_time(now)) == {DeliveryState.ACCEPTED}
    assert len(smtp_server.received[0].content) <= 70000


def test_a_recipient_outside_the_allowed_domains_stops_the_campaign_with_a_sentence(
    district: District,
) -> None:
    allowed = {**_report_of(district), "allowed_domains": ["tayninh.example.vn", "tanchau.example.vn"]}
    district.configure(report=allowed)
    assert district.tonghop("status", "tan-chau", "--day", f"{DAY}")[0] == 0
    district.configure(report={**allowed, "cc": ["ai@khac.example.vn"]})
    code, _, error = district.tonghop("status", "tan-chau", "--day", f"{DAY}")
    assert code == 2
    assert "ai@khac.example.vn" in error
    assert "allowed_domains" in error


def test_a_run_after_the_deadline_sends_at_once_and_says_so_first(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    code, told, error = district.run("15:20")
    assert code == 0, error
    assert "sau giờ quy định" in told["note"]
    text = mails(smtp_server)[0].get_body(("plain",)).get_content()
    assert text.startswith("Báo cáo gửi sau giờ quy định (trước 15 giờ 00 ngày 18/8/2020)")


def test_a_run_that_starts_late_but_in_time_says_so_to_the_operator_only(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    code, told, _ = district.run("14:55")
    assert code == 0
    assert "14:55" in told["note"]
    assert "sau giờ quy định" not in mails(smtp_server)[0].get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("broken", "gone", "said"),
    [
        ("docx_of", "docx", "Dự thảo"),
        ("pdf_of", "pdf", "Dự thảo"),
        ("workbook_of", "xlsx", "Excel"),
        ("charts_of", "png", "Biểu đồ"),
    ],
)
def test_a_part_that_cannot_be_made_costs_only_itself_and_the_mail_says_so(
    occasion: Callable[..., Occasion],
    district: District,
    smtp_server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    gone: str,
    said: str,
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("no font")

    monkeypatch.setattr(RENDERING, broken, breaks)
    district.configure(report={**_report_of(district), "attachments": ["xlsx", "docx", "pdf"]})
    now = occasion("14:40")
    told = filed(now)
    deliver_in_time(now)
    (mail,) = mails(smtp_server)
    endings = {str(part.get_filename()).rpartition(".")[2] for part in mail.walk() if part.get_filename()}
    assert endings == {"xlsx", "docx", "pdf", "png"} - {gone}
    assert said in mail.get_body(("plain",)).get_content()
    assert any("no font" in trouble.message for trouble in told.troubles)


def test_a_report_that_cannot_be_rendered_goes_out_as_plain_figures_without_an_empty_page(
    occasion: Callable[..., Occasion], smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("no words")

    monkeypatch.setattr(RENDERING, "view_of", breaks)
    now = occasion("14:40")
    told = filed(now)
    assert states(deliver_in_time(now)) == {DeliveryState.ACCEPTED}
    (mail,) = mails(smtp_server)
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == ["text/plain"]
    assert "1.291" in mail.get_body(("plain",)).get_content()  # 430 + 512 + 349
    assert "no words" in told.troubles[0].message


@pytest.fixture
def web() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A real web server that keeps what is posted to it."""
    posts: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", posts
        server.shutdown()


def watched(occasion: Occasion, at: str) -> tuple[Delivered, str]:
    clock_of(occasion).run_until(moment(at))
    once = replace(occasion, wait=None)
    return alarm_unless_delivered(once, try_once(once))


def test_each_stage_of_the_watch_alarms_once_by_another_relay_and_at_the_web_address(
    occasion: Callable[..., Occasion],
    district: District,
    smtp_server: SmtpServer,
    smtp_servers: Servers,
    web: tuple[str, list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    second = smtp_servers()
    url, posts = web
    monkeypatch.setenv("TONGHOP_ALARM_WEBHOOK", url)
    monkeypatch.setenv("TONGHOP_SMTP_URL", f"{smtp_server.url} {second.url}")
    smtp_server.on("mail", Reply("451 4.3.0 busy"))
    second.on("rcpt", Reply("451 4.3.0 busy"), argument="so@")
    second.on("rcpt", Reply("451 4.3.0 busy"), argument="ubnd@")
    district.configure(watch=[10, 3])
    now = occasion("14:40")
    filed(now)
    for at in ("14:50", "14:52", "14:57", "14:58", "15:02", "15:04"):
        assert watched(now, at)[1], at
    assert [post["stage"] for post in posts] == ["10", "3", "late"]
    assert posts[0]["minutes_left"] == 10
    assert {one["state"] for one in posts[0]["deliveries"]} == {"deferred"}
    assert [one.recipients for one in second.received] == [("truc@tanchau.example.vn",)] * 3
    assert smtp_server.received == []


def test_a_run_that_starts_after_the_last_watch_and_delivers_nothing_alarms_once(
    occasion: Callable[..., Occasion],
    district: District,
    smtp_server: SmtpServer,
    web: tuple[str, list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, posts = web
    monkeypatch.setenv("TONGHOP_ALARM_WEBHOOK", url)
    smtp_server.on("mail", Reply("451 4.3.0 busy"))
    district.configure(watch=[10, 3])
    now = occasion("14:40")
    filed(now)
    clock_of(now).run_until(moment("14:58"))
    alarm_if_overdue(now, deliver_in_time(now))
    assert now.clock() < moment("15:00")
    assert [post["stage"] for post in posts] == ["3"]
    assert watched(now, "15:00")[1]
    assert [post["stage"] for post in posts] == ["3", "late"], "a stage is told once"


def test_without_its_database_the_watch_still_alarms_by_mail_and_web(
    district: District, smtp_server: SmtpServer, web: tuple[str, list[dict[str, Any]]]
) -> None:
    url, posts = web
    district.environment["TONGHOP_ALARM_WEBHOOK"] = url
    district.database_url = "postgresql://nobody:x@127.0.0.1:1/none"
    arguments = ("watch", "tan-chau", "--day", f"{DAY}", "--at", f"{DAY}T14:50:00+07:00")
    code, told, _ = district.tonghop(*arguments)
    assert (code, told["report"]) == (3, "alarm")
    assert [one.recipients for one in smtp_server.received] == [("truc@tanchau.example.vn",)]
    assert len(posts) == 1
    assert posts[0]["troubles"]


def test_the_watch_makes_and_brings_a_report_that_nobody_made(
    occasion: Callable[..., Occasion], smtp_server: SmtpServer
) -> None:
    now = occasion("14:50")
    sent, words = rescue(now, alarm_unless_delivered(now, try_once(now)))
    assert words, "that nobody made it is alarming all the same"
    assert states(sent) == {DeliveryState.ACCEPTED}
    assert {one.recipients[0] for one in smtp_server.received} == {
        "truc@tanchau.example.vn",
        "so@tayninh.example.vn",
    }


def test_a_person_s_answer_settles_what_is_in_doubt_and_is_kept(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    smtp_server.on("end", Drop(), times=1)
    _, told, _ = district.run()
    message_id = told["deliveries"][0]["message_id"]
    assert {one["state"] for one in told["deliveries"]} == {"unknown"}
    code, told, error = district.tonghop(
        "settle", "tan-chau", message_id, "--not-arrived", "--reason", "đã gọi ông Nam"
    )
    assert code == 0, error
    assert len(told["settled"]) == 2
    code, told, _ = district.run("14:45")
    assert (code, len(smtp_server.received)) == (0, 1)
    assert mails(smtp_server)[0]["Message-ID"] == message_id
    code, _, error = district.tonghop("settle", "tan-chau", message_id, "--arrived", "--reason", "lại")
    assert code == 2, "nothing is in doubt any more"
    assert "đã gọi ông Nam" in _audit(district)


def test_arrived_by_a_person_counts_from_the_handing_over_and_is_not_sent_again(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    smtp_server.on("end", Drop(kept=True), times=1)
    _, told, _ = district.run()
    message_id = told["deliveries"][0]["message_id"]
    district.tonghop("settle", "tan-chau", message_id, "--arrived", "--reason", "bà Lan đã nhận")
    code, told, _ = district.run("14:45")
    assert (code, len(smtp_server.received)) == (0, 1)
    assert {one["accepted_at"][:16] for one in told["deliveries"]} == {f"{DAY}T14:40"}


def test_not_arrived_is_refused_where_the_witness_has_the_very_message(
    district: District, smtp_server: SmtpServer, dovecot: Dovecot
) -> None:
    copies: list[Received] = []
    kept = smtp_server.keep
    smtp_server.keep = lambda one: (kept(one), copies.append(one))[0]  # it comes later
    district.witness_url = f"{dovecot.imap_url('lamchung')}?address=lamchung@tanchau.example.vn"
    district.send_all()
    smtp_server.on("end", Drop(kept=True), times=1)
    _, told, _ = district.run()
    message_id = told["deliveries"][0]["message_id"]
    dovecot.deliver("lamchung", copies[0].content)
    code, _, error = district.tonghop(
        "settle", "tan-chau", message_id, "--not-arrived", "--reason", "chưa thấy"
    )
    assert code == 2
    assert "hai lần" in error
    code, told, _ = district.run("14:45")
    assert (code, len(smtp_server.received)) == (0, 1)


def test_two_schedulers_at_the_same_second_on_one_postgresql_deliver_once(
    district: District, smtp_server: SmtpServer, postgres_server: PostgresServer
) -> None:
    district.database_url = postgres_server.new_database()
    district.send_all()
    district.tonghop("intake", "tan-chau", "--day", f"{DAY}", "--at", f"{DAY}T14:00:00+07:00")
    command = [sys.executable, "-m", "tonghop", "run", "tan-chau", "--day", f"{DAY}", "--json"]
    command += ["--at", f"{DAY}T14:40:00+07:00"]
    environment = clean_environment(district.settings())
    try:
        schedulers = [
            subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            for _ in range(2)
        ]
        told = [scheduler.communicate(timeout=120) for scheduler in schedulers]
        assert {scheduler.returncode for scheduler in schedulers} <= {0, 1}, told
        assert {json.loads(out)["edition"] for out, _ in told} == {1}
        assert len(smtp_server.received) == 1
        _, after, _ = district.run("14:45")
        assert {one["state"] for one in after["deliveries"]} == {"accepted"}
        assert len(smtp_server.received) == 1
    finally:
        postgres_server.drop_database(district.database_url)


def test_what_another_process_is_just_bringing_is_no_failure(
    district: District, smtp_server: SmtpServer
) -> None:
    district.send_all()
    smtp_server.on("data", Stall(), times=1)
    command = [sys.executable, "-m", "tonghop", "run", "tan-chau", "--day", f"{DAY}"]
    first = subprocess.Popen(
        [*command, "--at", f"{DAY}T14:40:00+07:00"],
        cwd=ROOT,
        env=clean_environment(district.settings()),
        stdout=subprocess.DEVNULL,
    )
    try:
        assert smtp_server.stalled.wait(60)
        code, told, _ = district.run("14:41")
        assert (code, told["failed"]) == (1, [])
        assert any("tiến trình khác" in words for words in told["needs_person"])
        assert smtp_server.received == []
    finally:
        first.kill()
        first.wait(60)
    smtp_server.calm()
    code, _, _ = district.run("14:42")
    assert (code, len(smtp_server.received)) == (0, 1)


def _report_of(district: District) -> dict[str, Any]:
    import yaml

    path = district.home / "campaigns" / "tan-chau" / "campaign.yaml"
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["report"]
    return found


def _audit(district: District) -> str:
    import sqlite3

    with closing(sqlite3.connect(district.home / "var" / "tonghop.sqlite")) as database:
        return " ".join(row[0] for row in database.execute("SELECT detail FROM audit"))
