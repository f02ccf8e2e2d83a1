"""The small chart of a unit's days: its scale is written in round counts."""

from __future__ import annotations

import pytest

from tonghop.desk.small_chart import ticks


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (299, 444, [300, 350, 400]),
        (1_334, 8_407, [2_500, 5_000, 7_500]),
        (287, 289, [287, 288, 289]),
        (0, 1, [0, 1]),
        (2_044, 2_221, [2_100, 2_200]),
        (9_999_990, 10_000_030, [10_000_000, 10_000_020]),
    ],
)
def test_the_scale_is_round_and_inside(low: int, high: int, told: list[int]) -> None:
    assert list(ticks(low, high)) == told


def test_every_scale_has_a_count_or_a_few() -> None:
    for low in range(0, 3_000, 7):
        for span in (1, 2, 3, 9, 40, 333, 2_000, 77_777):
            assert 1 <= len(ticks(low, low + span)) <= 4
