"""White text in a docx, and the grounds on which it can be read: a run's, its cell's, its table's and its style's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from xml.etree.ElementTree import Element

from tonghop.reading.containers.parsed import parsed, tag_of

_WHITE = "FFFFFF"
_NO_COLOUR = frozenset({"", "AUTO", _WHITE, "NONE", "WHITE", "CLEAR", "NIL"})
_PROPERTIES = ("tblPr", "tblPrEx", "trPr", "tcPr", "pPr")


def is_white(properties: Iterable[Element]) -> bool:
    """Return whether a run is written in white, and on no colour of its own."""
    colours = [_attribute(one, "val") for one in properties if tag_of(one) == "color"]
    return bool(colours) and colours[-1] == _WHITE and not any(map(_is_coloured, properties))


class Grounds:
    """The grounds of a document's tables. ``styles``: its style part, looked into only where a white text asks."""

    def __init__(self, styles: bytes) -> None:
        self._styles = styles

    def are_below(self, table: Element, row: Element, cell: Element) -> bool:
        """Return whether a cell, a paragraph in it, its row or its table has a colour on which white can be read."""
        own = (one for element in (table, row, cell) for one in element if tag_of(one) in _PROPERTIES)
        inside = (one for paragraph in cell for one in paragraph if tag_of(one) == "pPr")
        told = [part for one in (*own, *inside) for part in one.iter()]
        named = {_attribute(part, "val") for part in told if tag_of(part) == "tblStyle"}
        return any(map(_is_coloured, told)) or not named.isdisjoint(self._coloured)

    @cached_property
    def _coloured(self) -> frozenset[str]:
        """The styles with a colour anywhere, in capitals, and those that are based on them."""
        root = parsed(self._styles) if self._styles else None
        styles = [] if root is None else [one for one in root if tag_of(one) == "style"]
        found = {_attribute(one, "styleId") for one in styles if any(map(_is_coloured, one.iter()))}
        based = {
            _attribute(one, "styleId"): _attribute(base, "val")
            for one in styles
            for base in one
            if tag_of(base) == "basedOn"
        }
        for name in based:
            if not found.isdisjoint(_line_of(name, based)):
                found.add(name)
        return frozenset(found)


def _line_of(name: str, based: dict[str, str]) -> list[str]:
    """Return a style and those it is based on, ten at most."""
    line = [name]
    while line[-1] in based and len(line) < 10:
        line.append(based[line[-1]])
    return line


def _is_coloured(element: Element) -> bool:
    tag = tag_of(element)
    if tag == "shd":
        return _attribute(element, "fill") not in _NO_COLOUR or _attribute(element, "val") not in _NO_COLOUR
    return tag == "highlight" and _attribute(element, "val") not in _NO_COLOUR


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), "").upper()
