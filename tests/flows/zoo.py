"""Mails as programs and people really send them around a report: each kind with what must become of it.

A kind is a function from a case's number, its sender and a made submission to the mail's bytes; ``KINDS`` names with
each what is expected, which was written down before the first run.
"""

from __future__ import annotations

from base64 import b64encode, encodebytes
from binascii import b2a_uu
from collections.abc import Callable
from dataclasses import dataclass
from email.header import Header
from urllib.parse import quote

from tests.reading.generator import Submission
from tests.reading.spellings import in_tcvn3
from tests.reading.test_containers import winmail
from tests.reading.writers import as_zip

TO = "baocao@duchue.example.vn"
BOUNDARY = "=_zoo_7d3f"
SIGNED = b"0\x82\x0b\x00\x06\x09*\x86H\x86\xf7\r\x01\x07\x02"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0500f0004850180"
    "84a98c210000000049454e44ae426082"
)
WORDS = "Kính gửi Phòng Văn hóa và Thông tin, đơn vị gửi báo cáo.\r\n"
SECRET = "0912345678"

Make = Callable[[int, str, Submission], bytes]


@dataclass(frozen=True)
class Kind:
    """A kind of mail. ``state``: those it may end in; ``figures``: whether they are read; ``answers``: how many."""

    make: Make
    state: frozenset[str]
    figures: bool
    answers: int


def head(n: int, sender: str, subject: str = "", *more: str) -> str:
    """Return the fields that every mail has."""
    return "".join(
        f"{line}\r\n"
        for line in (
            f"From: {sender}",
            f"To: {TO}",
            f"Subject: {subject or f'Bao cao {n}'}",
            "Date: Tue, 18 Aug 2020 09:00:00 +0700",
            f"Message-ID: <zoo-{n}@example.vn>",
            "MIME-Version: 1.0",
            *more,
        )
    )


def wrapped(content: bytes) -> str:
    return encodebytes(content).decode().replace("\n", "\r\n")


def words(text: str = WORDS) -> str:
    fields = 'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: base64'
    return f"{fields}\r\n\r\n{wrapped(text.encode())}"


def part(kind: str, text: str) -> str:
    return f"Content-Type: {kind}\r\n\r\n{text}\r\n"


def page(html: str) -> str:
    return words(html).replace("text/plain", "text/html")


def file(content: bytes, fields: str) -> str:
    return f"{fields}\r\nContent-Transfer-Encoding: base64\r\n\r\n{wrapped(content)}"


def called(
    name: str, content: bytes, kind: str = "application/octet-stream", more: str = "attachment"
) -> str:
    fields = f'Content-Type: {kind}; name="{name}"\r\nContent-Disposition: {more}; filename="{name}"'
    return file(content, fields)


def attachment(made: Submission) -> str:
    name = quote(made.name)
    return file(
        made.content,
        f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=UTF-8''{name}",
    )


def joined(*parts: str, kind: str = "mixed", boundary: str = BOUNDARY, more: str = "") -> str:
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}\r\n\r\nMIME.\r\n{body}--{boundary}--\r\n'


def plain(n: int, sender: str, made: Submission) -> bytes:
    return (head(n, sender) + joined(words(), attachment(made))).encode()


def named(field: Callable[[str], bytes], subject: Callable[[str], bytes] | None = None) -> Make:
    def make(n: int, sender: str, made: Submission) -> bytes:
        fields = (
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=@@NAME@@"
        )
        told = "@@SUBJECT@@" if subject else ""
        raw = (head(n, sender, told) + joined(words(), file(made.content, fields))).encode()
        raw = raw.replace(b"@@NAME@@", field(made.name))
        return raw.replace(b"@@SUBJECT@@", subject(f"Báo cáo {n}")) if subject else raw

    return make


def _tcvn3(text: str) -> bytes:
    return in_tcvn3(text).encode("latin-1", "replace")


def split_2231(name: str) -> bytes:
    told = quote(name)
    pieces = [told[i : i + 30] for i in range(0, len(told), 30)]
    lines = [f"filename*{i}*={'UTF-8' + chr(39) * 2 if i == 0 else ''}{p}" for i, p in enumerate(pieces)]
    return ("x;\r\n " + ";\r\n ".join(lines)).encode()


def nested(depth: int) -> Make:
    def make(n: int, sender: str, made: Submission) -> bytes:
        inner = head(n, "nguoigui@xa.example.vn", "BC goc") + joined(words(), attachment(made))
        for level in range(depth):
            part = f"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n{inner}"
            inner = head(n, sender, f"Fwd {level}") + joined(
                words("Chuyển tiếp.\r\n"), part, boundary=f"=_l{level}"
            )
        return inner.encode()

    return make


def tnef(n: int, sender: str, made: Submission) -> bytes:
    stream = winmail([("bc" + _ending(made.name), made.content)])
    return (head(n, sender) + joined(words(), called("winmail.dat", stream, "application/ms-tnef"))).encode()


def _ending(name: str) -> str:
    return "." + name.rsplit(".", 1)[-1]


def no_end(n: int, sender: str, made: Submission) -> bytes:
    raw = plain(n, sender, made)
    return raw[: raw.rindex(b"--" + BOUNDARY.encode())]


def bare_lf(n: int, sender: str, made: Submission) -> bytes:
    return plain(n, sender, made).replace(b"\r\n", b"\n")


def no_version(n: int, sender: str, made: Submission) -> bytes:
    return plain(n, sender, made).replace(b"MIME-Version: 1.0\r\n", b"")


def long_lines(n: int, sender: str, made: Submission) -> bytes:
    kind = f'application/octet-stream; name="bc{_ending(made.name)}"\r\nContent-Transfer-Encoding: BASE64'
    return (head(n, sender) + joined(words(), part(kind, b64encode(made.content).decode()))).encode()


def quoted_printable(n: int, sender: str, made: Submission) -> bytes:
    every = "".join(f"={byte:02X}" for byte in made.content)
    coded = "=\r\n".join(every[at : at + 72] for at in range(0, len(every), 72))
    kind = f'application/octet-stream; name="bc{_ending(made.name)}"\r\nContent-Transfer-Encoding: quoted-printable'
    return (head(n, sender) + joined(words(), part(kind, coded))).encode()


def unnamed(n: int, sender: str, made: Submission) -> bytes:
    part = file(
        made.content, "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    return (head(n, sender) + joined(words(), part)).encode()


def apple_inline(n: int, sender: str, made: Submission) -> bytes:
    fields = "Content-Type: application/octet-stream\r\nContent-Disposition: inline; filename*=utf-8''"
    book = file(made.content, fields + quote(made.name))
    mixed = joined(page("<html><body>Gửi anh.</body></html>"), book, page("<br>"), boundary="=_b2")
    return (head(n, sender) + joined(words(), mixed, kind="alternative")).encode()


def apple_double(n: int, sender: str, made: Submission) -> bytes:
    fork = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        \x00\x02" + bytes(80)
    double = joined(
        file(
            fork,
            'Content-Type: application/applefile; name="bc"\r\nContent-Disposition: attachment; filename="bc"',
        ),
        file(made.content, f'Content-Type: application/octet-stream; name="bc{_ending(made.name)}"'),
        kind="appledouble",
        boundary="=_ad",
    )
    return (head(n, sender) + joined(words(), double)).encode()


def uuencoded(n: int, sender: str, made: Submission) -> bytes:
    pieces = (made.content[i : i + 45] for i in range(0, len(made.content), 45))
    lines = b"".join(b2a_uu(piece, backtick=True) for piece in pieces)
    body = f"Kinh gui\n\nbegin 644 bc{_ending(made.name)}\n".encode() + lines + b"`\nend\n"
    return (head(n, sender) + "\r\n").encode() + body


def signature_picture(n: int, sender: str, made: Submission) -> bytes:
    html = page(f'<p>Gửi.</p><p>Văn phòng UBND xã<br>ĐT: {SECRET}</p><img src="cid:logo{n}">')
    logo = called("image001.png", PIXEL, "image/png", "inline").replace("inline;", f"inline;\r\n x={n};", 1)
    banner = file(PIXEL, 'Content-Type: image/png; name="Outlook-logo.png"\r\nContent-ID: <x@y>')
    both = joined(words(), html, kind="alternative", boundary="=_alt")
    related = joined(both, logo, banner, kind="related", boundary="=_rel")
    return (head(n, sender) + joined(related, attachment(made))).encode()


def smime_signed(n: int, sender: str, made: Submission) -> bytes:
    signature = called("smime.p7s", SIGNED + bytes(200), "application/pkcs7-signature")
    inner = joined(words(), attachment(made), boundary="=_in")
    more = '; protocol="application/pkcs7-signature"; micalg=sha-256'
    return (head(n, sender) + joined(inner, signature, kind="signed", more=more)).encode()


def smime_opaque(n: int, sender: str, made: Submission) -> bytes:
    kind = "application/pkcs7-mime; smime-type=enveloped-data"
    return (head(n, sender) + called("smime.p7m", SIGNED[:-1] + b"\x03" + made.content[:900], kind)).encode()


def pgp_signed(n: int, sender: str, made: Submission) -> bytes:
    signature = "-----BEGIN PGP SIGNATURE-----\r\n\r\niQEzBAABCAAdFiEE\r\n-----END PGP SIGNATURE-----"
    asc = part('application/pgp-signature; name="signature.asc"', signature)
    inner = joined(words(), attachment(made), boundary="=_in")
    more = '; protocol="application/pgp-signature"; micalg=pgp-sha256'
    return (head(n, sender) + joined(inner, asc, kind="signed", more=more)).encode()


def pgp_encrypted(n: int, sender: str, made: Submission) -> bytes:
    version = part("application/pgp-encrypted", "Version: 1")
    name = 'application/octet-stream; name="encrypted.asc"\r\nContent-Disposition: inline; filename="encrypted.asc"'
    more = '; protocol="application/pgp-encrypted"'
    asc = part(name, _armoured(made.content))
    return (head(n, sender) + joined(version, asc, kind="encrypted", more=more)).encode()


def _armoured(content: bytes) -> str:
    return f"-----BEGIN PGP MESSAGE-----\r\n\r\n{wrapped(content[:900])}-----END PGP MESSAGE-----"


def pgp_inline(n: int, sender: str, made: Submission) -> bytes:
    return (head(n, sender) + part("text/plain", _armoured(made.content))).encode()


def read_receipt(n: int, sender: str, made: Submission) -> bytes:
    told = "Final-Recipient: rfc822;x@example.vn\r\nDisposition: manual-action/MDN-sent-manually; displayed"
    mdn = part("message/disposition-notification", told)
    more = "; report-type=disposition-notification"
    said = words("Thư của bạn đã được đọc lúc 9:00 18/8/2020.")
    return (head(n, sender, "Read: Nhac bao cao") + joined(said, mdn, kind="report", more=more)).encode()


def bounce(n: int, sender: str, made: Submission) -> bytes:
    told = "Reporting-MTA: dns; mx.example.vn\r\n\r\nFinal-Recipient: rfc822; x@example.vn\r\nAction: failed"
    dsn = part("message/delivery-status", f"{told}\r\nStatus: 5.1.1")
    old = f"Content-Type: message/rfc822\r\n\r\n{plain(n, sender, made).decode()}"
    report = joined(
        words("I'm sorry"), dsn, old, kind="report", boundary="=_dsn", more="; report-type=delivery-status"
    )
    return (head(n, sender, "Undelivered Mail Returned to Sender") + report).encode()


def away(subject: str, *more: str) -> Make:
    def make(n: int, sender: str, made: Submission) -> bytes:
        fields = head(n, sender, Header(subject, "utf-8").encode(), *more)
        return (fields + words("Tôi đi vắng đến 20/8. Đã cài 512 người. Cần gấp gọi 0912345678.")).encode()

    return make


def listed(*more: str) -> Make:
    def make(n: int, sender: str, made: Submission) -> bytes:
        return (head(n, sender, "[canbo] Bao cao", *more) + joined(words(), attachment(made))).encode()

    return make


def link(text: str) -> Make:
    def make(n: int, sender: str, made: Submission) -> bytes:
        subject = Header("Báo cáo Bluezone", "utf-8").encode()
        return (head(n, sender, subject) + words(text.format(n=n))).encode()

    return make


def html_link(n: int, sender: str, made: Submission) -> bytes:
    to = f"https://drive.google.com/file/d/1x{n}/view?usp=drive_web"
    chip = (
        f'<div class="gmail_chip gmail_drive_chip"><a href="{to}"><img src="x"> <b>BC 18-8.xlsx</b></a></div>'
    )
    both = words(f"Gửi anh báo cáo\r\n BC 18-8.xlsx\r\n<{to}>\r\n"), page(f"<div>Gửi anh báo cáo</div>{chip}")
    return (head(n, sender) + joined(*both, kind="alternative")).encode()


def beside_others(n: int, sender: str, made: Submission) -> bytes:
    note = called("ghi-chu.txt", "Danh sách văn bản kèm theo.".encode(), "text/plain; charset=utf-8")
    card = file(b"BEGIN:VCARD\r\nEND:VCARD\r\n", 'Content-Type: text/vcard; name="lan.vcf"')
    return (head(n, sender) + joined(words(), note, attachment(made), card)).encode()


def twice_id(n: int, sender: str, made: Submission) -> bytes:
    return plain(n, sender, made).replace(f"zoo-{n}@".encode(), b"the-same@")


def huge_head(n: int, sender: str, made: Submission) -> bytes:
    hop = "Received: from mx{}.example.vn by mx.example.vn; Tue, 18 Aug 2020 09:00:00 +0700\r\n"
    above = "".join(hop.format(i) for i in range(200))
    above += "X-Spam-Report: " + "\r\n\t".join(["* 0.0 RULE_NAME some words of a rule"] * 300) + "\r\n"
    below = "References: " + "\r\n ".join(f"<{i}@example.vn>" for i in range(800)) + "\r\n"
    return (above + head(n, sender) + below + joined(words(), attachment(made))).encode()


def empty(n: int, sender: str, made: Submission) -> bytes:
    return (head(n, sender, " ") + "\r\n").encode()


def empty_body(n: int, sender: str, made: Submission) -> bytes:
    return (head(n, sender, " ") + joined(words(""), attachment(made))).encode()


def only_file(n: int, sender: str, made: Submission) -> bytes:
    return (head(n, sender) + attachment(made)).encode()


def invitation(n: int, sender: str, made: Submission) -> bytes:
    calendar = part("text/calendar; charset=utf-8; method=REPLY", "BEGIN:VCALENDAR\r\nEND:VCALENDAR")
    return (
        head(n, sender, "Accepted: Hop giao ban") + joined(words(""), calendar, kind="alternative")
    ).encode()


def thanks(n: int, sender: str, made: Submission) -> bytes:
    return (head(n, sender, "Re: Bien nhan") + words("Xã đã nhận, cảm ơn anh.\r\n")).encode()


def odd_charset(charset: str) -> Make:
    def make(n: int, sender: str, made: Submission) -> bytes:
        text = words().replace("utf-8", charset)
        return (head(n, sender, "=?x-unknown?B?QsOhbyBjw6Fv?=") + joined(text, attachment(made))).encode()

    return make


def shouted(n: int, sender: str, made: Submission) -> bytes:
    name = Header("UBND xã, Văn phòng", "utf-8").encode()
    return plain(n, f"{name} <{sender.upper()}>", made)


def raw_name(n: int, sender: str, made: Submission) -> bytes:
    return plain(n, f'"Văn phòng UBND xã" <{sender}>', made)


def stranger(n: int, sender: str, made: Submission) -> bytes:
    return plain(n, f"la{n}@example.vn", made)


def claims(n: int, sender: str, made: Submission) -> bytes:
    raw = plain(n, f'"{sender}" <la{n}@example.vn>', made)
    return f"Reply-To: {sender}\r\nSender: {sender}\r\n".encode() + raw


def two_from(n: int, sender: str, made: Submission) -> bytes:
    return b"From: la@example.vn\r\n" + plain(n, sender, made)


def injected(n: int, sender: str, made: Submission) -> bytes:
    bad = Header("Báo cáo <img src=x onerror=alert(1)> =HYPERLINK(1)", "utf-8").encode(linesep="\r\n")
    book = called("<script>alert(1)</script>.x", made.content)
    return (head(n, sender, bad) + joined(words(), book)).encode()


def zipped(n: int, sender: str, made: Submission) -> bytes:
    archive = as_zip([(made.name, made.content)])
    return (head(n, sender) + joined(words(), called("bc.zip", archive, "application/zip"))).encode()


def external(n: int, sender: str, made: Submission) -> bytes:
    kind = 'message/external-body; access-type=URL; URL="https://example.vn/bc.xlsx"'
    inside = part(kind, "Content-Type: application/octet-stream\r\n")
    return (head(n, sender) + joined(words("Gửi báo cáo kèm theo.\r\n"), inside)).encode()


def partial(n: int, sender: str, made: Submission) -> bytes:
    piece = part(f'message/partial; id="a{n}@x"; number=1; total=2', plain(n, sender, made).decode()[:1500])
    return (head(n, sender) + piece).encode()


def rar(n: int, sender: str, made: Submission) -> bytes:
    return (
        head(n, sender) + joined(words(), called("bc.rar", b"Rar!\x1a\x07\x01\x00" + made.content[:500]))
    ).encode()


def photo(n: int, sender: str, made: Submission) -> bytes:
    picture = called("z123.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(60_000), "image/jpeg")
    return (head(n, sender, f"Bao cao 18/8 {n}") + joined(words(), picture)).encode()


READ, REFUSED, IGNORED = frozenset({"read"}), frozenset({"unreadable"}), frozenset({"ignored", "unreadable"})
STRANGE = frozenset({"quarantined"})


def good(make: Make) -> Kind:
    return Kind(make, READ, figures=True, answers=1)


def refused(make: Make) -> Kind:
    return Kind(make, REFUSED, figures=False, answers=1)


def silent(make: Make) -> Kind:
    return Kind(make, IGNORED, figures=False, answers=0)


def strange(make: Make) -> Kind:
    return Kind(make, STRANGE, figures=False, answers=0)


def unanswered(make: Make) -> Kind:
    return Kind(make, READ, figures=True, answers=0)


def _quoted(text: bytes) -> bytes:
    return b'"' + text + b'"'


_NO_REPLY = "X-Auto-Response-Suppress: All"

KINDS: dict[str, Kind] = {
    "plain": good(plain),
    "name 2231 in pieces": good(named(split_2231)),
    "name 2047": good(
        named(lambda t: _quoted(Header(t, "utf-8", maxlinelen=900).encode(linesep="\r\n").encode()))
    ),
    "name raw utf-8": good(named(lambda t: _quoted(t.encode()), str.encode)),
    "name tcvn3": good(named(lambda t: _quoted(_tcvn3(t)), _tcvn3)),
    "forwarded 1": good(nested(1)),
    "forwarded 2": good(nested(2)),
    "forwarded 3": good(nested(3)),
    "winmail": good(tnef),
    "no closing boundary": good(no_end),
    "bare lf": good(bare_lf),
    "no mime-version": good(no_version),
    "one line of base64": good(long_lines),
    "quoted-printable": good(quoted_printable),
    "unnamed": good(unnamed),
    "apple inline": good(apple_inline),
    "apple double": good(apple_double),
    "uuencoded": good(uuencoded),
    "signature picture": good(signature_picture),
    "smime signed": good(smime_signed),
    "smime enveloped": refused(smime_opaque),
    "pgp signed": good(pgp_signed),
    "pgp encrypted": refused(pgp_encrypted),
    "pgp inline": refused(pgp_inline),
    "read receipt": silent(read_receipt),
    "bounce": silent(bounce),
    "outlook away": silent(
        away("Automatic reply: Nhắc báo cáo", "Auto-Submitted: auto-generated", _NO_REPLY)
    ),
    "gmail away": silent(away("Vắng mặt Re: Nhắc", "Auto-Submitted: auto-replied", "Precedence: bulk")),
    "zimbra away": silent(away("Re: Nhắc báo cáo", "Auto-Submitted: auto-replied (zimbra; readMessage)")),
    "outlook vn away": silent(
        away("Trả lời tự động: Nhắc báo cáo", "auto-submitted: auto-generated", _NO_REPLY)
    ),
    "google group": unanswered(listed("List-ID: <canbo.duchue.vn>", "Precedence: list")),
    "list unsubscribe": unanswered(listed("List-Unsubscribe: <mailto:x@y.vn>")),
    "drive": refused(link("Gửi anh: https://docs.google.com/spreadsheets/d/1x{n}/edit?usp=sharing\r\n")),
    "zalo": refused(link("Báo cáo em gửi qua Zalo rồi ạ, anh xem nhóm. https://zalo.me/g/abc{n}\r\n")),
    "zalo without link": refused(link("Báo cáo ngày 18/8 em đã gửi qua Zalo cho chị Lan (thư {n:03}a).\r\n")),
    "drive chip": refused(html_link),
    "beside others": good(beside_others),
    "same message-id": good(twice_id),
    "huge head": good(huge_head),
    "empty": silent(empty),
    "empty body": good(empty_body),
    "only the file": good(only_file),
    "invitation": silent(invitation),
    "thanks": silent(thanks),
    "charset unknown": good(odd_charset("x-user-defined")),
    "charset utf-7": good(odd_charset("utf-7")),
    "charset utf-16": good(odd_charset("utf-16")),
    "sender shouted": good(shouted),
    "sender raw": good(raw_name),
    "stranger": strange(stranger),
    "claims a unit": strange(claims),
    "two from": strange(two_from),
    "injected": good(injected),
    "zipped": good(zipped),
    "external body": refused(external),
    "partial": refused(partial),
    "rar": refused(rar),
    "photo": refused(photo),
}
