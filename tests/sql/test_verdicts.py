"""Verdicts: what an officer decides takes effect at once, is kept for ever, and holds for an identical resend."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from tests.sql.world import AT, DAY, World, entry
from tonghop.domain.findings import Finding, Severity
from tonghop.domain.totals import UnitState
from tonghop.domain.verdicts import Correction, Decision, Ruling, Verdict
from tonghop.errors import DecidedMeanwhile, RulingRefused
from tonghop.store import Standing, Store, SubmissionState

FALL = Finding("cumulative-fall", Severity.CRITICAL, "a.xlsx", "xã-1", "installs", "Sheet1", "C5", "3", "5")
JUMP = Finding("jump", Severity.CRITICAL, "a.xlsx", "xã-1", "population", "Sheet1", "D5", "10", "100")
WHOLE = Finding("sender-unknown-day", Severity.CRITICAL)


def held(world: World, *findings: Finding, at: str = "09:00", installs: int = 3, population: int = 10) -> int:
    return world.tell(
        "xã-1", at=at, installs=installs, population=population, state="held", findings=findings or (FALL,)
    )


def open_codes(world: World) -> list[str]:
    return [one.finding.code for one in world.store.entries.open_findings(world.campaign, DAY)]


def finding(world: World, code: str) -> int:
    return next(
        one.id for one in world.store.entries.open_findings(world.campaign, DAY) if one.finding.code == code
    )


def entry_id(world: World) -> int:
    return world.store.entries.trace(world.campaign, DAY, "xã-1")[0].entry


def rule(world: World, decision: Decision, **more: object) -> Verdict:
    values = {"officer": "lan", "reason": "đã gọi xã, đúng", **more}
    return world.store.verdicts.rule(Ruling(decision, **values), AT)


def installs(world: World) -> int | None:
    return world.day_totals().lines[1].figures["installs"].value


def state(world: World) -> UnitState:
    return world.day_totals().lines[1].state


def correction(value: str, field: str = "installs") -> Correction:
    return Correction(field, value, "ông Nam, điện thoại")


def test_an_accepted_finding_lets_its_entry_count_with_the_time_it_came(store: Store):
    world = World(store)
    held(world)
    assert (state(world), installs(world)) == (UnitState.HELD, None)
    verdict = rule(world, Decision.ACCEPT, finding=finding(world, FALL.code))
    assert (state(world), installs(world), open_codes(world)) == (UnitState.REPORTED, 3, [])
    assert (verdict.code, verdict.unit, verdict.officer) == (FALL.code, "xã-1", "lan")
    line = world.day_totals().lines[1]
    assert line.timeliness is not None
    assert line.received_at is not None
    assert line.received_at < AT


def test_an_entry_counts_only_when_every_critical_finding_is_settled(store: Store):
    world = World(store)
    held(world, FALL, JUMP)
    rule(world, Decision.ACCEPT, finding=finding(world, FALL.code))
    assert (state(world), open_codes(world)) == (UnitState.HELD, [JUMP.code])
    rule(world, Decision.ACCEPT, finding=finding(world, JUMP.code))
    assert state(world) is UnitState.REPORTED


def test_accepting_the_whole_entry_settles_all_its_findings(store: Store):
    world = World(store)
    held(world, FALL, JUMP)
    rule(world, Decision.ACCEPT, entry=entry_id(world))
    assert (state(world), installs(world), open_codes(world)) == (UnitState.REPORTED, 3, [])


def test_a_corrected_figure_counts_and_its_trace_names_officer_and_reason(store: Store):
    world = World(store)
    held(world)
    rule(world, Decision.CORRECT, finding=finding(world, FALL.code), correction=correction("6"))
    assert (state(world), installs(world), open_codes(world)) == (UnitState.REPORTED, 6, [])
    now, before = (t for t in store.entries.trace(world.campaign, DAY, "xã-1", "installs"))
    assert (now.standing, now.source.value, now.source.cell) == (Standing.COUNTED, 6, before.source.cell)
    assert (before.standing, before.source.value, before.source.corrected) == (Standing.SUPERSEDED, 3, None)
    by = now.source.corrected
    assert by is not None
    assert (by.officer, by.old, by.new, by.spoke_with) == ("lan", "3", "6", "ông Nam, điện thoại")
    population = store.entries.trace(world.campaign, DAY, "xã-1", "population")[0]
    assert (population.source.value, population.source.corrected) == (10, None)


def test_a_correction_leaves_other_findings_open_on_what_takes_its_place(store: Store):
    world = World(store)
    held(world, FALL, JUMP)
    rule(world, Decision.CORRECT, finding=finding(world, FALL.code), correction=correction("6"))
    assert (state(world), open_codes(world)) == (UnitState.HELD, [JUMP.code])
    rule(
        world, Decision.CORRECT, finding=finding(world, JUMP.code), correction=correction("100", "population")
    )
    line = world.day_totals().lines[1]
    assert [line.figures[code].value for code in ("installs", "population")] == [6, 100]
    one = store.entries.trace(world.campaign, DAY, "xã-1", "installs")[0]
    assert len(store.verdicts.of_entry(one.entry)) == 2
    assert one.source.corrected is not None


def test_a_correction_may_settle_further_findings_with_it(store: Store):
    world = World(store)
    held(world, FALL, JUMP)
    also = (finding(world, JUMP.code),)
    rule(world, Decision.CORRECT, finding=finding(world, FALL.code), correction=correction("6"), also=also)
    assert (state(world), open_codes(world)) == (UnitState.REPORTED, [])


def test_a_blank_figure_can_be_filled_by_telephone(store: Store):
    world = World(store)
    world.tell("xã-1", population=10, state="held", findings=(FALL,))
    rule(world, Decision.CORRECT, finding=finding(world, FALL.code), correction=correction("4"))
    assert installs(world) == 4


def test_an_unknown_place_is_given_its_unit_and_counts_there(store: Store):
    world = World(store)
    unknown = Finding("unit-unknown", Severity.CRITICAL, "a.xlsx", sheet="Sheet1", cell="B5")
    world.tell(None, installs=7, population=10, state="held", findings=(unknown,))
    number = finding(world, unknown.code)
    with pytest.raises(RulingRefused) as refused:
        rule(world, Decision.ACCEPT, finding=number)
    assert refused.value.key == "verdict.needs_unit"
    rule(world, Decision.CORRECT, finding=number, correction=correction("xã-1", "unit"))
    assert (state(world), installs(world)) == (UnitState.REPORTED, 7)


def test_an_entry_filed_under_the_wrong_day_moves_to_the_right_one(store: Store):
    world = World(store)
    world.tell("xã-1", installs=5, population=10)
    yesterday = (DAY - timedelta(days=1)).isoformat()
    rule(world, Decision.CORRECT, entry=entry_id(world), correction=correction(yesterday, "day"))
    assert state(world) is UnitState.MISSING
    assert world.day_totals(DAY - timedelta(days=1)).lines[1].figures["installs"].value == 5


def test_a_figure_that_was_not_understood_cannot_be_accepted_as_it_is(store: Store):
    world = World(store)
    submission = world.receive()
    doubtful = entry("xã-1", {"installs": None, "population": 10}, doubt="ambiguous-number")
    world.record(submission, [(doubtful, "held")], [(0, FALL)])
    for subject in ({"finding": finding(world, FALL.code)}, {"entry": entry_id(world)}):
        with pytest.raises(RulingRefused) as refused:
            rule(world, Decision.ACCEPT, **subject)
        assert refused.value.key == "verdict.needs_figure"
    assert state(world) is UnitState.HELD


def test_a_rejected_entry_does_not_count_and_its_submitter_is_to_be_asked(store: Store):
    world = World(store)
    number = held(world)
    rule(world, Decision.REJECT, finding=finding(world, FALL.code), reason="không đúng số liệu")
    assert (state(world), open_codes(world)) == (UnitState.MISSING, [])
    assert [one.submission for one in store.answers.rejected(world.campaign, AT - timedelta(days=2))] == [
        number
    ]


def test_an_accepted_entry_without_findings_can_be_rejected_and_taken_back(store: Store):
    world = World(store)
    world.tell("xã-1", installs=5, population=10)
    verdict = rule(world, Decision.REJECT, entry=entry_id(world))
    assert state(world) is UnitState.MISSING
    rule(world, Decision.WITHDRAW, withdraws=verdict.id, reason="nhầm xã")
    assert (state(world), installs(world)) == (UnitState.REPORTED, 5)
    first, second = store.verdicts.of_unit(world.campaign, "xã-1", DAY)
    assert (first.decision, first.withdrawn_by, second.withdraws) == (Decision.REJECT, second.id, first.id)
    assert store.answers.rejected(world.campaign, AT - timedelta(days=2)) == ()


@pytest.mark.parametrize("decision", [Decision.ACCEPT, Decision.REJECT, Decision.CORRECT])
@pytest.mark.parametrize("whole", [True, False])
def test_a_withdrawn_verdict_leaves_everything_as_it_was(store: Store, decision: Decision, whole: bool):
    world = World(store)
    held(world, FALL, JUMP)
    before = (state(world), installs(world), sorted(open_codes(world)))
    subject = {"entry": entry_id(world)} if whole else {"finding": finding(world, FALL.code)}
    fix = correction("6") if decision is Decision.CORRECT else None
    verdict = rule(world, decision, correction=fix, **subject)
    assert (state(world), installs(world), sorted(open_codes(world))) != before
    rule(world, Decision.WITHDRAW, withdraws=verdict.id, reason="nhầm")
    assert (state(world), installs(world), sorted(open_codes(world))) == before


def test_a_verdict_that_others_build_upon_is_not_withdrawn_beneath_them(store: Store):
    world = World(store)
    held(world, FALL, JUMP)
    first = rule(world, Decision.CORRECT, finding=finding(world, FALL.code), correction=correction("6"))
    second = rule(world, Decision.ACCEPT, finding=finding(world, JUMP.code))
    with pytest.raises(RulingRefused) as refused:
        rule(world, Decision.WITHDRAW, withdraws=first.id)
    assert refused.value.key == "verdict.built_upon"
    rule(world, Decision.WITHDRAW, withdraws=second.id)
    rule(world, Decision.WITHDRAW, withdraws=first.id)
    with pytest.raises(RulingRefused):
        rule(world, Decision.WITHDRAW, withdraws=first.id)


@pytest.mark.parametrize("decision", [Decision.ACCEPT, Decision.REJECT, Decision.CORRECT])
@pytest.mark.parametrize("whole", [True, False])
def test_a_verdict_holds_for_an_identical_resend_before_and_after(
    store: Store, decision: Decision, whole: bool
):
    world = World(store)
    held(world)
    held(world, at="09:30")  # lay there already when the officer decided
    ids = [one.id for one in store.entries.open_findings(world.campaign, DAY)]
    assert len(ids) == 2
    fix = correction("6") if decision is Decision.CORRECT else None
    first = store.entries.trace(world.campaign, DAY, "xã-1", "installs")[-1].entry
    rule(world, decision, correction=fix, **({"entry": first} if whole else {"finding": min(ids)}))
    settled = (state(world), installs(world), open_codes(world))
    expected = {
        Decision.ACCEPT: (UnitState.REPORTED, 3, []),
        Decision.REJECT: (UnitState.MISSING, None, []),
        Decision.CORRECT: (UnitState.REPORTED, 6, []),
    }
    assert settled == expected[decision]
    held(world, at="10:00")
    assert (state(world), installs(world), open_codes(world)) == settled


def test_a_correction_of_an_accepted_figure_outlives_the_same_file_sent_again(store: Store):
    world = World(store)
    world.tell("xã-1", installs=3, population=10)
    rule(world, Decision.CORRECT, entry=entry_id(world), correction=correction("6"))
    world.tell("xã-1", at="11:00", installs=3, population=10)
    assert (installs(world), open_codes(world)) == (6, [])
    world.tell("xã-1", at="12:00", installs=8, population=10)
    assert installs(world) == 8


def test_a_different_figure_asks_anew(store: Store):
    world = World(store)
    held(world)
    rule(world, Decision.ACCEPT, finding=finding(world, FALL.code))
    held(world, at="10:00", installs=2)
    assert open_codes(world) == [FALL.code]
    assert installs(world) == 3


def test_two_officers_on_the_same_finding_do_not_overwrite_each_other(url: str):
    with World.on(url) as world:
        held(world)
        number = finding(world, FALL.code)

        def decide(officer: str) -> str:
            try:
                decision = Decision.ACCEPT if officer == "lan" else Decision.REJECT
                return f"kept {rule(world, decision, finding=number, officer=officer).officer}"
            except DecidedMeanwhile as error:
                return f"lost to {error.officer}"

        with ThreadPoolExecutor(2) as pool:
            first, second = sorted(pool.map(decide, ("lan", "nam")))
        winner = first.removeprefix("kept ")
        assert second == f"lost to {winner}"
        (kept,) = world.store.verdicts.of_unit(world.campaign, "xã-1", DAY)
        assert kept.officer == winner
        with pytest.raises(DecidedMeanwhile):
            rule(world, Decision.ACCEPT, finding=number, officer="nam")
        rule(world, Decision.WITHDRAW, withdraws=kept.id, officer="nam")


def test_who_has_seen_a_verdict_may_decide_after_it(store: Store):
    world = World(store)
    held(world)
    first = rule(world, Decision.ACCEPT, finding=finding(world, FALL.code))
    with pytest.raises(DecidedMeanwhile):
        rule(world, Decision.REJECT, entry=entry_id(world))
    rule(world, Decision.REJECT, entry=entry_id(world), seen=first.id)
    assert state(world) is UnitState.MISSING


def test_a_finding_on_the_whole_file_holds_and_frees_all_its_entries(store: Store):
    world = World(store)
    entries = [(entry("xã-1", {"installs": 1}), "held"), (entry("xã-2", {"installs": 2}, ordinal=1), "held")]
    world.record(world.receive(), entries, [(None, WHOLE)])
    rule(world, Decision.ACCEPT, finding=finding(world, WHOLE.code))
    assert [line.figures["installs"].value for line in world.day_totals().lines[1:3]] == [1, 2]


def test_a_file_that_nobody_could_read_is_laid_aside_with_a_reason(store: Store):
    world = World(store)
    reason = Finding("corrupt", Severity.CRITICAL, document="a.xls")
    world.record(world.receive(), [], [], SubmissionState.UNREADABLE, reason)
    rule(world, Decision.ACCEPT, finding=finding(world, reason.code), reason="xã đã gửi lại bản khác")
    assert open_codes(world) == []


def test_a_waiver_settles_what_is_open_and_what_comes_until_its_day(store: Store):
    world = World(store)
    held(world)
    until = DAY + timedelta(days=1)
    waiver = store.verdicts.waive(world.campaign, "xã-1", FALL.code, DAY, until, "lan", "đính chính", AT)
    assert (state(world), open_codes(world)) == (UnitState.REPORTED, [])
    for days, open_then in ((1, []), (2, [FALL.code])):
        day = DAY + timedelta(days=days)
        world.tell("xã-1", day=day, installs=2, population=10, state="held", findings=(FALL,))
        found = store.entries.open_findings(world.campaign, day)
        assert [one.finding.code for one in found] == open_then
    assert store.verdicts.waivers(world.campaign, DAY) == (waiver,)


def test_a_waiver_is_of_one_unit_and_rule_and_can_be_ended(store: Store):
    world = World(store)
    waiver = store.verdicts.waive(world.campaign, "xã-1", FALL.code, DAY, DAY, "lan", "đính chính", AT)
    held(world, FALL, JUMP)
    assert (state(world), open_codes(world)) == (UnitState.HELD, [JUMP.code])
    store.verdicts.end_waiver(waiver.id, "nam", "hết việc", AT)
    held(world, FALL, at="10:00", installs=2)
    assert open_codes(world) == [JUMP.code, FALL.code] or open_codes(world) == [FALL.code, JUMP.code]
    (ended,) = store.verdicts.waivers(world.campaign, DAY)
    assert (ended.ended_by, ended.until) == ("nam", DAY)


def test_a_waiver_given_by_mistake_opens_again_what_it_settled(store: Store):
    world = World(store)
    held(world)
    waive = partial(store.verdicts.waive, world.campaign, "xã-1", FALL.code, DAY, DAY, "lan", "nhầm")
    waiver = waive(AT)
    world.tell("xã-2", installs=2, population=10, state="held", findings=(JUMP,))
    before = open_codes(world)
    assert store.verdicts.end_waiver(waiver.id, "lan", "hoàn tác", AT, reopen=True) == 1
    assert (state(world), open_codes(world)) == (UnitState.HELD, sorted([*before, FALL.code]))
    assert store.verdicts.end_waiver(waiver.id, "nam", "hoàn tác", AT, reopen=True) is None
    (ended,) = store.verdicts.waivers(world.campaign, DAY)
    assert ended.ended_by == "lan"


def test_an_ended_waiver_opens_nothing_that_another_covers_or_an_edition_was_made_of(store: Store):
    world = World(store)
    held(world)
    waive = partial(store.verdicts.waive, world.campaign, "xã-1", FALL.code, DAY, DAY, "lan", "nhầm")
    first, second = waive(AT), waive(AT)
    store.verdicts.end_waiver(first.id, "lan", "hoàn tác", AT, reopen=True)
    assert (state(world), open_codes(world)) == (UnitState.REPORTED, [])
    store.editions.freeze(world.campaign, world.day_totals(), AT + timedelta(minutes=1))
    assert store.verdicts.end_waiver(second.id, "lan", "hoàn tác", AT, reopen=True) == 0
    assert (state(world), open_codes(world)) == (UnitState.REPORTED, [])


@pytest.mark.parametrize(
    ("fix", "key"),
    [
        (None, "verdict.needs_figure"),
        (correction("3"), "verdict.same_figure"),
        (correction("-1"), "verdict.no_count"),
        (correction("5.658"), "verdict.no_count"),
        (correction("9" * 15), "verdict.no_count"),
        (correction("hôm qua", "day"), "verdict.no_day"),
        (Correction("installs", "6", " "), "verdict.needs_witness"),
    ],
)
def test_a_correction_that_cannot_stand_changes_nothing(store: Store, fix: Correction | None, key: str):
    world = World(store)
    held(world)
    with pytest.raises(RulingRefused) as refused:
        rule(world, Decision.CORRECT, finding=finding(world, FALL.code), correction=fix)
    assert refused.value.key == key
    assert (open_codes(world), store.verdicts.of_unit(world.campaign, "xã-1", DAY)) == ([FALL.code], ())


def test_a_verdict_needs_a_reason_and_something_to_stand_on(store: Store):
    world = World(store)
    held(world)
    with pytest.raises(RulingRefused) as refused:
        rule(world, Decision.ACCEPT, finding=finding(world, FALL.code), reason=" ")
    assert refused.value.key == "verdict.needs_reason"
    with pytest.raises(RulingRefused) as refused:
        rule(world, Decision.ACCEPT, finding=4711)
    assert refused.value.key == "verdict.unknown"
