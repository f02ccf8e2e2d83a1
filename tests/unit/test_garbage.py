"""The garbage collector is told once what stays."""

from __future__ import annotations

import gc

from tonghop.garbage import leave_what_stands


def test_what_is_made_later_may_go() -> None:
    leave_what_stands()
    stood = gc.get_freeze_count()
    later = [[number] for number in range(1000)]
    leave_what_stands()
    assert gc.get_freeze_count() <= stood
    assert len(later) == 1000
