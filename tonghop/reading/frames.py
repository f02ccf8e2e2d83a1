"""Messages between the reader and its children: length and pickle; what comes back may only build readings."""

from __future__ import annotations

import io
import pickle
import struct
from typing import Any, BinaryIO

_HEAD = struct.Struct("<Q")
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


class _Answers(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ANSWERS:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a reading")
        return super().find_class(module, name)


def packed(message: object) -> bytes:
    """Return a message as it goes over the pipe."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _HEAD.pack(len(body)) + body


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
