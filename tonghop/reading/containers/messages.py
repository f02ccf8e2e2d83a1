"""Messages: attachments, tables in the body, forwarded messages inside; automatic mail told apart."""

from __future__ import annotations

import email
import email.message
import email.policy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta, timezone
from email.errors import MessageError
from email.utils import collapse_rfc2231_value, parsedate_to_datetime
from typing import NamedTuple

from tonghop.reading.containers.automatic import is_automatic, is_reply_or_notice
from tonghop.reading.containers.cut_off import is_cut_off, lacks_its_end
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
from tonghop.reading.text import tidy

_VIETNAM = timezone(timedelta(hours=7))
_LONG_AGO = date(2000, 1, 1)  # near which a day without a year is taken where a message tells no day


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a message; ``is_inline``: a picture the body shows, such as a signature's.

    ``is_cut_off``: its end did not come.
    """

    name: str
    content: bytes
    is_inline: bool
    is_cut_off: bool = False


@dataclass(slots=True)
class Message:
    """What a message holds, messages forwarded inside it included.

    ``brings_file``: a file hangs on the message itself, not on one inside it, and is no picture. ``sent``: the
    days on which it and each message inside it were sent, as far as they tell; its own is the first, None without.
    ``passed_on``: the same of messages that stand in its text. ``is_cut_off``: its end did not come, so that more
    may have followed. ``cut_tables``: how many tables of its text were left out for that. ``refers``: it names a
    file that lies elsewhere (RFC 2046 5.2.3).
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
    is_cut_off: bool = False
    cut_tables: int = 0
    refers: bool = False


@dataclass(frozen=True, slots=True)
class _Body:
    """A text of a message. ``is_cut_off``: its end did not come."""

    text: str
    is_cut_off: bool


class _Leaf(NamedTuple):
    """A part that holds no others. ``is_open``: nothing says where it ends; ``is_last``: nor what it stands in."""

    part: email.message.Message
    is_open: bool
    is_last: bool


def read_message(name: str, content: bytes, budget: Budget) -> Message:
    """Return the content of a message. Raises ``Refused`` where its parts are too many or too deep."""
    try:
        parsed = email.message_from_bytes(content, policy=email.policy.compat32)
        found = Message(is_automatic=is_automatic(parsed))
        _Walk(name, budget, found, ends_a_line=content.endswith(b"\n")).visit(parsed, 0, is_last=True)
        if found.brings_file and not is_reply_or_notice(parsed):
            found.is_automatic = False
    except RecursionError as error:
        raise Refused("nested-too-deep") from error
    except (MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        # The parser lets whatever a broken message provokes through.
        raise Refused("damaged-file") from error
    return found


class _Walk:
    def __init__(self, name: str, budget: Budget, found: Message, *, ends_a_line: bool) -> None:
        self._name, self._budget, self._found, self._ends_a_line = name, budget, found, ends_a_line
        self._parts = budget.limits.parts
        self._messages = 0

    def visit(self, message: email.message.Message, depth: int, *, is_last: bool) -> None:
        """Collect one message; those forwarded inside it follow. ``is_last``: nothing says where it ends."""
        if depth > self._budget.limits.depth:
            raise Refused("nested-too-deep")
        self._found.sent.append(_day_sent(message))
        subject = tidy(field_of(message, "Subject"))
        if subject:
            self._found.subjects.append(subject[:300])
        html: list[_Body] = []
        text: list[_Body] = []
        for leaf in self._leaves(_Leaf(message, is_open=False, is_last=is_last), depth, 0):
            part, kind = leaf.part, leaf.part.get_content_type()
            filename = _filename(part)
            if kind == "text/plain" and not filename and not _is_attached(part):
                # What stands alone in a mail ends with a line end, as each mail does.
                is_ended = self._ends_a_line or part is not message or not is_last
                body = self._text_of(leaf, is_ended=is_ended)
                text.append(replace(body, text=self._without_files(body.text)))
            elif kind == "text/html" and not filename and not _is_attached(part):
                html.append(self._text_of(leaf))
            elif kind == "message/external-body":
                self._found.refers = True
            elif kind.startswith("multipart/"):  # whose parts did not come
                self._found.is_cut_off = True
            elif not _is_signature(kind, filename) or _payload(part).lstrip().startswith(ENCRYPTED_TEXT):
                self._attach(leaf, filename, kind)
                self._found.brings_file |= depth == 0 and not self._found.attachments[-1].is_inline
        before = len(self._found.prose)
        self._body(html, text, is_forwarded(subject))
        self._follow_passed_on(subject, self._found.prose[before:], _day_sent(message))

    def _leaves(self, leaf: _Leaf, depth: int, nesting: int) -> Iterator[_Leaf]:
        part = leaf.part
        self._parts -= 1
        if self._parts < 0 or nesting > 30:
            raise Refused("nested-too-deep")
        payload = part.get_payload() if part.is_multipart() else None
        if part.get_content_type() == "message/partial":
            raise Refused("damaged-file")  # a piece: which lines stand in the next nobody can see
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            for inner in _messages(payload):
                self.visit(inner, depth + 1, is_last=leaf.is_last)
        elif part.get_content_type() == "message/external-body" or not isinstance(payload, list):
            is_open = leaf.is_open or (part.get_content_maintype() == "multipart" and lacks_its_end(part))
            yield leaf._replace(is_open=is_open)
        else:
            inside, is_open = _messages(payload), lacks_its_end(part)
            for number, inner in enumerate(inside, 1):
                is_end = is_open and number == len(inside)
                yield from self._leaves(_Leaf(inner, is_end, is_end and leaf.is_last), depth, nesting + 1)

    def _is_cut_off(self, leaf: _Leaf, content: bytes) -> bool:
        ends_a_line = self._ends_a_line and leaf.is_last
        found = is_cut_off(leaf.part, content, is_open=leaf.is_open, ends_a_line=ends_a_line)
        self._found.is_cut_off |= found
        return found

    def _text_of(self, leaf: _Leaf, *, is_ended: bool = True) -> _Body:
        content = _payload(leaf.part)
        text = decoded(content, leaf.part.get_content_charset())
        return _Body(text, self._is_cut_off(leaf, content) or not is_ended)

    def _attach(self, leaf: _Leaf, filename: str, kind: str) -> None:
        part = leaf.part
        content = _payload(part)
        self._budget.spend_bytes(len(content))
        is_picture = kind.startswith("image/")
        is_inline = is_picture and (bool(part.get("Content-ID")) or not _is_attached(part))
        name = safe_path(filename) or kind.replace("/", ".")
        self._found.attachments.append(Attachment(name, content, is_inline, self._is_cut_off(leaf, content)))

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

    def _body(self, html: list[_Body], text: list[_Body], is_forward: bool) -> None:
        """Take the tables and the words of a body; of its alternatives the HTML one, which keeps tables."""
        found, limits = self._found, self._budget.limits
        for body in html:
            page = read_html(self._name, body.text, limits, len(found.grids) + 1)
            own = page.prose if is_forward else page.own
            typed = [] if found.attachments else tables_in(self._name, own)
            self._take_tables(page.grids or typed, is_cut_off=body.is_cut_off or page.is_cut_off)
            found.prose += above_our_answer(page.prose)
            found.letter += above_our_answer(own)
            found.links += page.links
        if html:
            return
        for body in text:
            above = above_our_answer(body.text.splitlines())
            lines = [line for line in above if not line.lstrip().startswith(">")]
            found.prose += [line for line in lines if line.strip()]
            found.letter += lines if is_forward else newer(lines)
            tables = tables_in(self._name, lines, brings_file=bool(found.attachments))
            self._take_tables(tables, is_cut_off=body.is_cut_off)

    def _take_tables(self, tables: Sequence[Grid], *, is_cut_off: bool) -> None:
        """Take the tables of a text that came whole; of one that was cut off their number only."""
        self._found.is_cut_off |= is_cut_off
        if is_cut_off:
            self._found.cut_tables += len(tables)
        else:
            self._found.grids += tables

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
