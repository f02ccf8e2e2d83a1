from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tonghop.campaigns import load_campaign
from tonghop.domain.entries import EntryState, Judged, Origin, entries_of, filed_under, within_its_duty
from tonghop.domain.findings import Finding, Severity
from tonghop.domain.forms import Form, Indicator, Rate
from tonghop.domain.reading import Figure, Incoming, Outcome, Reading, Role, Row

PLACES_ONLY = Form(
    "f",
    (
        Indicator("population", except_kinds=frozenset({"agency"})),
        Indicator("installs", except_kinds=frozenset({"agency"})),
    ),
    (Rate("installs_per_population", "installs", "population"),),
    (),
)
SHIPPED = Path(__file__).parents[2] / "campaigns"

D17, D18, D19 = (date(2020, 8, day) for day in (17, 18, 19))
RECEIVED = datetime(2020, 8, 18, 9, 0, tzinfo=UTC)


def _incoming(branch: str | None = None, sender: str | None = None) -> Incoming:
    return Incoming("1", "bc.xlsx", b"", RECEIVED, D18, branch, sender)


def _row(unit: str | None, cell: str = "B5", role: Role = Role.UNIT) -> Row:
    figure = Figure("installs", 443, "443", "BC", "E5")
    return Row(role, unit, "Xã", "bc.xlsx", "BC", cell, (figure,), stated_day=D18)


def _entries(*rows: Row, branch: str | None = None, sender: str | None = None):
    return entries_of(Reading("1", Outcome.READ, rows), _incoming(branch, sender), D18)[0]


@pytest.mark.parametrize(
    ("stated", "expected", "received", "today", "filed"),
    [
        (None, D18, D18, D18, D18),  # no day in the table: the expected one
        (D18, D18, D18, D18, D18),
        (D17, D18, D18, D18, D18),  # an earlier day: filed under the expected one, where a rule holds it
        (D17, D18, D17, D18, D17),  # received on the day it names: good for that day
        (D18, D17, D19, D19, D18),  # a run for the 17th meets the 18th's file
        (D19, D18, D18, D18, D18),  # a day to come: held under the expected one
    ],
)
def test_which_day_a_table_is_filed_under(stated, expected, received, today, filed) -> None:
    assert filed_under(stated, expected, received, today) == filed


def test_a_file_with_one_unit_is_that_units_own() -> None:
    assert [entry.origin for entry in _entries(_row("27916"))] == [Origin.OWN]


def test_a_file_with_many_units_is_a_consolidated_one() -> None:
    origins = [entry.origin for entry in _entries(_row("27916"), _row("27919", "B6"))]
    assert origins == [Origin.CONSOLIDATED, Origin.CONSOLIDATED]


def test_a_message_from_a_parent_about_one_unit_is_consolidated() -> None:
    assert _entries(_row("27916"), branch="801", sender="a@b.vn")[0].origin is Origin.CONSOLIDATED
    assert _entries(_row("27916"), branch="27916", sender="a@b.vn")[0].origin is Origin.OWN


def test_a_critical_finding_holds_the_entry_it_stands_on_and_no_other() -> None:
    entries = _entries(_row("27916"), _row("27919", "B6"))
    finding = Finding("x", Severity.CRITICAL, "bc.xlsx", unit="27919", sheet="BC", cell="E6")
    judged = Judged(Reading("1", Outcome.READ), entries, (finding,))
    assert [judged.state_of(entry) for entry in entries] == [EntryState.ACCEPTED, EntryState.HELD]


def test_a_warning_holds_nothing() -> None:
    entries = _entries(_row("27916"))
    finding = Finding("x", Severity.WARNING, "bc.xlsx", unit="27916")
    judged = Judged(Reading("1", Outcome.READ), entries, (finding,))
    assert judged.state_of(entries[0]) is EntryState.ACCEPTED


def test_a_unit_nobody_knows_is_held_by_the_finding_at_its_label() -> None:
    entries = _entries(_row(None, "B5"), _row("27916", "B6"))
    finding = Finding("unknown-unit", Severity.CRITICAL, "bc.xlsx", sheet="BC", cell="B5")
    judged = Judged(Reading("1", Outcome.READ), entries, (finding,))
    assert [judged.state_of(entry) for entry in entries] == [EntryState.HELD, EntryState.ACCEPTED]


def test_a_finding_on_the_whole_file_holds_all_its_entries() -> None:
    entries = _entries(_row("27916"), _row("27919", "B6"))
    finding = Finding("day-contradiction", Severity.CRITICAL, "bc.xlsx")
    judged = Judged(Reading("1", Outcome.READ), entries, (finding,))
    assert {judged.state_of(entry) for entry in entries} == {EntryState.HELD}


def test_a_total_is_no_entry() -> None:
    reading = Reading("1", Outcome.READ, (_row("27916"), _row(None, "A6", Role.TOTAL)))
    entries, totals = entries_of(reading, _incoming(), D18)
    assert len(entries) == len(totals) == 1


def test_a_figure_that_a_unit_does_not_owe_is_told_and_not_added() -> None:
    tree = load_campaign(SHIPPED, "duc-hue").tree(D18)
    (kept,), (finding,) = within_its_duty(_entries(_row("801-YTE")), PLACES_ONLY, tree, None)
    assert kept.figures == {}
    assert (finding.code, finding.severity, finding.cell) == ("figure-not-owed", Severity.WARNING, "E5")
    (commune,), findings = within_its_duty(_entries(_row("27916")), PLACES_ONLY, tree, None)
    assert (set(commune.figures), findings) == ({"installs"}, ())


@pytest.mark.parametrize(
    ("branch", "codes"), [("27919", ["outside-branch"]), ("27916", []), ("801", []), (None, [])]
)
def test_another_units_figures_from_a_units_own_folder_are_for_a_person(
    branch: str | None, codes: list[str]
) -> None:
    tree = load_campaign(SHIPPED, "duc-hue").tree(D18)
    entries, findings = within_its_duty(_entries(_row("27916")), PLACES_ONLY, tree, branch)
    assert [finding.code for finding in findings] == codes
    judged = Judged(Reading("1", Outcome.READ), entries, findings)
    assert judged.state_of(entries[0]) is (EntryState.HELD if codes else EntryState.ACCEPTED)


def test_a_file_with_as_many_findings_as_lines_is_judged_in_one_look() -> None:
    many = 30_000  # each line looking through all findings would take hours
    rows = (_row(None if at % 2 else "27916", f"B{at}") for at in range(many))
    entries = _entries(*rows)
    findings = tuple(
        Finding("x", Severity.CRITICAL if at % 3 else Severity.INFO, "bc.xlsx", sheet="BC", cell=f"B{at}")
        for at in range(many)
    )
    judged = Judged(Reading("1", Outcome.READ), entries, findings)
    held = [judged.state_of(entry) is EntryState.HELD for entry in entries]
    assert held == [bool(at % 3) for at in range(many)]
    assert judged.findings_of(entries[7]) == (findings[7],)
