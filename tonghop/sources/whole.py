"""Whether bytes look like a finished file: the last resort where nobody can say who is writing it."""

from __future__ import annotations

import struct

_ZIP = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_LENGTH = 22
_LONGEST_COMMENT = 0xFFFF
_ZIP64 = 0xFFFFFFFF
_TAIL = 4096
_OLE = b"\xd0\xcf\x11\xe0"
_BLANK = b"\0" * 4  # the last letter of a text of two bytes a letter has one or two
_WITH_AN_END = (".xlsx", ".xlsm", ".xltx", ".docx", ".ods", ".zip", ".7z")


def looks_whole(content: bytes) -> bool:
    """Return whether nothing shows that the file is still being written.

    A copy that reserves its full size first shows zeros at the end, where old workbooks have some of their own; a zip
    (xlsx, ods, docx too) has its directory at the end, so a cut one lacks it. True says only that no such sign was
    seen.
    """
    if not content.rstrip(b"\0") or (len(content) > _TAIL and not content[-_TAIL:].strip(b"\0")):
        return False
    if content.startswith(_ZIP):
        return is_whole_zip(content)
    return content.startswith(_OLE) or not content.endswith(_BLANK)


def shows_its_end(name: str) -> bool:
    """Return whether files of this name have an end by which a cut one is known; a list as text has none."""
    return name.lower().endswith(_WITH_AN_END)


def is_whole_zip(content: bytes) -> bool:
    """Return whether the bytes are a zip (xlsx, ods, docx too) with its directory at the end: finished."""
    start = content.rfind(_END, max(0, len(content) - _END_LENGTH - _LONGEST_COMMENT))
    if not content.startswith(_ZIP) or start < 0 or start + _END_LENGTH > len(content):
        return False
    size, offset, comment = struct.unpack_from("<IIH", content, start + 12)
    if _ZIP64 in (size, offset):
        return True
    return bool(offset + size <= start and start + _END_LENGTH + comment <= len(content))
