"""Validate: one batch of rules over all entries of the run."""

from __future__ import annotations

from dataclasses import replace

from expectations import Subject, judge, load_rules, no_history
from tasks.carry_on import carry_on
from tasks.looking_back import history_of
from tasks.near_cutoff import queue_url
from tasks.step import log, publish_link, publish_table, step
from tonghop.domain.entries import Judged, entries_of, within_its_duty
from tonghop.domain.runs import Intake
from tonghop.wiring import Occasion
from tonghop.words import message_of, say


@step()
@carry_on
def validate(occasion: Occasion, intake: Intake) -> Intake:
    """Return the intake with the readings judged: their entries, and every finding on them."""
    if not intake.readings:
        return intake
    judged = judge_readings(occasion, intake)
    _show(occasion, judged)
    return replace(intake, judged=judged)


def judge_readings(
    occasion: Occasion, intake: Intake, *, with_history: bool = True, recorded: bool = True
) -> tuple[Judged, ...]:
    """Return each reading with its entries and findings: one validation for the whole batch.

    ``recorded``: the readings are of submissions of the ledger, and so are beside each other; else each is judged
    by itself.
    """
    file = occasion.campaign.file
    tree = occasion.tree
    pairs = tuple(zip(intake.readings, intake.incoming, strict=True))
    rules, today = load_rules(file.form, file.indicators), occasion.today
    keys = [int(reading.key) for reading, _ in pairs if recorded]
    same = occasion.store.entries.same_bytes(keys) if keys else {}
    nowhere: tuple[str, tuple[str, ...]] = ("", ())
    subjects, outside = [], []
    for reading, incoming in pairs:
        entries, totals = entries_of(reading, incoming, today)
        own, told = within_its_duty(entries, rules.form, tree, incoming.branch)
        of_others = same.get(int(reading.key), nowhere)
        subjects.append(Subject(own, totals, today, incoming.expected_day, *of_others))
        outside.append(told)
    every = [entry for subject in subjects for entry in subject.entries]
    history = history_of(occasion, every, rules.history_days) if with_history else no_history()
    found = judge(subjects, rules, history, tree, apart=not recorded)
    return tuple(
        Judged(reading, subject.entries, (*reading.findings, *told, *findings))
        for reading, subject, told, findings in zip(intake.readings, subjects, outside, found, strict=True)
    )


def _show(occasion: Occasion, judged: tuple[Judged, ...]) -> None:
    rows = [
        {"unit": f.unit or "", "severity": f.severity.value, "finding": message_of(f), "file": f.document}
        for one in judged
        for f in one.findings
    ]
    log().info("%d entries, %d findings", sum(len(one.entries) for one in judged), len(rows))
    if rows:
        desk = queue_url(occasion)
        about = f"Findings of this run. {desk}".strip()
        publish_table(f"findings-{occasion.campaign.name}-{occasion.day}", rows, about)
        if desk:
            publish_link(f"queue-{occasion.campaign.name}-{occasion.day}", desk, say("run.queue"), about)
