"""Containers: what lies inside is read, what cannot be read is refused with the true reason."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from tests.reading.conftest import Read
from tests.reading.test_tables import BINH_THANH, HEAD, TITLE, codes, figures, xlsx
from tests.reading.writers import Page, as_7z, as_html, as_message, as_ods, as_xlsx, as_zip, forwarded
from tonghop.domain.reading import Outcome, Reading

PAGE = Page([HEAD, BINH_THANH])
BOOK = xlsx(TITLE, HEAD, BINH_THANH)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 200
URN = b"urn:schemas-microsoft-com:office:spreadsheet"
EXPECTED = {"population": 5519, "smartphone_users": 2755, "installs": 443}


def reason(reading: Reading) -> tuple[Outcome, str | None]:
    return reading.outcome, reading.reason.code if reading.reason else None


def unreadable(code: str) -> tuple[Outcome, str]:
    return Outcome.UNREADABLE, code


def test_the_bytes_tell_the_kind_not_the_name(read: Read) -> None:
    for name in ("bc.xlsx", "bc.xls", "bc.pdf", "bc", "bc.csv"):
        assert figures(read(name, BOOK), "27916") == EXPECTED


def test_an_ods_and_an_html_that_calls_itself_xls_are_read(read: Read) -> None:
    assert figures(read("bc.ods", as_ods([PAGE])), "27916") == EXPECTED
    assert figures(read("bc.xls", as_html(PAGE, ["ngày 18/8/2020"]).encode()), "27916") == EXPECTED


def test_a_workbook_in_the_xml_of_2003_is_read(read: Read) -> None:
    cells = "".join(
        "<Row>"
        + "".join(
            f'<Cell><Data ss:Type="{"Number" if isinstance(v, int) else "String"}">{v}</Data></Cell>'
            for v in row
        )
        + "</Row>"
        for row in (HEAD, BINH_THANH)
    )
    names = f'xmlns="{URN.decode()}" xmlns:ss="{URN.decode()}"'
    sheet = f'<Worksheet ss:Name="BC"><Table>{cells}</Table></Worksheet>'
    xml = f'<?xml version="1.0"?><Workbook {names}>{sheet}</Workbook>'
    assert figures(read("bc.xls", xml.encode()), "27916") == EXPECTED


def test_archives_are_opened_with_vietnamese_names(read: Read) -> None:
    packed = as_zip(
        [("Báo cáo/BC xã Bình Thành 18-8.xlsx", BOOK), ("__MACOSX/._x", b"junk"), ("~$BC.xlsx", b"lock")]
    )
    for content in (packed, as_7z([("Báo cáo/BC xã Bình Thành 18-8.xlsx", BOOK)])):
        reading = read("bc.zip", content)
        assert figures(reading, "27916") == EXPECTED
        assert reading.rows[0].document == "bc.zip/Báo cáo/BC xã Bình Thành 18-8.xlsx"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258"])
def test_zip_names_without_the_unicode_flag_are_repaired(read: Read, encoding: str) -> None:
    raw = {"utf-8": "Báo cáo.xlsx".encode(), "cp1258": "Báo cáo.xlsx".encode("cp1258")}[encoding]
    placeholder = "X" * len(raw)
    packed = as_zip([(placeholder, BOOK)]).replace(placeholder.encode(), raw)
    assert read("bc.zip", packed).rows[0].document == "bc.zip/Báo cáo.xlsx"


def test_a_message_gives_its_attachment_its_table_and_its_forwarded_messages(read: Read) -> None:
    inner = as_message("BC 18-8", attachments=[("bc.xlsx", BOOK)])
    twice = forwarded("Fwd: Fwd: BC", forwarded("Fwd: BC", inner))
    table = as_message("Báo cáo ngày 18/8/2020", html=as_html(PAGE, ["Kính gửi Phòng VHTT"]))
    tabs = as_message(
        "BC ngày 18/8", text="Kính gửi\n" + "\n".join("\t".join(map(str, row)) for row in PAGE.rows)
    )
    for message in (inner, twice, table, tabs):
        reading = read("message.eml", message.as_bytes(), sender="xa@example.vn")
        assert figures(reading, "27916") == EXPECTED
        assert str(reading.rows[0].stated_day) == "2020-08-18"


def test_a_picture_in_a_signature_or_beside_the_workbook_is_a_note(read: Read) -> None:
    message = as_message(
        "BC", attachments=[("bc.xlsx", BOOK), ("chu-ky.png", PICTURE), ("anh.png", PICTURE * 3)]
    )
    reading = read("message.eml", message.as_bytes())
    assert figures(reading, "27916") == EXPECTED
    assert codes(reading) == {"attachment-ignored"}


def test_an_old_table_quoted_below_does_not_count_beside_the_new_one(read: Read) -> None:
    old = as_html(Page([HEAD, [1, "Xã Bình Thành", 1, 1, 1]]), [])
    new = as_html(PAGE, ["Gửi lại"]).replace(
        "</body></html>", f"<blockquote>{old}</blockquote></body></html>"
    )
    reading = read("message.eml", as_message("BC", html=new).as_bytes())
    assert figures(reading, "27916") == EXPECTED
    assert not [f for f in reading.findings if f.holds]


def test_winmail_dat_is_opened(read: Read) -> None:
    assert figures(read("winmail.dat", winmail([("bc.xlsx", BOOK)])), "27916") == EXPECTED


def winmail(files: list[tuple[str, bytes]]) -> bytes:
    """Return a TNEF stream: attributes of level, id, length, data and checksum."""
    out = b"\x78\x9f\x3e\x22\x01\x00"

    def attribute(level: int, kind: int, data: bytes) -> bytes:
        head = bytes((level,)) + kind.to_bytes(4, "little") + len(data).to_bytes(4, "little")
        return head + data + (sum(data) & 0xFFFF).to_bytes(2, "little")

    out += attribute(1, 0x00089006, (0x00010000).to_bytes(4, "little"))
    for name, content in files:
        out += attribute(2, 0x00069002, b"\x01\x00" + b"\x00" * 12)
        out += attribute(2, 0x00018010, name.encode() + b"\x00")
        out += attribute(2, 0x0006800F, content)
    return out


def test_what_cannot_be_read_is_refused_with_the_true_reason(read: Read) -> None:
    rar = b"Rar!\x1a\x07\x01\x00" + b"x" * 500
    locked = as_7z([("bc.xlsx", BOOK)], password="x")
    cases = {
        "bc.rar": (rar, "rar-archive"),
        "bc.jpg": (b"\xff\xd8\xff\xe0" + b"x" * 999, "picture"),
        "bc.xlsx": (BOOK[: len(BOOK) // 2], "damaged-file"),
        "empty.xlsx": (b"", "empty-file"),
        "noise.xls": (bytes(range(256)) * 50, "unsupported-kind"),
        "bc.7z": (locked, "password-protected"),
        "bc.rtf": (b"{\\rtf1 abc}", "old-word"),
        "bc.pdf": (b"%PDF-1.7\n" + b"x" * 300, "damaged-file"),
        "2003.xls": (
            b'<?xml version="1.0" encoding="none-such"?><Workbook xmlns="' + URN + b'"/>',
            "damaged-file",
        ),
    }
    for name, (content, code) in cases.items():
        assert reason(read(name, content)) == unreadable(code), name


def test_a_password_on_a_member_of_a_zip_is_said(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("bc.xlsx", BOOK)
    locked = bytearray(out.getvalue())
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert reason(read("bc.zip", bytes(locked))) == unreadable("password-protected")


def test_figures_in_a_sentence_are_not_scraped(read: Read) -> None:
    for text in (
        "Tính đến ngày 18/8/2020 xã có 443 người cài đặt, đạt 8,03%.",
        "Dân số: 5.519; đã cài đặt: 443",
    ):
        assert reason(read("message.eml", as_message("BC", text=text).as_bytes())) == unreadable(
            "figures-in-sentence"
        )


def test_a_promised_attachment_that_is_not_there_is_asked_for(read: Read) -> None:
    assert reason(
        read("message.eml", as_message("BC", text="Xã gửi báo cáo theo file đính kèm.").as_bytes())
    ) == unreadable("attachment-missing")


def test_empty_and_automatic_messages_and_lock_files_are_ignored(read: Read) -> None:
    empty = as_message("Chào", text="Cảm ơn các anh chị.")
    away = as_message(
        "BC", text="Tôi đi vắng.", attachments=[("bc.xlsx", BOOK)], headers={"Auto-Submitted": "auto-replied"}
    )
    reply = as_message("Trả lời tự động: BC", text="Tôi nghỉ phép đến 20/8.")
    assert reason(read("message.eml", empty.as_bytes())) == (Outcome.IGNORED, "empty-message")
    for message in (away, reply):
        assert reason(read("message.eml", message.as_bytes())) == (Outcome.IGNORED, "automatic-message")
    assert reason(read("~$bc.xlsx", b"x")) == (Outcome.IGNORED, "lock-file")


def test_a_report_that_a_program_sends_for_an_office_is_read_and_its_note_of_absence_is_not(
    read: Read,
) -> None:
    for subject, headers in (
        ("BC", {"Auto-Submitted": "auto-generated"}),
        ("BC", {"Auto-Submitted": "auto-forwarded; by=sieve"}),
        ("Vắng mặt đ/c Tám, gửi thay báo cáo", {}),
    ):
        sent = as_message(subject, text="Gửi báo cáo.", attachments=[("bc.xlsx", BOOK)], headers=headers)
        assert figures(read("message.eml", sent.as_bytes()), "27916") == EXPECTED
    for subject, headers in (
        ("Đi vắng", {"Auto-Submitted": "auto-generated"}),
        ("Vắng mặt", {}),
    ):
        away = as_message(subject, text="Tôi nghỉ đến 20/8, xin gọi 512.", headers=headers)
        assert reason(read("message.eml", away.as_bytes())) == (Outcome.IGNORED, "automatic-message")


def test_what_is_only_called_a_picture_is_read_and_a_photograph_in_the_body_is_refused(read: Read) -> None:
    def inline(content: bytes) -> bytes:
        message = as_message("BC", text="Kính gửi anh.")
        message.add_attachment(content, "image", "png", filename="BC.xlsx", disposition="inline", cid="<1>")
        return message.as_bytes()

    assert figures(read("message.eml", inline(BOOK)), "27916") == EXPECTED
    logo, photograph = (b"\xff\xd8\xff" + bytes(range(256)) * times for times in (200, 800))
    assert reason(read("message.eml", inline(logo))) == (Outcome.IGNORED, "empty-message")
    assert reason(read("message.eml", inline(photograph))) == unreadable("picture")


def test_an_attachment_is_decoded_whatever_stands_behind_the_name_of_its_encoding(read: Read) -> None:
    raw = as_message("BC", attachments=[("bc.xlsx", BOOK)]).as_bytes()
    for written in (b"BASE64 ", b"base64 (a remark)", b"base64;"):
        changed = raw.replace(b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: " + written)
        assert changed != raw
        assert figures(read("message.eml", changed), "27916") == EXPECTED


def test_two_attachments_of_one_name_are_told_apart(read: Read) -> None:
    files = [("BC.xlsx", BOOK), ("BC.xlsx", b"PK\x03\x04 broken"), ("BC (2).xlsx", b"PK\x03\x04 broken")]
    reading = read("message.eml", as_message("BC", attachments=files).as_bytes())
    assert figures(reading, "27916") == EXPECTED
    told = [(found.code, found.document) for found in reading.findings]
    assert told == [("damaged-file", "BC (2).xlsx"), ("damaged-file", "BC (2) (2).xlsx")]


def test_a_file_in_which_nothing_is_found_is_told_and_a_card_or_an_invitation_is_none(read: Read) -> None:
    for name, expected in (
        ("BC.txt", unreadable("no-table")),
        ("hop.ics", (Outcome.IGNORED, "empty-message")),
        ("danh thiep.vcf", (Outcome.IGNORED, "empty-message")),
    ):
        message = as_message("BC", text="Kính gửi.", attachments=[(name, "Nội dung khác.".encode())])
        assert reason(read("message.eml", message.as_bytes())) == expected


def test_a_signed_envelope_is_a_kind_that_is_not_read_whatever_text_is_in_it(read: Read) -> None:
    opening = bytes.fromhex("3082200006092a864886f70d010702a0821fef")
    content = opening + "Dân số: 5.519; đã cài đặt: 443. ".encode() * 200
    message = as_message("BC", attachments=[("smime.p7m", content)])
    assert reason(read("message.eml", message.as_bytes())) == unreadable("unsupported-kind")


def test_one_damaged_attachment_harms_no_other(read: Read) -> None:
    message = as_message("BC", attachments=[("hong.xlsx", BOOK[:900]), ("bc.xlsx", BOOK)])
    reading = read("message.eml", message.as_bytes())
    assert figures(reading, "27916") == EXPECTED
    assert [(f.code, f.document) for f in reading.findings] == [("damaged-file", "hong.xlsx")]


def test_a_phantom_format_far_below_costs_nothing(read: Read) -> None:
    rows: list[list[object]] = [HEAD, BINH_THANH, *([[]] * 3000), [""] * 40 + [" "]]
    assert figures(read("bc.xlsx", as_xlsx([Page(rows)])), "27916") == EXPECTED


def test_a_page_header_whose_letters_are_written_by_their_numbers_is_heard(read: Read) -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    book.worksheets[0].oddHeader.center.text = "Số liệu chưa đúng"
    out = io.BytesIO()
    book.save(out)
    assert "figures-doubted" in {finding.code for finding in read("bc.xlsx", out.getvalue()).findings}
