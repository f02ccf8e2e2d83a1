"""XML parsed behind the guards."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

# With a mark in front or without: what the guards look for in UTF-8 cannot be seen in it.
_IN_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_BY_NUMBER = re.compile(r"&#(?:(\d{1,6})|[xX]([0-9a-fA-F]{1,5}));")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def holds(xml: bytes, sought: bytes) -> bool:
    """Return whether bytes are there: ``in`` tries them as a number first, which costs more than to look."""
    return xml.find(sought) >= 0


def is_in_utf_16(xml: bytes) -> bool:
    """Return whether XML is in two bytes a letter, as no office program writes it."""
    return xml.startswith(_IN_UTF_16)


def parsed(xml: bytes) -> Element | None:
    """Return the root of XML without a DTD or entities, None for what is damaged or in an encoding nobody writes."""
    if is_in_utf_16(xml):
        return None
    try:
        return fromstring(xml)  # noqa: S314 - what has a DTD or entities was refused
    except (ParseError, LookupError, ValueError):
        return None


def unescaped(text: str) -> str:
    """Return a text of XML as it means: some programs write each letter that is not ASCII by its number."""
    text = _BY_NUMBER.sub(lambda found: chr(int(found[1]) if found[1] else int(found[2], 16)), text)
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return text


def tag_of(element: Element) -> str:
    """Return an element's name without its namespace; "" for what is no element, as a comment."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
