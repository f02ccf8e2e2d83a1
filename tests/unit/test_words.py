from __future__ import annotations

import string
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from tonghop import fast_yaml, words
from tonghop.domain.findings import Finding, Severity

CATALOGUE = Path(words.__file__).parent
TEXTS = {
    key: (path, value)
    for name in ("findings", "messages")
    for path in sorted((CATALOGUE / name).glob("*.yaml"))
    for key, value in (fast_yaml.load(path.read_text(encoding="utf-8")) or {}).items()
}


@pytest.mark.parametrize(("value", "text"), [(5658, "5.658"), (0, "0"), (None, "–"), (1234567, "1.234.567")])
def test_people_are_written_with_dots_for_thousands(value: int | None, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("fraction", "text"),
    [(840 / 1172, "71,67%"), (5658 / 66219, "8,54%"), (0.0, "0,00%"), (None, "–"), (0.00125, "0,13%")],
)
def test_a_rate_is_written_with_a_decimal_comma(fraction: float | None, text: str) -> None:
    assert words.percent(fraction) == text


@pytest.mark.parametrize(
    ("change", "text"),
    [(0.354, "+0,35 điểm %"), (-1.2, "-1,20 điểm %"), (0.001, "0,00 điểm %"), (-0.001, "0,00 điểm %")],
)
def test_a_change_of_a_rate_is_in_percentage_points_with_its_sign(change: float, text: str) -> None:
    assert words.points(change) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2020, 8, 18), "ngày 18 tháng 8 năm 2020"),
        (date(2020, 8, 5), "ngày 05 tháng 8 năm 2020"),
        (date(2021, 2, 23), "ngày 23 tháng 02 năm 2021"),
    ],
)
def test_a_long_day_has_a_leading_zero_only_where_the_decree_asks_for_it(day: date, text: str) -> None:
    assert words.long_day(day) == text


def test_texts_are_handed_over_by_the_file_as_plain_values() -> None:
    handed = words.handed_over(["answer.sheet.mark"], ["unknown-unit"])
    files = {TEXTS["answer.sheet.mark"][0], TEXTS["unknown-unit"][0]}
    assert handed["messages"] | handed["findings"] == {
        key: value for key, (path, value) in TEXTS.items() if path in files
    }
    assert "answer.sheet.mark" in handed["messages"]


def test_texts_that_were_taken_over_are_said_without_the_catalogue_being_read() -> None:
    script = (
        "import sys\n"
        "from tonghop import words\n"
        "words.take_over({'messages': {'a': {'vi': 'bốn {count}'}}, 'findings': {'b': {'severity': 'critical'}}})\n"
        "print(words.say('a', count=4), words.severity_of('b').value, 'yaml' in sys.modules)\n"
        "print(words.say('answer.sheet.name'))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["bốn 4 critical False", words.say("answer.sheet.name")]


def test_every_text_is_composed_unicode_in_vietnamese_and_english() -> None:
    for key, (path, value) in TEXTS.items():
        for language in ("vi", "en"):
            assert value.get(language), f"{path.name}: {key} has no {language}"
            assert unicodedata.is_normalized("NFC", value[language]), f"{path.name}: {key}"


def test_both_languages_of_a_text_have_the_same_places() -> None:
    for key, (path, value) in TEXTS.items():
        vietnamese, english = (_places(value[language]) for language in ("vi", "en"))
        assert vietnamese == english, f"{path.name}: {key}: {vietnamese ^ english}"


def test_a_place_stands_in_a_sentence_only_where_it_is_known() -> None:
    def said(sheet: str | None, cell: str | None) -> str:
        code = "personal-data"
        return words.message_of(Finding(code, words.severity_of(code), sheet=sheet, cell=cell))

    assert "trong tệp (BC C4). Báo cáo này" in said("BC", "C4")
    assert "trong tệp (BC). Báo cáo này" in said("BC", None)
    assert "trong tệp. Báo cáo này" in said(None, None)


def test_a_text_has_its_form_for_one_thing_where_count_is_one() -> None:
    of_one = {key for key, (_, value) in TEXTS.items() if {"vi_one", "en_one"} & value.keys()}
    assert of_one
    for key in of_one:
        path, value = TEXTS[key]
        for language in ("vi", "en"):
            one = value.get(f"{language}_one", "")
            assert unicodedata.is_normalized("NFC", one), f"{path.name}: {key}"
            assert _places(one) <= _places(value[language]), f"{path.name}: {key}"
    assert words.say("desk.trouble.missing", "en", count="1") == "1 unit has not reported."
    assert words.say("desk.trouble.missing", "en", count=2) == "2 units have not reported."
    assert words.say("report.left_out", count=1).startswith("Số liệu của đơn vị này")


def test_another_sentence_of_a_finding_has_both_languages_and_only_places_that_are_known() -> None:
    others = [
        (key, name)
        for key, (path, value) in TEXTS.items()
        for name in value
        if path.parent.name == "findings" and name[:3] in ("vi_", "en_")
    ]
    assert ("missing-figure", "vi_absent") in others
    for key, name in others:
        path, value = TEXTS[key]
        assert {f"vi{name[2:]}", f"en{name[2:]}"} <= value.keys(), f"{path.name}: {key}"
        assert unicodedata.is_normalized("NFC", value[name]), f"{path.name}: {key}"
        assert _places(value[name]) <= _places(value[name[:2]]), f"{path.name}: {key}"


def test_figures_that_changed_are_counted_by_one_word() -> None:
    counted = ("run.pending", "desk.preview.next", "desk.trouble.pending", "approval.title")
    for key in (*counted, "report.later_changes", "document.later", "edition.changed"):
        assert "{count} số liệu" in TEXTS[key][1]["vi"], key


def _places(text: str) -> set[str]:
    """Return the places of a text; ``name_en`` is the English word for what ``name`` says in Vietnamese."""
    return {name.removesuffix("_en") for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_finding_has_a_severity_and_a_title() -> None:
    for key, (path, value) in TEXTS.items():
        if path.parent.name == "findings":
            assert Severity(value["severity"]), key
            assert value.get("title"), key


def test_a_finding_whose_place_is_unknown_still_makes_a_sentence() -> None:
    code = next(key for key, (path, _) in TEXTS.items() if path.parent.name == "findings")
    assert words.message_of(Finding(code, words.severity_of(code)))
