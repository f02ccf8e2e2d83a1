"""A shared folder with its sub-folders: what lies there new, and finished."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from tonghop.domain.sources import Arrival, Refused, Waiting
from tonghop.sources.drive import Drive, Found, LeftForLater, Listing, Writer
from tonghop.sources.look import Batch, Gathering, SourceLimits
from tonghop.sources.names import branch_of, key_of, key_of_cut, shown
from tonghop.sources.trouble import unreachable
from tonghop.sources.whole import is_whole_zip, looks_whole, shows_its_end
from tonghop.words import number, say

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAMED = 3


class SharedFolder:
    """Files of a drive as arrivals.

    A file is taken when all of this holds:

    1. it is as old as ``settle``, or two looks about a second apart saw the same size and time; of what does not
       show its end (text) the second comes when it has stood still for some seconds;
    2. the drive does not say that somebody has it open for writing. A workbook that somebody keeps open is
       taken once it is at rest and has its end: Excel holds finished ones open all day;
    3. it looks whole (``whole.py``) or is at rest: nothing of it changed for ``settle``. Who opens a file anew
       for each part, or writes on the server itself past the share, is seen by no drive;
    4. size and time are the same after its bytes were read as in the listing.

    So a broken file is taken once it rests, and the reader says what is wrong with it. Its key tells its bytes
    too: a copy that has its full size and old time from the start is whole under the same size and time.

    Otherwise it is left for the next look, with the reason. There is one pause in a look, not one a file.
    ``wall`` is the real clock, in seconds since 1970, as ``now`` may be that of a day gone by; files
    written "now" are young by the real clock only.
    """

    def __init__(
        self,
        drive: Drive,
        limits: SourceLimits,
        wall: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._drive, self._limits = drive, limits
        self._wall, self._sleep = wall, sleep

    @property
    def name(self) -> str:
        """Return the folder's URL without a password."""
        return self._drive.name

    def look(self, known: Container[str], now: datetime) -> Iterator[Batch]:
        """Yield the files that are new to ``known``: those at rest first, oldest first.

        Raises ``SourceUnreachable`` at once where the folder cannot be listed, and after all batches where
        only sub-folders cannot.
        """
        with self._drive.opened() as listing:
            listed_at = self._wall()
            new = [found for found in listing.files() if key_of(found) not in known]
            new.sort(key=lambda found: (found.modified_ns, found.path))
            gathering = Gathering(self._limits)
            for item in self._items(listing, new, listed_at, now):
                if isinstance(item, Arrival) and item.key in known:
                    continue  # not whole, and the same as when it was taken
                gathering.add(item)
                if gathering.is_full:
                    yield gathering.release()
            if len(gathering):
                yield gathering.release()
            self._complain(listing.blocked)

    def acknowledge(self, keys: Sequence[str]) -> None:
        """Do nothing: we never move, delete or mark in their folder."""

    def probe(self) -> str:
        """Return how many files can be seen."""
        with self._drive.opened() as listing:
            count = sum(1 for _ in listing.files())
            self._complain(listing.blocked)
        return say("source-folder-seen", count=number(count))

    def _complain(self, blocked: Sequence[tuple[str, str]]) -> None:
        if blocked:
            names = ", ".join(shown(path, 60) for path, _ in blocked[:_NAMED])
            raise unreachable(
                self.name, "source-part-blocked", count=len(blocked), paths=names, detail=blocked[0][1]
            )

    def _items(
        self, listing: Listing, new: Sequence[Found], listed_at: float, now: datetime
    ) -> Iterator[Arrival | Waiting | Refused]:
        young: list[Found] = []
        for found in new:
            if self._is_young(found.modified_ns, listed_at):
                young.append(found)
                continue
            item = self._take(listing, found, listed_at, now, seen_twice=False)
            if item is None:
                young.append(found)
            else:
                yield item
        if young:
            self._sleep(max(0.0, self._pause(young, listed_at) - max(0.0, self._wall() - listed_at)))
        for found in young:
            item = self._take(listing, found, listed_at, now, seen_twice=True)
            if item is not None:
                yield item

    def _pause(self, young: Sequence[Found], listed_at: float) -> float:
        """Return how long after the listing young files are looked at again.

        Half a list is a list: who writes one slowly, past what the drive sees, is waited for a little longer.
        """
        ages = (
            listed_at - found.changed_ns / 1e9
            for found in young
            if not shows_its_end(found.path) and found.changed_ns / 1e9 <= listed_at
        )
        return max(self._limits.pause, *(self._limits.quiet - age for age in ages), 0.0)

    def _take(
        self, listing: Listing, found: Found, listed_at: float, now: datetime, *, seen_twice: bool
    ) -> Arrival | Waiting | Refused | None:
        """Return what becomes of the file; None where it must be looked at a second time first."""
        is_young = self._is_young(found.changed_ns, listed_at)
        if found.size > self._limits.item_bytes:
            # A file may grow past the limit on its way: refused once it rests, or each size would be.
            return self._waiting(found, "source-still-written") if is_young else self._refused(found, now)
        try:
            taken = listing.take(found, at_rest=not is_young)
        except LeftForLater as later:
            return self._waiting(found, later.reason, **later.places)
        if taken.writer is Writer.SOMEONE and not is_whole_zip(taken.content):
            return self._waiting(found, "source-still-written")
        if is_young and taken.writer is Writer.UNKNOWN and not seen_twice:
            return None
        is_whole = looks_whole(taken.content)
        if is_young and not is_whole:
            return self._waiting(found, "source-not-whole")
        return Arrival(
            source=self.name,
            key=key_of(found) if is_whole else key_of_cut(found, taken.content),
            name=shown(found.path),
            content=taken.content,
            received_at=_received(found, now),
            branch_hint=branch_of(found.path),
        )

    def _is_young(self, moment_ns: int, listed_at: float) -> bool:
        # A time to come is that of a server whose clock is ahead: the file may be young.
        return listed_at - moment_ns / 1e9 < self._limits.settle

    def _waiting(self, found: Found, reason: str, **places: str) -> Waiting:
        return Waiting(self.name, shown(found.path), say(reason, **places))

    def _refused(self, found: Found, now: datetime) -> Refused:
        return Refused(
            source=self.name,
            key=key_of(found),
            name=shown(found.path),
            size=found.size,
            received_at=_received(found, now),
            reason=too_large(found.size, self._limits),
            branch_hint=branch_of(found.path),
        )


def too_large(size: int, limits: SourceLimits) -> str:
    """Return the sentence on a thing of ``size`` bytes that is over the limit."""
    return say("source-too-large", size=_megabytes(size), limit=_megabytes(limits.item_bytes))


def _megabytes(size: int) -> str:
    return number(max(1, round(size / (1024 * 1024))))


def _received(found: Found, now: datetime) -> datetime:
    try:
        modified = _EPOCH + timedelta(microseconds=found.modified_ns // 1000)
    except OverflowError:
        return now
    return min(modified, now)
