"""Shows sheets of submissions, read in a child process, as hostile as their bytes may be."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from types import TracebackType

from tonghop.domain.sheets import SheetCell, SheetJob, SheetRow, SheetView
from tonghop.reading.children import Child
from tonghop.reading.frames import packed
from tonghop.reading.limits import Limits

_LOG = logging.getLogger(__name__)
_KEPT = 128
# An officer waits for it; what takes longer is offered as a download instead.
_VIEWER_LIMITS = Limits(seconds=12.0)

_Place = tuple[str, str, str | None, tuple[str, ...]]


class SheetViewer:
    """One child that cuts windows out of sheets; safe to share between threads.

    The last views are kept in memory by submission and place: its bytes never change.
    """

    def __init__(self, limits: Limits = _VIEWER_LIMITS) -> None:
        self._child = Child(limits.seconds)
        self._child.prepare(packed(("limits", limits)))
        self._longest = limits.file_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Place, SheetView | None] = OrderedDict()

    def view(
        self, key: str, document: str, sheet: str | None, cells: tuple[str, ...], job: Callable[[], SheetJob]
    ) -> SheetView | None:
        """Return the window of a sheet around its marked cells; None where it cannot be shown.

        ``key`` names the submission's bytes; ``job`` is asked for them only where no view is kept. Raises
        ``ReadingFailed`` only where no child can be started at all.
        """
        place = (key, document, sheet, cells)
        with self._lock:
            if place in self._kept:
                self._kept.move_to_end(place)
                return self._kept[place]
            view = self._made(job())
            self._kept[place] = view
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return view

    def _made(self, job: SheetJob) -> SheetView | None:
        answers: list[object] = []
        if len(job.content) > self._longest:
            return None
        stopped = self._child.run("show", [job], lambda _at, made, broke: answers.append(broke or made))
        made = answers[0] if answers else None
        if stopped is not None or isinstance(made, str):
            _LOG.warning("submission %s: its sheet cannot be shown (%s)", job.key, made or stopped)
            return None
        return _view(made)

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._child.stop()

    def __enter__(self) -> SheetViewer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _view(made: object) -> SheetView | None:
    """Return the view of a child's answer, each part made what it should be: the child read hostile bytes."""
    match made:
        case (document, sheet, list(columns), list(rows), list(above), is_whole, is_hidden, has_mark):
            return SheetView(
                str(document),
                str(sheet),
                tuple(str(letters) for letters in columns[:40]),
                tuple(_row(row) for row in rows[:100]),
                tuple(str(line) for line in above[:10]),
                bool(is_whole),
                bool(is_hidden),
                bool(has_mark),
            )
    return None


def _row(made: object) -> SheetRow:
    match made:
        case (int(number), list(cells), skips):
            return SheetRow(number, tuple(_cell(cell) for cell in cells[:40]), bool(skips))
    return SheetRow(0, ())


def _cell(made: object) -> SheetCell:
    match made:
        case (name, text, int(across), int(down), is_number, is_masked, is_marked):
            span = max(1, min(across, 40)), max(1, min(down, 100))
            return SheetCell(
                str(name)[:12], str(text)[:400], *span, bool(is_number), bool(is_masked), bool(is_marked)
            )
    return SheetCell("", "")
