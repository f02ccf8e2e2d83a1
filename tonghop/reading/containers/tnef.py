"""winmail.dat: what Outlook wraps attachments and bodies in when it talks to itself."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from tnefparse import TNEF  # type: ignore[import-untyped]  # the library ships no types

from tonghop.reading.containers.model import Budget, Refused
from tonghop.reading.containers.zips import safe_path

_HEAD, _BEFORE, _CHECKSUM = 6, 9, 2
_LEVELS = (1, 2)


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The attachments of a winmail.dat and its body as HTML, if it has one."""

    attachments: tuple[tuple[str, bytes], ...]
    html: str


def read_tnef(content: bytes, budget: Budget) -> Unwrapped:
    """Return what a winmail.dat wraps. Raises ``Refused``."""
    if _is_cut_off(content):
        raise Refused("damaged-file")
    try:
        parsed = TNEF(content, do_checksum=False)
        attachments = tuple((_name(one), bytes(one.data or b"")) for one in parsed.attachments)
        html = parsed.htmlbody or b""
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        struct.error,
        OverflowError,
        AssertionError,
        OSError,
    ) as error:
        # The parser lets whatever a broken file provokes through.
        raise Refused("damaged-file") from error
    budget.spend_entries(len(attachments))
    for _, data in attachments:
        budget.spend_bytes(len(data))
    return Unwrapped(attachments, html.decode("utf-8", "replace") if isinstance(html, bytes) else str(html))


def _is_cut_off(content: bytes) -> bool:
    """Return whether the stream ends within an attribute: level, id, length, data, checksum, one behind the other."""
    at = _HEAD
    while at < len(content) and content[at] in _LEVELS:
        if at + _BEFORE > len(content):
            return True
        at += _BEFORE + int.from_bytes(content[at + _BEFORE - 4 : at + _BEFORE], "little") + _CHECKSUM
    return at > len(content)


def _name(attachment: object) -> str:
    long_name = getattr(attachment, "long_filename", None)
    name = long_name() if callable(long_name) else ""
    if isinstance(name, bytes):
        name = name.decode("utf-8", "replace")
    return safe_path(str(name or "")) or "winmail.bin"
