"""Which part of an xlsx holds which sheet, as the reader of values finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tonghop.reading.containers.parsed import parsed, unescaped
from tonghop.reading.containers.remembered import remembered
from tonghop.reading.containers.zips import has_markup, part_name

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LONGEST_SHARED = 128 * 1024


@remembered(entries=16, longest=_LONGEST_SHARED)
def parts_of_sheets(workbook: bytes, relations: bytes) -> Mapping[str, str]:
    """Return the name of the part by a sheet's name; of two sheets with one name the first counts."""
    targets = {one.get("Id", ""): one.get("Target", "") for one in _elements(_RELATION, relations)}
    parts: dict[str, str] = {}
    for sheet in _elements(_SHEET, workbook):
        ids = [value for key, value in sheet.items() if key.endswith((":id", "}id"))]
        target = targets.get(ids[0] if ids else "", "")
        path = target if target.startswith(("/xl/", "xl/")) else f"xl/{target}"
        parts.setdefault(sheet.get("name", ""), part_name(path))
    return parts


def _elements(kind: re.Pattern[bytes], xml: bytes) -> Iterator[Mapping[str, str]]:
    """Yield the attributes of each element of a kind, quickly where no comment can hold one that is none."""
    if not has_markup(xml):
        for found in kind.findall(xml):
            yield {
                m[1].decode("utf-8", "replace"): unescaped((m[2] or m[3] or b"").decode("utf-8", "replace"))
                for m in _ATTRIBUTE.finditer(found)
            }
        return
    root = parsed(xml)
    for element in () if root is None else root.iter():
        if isinstance(element.tag, str) and kind.match(b"<%s >" % element.tag.rsplit("}", 1)[-1].encode()):
            yield element.attrib
