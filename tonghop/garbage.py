"""The garbage collector, told once a process how this product lives: much that stands, much that comes at once."""

from __future__ import annotations

import gc
from functools import cache


@cache
def leave_what_stands() -> None:
    """Tell the collector that what is loaded so far stays, and to look seldom for what may go.

    It starts over after each 700 new values, and at times looks through every module that was ever imported: a
    quarter of a second, for nothing, in the middle of a thousand submissions or of an officer's page. What this
    product makes goes as soon as nobody holds it; only what holds itself waits for the collector, and of that
    there is little: it is looked for after 50.000 new values, everywhere after 50 million. Once, so that a process
    that lives long, a desk or the tests, keeps nothing for good but what stood when it began.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
