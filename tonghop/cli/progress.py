"""A progress display on standard error for work that takes more than a moment; silent where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(text: str) -> Iterator[Callable[[str], None]]:
    """Yield a function that changes the text shown beside a moving mark while the work goes on."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(text) as status:
        yield lambda changed: status.update(changed)


@contextmanager
def progress_bar(text: str, total: int) -> Iterator[Callable[[], None]]:
    """Yield a function that moves a bar of ``total`` steps on by one; silent where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=total)
        yield lambda: bar.advance(task)
