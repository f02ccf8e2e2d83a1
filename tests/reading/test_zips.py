"""Zips: the directory as zipfile lists it, members inflated within the budget, nothing unpacked on another's word."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

import pytest

from tests.reading.test_tables import BINH_THANH, HEAD, TITLE, xlsx
from tonghop.reading.containers import directory
from tonghop.reading.containers.model import Budget, Refused
from tonghop.reading.containers.parsed import parsed
from tonghop.reading.containers.zips import Zip
from tonghop.reading.limits import Limits

BOOK = xlsx(TITLE, HEAD, BINH_THANH)
STYLES = "xl/styles.xml"


def packed(
    *members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"", extra: bytes = b""
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.comment = comment
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.extra, info.compress_type = extra, method
            archive.writestr(info, content)
    return out.getvalue()


def patched(content: bytes, old: bytes, at: int, new: bytes) -> bytes:
    start = content.index(old) + at
    return content[:start] + new + content[start + len(new) :]


def far_away(place: int) -> bytes:
    """Return a zip that says in 64 bits where its member begins."""
    extra = struct.pack("<HHQ", 1, 8, place)
    return patched(packed(("a.txt", b"a"), extra=extra), b"PK\x01\x02", 42, b"\xff" * 4)


PLAIN = packed(("a.txt", b"a" * 99), ("b/", b""), ("b/c.txt", b"c"))
ZIPS = {
    "ordinary": PLAIN,
    "a workbook": BOOK,
    "none": packed(),
    "names": packed(("Báo cáo.txt", b"x"), ("a.txt", b"x")),
    "two of one name": packed(("a.txt", b"1"), ("b.txt", b"2")).replace(b"b.txt", b"a.txt"),
    "no name": packed(("XXX", b"x")).replace(b"XXX", b"").replace(b"\x03\x00\x00\x00", b"\x00" * 4),
    "zero byte in a name": PLAIN.replace(b"a.txt", b"a\0txt"),
    "comment": packed(("a.txt", b"a"), comment=b"PK\x05\x06 of the archive"),
    "extra field": packed(("a.txt", b"a"), extra=b"\x99\x99\x02\x00ab"),
    "broken extra field": packed(("a.txt", b"a"), extra=b"\x99\x99\x09\x00ab"),
    "bytes in front": b"MZ" * 40 + PLAIN,
    "bytes behind": PLAIN + b"\0" * 9,
    "version of tomorrow": patched(PLAIN, b"PK\x01\x02", 6, b"\x40"),
    "locked": patched(PLAIN, b"PK\x01\x02", 8, b"\x01"),
    "UTF-8 that is none": patched(PLAIN, b"PK\x01\x02", 8, b"\x00\x08").replace(b"a.txt", b"\xff.txt"),
    "4 GB": patched(PLAIN, b"PK\x01\x02", 24, b"\xff" * 4),
    "count that does not fit": patched(PLAIN, b"PK\x05\x06", 8, b"\x09\x00\x09\x00"),
    "size that does not fit": patched(PLAIN, b"PK\x05\x06", 12, b"\x2f"),
    "second disk": patched(PLAIN, b"PK\x05\x06", 4, b"\x01\x00"),
    "place that does not fit": patched(PLAIN, b"PK\x05\x06", 16, b"\xff\xff"),
    "place of 64 bits": far_away(2**64 - 1),
    "locator of 64 bits": PLAIN[:-22] + struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1) + PLAIN[-22:],
    "cut": PLAIN[:-30],
    "nothing": b"PK\x05\x06",
}


def listed(list_: Callable[[bytes], object], content: bytes) -> object:
    """Return what is listed of a zip, or that it is refused."""
    try:
        members = list_(content)
    except (Refused, zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError, EOFError):
        return "refused"
    assert isinstance(members, list)
    return [
        (m.filename, m.flag_bits, m.compress_type, checksum(m), m.compress_size, m.file_size, m.header_offset)
        for m in members
    ]


def checksum(member: directory.Member | zipfile.ZipInfo) -> int:
    return member.crc if isinstance(member, directory.Member) else member.CRC


def by_zipfile(content: bytes) -> list[zipfile.ZipInfo]:
    return zipfile.ZipFile(io.BytesIO(content)).infolist()


@pytest.mark.parametrize("case", ZIPS)
def test_a_directory_is_listed_as_zipfile_lists_it(case: str) -> None:
    assert listed(directory.members_of, ZIPS[case]) == listed(by_zipfile, ZIPS[case])


def test_no_changed_byte_of_a_directory_is_read_otherwise_than_by_zipfile() -> None:
    random = Random(20200818)
    start = PLAIN.index(b"PK\x01\x02")
    for at in range(start, len(PLAIN)):
        for value in (0, 1, 255, random.randrange(256)):
            changed = PLAIN[:at] + bytes((value,)) + PLAIN[at + 1 :]
            assert listed(directory.members_of, changed) == listed(by_zipfile, changed), (at - start, value)


@pytest.mark.parametrize("content", [PLAIN, BOOK], ids=["archive", "workbook"])
def test_what_a_program_writes_is_listed_without_zipfile(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [info.is_dir() for info in by_zipfile(content)]
    monkeypatch.delattr(zipfile, "ZipFile")
    assert [member.is_dir() for member in directory.members_of(content)] == folders


def parts(content: bytes, inflated: int = 10**6) -> dict[str, bytes]:
    return dict(Zip(content, Budget(Limits(inflated_bytes=inflated))).xml_parts())


def refusal(content: bytes, inflated: int = 10**6) -> str:
    with pytest.raises(Refused) as refused:
        parts(content, inflated)
    return refused.value.code


def test_a_part_that_came_before_is_the_same_and_counts_again() -> None:
    first = parts(BOOK)
    assert parts(BOOK) == first
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        assert {info.filename.lower(): archive.read(info) for info in archive.infolist()} == first
        whole = sum(info.file_size for info in archive.infolist())
    assert parts(BOOK, whole) == first
    assert refusal(BOOK, whole - 1) == "container-too-large"


def test_a_member_that_hides_its_size_counts_with_what_it_holds() -> None:
    book = packed((STYLES, b"<a/>" * 5_000))
    assert parts(book)
    liar = patched(book, b"PK\x01\x02", 24, b"\x01\x00\x00\x00")
    assert refusal(liar, 19_999) == "container-too-large"
    assert parts(liar, 20_000) == parts(book)


def test_one_differing_byte_is_not_answered_by_the_part_that_came_before() -> None:
    sound = b'<a b="!DOCTYPE"/>' * 40
    assert parts(packed((STYLES, sound)))[STYLES] == sound
    evil = sound.replace(b'<a b="!DOCTYPE"/>', b'<!DOCTYPE "ab"/>!', 1)
    assert len(evil) == len(sound)
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        assert refusal(packed((STYLES, evil), method=method)) == "dangerous-container"


def test_no_changed_byte_of_a_packed_part_is_taken_for_the_part_it_was() -> None:
    content = bytes(range(97, 123)) * 9
    book = packed((STYLES, content))
    start = book.index(STYLES.encode()) + len(STYLES)
    for at in range(start, book.index(b"PK\x01\x02")):
        changed = book[:at] + bytes((book[at] ^ 1,)) + book[at + 1 :]
        expected = inflated(changed[start : book.index(b"PK\x01\x02")])
        if expected is None:
            assert refusal(changed) == "damaged-file"
        else:
            assert parts(changed)[STYLES] == expected


@pytest.mark.parametrize("place", [-1, 40, 10**6, 2**63, 2**64 - 1])
def test_a_member_that_begins_nowhere_is_damaged(place: int) -> None:
    archive = Zip(far_away(2**64 - 1), Budget(Limits()))
    (member,) = archive.members
    assert member.header_offset == 2**64 - 1
    with pytest.raises(Refused, match="damaged-file"):
        archive.inflate(member._replace(header_offset=place))


def inflated(deflated: bytes) -> bytes | None:
    decompressor = zlib.decompressobj(-15)
    try:
        content = decompressor.decompress(deflated)
    except zlib.error:
        return None
    return content if decompressor.eof else None


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_behind_a_member_that_was_too_much_none_is_inflated_without_bounds(method: int) -> None:
    first, second = packed(("a", b"x" * 500), method=method), packed(("b", b"y" * 500_000))
    budget = Budget(Limits(inflated_bytes=400))
    for content in (first, second, second):
        understated = Zip(patched(content, b"PK\x01\x02", 24, b"\x01\x00\x00\x00"), budget)
        with pytest.raises(Refused, match="container-too-large"):
            understated.inflate(understated.members[0])
    assert -200 < budget.bytes_left < 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_definition_in_two_bytes_a_letter_is_seen_with_a_mark_in_front_and_without(encoding: str) -> None:
    evil = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "boom">]><a>&e;</a>'.encode(encoding)
    assert refusal(packed((STYLES, evil))) == "dangerous-container"
    assert parsed(evil) is None


def test_a_part_is_found_whatever_the_case_of_its_name_and_guarded_as_any() -> None:
    assert parts(packed(("XL/Styles.XML", b"<a/>"))) == {STYLES: b"<a/>"}
    assert refusal(packed(("xl/worksheets/SHEET1.XML", b"<!DOCTYPE x><a/>"))) == "dangerous-container"


@pytest.mark.parametrize("second", [STYLES, "xl/Styles.XML"])
def test_a_part_that_is_there_twice_is_nobodys(second: str) -> None:
    twice = packed((STYLES, b"<a/>"), (STYLES.replace("s.x", "z.x"), b"<b/>")).replace(
        STYLES.replace("s.x", "z.x").encode(), second.encode()
    )
    assert refusal(twice) == "damaged-file"
