"""Has workbooks annotated in a child process, as hostile as their bytes may be."""

from __future__ import annotations

import logging
from types import TracebackType

from tonghop.domain.reading import AnnotationJob
from tonghop.reading.children import Child
from tonghop.reading.frames import packed
from tonghop.reading.limits import Limits

_LOG = logging.getLogger(__name__)


class Annotator:
    """One child that marks wrong cells; started with the first workbook, replaced when it dies."""

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        self._child = Child(limits.seconds)
        self._child.prepare(packed(("limits", limits)))
        self._longest = limits.file_bytes

    def annotate(self, job: AnnotationJob) -> tuple[str, bytes] | None:
        """Return file ending and bytes of the marked workbook; None where none can be made of the submission.

        Raises ``ReadingFailed`` only where no child can be started at all.
        """
        answers: list[object] = []
        if len(job.content) > self._longest:
            return None
        stopped = self._child.run("annotate", [job], lambda _at, made, broke: answers.append(broke or made))
        made = answers[0] if answers else None
        if stopped is not None or isinstance(made, str):
            _LOG.warning("submission %s: no marked workbook (%s)", job.key, made or stopped)
            return None
        match made:
            case (str(ending), bytes(content)) if ending in ("xlsx", "xlsm"):
                return ending, content
        return None

    def __enter__(self) -> Annotator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.stop()
