"""A unit's last days as a small picture: what counted as dots on a line, what is held as a ring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

_WIDTH, _HEIGHT = 380, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 14, 26


@dataclass(frozen=True, slots=True)
class Point:
    """One day's figure (people). ``is_held``: it waits for an officer; ``is_corrected``: an officer gave it.

    A day may have two: one that counts, and a later one that is held.
    """

    day: date
    value: int
    is_held: bool = False
    is_corrected: bool = False

    @property
    def mark(self) -> str:
        """Return how it is drawn: ``held``, ``corrected`` or ``counted``."""
        return "held" if self.is_held else "corrected" if self.is_corrected else "counted"


def marks_of(points: Sequence[Point]) -> tuple[str, ...]:
    """Return the marks that a picture of these points has, for its legend."""
    drawn = {point.mark for point in points}
    return tuple(mark for mark in ("counted", "corrected", "held") if mark in drawn)


def small_chart(
    points: Sequence[Point], since: date, until: date, label: str, number: Callable[[int], str]
) -> Markup:
    """Return an SVG of some days (both included); ``number`` writes counts, ``label`` says it in words.

    Days without a figure break the line. Empty where there is nothing to draw.
    """
    if not points:
        return Markup("")
    place = _Place.of(points, since, until)
    parts = [*_mesh(place, number), *_lines(points, place)]
    # Rings first: a figure that counts stands on the ring of a later one that says nearly the same.
    parts += [_dot(point, place) for point in sorted(points, key=lambda point: not point.is_held)]
    parts += _days(place)
    return Markup(  # noqa: S704 - numbers and our own classes; every word is escaped
        f'<svg class="days-chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )


@dataclass(frozen=True, slots=True)
class _Place:
    since: date
    until: date
    low: int
    high: int

    @classmethod
    def of(cls, points: Sequence[Point], since: date, until: date) -> _Place:
        low, high = min(p.value for p in points), max(p.value for p in points)
        # Not from zero: a fall of ten in five thousand is what is looked for. The numbers beside it tell the scale.
        around = max(1, (high - low) // 8)
        return cls(since, until, max(0, low - around), high + around)

    def x(self, day: date) -> float:
        """Return the place of a day from the left."""
        whole = max(1, (self.until - self.since).days)
        return _LEFT + (day - self.since).days / whole * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: int) -> float:
        """Return the place of a count from the top."""
        share = (value - self.low) / max(1, self.high - self.low)
        return _TOP + (1 - share) * (_HEIGHT - _TOP - _BOTTOM)


def _mesh(place: _Place, number: Callable[[int], str]) -> list[str]:
    foot = place.y(place.low)
    parts = [f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{foot:.1f}" y2="{foot:.1f}"/>']
    for value in ticks(place.low, place.high):
        y = place.y(value)
        parts.append(f'<line class="mesh" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{escape(number(value))}</text>'
        )
    return parts


def ticks(low: int, high: int) -> range:
    """Return two to four round counts between two counts (both included; ``low`` below ``high``)."""
    wanted, size = (high - low) / 3, 1
    while size * 10 <= wanted:
        size *= 10
    steps = (size, 2 * size, size * 5 // 2, 5 * size, 10 * size)
    step = next(step for step in steps if step >= wanted)
    return range(-(-low // step) * step, high + 1, step)


def _lines(points: Sequence[Point], place: _Place) -> list[str]:
    """Return the line through what counted, broken where a day is wanting."""
    parts, run = [], ""
    last: date | None = None
    for point in points:
        if point.is_held:
            continue
        joined = last is not None and point.day - last == timedelta(days=1)
        run += f"{'L' if joined else 'M'}{place.x(point.day):.1f} {place.y(point.value):.1f}"
        last = point.day
    if run:
        parts.append(f'<path class="days-line" d="{run}"/>')
    return parts


def _dot(point: Point, place: _Place) -> str:
    x, y, radius = place.x(point.day), place.y(point.value), 6 if point.is_held else 4
    return f'<circle class="days-{point.mark}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>'


def _days(place: _Place) -> list[str]:
    days = (place.since, place.since + (place.until - place.since) // 2, place.until)
    anchors = ("start", "middle", "end")
    return [
        f'<text x="{place.x(day):.1f}" y="{_HEIGHT - 8}" text-anchor="{anchor}">{day.day}/{day.month}</text>'
        for day, anchor in zip(days, anchors, strict=True)
    ]
