"""Answers laid beside files, many at a time: as many as may be held, for as long as a run may take."""

from __future__ import annotations

import os
import random
import sqlite3
import string
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from flows.intake import take_in
from tasks.begin import begin
from tests.flows.world import DAY, NAMES, ZONE, District
from tonghop.wiring import Occasion

BATCH = 2 * 1024 * 1024


@pytest.fixture
def occasion(district: District, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Occasion]:
    """A run in this process, as if it were that time."""
    for name, value in district.settings().items():
        monkeypatch.setenv(name, value)
    return lambda at: begin("tan-chau", None, datetime.combine(DAY, time.fromisoformat(at), ZONE))


def _states(district: District) -> Counter[str]:
    ledger = sqlite3.connect(district.home / "var" / "tonghop.sqlite")
    return Counter(state for (state,) in ledger.execute("SELECT state FROM folder_answer"))


def test_where_laying_takes_too_long_the_next_run_lays_the_rest_under_the_names_that_were_noted(
    district: District, occasion: Callable[[str], Occasion]
) -> None:
    answers = district.shared / NAMES["90101"] / "_tra_loi"
    answers.mkdir(parents=True)
    for number in range(103):
        _came(answers.parent / f"BC {number:03d}.csv", f"không có số liệu {number}".encode())
    slow = occasion("10:00")
    over = slow.clock() + timedelta(hours=1)
    first = take_in(replace(slow, clock=lambda: over if any(answers.iterdir()) else slow.clock()))
    assert (first.new, first.answered) == (103, 100)
    assert _states(district) == {"written": 100, "writing": 3}
    assert take_in(occasion("11:05")).answered == 3
    assert _states(district) == {"written": 103}
    assert len(list(answers.iterdir())) == 103


def test_answers_that_hold_large_workbooks_are_laid_before_all_are_made(
    district: District, occasion: Callable[[str], Occasion]
) -> None:
    chance = random.Random(1)
    annex = [["".join(chance.choices(string.ascii_letters, k=1_000))] for _ in range(360)]
    for number in range(12):
        path = district.send("90101", (5200, 2600, 4300 + number, 90, 61), name=f"BC {number}.xlsx")
        book = openpyxl.load_workbook(path)
        sheet = book.create_sheet("Phụ lục")
        for row in annex:
            sheet.append(row)
        book.save(path)
        _came(path, path.read_bytes())
    assert take_in(occasion("10:00")).answered == 12
    laid = [path.stat() for path in (district.shared / NAMES["90101"] / "_tra_loi").iterdir()]
    assert len(laid) == 12
    assert BATCH < sum(one.st_size for one in laid) < 2 * BATCH
    ledger = sqlite3.connect(district.home / "var" / "tonghop.sqlite")
    settled = Counter(at for (at,) in ledger.execute("SELECT made_at FROM folder_answer"))
    assert len(settled) == 2


def _came(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    came = datetime.combine(DAY, time(9), ZONE).timestamp()
    os.utime(path, (came, came))
