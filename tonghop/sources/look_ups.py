"""Questions to the DNS within one run: each asked once, few seconds in all, none once nobody answers."""

from __future__ import annotations

import time
from collections.abc import Callable

from tonghop.sources.authenticity import LookUp, NoAnswer

_A_QUESTION, _IN_ALL, _SILENCES = 2.0, 6.0, 2


def _ask(name: str) -> bytes | None:
    from tonghop.sources.dkim_signature import dns_text  # a slow import, seldom needed

    return dns_text(name, seconds=_A_QUESTION)


class LookUps:
    """A look-up that remembers its answers and gives up: a name server that is silent must not cost a deadline.

    What it does not answer is "unknown", which is no reproach to the sender.
    """

    def __init__(
        self, ask: LookUp = _ask, seconds: float = _IN_ALL, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask, self._left, self._clock = ask, seconds, clock
        self._known: dict[str, bytes | None] = {}
        self._silences = 0

    def __call__(self, name: str) -> bytes | None:
        """Return the text record of a name, None where there is none. Raises ``NoAnswer``."""
        if name in self._known:
            return self._known[name]
        if self._left <= 0 or self._silences >= _SILENCES:
            raise NoAnswer("not asked any more in this run")
        began = self._clock()
        try:
            self._known[name] = self._ask(name)
        except NoAnswer:
            self._silences += 1
            raise
        finally:
            self._left -= self._clock() - began
        return self._known[name]
