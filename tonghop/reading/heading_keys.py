"""The keys under which a heading may be known: without its numbering, its day and its footnote marks."""

from __future__ import annotations

import re

from tonghop.reading.brackets import BRACKETED
from tonghop.reading.text import key, tidy

_DATE_WORDS = re.compile(
    r"\(?\s*(?:(?:tính|tinh|số liệu|so lieu)\s+)?(?:(?:đến|den|tới|toi|của|cua)\s+)?(?:hết\s+|het\s+)?"
    r"(?:\d{1,2}\s*(?:h|giờ|gio|g)\s*\d{0,2}\s*(?:phút|phut)?,?\s*)?(?:(?:ngày|ngay)\s*)?"
    r"(?<![\d/.,])\d{1,2}\s*(?:[/.\-]\s*(?:\d{1,2}\s*[/.\-]\s*\d{2,4}|(?:0?[1-9]|1[0-2])(?!\d))"
    r"|(?:tháng|thang)\s*\d{1,2}(?:\s*(?:năm|nam)\s*\d{4})?)(?![\d/.,]\d)\s*\)?",
    re.IGNORECASE,
)
# "Trong ngày 18/8" stays "trong ngày" without its day.
_IN_THE_DAY = re.compile(r"\b(trong)\s+(?=(?:ngày|ngay)\s*\d)", re.IGNORECASE)
_SHORT_WORDS = {"TS": "Tổng số", "SL": "Số lượng"}
_SHORT_WORD = re.compile(r"\b(?:TS|SL)\b", re.IGNORECASE)
_FOOTNOTE = re.compile(r"[¹²³⁰⁴-⁹]+")
_DIGIT = re.compile(r"\d")
# What every day of the pattern above holds; quick to look for.
_HOLDS_DAY = re.compile(r"\d\s*(?:[/.\-]|tháng|thang)\s*\d", re.IGNORECASE)
_NUMBERING = re.compile(
    r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})*\s*[.):]|\(?[a-zA-ZđĐ]\s*[.)]|[IVX]{1,4}\s*[.)]|[-+*•–])\s*"
)
_FORMULA = re.compile(r"[\s(]*\d{1,2}\)?\s*=\s*[\d()+\-/*:x\s]+%?$")


def has_day(text: str) -> bool:
    """Return whether a heading names a day: "đến ngày 18/8/2020"."""
    return (
        _DIGIT.search(text) is not None
        and _HOLDS_DAY.search(tidy(text)) is not None
        and _DATE_WORDS.search(tidy(text)) is not None
    )


def without_day(text: str) -> str:
    """Return a title or heading without the day it names."""
    return _DATE_WORDS.sub(" ", text) if _DIGIT.search(text) and _HOLDS_DAY.search(text) else text


def _written_out(text: str) -> str:
    """Return a heading tidy, with the offices' short words written out: "TS dân", "SL đã cài"."""
    return _SHORT_WORD.sub(lambda word: _SHORT_WORDS[word[0].upper()], tidy(text))


def heading_keys(text: str) -> tuple[str, ...]:
    """Return the keys under which a heading may be known, the fullest first.

    Its numbering, its day ("đến ngày 18/8/2020") and what stands in brackets ("(người)") need not be known.
    """
    whole = _written_out(text)
    has_digit = _DIGIT.search(whole) is not None
    if has_digit:
        whole = _IN_THE_DAY.sub(lambda found: found[1] + " ngày ", whole)
    whole = _FOOTNOTE.sub(" ", whole)
    if has_digit and _HOLDS_DAY.search(whole):
        whole = _DATE_WORDS.sub(" ", whole)
    unnumbered = _NUMBERING.sub("", whole)
    if "=" in unnumbered:
        unnumbered = _FORMULA.sub("", unnumbered)
    bare = BRACKETED.sub(" ", unnumbered) if "(" in unnumbered or "[" in unnumbered else unnumbered
    return tuple(dict.fromkeys(filter(None, map(key, (whole, unnumbered, bare)))))
