"""What senders say of whose the figures are: "số liệu của xã Mỹ Bình gửi nhờ", "gồm cả xã Mỹ Bình", "TM. UBND xã …".

A place that is a recipient, an address, a comparison or somebody who reports later is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tonghop.domain.units import UnitCode
from tonghop.reading.reservation_words import SENTENCES
from tonghop.reading.text import plain, tidy
from tonghop.reading.unit_names import named
from tonghop.reading.units import Resolver

ANOTHERS, ANOTHER_TOO = "another", ""
_LONGEST, _LONGEST_SENTENCE, _LONGEST_NOTE = 2_000, 200, 80
_TYPE = r"(?:xa\b|phuong\b|thi tran\b|x\.|p\.|tt\b\.?)"
_PLACE = rf"{_TYPE} ?\w+(?: (?!(?:chua|khong|ko|da|se|co|can|phai|cung|moi|vua|hay|de|dang)\b)\w+){{0,3}}?"
_NAME = rf"(?P<name>{_PLACE})"
_OFFICE = r"(?:(?:ubnd|uy ban nhan dan) )?"
_POLITE = (
    r"(?:(?:em|toi|minh|chau|day|la|xin|kinh|tran trong|gui|chuyen|nop|dinh kem|kem theo|file|tep|a|anh|chi|phong"
    r"|cac|nho|ho|giup|gium|thay|kem) )*"
)
_FIGURES = (
    r"(?:so lieu|so|bao cao|bc|ket qua|bieu|bang|file|tep)(?: (?:bluezone|cai dat|nay|tren|duoi|day|dinh kem"
    r"|trong|file|bang|so lieu|ket qua|la|cua))*"
)
_NOTE = r"^\W*(?:(?:ghi chu|luu y|chu y|p/s|ps)\W+)?"
# What may follow the name, or the sentence says something else of that place: "… thấp hơn", "… gửi sau".
_NO_MORE = (
    r"\W*(?:(?:a|nha|nhe|do|day|gui (?:nho|ho|giup|gium|thay|dum)|nho (?:gui|em gui)|bluezone|hom nay"
    r"|(?:ngay )?\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{4})?(?!\d)|nhu tren|kem theo|dinh kem|cho phong|qua mail \w+)\W*)*$"
)
_IS_OF = (
    re.compile(rf"{_NOTE}{_POLITE}{_FIGURES} {_OFFICE}{_NAME}{_NO_MORE}"),
    re.compile(
        rf"{_NOTE}{_POLITE}gui (?:nho|ho|giup|gium|thay|dum)(?: (?:cho|so lieu|so|bao cao|bc|cua|file))* {_OFFICE}"
        rf"{_NAME}{_NO_MORE}"
    ),
    re.compile(
        rf"{_NOTE}(?:kinh (?:gui|chuyen|thua)[^:;,]{{0,60}}[,:] ?|thua [^,]{{0,30}}, ?)?{_OFFICE}{_NAME}"
        r" (?:(?:xin|kinh|tran trong|xin phep) )*(?:gui|bao cao|nho gui|nop|chuyen)\b"
        r"(?! (?:rieng|sau|cham|tre|bo sung|lai sau|thieu|co|rang|\d))"
    ),
    re.compile(rf"{_NOTE}{_OFFICE}(?P<name>{_TYPE}[^;]{{3,70}}?) gui (?:nho|ho|thay)\b"),
    re.compile(rf"^\W*(?:tm|t/m|kt|tl)\W{{0,3}}(?:(?:uy ban nhan dan|ubnd|chu tich)[ .]*)+{_NAME}\W*$"),
)
_AS_WELL = re.compile(
    rf"{_NOTE}(?:da )?(?:(?:so lieu|so)(?: nay| tren)? )?(?:da )?(?:bao gom|gom|tinh|cong)(?: (?:luon|gop|chung|ca|them"
    rf"|voi))+(?: (?:so lieu|so|dan))*(?: cua)? {_OFFICE}{_NAME}{_NO_MORE}"
)
# Without "xã" a name is one only as the end of a whole sentence about figures: "giống Mỹ Bình", "số liệu của Mỹ Bình".
_TAKEN = r"(?:la|van|y|lay|copp?y|chep|sao chep|giong|nhu|trung|het|nguyen|voi|tu|theo|cua|gui|nho|ho|giup)"
_AND_OF = r"(?:bao gom|gom|tinh|cong|gop|luon|chung|them|ca|cung|ke)"
_BARE = re.compile(
    rf"{_NOTE}(?P<figures>(?:so lieu|so|bao cao|bc|ket qua|file|bieu|bang)(?: (?:nay|tren|day))? )?(?:da )?"
    rf"(?:(?P<taken>{_TAKEN}|so lieu|so|cho)|(?P<too>{_AND_OF})) (?:(?:{_TAKEN}|{_AND_OF}|so lieu|so|voi|cho) )*"
    rf"{_OFFICE}(?P<name>(?:{_TYPE} ?)?\w+(?: \w+){{1,3}}?){_NO_MORE}"
)
_MAY_TELL = re.compile(rf"\b{_TYPE}")
_MAY_TELL_BARE = re.compile(
    rf"{_NOTE}(?:{_TAKEN}|{_AND_OF}|so lieu|so|bao cao|bc|ket qua|file|bieu|bang|da) \w"
)
_INITIALS = re.compile(r"\b(TM|T/M|KT|TL|TT|X|P)\.\s*", re.I)  # their stop ends no sentence
_CLAUSES = re.compile(r"[,;(]")
# Whose mailbox it came from, and not whose figures: "mail xã Bình Thành", "xã Bình Thành gửi giúp".
_MAILBOX = re.compile(
    rf"\b(?:mail|email|e-mail|hop thu|dia chi|tai khoan|zalo)(?: cua)? {_PLACE}(?=\W*(?:[,;.)]|$)| gui)"
    rf"|{_PLACE} (?:gui|chuyen) (?:nho|ho|giup|gium|thay|dum)\b"
)


class Said(NamedTuple):
    """The words by which a text gives figures to a unit, the unit, and which sentence asks about it."""

    words: str
    unit: UnitCode
    sentence: str


def given_to_another(text: str, unit: UnitCode, resolver: Resolver) -> Said | None:
    """Return what a text says by which the figures of a unit are another's, or another's as well; None for others."""
    may_be_bare, may_be_typed = _may_tell(text)
    if may_be_bare and (found := _without_type(tidy(text), unit, resolver)) is not None:
        return found
    if not may_be_typed:
        return None
    for sentence in SENTENCES.split(_INITIALS.sub(r"\1.", text[:_LONGEST])):
        written = tidy(sentence)
        if 4 < len(written) <= _LONGEST_SENTENCE:
            found = next(_in_sentence(written, unit, resolver), None)
            if found is not None:
                return found
    return None


@lru_cache(maxsize=8_192)
def _may_tell(text: str) -> tuple[bool, bool]:
    """Return whether a text may be a sentence about a unit by its bare name, and whether it may name one's type."""
    words = plain(text[:_LONGEST])
    return _MAY_TELL_BARE.match(words) is not None, _MAY_TELL.search(words) is not None


def _without_type(sentence: str, unit: UnitCode, resolver: Resolver) -> Said | None:
    """Return what a whole sentence says of a unit by its bare name: "giống Mỹ Bình", "gồm cả Mỹ Bình"."""
    words = plain(sentence)
    told = _BARE.match(words) if len(words) == len(sentence) <= _LONGEST_NOTE else None
    if told is None:
        return None
    name = sentence[told.start("name") : told.end("name")]
    units = [
        one
        for one in resolver.mentioned(name, bare=True)
        if len(resolver.name_of(one).words) == len(named(name).words)
    ]
    if not units or any(resolver.is_below(unit, one) for one in units):
        return None
    before = sentence[: told.start("name")].strip()
    of_both = ANOTHER_TOO if told["too"] and not told["figures"] else ANOTHERS
    return Said(f"{before} {resolver.tree[units[0]].name}", units[0], of_both)


def _in_sentence(sentence: str, unit: UnitCode, resolver: Resolver) -> Iterator[Said]:
    words = plain(sentence)
    if len(words) != len(sentence) or _MAY_TELL.search(words) is None:
        return
    rest = sentence
    for start, end in [one.span() for one in _MAILBOX.finditer(words)]:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    if unit in resolver.mentioned(rest, bare=True):
        return
    clauses = [part.strip() for part in _CLAUSES.split(sentence)]
    for clause in dict.fromkeys((*clauses, sentence)):
        yield from _in_clause(clause, unit, resolver)


def _in_clause(clause: str, unit: UnitCode, resolver: Resolver) -> Iterator[Said]:
    words = plain(clause)
    if len(words) != len(clause):
        return
    for pattern, sentence in (*((one, ANOTHERS) for one in _IS_OF), (_AS_WELL, ANOTHER_TOO)):
        told = pattern.match(words)
        if told is None:
            continue
        units = resolver.mentioned(clause[told.start("name") : told.end("name")])
        if units and not any(resolver.is_below(unit, one) for one in units):
            before = clause[: told.start("name")].strip()
            yield Said(f"{before} {resolver.tree[units[0]].name}".strip(), units[0], sentence)
