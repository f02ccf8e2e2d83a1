"""Counts of people as officers type them; a doubt is a code, never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tonghop.reading.beside import NOTHING_ARISEN, SIGN_BEHIND, is_about_people
from tonghop.reading.number_words import number_in_words
from tonghop.reading.persons import LEAST_PERSONAL, sayable
from tonghop.reading.text import composed, plain
from tonghop.words import short_day

AMBIGUOUS, NOT_A_NUMBER, FRACTION = "ambiguous-number", "not-a-number", "fraction-of-people"
ESTIMATED, FORMULA_ERROR, ZERO_DECIMALS = "estimated-figure", "formula-error", "zero-decimals"
ZERO_IN_WORDS = "zero-in-words"

_BLANKS = frozenset({"", "-", "–", "—", "−", "_", "--", "---", ".", "..", "...", "…", "/", "x", "X"})
# Lines that are drawn with signs.
_RULED = frozenset("-–—_=.…")
_QUOTES = '"“”'
_NUMBER = re.compile(r"^([+\-−–]?)\s*([0-9](?:[0-9.,' \u00a0]*[0-9])?)[.,]?\s*(.*)$", re.DOTALL)
_GROUPED = re.compile(r"^[0-9]{1,3}(?:([. \u00a0'])[0-9]{3})(?:\1[0-9]{3})*$")
_COMMA_GROUPED = re.compile(r"^[0-9]{1,3}(?:,[0-9]{3})+$")
_DECIMALS_ZERO = re.compile(r"^(.*?)([.,])0{1,2}$")
# 1.234,00 and 5519,00 can only be whole numbers with decimals; 5,00 may have lost a nought.
_SURELY_DECIMALS = re.compile(
    r"^(?:[0-9]{1,3}(?:\.[0-9]{3})+(,)|[0-9]{1,3}(?:,[0-9]{3})+(\.)|[0-9]{4,}([.,]))0{1,2}$"
)
_ESTIMATE = re.compile(
    r"[~≈≃±?]|^\s*[<>≤≥]|\b(?:khoang|uoc(?: tinh| chung| dat)?|tam tinh|xap xi|it nhat|toi thieu|toi da|"
    r"trung binh|du kien|chua chinh thuc|chua day du|chua chac)\b|\b(?:gan|hon|tren|duoi|chung)\s*[0-9]"
)
_ERROR = re.compile(
    r"^(?:#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|BLOCKED!|FIELD!|BUSY!|CONNECT!)|"
    r"Err:[0-9]{3})$",
    re.I,
)
# No number begins with one of these, in figures or in words: all letters but those of "không", "chưa phát sinh".
_NEVER_FIRST = frozenset("abdefghijlmnopqrstuvwxyzđABDEFGHIJLMNOPQRSTUVWXYZĐ")
_COMMAS_GROUP = re.compile(r"^[0-9]{1,3}(,[0-9]{3}){2,}\b")
_DOTS_GROUP = re.compile(r"^[0-9]{1,3}(\.[0-9]{3})+\b")
_DOT_IN_PERCENT = re.compile(r"^\s*[0-9]+\.[0-9]{1,2}\s*%")
_COMMA_IN_PERCENT = re.compile(r"^\s*[0-9]+,[0-9]+\s*%?")
_NUMERIC_LOOK = re.compile(r"^[0-9 .,'+\-−–%()/=]*$")
RAW = 40


class Count(NamedTuple):
    """A cell of people: the number, or why none was taken; both None for a blank cell.

    ``raw`` is the cell's text where it looks like a number, ``text`` what may be shown of it where it does not.
    ``remark``: the code of what is to be said of a number that was taken. ``footnote``: the cell ("" in running
    text) and the words of the footnote that must be settled first. ``sentence``: which of the doubt's says it.
    """

    number: float | None
    raw: str
    doubt: str | None = None
    hint: int | None = None
    text: str = ""
    remark: str | None = None
    footnote: tuple[str, str] | None = None
    sentence: str = ""


BLANK = Count(None, "")
# Nine digits and more count nobody: a telephone, identity or account number, which is not to be shown.
HIDDEN = Count(None, "", NOT_A_NUMBER, text="…")


class Habit(NamedTuple):
    """How a sheet writes numbers: is a comma between thousands there (``1,234``), or before decimals?

    ``zero_decimals``: the signs that stand before decimals of nought in the counts of the sheet for certain.
    """

    comma_groups: bool = False
    comma_decimals: bool = False
    zero_decimals: frozenset[str] = frozenset()

    @property
    def reads_comma_as_thousands(self) -> bool:
        """Return whether only one meaning of ``1,234`` is possible in this sheet."""
        return self.comma_groups and not self.comma_decimals


def habit_of(counts: Iterable[object], percents: Iterable[object]) -> Habit:
    """Return the habit a sheet's texts show: counts like ``5.658`` or ``1,234,567``, percents with , or a dot."""
    groups = decimals = False
    zeros: set[str] = set()
    for value in counts:
        if value and isinstance(value, str):
            text = value.strip()
            if found := _SURELY_DECIMALS.match(text):
                zeros.add(text[found.end(found.lastindex or 0) - 1])
            groups |= _COMMAS_GROUP.match(text) is not None
            decimals |= _DOTS_GROUP.match(text) is not None
    for value in percents:
        if value and isinstance(value, str):
            groups |= _DOT_IN_PERCENT.match(value) is not None
            decimals |= _COMMA_IN_PERCENT.match(value) is not None
    return Habit(groups, decimals, frozenset(zeros))


def read_count(value: object, habit: Habit) -> Count:
    """Return the count in a cell of a column of people."""
    if type(value) is float:  # most cells by far
        return _of_number(value)
    if value is None or value == "" or (isinstance(value, str) and _is_blank(value)):
        return BLANK
    if isinstance(value, bool):
        return Count(None, "", NOT_A_NUMBER, text="TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return _of_number(value)
    if isinstance(value, str):
        return _of_note_marks(value) or _of_text(_unquoted(composed(value)), habit)
    return Count(None, "", NOT_A_NUMBER, text=_day_text(value))


def is_number(text: str, habit: Habit) -> bool:
    """Return whether a text is read as a number: what ``read_count`` takes, without wording any doubt."""
    if text[:1] in _NEVER_FIRST:
        return False
    if text.isascii() and text.isdecimal():
        return _of_plain(text) is not None
    if _of_note_marks(text) is not None:
        return False
    text = _unquoted(composed(text))
    if _NUMBER.match(text) is None:
        return NOTHING_ARISEN.match(plain(text)) is not None
    return _of_text(text, habit).number is not None


def _day_text(value: object) -> str:
    return short_day(value) if isinstance(value, date) else ""


@lru_cache(maxsize=8_192)
def _is_blank(text: str) -> bool:
    bare = composed(text)
    return bare in _BLANKS or _RULED.issuperset(bare)


def _unquoted(text: str) -> str:
    """Return a text without the quotes around it or the colon in front of it."""
    bare = text.lstrip(_QUOTES).rstrip(_QUOTES)
    return bare.removeprefix(":").lstrip() if bare[:1].isdecimal() or bare[:1] == ":" else text


def _of_note_marks(text: str) -> Count | None:
    """Return the doubt of a number with the mark of a note (5519¹, 5519①, 5½): joined it would be another number."""
    if text.isascii() or not any(unicodedata.category(char) == "No" for char in text):
        return None
    return Count(None, "", NOT_A_NUMBER, text=sayable(text))


def _of_number(value: float) -> Count:
    if not -LEAST_PERSONAL < value < LEAST_PERSONAL:
        return HIDDEN
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
    if _ERROR.match(text):
        return error_count(text)
    # The wording by which reports confirm a nought; "không phát sinh mới" or "trong ngày" speaks of the increase.
    if NOTHING_ARISEN.match(plain(text)):
        return Count(0.0, "", text=sayable(text), remark=ZERO_IN_WORDS)
    found = _NUMBER.match(text)
    if found is not None and text.endswith(")") and (written := _written_out(text)) is not None:
        before = _of_text(text.rpartition("(")[0].strip(), habit)
        if written in (before.number, before.hint if before.doubt == AMBIGUOUS else None):
            return Count(float(written), before.raw)
        return _no_number(text)
    if found is None or not is_about_people(found[3]):
        return (
            Count(None, raw_of(text), ESTIMATED, text=sayable(text))
            if _is_estimate(text)
            else _no_number(text)
        )
    if _ESTIMATE.search(plain(text)):
        return Count(None, raw_of(text), ESTIMATED, text=sayable(text))
    digits = re.sub(r"\s+", " ", found[2])
    count = _of_digits(digits, habit)
    if count is None:
        return _no_number(text)
    if (count.number or count.hint or 0) >= LEAST_PERSONAL:
        return HIDDEN
    if count.number is not None and (found[1] == "+" or SIGN_BEHIND.match(found[3])):
        # "+12" is an increase sooner than a count; "443-" is negative for some, and a slip for others.
        return Count(None, raw_of(text), AMBIGUOUS, int(count.number))
    sign = -1 if found[1] else 1
    number = None if count.number is None else sign * count.number
    return count._replace(number=number, raw=raw_of(text))


def _written_out(text: str) -> int | None:
    """Return the number that brackets behind another one write out, None where they say anything else."""
    inside = text.rpartition("(")[2].rstrip(")")
    return None if any(map(str.isdigit, inside)) else number_in_words(inside)


def _is_estimate(text: str) -> bool:
    """Return whether a text is a count of people with a word or sign that says "about": ``~4000``, ``khoảng 4000``."""
    bare, marks = _ESTIMATE.subn(lambda mark: "".join(c for c in mark[0] if c.isdigit()), plain(text))
    found = _NUMBER.match(bare.strip(" .,:)("))
    return marks > 0 and found is not None and is_about_people(found[3])


def error_count(shown_as: str) -> Count:
    """Return what a cell counts that shows the error of a formula (``#REF!``, ``Err:502``): nothing."""
    return Count(None, "", FORMULA_ERROR, text=sayable(shown_as))


def _no_number(text: str) -> Count:
    return Count(None, raw_of(text), NOT_A_NUMBER, text=sayable(text))


def _of_digits(digits: str, habit: Habit) -> Count | None:
    with_zeros = _DECIMALS_ZERO.match(digits)
    if with_zeros is None:
        return _of_whole_digits(digits, habit, has_dot_decimals=False)
    whole, sign = with_zeros[1], with_zeros[2]
    if sign in whole:
        return None  # 5.519.00: a nought was lost, or a sign is wrong
    count = _of_whole_digits(whole, habit, has_dot_decimals=sign == ".")
    is_certain = _SURELY_DECIMALS.match(digits) is not None or sign in habit.zero_decimals
    if count is None or count.number in (None, 0) or is_certain:
        return count
    # "5,00" is five for whoever typed decimals, and five hundred or five thousand for whose finger slipped.
    return count._replace(remark=ZERO_DECIMALS)


def _of_whole_digits(digits: str, habit: Habit, *, has_dot_decimals: bool) -> Count | None:
    if digits.isdecimal():
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
    if len(digits) > 8 or (len(digits) > 4 and digits.startswith("0")):
        return None
    return Count(float(int(digits)), digits)


@lru_cache(maxsize=8_192)
def raw_of(text: str) -> str:
    """Return a cell's text where it is of numeric look (a unit of people may follow), else nothing."""
    text = " ".join(composed(text).split())
    if len(text) < 8 and _NUMERIC_LOOK.match(text):
        return text  # most: too short for a telephone or identity number
    if any(map(str.isalpha, text.partition("(")[2])):
        text = text.partition("(")[0].strip()
    found = _NUMBER.match(text)
    looks = _NUMERIC_LOOK.match(text) or (found is not None and is_about_people(found[3].split("(")[0]))
    digits = max((len(run) for run in re.findall(r"[0-9]+", text)), default=0)
    joined = sum(map(str.isdigit, text))
    return text[:RAW] if looks and digits < 8 and joined < 9 else ""
