"""A coverage-guided fuzz run of the reader: ``python -m tests.reading.fuzz CORPUS -max_total_time=600``.

Needs atheris. What a child would answer with "the reader broke" is a crash here; memory and time are
libFuzzer's to watch (-rss_limit_mb, -timeout). The corpus folder is filled with small good files first.
"""

from __future__ import annotations

import contextlib
import io
import sys
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tonghop.reading", "email", "zipfile", "html.parser", "csv"]):
    from tonghop.reading.assemble import read_submission
    from tonghop.reading.containers import Document, Refused, unpack
    from tonghop.reading.interpret import Interpreter
    from tonghop.reading.limits import Limits

from tests.reading.generator import make
from tests.reading.places import duc_hue, form, incoming


def _left_to_the_sandbox(name: str, content: bytes, limits: Limits) -> Document:
    raise Refused("damaged-file")


# Broken old xls make the Rust reader eat all memory and abort: that is for the child's limits, tested apart.
sys.modules[unpack.__module__].read_xls = _left_to_the_sandbox  # of this run only

_TREE = duc_hue()
_LIMITS = Limits(file_bytes=200_000, inflated_bytes=4_000_000, cells=20_000, rows=500, pages=3)
_INTERPRETER = Interpreter(form(), _TREE, _LIMITS)
_CONTAINERS = {0: "", 1: "xl/worksheets/sheet1.xml", 2: "word/document.xml"}
_BOOKS = [make(seed, _TREE) for seed in range(200)]


def read_anything(data: bytes) -> None:
    """Read fuzzed bytes: as they are, or as one part of an otherwise good workbook or document."""
    content = data[1:]
    part = _CONTAINERS.get(data[0] % 3 if data else 0, "")
    if part:
        content = _with_part(part, content)
    read_submission(_INTERPRETER, incoming("a.bin", content))


def _with_part(part: str, xml: bytes) -> bytes:
    suffix = ".xlsx" if part.startswith("xl/") else ".docx"
    book = next(made.content for made in _BOOKS if made.name.endswith(suffix))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for item in old.infolist():
            new.writestr(item.filename, xml if item.filename == part else old.read(item))
    return out.getvalue()


def fill(folder: Path) -> None:
    """Put small good files into the corpus, and the parts of workbooks that hold their cells."""
    for i, made in enumerate(_BOOKS):
        (folder / f"whole{i}").write_bytes(b"\x00" + made.content)
        for kind, part in _CONTAINERS.items():
            with contextlib.suppress(zipfile.BadZipFile, KeyError):
                if part:
                    xml = zipfile.ZipFile(io.BytesIO(made.content)).read(part)
                    (folder / f"part{i}").write_bytes(bytes((kind,)) + xml)


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
    atheris.Setup(sys.argv, read_anything)
    atheris.Fuzz()
