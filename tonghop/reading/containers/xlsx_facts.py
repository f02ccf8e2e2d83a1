"""Which cells of an xlsx hold formulas saved without a value, and which show percents with how many decimals.

The reader of values tells neither. Both are looked up in the sheet's XML only when a cell is in question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from xml.etree.ElementTree import Element, ParseError, fromstring

from tonghop.reading.containers.wholes import whole
from tonghop.reading.grid import Facts, a1

_NO_STYLE = -1
CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br=["\']([A-Za-z]+)([0-9]+)["\']')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_IS_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_LONGEST_ERROR = 15
_STYLE = re.compile(rb"""\ss=["']([0-9]{1,6})["']""")
_BUILT_IN_PERCENTS = {9: 0, 10: 2}


class XlsxFacts(Facts):
    """The facts of one sheet of an xlsx; its parts have passed the guards (no DTD, bounded)."""

    def __init__(self, parts: Mapping[str, bytes], name: str) -> None:
        self._parts, self._name = parts, name

    @cached_property
    def _workbook(self) -> bytes:
        return self._parts.get("xl/workbook.xml", b"")

    @cached_property
    def _sheet(self) -> bytes:
        """Return the XML of the sheet of this name; empty where the workbook hides it well."""
        relations = _attributes(_RELATION, self._parts.get("xl/_rels/workbook.xml.rels", b""))
        targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
        for sheet in _attributes(_SHEET, self._workbook):
            if _unescaped(sheet.get("name", "")) == self._name:
                ids = [value for key, value in sheet.items() if key.endswith(":id")]
                target = targets.get(ids[0] if ids else "", "")
                part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                return self._parts.get(part, b"")
        return b""

    @cached_property
    def _recalculates(self) -> bool:
        return re.search(rb"fullCalcOnLoad\s*=\s*[\"'](?:1|true)", self._workbook) is not None

    def has_silent_cells(self) -> bool:
        """Return whether any cell of the sheet is an unvalued formula or an error."""
        return bool(self._unvalued or self._errors)

    def is_unvalued_formula(self, row: int, column: int) -> bool:
        """Return whether a formula stands here whose value was never computed.

        A writer that computes nothing leaves the value out, or writes 0 and asks the reader to recalculate.
        """
        return (row, column) in self._unvalued

    def error(self, row: int, column: int) -> str | None:
        """Return the error that stands in the cell."""
        return self._errors.get((row, column))

    def percent_decimals(self, row: int, column: int) -> int | None:
        """Return the decimals the cell's percent format prints, None where it has no such format."""
        percents = _percents_of(self._parts.get("xl/styles.xml", b""))
        return percents.get(self._style(row, column)) if percents else None

    def _style(self, row: int, column: int) -> int:
        """Return the number of a cell's style, -1 for none: looked for by its name, as few cells are asked for."""
        if b"<!" in self._sheet:  # what stands in comments and character data is no cell
            return self._styled.get((row, column), -1)
        name = a1(row, column).encode()
        cell = re.search(rb"<(?:\w+:)?c\s(?:[^>]*\s)?r=[\"'](?i:" + name + rb")[\"'][^>]*>", self._sheet)
        style = _STYLE.search(cell.group()) if cell else None
        return int(style[1]) if style else 0 if cell else -1

    @cached_property
    def _cells(self) -> list[Element]:
        try:
            root = fromstring(self._sheet)  # noqa: S314 - parts with a DTD or entities were refused
        except ParseError:
            return []
        return [cell for cell in root.iter() if cell.tag.endswith("}c") or cell.tag == "c"]

    @cached_property
    def _unvalued(self) -> frozenset[tuple[int, int]]:
        if b"<f" not in self._sheet and b":f" not in self._sheet:
            return frozenset()
        found = set()
        for cell in self._cells:
            parts = {child.tag.rsplit("}", 1)[-1]: (child.text or "") for child in cell}
            value = parts.get("v", "").strip()
            if "f" in parts and (not value or (self._recalculates and value in ("0", "0.0"))):
                found.add(_position(cell.get("r", "")))
        return frozenset(found)

    @cached_property
    def _errors(self) -> Mapping[tuple[int, int], str]:
        if _IS_ERROR.search(self._sheet) is None:
            return {}
        found = {}
        for cell in self._cells:
            if cell.get("t") == "e":
                value = next((child.text or "" for child in cell if child.tag.rsplit("}", 1)[-1] == "v"), "")
                found[_position(cell.get("r", ""))] = value.strip()[:_LONGEST_ERROR] or "#N/A"
        return found

    @cached_property
    def _styled(self) -> Mapping[tuple[int, int], int]:
        return {
            _position(c.get("r", "")): style
            for c in self._cells
            if (style := whole(c.get("s", "0"), _NO_STYLE)) != _NO_STYLE
        }


@lru_cache(maxsize=16)
def _percents_of(styles_part: bytes) -> Mapping[int, int]:
    """Return the decimals by style, for the styles that show percents; one program's files share their styles."""
    try:
        root = fromstring(styles_part)  # noqa: S314 - parts with a DTD or entities were refused
    except ParseError:
        return {}
    formats = dict(_BUILT_IN_PERCENTS)
    for element in root.iter():
        code = element.get("formatCode", "")
        if (
            element.tag.endswith("numFmt")
            and "%" in code
            and (number := whole(element.get("numFmtId", ""), _NO_STYLE)) != _NO_STYLE
        ):
            decimals = re.search(r"\.(0+)", code)
            formats[number] = len(decimals[1]) if decimals else 0
    styles = [style for e in root.iter() if e.tag.endswith("cellXfs") for style in e]
    used = ((i, whole(style.get("numFmtId", ""), _NO_STYLE)) for i, style in enumerate(styles))
    return {i: formats[number] for i, number in used if number in formats}


def _attributes(element: re.Pattern[bytes], xml: bytes) -> list[dict[str, str]]:
    return [
        {
            m[1].decode("utf-8", "replace"): (m[2] or m[3] or b"").decode("utf-8", "replace")
            for m in _ATTRIBUTE.finditer(found)
        }
        for found in element.findall(xml)
    ]


def _unescaped(text: str) -> str:
    text = re.sub(r"&#(\d{1,6});", lambda m: chr(int(m[1])), text)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


def _position(reference: str) -> tuple[int, int]:
    found = re.match(r"^([A-Za-z]{1,3})([0-9]{1,8})$", reference)
    if found is None:
        return -1, -1
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
