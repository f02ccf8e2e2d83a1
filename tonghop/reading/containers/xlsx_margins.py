"""What stands in a sheet of an xlsx beside its cells: page header and footer, text boxes, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from tonghop.reading.containers.parsed import parsed, unescaped
from tonghop.reading.containers.remembered import remembered
from tonghop.reading.containers.wholes import whole
from tonghop.reading.containers.zips import part_name
from tonghop.reading.our_sheet import AUTHOR
from tonghop.words import say

_RUNNING = re.compile(rb"<(?:\w+:)?(?:odd|first|even)(?:Header|Footer)>([^<]*)<")
# Sections, fonts, sizes, colours and fields of a page header; && is a sign.
_CODES = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|K\d\d[+-]\d{3}|[A-Z])')
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']+)["']""")
_MOST, _LONGEST_SHARED = 300, 4_096


def margins(parts: Mapping[str, bytes], part: str) -> tuple[str, ...]:
    """Return the texts beside the cells of a sheet (by its part), each once."""
    found = chain(_running(parts.get(part, b"")), _drawn(parts, part))
    return tuple(dict.fromkeys(text for text in islice(found, _MOST) if text))


def _running(sheet: bytes) -> Sequence[str]:
    """Return the texts of a sheet's page headers and footers, which its XML holds behind the cells."""
    at = sheet.find(b"headerFooter")
    return () if at < 0 else _sections(sheet[at:])


@remembered(entries=64, longest=_LONGEST_SHARED)
def _sections(xml: bytes) -> Sequence[str]:
    found = []
    for running in _RUNNING.findall(xml):
        found += sections_of(unescaped(running.decode("utf-8", "replace")))
    return tuple(found)


def sections_of(text: str) -> list[str]:
    """Return the texts of a page header or footer as Excel writes it: left, middle and right, without codes."""
    return [_CODES.sub(" ", section).strip() for section in re.split(r"&[LCR]", text)]


def _drawn(parts: Mapping[str, bytes], part: str) -> Iterator[str]:
    """Yield the texts of a sheet's text boxes and comments, a paragraph each."""
    folder, _, name = part.rpartition("/")
    relations = parts.get(f"{folder}/_rels/{name}.rels", b"")
    for found in _TARGET.findall(relations):
        target = found.decode("utf-8", "replace").lower()
        if "omments" not in target and "drawing" not in target:
            continue
        path = part_name(target if target.startswith("/") else f"xl/{target.removeprefix('../')}")
        xml = parts.get(path, b"") if path.endswith(".xml") else b""
        root = parsed(xml) if b"t>" in xml else None
        authors: list[str] = []
        for one in () if root is None or _is_answer(parts, path) else root.iter():
            if one.tag.endswith("}author"):
                authors.append(one.text or "")
            is_ours = whole(one.get("authorId", ""), -1) in (
                i for i, who in enumerate(authors) if who == AUTHOR
            )
            # a:p of a text box; comment, and text of a comment in a thread.
            if one.tag.endswith(("}p", "}comment", "}threadedComment")) and not is_ours:
                yield "".join(t.text or "" for t in one.iter() if t.tag.endswith(("}t", "}text"))).strip()


def _is_answer(parts: Mapping[str, bytes], path: str) -> bool:
    """Return whether these are comments in an answer of ours that comes back: some programs forget who wrote them."""
    return "omments" in path and say("answer.sheet.name").encode() in parts.get("xl/workbook.xml", b"")
