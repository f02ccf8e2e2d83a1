"""The YAML reader of this product: PyYAML's in C where it was built with one, ten times as fast, else in Python."""

from __future__ import annotations

from typing import Any

import yaml

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Builds plain values only, never objects."""


def load(text: str) -> Any:
    """Return the document's plain values. Raises ``yaml.YAMLError``."""
    return yaml.load(text, LOADER)  # noqa: S506 - a safe loader, whichever of the two


def compose(text: str) -> yaml.Node | None:
    """Return the document's nodes, which know their lines; None for an empty one. Raises ``yaml.YAMLError``."""
    node: yaml.Node | None = yaml.compose(text, LOADER)
    return node
