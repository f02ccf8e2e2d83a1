"""The patterns headings are written as: ``{a|b}`` stands for either, ``[a|b]`` for either or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tonghop.reading.text import key, unaccented

_PIECE = re.compile(r"\[([^\[\]{}]*)\]|\{([^\[\]{}]*)\}|([^\[\]{}]+)")


def is_well_formed(pattern: str) -> bool:
    """Return whether every bracket of a pattern has its other, none inside another."""
    return "".join(piece.group() for piece in _PIECE.finditer(pattern)) == pattern


def words_of(pattern: str) -> set[str]:
    """Return the keys of all words a pattern holds."""
    return {word for piece in re.split(r"[\[\]{}|]", pattern) for word in key(piece).split()}


class Patterns:
    """Patterns as they are written and, when first needed, without marks; compiled when a text may fit one.

    A form has sixty of them, of which one workbook asks for a few; to compile all costs more than to read it.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = tuple(patterns)
        self._by_first_word: dict[bool, Mapping[str, Sequence[int]]] = {}
        self._compiled: dict[tuple[int, bool], re.Pattern[str]] = {}

    def matching(self, spelling: str, plain: bool) -> list[int]:
        """Return the positions of the patterns a key fits."""
        if plain not in self._by_first_word:
            self._by_first_word[plain] = _by_first_word(self._patterns, plain)
        text = spelling + " "
        first = spelling.partition(" ")[0]
        return [i for i in self._by_first_word[plain].get(first, ()) if self._at(i, plain).fullmatch(text)]

    def _at(self, i: int, plain: bool) -> re.Pattern[str]:
        if (i, plain) not in self._compiled:
            self._compiled[i, plain] = _compiled(self._patterns[i], plain)
        return self._compiled[i, plain]


def _by_first_word(patterns: Sequence[str], plain: bool) -> Mapping[str, Sequence[int]]:
    """Return the positions of patterns by each word they can begin with: most texts then try very few."""
    found: dict[str, list[int]] = {}
    for i, pattern in enumerate(patterns):
        for word in _first_words(pattern, plain):
            found.setdefault(word, []).append(i)
    return found


def _pieces(pattern: str, plain: bool) -> Iterator[tuple[bool, list[str]]]:
    """Yield the pieces of a pattern: whether nothing may stand there, and the keys of what may."""
    for optional, either, fixed in (piece.groups() for piece in _PIECE.finditer(pattern)):
        keys = [key(part) for part in (optional or either or fixed).split("|")]
        yield optional is not None, [unaccented(part) for part in keys] if plain else keys


def _compiled(pattern: str, plain: bool) -> re.Pattern[str]:
    """Return the expression that matches the keys a pattern stands for, each with a space behind it."""
    built = ""
    for is_optional, parts in _pieces(pattern, plain):
        either_of = "|".join(re.escape(part + " ") for part in parts if part)
        if either_of:
            built += f"(?:{either_of})" + ("?" if is_optional else "")
    return re.compile(built)


def _first_words(pattern: str, plain: bool) -> set[str]:
    words: set[str] = set()
    for is_optional, parts in _pieces(pattern, plain):
        words |= {part.partition(" ")[0] for part in parts if part}
        if not is_optional and all(parts):
            break
    return words
