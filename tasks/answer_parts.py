"""What one answer is made of: its words, and the workbook with its marks where one helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import PurePosixPath

from tonghop.domain.answers import Handled
from tonghop.domain.reading import AnnotationJob
from tonghop.domain.units import UnitCode
from tonghop.mail.answer_page import AnswerText
from tonghop.mail.answers import Setting, answer_words, file_answer, holds_personal_data, lead_of, marks_of
from tonghop.mail.compose import Attachment
from tonghop.mail.parts import media_type_of
from tonghop.reading.annotator import Annotator
from tonghop.wiring import Occasion
from tonghop.words import say

_LARGEST = 8 * 1024 * 1024  # many mail servers end at 10 MB a message, and base64 adds a third


@dataclass(frozen=True, slots=True)
class Made:
    """An answer: its words, and file ending and bytes of the marked workbook if there is one."""

    words: AnswerText
    workbook: tuple[str, bytes] | None
    workbook_name: str

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Return the workbook as it is attached to a mail."""
        if self.workbook is None:
            return ()
        return ((self.workbook_name, media_type_of(self.workbook_name), self.workbook[1]),)


def setting_of(occasion: Occasion, folder: str | None = None) -> Setting:
    """Return what stands around the answers of a run; ``folder``: the answers folder's name, None for mail."""
    campaign, file = occasion.campaign, occasion.campaign.file
    units = {unit.code: unit for unit in occasion.tree.units}

    closes = cache(campaign.cutoff)  # of a day and a kind of unit, asked for each unit

    def cutoff(unit: UnitCode, day: date) -> datetime | None:
        known = units.get(unit)
        return closes(day, known.kind) if known is not None and known.reports else None

    return Setting(
        names={unit.code: unit.name for unit in units.values()},
        title=file.title,
        sender=file.report.sender.name,
        address=file.report.sender.address,
        zone=occasion.campaign.zone,
        folder=folder,
        indicators=file.indicators,
        cutoff=cutoff,
    )


def made_of(
    handled: Handled, raw: Callable[[], bytes], setting: Setting, marker: Callable[[], Annotator]
) -> Made:
    """Return the answer to a submission whose bytes ``raw`` reads; ``marker`` gives what marks workbooks."""
    document = _document(handled)
    workbook = None
    if document is not None:
        job = AnnotationJob(
            str(handled.id), handled.name, raw(), document, marks_of(handled), lead_of(handled, setting)
        )
        made = marker().annotate(job)
        workbook = made if made is not None and len(made[1]) <= _LARGEST else None
    name = _name(document or "", handled, workbook[0]) if workbook else ""
    return Made(answer_words(handled, setting, name or None), workbook, name)


def _document(handled: Handled) -> str | None:
    """Return the file whose cells are to be marked; None where there is nothing to mend or to show."""
    if not handled.kind.asks or holds_personal_data(handled):
        return None
    counted = Counter(mark.document for mark in marks_of(handled) if mark.cell)
    return counted.most_common(1)[0][0] if counted else None


def _name(document: str, handled: Handled, ending: str) -> str:
    """Return the attachment's name: the submitter's own, with "cần sửa" behind; not twice."""
    stem = say("answer.file.table") if document == handled.name else PurePosixPath(document).stem
    behind = file_answer("", handled.kind, "")[:-1]
    return file_answer(stem.removesuffix(behind), handled.kind, ending)
