"""Parts of those who are counted together: "Cán bộ, công chức" beside "Viên chức" is not all of the staff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tonghop.domain.forms import Form
from tonghop.reading.table_header import Column
from tonghop.reading.text import key, unaccented


class Parts:
    """Tells the columns of an indicator that count a part only, by the parts that a form names."""

    def __init__(self, form: Form) -> None:
        self._spellings = {
            indicator.code: [[key(word) for word in part] for part in indicator.parts]
            for indicator in form.indicators
            if indicator.parts
        }
        short = {unaccented(word) for parts in self._spellings.values() for part in parts for word in part}
        letters = "|".join(sorted((word for word in short if " " not in word), key=len, reverse=True))
        # "CBCCVC": nothing but short words one behind the other.
        self._joined = re.compile(f"(?:{letters})+") if letters else None
        self._short = re.compile(letters)

    def without_parts(self, columns: Sequence[Column]) -> Iterator[Column]:
        """Yield the columns, those of a part without their meaning.

        A column counts a part where another of its indicator names more parts, or where a heading that nobody
        knows names a part it does not.
        """
        beside = [column for column in columns if not column.meanings]
        for column in columns:
            code = column.meanings[0] if len(column.meanings) == 1 else ""
            if code not in self._spellings:
                yield column
                continue
            others = [*beside, *(one for one in columns if one is not column and one.meanings == (code,))]
            if others and self._is_part(code, column, beside, others):
                yield replace(column, meanings=(), strange=column.parts[-1])
            else:
                yield column

    def _is_part(self, code: str, column: Column, beside: Sequence[Column], others: Sequence[Column]) -> bool:
        named = self._named(code, column)
        if not named:
            return False
        if any(self._named(code, one) - named for one in beside):
            return True
        return any(named < self._named(code, one) for one in others if one.meanings)

    def _named(self, code: str, column: Column) -> frozenset[int]:
        """Return the parts a column's own heading names, or else all its headings."""
        return self._named_in(code, column.parts[-1]) or self._named_in(code, column.heading)

    def _named_in(self, code: str, text: str) -> frozenset[int]:
        words = unaccented(key(text)).split()
        spelling = f" {' '.join(words)} "
        short = {
            found
            for word in words
            if self._joined is not None and self._joined.fullmatch(word)
            for found in self._short.findall(word)
        }
        parts = ([unaccented(word) for word in part] for part in self._spellings[code])
        return frozenset(
            i for i, part in enumerate(parts) if any(f" {one} " in spelling or one in short for one in part)
        )
