"""The catalogue: findings/ with severity and sentence, messages/ with every other text, by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from tonghop.domain.findings import Finding, Severity
from tonghop.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

Texts: TypeAlias = dict[str, Mapping[str, Any]]
_KEY = re.compile(r"^([\w.-]+):", re.MULTILINE)


class _Part:
    """One folder of the catalogue. A file is parsed when one of its texts is asked for: most are not."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.known: Texts = {}

    def __getitem__(self, key: str) -> Mapping[str, Any]:
        """Return what stands under a key. Raises ``KeyError``."""
        if key not in self.known:
            self.known |= self._file(self._places[key])
        return self.known[key]

    def beside(self, key: str) -> Texts:
        """Return all that stands in the file of a key."""
        file = self._places[key]
        return {other: self[other] for other, place in self._places.items() if place == file}

    @cached_property
    def _folder(self) -> Path:
        from pathlib import Path  # as YAML, only for who parses

        return Path(__file__).parent / self._name

    @cached_property
    def _places(self) -> Mapping[str, str]:
        """Return the file of each key: keys stand at the beginning of a line, and nothing else does."""
        places: dict[str, str] = {}
        for path in sorted(self._folder.glob("*.yaml")):
            for key in _KEY.findall(path.read_text(encoding="utf-8")):
                if key in places:
                    raise ConfigurationError(f"{path}: {key} stands in the catalogue twice")
                places[key] = path.name
        return places

    def _file(self, name: str) -> Texts:
        from tonghop import fast_yaml  # a process that is handed the texts it needs does without

        texts: Texts = fast_yaml.load((self._folder / name).read_text(encoding="utf-8"))
        return texts

    def keys(self) -> Iterable[str]:
        """Return every key."""
        return self._places.keys()


@cache
def _catalogue(name: str) -> _Part:
    return _Part(name)


def handed_over(messages: Iterable[str], findings: Iterable[str]) -> Mapping[str, Texts]:
    """Return the files of some keys, parsed, as plain values that another process can ``take_over``."""
    keys = {"messages": messages, "findings": findings}
    return {
        name: {of: text for key in some for of, text in _catalogue(name).beside(key).items()}
        for name, some in keys.items()
    }


def take_over(texts: Mapping[str, Texts]) -> None:
    """Know what another process of this product parsed; what is not among it is parsed when it is asked for."""
    for name, some in texts.items():
        _catalogue(name).known |= some


def say(key: str, language: str = "vi", **places: object) -> str:
    """Return the text ``key`` of messages/ with its places filled. Raises ``KeyError`` for an unknown key.

    A text that speaks of ``count`` things may have a form for one of them: ``vi_one``, ``en_one``.
    """
    text = _text(key, language)
    if text.one and str(places.get("count")) == "1":
        return text.one.format_map(places)
    return text.many.format_map(places) if text.has_places else text.many


class _Text(NamedTuple):
    """A text as it stands in the catalogue; ``one``: of one thing, empty where it says the same of one and many."""

    many: str
    one: str
    has_places: bool


@cache
def _text(key: str, language: str) -> _Text:
    texts = _catalogue("messages")[key]
    many = str(texts[language])
    return _Text(many, str(texts.get(f"{language}_one") or ""), "{" in many or "}" in many)


def severity_of(code: str) -> Severity:
    """Return the severity the catalogue gives a finding's code."""
    return Severity(_catalogue("findings")[code]["severity"])


def finding_codes() -> tuple[str, ...]:
    """Return every code of findings that the catalogue has, in order."""
    return tuple(sorted(_catalogue("findings").keys()))


def title_of(code: str, language: str = "vi") -> str:
    """Return what lists call a finding's code; in English the code itself, spelt as words."""
    if language == "vi":
        return str(_catalogue("findings")[code]["title"])
    return code.replace("-", " ").capitalize()


def template_of(code: str, language: str = "vi") -> str:
    """Return a finding's sentence with its places still open. Raises ``KeyError`` for an unknown code."""
    return str(_catalogue("findings")[code][language])


def message_of(finding: Finding, language: str = "vi") -> str:
    """Return the sentence an officer reads for a finding, with the figures in it.

    A code may have another sentence for what its usual one would say falsely: ``vi_absent``, ``en_absent`` for a
    finding whose arguments hold ``{"sentence": "absent"}``.
    """
    texts = _catalogue("findings")[finding.code]
    template = str(texts.get(f"{language}_{finding.arguments.get('sentence', '')}") or texts[language])
    places = {
        "cell": finding.cell or "",
        "sheet": finding.sheet or "",
        "found": finding.found or "",
        "expected": finding.expected or "",
        "document": finding.document,
        "place": f" ({where})" if (where := f"{finding.sheet or ''} {finding.cell or ''}".strip()) else "",
        **finding.arguments,
    }
    return template.format_map(_Lenient(places)).replace(" )", ")")


class _Lenient(dict[str, str]):
    """A place that a finding does not fill is left empty: a report is never late for want of a word."""

    def __missing__(self, key: str) -> str:
        return ""
