"""YAML whose every value knows its line, so that a slip in a rule is named by file, line and key."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tonghop import fast_yaml
from tonghop.errors import ConfigurationError


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """One value of a YAML file with its place. ``value``: a scalar, ``dict[str, Spot]`` or ``list[Spot]``.

    Equal is only the same one, so that what follows from a file can be remembered by it.
    """

    path: Path
    line: int
    key: str
    value: Any

    def wrong(self, problem: str) -> ConfigurationError:
        """Return the error that names this place; the caller raises it."""
        return ConfigurationError(f"{self.path}:{self.line}: {self.key}: {problem}")

    def mapping(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Spot]:
        """Return the keys and values. Raises ``ConfigurationError`` for an unknown or a missing key."""
        entries = self.table()
        allowed = ", ".join([*required, *optional])
        for key, spot in entries.items():
            if key not in required and key not in optional:
                raise spot.wrong(f"unknown key; allowed: {allowed}")
        missing = [key for key in required if key not in entries]
        if missing:
            raise self.wrong(f"{', '.join(missing)} missing; a complete one has {', '.join(required)}")
        return entries

    def table(self) -> dict[str, Spot]:
        """Return the keys and values, whatever the keys are."""
        if not isinstance(self.value, dict):
            raise self.wrong("must be keys with values")
        return self.value

    def items(self) -> list[Spot]:
        """Return the members of a list."""
        if not isinstance(self.value, list):
            raise self.wrong("must be a list")
        return self.value

    def text(self) -> str:
        """Return a text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong(f"is {self.value!r}; it must be a text")
        return self.value

    def texts(self) -> tuple[str, ...]:
        """Return the members of a list of texts."""
        return tuple(spot.text() for spot in self.items())

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self.wrong(f"is {self.value!r}; allowed: true, false")
        return self.value

    def one_of(self, allowed: Collection[str]) -> str:
        """Return the text, which must be one of ``allowed``."""
        if self.value not in allowed:
            raise self.wrong(f"is {self.value!r}; allowed: {', '.join(allowed)}")
        return str(self.value)


def read_spots(path: Path) -> Spot:
    """Return the whole file as one spot.

    Raises ``ConfigurationError`` for a file that is absent, is no YAML, or names a key twice.
    """
    try:
        return _spots(path, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}; mend the file") from error


@lru_cache(maxsize=8)  # a run asks for the same rules when it begins and when it judges
def _spots(path: Path, text: str) -> Spot:
    node = fast_yaml.compose(text)
    if node is None:
        raise ConfigurationError(f"{path}: is empty; restore it from the release")
    return _spot(path, node, "(whole file)")


def _spot(path: Path, node: yaml.Node, key: str) -> Spot:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Spot(path, line, key, _members(path, node))
    if isinstance(node, yaml.SequenceNode):
        return Spot(path, line, key, [_spot(path, member, key) for member in node.value])
    return Spot(path, line, key, _scalar(node))


def _members(path: Path, node: yaml.MappingNode) -> dict[str, Spot]:
    members: dict[str, Spot] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in members:
            raise ConfigurationError(f"{path}:{key_node.start_mark.line + 1}: {key}: stands twice")
        members[key] = _spot(path, value_node, key)
    return members


def _scalar(node: yaml.Node) -> Any:
    # The safe constructor turns "5" into 5 and "yes" into True, as every YAML reader of this product does.
    return yaml.constructor.SafeConstructor().construct_document(node)
