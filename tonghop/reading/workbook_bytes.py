"""A workbook of openpyxl as bytes, made in memory: its own writer wants files, and the child may write none."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped] # the library ships no types
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing  # type: ignore[import-untyped] # the library ships no types
from openpyxl.worksheet._writer import WorksheetWriter  # type: ignore[import-untyped] # the library ships no types
from openpyxl.writer.excel import ExcelWriter  # type: ignore[import-untyped] # the library ships no types


def bytes_of(workbook: Workbook) -> bytes:
    """Return the xlsx (or xlsm) bytes of a workbook."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        _InMemory(workbook, archive).save()
    return sink.getvalue()


class _InMemory(ExcelWriter):  # type: ignore[misc] # of a library without types
    """openpyxl's writer with each sheet's XML kept in memory instead of a temporary file."""

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet into the archive."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        xml = io.BytesIO()
        writer = WorksheetWriter(ws, xml)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], xml.getvalue())
        self.manifest.append(ws)
