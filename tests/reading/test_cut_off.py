"""What was cut off on its way is never read as if it were whole; what lacks only its closing line is."""

from __future__ import annotations

import io
import quopri
import zipfile
from base64 import encodebytes

import pytest

from tests.reading.clothes.tailor import COUNTS, HEAD, TITLE, row
from tests.reading.conftest import Read
from tests.reading.test_containers import winmail
from tests.reading.writers import Page, as_csv, as_html, as_xls, as_xlsx
from tonghop.domain.reading import Outcome, Reading
from tonghop.words import message_of

PAGE = Page([TITLE, HEAD, *map(row, COUNTS)])
HTML = as_html(PAGE, ["Kính gửi Phòng VHTT"]).encode()
FIELDS = "From: xa@example.vn\r\nSubject: Bao cao\r\nDate: Tue, 18 Aug 2020 09:00:00 +0700\r\nMIME-Version: 1.0\r\n"
OPEN = (
    'Content-Type: multipart/{kind}; boundary="BB"\r\n\r\n--BB\r\n'
    "Content-Type: text/plain\r\n\r\nGui bao cao.\r\n--BB\r\n"
)
CLOSE = "\r\n--BB--\r\n"


def stored(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(name, content)
    return out.getvalue()


FILES = {
    "bc.xlsx": as_xlsx([PAGE]),
    "bc.xls": as_xls([PAGE]),
    "bc.csv": as_csv(PAGE),
    "bc.html": HTML,
    "web.xls": HTML,
    "bc.zip": stored("bc.csv", as_csv(PAGE)),
    "winmail.dat": winmail([("bc.csv", as_csv(PAGE))]),
}


def coded(content: bytes, encoding: str) -> str:
    if encoding == "base64":
        return encodebytes(content).decode().replace("\n", "\r\n")
    if encoding == "quoted-printable":
        return quopri.encodestring(content).decode().replace("\n", "\r\n")
    return content.decode()


def carrying(name: str, encoding: str = "base64") -> tuple[str, str]:
    """Return a message up to its file, and the file as it stands there."""
    fields = f'Content-Type: application/octet-stream; name="{name}"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return FIELDS + OPEN.format(kind="mixed") + fields, coded(FILES[name], encoding)


def written(encoding: str, kind: str) -> tuple[str, str]:
    """Return a message up to the table in its text, and that text; ``kind``: of several parts, or empty."""
    fields = f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return FIELDS + (OPEN.format(kind=kind) if kind else "") + fields, coded(HTML, encoding)


def read_as(read: Read, message: str) -> Reading:
    return read("message.eml", message.encode())


def cuts(text: str, count: int = 12) -> list[int]:
    """Return places to cut a text at: everywhere, and where its lines end."""
    places = [len(text) * n // (count + 1) for n in range(1, count + 1)]
    return sorted({*places, *(text.find("\r\n", at) + 2 for at in places if "\r\n" in text[at:])})


def told(reading: Reading) -> str:
    assert reading.outcome is Outcome.UNREADABLE
    assert reading.reason is not None
    assert reading.rows == ()
    return reading.reason.code


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_lacks_its_end_is_refused_however_it_is_made(read: Read, name: str) -> None:
    head, text = carrying(name)
    for at in cuts(text):
        assert told(read_as(read, head + text[:at])) == "damaged-file", at


@pytest.mark.parametrize("encoding", ["quoted-printable", "8bit"])
@pytest.mark.parametrize("name", ["bc.csv", "bc.html"])
def test_text_that_nobody_encoded_is_refused_without_its_end_too(
    read: Read, name: str, encoding: str
) -> None:
    head, text = carrying(name, encoding)
    for at in cuts(text):
        assert told(read_as(read, head + text[:at])) == "damaged-file", at


def test_a_page_that_ends_within_its_table_is_refused_though_the_message_is_closed(read: Read) -> None:
    head, text = carrying("bc.html")
    for at in cuts(text)[4:]:
        assert told(read_as(read, head + text[:at] + CLOSE)) == "damaged-file", at
    assert told(read("bc.html", HTML[: HTML.rindex(b"</td>")])) == "damaged-file"


def test_a_list_that_ends_within_a_line_is_refused_wherever_it_comes_from(read: Read) -> None:
    whole = as_csv(PAGE)
    for end in (b";224;93", b";224;", b"h;3014;1502", b"h;3"):
        assert told(read("bc.csv", whole[: whole.rindex(end) + len(end)])) == "damaged-file", end
    titled = as_csv(Page([["UBND huyện"], ["BÁO CÁO"], ["Bluezone"], TITLE, *PAGE.rows[1:4]]))
    assert told(read("bc.csv", titled[: titled.rindex(b";")])) == "damaged-file", (
        "below more titles than lines"
    )
    padded = as_csv(Page([TITLE + [""] * 5, *PAGE.rows[1:]]))
    assert told(read("bc.csv", padded[: padded.rindex(b"nh;")])) == "damaged-file", "in its first cell"
    assert len(read("bc.csv", padded).rows) == len(COUNTS)
    assert len(read("bc.csv", whole.rstrip()).rows) == len(COUNTS), "only its last line end is missing"
    signed = whole + "Người lập biểu".encode()
    assert len(read("bc.csv", signed).rows) == len(COUNTS), "a name below the table"


@pytest.mark.parametrize("kind", ["", "mixed", "alternative"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_a_table_in_a_message_that_lacks_its_end_is_refused(read: Read, kind: str, encoding: str) -> None:
    head, text = written(encoding, kind)
    places = [at for at in cuts(text) if at > len(text) // 2]
    for at in places:
        for end in ("", CLOSE) if kind else ("",):
            reading = read_as(read, head + text[:at] + end)
            assert told(reading) == "damaged-file", at
            assert reading.reason is not None
            assert "Thư đến không trọn" in message_of(reading.reason)


def test_a_typed_table_that_breaks_off_in_a_line_is_refused(read: Read) -> None:
    typed = "\r\n".join("\t".join(map(str, one)) for one in PAGE.rows)
    alone = FIELDS + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert len(read_as(read, alone + typed + "\r\n").rows) == len(COUNTS)
    assert told(read_as(read, alone + typed[:-1])) == "damaged-file"
    several = alone.replace("Content-Type", OPEN.format(kind="mixed") + "Content-Type", 1)
    assert len(read_as(read, several + typed + CLOSE).rows) == len(COUNTS)
    assert told(read_as(read, several + typed[:-40])) == "damaged-file"


@pytest.mark.parametrize("name", FILES)
def test_what_lacks_only_the_line_that_closes_the_message_is_read(read: Read, name: str) -> None:
    head, text = carrying(name)
    assert len(read_as(read, head + text + CLOSE).rows) == len(COUNTS)
    assert len(read_as(read, head + text).rows) == len(COUNTS)


def test_a_message_that_passes_on_one_without_its_end_is_refused(read: Read) -> None:
    head, text = carrying("bc.csv")
    fields = (
        'Content-Type: multipart/mixed; boundary="AA"\r\n\r\n--AA\r\nContent-Type: message/rfc822\r\n\r\n'
    )
    for at in cuts(text)[::3]:
        for end in ("", "\r\n--AA--\r\n"):
            assert told(read_as(read, FIELDS + fields + head + text[:at] + end)) == "damaged-file"
    whole = FIELDS + fields + head + text + CLOSE + "\r\n--AA--\r\n"
    assert len(read_as(read, whole).rows) == len(COUNTS)


def test_a_message_cut_off_before_its_file_is_told_so_and_not_taken_for_a_note(read: Read) -> None:
    head, _ = carrying("bc.csv")
    for end in (b"Gui bao", b"--BB\r\nContent-Type: application", b'boundary="BB"\r\n\r\n'):
        at = head.encode().rindex(end) + len(end)
        assert told(read("message.eml", head.encode()[:at])) == "damaged-file", end


def test_a_message_that_says_it_is_longer_is_refused(read: Read) -> None:
    head, text = written("8bit", "")
    right, long = (f"Content-Length: {len(HTML) + more}\r\n" for more in (0, 200))
    assert len(read_as(read, right + head + text).rows) == len(COUNTS)
    assert told(read_as(read, long + head + text)) == "damaged-file"


def test_what_a_quoted_message_lacks_is_no_fault_of_the_new_one(read: Read) -> None:
    old = as_html(Page([HEAD, row("27916", installs=1)]), []).partition("</table>")[0]
    new = HTML.decode().replace("</body></html>", f"<blockquote>{old}</blockquote></body></html>")
    fields = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert len(read_as(read, FIELDS + fields + new).rows) == len(COUNTS)


def test_a_file_that_lies_elsewhere_is_named_as_what_it_is(read: Read) -> None:
    outside = "Content-Type: message/external-body; access-type={}\r\n\r\nContent-Type: text/csv\r\n\r\n"
    for access in (
        'URL; URL="https://example.vn/bc.xlsx"',
        "local-file; name=bc.xlsx",
        "anon-ftp; site=a.vn",
    ):
        message = FIELDS + OPEN.format(kind="mixed") + outside.format(access) + CLOSE
        assert told(read_as(read, message)) == "link-only"
        _, text = carrying("bc.csv")
        file = "\r\n--BB\r\nContent-Type: text/csv; name=bc.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        beside = message.removesuffix(CLOSE) + file + text + CLOSE
        assert len(read_as(read, beside).rows) == len(COUNTS)
