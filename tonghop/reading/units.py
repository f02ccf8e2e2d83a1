"""Labels resolved to units, in layers and inside the sender's or folder's branch first.

No match is better than a wrong one: a label that fits two units, or is one explicit mark or whole syllable
away from the only unit it could mean, is a question for a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

from tonghop.domain.units import UnitCode, UnitTree
from tonghop.reading.mentions import CODE, MOST_KEPT, Mentions
from tonghop.reading.text import has_accents, key, tidy, unaccented
from tonghop.reading.unit_names import (
    LONGEST_KEPT,
    Name,
    initials,
    is_slip_of,
    named,
    office_written_out,
    with_short_bodies,
    without_numbering,
)

# What an agency is of, where its own place goes without saying.
_PLACE_TAILS = (("huien",), ("quan",), ("thanh", "pho"), ("thi", "xa"), ("tinh",))
_REMARK = re.compile(r"\((?:[^()]*)\)\s*$")
# The place a unit is in, behind its name: ", huyện Đức Huệ, tỉnh Long An", "- Đức Huệ", " huyện Đức Huệ".
_PLACE_BEHIND = re.compile(
    r"(?:\s*[,;–]|\s+-|(?<=\S)\s+(?=(?:huyện|quận|thị xã|thành phố|H\.|Q\.|TP\.?)\s*\S))\s*\S.*$", re.I
)
_PROVINCE = re.compile(r"\s*[,;–-]?\s*\b(?:tỉnh|t\.)\s*\S.*$", re.I)
# Words of a remark on the report, not on whom it counts.
_SAYS_NOTHING = frozenset(
    unaccented(key(word))
    for word in re.findall(
        r"[^\W_]+",
        """đã nộp gửi báo cáo lần 1 2 3 4 5 sửa đính chính bổ sung cập nhật điều chỉnh thay thế lại mới x ký tên đóng
    dấu duyệt xác nhận kiểm tra hoàn thành xong chính thức ubnd đơn vị""",
    )
)


class Match(NamedTuple):
    """What a label names: one unit, several it fits, or none (both empty).

    ``is_elsewhere``: it stands in a district, the first of ``fits``, in which none of the others lies.
    """

    unit: UnitCode | None = None
    fits: tuple[UnitCode, ...] = ()
    is_elsewhere: bool = False

    def __bool__(self) -> bool:
        return self.unit is not None


NOTHING = Match()
K = TypeVar("K")


class Resolver:
    """The units of one tree by every key a label may carry."""

    def __init__(self, tree: UnitTree) -> None:
        self.tree = tree
        self._names = {unit.code: named(unit.name) for unit in tree.units}
        root = named(tree[tree.root].name)
        self._of_root = (*root.type.split(), *unaccented(root.bare).split())
        self._path: dict[UnitCode, tuple[UnitCode, ...]] = {tree.root: (tree.root,)}
        for unit in tree.units[1:]:  # parents before children
            self._path[unit.code] = (unit.code, *self._path[unit.parent or tree.root])
        self._resolved: dict[tuple[str, UnitCode | None], Match] = {}
        self._fitting: dict[tuple[Name, str], list[UnitCode]] = {}

    # Each index is made when the first label needs it: the names of folders are mostly spelt as in the register.
    @cached_property
    def _by_key(self) -> Mapping[str, Sequence[UnitCode]]:
        return self._by(lambda name: name.bare)

    @cached_property
    def _by_plain(self) -> Mapping[str, Sequence[UnitCode]]:
        return self._by(lambda name: unaccented(name.bare))

    @cached_property
    def _by_size(self) -> Mapping[int, Sequence[UnitCode]]:
        return self._by(lambda name: len(name.words))

    @cached_property
    def _by_office(self) -> Mapping[str | None, Sequence[UnitCode]]:
        return self._by(lambda name: None if name.type else self._office(name.bare))

    @cached_property
    def _by_initials(self) -> Mapping[str | None, Sequence[UnitCode]]:
        return self._by(lambda name: None if name.type or len(name.words) < 4 else initials(name.words))

    @cached_property
    def _by_all_initials(self) -> Mapping[str | None, Sequence[UnitCode]]:
        offices = self._by(lambda name: None if name.type else self._office(name.bare))
        found: dict[str | None, list[UnitCode]] = {}
        for office, codes in offices.items():
            words = unaccented(office or "").split()
            if len(words) > 3:
                found.setdefault("".join(word[0] for word in words), []).extend(codes)
        return found

    def _by(self, key_of: Callable[[Name], K]) -> Mapping[K, Sequence[UnitCode]]:
        """Return the units by a key of their names, in the order of the register."""
        found: dict[K, list[UnitCode]] = {}
        for code, name in self._names.items():
            found.setdefault(key_of(name), []).append(code)
        return found

    def name_of(self, code: UnitCode) -> Name:
        """Return a unit's type and bare name."""
        return self._names[code]

    def is_below(self, code: UnitCode, above: UnitCode) -> bool:
        """Return whether a unit stands below (or is) another."""
        return above in self._path[code]

    def resolve(self, label: str, scope: UnitCode | None = None) -> Match:
        """Return the unit a label names, looked for inside ``scope`` (a unit's branch) first.

        A code in the label decides, unless the name beside it is another unit's.
        """
        asked = (label.strip(), scope)
        found = self._resolved.get(asked)
        if found is None:
            if len(self._resolved) > MOST_KEPT:
                self._resolved.clear()
            found = self._resolved[asked] = self._resolve(*asked)
        return found

    def _resolve(self, label: str, scope: UnitCode | None) -> Match:
        if len(label) > 1 and label in self._names:
            return Match(label)  # a register's codes may be longer than the state's
        scopes = self._path.get(scope or self.tree.root, (self.tree.root,))
        code = self._by_code(label)
        if code is not None:
            return self._with_code(code, CODE.sub(" ", label), scopes)
        by_name = self._by_name(named(label), label, scopes)
        if by_name or by_name.fits or len(label) > LONGEST_KEPT:
            return by_name
        return self._with_place(label, scopes)

    def _with_place(self, label: str, scopes: tuple[UnitCode, ...]) -> Match:
        """Return the unit of a label that tells its district too: "Xã Minh Tân, huyện Kiến Thụy", "(Kiến Thụy)".

        A place in brackets that is none of the tree makes it another's unit, and most other remarks may make the
        figures those of a part of it: "(chưa tính ấp 3)". Only what speaks of the report alone says nothing.
        """
        for pattern in (_REMARK, _PLACE_BEHIND):
            found = pattern.search(tidy(label))
            if found is None:
                continue
            name, place = tidy(label)[: found.start()], found.group().strip(" ,;()–-")
            above = self._place(place)
            if above is not None:
                return self._by_name(named(name), name, (above,))
            if pattern is _REMARK and _SAYS_NOTHING.issuperset(unaccented(key(place)).split()):
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
        codes = {found for found in CODE.findall(label) if found in self._names}
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

    def _by_name(self, name: Name, label: str, scopes: tuple[UnitCode, ...]) -> Match:
        if not name.bare or len(name.bare) > 120:
            return NOTHING
        asked = (name, label)
        if asked not in self._fitting:
            if len(self._fitting) > MOST_KEPT:
                self._fitting.clear()
            self._fitting[asked] = self._fits(name, label)
        return self._inside(self._fitting[asked], scopes)

    def _fits(self, name: Name, label: str) -> list[UnitCode]:
        """Return the units of the first layer with any, wherever they lie: every scope ends in the root."""
        for layer in self._layers(name, label):
            found = [code for code in layer if not name.type or self._type(code) in ("", name.type)]
            if found:
                return found
        # Typed without marks, "Quan Toan" is no quận but Phường Quán Toan.
        is_open = name.type and not has_accents(key(label))
        return list(self._by_plain.get(without_numbering(label), ())) if is_open else []

    def _layers(self, name: Name, label: str) -> Iterator[Iterable[UnitCode]]:
        """Yield the units a name may mean, the likeliest way first; what is not asked for is not looked up."""
        yield self._by_key.get(name.bare, ())
        if not has_accents(key(label)):
            yield self._by_plain.get(name.bare, ())
        if not name.type:
            yield self._by_office.get(self._office(name.bare), ())
        yield self._by_short_name(name, label)
        yield self._one_slip_away(name)
        if written_out := office_written_out(label):
            name = named(written_out)
            yield self._by_office.get(self._office(name.bare), ()) or self._by_short_name(name, written_out)

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
        words = [word for word in with_short_bodies(bare).split() if word not in ("va`", "va")]
        plain = tuple(unaccented(word) for word in words)
        for tail in (self._of_root, self._of_root[-2:], *_PLACE_TAILS):
            if tail and len(words) > len(tail) and plain[-len(tail) :] == tail:
                return " ".join(words[: -len(tail)])
        return " ".join(words)

    def _by_short_name(self, name: Name, label: str) -> Iterable[UnitCode]:
        """Return agencies by their initials: "Phòng VHTT", "Phòng GD-ĐT huyện", "TTYT", "Phòng Lao động - TB&XH"."""
        if name.type or sum(char.isupper() for char in label) < 3:
            return ()
        first, *rest = unaccented(self._office(name.bare)).split()
        found = self._by_initials.get(f"{first} {''.join(rest)}", ()) if rest else ()
        return (
            found
            or self._by_all_initials.get("".join((first, *rest)), ())
            or self._by_initials.get(f"{first} {_initials_of(label, rest)}", ())
        )

    def _one_slip_away(self, name: Name) -> Iterable[UnitCode]:
        return [
            code
            for code in self._by_size.get(len(name.words), ())
            if is_slip_of(name.words, self._names[code].words)
        ]

    def mentioned(self, text: str, bare: bool = False) -> tuple[UnitCode, ...]:
        """Return the units a running text names with their type ("UBND xã Bình Thành"), the deepest only.

        ``bare`` is for names of files and sheets: there a name of two words and more needs no type.
        """
        return self._mentions.of(text, bare)

    def place_words(self, text: str) -> frozenset[str]:
        """Return the words (keys) of the places a text names: "xã Bình Thành"; an agency is no place."""
        places = (code for code in self.mentioned(text, bare=True) if self._names[code].type)
        return frozenset(word for code in places for word in key(self.tree[code].name).split())

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions(self.tree, self._names, self._path)


def _initials_of(label: str, words: Sequence[str]) -> str:
    """Return the initials of words, those that a label writes in capitals being initials already."""
    short = {unaccented(key(word)) for word in re.findall(r"\w{2,}", label) if word.isupper()}
    return "".join(word if word in short else word[0] for word in words)
