"""A part of a sheet as its commune made it: what an officer looks at beside a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tonghop.domain.forms import Form


@dataclass(frozen=True, slots=True)
class SheetJob:
    """Which part of a submission is to be shown.

    ``document`` and ``sheet`` are the place as findings name it ("" and None: the first one), ``cells`` the
    cells to mark (A1). ``form`` and ``day`` tell which columns are known, so that personal data is left out.
    """

    key: str
    name: str
    content: bytes
    document: str
    sheet: str | None
    cells: tuple[str, ...]
    form: Form
    day: date


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell as text. ``across`` and ``down``: how many columns and rows it spans.

    ``is_number``: it stands to the right; ``is_masked``: personal data stood here and is not shown.
    """

    name: str
    text: str
    across: int = 1
    down: int = 1
    is_number: bool = False
    is_masked: bool = False
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in the sheet (from 1) and its cells; ``skips``: rows above it are left out."""

    number: int
    cells: tuple[SheetCell, ...]
    skips: bool = False


@dataclass(frozen=True, slots=True)
class SheetView:
    """A window of a sheet. ``columns`` are the letters shown; ``above`` the words in front of a table.

    ``is_whole``: nothing of the sheet is left out. ``is_hidden``: the sheet is hidden in the workbook.
    """

    document: str
    sheet: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    above: tuple[str, ...] = ()
    is_whole: bool = True
    is_hidden: bool = False
    has_mark: bool = False
