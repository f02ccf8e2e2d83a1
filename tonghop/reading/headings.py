"""The spellings of headings: headings.csv read strictly, and looked up forgivingly but never guessed.

A cell of ``text`` or ``group`` is a heading as people type it. ``{a|b}`` stands for either, ``[a|b]`` for
either or nothing; case, punctuation, line breaks and tone placement do not count. The same text with several
meanings is decided by what stands around it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from tonghop.domain.forms import Form, Heading
from tonghop.errors import ConfigurationError
from tonghop.reading.brackets import changes_meaning
from tonghop.reading.heading_keys import heading_keys
from tonghop.reading.others import of_others_or_later
from tonghop.reading.patterns import Patterns, is_well_formed, words_of
from tonghop.reading.text import edits_apart, has_accents, key

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("text", "means", "group")
UNIT, ORDINAL, NOTE, DAY, VALUE, LABEL, MEASURE, IGNORE, PERSONAL = (
    "unit", "ordinal", "note", "day", "value", "label", "measure", "ignore", "personal",
)  # fmt: skip
PLAIN_MEANINGS = frozenset({UNIT, ORDINAL, NOTE, DAY, VALUE, LABEL, MEASURE, IGNORE, PERSONAL})
_CODE = re.compile(r"^[a-z][a-z0-9_]*$")


def load_headings(path: Path, codes: Iterable[str] = ()) -> tuple[Heading, ...]:
    """Return the headings of a form's headings.csv, in its order.

    ``codes``: the form's indicators and rates; where given, any other meaning is refused. Raises
    ``ConfigurationError`` naming file and line.
    """
    allowed = PLAIN_MEANINGS | set(codes)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise ConfigurationError(f"{path}:1: the columns must be {','.join(COLUMNS)}")
            return tuple(_heading(path, rows.line_num, row, allowed, bool(codes)) for row in rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"{path}: {error}") from error


def _heading(path: Path, line: int, row: dict[str, str], allowed: Iterable[str], strict: bool) -> Heading:
    text, means, group = ((row.get(column) or "").strip() for column in COLUMNS)
    if not text:
        raise ConfigurationError(f"{path}:{line}: text is empty; write the heading as people type it")
    known = means in allowed if strict else means in PLAIN_MEANINGS or _CODE.match(means)
    if not known:
        raise ConfigurationError(
            f"{path}:{line}: means is {means!r}; allowed: the form's indicators and rates, "
            f"{', '.join(sorted(PLAIN_MEANINGS))}"
        )
    for pattern in (text, group):
        if not is_well_formed(pattern):
            raise ConfigurationError(f"{path}:{line}: {pattern!r}: brackets do not match")
    return Heading(text, means, group)


class _Known(NamedTuple):
    """What one text is known as: by itself, below which groups, and whether it is such a group."""

    alone: tuple[str, ...] = ()
    below: tuple[tuple[int, str], ...] = ()
    groups: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.alone or self.below or self.groups)

    def beside_counts(self) -> _Known:
        """Return what is left where brackets may make another count of it: no count and no group of counts."""
        alone = tuple(means for means in self.alone if means in PLAIN_MEANINGS and means != VALUE)
        return _Known(alone) if alone else _UNKNOWN


_UNKNOWN = _Known()


class Lexicon:
    """What headings mean in one form; built once and asked for every text of a sheet."""

    def __init__(self, form: Form) -> None:
        groups = list(dict.fromkeys(h.group for h in form.headings if h.group))
        index = {group: i for i, group in enumerate(groups)}
        self._rows = [(h.means, index.get(h.group, -1)) for h in form.headings]
        self._texts = Patterns([h.text for h in form.headings])
        self._groups = Patterns(groups)
        self._words = frozenset(w for h in form.headings for w in words_of(h.text) | words_of(h.group))
        # By their length and an end: one slip of the keys leaves the first or the last letter as it was.
        self._by_ends: dict[tuple[int, str, bool], list[str]] = {}
        for word, is_last in product(sorted(self._words), (False, True)):
            self._by_ends.setdefault((len(word), word[-is_last], is_last), []).append(word)
        self._seen: dict[object, _Known] = {}  # asked for whatever a cell holds
        self._near: dict[str, list[str]] = {}
        self.counts = frozenset(indicator.code for indicator in form.indicators)
        self.rates = {rate.code: rate for rate in form.rates}
        self.numerators = frozenset(rate.numerator for rate in form.rates)
        self.order = [indicator.code for indicator in form.indicators]
        self.increases = {
            indicator.code: frozenset(key(text) for text in indicator.increase_headings)
            for indicator in form.indicators
            if indicator.increase_headings
        }

    def known(self, text: str) -> bool:
        """Return whether a text is a heading or the group above headings."""
        return bool(self._known(text))

    def count_known(self, cells: Sequence[object]) -> int:
        """Return how many cells are headings or groups above them."""
        seen = list(map(self._seen.get, cells))
        unseen = seen.count(None)
        count = len(seen) - unseen - seen.count(_UNKNOWN)
        if unseen:
            texts = [v for v, known in zip(cells, seen, strict=True) if known is None and isinstance(v, str)]
            count += sum(self._known(text) is not _UNKNOWN for text in texts)
        return count

    def is_group(self, text: str) -> bool:
        """Return whether a text is known as the group above headings."""
        return bool(self._known(text).groups)

    def tells(self, text: str) -> bool:
        """Return whether a text above headings is known: as a group, or as a heading of its own."""
        known = self._known(text)
        return bool(known.groups or known.alone)

    def means_alone(self, text: str) -> bool:
        """Return whether a text is a heading that needs no other above it."""
        return bool(self._known(text).alone)

    def may_mean(self, text: str, code: str) -> bool:
        """Return whether a heading means a count below some group."""
        return any(means == code for _, means in self._known(text).below)

    def is_counted(self, text: str) -> bool:
        """Return whether a text is a heading of its own that may stand over a column of the form's."""
        return not {IGNORE, PERSONAL}.issuperset(self._known(text).alone)

    def meanings_below(self, text: str) -> frozenset[str]:
        """Return what columns below a group may mean."""
        groups = self._known(text).groups
        return frozenset(means for means, group in self._rows if group in groups) if groups else frozenset()

    def meanings(self, parts: tuple[str, ...], *, turned_round: bool = True) -> tuple[str, ...]:
        """Return what a column may mean, by its header cells from top to bottom; several: still open.

        ``turned_round``: whether what was done may stand above who did it.
        """
        if len(parts) == 1:
            return self._known(parts[0]).alone
        # Below "Đoàn viên" or "Phấn đấu đến cuối tháng" nobody is counted that the form asks for.
        if any(of_others_or_later(part) and not self._known(part) for part in parts[:-1]):
            return (IGNORE,)
        own = self._known(parts[-1])
        above = [self._known(part) for part in reversed(parts[:-1])]
        joined = self._known(" ".join(parts)).alone
        # Under "Trong ngày" no column is a cumulative count, under "Người liên hệ" every one is personal.
        for group in above:
            if not {IGNORE, PERSONAL}.isdisjoint(group.alone):
                return joined or group.alone
        for between, group in enumerate(above):
            found = tuple(dict.fromkeys(means for i, means in own.below if i in group.groups))
            if found and between:
                return self._within(found, own, parts[:-1], between)
            if found:
                is_turned = turned_round and VALUE in own.alone
                counted = self._turned_round(parts[:-1], is_last=False) if is_turned else ()
                return counted or self._narrowed(found, parts[:-1])
        if counted := joined or (self._turned_round(parts, is_last=True) if turned_round else ()):
            return counted
        # "Số lượng" below "Số người đã cài đặt" only says that people are counted there, and no percents.
        if own.alone == (VALUE,) and above and self.counts.issuperset(above[0].alone):
            return above[0].alone or own.alone
        return own.alone or (above[0].alone if above and not parts[-1].strip() else ())

    def _turned_round(self, parts: tuple[str, ...], *, is_last: bool) -> tuple[str, ...]:
        """Return what is counted where a group (``is_last``: with nothing below) stands below what it did."""
        group = self._known(parts[-1])
        for part in parts[:-1] if group.groups else ():
            told = tuple(means for i, means in self._known(part).below if i in group.groups)
            # "CBCCVC, NLĐ" are all of them by itself; here they are if "CBCCVC, NLĐ đã cài đặt" is a heading.
            if is_last and group.alone:
                told = self._known(f"{parts[-1]} {part}").alone
            if told and self.numerators.issuperset(told):
                return told
        return ()

    def _within(
        self, found: tuple[str, ...], own: _Known, above: tuple[str, ...], between: int
    ) -> tuple[str, ...]:
        """Return what a heading means that is known below a group, where others stand ``between`` them.

        Below "Người dân" over "Đã cài đặt" neither "Số lượng" nor "Tổng số" are all the people.
        """
        whole = self.meanings(above) if any(map(self.known, above[-between:])) else ()
        if not whole or {IGNORE, PERSONAL}.issuperset(whole):
            # "Số người" below "Ngày 17/8/2020" or whatever else tells not of how many.
            return whole or (() if VALUE in own.alone else self._narrowed(found, above))
        same = tuple(means for means in found if means in whole)
        rates = tuple(m for m in found if m in self.rates and self.rates[m].numerator in whole)
        if same or rates:
            return same or rates
        if not self.counts.issuperset(whole):
            return ()
        if self.counts.isdisjoint(own.alone) and (
            self.numerators.issuperset(whole) or self.numerators.isdisjoint(found)
        ):
            return whole if self.counts.issuperset(found) else ()
        is_part = any(r.numerator in found and r.denominator in whole for r in self.rates.values())
        return found if is_part else ()

    def _narrowed(self, found: tuple[str, ...], above: tuple[str, ...]) -> tuple[str, ...]:
        """Return what the headings above leave of several meanings: CBCCVC over "Đã cài đặt" over "Lũy kế"."""
        if len(found) == 1 or not above:
            return found
        left = self.meanings(above)
        return tuple(means for means in found if means in left) or found

    def _known(self, text: str) -> _Known:
        known = self._seen.get(text)
        if known is None:
            known = self._search(text) if len(text) <= 200 else _UNKNOWN
            if len(self._seen) >= 20_000:
                self._seen.clear()
            self._seen[text] = known
        return known

    def _search(self, text: str) -> _Known:
        if not any(map(str.isalpha, text)) and text.strip() != "%":
            return _UNKNOWN
        keys = heading_keys(text)
        found = self._known_as(keys)
        if found and changes_meaning(text) and not (found := self._known_as(keys[:-1])):
            return self._known_as(keys[-1:]).beside_counts()
        return found

    def _known_as(self, keys: Sequence[str]) -> _Known:
        for spelling in keys:
            if self._words.issuperset(spelling.split()) and (known := self._look_up(spelling, plain=False)):
                return known
        # Marks are only held to be left out where none stands in the whole text.
        for spelling in keys:
            if not any(map(has_accents, spelling.split())) and (known := self._look_up(spelling, plain=True)):
                return known
        return next((known for spelling in keys if (known := self._mended(spelling))), _UNKNOWN)

    def _look_up(self, spelling: str, plain: bool) -> _Known:
        rows = [self._rows[i] for i in self._texts.matching(spelling, plain)]
        groups = self._groups.matching(spelling, plain)
        if not rows and not groups:
            return _UNKNOWN
        return _Known(
            tuple(dict.fromkeys(means for means, group in rows if group < 0)),
            tuple((group, means) for means, group in rows if group >= 0),
            frozenset(groups),
        )

    def _mended(self, spelling: str) -> _Known:
        """Return what a text is known as with one or two slips of the keys mended, if only one thing fits.

        A word that stands in any known heading is no slip: "chưa" is one letter from nothing it may replace.
        """
        words = spelling.split()
        odd = [i for i, word in enumerate(words) if word not in self._words]
        if len(spelling) < 8 or not 1 <= len(odd) <= min(2, len(words) // 2) or len(words) > 25:
            return _UNKNOWN
        choices = [self._close(words[i]) for i in odd]
        found: dict[_Known, None] = {}
        for mended in islice(product(*choices), 25):
            for i, word in zip(odd, mended, strict=True):
                words[i] = word
            known = self._look_up(" ".join(words), plain=False)
            if known:
                found[known] = None
        return next(iter(found)) if len(found) == 1 else _UNKNOWN

    def _close(self, word: str) -> list[str]:
        if word not in self._near:
            if len(self._near) >= 20_000:
                self._near.clear()
            self._near[word] = self._search_close(word)
        return self._near[word]

    def _search_close(self, word: str) -> list[str]:
        """Return the words of headings that are one slip of the keys away."""
        # Of two letters another one is another abbreviation: TL is no slip of TS.
        if len(word) < 3 or any(char.isdigit() for char in word):
            return []
        ends = ((len(word) + more, word[-last], last) for more in (-1, 0, 1) for last in (False, True))
        likely = {near for end in ends for near in self._by_ends.get(end, ())}
        return sorted((w for w in likely if edits_apart(word, w) == 1), key=lambda w: (len(w), w))
