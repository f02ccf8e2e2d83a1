"""Which cells of an xlsx hold formulas saved without a value, and which show percents with how many decimals.

The reader of values tells neither. Both are looked up in the sheet's XML only when a cell is in question.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Set
from functools import cached_property
from xml.etree.ElementTree import Element

from tonghop.reading.containers.formats import is_odd, shown
from tonghop.reading.containers.parsed import holds, parsed, unescaped
from tonghop.reading.containers.remembered import remembered
from tonghop.reading.containers.wholes import whole
from tonghop.reading.containers.xlsx_margins import margins
from tonghop.reading.containers.xlsx_marks import doubted_styles, has_marks, is_marked, marked_strings
from tonghop.reading.containers.xlsx_unseen import unseen_in
from tonghop.reading.containers.zips import has_markup
from tonghop.reading.grid import Facts, Unseen, a1

_NO_STYLE = -1
CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br=["\']([A-Za-z]+)([0-9]+)["\']')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# A formula, unless its cell ends behind it with a value that says something even to a reader that is to recalculate.
_UNVALUED = re.compile(
    rb"<f(?=[\s/>])(?!(?:\s[^<>]*)?(?:/>|>[^<]*</f>)<v>(?!0(?:\.0)?\s*<)[^<&\s][^<]*</v></c>)"
)
_IS_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_LONGEST_ERROR = 15
# What a cell's tag holds, and the cell's name in it. Few programs put a prefix on each tag.
_NAMED = rb"""(\s(?:[^>]*?\s)??r=["']([A-Za-z]+[0-9]+)["'][^>]*)>"""
_TAG, _PREFIXED_TAG = re.compile(rb"<c" + _NAMED), re.compile(rb"<(?:c|\w+:c)" + _NAMED)
_STYLE = re.compile(rb"""\ss=["']([0-9]{1,6})["']""")
_LONGEST_SHARED = 128 * 1024
_BUILT_IN_PERCENTS = {9: "0%", 10: "0.00%"}


class XlsxFacts(Facts):
    """The facts of one sheet of an xlsx; its parts have passed the guards (no DTD, bounded)."""

    def __init__(self, parts: Mapping[str, bytes], name: str) -> None:
        self._parts = parts
        self._workbook = parts.get("xl/workbook.xml", b"")
        relations = parts.get("xl/_rels/workbook.xml.rels", b"")
        self._part = _parts_of_sheets(self._workbook, relations).get(name, "")
        self._sheet = parts.get(self._part, b"")

    def margins(self) -> tuple[str, ...]:
        """Return what stands beside the sheet's cells."""
        return margins(self._parts, self._part)

    def unseen(self) -> Unseen:
        """Return the rows and columns that are not shown to who opens the file."""
        return unseen_in(self._sheet)

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
        return self._percents.get(self._style(row, column)) if self._percents else None

    def marked_digits(self) -> Set[tuple[int, int]]:
        """Return the cells of which digits are struck out, or stand raised or lowered beside others."""
        return self._marked

    @cached_property
    def _marked(self) -> frozenset[tuple[int, int]]:
        shared = self._parts.get("xl/sharedStrings.xml", b"")
        struck = {s for s in doubted_styles(self._parts.get("xl/styles.xml", b"")) if self._has_style(s)}
        if not struck and not has_marks(shared) and not has_marks(self._sheet):
            return frozenset()
        texts = marked_strings(shared)
        return frozenset(_position(c.get("r", "")) for c in self._cells if is_marked(c, texts, struck))

    def has_odd_formats(self) -> bool:
        """Return whether any cell may show another number than it holds; False only where none does."""
        return bool(self._odd_formats)

    def shown(self, row: int, column: int, number: int) -> str | None:
        """Return what the cell's format shows of its number where that may be another one; "" for nothing."""
        code = self._odd_formats.get(self._style(row, column))
        return None if code is None else shown(code, number)

    @cached_property
    def _odd_formats(self) -> Mapping[int, str]:
        formats = _formats_of(self._parts.get("xl/styles.xml", b""))
        return {style: code for style, code in formats.items() if is_odd(code) and self._has_style(style)}

    def _has_style(self, style: int) -> bool:
        """Return whether the sheet may have a cell of a style: quick to tell, and mostly not."""
        return self._says(b's="%d"' % style)

    def _says(self, attribute: bytes) -> bool:
        """Return whether the sheet's XML holds an attribute, in either kind of quotes."""
        sheet = self._sheet
        return holds(sheet, attribute) or (holds(sheet, b"'") and holds(sheet, attribute.replace(b'"', b"'")))

    @cached_property
    def _percents(self) -> Mapping[int, int]:
        formats = _formats_of(self._parts.get("xl/styles.xml", b""))
        decimals = ((style, re.search(r"\.(0+)", code)) for style, code in formats.items() if "%" in code)
        return {style: len(found[1]) if found else 0 for style, found in decimals}

    def _style(self, row: int, column: int) -> int:
        if has_markup(self._sheet):  # what stands in comments and character data is no cell
            return self._styled.get((row, column), _NO_STYLE)
        name = a1(row, column).encode()
        tag = self._plain_tag(name) or self._tags.get(name)
        if tag is None:
            return _NO_STYLE
        style = _STYLE.search(tag)
        return int(style[1]) if style else 0

    def _plain_tag(self, name: bytes) -> bytes | None:
        """Return what a cell's tag holds where it begins with its name, as most programs write it; else None."""
        # Of two cells with one name the first counts, and b2 is B2.
        at = self._capitals.find(b'<C R="%s"' % name)
        return None if at < 0 else self._sheet[at + 2 : self._sheet.find(b">", at)]

    @cached_property
    def _capitals(self) -> bytes:
        return self._sheet.upper()

    @cached_property
    def _tags(self) -> Mapping[bytes, bytes]:
        """Return what a cell's tag holds by the cell's name; of two cells with one name the first counts."""
        tag = _PREFIXED_TAG if holds(self._sheet, b":c") else _TAG
        return {name.upper(): held for held, name in reversed(tag.findall(self._sheet))}

    @cached_property
    def _cells(self) -> list[Element]:
        root = parsed(self._sheet)
        cells = () if root is None else root.iter()
        return [cell for cell in cells if cell.tag.endswith("}c") or cell.tag == "c"]

    @cached_property
    def _unvalued(self) -> frozenset[tuple[int, int]]:
        if self._has_only_valued_formulas():
            return frozenset()
        found = set()
        for cell in self._cells:
            parts = {child.tag.rsplit("}", 1)[-1]: (child.text or "") for child in cell}
            value = parts.get("v", "").strip()
            if "f" in parts and (not value or (self._recalculates and value in ("0", "0.0"))):
                found.add(_position(cell.get("r", "")))
        return frozenset(found)

    def _has_only_valued_formulas(self) -> bool:
        """Return whether every formula has a value for certain, as in a sheet that a program saved."""
        sheet = self._sheet
        if has_markup(sheet) or holds(sheet, b":f"):
            return b"<f" not in sheet and b":f" not in sheet
        return _UNVALUED.search(sheet) is None

    @cached_property
    def _errors(self) -> Mapping[tuple[int, int], str]:
        sheet = self._sheet
        if not self._says(b'"e"') or _IS_ERROR.search(sheet) is None:
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


def sheet_parts(parts: Mapping[str, bytes]) -> Collection[str]:
    """Return the names of the parts that an xlsx says its sheets are, in lower case."""
    relations = parts.get("xl/_rels/workbook.xml.rels", b"")
    return _parts_of_sheets(parts.get("xl/workbook.xml", b""), relations).values()


@remembered(entries=16, longest=_LONGEST_SHARED)
def _parts_of_sheets(workbook: bytes, relations: bytes) -> Mapping[str, str]:
    """Return the name of the part by a sheet's name; of two sheets with one name the first counts."""
    workbook, relations = _without_remarks(workbook), _without_remarks(relations)
    targets = {one.get("Id", ""): one.get("Target", "") for one in _attributes(_RELATION, relations)}
    named: dict[str, str] = {}
    for sheet in _attributes(_SHEET, workbook):
        ids = [value for key, value in sheet.items() if key.endswith(":id")]
        target = targets.get(ids[0] if ids else "", "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        named.setdefault(unescaped(sheet.get("name", "")), part.lower())
    return named


def _without_remarks(xml: bytes) -> bytes:
    """Return XML without comments and character data, which may hold what looks like its elements."""
    if not has_markup(xml):
        return xml
    for opening, closing in ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>")):
        first, *others = xml.split(opening)
        xml = first + b"".join(other.partition(closing)[2] for other in others)
    return xml


@remembered(entries=16, longest=_LONGEST_SHARED)
def _formats_of(styles_part: bytes) -> Mapping[int, str]:
    """Return the format by style, where it shows percents or something odd; one program's files share their styles."""
    root = parsed(styles_part)
    if root is None:
        return {}
    formats = dict(_BUILT_IN_PERCENTS)
    for element in root.iter():
        code = element.get("formatCode", "")
        number = whole(element.get("numFmtId", ""), _NO_STYLE) if code else _NO_STYLE
        if element.tag.endswith("numFmt") and number != _NO_STYLE and ("%" in code or is_odd(code)):
            formats[number] = code
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


def _position(reference: str) -> tuple[int, int]:
    found = re.match(r"^([A-Za-z]{1,3})([0-9]{1,8})$", reference)
    if found is None:
        return -1, -1
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
