"""Messages that the tests of mail send: real ones, with a chart, a workbook and everyone they may go to."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tonghop.domain.deliveries import Delivery, DeliveryState, OutgoingMessage, Recipient, RecipientKind
from tonghop.mail.compose import compose
from tonghop.mail.parts import MEDIA_TYPES

AT = datetime(2020, 8, 18, 7, 40, tzinfo=UTC)
DEADLINE = datetime(2020, 8, 18, 8, 0, tzinfo=UTC)
DAY = date(2020, 8, 18)
CAMPAIGN = "duc-hue"
SENDER = "baocao@duchue.example.vn"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de") + b"\n.\r\n..x" * 50

TO = Recipient("stttt@longan.example.vn", RecipientKind.TO)
CC = Recipient("ubnd@duchue.example.vn", RecipientKind.CC)
WITNESS = Recipient("witness@duchue.example.vn", RecipientKind.WITNESS)


def a_report(
    number: int = 1, kind: str = "report", recipients: tuple[Recipient, ...] = (TO, CC)
) -> OutgoingMessage:
    return compose(
        f"{kind}/{CAMPAIGN}/{DAY}/{number}",
        kind,
        "Phòng Văn hóa và Thông tin huyện Đức Huệ",
        SENDER,
        recipients,
        "Kết quả triển khai cài đặt ứng dụng Bluezone ngày 18/8/2020: 11/11 đơn vị, đạt 8,54%",
        "Kính gửi Sở Thông tin và Truyền thông,\n.\n..dòng bắt đầu bằng dấu chấm\nHết.",
        '<!doctype html>\n<html lang="vi"><body>\n<p>5.658 người</p><img src="cid:chart" alt="x"></body>',
        [("chart", "biểu đồ.png", PNG, "Biểu đồ tỷ lệ")],
        [("Báo cáo Đức Huệ 18-8-2020.xlsx", MEDIA_TYPES["xlsx"], b"PK\x03\x04" + bytes(range(256)) * 20)],
        made_at=AT,
    )


def deliveries_of(message: OutgoingMessage) -> tuple[Delivery, ...]:
    return tuple(
        Delivery(
            number, message.key, message.kind, recipient, message.message_id, message.subject,
            DeliveryState.READY, 0, "", None, None,
        )
        for number, recipient in enumerate(message.recipients, start=1)
    )  # fmt: skip
