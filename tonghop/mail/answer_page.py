"""The look of an answer: its parts as plain text, and as a page of HTML.

It holds no table: a reply quotes it, and what stands in a table would be read as figures once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from tonghop.mail.replies import one_line

_PAGE = (
    '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light"><title>{title}</title></head>'
    '<body style="margin:0;padding:12px;background:#ffffff;color:#1d2733;'
    'font:16px/1.5 Arial,Helvetica,sans-serif;overflow-wrap:anywhere">'
    '<div style="max-width:600px;margin:0 auto">{body}</div></body></html>'
)
_PLAIN = ("#f3f5f8", "#5b6775")
_TONES = {
    "counted": ("#e6f4ea", "#1e7d3a"),
    "held": ("#fff4d6", "#a15c00"),
    "mend": ("#fdeaea", "#b3261e"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with lines under it; a line is a text with a small remark. ``tone`` gives the colour."""

    heading: str
    lines: tuple[tuple[str, str], ...]
    tone: str = ""


@dataclass(frozen=True)
class Frame:
    """What stands around every answer of a run: the line above which a reply is to be written, the closing words.

    ``above`` is empty where nobody can reply. Without slots, as its HTML is made once.
    """

    above: str
    below: tuple[str, ...]

    @cached_property
    def html_above(self) -> str:
        """Return the line above as HTML."""
        style = "margin:0 0 12px;font-size:13px;color:#5b6775"
        return f'<p style="{style}">{escape(self.above)}</p>' if self.above else ""

    @cached_property
    def html_below(self) -> str:
        """Return the closing words as HTML."""
        return "".join(map(_as_html, self.below))


@dataclass(frozen=True, slots=True)
class AnswerText:
    """All that an answer says, from top to bottom; a mail shows it as text and as HTML, a file in a folder as HTML."""

    title: str
    frame: Frame
    parts: Sequence[str | Part]

    @property
    def subject(self) -> str:
        """Return the title as a mail's header takes it."""
        return one_line(self.title)

    @property
    def text(self) -> str:
        """Return the answer as plain text."""
        return "\n\n".join((self.frame.above, *map(_as_text, self.parts), *self.frame.below)) + "\n"

    @property
    def html(self) -> str:
        """Return the answer as a page of HTML without any outside part."""
        body = f"{self.frame.html_above}{''.join(map(_as_html, self.parts))}{self.frame.html_below}"
        return _PAGE.format(title=escape(self.title), body=body)


def _as_text(part: str | Part) -> str:
    if isinstance(part, str):
        return part
    bullet = "- " if part.heading else ""
    lines = [f"{bullet}{text}" + (f" ({place})" if place else "") for text, place in part.lines]
    return "\n".join([*([part.heading] if part.heading else []), *lines])


def _as_html(part: str | Part) -> str:
    if isinstance(part, str):
        return f'<p style="margin:0 0 12px">{escape(part)}</p>'
    ground, rule = _TONES.get(part.tone, _PLAIN)
    heading = f'<p style="margin:0 0 6px"><strong>{escape(part.heading)}</strong></p>' if part.heading else ""
    return (
        f'<div style="margin:0 0 14px;padding:10px 12px;background:{ground};border-left:4px solid {rule}">'
        f"{heading}{''.join(map(_line, part.lines))}</div>"
    )


def _line(line: tuple[str, str]) -> str:
    text, place = line
    where = f'<br><span style="font-size:14px;color:#5b6775">{escape(place)}</span>' if place else ""
    return f'<p style="margin:0 0 6px">{escape(text)}{where}</p>'
