"""What a parent and its nursery say to each other, in bytes."""

from __future__ import annotations

import struct

ORDER = struct.Struct("<1sQ")
"""An order: what is to be done, and a number: of bytes that follow, or of a process."""

SETUP, FORK, KILL, END = b"S", b"F", b"K", b"E"
"""``KILL`` is answered when the child is dead; to ``END`` it there is no answer."""

ANSWER = struct.Struct("<Q")

PROGRESS = struct.Struct("<q")
"""Beside the pipes, a child shares the place of the submission it is at with its parent: it may die any moment."""
