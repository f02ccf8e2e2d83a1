"""Broken machinery. Each message says what failed, what follows and what to do; bad data is a Finding."""

from __future__ import annotations


class TonghopError(Exception):
    """Something of the machinery failed. ``exit_code`` is the command line's."""

    exit_code = 3


class ConfigurationError(TonghopError):
    """A file or setting is wrong: names the file, the key and what is allowed."""

    exit_code = 2


class DatabaseUnavailable(TonghopError):
    """The database could not be opened, locked or written in time."""


class DatabaseOutdated(TonghopError):
    """The schema is not the one this version works with; ``tonghop database upgrade`` mends it."""


class SourceUnreachable(TonghopError):
    """A folder or mailbox could not be looked into."""

    def __init__(self, source: str, reason: str, advice: str) -> None:
        super().__init__(f"{source}: {reason}; {advice}")
        self.source, self.reason, self.advice = source, reason, advice


class MailRefused(TonghopError):
    """The mail server could not be used; nothing was lost, the outbox keeps every message."""


class ReadingFailed(TonghopError):
    """The reader itself broke (not the file): the submissions stay in the ledger and are read next time."""


class RuleBroken(TonghopError):
    """A rule errored instead of judging: a fault of the system, never of the commune."""


class OrchestratorFailed(TonghopError):
    """Prefect's server, worker or deployments could not be used; every command still runs without them."""


class DecidedMeanwhile(TonghopError):
    """Another officer decided first; nothing was changed. ``verdict`` is the number of that decision."""

    exit_code = 1

    def __init__(self, verdict: int, officer: str) -> None:
        super().__init__(
            f"{officer} has decided meanwhile (verdict {verdict}); nothing was changed; look again"
        )
        self.verdict, self.officer = verdict, officer


class RulingRefused(TonghopError):
    """A verdict that cannot stand; nothing was changed. ``key`` names the sentence in the catalogue."""

    exit_code = 2

    def __init__(self, key: str) -> None:
        super().__init__(f"the verdict was refused ({key}); nothing was changed; mend it and decide again")
        self.key = key
