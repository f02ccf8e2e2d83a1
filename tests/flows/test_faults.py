"""The short form of ``benchmarks/delivery_faults.py``: a few days full of faults, a few kills, every promise kept."""

from __future__ import annotations

import logging
import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.faults.days import play
from benchmarks.faults.house import a_house
from benchmarks.faults.relays import WRONG, every_fault

DAYS, SEED = 8, 1


@pytest.fixture
def undisturbed() -> Iterator[None]:
    """What the days set in this process is as it was afterwards."""
    before, limit = dict(os.environ), resource.getrlimit(resource.RLIMIT_FSIZE)
    logging.disable(logging.CRITICAL)  # every fault would be told
    yield
    logging.disable(logging.NOTSET)
    resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    os.environ.clear()
    os.environ.update(before)


def test_on_days_full_of_faults_the_report_is_delivered_once_in_time_or_the_alarm_is_raised(
    service_folder: Path, undisturbed: None
) -> None:
    with a_house(service_folder, DAYS) as house:
        outcomes = [play(house, number, SEED) for number in range(DAYS)]
        struck = sum(sum(relay.seen.values()) for relay in house.relays)
    assert [(one.day, one.wrong) for one in outcomes if one.wrong] == []
    assert struck > DAYS, "without faults this shows nothing"
    assert any(one.accepted_in_time for one in outcomes)
    assert any(one.alarmed for one in outcomes)


def test_every_command_meets_every_reply_class_a_drop_and_a_hang() -> None:
    names = {fault.name for fault in every_fault("copy@example.vn")}
    for stage, lines in WRONG.items():
        assert {f"{stage} drop", f"{stage} stall"} <= names
        assert len({line[0] for line in lines}) == 3, "a wrong positive reply, 4xx and 5xx"
    assert {"end drop (kept)", "end stall (kept)", "tls drop", "tls 220"} <= names
    assert {"rcpt 450 (partial)", "rcpt 550 (partial)"} <= names
