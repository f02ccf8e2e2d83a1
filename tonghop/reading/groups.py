"""Groups and sections nobody knows: what stands below them is neither the people's nor the staff's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tonghop.domain.forms import Form
from tonghop.reading.bounds import says_bounds
from tonghop.reading.brackets import changes_meaning
from tonghop.reading.families import families
from tonghop.reading.heading_keys import heading_keys
from tonghop.reading.headings import LABEL, ORDINAL, UNIT, Lexicon
from tonghop.reading.table_header import Column
from tonghop.reading.text import key, unaccented

_NAMING = frozenset({UNIT, LABEL, ORDINAL})
# A place's name in a heading says nothing of whom it counts: the words of the places that a text names.
PlaceWords = Callable[[str], frozenset[str]]


def no_places(_text: str) -> frozenset[str]:
    """Return no words: for who knows no units."""
    return frozenset()


class Groups:
    """Tells which heading keeps a column from meaning what its own words say."""

    def __init__(self, form: Form, lexicon: Lexicon, place_words: PlaceWords) -> None:
        self._lexicon, self._place_words = lexicon, place_words
        self._families = families(form)
        words = frozenset(w for text in form.plain_words for w in key(text).split())
        self._plain_words = words | frozenset(map(unaccented, words))
        self._of_which = frozenset(map(key, form.of_which)) | {
            unaccented(key(text)) for text in form.of_which
        }
        self._is_foreign: dict[str, bool] = {}

    def without_strange(self, columns: Sequence[Column]) -> Iterator[Column]:
        """Yield the columns, those that stand below a group of others without a meaning."""
        # What stands over the units' column too is a title that runs across the table, and no group.
        titles = {part for one in columns if not _NAMING.isdisjoint(one.meanings) for part in one.parts[:-1]}
        is_beside_groups = any(self._lexicon.is_group(part) for one in columns for part in one.parts[:-1])
        for column in columns:
            parts = column.parts
            if titles and len(parts) > 1:
                parts = (*(part for part in parts[:-1] if part not in titles), parts[-1])
            strange = self.strange(parts, column.meanings, is_beside_groups) if len(parts) > 1 else ""
            yield Column(column.index, column.parts, (), strange) if strange else column

    def strange(self, parts: Sequence[str], meanings: Sequence[str], is_beside_groups: bool) -> str:
        """Return the heading above a column (the last of ``parts``) that its meaning cannot stand below.

        Below "Lực lượng vũ trang" neither "Tổng số" nor "Đã cài đặt" is the form's, and below "CBCCVC" no
        telephones of the people are counted. "Tổng cộng" over "Đã cài đặt" are the people, but beside groups of
        people and of staff (``is_beside_groups``) they are both. "" where nothing is strange.
        """
        if not any(code in self._families for code in meanings):
            return ""
        foreign = next((part for part in parts[:-1] if self.is_foreign(part)), "")
        if foreign and (is_beside_groups or not self._lexicon.means_alone(" ".join(parts))):
            return foreign
        own = {self._families.get(code, code) for code in meanings}
        clashes = any(below and below.isdisjoint(own) for below in map(self._families_below, parts[:-1]))
        return parts[-1] if clashes and not foreign else ""

    def told(self, parts: tuple[str, ...], before: Sequence[str]) -> tuple[str, ...]:
        """Return the headings of a column, one that only says "of which" replaced by what stands before it.

        ``before``: the headings of the last column that does not stand below it. "Trong đó" behind "Dân số" is of the
        people, behind "Tổng số CBCCVC" of the staff, behind "Số người trên 60 tuổi" of nobody the form counts.
        """
        at = next((i for i, part in enumerate(parts[:-1]) if key(part) in self._of_which), None)
        if at is None or not before:
            return parts
        above = [part for part in before if part not in parts]
        return (*parts[:at], *above, *parts[at + 1 :])

    def is_foreign(self, text: str) -> bool:
        """Return whether a group's name may be of anybody: it is not known, and not only technical."""
        found = self._is_foreign.get(text)
        if found is None:
            found = not self._lexicon.tells(text) and not self._is_plain(text)
            if len(self._is_foreign) >= 20_000:
                self._is_foreign.clear()
            self._is_foreign[text] = found
        return found

    def _is_plain(self, text: str) -> bool:
        """Return whether all words are such as say nothing of whom is counted: "Kết quả thực hiện", a day, a place."""
        if changes_meaning(text) or says_bounds(text):
            return False
        known = self._plain_words
        for spelling in heading_keys(text):
            strange = [
                word
                for word in spelling.split()
                if word not in known and not (word.isdigit() and len(word) < 3)
            ]
            if not strange or self._place_words(text).issuperset(strange):
                return True
        return not heading_keys(text)

    def _families_below(self, group: str) -> frozenset[str]:
        """Return whose counts a known group has, where it has any: the people's, the staff's.

        Below "Tổng số CBCCVC" they are the staff's too; what was done may stand above whoever did it.
        """
        lexicon = self._lexicon
        alone = lexicon.meanings((group,))
        own = alone if len(alone) == 1 and lexicon.numerators.isdisjoint(alone) else ()
        codes = lexicon.meanings_below(group) or lexicon.counts.intersection(own)
        return frozenset(self._families.get(code, code) for code in codes if code not in lexicon.rates)
