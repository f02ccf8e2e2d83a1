"""What units answer to our reminders, reports that went another way, and names in letters without an encoding."""

from __future__ import annotations

from collections.abc import Callable

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, COUNTS, HEAD, TITLE, Rows, counts, row, xlsx
from tests.reading.spellings import in_tcvn3
from tests.reading.writers import as_message

SAID = "Dạ xã đã nhận được, trưa nay xã gửi ạ."
_REMINDER = (
    "Kính gửi: Xã Bình Thành",
    "Đến 13 giờ 00 ngày 18/8/2020 có 11 đơn vị đã gửi, 512 người đã cài đặt.",
    "Biểu mẫu đính kèm thư này, hoặc tải tại https://drive.google.com/file/d/abc123",
)
_LINES, _MARKED = "\n".join(_REMINDER), "\n".join(f"> {line}" for line in _REMINDER)
_BLOCKS = "".join(f"<p>{line}</p>" for line in _REMINDER)
_TOLD = {
    "gmail": "Vào Th 3, 18 thg 8, 2020 vào lúc 13:00 Phòng VHTT <a@b.vn> đã viết:",
    "gmail, broken": "On Tue, Aug 18, 2020 at 1:00 PM Phòng Văn hóa và Thông tin\n<a@b.vn> wrote:",
    "thunderbird": "Vào lúc 13:00 ngày 18/08/2020, Phòng VHTT đã viết:",
    "iphone": "> Vào 13:00, 18 thg 8, 2020, Phòng VHTT <a@b.vn> đã viết:",
}
_QUOTED = {
    "gmail": '<div class="gmail_quote">Vào Th 3, 18 thg 8, 2020 lúc 13:00 đã viết:<blockquote>{}</blockquote></div>',
    "outlook": "<div><p><b>From:</b> VHTT<br><b>Sent:</b> Tuesday, August 18, 2020 1:00 PM</p></div>{}",
    "outlook web": '<div id="divRplyFwdMsg"><b>Từ:</b> VHTT<br><b>Đã gửi:</b> Thứ Ba, 18 Tháng Tám 2020</div>{}',
    "zimbra": '<hr data-marker="__DIVIDER__"><div data-marker="__QUOTED_TEXT__">{}</div>',
}
_ELSEWHERE = (
    "Báo cáo em gửi qua Zalo rồi ạ, anh xem nhóm.",
    "Em đã nộp file vào nhóm Zalo của huyện.",
    "Bao cao em gui tren viber nhe",
    "Xã gửi báo cáo bằng Zalo do mạng yếu.",
)
_LINKS = (
    "https://drive.google.com/file/d/1x/view?usp=drive_web",
    "https://duchue-my.sharepoint.com/:x:/g/personal/xa/Eabc",
    "https://1drv.ms/x/s!Aabc",
)
_SIGNATURES = (
    "--\nVăn phòng UBND xã\nSố 12, khu phố 2",
    "--\nUBND xã, Đường tỉnh 839\nĐT: 0272.3812.345 - Fax 0272 3812 346",
    "Số 12 đường 30/4",
)


def _letter(text: str = SAID, html: str = "", subject: str = "Re: Nhắc báo cáo") -> Callable[[], bytes]:
    return lambda: as_message(subject, html=html, text=text).as_bytes()


def _ignored(case: str, content: Callable[[], bytes]) -> Case:
    return Case(case, "a.eml", content, "ignored")


def _refused(case: str, content: Callable[[], bytes], reason: str) -> Case:
    return Case(case, "a.eml", content, "unreadable", reason=reason)


def _raw(name: bytes, subject: bytes = b"Bao cao", rows: Rows | None = None) -> Callable[[], bytes]:
    """Return a mail whose file and subject are named in bytes of which nobody says the encoding."""

    def made() -> bytes:
        book = xlsx(*(rows or [[""], HEAD, row(BT)]))()
        whole = as_message("@subject@", attachments=[("@name@", book)]).as_bytes()
        return whole.replace(b"@subject@", subject).replace(b"@name@", name)

    return made


_ENCODED: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "tcvn3": lambda text: in_tcvn3(text).encode("latin-1"),
}
UNKNOWN = ("unknown-unit", None)
_POLICE, _OLD = "Công an xã Bình Thành báo cáo Bluezone", "Báo cáo xã Bình Thành ngày 17 tháng 8"
_ALONE: Rows = [TITLE, HEAD[2:], [*COUNTS[BT]]]

CASES: list[Case] = [
    *(_ignored(f"reply, {how}", _letter(f"{SAID}\n\n{told}\n{_MARKED}")) for how, told in _TOLD.items()),
    _ignored("reply, outlook's text", _letter(f"{SAID}\n\nFrom: VHTT\nSent: 18 August, 2020 1:00 PM\n\n{_LINES}")),
    *(_ignored(f"reply, {how}, page", _letter(html=f"<div>{SAID}</div>{q.format(_BLOCKS)}"))
      for how, q in _QUOTED.items()),
    *(_ignored(f"reply, signature {n}", _letter(f"{SAID}\n{each}")) for n, each in enumerate(_SIGNATURES)),
    # What a unit says itself is heard as before, and what it passes on without a word is what it says.
    _refused("figures above a quotation", _letter(f"Xã có 512 người đã cài.\n\nFrom: A\nSent: B\n\n{_LINES}"),
             "trong câu"),
    _refused("nothing but a quotation", _letter(f"From: VHTT\nSent: Tuesday\n\n{_LINES}"), "trong câu"),
    _refused("passed on", _letter(f"From: VHTT\nSent: Tuesday\n\n{_LINES}", subject="Fwd: BC"), "trong câu"),
    *(_refused(f"sent elsewhere {n}", _letter(each, subject="BC"), "cách khác") for n, each in enumerate(_ELSEWHERE)),
    _ignored("a telephone on zalo", _letter(f"{SAID}\nLiên hệ Zalo: 0912 345 678")),
    *(_refused(f"a link behind words {n}", _letter(html=f'<p>Gửi anh <a href="{each}">BC.xlsx</a></p>'), "liên kết")
      for n, each in enumerate(_LINKS)),
    _ignored("a website behind words", _letter(html=f'<p>{SAID}</p><a href="https://duchue.longan.gov.vn">UBND</a>')),
    _refused("encrypted text", _letter("-----BEGIN PGP MESSAGE-----\n\nhQEMA1"), "Loại tệp"),
    # Names without an encoding say what names say.
    *(Case(f"named in {how}", "a.eml", _raw(write("Xã Bình Thành 18-8.xlsx"), write("Xã Bình Thành 18/8")),
           "entries", counts(BT)) for how, write in _ENCODED.items()),
    *(held(f"of the police by a subject in {how}", "a.eml", _raw(b"a.xlsx", write(_POLICE), _ALONE), UNKNOWN)
      for how, write in _ENCODED.items()),
    *(held(f"of yesterday by a name in {how}", "a.eml", _raw(write(f"{_OLD}.xlsx")), ("wrong-day", None))
      for how, write in _ENCODED.items()),
    Case("encrypted file beside the workbook's own signature", "a.eml", lambda: as_message(
        "BC", attachments=[("bc.xlsx", xlsx(TITLE, HEAD, row(BT))()), ("bc.xlsx.asc", b"-----BEGIN PGP SIGNATURE-----")]
    ).as_bytes(), "entries", counts(BT)),
]  # fmt: skip
