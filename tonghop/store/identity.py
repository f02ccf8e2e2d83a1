"""Whether what has just come is a submission of the ledger seen once more, or one of its own.

The ledger keys a submission by its bytes and its name. That is not enough twice:

- A mailbox that is numbered afresh (a new UIDVALIDITY, another server) gives an old message another name. A message's
  bytes hold its way through the servers, and the server's time stays with it: the same bytes of the same time are the
  same message, and nobody is answered again.
- A file that is put back as it was before its correction has the name and the bytes of the first one. It is sent anew
  all the same, as what lay there last said something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from tonghop.store.connection import Transaction, chunks
from tonghop.store.records import Recorded

# So often one file may be put back; after that it is the same one touched.
_MOST_TIMES = 20
_FOLDER = "folder"


class _Known(NamedTuple):
    name: str
    sender: str | None
    received_at: datetime


def identified(transaction: Transaction, campaign: str, arrivals: Sequence[Recorded]) -> list[Recorded]:
    """Return the arrivals in their order, each under the name that the ledger knows it by or is to know it by."""
    known: dict[str, list[_Known]] = {}
    for part in chunks(sorted({arrival.sha256 for arrival in arrivals})):
        for sha256, *what in transaction.tuples("store/recorded_bytes", campaign=campaign, hashes=part):
            known.setdefault(sha256, []).append(_Known(*what))
    named: list[Recorded] = []
    for arrival in arrivals:
        same = known.setdefault(arrival.sha256, [])
        name = _name(transaction, campaign, arrival, same) if same else arrival.name
        same.append(_Known(name, arrival.sender, arrival.received_at))
        named.append(arrival if name == arrival.name else replace(arrival, name=name))
    return named


def _name(transaction: Transaction, campaign: str, arrival: Recorded, same: Sequence[_Known]) -> str:
    """Return the name of an arrival whose bytes came before."""
    if arrival.provenance != _FOLDER:
        return next((one.name for one in same if _is_message(one, arrival)), arrival.name)
    names = [_numbered(arrival.name, number) for number in range(1, _MOST_TIMES + 1)]
    mine = [one for one in same if one.name in names]
    if not mine or len(mine) == _MOST_TIMES:
        return arrival.name
    if again := next((one.name for one in mine if one.received_at == arrival.received_at), None):
        return again
    since = mine[-1].received_at
    last = transaction.column("store/last_of_names", campaign=campaign, names=names, since_at=since)
    return names[len(mine)] if last and last[0] != arrival.sha256 else mine[-1].name


def _is_message(one: _Known, arrival: Recorded) -> bool:
    is_mail = arrival.sender is not None and one.sender == arrival.sender
    return is_mail and one.received_at == arrival.received_at


def _numbered(name: str, number: int) -> str:
    """Return the name under which a file is recorded that came back for the n-th time: "BC (2).xlsx"."""
    if number == 1:
        return name
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem} ({number}){path.suffix}")) if path.name else name
