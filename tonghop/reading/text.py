"""Vietnamese text made comparable (keys) and safe to show (bounded, without control characters)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

# The five tones as they stand decomposed, and the ASCII signs that keys carry at a word's end instead,
# so that "hoà" and "hòa" give one key and "Phú" and "Phụ" two.
_TONES = {"\u0300": "`", "\u0301": "'", "\u0303": "~", "\u0309": "?", "\u0323": "."}
TONE_SIGNS = "".join(_TONES.values())
_MARKS = frozenset(_TONES)
_NOT_WORD = re.compile(r"[^\w%\u0300-\u036f]+|_+")
_SPACES = re.compile(r"[\s\u00a0\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_CONTROLS = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LONG_DIGITS = re.compile(r"(?:\+?\d[\d .\-]{7,}\d)")
# Zero-width signs, marks of left and right, and what telephones put around a number that is copied.
_UNSEEN = dict.fromkeys(
    (*range(0x200B, 0x2010), 0x202A, 0x202C, 0x202D, *range(0x2060, 0x2065), 0x2066, 0x2068, 0x2069, 0xFEFF)
)
_DAY = re.compile(r"(?<!\d)(\d{1,2}[.\-]\d{1,2}[.\-]20\d\d)(?!\d)")
_STRIP_TONES = str.maketrans("", "", TONE_SIGNS)

SHOWN = 60


@lru_cache(maxsize=8_192)
def tidy(text: str) -> str:
    """Return text composed (NFC), with Ð as Đ, without control characters, spaces and line breaks folded."""
    clean = unicodedata.normalize("NFC", text.replace("\u00d0", "\u0110").replace("\u00f0", "\u0111"))
    # Printable text has no controls, and no spaces but plain ones.
    if not clean.isprintable():
        clean = _SPACES.sub(" ", _CONTROLS.sub(" ", clean))
    return " ".join(clean.split())


def composed(text: str) -> str:
    """Return a cell's text as it compares and as it is seen: composed (NFKC), without what copying leaves unseen.

    Signs that let text run backwards stay: what is seen behind them is another number than what is stored.
    """
    return unicodedata.normalize("NFKC", text if text.isascii() else text.translate(_UNSEEN)).strip()


def shown(text: str, limit: int = SHOWN) -> str:
    """Return text as outputs may show it: tidy, at most ``limit`` characters, long digit runs masked.

    Nine digits and more are a telephone, identity or account number in any text of these reports: a day
    has eight, a unit's code five.
    """
    masked = _LONG_DIGITS.sub(_mask, tidy(text))
    return masked if len(masked) <= limit else masked[: limit - 1].rstrip() + "…"


def _mask(found: re.Match[str]) -> str:
    # "27910 18.8.2020" and "17.8.2020 - 18.8.2020" are codes and days, whatever stands between them.
    parts = _DAY.split(found.group())
    return "".join("…" if sum(map(str.isdigit, part)) >= 9 else part for part in parts)


@lru_cache(maxsize=16_384)
def key(text: str) -> str:
    """Return the words of a text as they compare: case, tone placement, i/y and punctuation do not count.

    A tone stands as a sign behind its word, leading zeros of numbers are dropped ("Phường 01").
    """
    whole = unicodedata.normalize("NFC", text.replace("\u00d0", "\u0110").replace("\u00f0", "\u0111"))
    folded = whole.casefold()
    if not folded.replace(" ", "").isalnum():
        folded = _NOT_WORD.sub(" ", folded).replace("%", " % ")
    return " ".join(map(_word_key, folded.split()))


@lru_cache(maxsize=16_384)
def _word_key(word: str) -> str:
    if word.isascii():
        return (word.lstrip("0") or "0") if word.isdigit() else word.replace("y", "i")
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(dict.fromkeys(_TONES[char] for char in decomposed if char in _MARKS))
    letters = "".join(char for char in decomposed if char not in _MARKS)
    return unicodedata.normalize("NFC", letters).replace("y", "i") + tones


@lru_cache(maxsize=16_384)
def unaccented(text_key: str) -> str:
    """Return a key without tones, marks and the stroke of đ: for text typed without Vietnamese letters."""
    letters = unicodedata.normalize("NFD", text_key.translate(_STRIP_TONES).replace("đ", "d"))
    return "".join(filterfalse(unicodedata.combining, letters))


@lru_cache(maxsize=8_192)
def plain(text: str) -> str:
    """Return running text tidy, in small letters and without marks, its punctuation kept."""
    letters = unicodedata.normalize("NFD", tidy(text).casefold().replace("đ", "d"))
    return "".join(filterfalse(unicodedata.combining, letters))


def has_accents(text_key: str) -> bool:
    """Return whether a key holds any Vietnamese mark."""
    return unaccented(text_key) != text_key


def file_name(path: str) -> str:
    """Return the name of a file without its folders."""
    name = path.rpartition("/")[2]
    if name.strip("."):
        return name
    from pathlib import PurePosixPath  # only for names as odd as "..": what it imports costs milliseconds

    return PurePosixPath(path).name


def edits_apart(one: str, other: str) -> int:
    """Return 0, 1 or 2 (more): letters changed, added, left out or swapped between two words."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > 1:
        return 2
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, rest_other = one[start:], other[start:]
    slips = (
        rest[1:] == rest_other[1:],
        rest[1:] == rest_other,
        rest == rest_other[1:],
        rest[1:2] + rest[:1] + rest[2:] == rest_other and len(rest) > 1,
    )
    return 1 if any(slips) else 2
