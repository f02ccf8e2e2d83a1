"""What one answer is made of: its words, and the workbook with its marks where one helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import PurePosixPath

from tonghop.domain.answers import AnswerKind, Handled
from tonghop.domain.reading import AnnotationJob
from tonghop.domain.units import UnitCode
from tonghop.mail.answer_page import AnswerText
from tonghop.mail.answers import Setting, answer_words, file_answer, holds_personal_data, lead_of, marks_of
from tonghop.mail.compose import Attachment
from tonghop.mail.parts import attachment_name, media_type_of
from tonghop.reading.annotator import Annotator
from tonghop.reading.place_names import is_document
from tonghop.wiring import Occasion
from tonghop.words import say

_LARGEST = 8 * 1024 * 1024  # many mail servers end at 10 MB a message, and base64 adds a third
_MOST_BOOKS = 5


@dataclass(frozen=True, slots=True)
class Book:
    """A marked workbook: the name it is attached under, its file ending, its bytes."""

    name: str
    ending: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """An answer: its words, and the marked workbooks, the one with most marks first."""

    words: AnswerText
    books: tuple[Book, ...]

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Return the workbooks as they are attached to a mail."""
        return tuple((book.name, media_type_of(book.name), book.content) for book in self.books)


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
    handled: Handled,
    raw: Callable[[], bytes],
    setting: Setting,
    marker: Callable[[], Annotator],
    form: Callable[[UnitCode], Book | None] = lambda _: None,
) -> Made:
    """Return the answer to a submission whose bytes ``raw`` reads; ``marker`` gives what marks workbooks.

    A mail brings back each file in which something is to be mended; beside a file in a folder lies one workbook.
    Of what could not be read there is nothing to mend: that mail brings the unit's ``form`` to fill in.
    """
    books: list[Book] = []
    left = _LARGEST
    for document in _documents(handled)[: 1 if setting.folder is not None else _MOST_BOOKS]:
        job = AnnotationJob(
            str(handled.id), handled.name, raw(), document, marks_of(handled), lead_of(handled, setting)
        )
        made = marker().annotate(job)
        if made is not None and len(made[1]) <= left:
            ending, content = made
            left -= len(content)
            name = _name(document, handled, ending, [book.name for book in books])
            books.append(Book(name, ending, content))
    blank = form(handled.branch) if handled.kind is AnswerKind.UNREADABLE and handled.branch else None
    words = answer_words(handled, setting, [book.name for book in books], blank.name if blank else "")
    return Made(words, (*books, *((blank,) if blank else ())))


def form_of(occasion: Occasion, unit: UnitCode, day: date) -> Book | None:
    """Return the workbook that a unit fills in, its day left open; None for one that owes nothing that day."""
    from expectations import load_form
    from tonghop.report.blank_form import blank_form  # with its libraries, for a refusal only

    file = occasion.campaign.file
    try:
        form = blank_form(occasion.campaign, load_form(file.form).only(file.indicators), unit, day)
    except (KeyError, ValueError):
        return None
    return Book(form.filename, "xlsx", form.content)


def _documents(handled: Handled) -> tuple[str, ...]:
    """Return the files whose cells are to be marked; none where there is nothing to mend or to show.

    The one with most marks first; of the others those in which something must be mended.
    """
    if not handled.kind.asks or holds_personal_data(handled):
        return ()
    marks = [mark for mark in marks_of(handled) if mark.cell]
    ordered = [file for file, _ in Counter(mark.document for mark in marks).most_common()]
    wrong = {mark.document for mark in marks if mark.is_wrong}
    return (*ordered[:1], *(file for file in ordered[1:] if file in wrong))


def _name(document: str, handled: Handled, ending: str, taken: Container[str]) -> str:
    """Return the attachment's name: the submitter's own, with "cần sửa" behind; not twice, and none ``taken``."""
    stem = say("answer.file.table") if is_document(handled.name, document) else PurePosixPath(document).stem
    behind = file_answer("", handled.kind, "")[:-1]
    stem = stem.removesuffix(behind)
    stems = (stem, *(f"{stem} ({number})" for number in range(2, _MOST_BOOKS + 1)))
    names = (attachment_name(file_answer(one, handled.kind, ending)) for one in stems)
    return next(name for name in names if name not in taken)
