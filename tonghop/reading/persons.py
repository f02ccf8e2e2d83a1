"""What in a text tells a person: names, telephones, identity and account numbers, mail addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tonghop.reading.given_names import is_given_name
from tonghop.reading.grid import as_whole
from tonghop.reading.text import TONE_SIGNS, key, shown, tidy, unaccented

_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+?84|0)[ .\-]?\d(?:[ .\-]?\d){7,9}"
    r"|\((?:\+?84|0)\d{1,3}\)[ .\-]{0,2}\d(?:[ .\-]?\d){5,8})(?![\d])"
)
# Digits of an East Asian keyboard, and what stands between digits unseen where a number was copied from a page.
_AS_TYPED = {0xFF10 + digit: str(digit) for digit in range(10)} | dict.fromkeys(
    (*range(0x200B, 0x2010), 0x2060, 0xFEFF)
)
_IS_ODD = re.compile("[\uff10-\uff19\u200b-\u200f\u2060\ufeff]")
_DIGIT = re.compile(r"\d")
_IDENTITY = re.compile(r"(?<![\d.,])(?:\d{12}|\d{9})(?![\d.,])")
_ACCOUNT = re.compile(r"(?<![\d.,/])\d{8,19}(?![\d.,/])")
_ONE_NUMBER = re.compile(r"^\s*\+?[0-9][0-9 .,'\u00a0\-]*$")
# Bounded, as a long run of letters is otherwise tried from each of its places.
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.\w{1,20}){1,4}")
_LONG = re.compile(r"[0-9]{9,}")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_NAME = 5
# What stands in front of a place's or a school's name, its last word.
_PLACES = frozenset(
    re.findall(r"\S+", "xa phuong p tran tt thi tp pho quan huien tinh duong truong th thcs thpt")
)
# No count is as great; a telephone number without its nought is.
LEAST_PERSONAL = 10**8
# The family names of about nine in ten Vietnamese.
_SURNAMES = tuple(
    re.findall(
        r"\S+",
        """nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh doãn đoàn trịnh trương mai
    đào lương lâm hà cao châu tạ quách thái tô tăng vương kiều lưu triệu la lã""",
    )
)
_SURNAME_KEYS = frozenset(map(key, _SURNAMES))
_TONELESS = frozenset(name.rstrip(TONE_SIGNS) for name in _SURNAME_KEYS)
_PLAIN_SURNAMES = frozenset(map(unaccented, _SURNAME_KEYS))
# Family names that are too much like other words to tell a person alone, but do so before a middle name.
_RARER_SURNAMES = frozenset(
    re.findall(
        r"\S+",
        """lò giàng sùng vừ thào vàng quàng lường tòng cầm vi lộc nông ma hứa bế lục sầm chẩu chu phùng đàm tống
        khổng khuất mạc nghiêm đậu điêu cù lại mã tôn thạch danh kim sơn thân ninh""",
    )
)
_MIDDLES = frozenset(re.findall(r"\S+", "văn a thế đức minh hữu ngọc quang công đình xuân"))
# "Lò Thị Xuân" is a person whatever her family is called; "Đô Thị Mới", "UBND Thị Trấn" and "Xã Thị Hoa" are none.
_NO_SURNAMES = frozenset(
    re.findall(
        r"\S+",
        """đô siêu chỉ hiển biểu thành cận nội ngoại chợ cuộc kỳ kì dự bài hội xã phường ấp thôn phố khu huyện quận
        các những mỗi mọi từng tại ở và của""",
    )
)
_PLAIN_NO_SURNAMES = frozenset(unaccented(key(word)) for word in _NO_SURNAMES)
_BEHIND_THI = frozenset(re.findall(r"\S+", "tran xa uy doi truong phan tu"))


def looks_personal(value: object) -> bool:
    """Return whether a value looks like a telephone, identity or account number, an address or a name."""
    whole = as_whole(value)
    if whole is not None:
        return whole >= LEAST_PERSONAL
    if not isinstance(value, str):
        return False
    return has_number(value) or _ACCOUNT.search(value) is not None or looks_like_name(value)


@lru_cache(maxsize=8_192)
def has_number(text: str) -> bool:
    """Return whether a text holds a telephone or identity number or a mail address."""
    if len(text) >= 9 and _DIGIT.search(text):  # nine digits at the least
        typed = text.translate(_AS_TYPED) if _IS_ODD.search(text) else text
        if _PHONE.search(typed) or _IDENTITY.search(typed):
            return True
    return "@" in text and _EMAIL.search(text) is not None


def has_long_number(text: str) -> bool:
    """Return whether a text is nothing but one number of nine digits or more: "912.345.678", grouped like a count."""
    return len(text) >= 9 and _ONE_NUMBER.match(text) is not None and sum(map(str.isdecimal, text)) >= 9


_TITLES = frozenset({"ong", "ba", "anh", "chi", "dc"})


@lru_cache(maxsize=8_192)
def looks_like_name(text: str) -> bool:
    """Return whether a text reads like a person: a family name and one to four capitalised words behind it."""
    words = tidy(text).replace(".", " ").split()
    if words and unaccented(key(words[0])) in _TITLES:
        words = words[1:]
    if not 2 <= len(words) <= 5 or not (_is_surname(key(words[0])) or _has_middle_name(words)):
        return False
    return all(word[:1].isupper() and word.isalpha() for word in words)


def _has_middle_name(words: Sequence[str]) -> bool:
    """Return whether the second word of three or more is a middle name behind what can be a family name."""
    if len(words) < 3:
        return False
    first, second, third = (word.casefold() for word in words[:3])
    if second in _MIDDLES:
        return first in _RARER_SURNAMES
    if second not in ("thị", "thi") or unaccented(key(third)) in _BEHIND_THI:
        return False
    if second == "thị":
        return first not in _NO_SURNAMES
    return first.isascii() and first not in _PLAIN_NO_SURNAMES


@lru_cache(maxsize=4_096)
def _begins_name(word: str) -> bool:
    """Return whether a name can begin with a word: most words are no family name, and are met again and again."""
    spelling = key(word)
    return unaccented(spelling) in _TITLES or _is_surname(spelling)


def _is_surname(word: str) -> bool:
    """Return whether a word (its key) is a family name: its tone may be left out, or hỏi and ngã be mixed up.

    "BÁO CÁO", "Trường" and "Tổ" differ from Cao, Trương and Tô by their tones alone.
    """
    if word.isascii() and word.isalpha():
        return word in _PLAIN_SURNAMES
    return word in _SURNAME_KEYS or word in _TONELESS or word.replace("?", "~") in _SURNAME_KEYS


_LOOKED_AT = 200  # characters; what is quoted is shorter
_ADDRESSED = re.compile(
    r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[ĐđDd]/c|[Đđ]ồng chí)\b\s*:?\s*([^\W\d_]+)"
)
# A school's name may be a person's: "Trường THCS Nguyễn Trãi", and nothing behind it.
_SCHOOL = re.compile(
    r"(?:Trường |TRƯỜNG )?"
    r"(?:Tiểu học|TIỂU HỌC|TH|THCS|THPT|TH (?:và|&) THCS|TH&THCS|PTCS|Mầm non|MẦM NON|MN|Mẫu giáo|MG)"
    r"(?: [^\W\d_]+){1,4}(?: [0-9A-Z])?"
)
# "Đoàn" is a family's name too, but in front of these it is the Youth Union, or a delegation.
_BODY = re.compile(
    r"(?:BCH |BTV |Ban Chấp hành )?(?:Đoàn|ĐOÀN) "
    r"(?:[Tt]hanh [Nn]iên|THANH NIÊN|TN(?:CS)?|TNCSHCM|xã|XÃ|phường|PHƯỜNG|thể|viên|khối|trường|công tác|kiểm tra)\b"
)


def is_addressed(text: str) -> bool:
    """Return whether a text speaks of somebody by a word of address and a name: "Ông An", "đ/c Hoa"."""
    return any(map(_has_capital, _ADDRESSED.findall(tidy(text))))


def _has_capital(word: str) -> bool:
    return not word.islower()


@lru_cache(maxsize=4_096)
def sayable(text: str, limit: int = 40) -> str:
    """Return text as a finding may quote it: bounded, and "…" where it may tell a person."""
    text = text[:_LOOKED_AT]
    if _SCHOOL.fullmatch(tidy(text)):
        return shown(text, limit)
    if body := _BODY.match(tidy(text)):
        rest = sayable(tidy(text)[body.end() :].strip(), limit)
        return shown(f"{body.group()} {rest}", limit)
    words = tidy(text).split()
    runs = (" ".join(words[i : i + size]).strip(".,;:()") for i in range(len(words)) for size in (2, 3, 4))
    is_of_a_person = (
        has_number(text)
        or _ACCOUNT.search(text)
        or is_addressed(text)
        or is_given_name(text)
        or any(map(looks_like_name, runs))
    )
    return "…" if is_of_a_person else shown(text, limit)


def without_names(text: str, *, is_path: bool = False) -> str:
    """Return a text with what reads like a person's name of three words or more left out: "Người lập: …".

    ``is_path``: a name of files and folders, where "Phường Lê Hồng Phong" is the place it says.
    """
    clean = tidy(text)
    words = list(_WORD.finditer(clean))
    cut: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        length = _name_at(words, at, clean)
        if length and not (at and is_path and _ends_as_place(words[at - 1].group())):
            cut.append((words[at].start(), words[at + length - 1].end()))
        at += max(length, 1)
    for start, end in reversed(cut):
        clean = f"{clean[:start]}…{clean[end:]}"
    return clean


def _name_at(words: Sequence[re.Match[str]], at: int, text: str) -> int:
    """Return how many words from here on are a name: neighbours by a space, each capitalised; 0 for none."""
    if len(words) - at < 3:
        return 0
    if not _begins_name(words[at].group()) and not _has_middle_name([w.group() for w in words[at : at + 3]]):
        return 0
    length = 1
    while (
        at + length < len(words)
        and length < _LONGEST_NAME
        and text[words[at + length - 1].end() : words[at + length].start()] == " "
        and words[at + length].group()[:1].isupper()
    ):
        length += 1
    name = " ".join(word.group() for word in words[at : at + length])
    return length if length >= 3 and not name.isupper() and looks_like_name(name) else 0


def _ends_as_place(word: str) -> bool:
    return unaccented(key(word)) in _PLACES


def without_numbers(text: str) -> str:
    """Return a text with telephones, other numbers of nine digits and more, and mail addresses left out."""
    if not (has_number(text) or _LONG.search(text)):
        return text
    text = text.translate(_AS_TYPED)
    for pattern in (_ADDRESS, _PHONE, _LONG):
        text = pattern.sub("…", text)
    return text
