"""Texts as databases take them: what none of them stores is written out.

That is NUL, which PostgreSQL refuses, and lone surrogates, from undecodable file names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def storable(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the parameters of a statement with what no database stores written out."""
    if not any(isinstance(v, str) and _is_odd(v) for v in parameters.values()):  # almost always
        return parameters
    return {name: _written_out(v) for name, v in parameters.items()}


def all_storable(values: Sequence[Any]) -> Sequence[Any]:
    """Return values with what no database stores written out; their texts are searched at once."""
    kinds = set(map(type, values))
    if kinds == {str}:
        texts = "".join(values)
    elif any(issubclass(kind, str) for kind in kinds):
        texts = "".join([value for value in values if isinstance(value, str)])
    else:
        return values
    return [_written_out(value) for value in values] if _is_odd(texts) else values


def _is_odd(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return True
    return "\x00" in text


def _written_out(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return value.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")
