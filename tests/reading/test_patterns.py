"""Patterns of headings: a text fits in whatever way its words can be told apart, and only as a whole."""

from __future__ import annotations

import pytest

from tonghop.reading.patterns import Patterns
from tonghop.reading.text import key, unaccented

FITTING = (
    ("[tổng] số {người|dân}", ("số dân", "tổng số người")),
    ("{số|số người} [người] cài", ("số cài", "số người cài", "số người người cài")),
    ("[tỷ lệ] [tỷ] lệ cài", ("lệ cài", "tỷ lệ cài", "tỷ lệ lệ cài", "tỷ lệ tỷ lệ cài")),
)
OTHER = (
    ("[tổng] số {người|dân}", ("tổng số", "số", "dân", "tổng tổng số dân", "số dân tộc", "số dâ", "")),
    ("{số|số người} [người] cài", ("cài", "số người người người cài", "số người")),
    ("[tỷ lệ] [tỷ] lệ cài", ("tỷ cài", "tỷ tỷ lệ cài")),
)


def fits(pattern: str, text: str, plain: bool) -> bool:
    spelling = unaccented(key(text)) if plain else key(text)
    return Patterns([pattern]).matching(spelling, plain) == [0]


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(("pattern", "texts"), FITTING)
def test_a_text_fits_in_every_way_its_words_can_be_told_apart(
    pattern: str, texts: tuple[str, ...], plain: bool
) -> None:
    assert [text for text in texts if not fits(pattern, text, plain)] == []


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(("pattern", "texts"), OTHER)
def test_a_text_that_ends_before_or_behind_a_pattern_does_not_fit(
    pattern: str, texts: tuple[str, ...], plain: bool
) -> None:
    assert [text for text in texts if fits(pattern, text, plain)] == []


def test_with_marks_only_what_has_them_fits() -> None:
    assert fits("[tổng] số dân", "tổng số dân", plain=False)
    assert not fits("[tổng] số dân", "tong so dan", plain=False)
    assert fits("[tổng] số dân", "tong so dan", plain=True)
