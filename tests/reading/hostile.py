"""Files that mean harm: bombs, entities, lies about sizes, deep nesting, names that climb out."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from random import Random

from tests.reading.writers import Page, as_message, as_ods, as_xlsx, as_zip

HEAD = ["Đơn vị", "Dân số", "Số người đã cài đặt"]


def replaced(book: bytes, part: str, content: bytes) -> bytes:
    """Return a workbook with one part exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item, content if item.filename == part else old.read(item))
    return out.getvalue()


def lying(book: bytes, size: int) -> bytes:
    """Return a zip whose directory declares another size for every member."""
    raw = bytearray(book)
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        raw[at + 24 : at + 28] = struct.pack("<I", size)
        at = raw.find(b"PK\x01\x02", at + 4)
    return bytes(raw)


_ODS = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"><office:body>'
    "<office:spreadsheet>"
    '<table:table table:name="A">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
_SHEET = "xl/worksheets/sheet1.xml"
_XMLNS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _sheet(cells: bytes, head: bytes = b"") -> bytes:
    return (
        b'<?xml version="1.0"?>'
        + head
        + b"<worksheet "
        + _XMLNS
        + b"><sheetData>"
        + cells
        + b"</sheetData></worksheet>"
    )


def corpus() -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every hostile submission."""
    cell = '<table><tr><td rowspan="²" colspan="٣">Xã Mỹ Bình</td><td>3014</td></tr></table>'
    yield "raised-span.html", f"<html><body>{cell}</body></html>".encode()
    book = as_xlsx([Page([HEAD, ["Xã Mỹ Bình", 3014, 224]])])
    text = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"A" * 80_000_000 + b"</t></is></c></row>"
    yield "text-bomb.xlsx", replaced(book, _SHEET, _sheet(text))
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (i, i) for i in range(1, 900_000))
    yield "rows-bomb.xlsx", replaced(book, _SHEET, _sheet(rows))
    corners = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield "extent-bomb.xlsx", replaced(book, _SHEET, _sheet(corners))
    for case, place in (
        ("column-of-ninety-letters", b"L" * 90 + b"7"),
        ("row-of-thirty-digits", b"B" + b"9" * 30),
    ):
        far_off = corners.replace(b"XFD1048576", place)
        yield f"{case}.xlsx", replaced(book, _SHEET, _sheet(far_off))
    hidden = corners.replace(b'r="XFD1048576"', b'r="&#88;FD1048576"')
    yield "extent-behind-entity.xlsx", replaced(book, _SHEET, _sheet(hidden))
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    yield (
        "entity-bomb.xlsx",
        replaced(book, _SHEET, _sheet(b'<row r="1"><c r="A1" t="str"><v>&c;</v></c></row>', entities)),
    )
    external = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    yield (
        "xxe.xlsx",
        replaced(book, _SHEET, _sheet(b'<row r="1"><c r="A1" t="str"><v>&e;</v></c></row>', external)),
    )
    yield "utf16-xxe.xlsx", replaced(book, _SHEET, (external.decode() + "<x>&e;</x>").encode("utf-16"))
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    yield "deep.xlsx", replaced(book, _SHEET, deep)
    yield "deep.docx", as_zip([("word/document.xml", deep), ("[Content_Types].xml", b"<x/>")])
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    )
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    yield "repeats.ods", replaced(as_ods([Page([["x", 1]])]), "content.xml", _ODS.format(row).encode())
    yield "lying-small.xlsx", lying(replaced(book, _SHEET, _sheet(text)), 10)
    yield "lying-large.xlsx", lying(book, 0xFFFFFF00)
    yield (
        "merged.xlsx",
        replaced(
            book,
            _SHEET,
            _sheet(b"").replace(
                b"</worksheet>",
                b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 9 + b"</mergeCells></worksheet>",
            ),
        ),
    )
    nested = book
    for i in range(12):
        nested = as_zip([(f"{i}.zip", nested)])
    yield "nested.zip", nested
    yield "many.zip", as_zip([(f"{i}.csv", b"a;b\n1;2\n") for i in range(5_000)])
    yield "zeros.zip", as_zip([("z.csv", b"0" * 100_000_000)])
    yield (
        "climbing.zip",
        as_zip(
            [
                ("../../etc/cron.d/x.xlsx", book),
                ("C:\\Windows\\y.xlsx", book),
                ("/abs.xlsx", book),
                ("a\x00b\u202e.xlsx", book),
            ]
        ),
    )
    yield "overlap.zip", _overlapping()
    yield "zero.bin", b""
    yield "spaces.csv", b" " * 1_000_000
    noise = Random(7).randbytes(50_000_000)
    yield "noise.xlsx", noise
    yield "noise-in-zip.xlsx", b"PK\x03\x04" + noise[:1_000_000]
    yield "noise-in-ole.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise[:1_000_000]
    yield "noise-in-pdf.pdf", b"%PDF-1.7\n" + noise[:300_000]
    yield "noise-in-7z.7z", b"7z\xbc\xaf\x27\x1c" + noise[:300_000]
    yield "noise-in-tnef.dat", b"\x78\x9f\x3e\x22" + noise[:300_000]
    yield "long-line.csv", b"STT;" * 2_000_000
    yield "quotes.csv", b'"' * 3_000_000
    yield "header-lines.csv", ("Dân số;" * 20_000 + "\n").encode() * 20
    yield "groups.csv", ("CBCCVC, NLĐ;Tổng số;Đã cài đặt;" * 300 + "\n").encode() * 300
    yield "near-headings.csv", ";".join(f"Số ngườx{i} đã cài đặy ứng dụnz" for i in range(5_000)).encode()
    yield "digits.csv", b"Don vi;Dan so\nXa My Binh;" + b"9" * 500_000 + b"\n"
    yield "dates.csv", b"Ngay " + b"1/1/" * 100_000 + b"\nDon vi;Dan so\nXa My Binh;5\n"
    encoded = "=?utf-8?b?" + base64.b64encode(b"x" * 40).decode() + "?= "
    yield "subject.eml", b"From: a@b.c\r\nTo: d@e.f\r\nSubject: " + (encoded * 40_000).encode() + b"\r\n\r\nx"
    parts = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(5_000)
    )
    yield "nested.eml", b"From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\n" + parts + b"\r\nx"
    flat = b"".join(
        b"--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\na;b\r\n"
        for _ in range(20_000)
    )
    yield (
        "flat.eml",
        b'From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + flat
        + b"--b--",
    )
    yield "tables.html", b"<html>" + b"<table><tr><td>" * 100_000
    yield "spans.html", b"<table><tr>" + b'<td rowspan="9999" colspan="9999">x</td>' * 5_000 + b"</table>"
    yield "tags.html", b"<html>" + b"<!" * 500_000
    yield "attributes.html", b"<html><table " + b'a="' * 200_000
    yield (
        "injection.eml",
        as_message(
            '=cmd|"/c calc"!A1 <b>',
            html="<table><tr><td>Đơn vị<td>Dân số<tr><td>=HYPERLINK(1)<script>x</script><td>5</table>",
        ).as_bytes(),
    )
    yield "bomb.gz", b"\x1f\x8b" + zlib.compress(b"0" * 1_000_000)


def _overlapping() -> bytes:
    """Return a zip with one kernel of ten megabytes that a thousand entries share."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 10_000_000)
    raw = out.getvalue()
    at, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    entry = raw[at:end]
    tail = bytearray(raw[end:])
    tail[8:12] = struct.pack("<HH", 1000, 1000)
    tail[12:16] = struct.pack("<I", len(entry) * 1000)
    return raw[:at] + entry * 1000 + bytes(tail)


def mutated(content: bytes, random: Random) -> bytes:
    """Return bytes with some of them changed, cut, doubled or exchanged."""
    raw = bytearray(content)
    for _ in range(random.randint(1, 12)):
        at = random.randrange(len(raw))
        kind = random.randrange(5)
        if kind == 0:
            raw[at] = random.randrange(256)
        elif kind == 1:
            del raw[at : at + random.randint(1, 64)]
        elif kind == 2:
            raw[at:at] = raw[at : at + random.randint(1, 64)]
        elif kind == 3:
            raw[at : at + 4] = random.choice((b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff"))
        else:
            raw[at : at + 8] = random.randbytes(8)
        if not raw:
            break
    return bytes(raw)
