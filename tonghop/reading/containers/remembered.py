"""What one program's files share is looked through once: remembered by all bytes it follows from, within bounds."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

_Result = TypeVar("_Result")


def remembered(entries: int, longest: int) -> Callable[[Callable[..., _Result]], Callable[..., _Result]]:
    """Return what lets a function of bytes remember its last results; of more bytes than ``longest`` none."""

    def of(function: Callable[..., _Result]) -> Callable[..., _Result]:
        remembering = lru_cache(maxsize=entries)(function)

        def answered(*parts: bytes) -> _Result:
            return (remembering if sum(map(len, parts)) <= longest else function)(*parts)

        return answered

    return of
