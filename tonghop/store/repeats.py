"""What it means that the same bytes come again under another name.

Mostly they say the same once more, and the submission is a duplicate. Where other figures of the unit were accepted in
between, nobody can tell whether an old file was sent by mistake or the unit went back to its first figures: counting
them would be a guess, and so would leaving them out in silence. They are held, and the unit is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any, NamedTuple

from tonghop.domain.entries import EntryState
from tonghop.domain.findings import Finding
from tonghop.store.connection import Transaction
from tonghop.store.records import RecordedReading
from tonghop.store.rows import Stated, Taken
from tonghop.words.catalogue import severity_of

_ACCEPTED, _HELD, _REJECTED = (str(EntryState(name)) for name in ("accepted", "held", "rejected"))


class _Comes(Enum):
    NEW = "new"
    AGAIN = "again"
    BACK = "back"


class Repeated(NamedTuple):
    """What recording found beyond the readings: by submission what is asked besides, and the duplicates."""

    asked: Mapping[int, tuple[Finding, ...]]
    duplicates: frozenset[int]


class _Said(NamedTuple):
    """What the same bytes said before; ``replaced``: when other figures took its place, None if none did."""

    fingerprint: str
    state: str
    received: Any
    replaced: Any


class Repeats:
    """Tells of the readings of one recording which bring something new; ``said`` is what each of them says."""

    def __init__(self, taken: Mapping[int, Taken], said: dict[int, list[Stated]]) -> None:
        self._taken, self._said = taken, said
        self._accepted: dict[tuple[Any, ...], list[tuple[Any, str]]] = {}
        self._besides: dict[int, tuple[Finding, ...]] = {}
        self._duplicates: set[int] = set()

    @property
    def found(self) -> Repeated:
        """Return what was found when the readings were settled."""
        return Repeated(self._besides, frozenset(self._duplicates))

    def settled(
        self, transaction: Transaction, token: str, mine: Sequence[RecordedReading]
    ) -> list[RecordedReading]:
        """Return the readings to record; duplicates are marked, and what was replaced and comes back is held."""
        seen: dict[str, list[_Said]] = {}
        for sha256, *what in transaction.tuples("store/same_bytes", reading=token):
            seen.setdefault(sha256, []).append(_Said(*what))
        times = Counter(self._taken[outcome.submission].sha256 for outcome in mine)
        if len(times) < len(mine) or seen:
            self._note_accepted()
        fresh: list[RecordedReading] = []
        for outcome in mine:
            number = outcome.submission
            sha256 = self._taken[number].sha256
            if times[sha256] == 1 and sha256 not in seen:  # almost always
                fresh.append(outcome)
                continue
            before = seen.setdefault(sha256, [])
            comes = [self._comes(row, before) for row in self._said[number]]
            if comes and all(one is _Comes.AGAIN for one in comes):
                transaction.run("store/mark_duplicate", id=number)
                self._duplicates.add(number)
                continue
            fresh.append(self._asked(outcome, comes))
            received = self._taken[number].received
            before += [_Said(row.fingerprint, row.state, received, None) for row in self._said[number]]
        return fresh

    def _note_accepted(self) -> None:
        for number, rows in self._said.items():
            for row in rows:
                if row.state == _ACCEPTED:
                    told = self._taken[number].received, row.fingerprint
                    self._accepted.setdefault(_place(row), []).append(told)

    def _comes(self, row: Stated, before: Sequence[_Said]) -> _Comes:
        """Return whether the same bytes said this before and it stood there at least as well as it would now."""
        enough = {_ACCEPTED, _REJECTED, row.state}
        same = [one for one in before if one.fingerprint == row.fingerprint and one.state in enough]
        if not same:
            return _Comes.NEW
        if row.state != _ACCEPTED:
            return _Comes.AGAIN
        stands = any(one.state == _REJECTED or not self._is_replaced(one, row) for one in same)
        return _Comes.AGAIN if stands else _Comes.BACK

    def _is_replaced(self, one: _Said, row: Stated) -> bool:
        """Return whether other figures were accepted after what was said before, and before it comes again."""
        received = self._taken[row.submission].received
        if one.replaced is not None and one.replaced < received:
            return True
        beside = self._accepted.get(_place(row), ())
        return any(one.received < at < received and other != row.fingerprint for at, other in beside)

    def _asked(self, outcome: RecordedReading, comes: Sequence[_Comes]) -> RecordedReading:
        """Return the reading with what comes back held, and the question."""
        pairs = list(zip(self._said[outcome.submission], comes, strict=True))
        back = [row for row, how in pairs if how is _Comes.BACK]
        if not back:
            return outcome
        self._said[outcome.submission] = [
            row._replace(state=_HELD) if how is _Comes.BACK else row for row, how in pairs
        ]
        asked = tuple((row.entry.ordinal, _question(row)) for row in back)
        self._besides[outcome.submission] = tuple(finding for _, finding in asked)
        return replace(outcome, findings=(*outcome.findings, *asked))


def _place(row: Stated) -> tuple[Any, ...]:
    return row.entry.unit, row.entry.day, str(row.entry.origin)


def _question(row: Stated) -> Finding:
    entry, code = row.entry, "replaced-file-again"
    return Finding(
        code,
        severity_of(code),
        document=entry.document,
        unit=entry.unit,
        sheet=entry.sheet,
        cell=entry.cell,
    )
