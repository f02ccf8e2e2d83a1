"""The patterns headings are written as: ``{a|b}`` stands for either, ``[a|b]`` for either or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from tonghop.reading.text import key, unaccented

# Whether nothing may stand in its place, and the keys of what may.
_Piece: TypeAlias = tuple[bool, list[str]]
_PIECE = re.compile(r"\[([^\[\]{}]*)\]|\{([^\[\]{}]*)\}|([^\[\]{}]+)")


def is_well_formed(pattern: str) -> bool:
    """Return whether every bracket of a pattern has its other, none inside another."""
    return "".join(piece.group() for piece in _PIECE.finditer(pattern)) == pattern


def words_of(pattern: str) -> set[str]:
    """Return the keys of all words a pattern holds."""
    return {word for piece in re.split(r"[\[\]{}|]", pattern) for word in key(piece).split()}


class Patterns:
    """Patterns as they are written and, when first needed, without marks; taken apart when a text may fit one.

    A text is asked for once, so a pattern is walked along it piece by piece: to compile one as an expression
    takes as long as to walk it a hundred times.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = tuple(patterns)
        self._by_first_word: dict[bool, Mapping[str, Sequence[int]]] = {}
        self._pieces: dict[tuple[int, bool], Sequence[_Piece]] = {}

    def matching(self, spelling: str, plain: bool) -> list[int]:
        """Return the positions of the patterns a key fits."""
        if plain not in self._by_first_word:
            self._by_first_word[plain] = _by_first_word(self._patterns, plain)
        text = spelling + " "
        first = spelling.partition(" ")[0]
        return [i for i in self._by_first_word[plain].get(first, ()) if _fits(self._at(i, plain), text)]

    def _at(self, i: int, plain: bool) -> Sequence[_Piece]:
        if (i, plain) not in self._pieces:
            self._pieces[i, plain] = _spaced(self._patterns[i], plain)
        return self._pieces[i, plain]


def _by_first_word(patterns: Sequence[str], plain: bool) -> Mapping[str, Sequence[int]]:
    """Return the positions of patterns by each word they can begin with: most texts then try very few."""
    found: dict[str, list[int]] = {}
    for i, pattern in enumerate(patterns):
        for word in _first_words(pattern, plain):
            found.setdefault(word, []).append(i)
    return found


def _pieces(pattern: str, plain: bool) -> Iterator[_Piece]:
    """Yield the pieces of a pattern."""
    for optional, either, fixed in (piece.groups() for piece in _PIECE.finditer(pattern)):
        keys = [key(part) for part in (optional or either or fixed).split("|")]
        yield optional is not None, [unaccented(part) for part in keys] if plain else keys


def _spaced(pattern: str, plain: bool) -> Sequence[_Piece]:
    """Return the pieces of a pattern that are not empty, each key with a space behind it."""
    spaced = [
        (optional, [f"{part} " for part in parts if part]) for optional, parts in _pieces(pattern, plain)
    ]
    return [piece for piece in spaced if piece[1]]


def _fits(pieces: Sequence[_Piece], text: str) -> bool:
    """Return whether the whole text is made of the pieces, in every way that they can be told apart."""
    reached = {0}
    for is_optional, parts in pieces:
        further = {at + len(part) for at in reached for part in parts if text.startswith(part, at)}
        reached = reached | further if is_optional else further
    return len(text) in reached


def _first_words(pattern: str, plain: bool) -> set[str]:
    words: set[str] = set()
    for is_optional, parts in _pieces(pattern, plain):
        words |= {part.partition(" ")[0] for part in parts if part}
        if not is_optional and all(parts):
            break
    return words
