"""Zip containers looked through before anything parses them: members, what they really inflate to, no DTD."""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from tonghop.reading.containers.directory import Member, members_of
from tonghop.reading.containers.model import Budget, Refused
from tonghop.reading.containers.parsed import holds, is_in_utf_16

_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_RATIO_FROM = 1024 * 1024
_STORED, _DEFLATED = 0, 8
# The header in front of a member's bytes: its signature first, the lengths of name and extra field last.
_LOCAL = struct.Struct("<4s22x2H")
# Members to remember: as many, this long packed and inflated; 4.6 MB at most.
_REMEMBERED, _SHORT, _SHORT_INFLATED = 128, 4_096, 32_768


class Zip:
    """A zip whose members are inflated within the budget, never trusting a declared size."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        self.content, self._budget = content, budget
        self.members = members_of(content)
        budget.spend_entries(len(self.members))
        if sum(member.file_size for member in self.members) > budget.limits.inflated_bytes:
            raise Refused("container-too-large", limit=f"{budget.limits.inflated_bytes // 2**20} MB")
        self.names = {member.filename for member in self.members}

    @property
    def is_workbook(self) -> bool:
        """Return whether a workbook lies in this zip: xlsx, xlsm, xlsb or ods."""
        return bool(self.names & {"xl/workbook.xml", "xl/workbook.bin"}) or self._media_type().endswith(
            ("opendocument.spreadsheet", "opendocument.spreadsheet-template")
        )

    @property
    def is_office(self) -> bool:
        """Return whether this zip is some document of an office, not an archive of files."""
        return "[Content_Types].xml" in self.names or self._media_type().startswith("application/vnd.oasis")

    def _media_type(self) -> str:
        """Return what an OpenDocument file says it is: its first member, stored."""
        first = self.members[0] if self.members else None
        if first is None or first.filename != "mimetype" or first.file_size > 200:
            return ""
        return self.inflate(first).decode("ascii", "replace").strip()

    def inflate(self, member: Member) -> bytes:
        """Return a member's bytes. Raises ``Refused``: too large, damaged, locked by a password."""
        return self._inflated(member)[0]

    def _inflated(self, member: Member) -> tuple[bytes, bool]:
        """Return a member's bytes, and whether they are known to be harmless as XML."""
        _, flags, method, size, inflated_size, at = member
        if flags & 0x1:
            raise Refused("password-protected")
        packed = self._packed(at, size)
        if method == _STORED:
            self._budget.spend_bytes(len(packed))
            return packed, False
        if method != _DEFLATED:
            raise Refused("unsupported-kind", kind="zip")
        is_short = inflated_size <= _SHORT_INFLATED and size <= _SHORT
        short = _inflated_short(packed) if is_short else None
        if short is None:
            return self._inflate_long(packed), False
        self._budget.spend_bytes(len(short[0]))
        return short

    def _inflate_long(self, packed: bytes) -> bytes:
        # Never 0, which would stand for no limit at all.
        limit = max(self._budget.bytes_left, 0) + 1
        decompressor = zlib.decompressobj(-15)
        try:
            inflated = decompressor.decompress(packed, limit)
        except zlib.error as error:
            raise Refused("damaged-file") from error
        self._budget.spend_bytes(len(inflated))
        if len(inflated) > _RATIO_FROM and len(inflated) > self._budget.limits.ratio * max(len(packed), 1):
            raise Refused("container-too-large", limit=f"{self._budget.limits.ratio}:1")
        if not decompressor.eof:
            raise Refused("damaged-file")
        return inflated

    def _packed(self, at: int, size: int) -> bytes:
        """Return the bytes behind the header in front of a member."""
        try:
            signature, name_length, extra_length = _LOCAL.unpack_from(self.content, at)
        except (struct.error, OverflowError) as error:
            raise Refused("damaged-file") from error
        start = at + _LOCAL.size + name_length + extra_length
        packed = self.content[start : start + size]
        if signature != b"PK\x03\x04" or len(packed) < size:
            raise Refused("damaged-file")
        return packed

    def xml_parts(self) -> Parts:
        """Return the XML of every member that bears such a name, all members counted.

        Refused is XML with a DTD or an entity, and a name that stands twice: each program takes another of the two.
        """
        found: dict[str, bytes] = {}
        for member in self.members:
            name = member.filename.lower()
            if name.endswith("/"):
                continue
            inflated, is_harmless = self._inflated(member)
            if name.endswith((".xml", ".rels", ".vml")):
                if not is_harmless and not _is_harmless(inflated):
                    raise Refused("dangerous-container")
                if name in found:
                    raise Refused("damaged-file")
                found[name] = inflated
        return Parts(found)


class Parts(Mapping[str, bytes]):
    """XML parts by their names, whose case says nothing: so the programs that open them find them."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts

    def __getitem__(self, name: str) -> bytes:
        return self._parts[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


@lru_cache(maxsize=_REMEMBERED)
def _inflated_short(packed: bytes) -> tuple[bytes, bool] | None:
    """Return what a few packed bytes inflate to, None where that is much or damaged: not to be told here.

    The second is whether it is harmless as XML.

    Most parts of a workbook (styles, theme, content types) are its program's; the next workbook brings them again.
    """
    decompressor = zlib.decompressobj(-15)
    try:
        inflated = decompressor.decompress(packed, _SHORT_INFLATED)
    except zlib.error:
        return None
    return (inflated, _is_harmless(inflated)) if decompressor.eof else None


def _is_harmless(xml: bytes) -> bool:
    """Return whether XML declares no document type and no entity, in an encoding in which that can be seen."""
    return not ((has_markup(xml) and _DTD.search(xml)) or is_in_utf_16(xml))


def has_markup(xml: bytes) -> bool:
    """Return whether XML holds comments, character data or declarations; one byte is found sooner than two."""
    return holds(xml, b"!") and holds(xml, b"<!")


def member_name(member: Member) -> str:
    """Return a member's name as its writer meant it, safe to show: no drive, no "..", NFC.

    Without the UTF-8 flag a name was decoded as CP437; it is UTF-8 or windows-1258 in truth.
    """
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
            name = _decoded(raw)
        except UnicodeEncodeError:
            pass
    return safe_path(name)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1258", errors="replace")


def safe_path(name: str) -> str:
    """Return a path that stays below its container, its parts NFC and without control characters."""
    parts = unicodedata.normalize("NFC", name).replace("\\", "/").split("/")
    clean = ("".join(c for c in part if c.isprintable()).strip() for part in parts)
    return "/".join(
        part for part in clean if part not in ("", ".", "..") and not re.match(r"^[A-Za-z]:$", part)
    )
