"""The faces of the PDF: Tinos, whose letters are as wide as those of Times New Roman, with the Vietnamese ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "fonts"
REGULAR, BOLD, ITALIC, BOLD_ITALIC = "Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"


@cache
def register() -> None:
    """Make the faces known to the PDF library, once a process: every PDF embeds the letters it uses."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    files = {REGULAR: "Regular", BOLD: "Bold", ITALIC: "Italic", BOLD_ITALIC: "BoldItalic"}
    for name, file in files.items():
        pdfmetrics.registerFont(TTFont(name, _FOLDER / f"Tinos-{file}.ttf"))
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD_ITALIC)


def width_of(text: str, face: str, size: float) -> float:
    """Return how wide a line is in millimetres, in this face and in Times New Roman alike."""
    from reportlab.lib.units import mm
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register()
    width: float = stringWidth(text, face, size) / mm
    return width


def balanced(text: str, face: str, size: float, width: float) -> tuple[str, ...]:
    """Return a heading as one line where it fits, else as two of nearly the same length, as offices break it."""
    words = text.split()
    if width_of(text, face, size) <= width or len(words) < 2:
        return (text,)
    halves = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return min(halves, key=lambda pair: max(width_of(half, face, size) for half in pair))
