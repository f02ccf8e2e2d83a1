"""A workbook's zip made anew of the parts that passed the guards, for the reader of values.

So both read the same: each part once, none that the guards did not look at, none of which two names or a lying
header could make another. What was inflated is handed on as it is and need not be inflated a second time.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from tonghop.reading.containers.zips import DEFLATED, STORED, Part, path_of

# A longer part stays packed: memory is bounded too.
_LONGEST_STORED = 512 * 1024
# Version needed, flags, method, time, date (1980-01-01), checksum, packed and inflated size, lengths of the name and
# of the extra field: the same in front of a member and in the directory.
_ABOUT = struct.Struct("<5H3L2H")
# Length of the comment, disk, attributes, place.
_PLACE = struct.Struct("<3H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF_8, _DAY = 20, 0x800, 33


def plain_copy(parts: Iterable[Part]) -> bytes:
    """Return a zip of these parts.

    Their checksums are those that the zip they come from gives: who reads the copy finds out what is damaged.
    """
    members: list[bytes] = []
    directory: list[bytes] = []
    at = count = 0
    for _, member, packed, content, _ in parts:
        method, body = STORED, content
        if len(content) > _LONGEST_STORED and member.compress_type == DEFLATED:
            method, body = DEFLATED, packed
        name = path_of(member.filename).encode("utf-8", "replace")
        about = _ABOUT.pack(
            _VERSION, _UTF_8, method, 0, _DAY, member.crc, len(body), len(content), len(name), 0
        )  # fmt: skip
        directory += (b"PK\x01\x02\x14\x00", about, _PLACE.pack(0, 0, 0, 0, at), name)
        members += (b"PK\x03\x04", about, name, body)
        count += 1
        at += 4 + _ABOUT.size + len(name) + len(body)
    listed = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), at, 0)
    return b"".join((*members, listed, end))
