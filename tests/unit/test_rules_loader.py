"""The loaders of forms and rules: a slip stops before the run and is named by file and line."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import expectations
from expectations import form_names, load_form, load_rules
from expectations.forms import read_definition
from tests.unit.rules_cases import INDICATORS
from tonghop.domain.forms import Rate
from tonghop.errors import ConfigurationError
from tonghop.words import severity_of

SHIPPED = Path(expectations.__file__).parent / "bluezone_v1"
Change = Callable[[str, str, str], Path]


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """Return a function that puts a copy of the form, with one text replaced, into its own folder."""

    def change(file: str, old: str, new: str) -> Path:
        place = tmp_path / "bluezone_v1"
        shutil.copytree(SHIPPED, place, dirs_exist_ok=True)
        text = (place / file).read_text(encoding="utf-8")
        assert old in text, "the test's own slip: nothing is replaced"
        (place / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return change


def line_of(file: str, text: str) -> int:
    """Return the line on which a text first stands in a shipped file."""
    lines = (SHIPPED / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


SLIPS_IN_RULES = {
    "a misspelt expectation": (
        "expect_column_values_to_be_whole",
        "expect_column_values_to_be_hole",
        "expect",
    ),
    "a misspelt severity": ("severity: info", "severity: informative", "severity"),
    "a severity in capitals": ("severity: info", "severity: Info", "severity"),
    "a misspelt column": (
        "columns: [smartphone_users, installs]",
        "columns: [smartphones, installs]",
        "columns",
    ),
    "a column too many": ("columns: [unit_is_valid]", "columns: [unit_is_valid, unit_reports]", "columns"),
    "a column of another kind": ("columns: [unit_is_valid]", "columns: [day]", "columns"),
    "an unknown code": ("code: unit-not-valid", "code: unit-not-valit", "code"),
    "an unknown parameter": ("$largest_figure", "$largest_figur", "max_value"),
    "a misspelt setting": ("min_value:", "minimum:", "minimum"),
    "a text as a setting": ("value_set: [true]", 'value_set: ["true"]', "value_set"),
    "a parameter inside a list": ("value_set: [true]", "value_set: [$smallest_figure]", "value_set"),
    "a misspelt key": ("where: day_has_come", "wher: day_has_come", "wher"),
    "a condition that is no flag": ("where: day_has_come", "where: day", "where"),
    "a misspelt place": ("at: day", "at: days", "at"),
    "a misspelt found": ("found: stated_day", "found: stated_days", "found"),
    "an unknown repetition": ("each: cumulative", "each: cumulatives", "each"),
    "an unknown need": ("needs: [installs, smartphone_users]", "needs: [installs, telephones]", "needs"),
    "a need left unsaid": ("needs: [installs, smartphone_users]", "needs: [installs]", "needs"),
    "a misspelt rule that tells it better": (
        'unless: ["off-scale:{each}", "changed-far:{each}", copied-figures]',
        'unless: ["off-scale:{each}", "changed-fra:{each}", copied-figures]',
        "unless",
    ),
    "a setting left out": (
        "settings: {closeness: $scale_closeness, smallest: $scale_smallest}",
        "settings: {closeness: $scale_closeness}",
        "settings",
    ),
    "an empty reason": ("why: Those who installed are part of the staff.", 'why: " "', "why"),
}


@pytest.mark.parametrize("slip", SLIPS_IN_RULES)
def test_a_slip_in_the_rules_is_named_by_file_and_line(changed: Change, slip: str) -> None:
    old, new, key = SLIPS_IN_RULES[slip]
    folder = changed("rules.yaml", old, new)
    place = re.escape(str(folder / "bluezone_v1" / "rules.yaml"))
    with pytest.raises(ConfigurationError, match=f"{place}:{line_of('rules.yaml', old)}: {key}: "):
        load_rules("bluezone_v1", INDICATORS, folder)


def test_a_slip_in_a_rule_that_falls_away_for_the_campaign_is_found_too(changed: Change) -> None:
    folder = changed("rules.yaml", "columns: [staff, staff_installs]", "columns: [staf, staff_installs]")
    with pytest.raises(ConfigurationError, match="no column 'staf'"):
        load_rules("bluezone_v1", ["population", "installs"], folder)


@pytest.mark.parametrize("key", ["code", "severity", "expect", "columns", "needs", "at", "why"])
def test_a_rule_without_one_of_its_keys_is_refused(changed: Change, key: str) -> None:
    whole = (SHIPPED / "rules.yaml").read_text(encoding="utf-8")
    rule = whole[whole.index("- code: unit-not-reporting") : whole.index("# When")]
    kept = [line for line in rule.splitlines() if not line[2:].startswith(f"{key}:")]
    folder = changed("rules.yaml", rule, "\n".join(["-" + kept[0][1:], *kept[1:], "\n"]))
    with pytest.raises(
        ConfigurationError, match=rf"rules.yaml:\d+: .*: {key} missing; a complete one has code"
    ):
        load_rules("bluezone_v1", INDICATORS, folder)


def test_the_same_code_twice_for_one_column_is_refused(changed: Change) -> None:
    folder = changed("rules.yaml", "code: staff-installs-above-staff", "code: installs-above-population")
    with pytest.raises(ConfigurationError, match="rule installs-above-population stands twice"):
        load_rules("bluezone_v1", INDICATORS, folder)


def test_the_same_key_twice_in_a_rule_is_refused(changed: Change) -> None:
    folder = changed("rules.yaml", "severity: info", "severity: info\n  severity: warning")
    with pytest.raises(ConfigurationError, match=r"rules.yaml:\d+: severity: stands twice"):
        load_rules("bluezone_v1", INDICATORS, folder)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("largest_figure: 100000000", "largest_figure: many", r"yaml:\d+: largest_figure: is 'many'"),
        ("smallest_figure: 0", "smallest_figure: 0\nsmalest: 1", r"yaml:\d+: smalest: no rule uses"),
        ("smallest_figure: 0\n", "", "parameter 'smallest_figure' does not exist"),
        (
            "history_days: 30",
            "history_days: a month",
            r"yaml:\d+: history_days: is 'a month'; allowed: a number",
        ),
        ("history_days: 30", "history_day: 30", r"yaml:\d+: .*history_days missing"),
        (
            "history_days: 30",
            "history_days: -1",
            r"yaml:\d+: history_days: is -1; allowed: a number from 0 up",
        ),
    ],
)
def test_a_slip_in_the_parameters_is_named(changed: Change, old: str, new: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        load_rules("bluezone_v1", INDICATORS, changed("parameters.yaml", old, new))


def test_a_changed_parameter_changes_the_rule(changed: Change) -> None:
    rules = load_rules("bluezone_v1", INDICATORS, changed("parameters.yaml", "100000000", "5000")).rules
    assert {rule.settings["max_value"] for rule in rules if rule.code == "figure-too-large"} == {5000}


@pytest.mark.parametrize("file", ["rules.yaml", "parameters.yaml", "form.yaml"])
@pytest.mark.parametrize("content", ["", "a: [", "\x80"])
def test_a_file_that_is_no_yaml_is_named(changed: Change, file: str, content: str) -> None:
    folder = changed(file, "", "")
    (folder / "bluezone_v1" / file).write_bytes(content.encode("latin-1"))
    with pytest.raises(ConfigurationError, match=re.escape(file)):
        load_rules("bluezone_v1", INDICATORS, folder)


def test_a_campaign_keeps_the_rules_of_what_it_counts_and_is_told_of_the_others() -> None:
    whole = load_rules("bluezone_v1", INDICATORS)
    narrowed = load_rules("bluezone_v1", ["population", "installs"])
    assert whole.left_out == ()
    kept, left = {rule.key for rule in narrowed.rules}, {rule.key: rule.lacking for rule in narrowed.left_out}
    assert kept | left.keys() == {rule.key for rule in whole.rules}
    assert not kept & left.keys()
    assert left["installs-above-smartphones"] == ("smartphone_users",)
    assert left["declared-rate-differs:staff_installed"] == ("staff_installed",)
    assert {"installs-above-population", "cumulative-falls:installs", "wrong-day"} <= kept


def test_a_campaign_cannot_count_what_the_form_does_not_have() -> None:
    with pytest.raises(ConfigurationError, match=r"form.yaml: no indicator deaths; it has population"):
        load_rules("bluezone_v1", ["population", "deaths"])


@pytest.mark.parametrize("load", [load_form, lambda name: load_rules(name, INDICATORS)])
@pytest.mark.parametrize("name", ["bluezone_v9", "", "..", "../expectations/bluezone_v1"])
def test_an_unknown_form_is_refused_with_the_known_ones(load: Callable[[str], object], name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"does not exist; known: .*bluezone_v1"):
        load(name)


def test_every_shipped_form_can_be_loaded_with_its_rules() -> None:
    assert "bluezone_v1" in form_names()
    for name in form_names():
        definition = read_definition(SHIPPED.parent / name)
        assert load_rules(name, [indicator.code for indicator in definition.indicators]).rules


def test_the_form_tells_who_reports_what_and_which_counts_are_cumulative() -> None:
    form = read_definition(SHIPPED)
    assert [i.code for i in form.indicators if i.is_asked_of("agency")] == ["staff", "staff_installs"]
    for kind in ("commune", "district", "city", "a kind of a campaign to come"):
        assert all(indicator.is_asked_of(kind) for indicator in form.indicators)
    assert {i.code for i in form.indicators if i.cumulative} == {"installs", "staff_installs"}
    assert form.rates[0] == Rate("installs_per_population", "installs", "population", may_exceed_one=False)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "denominator: staff,",
            "denominator: stuff,",
            "denominator: is 'stuff'; allowed: installs, population",
        ),
        ("cumulative: true", "cumulativ: true", "cumulativ: unknown key; allowed: code, cumulative"),
        ("cumulative: true", "cumulative: perhaps", "cumulative: is 'perhaps'; allowed: true, false"),
        ("code: staff\n", "code: installs\n", "the code 'installs' stands twice"),
        ("code: staff_installed", "code: staff", "the code 'staff' stands twice"),
        ("name: bluezone_v1", "name: bluezone_v2", "name: is 'bluezone_v2'; the folder is 'bluezone_v1'"),
        ("rates:", "ratios:", "ratios: unknown key; allowed: name, indicators, rates"),
    ],
)
def test_a_slip_in_the_form_is_named_by_file_and_line(changed: Change, old: str, new: str, says: str) -> None:
    folder = changed("form.yaml", old, new)
    with pytest.raises(ConfigurationError, match=rf"form\.yaml:\d+: .*{re.escape(says)}"):
        load_rules("bluezone_v1", INDICATORS, folder)


def test_the_catalogue_gives_each_finding_the_severity_of_its_rule() -> None:
    for rule in load_rules("bluezone_v1", INDICATORS).rules:
        assert severity_of(rule.code) is rule.severity, rule.key


def test_loading_rules_imports_neither_pandas_nor_great_expectations() -> None:
    look = (
        "import sys, expectations; expectations.load_rules('bluezone_v1', ['installs', 'population']);"
        "print([name for name in ('pandas', 'numpy', 'great_expectations') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_indicator_and_rate_of_a_shipped_form_has_a_heading() -> None:
    pytest.importorskip("tonghop.reading", reason="the reader of headings.csv is not installed")
    for name in form_names():
        form = load_form(name)
        codes = {indicator.code for indicator in form.indicators} | {rate.code for rate in form.rates}
        assert codes <= {heading.means for heading in form.headings}


def test_a_file_that_changed_by_one_sign_is_read_anew_and_not_remembered(changed: Change) -> None:
    where = changed("parameters.yaml", "smallest_figure: 0", "smallest_figure: 0")
    before = load_rules("bluezone_v1", INDICATORS, where)
    after = load_rules(
        "bluezone_v1", INDICATORS, changed("parameters.yaml", "smallest_figure: 0", "smallest_figure: 1")
    )
    key = "negative-figure:installs"
    least = [next(r for r in rules.rules if r.key == key).settings["min_value"] for rules in (before, after)]
    assert least == [0, 1]
