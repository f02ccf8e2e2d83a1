"""Workbooks (xlsx, xlsm, xlsb, xls, ods) through python-calamine, after a look at the container itself."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from tonghop.reading.containers.model import Budget, Document, Refused
from tonghop.reading.containers.ods_facts import OdsFacts
from tonghop.reading.containers.xls_facts import XlsFacts
from tonghop.reading.containers.xlsx_facts import CELL, XlsxFacts, sheet_parts
from tonghop.reading.containers.zips import Zip
from tonghop.reading.grid import Facts, Grid
from tonghop.reading.limits import Limits

_SHEET_PART = re.compile(r"^xl/worksheets/[^/]+\.xml$")
_LONGEST_COLUMN, _LONGEST_ROW = 3, 8  # XFD, 1048576
# A sheet without such a reference ends at ZZ999 at the latest.
_FAR = re.compile(rb'r=["\'](?:[A-Za-z]{3,}[0-9]|[A-Za-z]{0,2}[0-9]{4})')
_NEAR_CELLS = 702 * 999
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br=["\']([0-9]+)["\']')


def read_spreadsheet(name: str, archive: Zip, budget: Budget) -> Document:
    """Return the sheets of an xlsx, xlsm, xlsb or ods. Raises ``Refused`` with the reason."""
    parts = archive.xml_parts()
    manifest = parts.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifest:
        raise Refused("password-protected")
    for part in {*filter(_SHEET_PART.match, parts), *sheet_parts(parts)}:
        if part not in parts:
            # Under a name that the guards pass over, or in a place that only some programs find.
            raise Refused("damaged-file")
        _check_extent(parts[part], budget.limits)
    return _read(name, archive.content, parts, budget.limits)


def read_xls(name: str, content: bytes, limits: Limits) -> Document:
    """Return the sheets of an old xls. Raises ``Refused`` with the reason."""
    return _read(name, content, {}, limits)


def _read(name: str, content: bytes, parts: Mapping[str, bytes], limits: Limits) -> Document:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheets = [meta for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            _check_count(len(sheets), limits)
            grids = tuple(
                _grid(
                    name, meta.name, workbook.get_sheet_by_name(meta.name), _facts(content, parts, meta.name),
                    meta.visible != SheetVisibleEnum.Visible, limits,
                )
                for meta in sheets
            )  # fmt: skip
    except PasswordError as error:
        raise Refused("password-protected") from error
    except (CalamineError, OSError, ValueError, KeyError, OverflowError) as error:
        raise Refused("damaged-file") from error
    except BaseException as error:
        # A panic of the Rust reader is no Exception, and its class has no name to import.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused("damaged-file") from error
    return Document(name, grids)


def _facts(content: bytes, parts: Mapping[str, bytes], sheet: str) -> Facts:
    """Return what can be asked of the sheet's cells, by the kind of workbook: an xls has no parts."""
    if not parts:
        return XlsFacts(content, sheet)
    if "content.xml" in parts:
        return OdsFacts(parts["content.xml"], parts.get("styles.xml", b""), sheet)
    return XlsxFacts(parts, sheet)


def _grid(
    document: str, title: str, sheet: CalamineSheet, facts: Facts, hidden: bool, limits: Limits
) -> Grid:
    if sheet.start is None:
        return Grid(document, title, ())
    (top, left), rows = sheet.start, sheet.height
    if rows * sheet.width > limits.cells or rows > limits.rows * 10:
        raise Refused("sheet-too-large", limit=str(limits.cells))
    merges = tuple(
        (r0 - top, c0 - left, r1 - top, c1 - left)
        for (r0, c0), (r1, c1) in sheet.merged_cell_ranges or ()
        if r0 >= top and c0 >= left
    )
    values = _without_empty_tail(sheet.to_python(skip_empty_area=True))
    return Grid(document, title, values, top, left, merges, hidden, facts=facts, margins=facts.margins())


def _without_empty_tail(rows: Sequence[Sequence[object]]) -> Sequence[Sequence[object]]:
    """Return the rows without the blank ones that a stray format far below leaves."""
    end = len(rows)
    while end and rows[end - 1].count("") == len(rows[end - 1]):
        end -= 1
    return rows[:end]


def _check_count(sheets: int, limits: Limits) -> None:
    if sheets > limits.sheets:
        raise Refused("container-too-large", limit=str(limits.sheets), sentence="sheets")


def _check_extent(xml: bytes, limits: Limits) -> None:
    """Refuse a sheet whose cells span more than the limit: two cells at both ends cost gigabytes."""
    if limits.cells >= _NEAR_CELLS and _FAR.search(xml) is None:
        return
    columns: set[bytes] = set()
    deepest = 0
    for letters, row in CELL.findall(xml):
        columns.add(letters)
        deepest = max(deepest, _row_number(row))
    rows = max((_row_number(row) for row in _ROW.findall(xml)), default=0)
    width = max((_number(letters) for letters in columns), default=0)
    if max(deepest, rows if deepest == 0 else 0) * max(width, 1) > limits.cells:
        raise Refused("sheet-too-large", limit=str(limits.cells))


def _row_number(digits: bytes) -> int:
    """Return a row's number. Raises ``Refused`` for one that no program writes; the reader would count on."""
    if len(digits) > _LONGEST_ROW:
        raise Refused("damaged-file")
    return int(digits)


def _number(letters: bytes) -> int:
    if len(letters) > _LONGEST_COLUMN:
        raise Refused("damaged-file")
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
