"""Hostile submissions: each gets a reason, none harms another, memory and time stay within their limits."""

from __future__ import annotations

import os
from random import Random

import psutil
import pytest

from tests.reading import hostile
from tests.reading.places import duc_hue, form, incoming
from tests.reading.test_reader import reading_children
from tests.reading.test_tables import BINH_THANH, HEAD, TITLE, xlsx
from tests.reading.writers import Page, as_7z, as_docx, as_html, as_message, as_ods, as_xls
from tonghop.domain.reading import Outcome
from tonghop.reading.limits import Limits
from tonghop.reading.reader import Reader

GOOD = xlsx(TITLE, HEAD, BINH_THANH)
MAY_BE_READ = {"climbing.zip", "injection.eml", "merged.xlsx", "digits.csv", "dates.csv", "groups.csv"}


@pytest.mark.timeout(600)
def test_every_hostile_file_gets_a_reason_and_its_neighbours_are_read(
    caplog: pytest.LogCaptureFixture,
) -> None:
    files = list(hostile.corpus())
    batch = [
        part
        for name, content in files
        for part in (incoming(name, content), incoming("good.xlsx", GOOD, key=f"beside {name}"))
    ]
    limits = Limits(seconds=20.0)
    with Reader(form(), limits, workers=2) as reader:
        readings = {reading.key: reading for reading in reader.read(batch, duc_hue())}
    assert len(readings) == len(batch)
    assert "the reader broke" not in caplog.text
    for name, _ in files:
        reading = readings[name]
        assert reading.outcome is not Outcome.READ or name in MAY_BE_READ, name
        assert reading.outcome is Outcome.READ or reading.reason is not None, name
        assert readings[f"beside {name}"].outcome is Outcome.READ, f"beside {name}"
    codes = {name: reading.reason.code for name, reading in readings.items() if reading.reason is not None}
    # Seen before the library counts on and asks for a terabyte.
    assert {codes[f"{case}.xlsx"] for case in ("column-of-ninety-letters", "row-of-thirty-digits")} == {
        "damaged-file"
    }
    assert readings["climbing.zip"].rows
    assert not [
        row for row in readings["climbing.zip"].rows if ".." in row.document or row.document.startswith("/")
    ]


def test_a_child_keeps_its_memory_limit() -> None:
    limits = Limits(memory=600 * 1024 * 1024)
    others = reading_children()
    with Reader(form(), limits, workers=1) as reader:
        reader.read([incoming("good.xlsx", GOOD)], duc_hue())
        (child,) = (one for one in reading_children() - others if one.ppid() != os.getpid())
        assert child.rlimit(psutil.RLIMIT_AS) == (limits.memory, limits.memory)
        assert child.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
        assert set(child.environ()) <= {
            "PATH",
            "LANG",
            "LD_LIBRARY_PATH",
            "TZ",
            "PYTHONPATH",
            "PYTHONDONTWRITEBYTECODE",
            "PYTHONUTF8",
            "OMP_NUM_THREADS",
            "LC_CTYPE",
        }


@pytest.mark.timeout(300)
def test_no_mutation_of_a_good_file_breaks_the_reader(caplog: pytest.LogCaptureFixture) -> None:
    random = Random(20200818)
    page = Page([HEAD, BINH_THANH])
    seeds = {
        "a.xlsx": GOOD,
        "a.xls": as_xls([page]),
        "a.ods": as_ods([page]),
        "a.docx": as_docx(page, ["ngày 18/8/2020"]),
        "a.7z": as_7z([("a.xlsx", GOOD)]),
        "a.html": as_html(page, []).encode(),
        "a.eml": as_message("BC", attachments=[("a.xlsx", GOOD)]).as_bytes(),
    }
    batch = [
        incoming(name, hostile.mutated(content, random), key=f"{name} {i}")
        for name, content in seeds.items()
        for i in range(25)
    ]
    with Reader(form(), Limits(seconds=20.0), workers=2) as reader:
        readings = reader.read(batch, duc_hue())
    assert len(readings) == len(batch)
    assert not [record.getMessage() for record in caplog.records if "the reader broke" in record.getMessage()]
