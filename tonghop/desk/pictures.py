"""Pictures as SVG made on the server: stacked bars, a curve of the day. Coloured by the style sheet's classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup, escape

_WIDTH = 1000
_CURVE_WIDTH, _CURVE_HEIGHT = 440, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 24, 64, 26


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a bar: how many, and the class that colours it (``f-on``, ``f-late``, ``f-held``, ``f-missing``)."""

    count: int
    look: str


def bar(shares: Sequence[Share], label: str, size: str = "") -> Markup:
    """Return a stacked bar over the whole width; ``label`` says in words what it shows."""
    total = sum(share.count for share in shares) or 1
    parts, at = [], 0.0
    for share in shares:
        wide = share.count / total * _WIDTH
        if share.count:
            parts.append(f'<rect class="{share.look}" x="{at:.1f}" y="0" width="{wide:.1f}" height="14"/>')
        at += wide
    return _svg(f"bar {size}".strip(), f"0 0 {_WIDTH} 14", label, parts, "none")


def meter(filled: float, mark: float | None, label: str) -> Markup:
    """Return a bar filled to a fraction 0–1, with a mark where the target stands."""
    wide = max(0.0, min(1.0, filled)) * _WIDTH
    parts = [
        f'<rect class="f-track" x="0" y="0" width="{_WIDTH}" height="14"/>',
        f'<rect class="f-on" x="0" y="0" width="{wide:.1f}" height="14"/>',
    ]
    if mark is not None:
        at = max(0.0, min(1.0, mark)) * (_WIDTH - 6)
        parts.append(f'<rect class="f-mark" x="{at:.1f}" y="0" width="6" height="14"/>')
    return _svg("bar thin", f"0 0 {_WIDTH} 14", label, parts, "none")


@dataclass(frozen=True, slots=True)
class Mark:
    """An upright line of the curve: a moment, its look (``now``, ``cut``, ``due``) and its word."""

    at: datetime
    look: str
    word: str


def curve(
    came: Iterable[datetime], expected: int, since: datetime, until: datetime, now: datetime, marks: Sequence[Mark],
    label: str,
) -> Markup:  # fmt: skip
    """Return how many units had reported at each hour, up to ``now``, with the moments that matter marked.

    What came before ``since`` is there from the beginning.
    """
    place = _Place(since, until, max(expected, 1))
    parts = [*_mesh(place), *_steps(sorted(came), place, min(now, until))]
    # The last one's word stands highest: no line of an earlier one crosses it.
    for number, mark in enumerate(sorted(marks, key=lambda mark: mark.at, reverse=True)):
        if since <= mark.at <= until:
            parts += _mark(mark, place, number)
    return _svg("curve-of-day", f"0 0 {_CURVE_WIDTH} {_CURVE_HEIGHT}", label, parts, "xMidYMid meet")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where moments and counts stand in the picture."""

    since: datetime
    until: datetime
    most: int

    def x(self, at: datetime) -> float:
        """Return the place of a moment from the left."""
        whole = (self.until - self.since) / timedelta(seconds=1) or 1.0
        share = (at - self.since) / timedelta(seconds=1) / whole
        return _LEFT + max(0.0, min(1.0, share)) * (_CURVE_WIDTH - _LEFT - _RIGHT)

    def y(self, count: float) -> float:
        """Return the place of a count from the top."""
        return _TOP + (1 - count / self.most) * (_CURVE_HEIGHT - _TOP - _BOTTOM)


def _mesh(place: _Place) -> list[str]:
    end, low = _CURVE_WIDTH - _RIGHT, _CURVE_HEIGHT - _BOTTOM
    parts = []
    for count in sorted({0, place.most // 2, place.most}):
        y = place.y(count)
        look = "axis" if count == 0 else "mesh"
        parts.append(f'<line class="{look}" x1="{_LEFT}" x2="{end}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{count:,}</text>'.replace(",", ".")
        )
    hour = place.since.replace(minute=0, second=0, microsecond=0)
    while hour <= place.until:
        if hour >= place.since and hour.hour % 2 == 0:
            parts.append(
                f'<text x="{place.x(hour):.1f}" y="{low + 17}" text-anchor="middle">{hour.hour} h</text>'
            )
        hour += timedelta(hours=1)
    return parts


def _steps(came: Sequence[datetime], place: _Place, now: datetime) -> list[str]:
    line = [f"M{_LEFT} {place.y(0):.1f}"]
    for count, at in enumerate(came, start=1):
        line.append(f"H{place.x(at):.1f}V{place.y(count):.1f}")
    end = place.x(max(now, came[-1]) if came else now)
    line.append(f"H{end:.1f}")
    drawn = "".join(line)
    return [
        f'<path class="under" d="{drawn}V{place.y(0):.1f}H{_LEFT}Z"/>',
        f'<path class="curve" d="{drawn}"/>',
    ]


def _mark(mark: Mark, place: _Place, number: int) -> list[str]:
    x = place.x(mark.at)
    is_right = x > _CURVE_WIDTH * 0.6
    anchor, beside = ("end", x - 5) if is_right else ("start", x + 5)
    return [
        f'<line class="{mark.look}" x1="{x:.1f}" x2="{x:.1f}" y1="{6 + 19 * number}" y2="{_CURVE_HEIGHT - _BOTTOM}"/>',
        f'<text x="{beside:.1f}" y="{15 + 19 * number}" text-anchor="{anchor}">{escape(mark.word)}</text>',
    ]


def _svg(look: str, box: str, label: str, parts: Sequence[str], fit: str) -> Markup:
    inside = "".join(parts)
    return Markup(  # noqa: S704 - numbers and our own classes; every word is escaped
        f'<svg class="{look}" viewBox="{box}" preserveAspectRatio="{fit}" role="img" aria-label="{escape(label)}">'
        f"{inside}</svg>"
    )
