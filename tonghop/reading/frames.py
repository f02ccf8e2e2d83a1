"""Messages between the reader and its children: length and pickle; what comes back may only build readings."""

from __future__ import annotations

import copyreg
import io
import pickle
import struct
from collections.abc import Callable
from dataclasses import fields
from enum import Enum
from operator import attrgetter
from typing import Any, BinaryIO

from tonghop.domain.findings import Finding, Severity
from tonghop.domain.reading import DeclaredRate, Figure, Incoming, Outcome, Reading, Role, Row
from tonghop.domain.units import Unit

_HEAD = struct.Struct("<Q")
HEAD_SIZE = _HEAD.size
LONGEST_ANSWER = 256 * 1024 * 1024

# A child has parsed hostile bytes. Its answers may name these classes and nothing else, so that even a child
# that was taken over cannot make its parent run anything.
_ANSWERS = frozenset(
    {
        ("tonghop.domain.reading", name)
        for name in ("Reading", "Row", "Figure", "DeclaredRate", "Role", "Outcome")
    }
    | {("tonghop.domain.findings", name) for name in ("Finding", "Severity")}
    | {("datetime", "date")}
)


def _by_position(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    """Return how an object of a dataclass is packed: its class and its fields in order.

    The way of frozen dataclasses asks for the list of fields at both ends, for each object anew; that took
    longer than all else about an answer.
    """
    values = attrgetter(*(one.name for one in fields(kind)))
    return lambda one: (kind, values(one))


def _by_parts(one: tuple[Any, ...]) -> tuple[type[tuple[Any, ...]], tuple[Any, ...]]:
    """Return how a named tuple is packed; its own way asks each for as much in a call of its own."""
    return type(one), tuple(one)


def _by_value(one: Enum) -> tuple[type[Enum], tuple[Any, ...]]:
    """Return how a member is packed. Before 3.11.4 Python's own way names ``getattr``, which no answer may."""
    return type(one), (one.value,)


class _Pickler(pickle.Pickler):
    dispatch_table = (
        copyreg.dispatch_table
        | {kind: _by_position(kind) for kind in (Unit, Finding)}
        | dict.fromkeys((Incoming, Reading, Row, Figure, DeclaredRate), _by_parts)
        | dict.fromkeys((Outcome, Role, Severity), _by_value)
    )


class _Answers(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ANSWERS:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a reading")
        return super().find_class(module, name)


def packed(message: object) -> bytes:
    """Return a message as it goes over the pipe."""
    body = io.BytesIO()
    _Pickler(body, protocol=pickle.HIGHEST_PROTOCOL).dump(message)
    return _HEAD.pack(body.tell()) + body.getvalue()


def read_message(stream: BinaryIO) -> Any | None:
    """Return the next message of the parent, or None at the end; only the child trusts its pipe like this."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (size,) = _HEAD.unpack(head)
    body = stream.read(size)
    return pickle.loads(body) if len(body) == size else None  # noqa: S301 - bytes of the own parent process


class Answers:
    """Cuts the bytes of a child's pipe into answers."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, received: bytes) -> list[Any]:
        """Return the answers that are now complete. Raises ``pickle.UnpicklingError`` for anything strange."""
        self._bytes += received
        answers = []
        while len(self._bytes) >= _HEAD.size:
            (size,) = _HEAD.unpack_from(self._bytes)
            if size > LONGEST_ANSWER:
                raise pickle.UnpicklingError("an answer longer than any reading")
            end = _HEAD.size + size
            if len(self._bytes) < end:
                break
            answers.append(_Answers(io.BytesIO(bytes(self._bytes[_HEAD.size : end]))).load())
            del self._bytes[:end]
        return answers
