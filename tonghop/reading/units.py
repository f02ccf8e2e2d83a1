"""Labels resolved to units, in layers and inside the sender's or folder's branch first.

No match is better than a wrong one: a label that fits two units, or is one explicit mark or whole syllable
away from the only unit it could mean, is a question for a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from tonghop.domain.units import Unit, UnitCode, UnitTree
from tonghop.reading.headings import edits_apart
from tonghop.reading.syllables import is_syllable
from tonghop.reading.text import TONE_SIGNS, has_accents, key, tidy, unaccented

# A unit's type in the words people use for it; the longest first.
_TYPES = (
    ("thi tran", "thi. trân'", "tt", "t tr"),
    ("thi xa", "thi. xa~", "tx"),
    ("thanh pho", "thanh` phô'", "tp"),
    ("phuong", "phương`", "phơng`", "p", "f", "ph"),
    ("xa", "xa~", "x"),
    ("quan", "quân.", "q"),
    ("huien", "huiên.", "h"),
    ("tinh", "tinh?", "t"),
)
_TYPE_OF = {word: names[0] for names in _TYPES for word in names}
_OFFICES = ("ubnd", "ui? ban nhân dân", "ui ban nhan dan", "hđnd va` ubnd", "hđnd ubnd", "uỷ ban nhân dân")
_DIRECTIONS = frozenset(
    {"đông", "tâi", "nam", "băc'", "trung", "dong", "tai", "bac", "thương.", "ha.", "nôi.", "ngoai."}
)
# Words that machines and habits add to the names of files typed without Vietnamese letters.
_BESIDE_NAMES = frozenset({"ngai`", "sưa?", "sao", "chep'", "ban?"})
_MOST_KEPT, _LONGEST_KEPT = 20_000, 200
# What an agency is of, where its own place goes without saying.
_PLACE_TAILS = (("huien",), ("quan",), ("thanh", "pho"), ("thi", "xa"), ("tinh",))
_NUMBERING = re.compile(r"^\s*(?:(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[a-zA-Z])\s*[.):/]\s*|[-+*•–]\s*)")
_CODE = re.compile(r"(?<![\w.,])(\d{2,5})(?![\w.,]|\s*(?:người|%))")
_REMARK = re.compile(r"\((?:[^()]*)\)\s*$")
# The place a unit is in, behind its name: ", huyện Đức Huệ, tỉnh Long An", "- Đức Huệ", " huyện Đức Huệ".
_PLACE_BEHIND = re.compile(
    r"(?:\s*[,;–]|\s+-|(?<=\S)\s+(?=(?:huyện|quận|thị xã|thành phố|H\.|Q\.|TP\.?)\s*\S))\s*\S.*$", re.I
)
_PROVINCE = re.compile(r"\s*[,;–-]?\s*\b(?:tỉnh|t\.)\s*\S.*$", re.I)
_PLACE_LIKE = re.compile(
    r"^(?:(?i:huyện|quận|thị xã|thành phố|tỉnh|h\.|q\.|tp\.?|tx\.?)\s*\S.*"
    r"|[A-ZÀ-ỸĐ][^\W\d_]*(?:\s+[A-ZÀ-ỸĐ][^\W\d_]*){1,3})$"
)


@dataclass(frozen=True, slots=True)
class Match:
    """What a label names: one unit, several it fits, or none (both empty)."""

    unit: UnitCode | None = None
    fits: tuple[UnitCode, ...] = ()

    def __bool__(self) -> bool:
        return self.unit is not None


NOTHING = Match()


@dataclass(frozen=True, slots=True)
class _Name:
    """A unit's or label's name: its type ("" if none is said) and the key of what follows."""

    type: str
    bare: str

    @property
    def words(self) -> list[str]:
        return self.bare.split()


def named(label: str) -> _Name:
    """Return the type and the bare name of a label: numbering and "UBND" in front do not count."""
    return _named(label) if len(label) <= _LONGEST_KEPT else _named.__wrapped__(label)


@lru_cache(maxsize=8_192)
def _named(label: str) -> _Name:
    text = key(_NUMBERING.sub("", tidy(label)))
    for office in _OFFICES:
        if text.startswith(office + " "):
            text = text[len(office) + 1 :]
            break
    words = text.split()
    for size in (2, 1):
        kind = _TYPE_OF.get(" ".join(words[:size]))
        if kind is not None and len(words) > size:
            return _Name(kind, " ".join(words[size:]))
    return _Name("", text)


class Resolver:
    """The units of one tree by every key a label may carry."""

    def __init__(self, tree: UnitTree) -> None:
        self.tree = tree
        self._names = {unit.code: named(unit.name) for unit in tree.units}
        self._path = {unit.code: self._ancestors(unit) for unit in tree.units}
        self._by_key: dict[str, list[UnitCode]] = {}
        self._by_plain: dict[str, list[UnitCode]] = {}
        self._by_initials: dict[str, list[UnitCode]] = {}
        self._by_office: dict[str, list[UnitCode]] = {}
        root = named(tree[tree.root].name)
        self._of_root = (*root.type.split(), *unaccented(root.bare).split())
        self._by_size: dict[int, list[UnitCode]] = {}
        for code, name in self._names.items():
            self._by_key.setdefault(name.bare, []).append(code)
            self._by_plain.setdefault(unaccented(name.bare), []).append(code)
            self._by_size.setdefault(len(name.words), []).append(code)
            if not name.type:
                self._by_office.setdefault(self._office(name.bare), []).append(code)
            if len(name.words) >= 4 and not name.type:
                self._by_initials.setdefault(_initials(name.words), []).append(code)
        self._resolved: dict[tuple[str, UnitCode | None], Match] = {}
        self._fitting: dict[tuple[_Name, str], list[UnitCode]] = {}
        self._told: dict[tuple[str, bool], tuple[UnitCode, ...]] = {}
        self._mentions: dict[tuple[str, ...], list[tuple[UnitCode, bool]]] | None = None
        self._longest_form: dict[str, int] = {}

    def _ancestors(self, unit: Unit) -> tuple[UnitCode, ...]:
        """Return the unit and every unit above it, up to the root."""
        path = [unit.code]
        while path[-1] != self.tree.root and len(path) < 20:
            path.append(self.tree[path[-1]].parent or self.tree.root)
        return tuple(path)

    def is_below(self, code: UnitCode, above: UnitCode) -> bool:
        """Return whether a unit stands below (or is) another."""
        return above in self._path[code]

    def resolve(self, label: str, scope: UnitCode | None = None) -> Match:
        """Return the unit a label names, looked for inside ``scope`` (a unit's branch) first.

        A code in the label decides, unless the name beside it is another unit's.
        """
        asked = (label, scope)
        if asked not in self._resolved:
            if len(self._resolved) > _MOST_KEPT:
                self._resolved.clear()
            self._resolved[asked] = self._resolve(label, scope)
        return self._resolved[asked]

    def _resolve(self, label: str, scope: UnitCode | None) -> Match:
        scopes = self._path.get(scope or self.tree.root, (self.tree.root,))
        code = self._by_code(label)
        if code is not None:
            return self._with_code(code, _CODE.sub(" ", label), scopes)
        by_name = self._by_name(named(label), label, scopes)
        if by_name or by_name.fits or len(label) > _LONGEST_KEPT:
            return by_name
        return self._with_place(label, scopes)

    def _with_place(self, label: str, scopes: tuple[UnitCode, ...]) -> Match:
        """Return the unit of a label that tells its district too: "Xã Minh Tân, huyện Kiến Thụy", "(Kiến Thụy)".

        A place in brackets that is none of the tree makes it another's unit; any other remark there says nothing.
        """
        for pattern in (_REMARK, _PLACE_BEHIND):
            found = pattern.search(tidy(label))
            if found is None:
                continue
            name, place = tidy(label)[: found.start()], found.group().strip(" ,;()–-")
            above = self._place(place)
            if above is not None:
                return self._by_name(named(name), name, (above,))
            if pattern is _REMARK and not _PLACE_LIKE.match(place):
                return self._by_name(named(name), name, scopes)
        return NOTHING

    def _place(self, text: str) -> UnitCode | None:
        """Return the unit with others below it that a text names, a province behind it left out."""
        text = _PROVINCE.sub("", text)
        found = self._by_key.get(named(text).bare) or self._by_plain.get(unaccented(named(text).bare), [])
        kind = named(text).type
        above = [c for c in found if not self.tree.is_leaf(c) and (not kind or self._type(c) in ("", kind))]
        return above[0] if len(above) == 1 else None

    def _by_code(self, label: str) -> UnitCode | None:
        codes = {found for found in _CODE.findall(label) if found in self._names}
        return codes.pop() if len(codes) == 1 else None

    def _with_code(self, code: UnitCode, rest: str, scopes: tuple[UnitCode, ...]) -> Match:
        """Return the unit of a code, unless the name beside it is another unit's or nobody's."""
        rest = rest.strip(" -–_.:()[]/")
        name = named(rest)
        if not name.bare or name.bare == self._names[code].bare:
            return Match(code)
        other = self._by_name(name, rest, scopes)
        if code == other.unit or code in other.fits:
            return Match(code)
        return Match(None, (code, other.unit) if other.unit else (code,))

    def _by_name(self, name: _Name, label: str, scopes: tuple[UnitCode, ...]) -> Match:
        if not name.bare or len(name.bare) > 120:
            return NOTHING
        asked = (name, label)
        if asked not in self._fitting:
            if len(self._fitting) > _MOST_KEPT:
                self._fitting.clear()
            self._fitting[asked] = self._fits(name, label)
        return self._inside(self._fitting[asked], scopes)

    def _fits(self, name: _Name, label: str) -> list[UnitCode]:
        """Return the units of the first layer with any, wherever they lie: every scope ends in the root."""
        layers: list[Callable[[], Iterable[UnitCode]]] = [lambda: self._by_key.get(name.bare, ())]
        if not has_accents(key(label)):
            layers.append(lambda: self._by_plain.get(name.bare, ()))
        if not name.type:
            layers.append(lambda: self._by_office.get(self._office(name.bare), ()))
        layers += [lambda: self._by_short_name(name, label), lambda: self._one_slip_away(name)]
        for layer in layers:
            found = [code for code in layer() if not name.type or self._type(code) in ("", name.type)]
            if found:
                return found
        return []

    def _type(self, code: UnitCode) -> str:
        return self._names[code].type

    def _inside(self, codes: list[UnitCode], scopes: tuple[UnitCode, ...]) -> Match:
        """Return the one of ``codes`` that the narrowest scope with any holds, or the several it holds."""
        for scope in scopes:
            inside = [code for code in codes if scope in self._path[code]]
            if len(inside) == 1:
                return Match(inside[0])
            if inside:
                return Match(None, tuple(inside))
        return NOTHING

    def _office(self, bare: str) -> str:
        """Return an agency's name without "và" and without the place it is of: "… huyện", "… huyện Đức Huệ"."""
        words = [word for word in bare.split() if word not in ("va`", "va")]
        plain = tuple(unaccented(word) for word in words)
        for tail in (self._of_root, *_PLACE_TAILS):
            if tail and len(words) - len(tail) > 1 and plain[-len(tail) :] == tail:
                return " ".join(words[: -len(tail)])
        return " ".join(words)

    def _by_short_name(self, name: _Name, label: str) -> Iterable[UnitCode]:
        """Return agencies by their initials: "Phòng VHTT", "Phòng GD&ĐT"."""
        words = name.words
        if name.type or len(words) < 2 or sum(char.isupper() for char in label) < 3:
            return ()
        return self._by_initials.get(unaccented(words[0]) + " " + unaccented("".join(words[1:])), ())

    def _one_slip_away(self, name: _Name) -> Iterable[UnitCode]:
        return [
            code
            for code in self._by_size.get(len(name.words), ())
            if _is_slip_of(name.words, self._names[code].words)
        ]

    def mentioned(self, text: str, bare: bool = False) -> tuple[UnitCode, ...]:
        """Return the units a running text names with their type ("UBND xã Bình Thành"), the deepest only.

        ``bare`` is for names of files and sheets: there a name of two words and more needs no type.
        """
        asked = (text[:500], bare)
        if asked not in self._told:
            if len(self._told) > _MOST_KEPT:
                self._told.clear()
            self._told[asked] = self._mentioned(*asked)
        return self._told[asked]

    def _mentioned(self, text: str, bare: bool) -> tuple[UnitCode, ...]:
        if self._mentions is None:
            self._mentions = self._index_mentions()
        spaced = re.sub(r"(?<=[a-zà-ỹ])(?=[A-ZĐ])", " ", tidy(text)) if bare else tidy(text)
        words = key(spaced.replace("_", " ")).split()
        accented = any(has_accents(word) for word in words if word not in _BESIDE_NAMES)
        found: list[UnitCode] = []
        at = 0
        while at < len(words):
            size, codes = self._longest(words, at, accented, bare)
            found += codes
            at += size
        found += [code for code in _CODE.findall(text) if bare and code in self._names]
        deepest = [c for c in dict.fromkeys(found) if not any(c != o and c in self._path[o] for o in found)]
        return tuple(deepest)

    def _longest(self, words: list[str], at: int, accented: bool, bare: bool) -> tuple[int, list[UnitCode]]:
        """Return how many words from ``at`` are the longest form of any unit, and the units of that form."""
        assert self._mentions is not None  # noqa: S101 - set by mentioned() before it asks
        longest = min(self._longest_form.get(words[at], 0), len(words) - at)
        for size in range(longest, 1, -1):
            form = tuple(words[at : at + size])
            codes = [
                code
                for code, typed in self._mentions.get(form, ())
                if (typed or bare) and not (accented and self._is_plain(form, code) and not (bare and typed))
            ]
            if codes:
                return size, codes
        return 1, []

    def _is_plain(self, form: tuple[str, ...], code: UnitCode) -> bool:
        """Return whether a form is a name with its marks left out."""
        return not has_accents(" ".join(form)) and has_accents(key(self.tree[code].name))

    def _index_mentions(self) -> dict[tuple[str, ...], list[tuple[UnitCode, bool]]]:
        index: dict[tuple[str, ...], list[tuple[UnitCode, bool]]] = {}
        for code, name in self._names.items():
            forms: dict[tuple[str, ...], bool] = {}
            for bare in (name.bare, unaccented(name.bare)):
                if len(bare.split()) > 1:
                    forms[tuple(bare.split())] = not name.type and len(bare.split()) > 2
                for word, kind in _TYPE_OF.items():
                    if kind == name.type:
                        forms[(*word.split(), *bare.split())] = True
            for form, typed in forms.items():
                index.setdefault(form, []).append((code, typed))
                self._longest_form[form[0]] = max(self._longest_form.get(form[0], 0), len(form))
        return index


def _initials(words: list[str]) -> str:
    """Return the first word and the initials of the rest, "và" left out: "phong vhtt"."""
    plain = [unaccented(word) for word in words if word not in ("va`", "va")]
    return plain[0] + " " + "".join(word[0] for word in plain[1:])


def _is_slip_of(words: list[str], meant: list[str]) -> bool:
    """Return whether exactly one word differs, by one edit, and is no word that could name another place.

    A slip of the keys rarely leaves a Vietnamese syllable; another commune's name always is one.
    """
    differing = [(a, b) for a, b in zip(words, meant, strict=True) if a != b]
    if len(differing) != 1:
        return False
    word, right = differing[0]
    if len(words) > 2 and word != right and word == unaccented(right):
        return True
    if right in _DIRECTIONS or word in _DIRECTIONS or any(char.isdigit() for char in word + right):
        return False
    letters, letters_right = word.rstrip(TONE_SIGNS), right.rstrip(TONE_SIGNS)
    if len(letters_right) < 2 or (edits_apart(letters, letters_right) != 1 and letters != letters_right):
        return False
    return not _is_plausible(word)


def _is_plausible(word: str) -> bool:
    letters = word.rstrip(TONE_SIGNS)
    signs = word[len(letters) :]
    if len(signs) > 1:
        return False
    mark = {"`": "\u0300", "'": "\u0301", "~": "\u0303", "?": "\u0309", ".": "\u0323"}.get(signs, "")
    # i and y were made one in keys; either spelling that is a syllable makes the word plausible.
    return any(is_syllable(form + mark) for form in (letters, letters.replace("i", "y")))
