"""The reports the tests read: each is rendered once, for rendering is the slow part."""

from __future__ import annotations

import pytest

from tests.report.building import MADE_AT, edition, finding, sources_of
from tests.report.days import hai_phong, troubled_day, whole_day
from tonghop.domain.findings import Severity
from tonghop.domain.sources import Unreachable
from tonghop.report import RenderedReport, render

CLOSED_MAILBOX = Unreachable(
    "imaps://baocao:matkhau@mail.duchue.example.vn/INBOX",
    "máy chủ thư từ chối đăng nhập của imaps://baocao:matkhau@mail.duchue.example.vn",
    "đổi mật khẩu trong TONGHOP_MAILBOX_PASSWORD",
)
# Two findings as the rules make them; the second's code is in no catalogue, as that of a new rule may be.
FINDINGS = (
    finding("a-rule-without-words", Severity.WARNING, unit="27898", sheet="Sheet1", cell="C19"),
    finding(
        "another-rule", Severity.CRITICAL, unit="27925", indicator="installs", sheet="Số liệu", cell="D7"
    ),
)


@pytest.fixture(scope="session")
def whole() -> RenderedReport:
    """Đức Huệ on 18/8/2020, every unit on time."""
    of, form, day = whole_day()
    return render(edition(day), of, form, [], sources_of(day), [], MADE_AT)


@pytest.fixture(scope="session")
def troubled() -> RenderedReport:
    """Edition 2 of a day with missing, held, carried, late and zero units and a closed mailbox."""
    of, form, day = troubled_day()
    before = whole_day()[2]
    second = edition(day, 2, before)
    sources = sources_of(day, by_mail=True)
    return render(second, of, form, FINDINGS, sources, [CLOSED_MAILBOX], MADE_AT, first=edition(before))


@pytest.fixture(scope="session")
def city() -> RenderedReport:
    """Hải Phòng: 217 communes, 15 districts, the city."""
    of, form, day = hai_phong()
    return render(edition(day), of, form, [], sources_of(day), [], MADE_AT)
