"""Tables of a text PDF through pdfplumber; a PDF of pictures is told apart, never guessed from."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, field, replace

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from tonghop.reading.containers.aligned import aligned_table
from tonghop.reading.containers.marks import MarkedFacts
from tonghop.reading.containers.model import Document, Refused
from tonghop.reading.containers.pdf_marks import marked_cells, merges_of
from tonghop.reading.containers.tables_of import Layout
from tonghop.reading.grid import Merge
from tonghop.reading.limits import Limits

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


@dataclass(slots=True)
class PdfText:
    """The tables of a PDF and its running text."""

    document: Document
    prose: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    rows: list[list[str]]
    above: list[str]
    marked: set[tuple[int, int]] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)

    def go_on(self, more: _Found) -> None:
        """Add the rows of the next page."""
        at = len(self.rows)
        self.rows += more.rows
        self.marked |= {(r + at, c) for r, c in more.marked}
        self.merges += [(top + at, left, bottom + at, right) for top, left, bottom, right in more.merges]


def read_pdf(name: str, content: bytes, limits: Limits) -> PdfText:
    """Return the tables of a PDF, those that run over pages joined. Raises ``Refused``.

    A page whose tables have no ruled lines is read by alignment, where that leaves nothing open.
    """
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > limits.pages:
                raise Refused("container-too-large", limit=str(limits.pages))
            tables, prose = _of_pages(pdf.pages)
    except PdfminerException as error:
        is_locked = any(
            isinstance(cause, PDFPasswordIncorrect)
            for cause in (*error.args, error.__cause__, error.__context__)
        )
        raise Refused("password-protected" if is_locked else "damaged-file") from error
    except (
        PDFException,
        PSException,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        OSError,
    ) as error:
        # The parser lets whatever a broken file provokes through: all of it means that the file is broken.
        raise Refused("damaged-file") from error
    grids = []
    for number, table in enumerate(tables, start=1):
        layout = Layout(limits)
        for row in table.rows:
            layout.new_row()
            for text in row:
                layout.add(text)
        made = layout.grid(name, number, tuple(table.above[-40:]))
        grids.append(replace(made, merges=tuple(table.merges), facts=MarkedFacts(table.marked)))
    return PdfText(Document(name, tuple(grids), tuple(prose)), prose)


def _of_pages(pages: list[Page]) -> tuple[list[_Found], list[str]]:
    tables: list[_Found] = []
    prose: list[str] = []
    has_text = False
    for page in pages:
        has_text |= bool(page.chars)
        prose += (page.extract_text() or "").splitlines() if page.chars else []
        for i, table in enumerate(page.find_tables() if page.chars else []):
            rows = [[cell or "" for cell in row] for row in table.extract()]
            top = max(table.bbox[1], 0)
            above = (page.crop((0, 0, page.width, top)).extract_text() or "").splitlines() if top > 1 else []
            last = tables[-1] if tables and i == 0 and page.page_number > 1 else None
            found = _Found(rows, above, set(marked_cells(page, table)), list(merges_of(table, rows)))
            if last is not None and not above and rows and len(rows[0]) == len(last.rows[0]):
                last.go_on(found)
            elif rows:
                tables.append(found)
    if not has_text:
        raise Refused("scanned-pages")
    if not any(len(table.rows) > 1 and len(table.rows[0]) > 1 for table in tables):
        tables += _by_alignment(pages)
    return tables, prose


def _by_alignment(pages: list[Page]) -> list[_Found]:
    """Return the tables without ruled lines; a page that goes on without a heading of its own cannot be told."""
    found = [aligned_table(page) for page in pages if page.chars]
    if any(table.is_open for table in found):
        raise Refused("columns-unclear")
    return [_Found([list(row) for row in table.rows], list(table.above)) for table in found if table.rows]
