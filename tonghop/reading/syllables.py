"""Which words can be Vietnamese syllables: what tells legacy text from real, and a typo from another name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_RIMES = frozenset(
    re.findall(
        r"\S+",
        """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng
    eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac
    oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc
    oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un
    ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng
    ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu""",
    )
)
_STOPS = re.compile(r"(?:c|ch|p|t)$")
_TONES = {"\u0300": "grave", "\u0301": "acute", "\u0303": "tilde", "\u0309": "hook", "\u0323": "dot"}


@lru_cache(maxsize=32_768)
def is_syllable(word: str) -> bool:
    """Return whether a word can be Vietnamese: onset, rime, at most one tone, and a tone its ending allows."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in decomposed if char in _TONES]
    if len(tones) > 1:
        return False
    base = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))
    if _STOPS.search(base) and tones and _TONES[tones[0]] not in ("acute", "dot"):
        return False
    return any(base.startswith(onset) and _is_rime(onset, base[len(onset) :]) for onset in _ONSETS)


def _is_rime(onset: str, rime: str) -> bool:
    if onset == "gi" and rime in ("", "n", "m", "êng", "êt", "êc"):
        return True  # gì, gìn, giếng: the i is both onset and vowel
    return rime in _RIMES
