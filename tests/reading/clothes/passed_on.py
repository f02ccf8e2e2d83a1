"""Messages passed on as they are: one of an earlier day, whose table names no day, may hold yesterday's figures."""

from __future__ import annotations

from collections.abc import Callable

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, HEAD, TITLE, counts, row, xlsx
from tests.reading.writers import as_message, as_zip, forwarded

DOUBTED = "figures-doubted"
_UNDATED, _DATED = xlsx(HEAD, row(BT)), xlsx(TITLE, HEAD, row(BT))
_EARLIER = {
    "afternoon": "Mon, 17 Aug 2020 16:50:00 +0700",
    "greenwich": "Mon, 17 Aug 2020 09:50:00 +0000",
    "a week ago": "11 Aug 2020 16:50:00 +0700",
}
_NO_QUESTION = {
    "same day": "Tue, 18 Aug 2020 07:10:00 +0700",
    "same day in greenwich": "Tue, 18 Aug 2020 00:10:00 +0000",
    "before midnight in greenwich": "Mon, 17 Aug 2020 23:50:00 +0000",
    "a clock that was never set": "Thu, 01 Jan 2009 00:00:00 +0700",
    "no date": "hôm nay",
}


def _passed_on(
    sent: str, book: Callable[[], bytes], subject: str = "Fwd: BC Bluezone"
) -> Callable[[], bytes]:
    def made() -> bytes:
        inner = as_message("BC Bluezone", attachments=[("bc.xlsx", book())])
        inner.replace_header("Date", sent)
        return forwarded(subject, inner).as_bytes()

    return made


def _filed(sent: str) -> Callable[[], bytes]:
    def made() -> bytes:
        inner = as_message("BC Bluezone", attachments=[("bc.xlsx", _UNDATED())])
        inner.replace_header("Date", sent)
        return as_zip([("thu xa.eml", inner.as_bytes())])

    return made


CASES: list[Case] = [
    *(
        held(f"passed on from {when}", "a.eml", _passed_on(sent, _UNDATED), (DOUBTED, None))
        for when, sent in _EARLIER.items()
    ),
    held("passed on in a zip", "a.zip", _filed(_EARLIER["afternoon"]), (DOUBTED, None)),
    *(
        Case(f"passed on, {when}", "a.eml", _passed_on(sent, _UNDATED), "entries", counts(BT))
        for when, sent in _NO_QUESTION.items()
    ),
    Case(
        "passed on, its table of today",
        "a.eml",
        _passed_on(_EARLIER["afternoon"], _DATED),
        "entries",
        counts(BT),
    ),
    Case(
        "passed on under today's subject",
        "a.eml",
        _passed_on(_EARLIER["afternoon"], _UNDATED, "BC Bluezone ngày 18/8/2020"),
        "entries",
        counts(BT),
    ),
]
