"""Reading that begins while other submissions are still being fetched and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from tonghop.domain.forms import Form
from tonghop.domain.reading import Incoming, Reading
from tonghop.domain.units import UnitTree
from tonghop.reading.reader import Reader


class ReadAhead:
    """The readings of one run: begun as submissions come, asked for when all have come.

    A reading is of bytes with all that is known around them. Asked for anything else, for instance a
    submission whose first receipt was another day, it has not been begun. ``key``: the bytes' SHA-256.
    """

    def __init__(self, form: Form, tree: UnitTree) -> None:
        self._reader, self._tree = Reader(form), tree
        self._at: dict[Incoming, int] = {}

    def begin(self, batch: Sequence[Incoming]) -> None:
        """Have submissions read; those that were begun already are not begun twice."""
        new: dict[Incoming, Incoming] = {}
        for one in batch:
            about = one._replace(content=b"")
            if about not in self._at:
                new.setdefault(about, one)
        if new and not self._at:
            self._reader.begin(self._tree)
        for about in new:
            self._at[about] = len(self._at)
        if new:
            self._reader.add(tuple(new.values()))

    def has_begun(self, about: Incoming) -> bool:
        """Return whether a submission, here without its bytes, is being read or was."""
        return about in self._at

    def readings(self, asked: Sequence[Incoming]) -> tuple[Reading, ...]:
        """Return the readings of submissions that were begun, here without their bytes, in the order asked.

        Ends the batch. Raises ``ReadingFailed`` only where no child can be started at all.
        """
        at = [self._at[about] for about in asked]  # looked up while the readings are on their way
        readings = self._reader.readings() if self._at else ()
        return tuple(readings[i] for i in at)

    def close(self) -> None:
        """End the children."""
        self._reader.close()

    def __enter__(self) -> ReadAhead:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
