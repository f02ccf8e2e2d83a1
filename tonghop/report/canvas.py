"""Draws a ranking as a PNG: a name, a value and a bar a unit, the target across them all."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Sizes are pixels of a picture 600 wide, drawn at twice that for sharp screens. A desk shows it 480 wide, a
# telephone 330, where letters of 19 are still 10 high.
_WIDTH, _MARGIN, _SCALE, _LETTERS, _TITLE = 600, 10, 2, 19, 20
_INNER = _WIDTH - 2 * _MARGIN
_HEAD, _ROW, _BAR, _FOOT = 78, 48, 14, 8
_COLOURS = 48
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
        axes.set_xlim(-_MARGIN, _INNER + _MARGIN)
        axes.set_ylim(height, 0)
        _draw_all(axes, chart)
        drawn = io.BytesIO()
        figure.savefig(drawn, format="rgba")
    return _packed(drawn.getvalue(), (_WIDTH * _SCALE, height * _SCALE))


def _packed(drawn: bytes, size: tuple[int, int]) -> bytes:
    """Return the drawing as PNG with a palette: a third of the bytes, to the eye the same."""
    from PIL import Image

    written = io.BytesIO()
    image = Image.frombytes("RGBA", size, drawn).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    image.save(written, format="PNG", optimize=True)
    return written.getvalue()


def _draw_all(axes: Axes, chart: Chart) -> None:
    shares = [bar.share or 0.0 for bar in chart.bars]
    scale = _INNER / (max([chart.target or 0.0, *shares]) * 1.02 or 1.0)
    # The bold letters of a title are about 0,6 of their size wide; a long title is set smaller.
    title_size = min(_TITLE, _INNER / (0.62 * max(1, len(chart.title))))
    _write(axes, 0, 24, chart.title, size=title_size, weight="bold")
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
        axes, _INNER, top + 18, bar.label, ha="right", weight="bold" if bar.share is not None else "normal"
    )
    _block(axes, 0, top + 24, _INNER, _TRACK)
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
        (_TARGET, chart.target_label, chart.target is not None),
    ]
    at = 0.0
    for colour, label, is_there in entries:
        if is_there:
            wide = 5 if colour == _TARGET else 16
            _block(axes, at, 42, wide, colour)
            at += wide + 6 + _write(axes, at + wide + 6, 55, label, size=17, color=_DIM) + 18


def _block(axes: Axes, left: float, top: float, width: float, colour: str) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((left, top), width, _BAR, facecolor=colour, linewidth=0))


def _write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = _LETTERS,
    ha: str = "left",
    weight: str = "normal",
    color: str = _INK,
) -> float:
    """Write a text and return its width in pixels of the mail."""
    # A point is 1/72 inch and the figure has 100 pixels to the inch.
    written = axes.text(x, y, text, fontsize=size * 0.72, ha=ha, va="baseline", weight=weight, color=color)
    return float(written.get_window_extent().width) / _SCALE
