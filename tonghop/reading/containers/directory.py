"""The members that a zip's directory lists.

The directory that every office program writes takes a few lines to read, in less than half of zipfile's time.
Whatever is the least unusual in it is zipfile's to read or to refuse: comments, extra fields, names that are not
ASCII, more than 4 GB, bytes in front of the archive, counts and sizes that do not fit. It is imported then.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import NamedTuple

from tonghop.reading.containers.model import Refused

_END = struct.Struct("<4s2H2H2LH")
# Signature, version needed, flags, method, checksum, packed and inflated size, lengths of name, extra field and
# comment, place.
_ENTRY = struct.Struct("<4s2xBx2H4x3L3H2x2x4xL")
_END_64 = b"PK\x06\x07"
_LONGEST_END_64 = 20
_NEWEST = 63  # zipfile.MAX_EXTRACT_VERSION


class Member(NamedTuple):
    """A member as the directory lists it; the names are those of ``zipfile.ZipInfo``, ``CRC`` in small letters."""

    filename: str
    flag_bits: int
    compress_type: int
    crc: int
    compress_size: int
    file_size: int
    header_offset: int

    def is_dir(self) -> bool:
        """Return whether this is a folder."""
        return self.filename.endswith("/")


def members_of(content: bytes) -> Sequence[Member]:
    """Return the members of a zip in the order of its directory. Raises ``Refused`` where it has none."""
    ordinary = _ordinary(content)
    return _as_zipfile_lists(content) if ordinary is None else ordinary


def _as_zipfile_lists(content: bytes) -> list[Member]:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError, EOFError) as error:
        raise Refused("damaged-file") from error
    return [
        Member(
            one.filename,
            one.flag_bits,
            one.compress_type,
            one.CRC,
            one.compress_size,
            one.file_size,
            one.header_offset,
        )
        for one in infos
    ]


def _ordinary(content: bytes) -> list[Member] | None:
    """Return the members of a directory with nothing unusual in it, None for any other."""
    end = len(content) - _END.size
    if end < 0 or content.startswith(_END_64, max(0, end - _LONGEST_END_64)):
        return None
    signature, disk, first_disk, here, count, size, at, comment = _END.unpack_from(content, end)
    if signature != b"PK\x05\x06" or disk or first_disk or comment or here != count or at + size != end:
        return None
    members = []
    last = end - _ENTRY.size
    while at <= last:
        signature, version, flags, method, crc, packed, inflated, length, extra, comment, place = (
            _ENTRY.unpack_from(content, at)
        )
        at += _ENTRY.size + length
        name = content[at - length : at]
        if signature != b"PK\x01\x02" or version > _NEWEST or extra or comment or not name.isascii():
            return None
        members.append(Member(name.decode("ascii"), flags, method, crc, packed, inflated, place))
    names = [one.filename for one in members]
    is_usual = at == end and len(members) == count and all(names) and "\x00" not in "".join(names)
    return members if is_usual else None
