"""Submissions made at random from a known truth: no figure is read wrongly, and hardly one needs help."""

from __future__ import annotations

import os

from tests.reading.generator import make
from tests.reading.measure import judge
from tests.reading.places import duc_hue, form, hai_phong, incoming
from tonghop.reading.reader import Reader

# docs/ reports the numbers for 5.000; here a moderate count stands for them.
COUNT = int(os.environ.get("TONGHOP_TEST_SUBMISSIONS", "400"))
FIRST = int(os.environ.get("TONGHOP_TEST_SEED", "0"))


def test_no_figure_is_read_wrongly_and_hardly_a_submission_needs_help() -> None:
    wrong: list[str] = []
    helped: list[str] = []
    for tree, share in ((duc_hue(), range(1, 4)), (hai_phong(), range(1))):
        seeds = [seed for seed in range(FIRST, FIRST + COUNT) if seed % 4 in share]
        made = [make(seed, tree) for seed in seeds]
        with Reader(form(), workers=2) as reader:
            batch = [
                incoming(m.name, m.content, key=str(s), branch=m.branch)
                for s, m in zip(seeds, made, strict=True)
            ]
            readings = reader.read(batch, tree)
        for seed, submission, reading in zip(seeds, made, readings, strict=True):
            verdict = judge(reading, submission.truth)
            wrong += [f"{seed} {submission.how}: {one}" for one in verdict.wrong]
            helped += [f"{seed} {submission.how}"] if verdict.is_helped else []
    assert wrong == []
    assert len(helped) <= 0.03 * COUNT, helped
