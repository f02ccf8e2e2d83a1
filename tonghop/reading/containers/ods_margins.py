"""What stands in a sheet of an ods beside its cells: page header and footer, text boxes, comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from xml.etree.ElementTree import Element

from tonghop.reading.containers.parsed import parsed
from tonghop.reading.containers.remembered import remembered
from tonghop.reading.our_sheet import is_our_name

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_RUNNING = tuple(
    f"{_STYLE}{name}{which}" for name in ("header", "footer") for which in ("", "-left", "-right", "-first")
)
# Fields that a program fills in: of what they show before it does, nothing was written by anybody.
_FIELDS = frozenset(
    f"{_TEXT}{name}"
    for name in ("sheet-name", "page-number", "page-count", "file-name", "title", "date", "time")
)
_MOST, _LONGEST_SHARED = 300, 128 * 1024


def has_notes(content: bytes) -> bool:
    """Return whether an ods may hold comments or text boxes."""
    return b"office:annotation" in content or b"draw:" in content


def notes(root: Element, table: Element) -> tuple[str, ...]:
    """Return the texts of a sheet's comments and text boxes; those of an answer of ours that comes back are none."""
    names = (one.get(f"{_TABLE}name", "") for one in root.iter(f"{_TABLE}table"))
    if any(map(is_our_name, names)):
        return ()
    boxes = (box for box in table.iter() if box.tag == f"{_OFFICE}annotation" or box.tag.startswith(_DRAW))
    found = chain.from_iterable(map(_paragraphs, boxes))
    return tuple(dict.fromkeys(islice(found, _MOST)))


@remembered(entries=16, longest=_LONGEST_SHARED)
def running_texts(styles_part: bytes) -> Mapping[str, Sequence[str]]:
    """Return what stands above and below the pages, by the name of their master page."""
    root = parsed(styles_part) if b"master-page" in styles_part else None
    found: dict[str, Sequence[str]] = {}
    for page in () if root is None else root.iter(f"{_STYLE}master-page"):
        shown = (part for part in page if part.tag in _RUNNING and part.get(f"{_STYLE}display") != "false")
        texts = tuple(text for part in shown for text in _paragraphs(part))
        if texts:
            found[page.get(f"{_STYLE}name", "")] = texts
    return found


def master_page(root: Element, table: Element) -> str:
    """Return the name of the master page on which a sheet is printed."""
    own = table.get(f"{_TABLE}style-name", "")
    styles = (one for one in root.iter(f"{_STYLE}style") if one.get(f"{_STYLE}name") == own)
    return next((one.get(f"{_STYLE}master-page-name", "") for one in styles), "")


def _paragraphs(box: Element) -> Iterator[str]:
    for paragraph in box.iter(f"{_TEXT}p"):
        text = "".join(_written(paragraph)).strip()
        if text:
            yield text


def _written(element: Element) -> Iterator[str]:
    """Yield the pieces of a text that somebody wrote."""
    if element.tag not in _FIELDS:
        yield " " if element.tag == f"{_TEXT}s" else element.text or ""
        for child in element:
            yield from _written(child)
            yield child.tail or ""
