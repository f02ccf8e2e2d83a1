"""Texts as databases take them: what none of them stores is written out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# No database stores these: NUL, which PostgreSQL refuses, and lone surrogates, from undecodable file names.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the parameters of a statement with what no database stores written out."""
    odd = _UNSTORABLE.search
    if not any(isinstance(v, str) and odd(v) for v in parameters.values()):  # almost always
        return parameters
    return {name: _written_out(v) for name, v in parameters.items()}


def all_storable(values: list[Any]) -> list[Any]:
    """Return values with what no database stores written out; their texts are searched at once."""
    texts = "".join([value for value in values if isinstance(value, str)])
    if _UNSTORABLE.search(texts) is None:  # almost always
        return values
    return [_written_out(value) for value in values]


def _written_out(value: Any) -> Any:
    if not isinstance(value, str) or _UNSTORABLE.search(value) is None:
        return value
    return value.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")
