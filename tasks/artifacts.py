"""What a run shows its operator on Prefect's pages: tables, text and links; nothing outside a flow run.

Publishing can fail or hang only for itself: it is given a few seconds in a thread of its own, and after one
failure the run publishes no more.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextvars import copy_context
from typing import Any

from tonghop.words import say

PATIENCE_SECONDS = 5.0
MOST_ROWS = 1000  # the page that shows the table holds all of it in the browser
LONGEST_CELL = 500
_GIVEN_UP: set[object] = set()
_LOG = logging.getLogger("tonghop")
# Look-alikes instead of entities: one of Prefect's two pages renders a cell as markdown, the other as text.
_HARMLESS = str.maketrans({"<": "‹", ">": "›", "|": "¦", "`": "ˋ"})
_SAFE_LINK = re.compile(r"https?://[^\s<>()\"'|]+\Z")
_UNSAFE_TARGET = re.compile(r"\]\s*\((?!https?://|mailto:)", re.IGNORECASE)


def publish_table(key: str, rows: Sequence[Mapping[str, object]], description: str = "") -> None:
    """Show ``rows`` as a table under ``key``; the columns are the keys of the first row.

    Cells are shown as text whatever they hold; past a thousand rows the table says how many are left out.
    """
    shown = [{plain(name): _cell(value) for name, value in row.items()} for row in rows[:MOST_ROWS]]
    left_out = len(rows) - len(shown)
    told = f"{description} {say('orchestrator.rows_left_out', count=left_out)}" if left_out else description
    _publish("create_table_artifact", key, told, table=shown)


def publish_markdown(key: str, text: str) -> None:
    """Show ``text`` as markdown under ``key``; HTML in it is shown, not followed.

    What comes from a file or a mail must go through ``plain`` before it is put into the text.
    """
    harmless = _UNSAFE_TARGET.sub("] (", text.replace("<", "&lt;"))
    _publish("create_markdown_artifact", key, "", markdown=harmless)


def publish_link(key: str, link: str, text: str = "", description: str = "") -> None:
    """Show a link under ``key``. Only http and https lead anywhere; anything else is left out with a warning."""
    if not _SAFE_LINK.match(link):
        _LOG.warning("artifact %s: not a link to show: %r", key, link[:80])
        return
    shown = plain(text or link).replace("[", "(").replace("]", ")")
    _publish("create_link_artifact", key, description, link=link, link_text=shown)


def plain(text: object) -> str:
    """Return ``text`` so that it means nothing to markdown or HTML: one line, no tag, no column, no link."""
    line = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in str(text))
    harmless = " ".join(line.split()).translate(_HARMLESS).replace("](", "] (")
    return harmless if len(harmless) <= LONGEST_CELL else harmless[: LONGEST_CELL - 1] + "…"


def key_of(text: str) -> str:
    """Return the text as Prefect wants a key: lower case, digits, dashes ("Đức Huệ" → ``duc-hue``)."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "tonghop"


def _cell(value: object) -> object:
    """Return numbers and blanks as they are, so that the table sorts them, and all else as harmless text."""
    return value if value is None or isinstance(value, bool | int | float) else plain(value)


def _publish(creator: str, key: str, description: str, **content: object) -> None:
    run = _present_run()
    if run is None or run in _GIVEN_UP:
        return
    failed = _within_patience(lambda: _create(creator, key_of(key), description, content))
    if failed:
        _GIVEN_UP.add(run)
        _LOG.warning("artifact %s not published (%s); this run publishes no more, and goes on", key, failed)


def _present_run() -> object | None:
    context = sys.modules.get("prefect.context")
    active = context.FlowRunContext.get() if context is not None else None
    return getattr(active.flow_run, "id", None) if active is not None else None


def _create(creator: str, key: str, description: str, content: Mapping[str, object]) -> None:
    from prefect import artifacts

    create: Callable[..., Any] = getattr(artifacts, creator)
    create(key=key, description=publishable(description), **content)


def publishable(description: str) -> str | None:
    """Return a description for Prefect, which renders it as markdown, or None for an empty one."""
    return plain(description) or None


def _within_patience(work: Callable[[], None]) -> str:
    """Return why the work did not succeed in time, or nothing.

    Prefect's client waits a minute for a server that hangs, several times over; the thread is left to it.
    """
    told: list[str] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - told below; nothing that only shows may fail a step
            told.append(f"{type(error).__name__}: {error}")
        else:
            told.append("")

    thread = threading.Thread(target=copy_context().run, args=(run,), daemon=True, name="artifact")
    thread.start()
    thread.join(PATIENCE_SECONDS)
    return told[0] if told else f"no answer within {PATIENCE_SECONDS:.0f} s"
