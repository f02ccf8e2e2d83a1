"""Whether a message and its parts came whole: a table that was cut off on its way reads as a smaller one."""

from __future__ import annotations

import re
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    StartBoundaryNotFoundDefect,
)
from email.message import Message

from tonghop.reading.containers.wholes import whole

_BROKEN_CODE = (InvalidBase64LengthDefect, InvalidBase64PaddingDefect)
_HALF_A_SIGN = re.compile(r"=[0-9A-Fa-f]\Z")
_TAIL = 200


def lacks_its_end(part: Message) -> bool:
    """Return whether a part of several ends without the line that closes it: its last piece may be cut off.

    Some programs never write that line, so it says nothing yet of what came before.
    """
    return any(
        isinstance(one, CloseBoundaryNotFoundDefect | StartBoundaryNotFoundDefect) for one in part.defects
    )


def is_cut_off(part: Message, content: bytes, *, is_open: bool, ends_a_line: bool) -> bool:
    """Return whether a part, decoded to ``content``, shows that its end is missing.

    ``is_open``: nothing follows that says where the part ends. Then its end must show by itself: base64 ends with
    its padding, or with a shorter line that was ended (``ends_a_line``), a page with its closing tag.
    """
    text = _coded(part)
    if any(isinstance(one, _BROKEN_CODE) for one in part.defects) or _declares_more(part, text, content):
        return True
    encoding = str(part.get("Content-Transfer-Encoding", ""))[:40].strip().lower()
    if encoding.startswith("quoted-printable") and _HALF_A_SIGN.search(text[-_TAIL:].rstrip("\r\n")):
        return True
    if not is_open or content[-_TAIL:].rstrip().lower().endswith(b"</html>"):
        return False
    return not (encoding.startswith("base64") and _ends_as_base64(text, ends_a_line=ends_a_line))


def _coded(part: Message) -> str:
    payload = part.get_payload()
    return payload if isinstance(payload, str) else ""


def _ends_as_base64(text: str, *, ends_a_line: bool) -> bool:
    tail = text.rstrip()
    if tail.endswith("="):
        return True
    first, last = len(tail[:_TAIL].partition("\n")[0].rstrip()), len(tail[tail.rfind("\n") + 1 :])
    return ends_a_line and last < first


def _declares_more(part: Message, text: str, content: bytes) -> bool:
    """Return whether a part says that it has more bytes than came, however it was encoded and its lines ended."""
    declared = whole(str(part.get("Content-Length", ""))[:20].strip(), 0)
    return declared > max(len(text) + text.count("\n"), len(content) + content.count(b"\n")) > 0
