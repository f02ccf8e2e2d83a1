"""Counts of people and percents as officers type them; a doubt is a code, never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tonghop.reading.text import key, unaccented

AMBIGUOUS, NOT_A_NUMBER, FRACTION = "ambiguous-number", "not-a-number", "fraction-of-people"

_BLANKS = frozenset({"", "-", "–", "—", "−", "_", "--", "---", ".", "..", "...", "…", "/", "x", "X"})
_NUMBER = re.compile(r"^([+\-−–]?)\s*([0-9](?:[0-9.,' \u00a0]*[0-9])?)[.,]?\s*(.*)$", re.DOTALL)
# What may follow a count of people: it tells what was counted and changes nothing.
_PEOPLE_WORDS = frozenset(
    re.findall(
        r"\S+",
        """nguoi ng ngoi nguoi. nhan khau dan cb cc vc cbcc cbccvc nld can bo d c dong chi may thue bao
    smartphone""",
    )
)
_GROUPED = re.compile(r"^[0-9]{1,3}(?:([. \u00a0'])[0-9]{3})(?:\1[0-9]{3})*$")
_COMMA_GROUPED = re.compile(r"^[0-9]{1,3}(?:,[0-9]{3})+$")
_DECIMALS_ZERO = re.compile(r"^(.*?)([.,])0{1,2}$")
_COMMAS_GROUP = re.compile(r"^[0-9]{1,3}(,[0-9]{3}){2,}\b")
_DOTS_GROUP = re.compile(r"^[0-9]{1,3}(\.[0-9]{3})+\b")
_DOT_IN_PERCENT = re.compile(r"^\s*[0-9]+\.[0-9]{1,2}\s*%")
_COMMA_IN_PERCENT = re.compile(r"^\s*[0-9]+,[0-9]+\s*%?")
_NUMERIC_LOOK = re.compile(r"^[0-9 .,'+\-−–%()/=]*$")
RAW = 40


@dataclass(frozen=True, slots=True)
class Count:
    """A cell of people: the number, or why none was taken; both None for a blank cell."""

    number: float | None
    raw: str
    doubt: str | None = None
    hint: int | None = None


_NO_COUNT = Count(None, "")


@dataclass(frozen=True, slots=True)
class Habit:
    """How a sheet writes numbers: is a comma between thousands there (``1,234``), or before decimals?"""

    comma_groups: bool = False
    comma_decimals: bool = False

    @property
    def reads_comma_as_thousands(self) -> bool:
        """Return whether only one meaning of ``1,234`` is possible in this sheet."""
        return self.comma_groups and not self.comma_decimals


def habit_of(counts: Iterable[object], percents: Iterable[object]) -> Habit:
    """Return the habit a sheet's texts show: counts like ``5.658`` or ``1,234,567``, percents with , or a dot."""
    groups = decimals = False
    for value in counts:
        if value and isinstance(value, str):
            text = value.strip()
            groups |= _COMMAS_GROUP.match(text) is not None
            decimals |= _DOTS_GROUP.match(text) is not None
    for value in percents:
        if value and isinstance(value, str):
            groups |= _DOT_IN_PERCENT.match(value) is not None
            decimals |= _COMMA_IN_PERCENT.match(value) is not None
    return Habit(groups, decimals)


def read_count(value: object, habit: Habit) -> Count:
    """Return the count in a cell of a column of people."""
    if type(value) is float:  # most cells by far
        return _of_number(value)
    if value is None or value == "" or (isinstance(value, str) and _is_blank(value)):
        return _NO_COUNT
    if isinstance(value, bool):
        return Count(None, "", NOT_A_NUMBER)
    if isinstance(value, int | float):
        return _of_number(value)
    if isinstance(value, str):
        return _of_text(unicodedata.normalize("NFKC", value).strip(), habit)
    return Count(None, "", NOT_A_NUMBER)


@lru_cache(maxsize=8_192)
def _is_blank(text: str) -> bool:
    return unicodedata.normalize("NFKC", text).strip() in _BLANKS


def _of_number(value: float) -> Count:
    if not -1e12 < value < 1e12:
        return Count(None, "", NOT_A_NUMBER)
    whole = round(value)
    if abs(value - whole) < 1e-6:
        return Count(float(whole), str(whole))
    raw = f"{value:.10g}"
    thousands = value * 1000
    # 4.391 typed where the machine takes the dot for decimals is stored as the fraction 4.391; only the
    # sender knows which was meant.
    if 0 < value < 1000 and abs(thousands - round(thousands)) < 1e-6:
        return Count(None, raw, AMBIGUOUS, round(thousands))
    return Count(None, raw, FRACTION)


@lru_cache(maxsize=8_192)
def _of_text(text: str, habit: Habit) -> Count:
    found = _NUMBER.match(text)
    if found is None or not _is_about_people(found[3]):
        return Count(None, raw_of(text), NOT_A_NUMBER)
    sign = -1 if found[1] in ("-", "−", "–") and found[1] else 1
    digits = re.sub(r"\s+", " ", found[2])
    count = _of_digits(digits, habit)
    if count is None:
        return Count(None, raw_of(text), NOT_A_NUMBER)
    number = None if count.number is None else sign * count.number
    return Count(number, raw_of(text), count.doubt, count.hint)


def _of_digits(digits: str, habit: Habit) -> Count | None:
    with_zeros = _DECIMALS_ZERO.match(digits)
    has_dot_decimals = False
    if with_zeros is not None:
        digits, has_dot_decimals = with_zeros[1], with_zeros[2] == "."
    if digits.isdigit():
        return _of_plain(digits)
    if _GROUPED.match(digits):
        return Count(float(re.sub(r"[^0-9]", "", digits)), digits)
    if _COMMA_GROUPED.match(digits):
        whole = int(digits.replace(",", ""))
        certain = digits.count(",") > 1 or has_dot_decimals or habit.reads_comma_as_thousands
        return Count(float(whole), digits) if certain else Count(None, digits, AMBIGUOUS, whole)
    if re.match(r"^[0-9]+[.,][0-9]+$", digits):
        return Count(None, digits, FRACTION)
    return None


def _of_plain(digits: str) -> Count | None:
    # Nine digits, or eight behind a zero, are a telephone or identity number, not people of a commune.
    if len(digits) > 9 or (len(digits) > 4 and digits.startswith("0")):
        return None
    return Count(float(int(digits)), digits)


def _is_about_people(rest: str) -> bool:
    rest = re.sub(r"\([^()]*\)\s*$", "", rest)
    return all(word in _PEOPLE_WORDS for word in unaccented(key(rest)).split())


@lru_cache(maxsize=8_192)
def raw_of(text: str) -> str:
    """Return a cell's text where it is of numeric look (a unit of people may follow), else nothing."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    found = _NUMBER.match(text)
    looks = _NUMERIC_LOOK.match(text) or (found is not None and _is_about_people(found[3].split("(")[0]))
    digits = max((len(run) for run in re.findall(r"[0-9]+", text)), default=0)
    joined = sum(char.isdigit() for char in text)
    return text[:RAW] if looks and digits < 8 and joined < 10 else ""


@dataclass(frozen=True, slots=True)
class Percent:
    """A percent as typed: the fractions it can mean (0–1, the likelier first) and its decimals as printed."""

    fractions: tuple[float, ...]
    decimals: int
    raw: str


_PERCENT = re.compile(r"^([+\-−–]?)\s*([0-9]+)(?:([.,])([0-9]+))?\s*(%?)$")


def read_percent(value: object, format_decimals: int | None) -> Percent | None:
    """Return the percent in a cell, or None where it cannot be read; blank cells are not asked.

    ``format_decimals``: the decimals of the cell's own percent format, None where it has none or the
    container does not tell. A bare number of at most 1 may be a fraction or a percent: both are returned,
    and the counts beside it tell which.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _percent_of_number(float(value), format_decimals)
    if not isinstance(value, str):
        return None
    found = _PERCENT.match(unicodedata.normalize("NFKC", value).strip())
    if found is None or len(found[2]) > 6 or found[1] in ("-", "−", "–"):
        return None
    digits = found[4] or ""
    # 1.234 may be a thousand and more percent, or one and a quarter.
    if found[3] == "." and len(digits) == 3 and len(found[2]) <= 3 and found[2] != "0":
        return None
    number = float(f"{found[2]}.{digits or 0}")
    raw = raw_of(value)
    if found[5] or number > 1:
        return Percent((number / 100,), len(digits), raw)
    return Percent((number / 100, number), len(digits), raw)


def _percent_of_number(value: float, format_decimals: int | None) -> Percent | None:
    if not 0 <= value < 1e6:
        return None
    raw = f"{value:.10g}"
    if format_decimals is not None:
        return Percent((value,), format_decimals, raw)
    if value > 2:
        return Percent((value / 100,), _decimals(value), raw)
    return Percent((value, value / 100), _decimals(value * 100), raw)


def _decimals(value: float) -> int:
    text = f"{value:.8f}".rstrip("0")
    return min(len(text) - text.index(".") - 1, 4)
