"""Who vouches for a sender: the own server's word, real signatures, and a name server that may be silent."""

from __future__ import annotations

import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from functools import partial

import dkim
import dns.flags
import dns.message
import dns.resolver
import dns.rrset
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from tonghop.campaigns import MailboxSource
from tonghop.sources import Authenticity, LookUp, provenance_of, trusted_server
from tonghop.sources.authenticity import NoAnswer, is_aligned
from tonghop.sources.dkim_signature import dns_text

OURS = "mail.duchue.example.vn"
MESSAGE = (
    b"From: =?utf-8?b?WMOj?= <xa.a@duchue.example.vn>\r\nTo: baocao@huyen.example.vn\r\nSubject: bao cao\r\n"
    b"Date: Tue, 18 Aug 2020 08:00:00 +0700\r\nMessage-ID: <1@duchue.example.vn>\r\n\r\n840/1172\r\n"
)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PRIVATE = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
RECORD = b"v=DKIM1; k=rsa; p=" + b64encode(
    KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
)


def signed(raw: bytes = MESSAGE, domain: bytes = b"duchue.example.vn", **more: object) -> bytes:
    return (
        bytes(dkim.sign(raw, b"s1", domain, PRIVATE, include_headers=[b"from", b"to", b"subject"], **more))
        + raw
    )


class NameServer:
    """A name server on loopback that has the key of every domain, but for those called broken or none."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], self._socket.getsockname()[1]
        resolver.timeout = 0.2
        self.look_up: LookUp = partial(dns_text, resolver=resolver)

    def _serve(self) -> None:
        while True:
            wire, client = self._socket.recvfrom(4096)
            if wire == b"stop":
                return
            query = dns.message.from_wire(wire)
            name = query.question[0].name
            self.asked.append(str(name))
            answer = dns.message.make_response(query)
            if "broken" in str(name):
                answer.set_rcode(dns.rcode.SERVFAIL)
            elif "none" in str(name):
                answer.set_rcode(dns.rcode.NXDOMAIN)
            else:
                pieces = [RECORD[i : i + 200].decode() for i in range(0, len(RECORD), 200)]
                text = " ".join(f'"{piece}"' for piece in pieces)
                answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", text))
            self._socket.sendto(answer.to_wire(), client)

    def stop(self) -> None:
        self._socket.sendto(b"stop", self._socket.getsockname())
        self._thread.join()
        self._socket.close()


@pytest.fixture
def names() -> Iterator[NameServer]:
    server = NameServer()
    yield server
    server.stop()


# --- signatures


def test_a_valid_signature_of_the_senders_domain_vouches_for_it(names: NameServer) -> None:
    found = provenance_of(signed(), look_up=names.look_up)
    assert (found.sender, found.vouched.authenticity) == ("xa.a@duchue.example.vn", Authenticity.ALIGNED)
    assert found.vouched.by == "dkim=pass duchue.example.vn"
    assert names.asked == ["s1._domainkey.duchue.example.vn."]


def test_a_signature_verifies_in_a_maildir_too_where_lines_end_otherwise(names: NameServer) -> None:
    assert provenance_of(signed().replace(b"\r\n", b"\n"), look_up=names.look_up).vouched.by.startswith(
        "dkim=pass"
    )


def test_a_changed_message_is_unauthenticated(names: NameServer) -> None:
    for changed in (signed().replace(b"840/1172", b"940/1172"), signed().replace(b"xa.a@", b"xa.b@")):
        found = provenance_of(changed, look_up=names.look_up)
        assert (found.vouched.authenticity, found.vouched.by) == (Authenticity.UNAUTHENTICATED, "dkim=fail")


def test_a_foreign_signature_vouches_for_nothing_and_is_not_even_looked_up(names: NameServer) -> None:
    found = provenance_of(signed(domain=b"evil.example.vn"), look_up=names.look_up)
    assert found.vouched.authenticity is Authenticity.UNAUTHENTICATED
    assert names.asked == []


def test_among_foreign_signatures_the_right_one_is_found(names: NameServer) -> None:
    raw = signed(signed(), domain=b"lists.example.org")
    assert provenance_of(raw, look_up=names.look_up).vouched.authenticity is Authenticity.ALIGNED


def test_a_signature_over_a_part_of_the_body_only_vouches_for_nothing(names: NameServer) -> None:
    raw = signed(length=True)
    assert provenance_of(raw, look_up=names.look_up).vouched.authenticity is Authenticity.UNAUTHENTICATED
    assert (
        provenance_of(raw + b"so lieu khac\r\n", look_up=names.look_up).vouched.authenticity
        is Authenticity.UNAUTHENTICATED
    )


def test_a_dns_that_does_not_answer_is_no_reproach(names: NameServer) -> None:
    raw = MESSAGE.replace(b"duchue.example", b"broken.example")
    broken = provenance_of(signed(raw, b"broken.example.vn"), look_up=names.look_up)
    assert (broken.vouched.authenticity, broken.vouched.by) == (Authenticity.UNKNOWN, "dkim=temperror")
    raw = MESSAGE.replace(b"duchue.example", b"none.example")
    assert (
        provenance_of(signed(raw, b"none.example.vn"), look_up=names.look_up).vouched.authenticity
        is Authenticity.UNAUTHENTICATED
    )


def test_a_name_server_that_is_silent_is_no_answer_and_no_such_name_is_none(names: NameServer) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], silent.getsockname()[1]
        with pytest.raises(NoAnswer):
            dns_text("s1._domainkey.example.vn.", resolver, seconds=0.3)
    assert names.look_up("none.example.vn.") is None
    assert names.look_up("." * 3) is None
    assert names.look_up("x" * 70 + ".example.vn.") is None


def test_a_message_without_a_signature_or_a_sender_is_unauthenticated(names: NameServer) -> None:
    assert provenance_of(MESSAGE, look_up=names.look_up).vouched.by == "dkim=none"
    nobody = provenance_of(b"Subject: x\r\n\r\n", look_up=names.look_up)
    assert (nobody.sender, nobody.vouched.authenticity) == (None, Authenticity.UNAUTHENTICATED)


@settings(max_examples=150, deadline=None)
@given(
    tags=st.dictionaries(
        st.sampled_from(["v", "a", "b", "bh", "d", "h", "s", "l", "t", "x", "c", "i", "q"]),
        st.one_of(
            st.sampled_from(["1", "rsa-sha256", "duchue.example.vn", "from", "AAAA", "9" * 5000]), st.text()
        ),
    ),
    record=st.one_of(st.none(), st.binary(), st.just(RECORD), st.just(b"v=DKIM1; k=ed25519; p=AAAA")),
)
def test_no_signature_however_broken_raises_or_passes(tags: dict[str, str], record: bytes | None) -> None:
    field = "; ".join(f"{tag}={value}" for tag, value in tags.items()).encode("utf-8", "replace")
    raw = b"DKIM-Signature: " + field + b"\r\n" + MESSAGE
    found = provenance_of(raw, OURS, lambda _: record)
    assert found.vouched.authenticity is Authenticity.UNAUTHENTICATED


# --- the own server's word


def with_results(*fields: str) -> bytes:
    return "".join(f"Authentication-Results: {field}\r\n" for field in fields).encode() + MESSAGE


@pytest.mark.parametrize(
    ("results", "expected", "by"),
    [
        (f"{OURS}; dkim=pass header.d=duchue.example.vn", "aligned", "dkim=pass duchue.example.vn"),
        (
            f"{OURS} 1; dmarc=pass (p=none) header.from=duchue.example.vn",
            "aligned",
            "dmarc=pass duchue.example.vn",
        ),
        (
            f"{OURS.upper()}; spf=pass smtp.mailfrom=xa.a@duchue.example.vn",
            "aligned",
            "spf=pass duchue.example.vn",
        ),
        (
            f"{OURS}; dkim=pass header.i=@duchue.example.vn header.s=s1",
            "aligned",
            "dkim=pass duchue.example.vn",
        ),
        (f"{OURS}; dkim=pass header.d=evil.vn", "unauthenticated", "dkim=pass"),
        (
            f"{OURS}; dkim=pass header.d=evil.vn; dkim=fail header.d=duchue.example.vn",
            "unauthenticated",
            "dkim=pass",
        ),
        (f"{OURS}; dkim=none; spf=pass smtp.mailfrom=evil.vn", "unauthenticated", "dkim=none"),
        (f"{OURS}; dkim=temperror header.d=duchue.example.vn", "unknown", "dkim=temperror"),
        (f"{OURS}; none", "unauthenticated", ""),
        (
            f'{OURS}; dkim=fail reason="; dkim=pass header.d=duchue.example.vn"',
            "unauthenticated",
            "dkim=fail",
        ),
        (f"{OURS}; dkim=fail (; dkim=pass header.d=duchue.example.vn)", "unauthenticated", "dkim=fail"),
        (f"{OURS}; dkim=fail (\\); dkim=pass header.d=duchue.example.vn)", "unauthenticated", "dkim=fail"),
        ("mail.evil.vn; dkim=pass header.d=duchue.example.vn", "unauthenticated", ""),
        (f"{OURS}.evil.vn; dkim=pass header.d=duchue.example.vn", "unauthenticated", ""),
        ("", "unauthenticated", ""),
    ],
)
def test_the_own_servers_word_counts_for_the_from_domain_only(results: str, expected: str, by: str) -> None:
    vouched = provenance_of(with_results(results), OURS).vouched
    assert (vouched.authenticity.value, vouched.by) == (expected, by)


def test_only_the_topmost_results_count_as_those_below_came_with_the_message() -> None:
    forged = f"{OURS}; dkim=pass header.d=duchue.example.vn"
    assert (
        provenance_of(with_results(f"{OURS}; dkim=fail", forged), OURS).vouched.authenticity
        is Authenticity.UNAUTHENTICATED
    )
    assert (
        provenance_of(with_results("other.vn; dkim=pass", forged), OURS).vouched
        == provenance_of(MESSAGE).vouched
    )
    assert provenance_of(with_results(forged)).vouched.authenticity is Authenticity.UNAUTHENTICATED


def test_where_the_own_server_says_nothing_of_signatures_they_are_verified_here(names: NameServer) -> None:
    for said in (f"{OURS}; spf=none", f"{OURS}; dkim=temperror"):
        raw = f"Authentication-Results: {said}\r\n".encode() + signed()
        assert provenance_of(raw, OURS, names.look_up).vouched.authenticity is Authenticity.ALIGNED


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_results_field_however_broken_raises(text: str) -> None:
    raw = b"Authentication-Results: " + text.encode("utf-8", "replace") + b"\r\n" + MESSAGE
    provenance_of(raw, OURS)
    provenance_of(
        f"Authentication-Results: {OURS}; ".encode() + text.encode("utf-8", "replace") + b"\r\n" + MESSAGE,
        OURS,
    )


@pytest.mark.parametrize(
    ("vouching", "domain", "expected"),
    [
        ("duchue.vn", "duchue.vn", True),
        ("DucHue.vn.", "duchue.vn", True),
        ("longan.gov.vn", "duchue.longan.gov.vn", True),
        ("duchue.longan.gov.vn", "longan.gov.vn", False),
        ("gov.vn", "longan.gov.vn", False),
        ("vn", "duchue.vn", False),
        ("hue.vn", "duchue.vn", False),
        ("đứchuệ.vn", "xn--chu-nva3gj6r.vn", False),
        ("", "duchue.vn", False),
        ("duchue.vn", "", False),
    ],
)
def test_a_domain_vouches_for_itself_and_those_below_it(vouching: str, domain: str, expected: bool) -> None:
    assert is_aligned(vouching, domain) is expected


def test_a_domain_in_vietnamese_letters_is_its_ascii_form() -> None:
    ascii_form = "đứchuệ.vn".encode("idna").decode()
    assert is_aligned("đứchuệ.vn", ascii_form)


# --- programs and persons


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; x=y",
        "Precedence: bulk",
        "List-Id: <x.example.vn>",
        "List-Unsubscribe: <mailto:x@example.vn>",
        "Return-Path: <>",
        "Content-Type: multipart/report; report-type=delivery-status",
        "X-Autoreply: yes",
        "X-Auto-Reply: yes",
        "X-Autogenerated: Reply",
        "X-Failed-Recipients: a@duchue.example.vn",
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: DR, RN, OOF, AutoReply",
        "List-Help: <mailto:x@example.vn>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Return-Path:",
        "Return-Path: < >",
        "Auto-Submitted: no\r\nAuto-Submitted: auto-replied",
        "Precedence: normal\r\nPrecedence: bulk",
        "Content-Type: message/disposition-notification",
    ],
)
def test_what_a_program_sent_is_automatic(field: str) -> None:
    assert provenance_of(field.encode() + b"\r\n" + MESSAGE).is_automatic


@pytest.mark.parametrize(
    "local_part", ["MAILER-DAEMON", "postmaster", "no-reply", "noreply", "bounces+1", "do-not-reply"]
)
def test_what_comes_from_an_address_of_a_program_is_automatic(local_part: str) -> None:
    assert provenance_of(MESSAGE.replace(b"xa.a@", local_part.encode() + b"@")).is_automatic


@pytest.mark.parametrize(
    "field",
    [
        "X-Mailer: Outlook",
        "Auto-Submitted: no",
        "Return-Path: <xa.a@duchue.example.vn>",
        "X-Auto-Response-Suppress: DR, RN",
        "Precedence: normal",
        "Content-Type: multipart/mixed; boundary=report",
    ],
)
def test_what_a_person_sent_is_not_automatic(field: str) -> None:
    assert not provenance_of(field.encode() + b"\r\n" + MESSAGE).is_automatic


def test_an_address_at_a_public_provider_is_personal() -> None:
    assert provenance_of(MESSAGE.replace(b"duchue.example.vn>\r\nTo", b"gmail.com>\r\nTo")).is_personal
    assert not provenance_of(MESSAGE).is_personal


def test_the_own_servers_name_is_an_option_of_the_mailbox() -> None:
    url = "imaps://a:${PW}@mail.example.vn/INBOX?authserv=mail.example.vn"
    assert trusted_server(MailboxSource(kind="mailbox", url=url), {"PW": "x"}) == "mail.example.vn"
    assert trusted_server(MailboxSource(kind="mailbox", url="maildir:///var/mail/x")) is None
