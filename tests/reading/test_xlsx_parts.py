"""What is looked up in the XML of a sheet: how far its cells reach, percent formats, formulas without a value."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from tests.reading.test_tables import BINH_THANH, HEAD, TITLE, xlsx
from tonghop.reading.containers import workbook
from tonghop.reading.containers.model import Budget, Refused
from tonghop.reading.containers.remembered import remembered
from tonghop.reading.containers.xlsx_facts import XlsxFacts
from tonghop.reading.containers.zips import Zip
from tonghop.reading.limits import Limits

WHOLE = xlsx(TITLE, HEAD, BINH_THANH)
SHEET = "xl/worksheets/sheet1.xml"
BOOK = b'<workbook><sheets><sheet name="BC" sheetId="1" r:id="rId1"/></sheets></workbook>'
RELATIONS = b'<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
STYLES = (
    b'<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
    b'<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)


def facts(
    cells: str, book: bytes = BOOK, styles: bytes = STYLES, sheet: str = "BC", encoding: str = "utf-8"
) -> XlsxFacts:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    xml = f'{head}<worksheet xmlns:x="x"><sheetData>{cells}</sheetData></worksheet>'
    parts = {
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/styles.xml": styles,
        SHEET: xml.encode(),
    }
    return XlsxFacts(parts, sheet)


@pytest.mark.parametrize(
    ("cells", "decimals"),
    [
        ('<c r="B2" s="1"><v>1</v></c>', 0),
        ('<c r="B2" s="2" t="n"/>', 1),
        ('<c s="2" r="B2"/>', 1),
        ('<c t="n" r="B2" x="" s="02"/>', 1),
        ("<x:c\n r='b2'\n s='2'/>", 1),
        ('<c r="B2" s="2"/><c r="B2" s="0"/>', 1),
        ('<c r="b2"/><c r="B2" s="2"/>', None),
        ('<c r="B2"/>', None),
        ('<x:c r="A1"/><c r="B2" s="2"/>', 1),
        ('<c r="B2" t="s"s="2"/>', None),
        ('<c r="AB2" s="2"/><c r="B22" s="2"/><col r="B2" s="2"/>', None),
        ('<!-- <c r="B2" s="2"/> --><c r="B2" s="1"/>', 0),
        ('<![CDATA[<c r="B2" s="2"/>]]>', None),
    ],
)
def test_the_percent_format_of_a_cell_is_told_by_its_tag(cells: str, decimals: int | None) -> None:
    assert facts(cells).percent_decimals(1, 1) == decimals


def test_one_differing_byte_of_the_styles_is_another_answer() -> None:
    cell = '<c r="B2" s="2"/>'
    assert facts(cell).percent_decimals(1, 1) == 1
    assert facts(cell, styles=STYLES.replace(b"0.0%", b"0.0x")).percent_decimals(1, 1) is None
    assert facts(cell, styles=STYLES.replace(b"0.0%", b"0.00%")).percent_decimals(1, 1) == 2


@pytest.mark.parametrize("encoding", ["none-such", "shift-jis", "utf-7"])
def test_parts_in_an_encoding_nobody_knows_tell_nothing(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    asked = facts('<c r="B2" s="2" t="e"><f>A1</f></c>', styles=head + STYLES)
    assert asked.percent_decimals(1, 1) is None
    asked = facts('<!-- --><c r="B2" s="2" t="e"><f>A1</f></c>', encoding=encoding)
    assert (asked.percent_decimals(1, 1), asked.is_unvalued_formula(1, 1)) == (None, False)
    assert asked.error(1, 1) is None


def test_one_differing_byte_of_the_workbook_is_another_sheet() -> None:
    cell = '<c r="B2" s="2"/>'
    assert facts(cell).percent_decimals(1, 1) == 1
    for book in (BOOK.replace(b"rId1", b"rId2"), BOOK.replace(b"BC", b"BD")):
        assert facts(cell, book).percent_decimals(1, 1) is None
    assert facts(cell, BOOK.replace(b"BC", b"BD"), sheet="BD").percent_decimals(1, 1) == 1


def test_what_is_longer_than_the_bound_is_not_remembered() -> None:
    asked: list[bytes] = []
    length = remembered(entries=2, longest=3)(lambda *parts: asked.extend(parts) or len(asked))
    assert [length(b"ab", b"c"), length(b"ab", b"c"), length(b"a", b"bc")] == [2, 2, 4]
    assert [length(b"ab", b"cd"), length(b"ab", b"cd")] == [6, 8]


@pytest.mark.parametrize(
    ("cells", "is_unvalued"),
    [
        ('<c r="B2"><f>A1</f><v>12</v></c>', False),
        ('<c r="B2"><f>A1</f><v>0.08</v></c>', False),
        ('<c r="B2"><f t="shared" si="0"/><v>5</v></c>', False),
        ('<c r="B2"><v>5</v></c><c r="C2"><f>A1</f></c>', False),
        ('<c r="B2"><f>A1</f></c>', True),
        ('<c r="B2"><f>A1</f><v></v></c>', True),
        ('<c r="B2"><f>A1</f><v/></c>', True),
        ('<c r="B2"><f>A1</f><v> </v></c>', True),
        ('<c r="B2"><f>A1</f><v>&#32;</v></c>', True),
        ('<c r="B2"><f t="shared" si="0"/></c>', True),
        ('<c r="B2"><f/><v/></c>', True),
        ('<c r="B2"><f/><v>5</v></c>', False),
        ('<c r="B2"><f a=">"/><v>5</v></c>', False),
        ('<c r="B2"><f a=">"/></c>', True),
        ('<c r="B2"><f a=">">A1</f></c><c r="C2"><f>A1</f><v>5</v></c>', True),
        ('<x:c r="B2"><x:f>A1</x:f></x:c>', True),
        ('<c r="A2"><f>A1</f><v>5</v></c><c r="B2"><f>A1</f></c>', True),
        ('<c r="A2"><f>A1</f><v>5</v></c><c r="B2"><f>A1</f><v>5</v><!-- --></c>', False),
        ("<c r='B2'><f>A1</f><!-- <c><f>A1</f><v>5</v></c> --></c>", True),
    ],
)
def test_a_formula_without_a_value_is_told(cells: str, is_unvalued: bool) -> None:
    assert facts(cells).is_unvalued_formula(1, 1) is is_unvalued


def test_a_nought_is_a_value_only_where_the_workbook_was_computed() -> None:
    to_recalculate = BOOK.replace(b"</sheets>", b'</sheets><calcPr fullCalcOnLoad="1"/>')
    for nought in ("0", "0.0", "0 "):
        cell = f'<c r="A2"><f>A1</f><v>7</v></c><c r="B2"><f>A1</f><v>{nought}</v></c>'
        assert not facts(cell).is_unvalued_formula(1, 1)
        assert facts(cell, to_recalculate).is_unvalued_formula(1, 1)
    assert not facts(cell, to_recalculate).is_unvalued_formula(1, 0)


@pytest.mark.parametrize("wrap", ['<row r="1"><c r="{}"/></row>', "<x:c\tr='{}'>", '<c s="1" r="{}" t="s"/>'])
def test_a_sheet_may_reach_as_far_as_the_limit_and_no_farther(wrap: str) -> None:
    def extent(reference: str, cells: int) -> str:
        try:
            workbook._check_extent(wrap.format(reference).encode(), Limits(cells=cells))
        except Refused as refused:
            return refused.code
        return "read"

    for cells in (100, 2_000_000, 20_000_000_000):
        for reference, size in (
            ("A100", 100), ("A101", 101), ("ZZ999", 702 * 999), ("zz1000", 702_000), ("AAA999", 703 * 999),
            ("A2000001", 2_000_001), ("XFD122", 16384 * 122), ("XFD123", 16384 * 123),
            ("XFD1048576", 2**34),
        ):  # fmt: skip
            assert extent(reference, cells) == ("read" if size <= cells else "sheet-too-large"), reference
        assert {extent(one, cells) for one in ("AAAA1", "A100000000", "A000000001")} == {"damaged-file"}
    rows = [f'<row r="{row}"/>'.encode() for row in (999, 2_000_000, 2_000_001)]
    workbook._check_extent(rows[0], Limits())
    workbook._check_extent(rows[1], Limits())
    with pytest.raises(Refused, match="sheet-too-large"):
        workbook._check_extent(rows[2], Limits())


def _book(change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return out.getvalue()


def _hidden(name: str, xml: bytes) -> bytes:
    return xml.replace(b'<row r="3"', b'<row hidden="1" r="3"') if name == SHEET else xml


DECOYS = {
    "upper case": lambda name, xml: (name.replace("sheet1.xml", "SHEET1.XML"), _hidden(name, xml)),
    "sheet in a comment": lambda name, xml: (
        name,
        _hidden(name, xml).replace(b"<sheets>", b'<!-- <sheet name="BC" r:id="rId9"/> --><sheets>'),
    ),
    "relation in a comment": lambda name, xml: (
        name,
        _hidden(name, xml).replace(
            b"</Relationships>", b'<!-- <Relationship Id="rId1" Target="x.xml"/> --></Relationships>'
        ),
    ),
}


@pytest.mark.parametrize("decoy", DECOYS)
def test_a_hidden_row_is_told_wherever_the_workbook_keeps_its_sheet(decoy: str) -> None:
    book = _book(DECOYS[decoy])
    assert book != WHOLE
    document = workbook.read_spreadsheet("a.xlsx", Zip(book, Budget(Limits())), Budget(Limits()))
    facts = document.grids[0].facts
    assert facts is not None
    assert 2 in facts.unseen().rows


def test_a_sheet_in_a_part_that_the_guards_pass_over_is_not_read() -> None:
    def elsewhere(name: str, xml: bytes) -> tuple[str, bytes]:
        return name.replace("sheet1.xml", "sheet1.dat"), xml.replace(b"sheet1.xml", b"sheet1.dat")

    book = _book(elsewhere)
    with pytest.raises(Refused, match="damaged-file"):
        workbook.read_spreadsheet("a.xlsx", Zip(book, Budget(Limits())), Budget(Limits()))
