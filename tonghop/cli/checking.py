"""``tonghop check``: the same reading and the same rules, without recording anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tonghop.cli.progress import progress
from tonghop.domain.entries import Entry, EntryState, Judged
from tonghop.domain.findings import Finding
from tonghop.domain.reading import Incoming, Outcome
from tonghop.domain.runs import Intake
from tonghop.errors import ConfigurationError
from tonghop.settings import read_settings
from tonghop.sources.names import shown
from tonghop.wiring import Occasion, occasion_of
from tonghop.words import message_of, say

Told = Mapping[str, object]


def check_files(campaign: str, files: Sequence[Path], day: date | None, sender: str | None) -> Told:
    """Return the contract's document: each file judged by itself, as if it came now for ``day``.

    ``needs_person`` tells of a sender that no unit has registered: what comes from there waits in quarantine.
    """
    from expectations import load_form
    from tasks.validate import judge_readings
    from tonghop.reading.reader import Reader

    occasion = occasion_of(read_settings(), campaign, day, None)
    incoming = tuple(_incoming(occasion, number, path, sender) for number, path in enumerate(files))
    form = load_form(occasion.campaign.file.form).only(occasion.campaign.file.indicators)
    with progress(f"{len(files)}") as _, Reader(form) as reader:
        readings = reader.read(incoming, occasion.tree)
        intake = Intake(incoming=incoming, readings=readings)
        judged = judge_readings(occasion, intake, with_history=_has_history(occasion), recorded=False)
    told = [_file(path, one) for path, one in zip(files, judged, strict=True)]
    doubtful = [str(file["file"]) for file in told if file["status"] in ("held", "unreadable")]
    unknown = sender is not None and sender.casefold() not in occasion.tree.by_email
    needs_person = [say("page.check.unknown_sender", sender=shown(sender or ""))] if unknown else []
    return {
        "files": told,
        "needs_person": needs_person,
        "exit_code": 1 if doubtful or needs_person else 0,
    }


def _has_history(occasion: Occasion) -> bool:
    """Return whether there is a database to compare with; asking must not make one."""
    url = occasion.settings.database
    return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists()


def _incoming(occasion: Occasion, number: int, path: Path, sender: str | None) -> Incoming:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"{path}: cannot be opened ({error.strerror}); nothing was checked"
        ) from error
    unit = occasion.tree.by_email.get(sender.casefold()) if sender else None
    return Incoming(
        key=str(number),
        name=path.name,
        content=content,
        received_at=occasion.now,
        expected_day=occasion.day,
        branch=unit.code if unit else None,
        sender=sender,
    )


def _file(path: Path, judged: Judged) -> dict[str, object]:
    reason = judged.reading.reason
    findings = (*judged.findings, *((reason,) if reason and reason not in judged.findings else ()))
    return {
        "file": str(path),
        "status": _status(judged),
        "reason": message_of(reason) if reason else None,
        "entries": [_entry(entry, judged) for entry in judged.entries],
        "findings": [finding_of(finding) for finding in findings],
    }


def _status(judged: Judged) -> str:
    if judged.reading.outcome is not Outcome.READ:
        return judged.reading.outcome.value
    states = {judged.state_of(entry) for entry in judged.entries}
    held = EntryState.HELD in states or any(finding.holds for finding in judged.findings)
    return "held" if held else "entries"


def _entry(entry: Entry, judged: Judged) -> dict[str, object]:
    values = entry.values()
    return {
        "unit": entry.unit,
        "day": entry.day.isoformat(),
        "state": judged.state_of(entry).value,
        "values": {
            code: {"value": values[code], "sheet": figure.sheet, "cell": figure.cell}
            for code, figure in entry.figures.items()
        },
    }


def finding_of(finding: Finding) -> dict[str, object]:
    """Return one finding as the contract has it."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "unit": finding.unit,
        "indicator": finding.indicator,
        "document": finding.document,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "found": finding.found,
        "expected": finding.expected,
        "message": message_of(finding),
    }
