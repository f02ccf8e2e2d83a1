"""Text of old fonts and wrong code pages turned into Unicode, decided once for a whole sheet.

A lone cell such as ``5µm ±3°`` looks like TCVN3; several words that become Vietnamese syllables only by one
conversion do not happen by chance. Cells with letters that only Unicode Vietnamese has are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import filterfalse

from tonghop.reading.grid import Grid, is_blank
from tonghop.reading.syllables import is_syllable

# TCVN 5712:1993 (VN3), bytes 0xA1 to 0xFE; a space stands where the table has none. Capital fonts
# (".Vn…H") show these lower-case bytes as capitals, so capitals with tones do not occur.
_TCVN3 = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"
_FROM_TCVN3 = {0xA1 + i: char for i, char in enumerate(_TCVN3) if char != " "}

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE: dict[str, str] = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_SINGLE |= {old.upper(): new.upper() for old, new in _VNI_SINGLE.items()}
_FROM_VNI_SINGLE = {ord(old): new for old, new in _VNI_SINGLE.items()}
_VNI_PAIR = re.compile(r"[aeouyôöAEOUYÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]")

# Letters that stand in no Latin-1 text: whoever typed them typed Unicode.
_ONLY_UNICODE = re.compile(
    r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
_HIGH = re.compile(
    r"[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_WORDS = re.compile(r"[^\s!-/:-@\[-`{-~0-9]+")
_ENOUGH_WORDS, _ENOUGH_SHARE, _MARGIN = 3, 0.8, 0.3


def from_tcvn3(text: str) -> str:
    """Return TCVN3 (ABC) text as Unicode."""
    return text.translate(_FROM_TCVN3)


def from_vni(text: str) -> str:
    """Return VNI text as Unicode: a base letter and the letter behind it that stands for its marks."""
    return _VNI_PAIR.sub(_vni_pair, text).translate(_FROM_VNI_SINGLE)


def _vni_pair(found: re.Match[str]) -> str:
    base, mark = found.group()[0], found.group()[1].lower()
    low = base.lower()
    base = {"ô": "ơ", "Ô": "Ơ", "ö": "ư", "Ö": "Ư"}.get(base, base)
    if mark in _TONES:
        return base + _TONES[mark]
    if mark in _CIRCUMFLEX and low in "aeo":
        return base + "\u0302" + _CIRCUMFLEX[mark]
    if mark in _BREVE and low == "a":
        return base + "\u0306" + _BREVE[mark]
    return found.group()


def to_bytes(text: str) -> bytes:
    """Return the bytes a text had before it was taken for windows-1252. Raises ``UnicodeEncodeError``."""
    return b"".join(bytes((ord(c),)) if ord(c) < 0x100 else c.encode("cp1252") for c in text)


def from_utf8(text: str) -> str:
    """Return text that was UTF-8 and taken for windows-1252. Raises ``UnicodeError`` where it was not."""
    try:
        return to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        # Half of "à" is a hard space there, which copying makes a plain one.
        return to_bytes(text.replace("Ã ", "Ã\u00a0")).decode("utf-8")


def from_1258(text: str) -> str:
    """Return text that was windows-1258 and taken for windows-1252. Raises ``UnicodeError``."""
    return to_bytes(text).decode("cp1258")


def from_utf8_as_1258(text: str) -> str:
    """Return text that was UTF-8 and taken for windows-1258. Raises ``UnicodeError`` where it was not."""
    return text.encode("cp1258").decode("utf-8")


Conversion = Callable[[str], str]
CONVERSIONS: tuple[Conversion, ...] = (from_utf8, from_utf8_as_1258, from_1258, from_tcvn3, from_vni)


def conversion_for(texts: Iterable[str], fallback: Conversion | None = None) -> Conversion | None:
    """Return the conversion the texts of one sheet need, or None where they are Unicode as they stand.

    ``fallback`` is returned where nothing is certain: text from bytes that are no UTF-8 is windows-1258.
    """
    cells = list(filter(_may_be_legacy, filterfalse(str.isascii, texts)))
    plain_share, plain_words = _share(cells)
    if fallback is None and (plain_words < _ENOUGH_WORDS or plain_share >= _ENOUGH_SHARE):
        return None
    best, best_share = fallback, 0.0
    for conversion in CONVERSIONS:
        share, words = _share([convert(text, conversion) for text in cells])
        if (
            words >= _ENOUGH_WORDS
            and share > best_share
            and share >= max(_ENOUGH_SHARE, plain_share + _MARGIN)
        ):
            best, best_share = conversion, share
    return best


def convert(text: str, conversion: Conversion) -> str:
    """Return one cell converted, or as it stands where it is Unicode already or the conversion does not fit."""
    if not _may_be_legacy(text):
        return text
    try:
        converted = conversion(text)
    except UnicodeError:
        return text
    if _share([converted])[0] < 1.0 and _share([text])[0] == 1.0 and _HIGH.search(text):
        return text
    return converted


@lru_cache(maxsize=8_192)
def _may_be_legacy(text: str) -> bool:
    return _HIGH.search(text) is not None and _ONLY_UNICODE.search(text) is None


def _share(texts: Sequence[str]) -> tuple[float, int]:
    """Return which share of the words with marks are syllables, and how many such words there are."""
    judged = [_judged(text) for text in texts]
    words = sum(count for _, count in judged)
    return (sum(good for good, _ in judged) / words if words else 1.0), words


@lru_cache(maxsize=8_192)
def _judged(text: str) -> tuple[int, int]:
    """Return how many words with marks a text has that are syllables, and how many it has at all."""
    words = [word for word in _WORDS.findall(text) if not word.isascii()]
    return sum(is_syllable(word) for word in words), len(words)


def in_unicode(grid: Grid) -> Grid:
    """Return the grid with the text of old fonts and wrong code pages converted, decided for the whole sheet.

    Cells with nothing to see are "" in it.
    """
    texts = grid.strings()
    if any(map(str.isspace, texts)):
        grid = replace(grid, rows=[["" if is_blank(value) else value for value in row] for row in grid.rows])
    conversion = conversion_for(texts)
    if conversion is None:
        return grid
    rows = [[convert(v, conversion) if isinstance(v, str) else v for v in row] for row in grid.rows]
    return replace(grid, rows=rows, above=tuple(convert(text, conversion) for text in grid.above))
