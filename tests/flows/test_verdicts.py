"""What an officer decides reaches totals, the next edition and the trace."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from tests.flows.world import DAY, DAY_BEFORE, FIGURES, District
from tests.services.smtp_server import SmtpServer
from tonghop.domain.verdicts import Correction, Decision, Ruling
from tonghop.store import Store, open_store

AT = datetime(2020, 8, 18, 7, 45, tzinfo=UTC)
FALLEN = (*FIGURES["90101"][:2], 12, *FIGURES["90101"][3:])


@pytest.fixture
def fallen(district: District) -> District:
    """A district whose first commune reports fewer installs than the day before."""
    district.configure(corrections="send")
    district.send_all(DAY_BEFORE)
    district.run(day=DAY_BEFORE, at="14:40")
    for unit in list(FIGURES)[1:]:
        district.send(unit)
    district.send("90101", FALLEN)
    return district


def opened(district: District) -> Store:
    return open_store(f"sqlite:///{district.home}/var/tonghop.sqlite")


def test_a_correction_by_telephone_makes_the_next_edition_and_the_trace_names_it(
    fallen: District, smtp_server: SmtpServer
) -> None:
    _, told, _ = fallen.run()
    assert told["held"] == ["90101"]
    with opened(fallen) as store:
        (held,) = [f for f in store.entries.open_findings("tan-chau", DAY) if f.finding.holds]
        fix = Correction("installs", str(FIGURES["90101"][2]), "ông Ba, điện thoại")
        store.verdicts.rule(
            Ruling(Decision.CORRECT, "lan", "xã gõ thiếu số", finding=held.id, correction=fix), AT
        )
    code, told, _ = fallen.run("14:50")
    assert (code, told["edition"], told["held"]) == (0, 2, [])
    root = next(unit for unit in told["units"] if unit["unit"] == "901")
    assert root["values"]["installs"] == sum(figures[2] for figures in FIGURES.values())
    first, second = (message_from_bytes(m.content, policy=default) for m in smtp_server.received[-2:])
    assert second["In-Reply-To"] == first["Message-ID"]
    text = " ".join(second.get_body(("plain",)).get_content().split())
    assert "Bản 2, thay thế bản 1" in text
    assert "lan đính chính lúc 14 giờ 45 ngày 18/8/2020: xã gõ thiếu số" in text
    _, trace, _ = fallen.tonghop("trace", "tan-chau", "90101", "installs", "--day", f"{DAY}")
    counted = trace["sources"][0]
    assert (counted["state"], counted["value"]) == ("counted", FIGURES["90101"][2])
    assert (counted["corrected"]["officer"], counted["corrected"]["old"]) == ("lan", "12")
    assert trace["sources"][1]["value"] == 12


def test_a_figure_accepted_as_it_is_counts_in_the_next_edition_which_says_who_accepted_it_and_why(
    fallen: District, smtp_server: SmtpServer
) -> None:
    fallen.run()
    with opened(fallen) as store:
        (held,) = [f for f in store.entries.open_findings("tan-chau", DAY) if f.finding.holds]
        store.verdicts.rule(Ruling(Decision.ACCEPT, "lan", "xã xác nhận", finding=held.id), AT)
    _, told, _ = fallen.run("14:50")
    unit = next(unit for unit in told["units"] if unit["unit"] == "90101")
    assert (told["edition"], unit["values"]["installs"], unit["timeliness"]) == (2, 12, "on_time")
    mail = message_from_bytes(smtp_server.received[-1].content, policy=default)
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "lan xác nhận lúc 14 giờ 45 ngày 18/8/2020: xã xác nhận" in text


def test_a_report_that_was_sent_back_is_told_once_and_stays_out_when_it_comes_again(
    fallen: District, smtp_server: SmtpServer
) -> None:
    fallen.run()
    with opened(fallen) as store:
        (held,) = [f for f in store.entries.open_findings("tan-chau", DAY) if f.finding.holds]
        store.verdicts.rule(Ruling(Decision.REJECT, "lan", "nhầm <b>cột</b>", finding=held.id), AT)
    fallen.tonghop("intake", "tan-chau", "--at", f"{DAY}T14:50")
    fallen.tonghop("intake", "tan-chau", "--at", f"{DAY}T14:51")
    told = [m for m in smtp_server.received if "tanha@tanchau.example.vn" in m.recipients]
    (mail,) = (message_from_bytes(m.content, policy=default) for m in told)
    assert mail["Subject"].startswith("Đề nghị gửi lại báo cáo")
    assert "Lý do: nhầm <b>cột</b>" in mail.get_body(("plain",)).get_content()
    assert "Tệp: " in mail.get_body(("plain",)).get_content(), "a unit may have sent several that day"
    assert "<b>cột" not in mail.get_body(("html",)).get_content()
    fallen.send("90101", FALLEN, name="gửi lại.xlsx", hour=10)
    _, told, _ = fallen.run("14:55")
    assert "90101" in told["missing"]
