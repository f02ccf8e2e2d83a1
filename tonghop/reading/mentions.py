"""The units that running texts and the names of files and sheets mention."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tonghop.domain.units import UnitCode, UnitTree
from tonghop.reading.text import has_accents, key, tidy, unaccented
from tonghop.reading.unit_names import TYPE_OF, Name

CODE = re.compile(r"(?<![\w.,])(\d{2,5})(?![\w.,]|\s*(?:người|%))")
MOST_KEPT = 20_000  # answers of one kind that are kept
# Words that machines and habits add to the names of files typed without Vietnamese letters.
_BESIDE_NAMES = frozenset({"ngai`", "sưa?", "sao", "chep'", "ban?"})
# The words of each spelling of a type.
_SPELLINGS = {
    kind: [tuple(word.split()) for word, of in TYPE_OF.items() if of == kind] for kind in TYPE_OF.values()
}
_CAPITAL_INSIDE = re.compile(r"(?<=[a-zà-ỹ])(?=[A-ZĐ])")


class Mentions:
    """Every form of the units' names, and what texts mention of them; ``path``: each unit and all above it."""

    def __init__(
        self, tree: UnitTree, names: Mapping[UnitCode, Name], path: Mapping[UnitCode, tuple[UnitCode, ...]]
    ) -> None:
        self._tree, self._names, self._path = tree, names, path
        self._told: dict[tuple[str, bool], tuple[UnitCode, ...]] = {}
        self._forms: dict[tuple[str, ...], list[tuple[UnitCode, bool]]] = {}
        self._longest_form: dict[str, int] = {}
        for code, name in names.items():
            self._index(code, name)
        for form in self._forms:
            if len(form) > self._longest_form.get(form[0], 0):
                self._longest_form[form[0]] = len(form)

    def _index(self, code: UnitCode, name: Name) -> None:
        marked, plain = name.bare, unaccented(name.bare)
        typed = (code, True)
        for bare in (marked,) if plain == marked else (marked, plain):
            words = tuple(bare.split())
            if len(words) > 1:
                self._forms.setdefault(words, []).append((code, not name.type and len(words) > 2))
            for spelling in _SPELLINGS.get(name.type, ()):
                self._forms.setdefault(spelling + words, []).append(typed)

    def of(self, text: str, bare: bool) -> tuple[UnitCode, ...]:
        """Return the units a text mentions with their type, or ``bare`` too, the deepest only."""
        asked = (text[:500], bare)
        told = self._told.get(asked)
        if told is None:
            if len(self._told) > MOST_KEPT:
                self._told.clear()
            told = self._told[asked] = self._of(*asked)
        return told

    def _of(self, text: str, bare: bool) -> tuple[UnitCode, ...]:
        spaced = _CAPITAL_INSIDE.sub(" ", tidy(text)) if bare else tidy(text)
        words = key(spaced.replace("_", " ")).split()
        accented = any(has_accents(word) for word in words if word not in _BESIDE_NAMES)
        forms: list[list[UnitCode]] = []
        at = 0
        while at < len(words):
            size = 1
            if words[at] in self._longest_form:
                size, codes = self._longest(words, at, accented, bare)
                forms.append(codes)
            at += size
        found = self._told_apart(forms)
        found += [code for code in CODE.findall(text) if bare and code in self._names]
        deepest = [c for c in dict.fromkeys(found) if not any(c != o and c in self._path[o] for o in found)]
        return tuple(deepest)

    def _longest(self, words: list[str], at: int, accented: bool, bare: bool) -> tuple[int, list[UnitCode]]:
        """Return how many words from ``at`` are the longest form of any unit, and the units of that form."""
        longest = min(self._longest_form[words[at]], len(words) - at)
        for size in range(longest, 1, -1):
            form = tuple(words[at : at + size])
            codes = [
                code
                for code, typed in self._forms.get(form, ())
                if (typed or bare) and not (accented and self._is_plain(form, code) and not (bare and typed))
            ]
            if codes:
                return size, codes
        return 1, []

    def _told_apart(self, forms: Sequence[Sequence[UnitCode]]) -> list[UnitCode]:
        """Return the units of forms; of several of one name those in the places told: "…, huyện Thuỷ Nguyên"."""
        found: list[UnitCode] = []
        certain = {codes[0] for codes in forms if len(codes) == 1}
        for codes in forms:
            told = [len(certain.intersection(self._path[code])) for code in codes] if certain else []
            found += [c for c, n in zip(codes, told, strict=True) if n == max(told)] if told else codes
        return found

    def _is_plain(self, form: tuple[str, ...], code: UnitCode) -> bool:
        """Return whether a form is a name with its marks left out."""
        return not any(map(has_accents, form)) and has_accents(key(self._tree[code].name))
