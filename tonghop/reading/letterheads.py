"""The district, city or province that a letterhead or title names: another's commune may have the same name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tonghop.domain.units import UnitCode
from tonghop.reading.context import Around
from tonghop.reading.grid import Grid
from tonghop.reading.text import edits_apart, has_accents, key, plain, shown, tidy, unaccented
from tonghop.reading.unit_names import TYPE_OF, Name, named
from tonghop.reading.units import Resolver

_LONGEST, _LONGEST_NAME = 120, 4
_KIND = r"huyện đảo|huyen dao|huyện|huyen|quận|quan|thị xã|thi xa|thành phố|thanh pho|tp\.?|tỉnh|tinh"
_OFFICE = r"(?:(?:ubnd|[uủ][yỷ]? ban nhân dân|u[yỷ] ban nhân dân|uy ban nhan dan|hđnd)\s+)?"
# At the beginning, as on a letterhead; behind a comma or dash that parts it from what lies in it; "trên địa bàn …".
_PLACE = re.compile(
    rf"(?:^\s*{_OFFICE}|[,;–(-]\s*|địa bàn\s+|dia ban\s+)({_KIND})(?:\s*:\s*|\s+)(?=(\S.*)$)", re.I
)
_LABEL = re.compile(rf"^\s*(?:{_KIND})\s*:?\s*$", re.I)
# Words behind a name in a title, and words that are none though they follow: "Huyện ủy", "huyện Phòng Văn hóa".
_BEHIND = key(
    "ngày năm tháng tính đến tuần đợt lần về báo kết trong theo và số cho của tại thị huyện quận tỉnh"
).split()
_NO_NAME = {*key("ủy đoàn đội phòng ban trung đảng hội công sở chưa có là thành toàn").split(), *_BEHIND}
# Without marks these may begin a name: Thạnh Hóa, Phong Điền.
_OPEN = frozenset({"thanh", "phong", "hoi", "doan", "ba", "so", "ve", "la", "dong", "co", "cong"})
_NAME_END = re.compile(r"[,;:()–\d]|\s-")
_SIGNED = re.compile(
    r"\b(?:tp\.?|thành phố)[^,]{1,40},\s*ngày", re.I
)  # "TP. Tân An, ngày 18 …": where it was signed
_DATED = re.compile(r"^\W*([^\d,:;]{4,40}?)\s*,\s*(?:ngày|ngay)\b", re.I)
_SHORT = frozenset({"thanh pho"})  # TP has no marks to be left out
_DISTRICTS = frozenset({"huien", "quan", "thi xa", "thanh pho"})


# What stands on every official letterhead, mostly in a table without lines.
_MOTTO = re.compile(r"\bcong hoa xa hoi chu nghia\b|\bdoc lap\W+tu do\W+hanh phuc\b")
_MOST_ROWS, _MOST_CELLS = 8, 24


def letterhead_in(grid: Grid) -> tuple[str, ...]:
    """Return the lines of a table that is a letterhead and no more, which stand above the table that follows."""
    if len(grid.rows) > _MOST_ROWS:
        return ()
    texts = [value for row in grid.rows for value in row if isinstance(value, str) and value]
    if len(texts) > _MOST_CELLS or not any(_MOTTO.search(plain(text[:500])) for text in texts):
        return ()
    return (*grid.above, *(line for text in texts for line in text.splitlines() if line.strip()))


class Claim(NamedTuple):
    """A district or city that stands above a table: as it is written, and the units of the tree it can be."""

    text: str
    units: tuple[UnitCode, ...]


class Letterheads:
    """Tells the districts and cities that titles name, in one tree."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._within = [named(name) for name in resolver.tree.within]
        self._claims_of = lru_cache(maxsize=4_096)(self._read)
        self._signed_in = lru_cache(maxsize=4_096)(self._signed)

    def claims(self, around: Sequence[Around]) -> list[Claim]:
        """Return the districts and cities that the texts above a sheet's tables name."""
        found: list[Claim] = []
        for one in around:
            if one.is_above and isinstance(one.value, str) and len(one.value) <= _LONGEST:
                found += self._claims_of(one.value, one.label[:_LONGEST])
        inner = {unit for claim in found for unit in claim.units}
        return [claim for claim in found if not any(self._is_above(claim, unit) for unit in inner)]

    def signed_at(self, around: Sequence[Around]) -> list[Claim]:
        """Return the units after whose place the lines of place and day are dated: "Mỹ Bình, ngày 18 tháng 8"."""
        texts = (one.value for one in around if isinstance(one.value, str) and "," in one.value[:_LONGEST])
        return [claim for text in texts if (claim := self._signed_in(text)) is not None]

    def _signed(self, text: str) -> Claim | None:
        found = next(
            (one for line in text[:_LONGEST].splitlines() if (one := _DATED.match(tidy(line)))), None
        )
        name = named(found[1]) if found is not None else None
        if found is None or name is None:
            return None
        units = self._resolver.mentioned(found[1], bare=True)
        same = tuple(u for u in units if len(self._resolver.name_of(u).words) == len(name.words))
        return Claim(shown(found[1].strip()), same) if same else None

    def _is_above(self, claim: Claim, unit: UnitCode) -> bool:
        return any(unit != other and self._resolver.is_below(unit, other) for other in claim.units)

    def _read(self, text: str, label: str) -> tuple[Claim, ...]:
        """Return what the lines of a text claim; ``label``: what stands in front of it."""
        if label and _LABEL.match(label) is not None:
            text = f"{label.strip(' :')} {text}"
        return tuple(claim for line in text.splitlines() for claim in self._of_line(tidy(line)))

    def _of_line(self, line: str) -> Iterator[Claim]:
        if _SIGNED.search(line) is None:
            found = (self._claim(place.group(1), place.group(2)) for place in _PLACE.finditer(line))
            yield from (claim for claim in found if claim is not None)

    def _claim(self, written_kind: str, behind: str) -> Claim | None:
        """Return the claim of a place's kind and what follows it; None where no name does, or one not to be told."""
        kind = TYPE_OF[key(written_kind)]
        words = key(_NAME_END.split(behind)[0]).split()
        if has_accents(" ".join(words)) and not has_accents(key(written_kind)) and kind not in _SHORT:
            return None  # "Quan tâm": the word is no quận
        if any(name.type == kind and _begin(words, name) for name in self._within):
            return None
        units = tuple(u for u in self._above(kind) if _begin(words, self._resolver.name_of(u)))
        name = words[: len(self._resolver.name_of(units[0]).words)] if units else words[: _end_of(words)]
        if not units and not self._is_strange(kind, name):
            return None
        return Claim(
            shown(f"{written_kind} {' '.join(behind.split()[: len(name)])}".strip(" ,;:()–-")), units
        )

    def _is_strange(self, kind: str, name: Sequence[str]) -> bool:
        return 0 < len(name) <= _LONGEST_NAME and not _is_any(name, 0, _NO_NAME) and self._is_told(kind)

    def _is_told(self, kind: str) -> bool:
        """Return whether such a place is known: a district's province lies outside its tree, and may not be."""
        of_root = self._resolver.name_of(self._resolver.tree.root).type
        return (
            kind in _DISTRICTS
            or of_root in ("thanh pho", "tinh")
            or any(name.type == kind for name in self._within)
        )

    def _above(self, kind: str) -> list[UnitCode]:
        """Return the units that can have others below them, by what they are called."""
        resolver = self._resolver
        kinds = ("tinh",) if kind == "tinh" else _DISTRICTS
        return [unit.code for unit in resolver.tree.units if resolver.name_of(unit.code).type in kinds]


def _begin(words: Sequence[str], name: Name) -> bool:
    """Return whether words begin with a place's name, marks and one slip of the keys apart."""
    plain = [unaccented(word) for word in name.words]
    return edits_apart(" ".join(unaccented(word) for word in words[: len(plain)]), " ".join(plain)) < 2


def _end_of(words: Sequence[str]) -> int:
    """Return how many words a name has at most: a title goes on behind it."""
    return next((i for i in range(1, len(words)) if _is_any(words, i, _BEHIND)), len(words))


def _is_any(words: Sequence[str], at: int, known: Collection[str]) -> bool:
    """Return whether a word is one of others, or reads like one in text typed without marks."""
    word = words[at]
    if word in known or any(map(has_accents, words)):
        return word in known
    return word not in _OPEN and any(word == unaccented(other) for other in known)
