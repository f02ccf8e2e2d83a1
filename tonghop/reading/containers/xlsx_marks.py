"""Which texts and cells of an xlsx have digits struck out or raised: rich text, and fonts of whole cells.

What is looked up is there in few files; whether it is at all can be told from the bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from xml.etree.ElementTree import Element

from tonghop.reading.containers.marks import Piece, is_in_doubt
from tonghop.reading.containers.parsed import holds, parsed
from tonghop.reading.containers.remembered import remembered
from tonghop.reading.containers.wholes import whole

_LONGEST_SHARED = 128 * 1024
_NO = ("0", "false", "off")


def has_marks(xml: bytes) -> bool:
    """Return whether a part may hold text that is struck out, raised or lowered."""
    return holds(xml, b"vertAlign") or holds(xml, b"strike")


def marked_strings(shared: bytes) -> frozenset[int]:
    """Return the shared strings with digits in doubt, by their number."""
    root = parsed(shared) if has_marks(shared) else None
    if root is None:
        return frozenset()
    texts = (one for one in root if _tag(one) == "si")
    return frozenset(i for i, one in enumerate(texts) if is_in_doubt(_pieces(one)))


def is_marked(cell: Element, texts: Set[int], struck: Set[int]) -> bool:
    """Return whether a cell's digits are in doubt: its style strikes it out, or its text holds such digits."""
    if struck and whole(cell.get("s", "0"), -1) in struck:
        return True
    if cell.get("t") == "s":
        value = next((child.text or "" for child in cell if _tag(child) == "v"), "")
        return whole(value.strip(), -1) in texts
    return any(_tag(child) == "is" and is_in_doubt(_pieces(child)) for child in cell)


@remembered(entries=16, longest=_LONGEST_SHARED)
def struck_styles(styles_part: bytes) -> frozenset[int]:
    """Return the styles whose font strikes out what the cell shows."""
    root = parsed(styles_part) if b"strike" in styles_part else None
    if root is None:
        return frozenset()
    fonts = [font for part in root if _tag(part) == "fonts" for font in part]
    struck = {i for i, font in enumerate(fonts) if _is_struck(font)}
    styles = [style for part in root if _tag(part) == "cellXfs" for style in part]
    return frozenset(i for i, style in enumerate(styles) if whole(style.get("fontId", "0"), -1) in struck)


def _pieces(text: Element) -> Iterator[Piece]:
    """Yield the runs of a rich text; a plain text is one."""
    for child in text:
        if _tag(child) == "t":
            yield Piece(child.text or "")
        elif _tag(child) == "r":
            looks = next((part for part in child if _tag(part) == "rPr"), ())
            shown = "".join(part.text or "" for part in child if _tag(part) == "t")
            yield Piece(shown, _is_raised(looks), _is_struck(looks))


def _is_raised(looks: Iterable[Element]) -> bool:
    return any(_tag(one) == "vertAlign" and one.get("val", "") != "baseline" for one in looks)


def _is_struck(looks: Iterable[Element]) -> bool:
    return any(_tag(one) == "strike" and one.get("val", "1") not in _NO for one in looks)


def _tag(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
