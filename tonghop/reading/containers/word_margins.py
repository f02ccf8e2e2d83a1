"""What stands in a docx beside its text: page headers and footers that are shown, footnotes, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from xml.etree.ElementTree import Element

from tonghop.reading.containers.parsed import parsed, tag_of
from tonghop.reading.containers.zips import part_name

_BESIDE = re.compile(r"^word/(?:header|footer|footnotes|endnotes|comments)\w*\.xml$")
_MOST = 300
_NO = ("0", "false", "off")


def margins(parts: Mapping[str, bytes], document: Element) -> tuple[str, ...]:
    """Return the texts in the margins of a document, each once, those of the pages' headers first."""
    if not any(map(_BESIDE.match, parts)):
        return ()
    names = [*_running(parts, document), "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"]
    found = (text for name in names for text in _paragraphs(parts.get(name, b"")))
    return tuple(dict.fromkeys(islice(found, _MOST)))


def _running(parts: Mapping[str, bytes], document: Element) -> Iterator[str]:
    """Yield the parts of the headers and footers that pages show: those of first and even pages where they count."""
    relations = parsed(parts.get("word/_rels/document.xml.rels", b""))
    targets = {} if relations is None else {one.get("Id", ""): one.get("Target", "") for one in relations}
    has_even = b"evenAndOddHeaders" in parts.get("word/settings.xml", b"")
    for section in document.iter():
        if tag_of(section) != "sectPr":
            continue
        first = any(tag_of(one) == "titlePg" and _attribute(one, "val") not in _NO for one in section)
        kinds = {"default", *(["first"] if first else []), *(["even"] if has_even else [])}
        for one in section:
            if tag_of(one) in ("headerReference", "footerReference") and _attribute(one, "type") in kinds:
                target = targets.get(_attribute(one, "id"), "")
                yield part_name(target if target.startswith("/") else f"word/{target}")


def _paragraphs(xml: bytes) -> Iterator[str]:
    root = parsed(xml) if b":t" in xml else None
    for paragraph in () if root is None else root.iter():
        if tag_of(paragraph) == "p":
            text = "".join(one.text or "" for one in paragraph.iter() if tag_of(one) == "t").strip()
            if text:
                yield text


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == name), "")
