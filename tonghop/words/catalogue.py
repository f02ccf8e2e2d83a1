"""The catalogue: findings/ with severity and sentence, messages/ with every other text, by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from tonghop import fast_yaml
from tonghop.domain.findings import Finding, Severity
from tonghop.errors import ConfigurationError

_FOLDER = Path(__file__).parent
_KEY = re.compile(r"^([\w.-]+):", re.MULTILINE)


class _Part:
    """One folder of the catalogue. A file is parsed when one of its texts is asked for: most are not."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parsed: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, key: str) -> Mapping[str, Any]:
        """Return what stands under a key. Raises ``KeyError``."""
        return self._file(self._places[key])[key]  # type: ignore[no-any-return] # YAML's values have no type

    @cached_property
    def _places(self) -> Mapping[str, str]:
        """Return the file of each key: keys stand at the beginning of a line, and nothing else does."""
        places: dict[str, str] = {}
        for path in sorted((_FOLDER / self._name).glob("*.yaml")):
            for key in _KEY.findall(path.read_text(encoding="utf-8")):
                if key in places:
                    raise ConfigurationError(f"{path}: {key} stands in the catalogue twice")
                places[key] = path.name
        return places

    def _file(self, name: str) -> Mapping[str, Any]:
        if name not in self._parsed:
            path = _FOLDER / self._name / name
            self._parsed[name] = fast_yaml.load(path.read_text(encoding="utf-8"))
        return self._parsed[name]

    def keys(self) -> Iterable[str]:
        """Return every key."""
        return self._places.keys()


@cache
def _catalogue(name: str) -> _Part:
    return _Part(name)


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
    """Return the sentence an officer reads for a finding, with the figures in it."""
    template = str(_catalogue("findings")[finding.code][language])
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
