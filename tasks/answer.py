"""Answer: every submitter gets one receipt, or the reasons with the own workbook marked; never the others."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tasks.answer_parts import Made, form_of, made_of, setting_of
from tasks.carry_on import carry_on
from tasks.post import post
from tasks.send_back import send_back
from tasks.step import log, step
from tasks.too_large import tell_too_large
from tonghop.campaigns.model import FolderSource
from tonghop.domain.answers import Handled
from tonghop.domain.deliveries import OutgoingMessage, Recipient, RecipientKind
from tonghop.domain.runs import Intake, Trouble
from tonghop.domain.sources import Refused
from tonghop.errors import DatabaseUnavailable, SourceUnreachable, TonghopError
from tonghop.mail.answers import Setting, file_answer
from tonghop.mail.compose import compose
from tonghop.reading.annotator import Annotator
from tonghop.settings import environment
from tonghop.sources import AnswersFolder, answers_folder, message_id_of
from tonghop.sources.names import shown
from tonghop.store.answers import OwedInFolder
from tonghop.store.vault import Vault
from tonghop.wiring import Occasion, source_of
from tonghop.words import say

# So many are told at once; made answers, each of which may hold a workbook, are laid into a folder when together
# they have so many bytes. So many of them are laid whatever the time, as each run has to come further.
_TOLD_AT_ONCE, _HELD_AT_MOST, _LAID_IN_ANY_CASE = 500, 2 * 1024 * 1024, 100


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """How far back submissions are answered, how often one address, and how much of a run answers may take.

    What a limit leaves stays owed and is answered by a later intake.
    """

    reach: timedelta = timedelta(days=2)
    an_hour: int = 30
    at_once: int = 500
    time: timedelta = timedelta(seconds=20)


@step()
@carry_on
def answer(occasion: Occasion, intake: Intake) -> Intake:
    """Return the intake with how many answers were made: put into the outbox, or laid beside their files.

    What is owed is told by the database, so that a run that was killed is made good by the next. The key of
    the message makes that exactly one; delivering it is the outbox's affair, behind the report.
    """
    with ExitStack() as stack:
        round_ = _Round(occasion, stack, AnswerLimits())
        round_.by_mail(intake.refused)
        round_.answered += send_back(occasion)
        for source in occasion.campaign.file.sources:
            if isinstance(source, FolderSource):
                round_.into_folder(source)
    if round_.answered:
        log().info("%d submissions answered", round_.answered)
    return replace(intake, answered=round_.answered, troubles=(*intake.troubles, *round_.troubles))


@dataclass
class _Round:
    """The answers of one run."""

    occasion: Occasion
    stack: ExitStack
    limits: AnswerLimits
    answered: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    _annotator: Annotator | None = None

    def __post_init__(self) -> None:
        self._ends_at = self.occasion.clock() + self.limits.time
        self._vault = Vault(self.occasion.settings.submissions)
        self._settings: dict[str | None, Setting] = {}

    @property
    def _since(self) -> datetime:
        return self.occasion.clock() - self.limits.reach

    def by_mail(self, refused: Sequence[Refused]) -> None:
        """Put an answer into the outbox for each submission by mail that has none, and for what was too large."""
        answers, name = self.occasion.store.answers, self.occasion.campaign.name
        owed = answers.owed(name, self._since, self.limits.at_once)
        given = answers.given(name, self.occasion.clock() - timedelta(hours=1)) if owed or refused else {}
        if refused:
            self.answered += tell_too_large(self.occasion, refused, given, self.limits.an_hour)
        # A limit may have kept an answer waiting: whoever was taken off the list meanwhile gets none.
        listed = self.occasion.tree.by_email if owed else {}
        for handled in self._in_time(owed):
            address = handled.sender or ""
            if address.casefold() not in listed:
                continue
            if given.get(address, 0) < self.limits.an_hour and self._guarded(handled, self._put):
                given[address] = given.get(address, 0) + 1

    def _put(self, handled: Handled) -> None:
        occasion = self.occasion
        raw = self._vault.read(handled.sha256)
        day = occasion.campaign.file.calendar.nearest(handled.received_day)
        made = made_of(
            handled,
            lambda: raw,
            self._setting(None),
            self._marker,
            lambda unit: form_of(occasion, unit, day),
        )
        message = _message(occasion, handled, made, message_id_of(raw))
        post(occasion, handled.received_day, message)

    def into_folder(self, source: FolderSource) -> None:
        """Lay an answer beside each file of a folder that has none; a folder that cannot be written is told once."""
        answers, campaign = self.occasion.store.answers, self.occasion.campaign
        try:
            name = source_of(source).name
            owed = answers.owed_in_folder(campaign.name, name, self._since, self.limits.at_once)
            with answers_folder(source, environ=environment()) if owed else nullcontext() as folder:
                if folder is not None:
                    self._lay_all(owed, name, folder)
        except SourceUnreachable as error:
            # Told where it was looked into; what is owed stays owed.
            log().info(
                "no receipts into %s in this run: %s", shown(source.url.split("?")[0].split("@")[-1]), error
            )

    def _lay_all(self, owed: Sequence[OwedInFolder], source: str, folder: AnswersFolder) -> None:
        """Lay answers beside files, as many at a time as may be held."""
        by_number = {one.submission: one for one in owed}
        made: dict[int, tuple[str, bytes]] = {}
        taken: set[str] = set()
        held = 0

        def make(told: Handled) -> None:
            nonlocal held
            file, content = made[told.id] = self._file(told, by_number[told.id], folder, taken)
            taken.add(file)
            held += len(content)

        for handled in self._in_time(tuple(by_number)):
            self._guarded(handled, make)
            if held >= _HELD_AT_MOST:
                self._lay(made, source, folder)
                made.clear()
                taken.clear()
                held = 0
        self._lay(made, source, folder)

    def _lay(self, made: Mapping[int, tuple[str, bytes]], source: str, folder: AnswersFolder) -> None:
        """Lay some answers. Their names are noted first: what a run does not come to is written by the next, once."""
        answers, clock = self.occasion.store.answers, self.occasion.clock
        if not made:
            return
        answers.note_in_folder({number: file for number, (file, _) in made.items()}, source, clock())
        written: list[int] = []
        refused: list[int] = []
        detail = ""
        for number, (file, content) in made.items():
            if len(written) + len(refused) >= _LAID_IN_ANY_CASE and clock() >= self._ends_at:
                break
            try:
                folder.write(file, content)
                written.append(number)
            except OSError as error:
                refused.append(number)
                detail = error.strerror or type(error).__name__
        self.answered -= len(made) - len(written)
        if refused:
            self._refused(refused, source, detail, folder.folder)
        answers.settle_in_folder(written, "written", clock())

    def _file(
        self, handled: Handled, owed: OwedInFolder, folder: AnswersFolder, taken: Container[str]
    ) -> tuple[str, bytes]:
        made = made_of(handled, self._raw(handled), self._setting(folder.folder), self._marker)
        ending, content = "html", made.words.html.encode()
        if made.books:
            ending, content = made.books[0].ending, made.books[0].content
        file = owed.file or folder.choose(
            owed.key, lambda name: file_answer(name, handled.kind, ending), taken
        )
        return file, content

    def _setting(self, folder: str | None) -> Setting:
        """Return what stands around the answers; made once a run, as it holds every unit's name."""
        if folder not in self._settings:
            self._settings[folder] = setting_of(self.occasion, folder)
        return self._settings[folder]

    def _raw(self, handled: Handled) -> Callable[[], bytes]:
        return lambda: self._vault.read(handled.sha256)

    def _refused(self, submissions: Sequence[int], source: str, detail: str, folder: str) -> None:
        """Note that these files get no answer; told as a trouble once, until answers could be written again."""
        answers = self.occasion.store.answers
        if answers.last_in_folder(source) != "refused":
            words = say(
                "answer.folder_refused", source=shown(source), detail=shown(detail), folder=shown(folder)
            )
            log().warning("%s", words)
            self.troubles.append(Trouble("answer", words))
        answers.settle_in_folder(submissions, "refused", self.occasion.clock())

    def _in_time(self, owed: Sequence[int]) -> Iterator[Handled]:
        for start in range(0, len(owed), _TOLD_AT_ONCE):
            for handled in self.occasion.store.answers.handled(owed[start : start + _TOLD_AT_ONCE]):
                if self.occasion.clock() >= self._ends_at:
                    log().info("time for answers is over in this run; the next one goes on")
                    return
                yield handled

    def _guarded(self, handled: Handled, work: Callable[[Handled], None]) -> bool:
        """Return whether an answer was made; one that cannot be made takes no other its answer."""
        try:
            work(handled)
        except (DatabaseUnavailable, SourceUnreachable):
            raise
        except TonghopError as error:
            words = say("answer.not_made", number=handled.id, detail=str(error))
            log().warning("%s", words)
            self.troubles.append(Trouble("answer", words))
            return False
        self.answered += 1
        return True

    def _marker(self) -> Annotator:
        """Return what marks workbooks, in a child that is started with the first."""
        if self._annotator is None:
            self._annotator = self.stack.enter_context(Annotator())
        return self._annotator


def _message(occasion: Occasion, handled: Handled, made: Made, in_reply_to: str | None) -> OutgoingMessage:
    sender = occasion.campaign.file.report.sender
    return compose(
        key=f"answer/{occasion.campaign.name}/{handled.id}",
        kind="answer" if handled.kind.asks else "receipt",
        sender_name=sender.name,
        sender_address=sender.address,
        recipients=(Recipient(handled.sender or "", RecipientKind.TO),),
        subject=made.words.subject,
        text=made.words.text,
        html=made.words.html,
        attachments=made.attachments,
        made_at=occasion.now,
        in_reply_to=in_reply_to,
    )
