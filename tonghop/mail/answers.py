"""The answer to a submitter in words: the receipt, the questions, the reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from tonghop.domain.answers import AnsweredEntry, AnsweredFigure, AnswerKind, Handled, is_told
from tonghop.domain.findings import Finding, Severity
from tonghop.domain.periods import is_late
from tonghop.domain.reading import Mark
from tonghop.domain.units import UnitCode
from tonghop.mail.answer_page import AnswerText, Frame, Part
from tonghop.mail.replies import one_line
from tonghop.reading.place_names import document_name, is_document
from tonghop.words import message_of, number, say, short_day
from tonghop.words.forms import clock

MOST_ENTRIES, MOST_POINTS = 12, 60


@dataclass(frozen=True)
class Setting:
    """What stands around an answer: names of units, the campaign's words, who answers from where.

    ``indicators`` are in the form's order. ``folder``: the answers folder's name if the submission lay in a
    folder, None if it came by mail. ``cutoff``: when the figures of a unit close for a day, None where it owes none.
    Without slots, as what follows from it is made once for all answers of a run.
    """

    names: Mapping[UnitCode, str]
    title: str
    sender: str
    address: str
    zone: ZoneInfo
    folder: str | None = None
    indicators: tuple[str, ...] = ()
    cutoff: Callable[[UnitCode, date], datetime | None] = lambda _unit, _day: None

    @cached_property
    def frame(self) -> Frame:
        """Return what stands above and below in every answer; to a file in a folder nobody can reply."""
        contact = say("answer.contact", sender=self.sender, address=self.address)
        proof, automatic = (say(f"answer.{what}{self.place}") for what in ("proof", "automatic"))
        below = (proof, contact, say("answer.closing"), self.sender, automatic)
        return Frame(say("answer.reply_above") if self.folder is None else "", below)

    @property
    def place(self) -> str:
        """Return the ending of the wording's keys for answers that lie in a folder; empty text for mails."""
        return "" if self.folder is None else ".folder"

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Return the place of each indicator in the form."""
        return {indicator: place for place, indicator in enumerate(self.indicators)}


def answer_words(handled: Handled, setting: Setting, attached: Sequence[str], form: str = "") -> AnswerText:
    """Return the answer to one submission; ``attached`` are the names of the marked workbooks that go with it.

    ``form``: the name of the workbook to fill in that goes with it instead.
    """
    kind = handled.kind
    parts: list[str | Part] = [
        _greeting(handled, setting),
        _opening(handled, setting),
        Part("", tuple((line, "") for line in _facts(handled, setting))),
        *_other_days(handled),
        *_points(handled),
        *([_how(handled, setting, attached, form)] if kind.asks else []),
        *_entries(handled, setting),
    ]
    day = ", ".join(short_day(day) for day in handled.days[:2])
    said = kind if _counts(handled) else "superseded"
    subject = say(f"answer.subject.{said}", number=handled.id, title=setting.title, day=day)
    return AnswerText(subject, setting.frame, parts)


def marks_of(handled: Handled) -> tuple[Mark, ...]:
    """Return the places to colour in the submitter's workbook, what must be mended first."""
    told = [f for f in handled.all_findings if f.severity is not Severity.INFO and is_told(f)]
    return tuple(
        Mark(f.document, f.sheet, f.cell, one_line(message_of(f)), f.holds)
        for f in sorted(told, key=lambda f: not f.holds)[: MOST_POINTS * 5]
    )


def lead_of(handled: Handled, setting: Setting) -> tuple[str, ...]:
    """Return the first lines of the sheet "Cần sửa"."""
    received = say("answer.sheet.lead", number=handled.id, at=_moment(handled.received_at, setting))
    how = say("answer.how.reply" if setting.folder is None else "answer.how.folder", folder=setting.folder)
    return received, say("answer.sheet.how"), how


def holds_personal_data(handled: Handled) -> bool:
    """Return whether personal data were seen: such a file goes into no mail, not even back to its sender."""
    return any(finding.code == "personal-data" for finding in handled.all_findings)


def _greeting(handled: Handled, setting: Setting) -> str:
    units = {entry.unit for entry in handled.entries if entry.unit}
    code = handled.branch or (next(iter(units)) if len(units) == 1 else None)
    name = setting.names.get(code or "")
    return say("answer.greeting", unit=one_line(name)) if name else say("answer.greeting.nobody")


def _opening(handled: Handled, setting: Setting) -> str:
    first = handled.original
    if first is None and handled.kind is AnswerKind.AGAIN:
        again = handled.entries[0].again
        first = (again.submission, again.received_at) if again else None
    number_, at = (first[0], _moment(first[1], setting)) if first else (0, "")
    key = f"answer.opening.{handled.kind if _counts(handled) else 'superseded'}"
    if handled.kind is AnswerKind.UNREADABLE:
        key += setting.place
    return say(key, sender=setting.sender, first=number_, first_at=at)


def _counts(handled: Handled) -> bool:
    """Return whether a submission may be told as its kind: what others have replaced since is neither."""
    stands = any(entry.standing == "counted" for entry in handled.entries)
    return handled.kind.asks or handled.kind is AnswerKind.AGAIN or stands


def _facts(handled: Handled, setting: Setting) -> Iterator[str]:
    yield say("answer.number", number=handled.id)
    way = "mail" if setting.folder is None else "folder"
    yield say(f"answer.received.{way}", at=_moment(handled.received_at, setting))
    yield from dict.fromkeys(_timeliness(handled, setting))
    files = _files(handled)
    if setting.folder is not None:
        files = [one_line(document_name(handled.name)), *files]
    if files:
        yield say("answer.files", files="; ".join(files[:6]))


def _timeliness(handled: Handled, setting: Setting) -> Iterator[str]:
    """Yield whether the submission came before its units' cut-offs.

    The first acceptable receipt decides: a correction of figures that came in time stays in time, and of one in
    doubt is told what will hold if it is accepted.
    """
    if handled.kind is AnswerKind.AGAIN:
        return
    for entry in handled.entries:
        closes = setting.cutoff(entry.unit, entry.day) if entry.unit else None
        if closes is None or entry.standing == "rejected":
            continue
        first = entry.replaces.received_at if entry.replaces else handled.received_at
        key = "late" if is_late(first, closes) else "on_time"
        if entry.standing == "superseded" and key == "late":
            continue  # an earlier report of the unit may have come in time
        if entry.replaces is not None:
            # What counted before may itself have replaced one that came in time.
            key = "" if key == "late" else "on_time_before"
        elif entry.standing == "held":
            key = f"held_{key}"
        if key:
            at = say("answer.cutoff", clock=clock(closes.astimezone(setting.zone)), day=short_day(entry.day))
            yield say(f"answer.{key}", cutoff=at)


def _files(handled: Handled) -> list[str]:
    """Return the files inside the submission that figures or findings stand in."""
    named = [entry.document for entry in handled.entries] + [f.document for f in handled.all_findings]
    return [one_line(name) for name in dict.fromkeys(named) if name and not is_document(handled.name, name)]


def _other_days(handled: Handled) -> Iterator[str]:
    """Yield what is to be said of days other than the expected one, each once."""
    said: dict[str, None] = {}
    for entry in handled.entries:
        if entry.stated_day is None:
            continue
        if entry.stated_day != entry.day:
            key = "answer.old_day" if entry.is_old_day else "answer.other_day"
            said[say(key, day=short_day(entry.stated_day), expected=short_day(entry.day))] = None
        elif entry.day != handled.received_day:
            said[say("answer.filed_day", day=short_day(entry.day))] = None
    yield from said


def _points(handled: Handled) -> Iterator[Part]:
    critical = [f for f in handled.all_findings if f.holds]
    others = [f for f in handled.all_findings if f.severity is Severity.WARNING and is_told(f)]
    heading = "answer.reason" if handled.kind is AnswerKind.UNREADABLE else "answer.mend"
    for key, findings, tone in ((heading, critical, "mend"), ("answer.remarks", others, "held")):
        lines = list(dict.fromkeys((one_line(message_of(f)), _place(f, handled)) for f in findings))
        left = len(lines) - MOST_POINTS
        more = [(say("answer.more_points", count=left), "")] if left > 0 else []
        if lines:
            yield Part(say(key), (*lines[:MOST_POINTS], *more), tone)


def _place(finding: Finding, handled: Handled) -> str:
    """Return where a finding stands: file, sheet and cell, as far as they are known and say something."""
    places = []
    if finding.document and not is_document(handled.name, finding.document) and len(_files(handled)) > 1:
        places.append(say("answer.place.file", file=one_line(finding.document)))
    if finding.cell:
        places.append(_cell(finding.sheet or "", finding.cell))
    return ", ".join(places)


def _cell(sheet: str, cell: str) -> str:
    key = "answer.place" if sheet else "answer.place.cell"
    return say(key, sheet=one_line(sheet), cell=cell)


def _how(handled: Handled, setting: Setting, attached: Sequence[str], form: str) -> Part:
    if attached:
        key = "answer.how.attached" if len(attached) == 1 else "answer.how.attached.several"
        first = [say(key, file="; ".join(attached))]
    else:
        way = "list" if handled.entries else "form.attached" if form else "form"
        first = [say(f"answer.how.{way}", file=form)]
        first += [say("answer.how.personal")] if holds_personal_data(handled) else []
    way = (
        say("answer.how.reply") if setting.folder is None else say("answer.how.folder", folder=setting.folder)
    )
    # Only what was acceptable came in time: what is mended after that keeps its time, what is mended first has none.
    came_before = all(entry.replaces for entry in handled.entries if entry.standing != "counted")
    when = "answer.first_counts" if handled.entries and came_before else "answer.resend_counts"
    lines = (*first, way, say(when))
    return Part(say("answer.how"), tuple((line, "") for line in lines))


def _entries(handled: Handled, setting: Setting) -> Iterator[str | Part]:
    """Yield what was read of each unit, those in doubt first; of many only the number."""
    ordered = sorted(handled.entries, key=lambda entry: entry.standing == "counted")
    ranks = setting.ranks
    for entry in ordered[:MOST_ENTRIES]:
        unit = setting.names.get(entry.unit or "") or say("answer.unknown_unit", label=one_line(entry.label))
        heading = say("answer.entry", unit=one_line(unit), day=short_day(entry.day))
        state = _state(entry)
        figures = sorted(entry.figures, key=lambda figure: ranks.get(figure.indicator, len(ranks)))
        doubtful = {finding.cell for finding in entry.findings if finding.holds}
        lines = tuple(_figure(figure, entry, in_doubt=figure.cell in doubtful) for figure in figures)
        yield Part(f"{heading}: {state}", lines, entry.standing)
    rest = ordered[MOST_ENTRIES:]
    if rest:
        counted, held = (sum(e.standing == s for e in rest) for s in ("counted", "held"))
        yield say("answer.more_units", count=len(rest), counted=counted, held=held)


def _state(entry: AnsweredEntry) -> str:
    """Return whether an entry counts; of one in doubt also which earlier one counts until it is settled."""
    if entry.standing == "held" and entry.replaces is not None:
        return say("answer.state.held_before", number=entry.replaces.submission)
    return say(f"answer.state.{entry.standing}")


def _figure(figure: AnsweredFigure, entry: AnsweredEntry, *, in_doubt: bool) -> tuple[str, str]:
    value = _people(figure.value, "answer.doubtful" if in_doubt else "answer.missing")
    name = say(f"indicator.{figure.indicator}")
    place = _cell(figure.sheet, figure.cell)
    if entry.replaces is not None and figure in entry.changed and entry.standing == "counted":
        old = _people(entry.replaces.values.get(figure.indicator), "answer.missing")
        return say("answer.figure.changed", name=name, old=old, value=value), place
    return say("answer.figure", name=name, value=value), place


def _people(value: int | None, instead: str) -> str:
    return say(instead) if value is None else number(value)


def _moment(at: datetime, setting: Setting) -> str:
    local = at.astimezone(setting.zone)
    return say("answer.at", clock=clock(local), second=f"{local.second:02d}", day=short_day(local.date()))


def file_answer(name: str, kind: AnswerKind, ending: str) -> str:
    """Return the name of the file that lies in an answers folder beside the file ``name``."""
    if not kind.asks:
        return say("answer.file.receipt", name=name)
    return say("answer.file.mend", name=name, ending=ending)
