"""Messages: attachments, tables in the body, forwarded messages inside; automatic mail told apart."""

from __future__ import annotations

import email
import email.message
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from email.errors import MessageError
from email.utils import collapse_rfc2231_value, parsedate_to_datetime

from tonghop.reading.containers.kinds import ENCRYPTED_TEXT
from tonghop.reading.containers.model import Budget, Refused
from tonghop.reading.containers.pages import read_html
from tonghop.reading.containers.pasted import tables_in
from tonghop.reading.containers.quoted import is_forwarded, newer, passed_on_from
from tonghop.reading.containers.uuencoded import without_files
from tonghop.reading.containers.zips import safe_path
from tonghop.reading.grid import Grid
from tonghop.reading.mail_fields import LONGEST, decoded, field_of, in_words, read_names_of_raw_bytes
from tonghop.reading.our_sheet import above_our_answer
from tonghop.reading.text import plain, tidy

_VIETNAM = timezone(timedelta(hours=7))
_LONG_AGO = date(2000, 1, 1)  # near which a day without a year is taken where a message tells no day
_AUTOMATIC_SUBJECT = re.compile(
    r"^(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of office|tra loi tu dong|tu dong tra loi|vang mat|"
    r"undeliver|delivery status|delivery failure|mail delivery|returned mail|failure notice|thu bi tra lai)"
)
_MAILERS = re.compile(r"mailer-daemon|postmaster@|no-?reply@|donotreply@", re.I)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a message; ``is_inline``: a picture the body shows, such as a signature's."""

    name: str
    content: bytes
    is_inline: bool


@dataclass(slots=True)
class Message:
    """What a message holds, messages forwarded inside it included.

    ``brings_file``: a file hangs on the message itself, not on one inside it, and is no picture. ``sent``: the
    days on which it and each message inside it were sent, as far as they tell; its own is the first, None without.
    ``passed_on``: the same of messages that stand in its text.
    """

    subjects: list[str] = field(default_factory=list)
    sent: list[date | None] = field(default_factory=list)
    passed_on: list[date] = field(default_factory=list)
    is_automatic: bool = False
    brings_file: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    letter: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def read_message(name: str, content: bytes, budget: Budget) -> Message:
    """Return the content of a message. Raises ``Refused`` where its parts are too many or too deep."""
    try:
        parsed = email.message_from_bytes(content, policy=email.policy.compat32)
        found = Message(is_automatic=is_automatic(parsed))
        _Walk(name, budget, found).visit(parsed, 0)
        if found.brings_file and not _is_reply_or_notice(parsed):
            found.is_automatic = False
    except RecursionError as error:
        raise Refused("nested-too-deep") from error
    except (MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        # The parser lets whatever a broken message provokes through.
        raise Refused("damaged-file") from error
    return found


def is_automatic(message: email.message.Message) -> bool:
    """Return whether nobody wrote this: automatic replies, bounces, notices (RFC 3834)."""
    submitted = field_of(message, "Auto-Submitted").lower()
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or _is_reply_or_notice(message)
        or bool(_AUTOMATIC_SUBJECT.match(plain(field_of(message, "Subject"))))
    )


def _is_reply_or_notice(message: email.message.Message) -> bool:
    """Return whether a program says that this answers a message or comes of its delivery.

    What only says that a program sent it, or has a subject as a note of absence has, is read where it brings a
    file: an office's own system and a forwarding mailbox send reports so, and a note of absence brings none.
    """
    submitted = field_of(message, "Auto-Submitted").lower()
    return (
        submitted.startswith(("auto-replied", "auto-notified"))
        or bool(field_of(message, "X-Autoreply"))
        or "auto" in field_of(message, "Precedence").lower()
        or message.get_content_type() == "multipart/report"
        or field_of(message, "Return-Path").strip() == "<>"
        or bool(_MAILERS.search(field_of(message, "From")) and "daemon" in field_of(message, "From").lower())
    )


class _Walk:
    def __init__(self, name: str, budget: Budget, found: Message) -> None:
        self._name, self._budget, self._found = name, budget, found
        self._parts = budget.limits.parts
        self._messages = 0

    def visit(self, message: email.message.Message, depth: int) -> None:
        """Collect one message; those forwarded inside it follow."""
        if depth > self._budget.limits.depth:
            raise Refused("nested-too-deep")
        self._found.sent.append(_day_sent(message))
        subject = tidy(field_of(message, "Subject"))
        if subject:
            self._found.subjects.append(subject[:300])
        html: list[str] = []
        text: list[str] = []
        for part in self._leaves(message, depth, 0):
            kind = part.get_content_type()
            filename = _filename(part)
            if kind == "text/plain" and not filename and not _is_attached(part):
                text.append(self._without_files(_text(part)))
            elif kind == "text/html" and not filename and not _is_attached(part):
                html.append(_text(part))
            elif not _is_signature(kind, filename) or _payload(part).lstrip().startswith(ENCRYPTED_TEXT):
                self._attach(part, filename, kind)
                self._found.brings_file |= depth == 0 and not self._found.attachments[-1].is_inline
        before = len(self._found.prose)
        self._body(html, text, is_forwarded(subject))
        self._follow_passed_on(subject, self._found.prose[before:], _day_sent(message))

    def _leaves(
        self, part: email.message.Message, depth: int, nesting: int
    ) -> Iterator[email.message.Message]:
        self._parts -= 1
        if self._parts < 0 or nesting > 30:
            raise Refused("nested-too-deep")
        payload = part.get_payload() if part.is_multipart() else None
        if part.get_content_type() == "message/partial":
            raise Refused("damaged-file")  # a piece: which lines stand in the next nobody can see
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            for inner in _messages(payload):
                self.visit(inner, depth + 1)
        elif isinstance(payload, list):
            for inner in _messages(payload):
                yield from self._leaves(inner, depth, nesting + 1)
        else:
            yield part

    def _attach(self, part: email.message.Message, filename: str, kind: str) -> None:
        content = _payload(part)
        self._budget.spend_bytes(len(content))
        is_picture = kind.startswith("image/")
        is_inline = is_picture and (bool(part.get("Content-ID")) or not _is_attached(part))
        name = safe_path(filename) or kind.replace("/", ".")
        self._found.attachments.append(Attachment(name, content, is_inline))

    def _without_files(self, body: str) -> str:
        """Return a plain body, the files that stand in it as text taken as attachments; an encrypted one is a file."""
        if body.lstrip().startswith(ENCRYPTED_TEXT.decode()):
            self._budget.spend_bytes(len(body))
            self._found.attachments.append(Attachment("message.asc", body.encode(), is_inline=False))
            return ""
        if "begin " not in body:
            return body
        lines, files = without_files(body)
        for filename, content in files:
            self._budget.spend_bytes(len(content))
            self._found.attachments.append(Attachment(safe_path(tidy(filename)), content, is_inline=False))
        return "\n".join(lines)

    def _body(self, html: list[str], text: list[str], is_forward: bool) -> None:
        """Take the tables and the words of a body; of its alternatives the HTML one, which keeps tables."""
        found, limits = self._found, self._budget.limits
        for body in html:
            page = read_html(self._name, body, limits, len(found.grids) + 1)
            own = page.prose if is_forward else page.own
            typed = [] if found.attachments else tables_in(self._name, own)
            found.grids += page.grids or typed
            found.prose += above_our_answer(page.prose)
            found.letter += above_our_answer(own)
            found.links += page.links
        if html:
            return
        for body in text:
            lines = [
                line for line in above_our_answer(body.splitlines()) if not line.lstrip().startswith(">")
            ]
            found.prose += [line for line in lines if line.strip()]
            found.letter += lines if is_forward else newer(lines)
            found.grids += tables_in(self._name, lines, brings_file=bool(found.attachments))

    def _follow_passed_on(self, subject: str, lines: list[str], sent: date | None) -> None:
        """Take the day on which a message was sent that this one passes on in its text."""
        day = passed_on_from(subject, lines, sent or _LONG_AGO)
        if day is not None:
            self._found.passed_on.append(day)


def _messages(payload: Sequence[object]) -> list[email.message.Message]:
    return [part for part in payload if isinstance(part, email.message.Message)]


def _day_sent(message: email.message.Message) -> date | None:
    """Return the day on which a message says it was sent, None where it does not.

    The later one of its sender's clock and Vietnam's: some programs write all times as Greenwich's.
    """
    try:
        sent = parsedate_to_datetime(field_of(message, "Date"))
        return max(sent.date(), sent.astimezone(_VIETNAM).date())
    except (ValueError, TypeError, OverflowError):
        return None


def _filename(part: email.message.Message) -> str:
    read_names_of_raw_bytes(part)
    raw = part.get_param("filename", None, "content-disposition") or part.get_param(
        "name", None, "content-type"
    )
    if raw is None:
        return ""
    return tidy(in_words(str(collapse_rfc2231_value(raw))[:LONGEST]))[:200]


def _payload(part: email.message.Message) -> bytes:
    """Return a part's bytes; the name of their encoding may have blanks or a remark behind it."""
    encoding = str(part.get("Content-Transfer-Encoding", ""))[:200]
    name = encoding.partition("(")[0].strip().rstrip(";")
    if name != encoding:
        part.replace_header("Content-Transfer-Encoding", name)
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _is_attached(part: email.message.Message) -> bool:
    return str(part.get("Content-Disposition", ""))[:200].strip().lower().startswith("attachment")


def _is_signature(kind: str, filename: str) -> bool:
    """Return whether a part is none of a report: a signature, an invitation, a card, a notice's details."""
    return filename.lower().endswith((".p7s", ".ics", ".vcf", ".asc")) or kind in (
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "text/calendar",
        "text/x-vcard",
        "text/vcard",
        "text/rfc822-headers",
        "message/delivery-status",
    )


def _text(part: email.message.Message) -> str:
    content = _payload(part)
    return decoded(content, part.get_content_charset())
