"""Is the report delivered once, before the deadline, whatever fails? Days full of faults, and days full of kills.

The simulated days run the real steps (aggregate, report, deliver, watch, rescue, settle) on stored entries,
a real database file, real SMTP servers that misbehave by the clock (every reply class, a drop and a hang at
every command, STARTTLS and login faults, greylisting, partial refusals), a real Dovecot as witness, the
database locked and the disk full in the middle. Only the clock is ours. The killed days run the whole command
line on both campaigns' shipped submissions and strike it with SIGKILL at random moments.

Environment: DAYS (1000), KILLS (200), SEED, WORKERS (2). Ends with code 1 where a promise was broken.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.faults.days import Outcome, play  # noqa: E402 - the root must be on the path first
from benchmarks.faults.house import a_house  # noqa: E402 - the same
from benchmarks.faults.kills import Struck, strike  # noqa: E402 - the same

DAYS = int(os.environ.get("DAYS", "1000"))
KILLS = int(os.environ.get("KILLS", "200"))
SEED = int(os.environ.get("SEED", "20200818"))
WORKERS = int(os.environ.get("WORKERS", "2"))
DAYS_A_HOUSE = 100


@dataclass
class Played:
    """The simulated days of one process, and how often each fault struck."""

    outcomes: list[Outcome] = field(default_factory=list)
    struck: Counter[str] = field(default_factory=Counter)


def simulate(days: int, seed: int) -> Played:
    """Return so many simulated days, played one after the other in a house of their own."""
    logging.disable(logging.CRITICAL)  # every fault would be told, thousands of them
    told = Played()
    with tempfile.TemporaryDirectory(prefix="tonghop-") as folder, a_house(Path(folder), days) as house:
        for number in range(days):
            told.outcomes.append(play(house, number, seed))
        for relay in house.relays:
            told.struck.update(relay.seen)
    return told


def figures_of(played: Played) -> Mapping[str, int]:
    """Return what the days showed, by what is promised."""
    outcomes = played.outcomes
    owed = [one for one in outcomes if one.open_late and not one.in_doubt]
    closed = [one for one in outcomes if not one.accepted_in_time]
    return {
        "simulated days": len(outcomes),
        "started late": sum(one.kind == "started late" for one in outcomes),
        "daily run killed": sum(one.kind == "daily run killed" for one in outcomes),
        "faults struck": sum(played.struck.values()),
        "kinds of fault": len(played.struck),
        "delivered twice": sum("delivered twice" in one.wrong for one in outcomes),
        "lost": sum(any(w.startswith(("lost", "no report")) for w in one.wrong) for one in outcomes),
        "accepted before the deadline": sum(one.accepted_in_time for one in outcomes),
        "a relay open in the last ten minutes": len(owed),
        "  of these accepted before the deadline": sum(one.accepted_in_time for one in owed),
        "not accepted before the deadline": len(closed),
        "  of these in doubt at the deadline": sum(one.in_doubt for one in closed),
        "  of these the alarm was raised": sum(one.alarmed for one in closed),
        "promises broken": sum(bool(one.wrong) for one in outcomes),
    }


def killed_figures(days: Sequence[Struck]) -> Mapping[str, object]:
    """Return what the killed days showed."""
    kills: Counter[str] = Counter()
    for day in days:
        kills.update({f"{day.campaign} {command}": count for command, count in day.kills.items()})
    return {
        "killed days": len(days),
        "SIGKILL": sum(kills.values()),
        **{f"  {place}": count for place, count in sorted(kills.items())},
        "deliveries a person settled": sum(day.in_doubt for day in days),
        "days with a loss or a double": sum(bool(day.wrong) for day in days),
    }


def main() -> int:
    """Print the figures; return 1 where a promise was broken."""
    began = time.monotonic()
    played = _play_all()
    _print(figures_of(played))
    wrong = [f"{one.day} {one.kind}: {w}" for one in played.outcomes for w in one.wrong]
    if KILLS:
        with tempfile.TemporaryDirectory(prefix="tonghop-") as folder:
            days = strike(Path(folder), KILLS, SEED)
        _print(killed_figures(days))
        wrong += [f"{day.campaign}: {w}" for day in days for w in day.wrong]
    print("\n".join(wrong))
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


def _play_all() -> Played:
    """Return all simulated days, a hundred a house, and tell on standard error how far they have come."""
    houses = [(min(DAYS_A_HOUSE, DAYS - start), SEED + start) for start in range(0, DAYS, DAYS_A_HOUSE)]
    played = Played()
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        for part in pool.imap_unordered(_simulate, houses):
            played.outcomes += part.outcomes
            played.struck += part.struck
            broken = [f"{one.day} {one.wrong}" for one in part.outcomes if one.wrong]
            print(f"{len(played.outcomes)} of {DAYS} days", *broken, sep="; ", file=sys.stderr, flush=True)
    return played


def _simulate(house: tuple[int, int]) -> Played:
    return simulate(*house)


def _print(figures: Mapping[str, object]) -> None:
    for name, value in figures.items():
        print(f"{name:55}{value:>8}")


if __name__ == "__main__":
    sys.exit(main())
