"""The findings of one submission while it is read: each once, bounded in number and in length."""

from __future__ import annotations

from collections.abc import Mapping

from tonghop.domain.findings import Finding
from tonghop.domain.reading import Row
from tonghop.reading.grid import Grid
from tonghop.reading.place_names import document_name, sheet_name
from tonghop.reading.text import shown
from tonghop.words import severity_of

# A place in another file is told with the names of file and sheet.
_LONGEST = 160


def finding(
    code: str,
    *,
    document: str = "",
    unit: str | None = None,
    indicator: str | None = None,
    sheet: str | None = None,
    cell: str | None = None,
    found: str | None = None,
    expected: str | None = None,
    arguments: Mapping[str, str] | None = None,
) -> Finding:
    """Return a finding with the catalogue's severity; its texts bounded and safe to show."""
    return Finding(
        code,
        severity_of(code),
        document_name(document),
        unit,
        indicator,
        None if sheet is None else sheet_name(sheet),
        cell,
        None if found is None else shown(found),
        None if expected is None else shown(expected, _LONGEST),
        {name: shown(text, _LONGEST) for name, text in (arguments or {}).items()},
    )


class Notes:
    """Collects findings; the same one at the same place counts once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: dict[tuple[object, ...], Finding] = {}

    def add(
        self,
        code: str,
        grid: Grid | None = None,
        *,
        document: str = "",
        unit: str | None = None,
        indicator: str | None = None,
        cell: str | None = None,
        found: str | None = None,
        expected: str | None = None,
        arguments: Mapping[str, str] | None = None,
    ) -> None:
        """Note a finding, at a cell of ``grid`` or of a whole document."""
        made = finding(
            code,
            document=grid.document if grid is not None else document,
            unit=unit,
            indicator=indicator,
            sheet=grid.sheet if grid is not None else None,
            cell=cell,
            found=found,
            expected=expected,
            arguments=arguments,
        )
        self.put(made)

    def put_at(
        self,
        code: str,
        row: Row,
        *,
        indicator: str,
        cell: str,
        found: str,
        expected: str,
        arguments: Mapping[str, str],
    ) -> None:
        """Note a finding on a unit's row, at a cell of its sheet that may lie outside the row."""
        self.put(
            finding(
                code,
                document=row.document,
                unit=row.unit,
                indicator=indicator,
                sheet=row.sheet,
                cell=cell,
                found=found,
                expected=expected,
                arguments=arguments,
            )
        )

    def put(self, made: Finding) -> None:
        """Note a finding made elsewhere. Critical ones are kept whatever their number."""
        if len(self._found) < self._most or made.holds:
            place = (made.code, made.document, made.sheet, made.cell, made.unit, made.indicator)
            self._found.setdefault(place, made)

    def all(self) -> tuple[Finding, ...]:
        """Return the findings in the order they were made."""
        return tuple(self._found.values())
