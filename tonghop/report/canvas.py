"""Draws a ranking as a PNG: a name, a value and a bar a unit, the target across them all."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Sizes are pixels of the mail, which shows the picture 600 wide; a telephone shows it 330 wide, where
# letters of 19 are still 10 high. It is drawn at twice that, for sharp screens.
_WIDTH, _SCALE, _LETTERS, _TITLE = 600, 2, 19, 20
_HEAD, _ROW, _BAR, _FOOT = 78, 48, 14, 8
_INK, _DIM, _TRACK = "#1b2733", "#51606f", "#e3eaf1"
_FULL, _GAIN, _CARRIED, _TARGET = "#1b6fb8", "#e8912d", "#8ea6bb", "#b3261e"


@dataclass(frozen=True, slots=True)
class Bar:
    """One unit's bar; shares are fractions 0–1. ``share`` None: no figure, and ``label`` says why."""

    name: str
    share: float | None
    before: float | None
    label: str
    is_carried: bool

    @property
    def gain(self) -> float:
        """Return what was gained since the last reported day; 0 where that is unknown or a fall."""
        known = self.share is not None and self.before is not None and not self.is_carried
        return max(0.0, (self.share or 0.0) - (self.before or 0.0)) if known else 0.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A ranking with its wording; ``target`` is a fraction 0–1 or None."""

    title: str
    bars: Sequence[Bar]
    target: float | None
    target_label: str
    before_label: str
    gain_label: str
    carried_label: str


def draw(chart: Chart) -> bytes:
    """Return the chart as PNG bytes, the same for the same chart."""
    # Imported here: half a second that only a report needs. No pyplot: it keeps figures for ever.
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    height = _HEAD + _ROW * len(chart.bars) + _FOOT
    # parse_math: a "$" in a unit's name is a letter, not the beginning of a formula.
    with mpl.rc_context({"font.family": ["DejaVu Sans"], "text.parse_math": False}):
        figure = Figure(figsize=(_WIDTH / 100, height / 100), dpi=100 * _SCALE, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(0, _WIDTH)
        axes.set_ylim(height, 0)
        _draw_all(axes, chart)
        written = io.BytesIO()
        figure.savefig(written, format="png", metadata={"Software": None}, pil_kwargs={"optimize": True})
    return written.getvalue()


def _draw_all(axes: Axes, chart: Chart) -> None:
    shares = [bar.share or 0.0 for bar in chart.bars]
    scale = _WIDTH / (max([chart.target or 0.0, *shares]) * 1.02 or 1.0)
    _write(axes, 0, 24, chart.title, size=_TITLE, weight="bold")
    _legend(axes, chart)
    for place, bar in enumerate(chart.bars):
        _draw_bar(axes, _HEAD + place * _ROW, bar, scale)
    if chart.target is not None:
        for place in range(len(chart.bars)):
            top = _HEAD + place * _ROW + 24
            at = chart.target * scale
            axes.plot([at, at], [top - 3, top + _BAR + 3], color=_TARGET, linewidth=2, solid_capstyle="butt")


def _draw_bar(axes: Axes, top: float, bar: Bar, scale: float) -> None:
    _write(axes, 0, top + 18, bar.name)
    _write(
        axes, _WIDTH, top + 18, bar.label, ha="right", weight="bold" if bar.share is not None else "normal"
    )
    _block(axes, 0, top + 24, _WIDTH, _TRACK)
    if bar.share is None:
        return
    _block(axes, 0, top + 24, bar.share * scale, _CARRIED if bar.is_carried else _FULL)
    if bar.gain:
        _block(axes, (bar.share - bar.gain) * scale, top + 24, bar.gain * scale, _GAIN)


def _legend(axes: Axes, chart: Chart) -> None:
    has_gain = any(bar.gain for bar in chart.bars)
    entries = [
        (_FULL, chart.before_label, has_gain),
        (_GAIN, chart.gain_label, has_gain),
        (_CARRIED, chart.carried_label, any(bar.is_carried for bar in chart.bars)),
        (_TARGET, chart.target_label, chart.target is not None),
    ]
    at = 0.0
    for colour, label, is_there in entries:
        if is_there:
            _block(axes, at, 42, 5 if colour == _TARGET else 16, colour)
            _write(axes, at + (11 if colour == _TARGET else 22), 55, label, size=16, color=_DIM)
            at += 40 + 9.4 * len(label)


def _block(axes: Axes, left: float, top: float, width: float, colour: str) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((left, top), width, _BAR, facecolor=colour, linewidth=0))


def _write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: int = _LETTERS,
    ha: str = "left",
    weight: str = "normal",
    color: str = _INK,
) -> None:
    # A point is 1/72 inch and the figure has 100 pixels of the mail to the inch.
    axes.text(x, y, text, fontsize=size * 0.72, ha=ha, va="baseline", weight=weight, color=color)
