"""How much one submission may cost; what lies above is refused with a reason, not tried."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """The bounds of one submission: bytes, counts, seconds.

    ``inflated_bytes`` is what all members of one container may really unpack to, ``ratio`` how many times
    its packed size a member above a megabyte may be. ``cells`` is the extent of one sheet, rows times
    columns. ``rows``, ``filled`` and ``letters`` bound all documents of a submission together: rows and cells
    with anything in them, and the letters of its texts, the same text once. ``lines`` is how many lines the
    tables of one document may have, ``sums`` how many pairs of a total and a line one table may have.
    ``depth`` counts containers inside containers, messages inside messages included. ``memory`` and
    ``seconds`` bound the child process: the address space of the child, and one submission's time.
    """

    file_bytes: int = 32 * 1024 * 1024
    inflated_bytes: int = 64 * 1024 * 1024
    ratio: int = 200
    entries: int = 2_000
    cells: int = 2_000_000
    sheets: int = 60
    documents: int = 300
    depth: int = 4
    parts: int = 300
    pages: int = 30
    rows: int = 20_000
    lines: int = 12_000
    filled: int = 400_000
    letters: int = 1_000_000
    sums: int = 250_000
    findings: int = 500
    memory: int = 1_500 * 1024 * 1024
    seconds: float = 30.0
