"""Which texts and cells of an xlsx have digits struck out, raised or as white as their ground: rich text, and fonts.

What is looked up is there in few files; whether it is at all can be told from the bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from xml.etree.ElementTree import Element

from tonghop.reading.containers.marks import Piece, is_in_doubt
from tonghop.reading.containers.parsed import holds, parsed, tag_of
from tonghop.reading.containers.remembered import remembered
from tonghop.reading.containers.wholes import whole

_LONGEST_SHARED = 128 * 1024
_WHITE, _WHITES = "white", (b'FFFFFF"', b'ffffff"', b'theme="0"', b'indexed="9"', b'indexed="1"')
_NO = ("0", "false", "off")


def has_marks(xml: bytes) -> bool:
    """Return whether a part may hold text that is struck out, raised or lowered: a run of its own says so."""
    return holds(xml, b"rPr") and (holds(xml, b"vertAlign") or holds(xml, b"strike"))


def marked_strings(shared: bytes) -> frozenset[int]:
    """Return the shared strings with digits in doubt, by their number."""
    root = parsed(shared) if has_marks(shared) else None
    if root is None:
        return frozenset()
    texts = (one for one in root if tag_of(one) == "si")
    return frozenset(i for i, one in enumerate(texts) if is_in_doubt(_pieces(one)))


def is_marked(cell: Element, texts: Set[int], struck: Set[int]) -> bool:
    """Return whether a cell's digits are in doubt: its style strikes it out, or its text holds such digits."""
    if struck and whole(cell.get("s", "0"), -1) in struck:
        return True
    if cell.get("t") == "s":
        value = next((child.text or "" for child in cell if tag_of(child) == "v"), "")
        return whole(value.strip(), -1) in texts
    return any(tag_of(child) == "is" and is_in_doubt(_pieces(child)) for child in cell)


@remembered(entries=16, longest=_LONGEST_SHARED)
def doubted_styles(styles_part: bytes) -> frozenset[int]:
    """Return the styles whose font strikes out what the cell shows, or writes it in the colour of its ground."""
    is_told = any(holds(styles_part, sign) for sign in (b"strike", *_WHITES))
    root = parsed(styles_part) if is_told else None
    if root is None:
        return frozenset()
    fonts, fills, styles = (
        [one for part in root if tag_of(part) == name for one in part]
        for name in ("fonts", "fills", "cellXfs")
    )
    struck = {i for i, font in enumerate(fonts) if _is_struck(font)}
    inks, grounds = [_ink(font) for font in fonts], [_ground(fill) for fill in fills]

    def is_doubted(style: Element) -> bool:
        font, fill = (whole(style.get(name, "0"), -1) for name in ("fontId", "fillId"))
        ground = grounds[fill] if 0 <= fill < len(grounds) else _WHITE
        return font in struck or (0 <= font < len(inks) and inks[font] == ground == _WHITE)

    return frozenset(i for i, style in enumerate(styles) if is_doubted(style))


def _ink(font: Element) -> str:
    return next((_colour(part) for part in font if tag_of(part) == "color"), "")


def _ground(fill: Element) -> str:
    """Return the colour behind a cell's text; white where the cell is not filled."""
    for pattern in fill:
        if tag_of(pattern) == "patternFill" and pattern.get("patternType", "none") != "none":
            return next((_colour(part) for part in pattern if tag_of(part) == "fgColor"), "")
    return _WHITE if all(tag_of(pattern) == "patternFill" for pattern in fill) else ""


def _colour(told: Element) -> str:
    """Return white for any of the ways in which programs write it, "" for other colours."""
    is_white = (
        told.get("rgb", "").upper().endswith("FFFFFF")
        or told.get("indexed", "") in ("1", "9")
        or (told.get("theme", "") == "0" and told.get("tint", "0").strip("0.") == "")
    )
    return _WHITE if is_white else ""


def _pieces(text: Element) -> Iterator[Piece]:
    """Yield the runs of a rich text; a plain text is one."""
    for child in text:
        if tag_of(child) == "t":
            yield Piece(child.text or "")
        elif tag_of(child) == "r":
            looks = next((part for part in child if tag_of(part) == "rPr"), ())
            shown = "".join(part.text or "" for part in child if tag_of(part) == "t")
            yield Piece(shown, _is_raised(looks), _is_struck(looks))


def _is_raised(looks: Iterable[Element]) -> bool:
    return any(tag_of(one) == "vertAlign" and one.get("val", "") != "baseline" for one in looks)


def _is_struck(looks: Iterable[Element]) -> bool:
    return any(tag_of(one) == "strike" and one.get("val", "1") not in _NO for one in looks)
