"""Names of units: what type a label says, what it calls the place, and when two names are one slip apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tonghop.reading.syllables import is_syllable
from tonghop.reading.text import TONE_SIGNS, edits_apart, key, tidy, unaccented

LONGEST_KEPT = 200  # characters of a label that is worth keeping
# A unit's type in the words people use for it; the longest first.
_TYPES = (
    ("thi tran", "thi. trân'", "tt", "t tr", "ttr", "t t"),
    ("thi xa", "thi. xa~", "tx"),
    ("thanh pho", "thanh` phô'", "tp"),
    ("phuong", "phương`", "phơng`", "p", "f", "ph"),
    ("xa", "xa~", "x"),
    ("quan", "quân.", "q"),
    ("huien", "huiên.", "h", "huiên. đao?", "huien dao"),
    ("tinh", "tinh?", "t"),
)
TYPE_OF = {word: names[0] for names in _TYPES for word in names}
_OFFICES = (
    "ubnd ", "ui? ban nhân dân ", "ui ban nhan dan ", "hđnd va` ubnd ", "hđnd ubnd ", "uỷ ban nhân dân ",
)  # fmt: skip
# Bodies that an office is of, by their full names and as everybody writes them.
_BODIES = tuple(
    (key(name), short)
    for name, short in (
        ("Hội đồng nhân dân", "hđnd"),
        ("Ủy ban nhân dân", "ubnd"),
        ("Uỷ ban nhân dân", "ubnd"),
    )
)
# "P. LĐTB&XH" and "TT Y tế" are a ward's and a town's short words too: they are tried where no place is called so.
_SHORT_OFFICE = re.compile(r"^\s*(?:(VP)(?:\b|(?=HĐND))|(P)\b|(T\.?T)\b)[.\s]*(?=\w)")
_OFFICE_WORDS = ("Văn phòng", "Phòng", "Trung tâm")
_DIRECTIONS = frozenset(
    {"đông", "tâi", "nam", "băc'", "trung", "dong", "tai", "bac", "thương.", "ha.", "nôi.", "ngoai."}
)
# "T.T" and "T/T" are a town's type, "P." a ward's, no letters of a list; "P. Xã Bình Thành" tells its type itself.
_LETTER = (
    r"(?![tT]\s*[./]\s*[tT]\b)"
    r"(?!(?i:p\s*\.(?!\s*(?:x[ãa]|phường|phuong|thị|thi|tt|ubnd)\b)))[a-zA-Z]"
)
_NUMBERING = re.compile(
    rf"^\s*(?:(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVX]{{1,5}}|{_LETTER})\s*[.):/]\s*|[-+*•–]\s*)"
)
# "Địa phương: xã Bình Thành" and "Bình Thành (xã)" are the name that follows and the type in front.
_TOLD_AS = re.compile(r"^(?:tên )?(?:đơn vị|địa phương|xã, thị trấn)(?: báo cáo)? ?: ?(?=\w)", re.IGNORECASE)
_TYPE_BEHIND = re.compile(
    r"^(?P<name>[^()]{2,60}) \((?P<type>xã|phường|thị trấn|tt|quận|huyện)\)$", re.IGNORECASE
)
# Parts of a commune: whoever counts them one by one reports none of them.
_HAMLETS = tuple(
    f"{word} "
    for word in (
        *map(key, (
            "ấp", "thôn", "xóm", "bản", "buôn", "làng", "khóm", "khu phố", "KP", "tổ dân phố", "TDP", "tổ", "khu",
            "khu dân cư", "KDC", "đội", "khu vực",
        )),
        "ap", "thon", "xom", "khom", "khu pho", "to dan pho", "khu dan cu",
    )
)  # fmt: skip
_NAMES_OF = ("tên các ", "tên ", "các ", "ten cac ", "ten ")


class Name(NamedTuple):
    """A unit's or label's name: its type ("" if none is said) and the key of what follows."""

    type: str
    bare: str

    @property
    def words(self) -> list[str]:
        """Return the words of the bare name."""
        return self.bare.split()


def named(label: str) -> Name:
    """Return the type and the bare name of a label: numbering and "UBND" in front do not count."""
    return _named(label) if len(label) <= LONGEST_KEPT else _named.__wrapped__(label)


@lru_cache(maxsize=8_192)
def _named(label: str) -> Name:
    text = without_numbering(label)
    if text.startswith(_OFFICES):
        text = next(text.removeprefix(office) for office in _OFFICES if text.startswith(office))
    words = text.split()
    for size in (2, 1):
        kind = TYPE_OF.get(" ".join(words[:size]))
        if kind is not None and len(words) > size:
            return Name(kind, " ".join(words[size:]))
    return Name("", text)


def without_numbering(label: str) -> str:
    """Return the key of a whole label, a type in front included, without what numbers it."""
    text = _TOLD_AS.sub("", _NUMBERING.sub("", tidy(label)))
    behind = _TYPE_BEHIND.match(text) if text.endswith(")") else None
    return key(text if behind is None else f"{behind['type']} {behind['name']}")


def is_hamlet(label: str) -> bool:
    """Return whether a label names a part of a commune: "Ấp 1", "Tổ dân phố số 5"."""
    text = without_numbering(label) if len(label) <= LONGEST_KEPT else ""
    return text.startswith(_HAMLETS)


def is_of_hamlets(heading: str) -> bool:
    """Return whether a column of names holds parts of communes: "Ấp", "Tên thôn", "Khu phố/ấp"."""
    text = key(heading)
    text = next((text.removeprefix(words) for words in _NAMES_OF if text.startswith(words)), text)
    return f"{text} ".startswith(_HAMLETS)


def office_written_out(label: str) -> str:
    """Return an office's name with the short word in front written out: "VP HĐND-UBND"; "" where there is none."""
    found = _SHORT_OFFICE.match(label)
    return f"{_OFFICE_WORDS[(found.lastindex or 1) - 1]} {label[found.end() :]}" if found else ""


def with_short_bodies(bare: str) -> str:
    """Return a name with the bodies in it as everybody writes them: HĐND, UBND."""
    for name, short in _BODIES if "nhân dân" in bare else ():
        bare = bare.replace(name, short)
    return bare


def initials(words: list[str]) -> str:
    """Return the first word and the initials of the rest, "và" left out: "phong vhtt"."""
    plain = [unaccented(word) for word in words if word not in ("va`", "va")]
    return plain[0] + " " + "".join(word[0] for word in plain[1:])


def is_slip_of(words: list[str], meant: list[str]) -> bool:
    """Return whether exactly one word differs, by one edit, and is no word that could name another place.

    A slip of the keys rarely leaves a Vietnamese syllable; another commune's name always is one.
    """
    differing = [(a, b) for a, b in zip(words, meant, strict=True) if a != b]
    if len(differing) != 1:
        return False
    word, right = differing[0]
    if len(words) > 2 and word != right and word == unaccented(right):
        return True
    if right in _DIRECTIONS or word in _DIRECTIONS or any(char.isdigit() for char in word + right):
        return False
    letters, letters_right = word.rstrip(TONE_SIGNS), right.rstrip(TONE_SIGNS)
    if len(letters_right) < 2 or (edits_apart(letters, letters_right) != 1 and letters != letters_right):
        return False
    return not _is_plausible(word)


def _is_plausible(word: str) -> bool:
    letters = word.rstrip(TONE_SIGNS)
    signs = word[len(letters) :]
    if len(signs) > 1:
        return False
    mark = {"`": "\u0300", "'": "\u0301", "~": "\u0303", "?": "\u0309", ".": "\u0323"}.get(signs, "")
    # i and y were made one in keys; either spelling that is a syllable makes the word plausible.
    return any(is_syllable(form + mark) for form in (letters, letters.replace("i", "y")))
