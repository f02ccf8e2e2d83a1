"""The environment, read once and passed on: prefix ``TONGHOP_``, or the file ``.env``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ByteSize, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from tonghop.errors import ConfigurationError

PREFIX = "TONGHOP_"
_NO_SETTINGS = frozenset({"TONGHOP_ROOT"})  # where a worker finds the flows; it is set by `tonghop up`
_OF_THE_TESTS = "TONGHOP_TEST_"
_PLACEHOLDER = re.compile(r"\$\{(TONGHOP_[A-Za-z0-9_]*)\}")
_warned: set[str] = set()


def _unset(value: object) -> object:
    return 0 if value == "" else value


class Settings(BaseSettings):
    """What an installation sets; every name is ``TONGHOP_`` and the field in capitals."""

    model_config = SettingsConfigDict(env_prefix="TONGHOP_", env_file=".env", extra="ignore", frozen=True)

    home: Path = Field(Path("var"), description="the data folder: database, submissions, logs")
    campaigns: Path = Field(Path("campaigns"), description="the folder of campaign folders")
    database_url: str = Field("", description="SQLAlchemy URL; empty: SQLite in HOME")
    smtp_url: str = Field(
        "", description="smtp://user:password@host:587?starttls=required, smtps://, smtp://host:25"
    )
    witness_url: str = Field(
        "", description="imaps://user:password@host/INBOX: the mailbox that gets a blind copy"
    )
    mail_limit: Annotated[ByteSize, BeforeValidator(_unset)] = Field(
        ByteSize(0), description="the most a mail may weigh, as 10MB; empty: what the mail server says"
    )
    desk_url: str = Field("", description="the desk's address, for mails that say where to look")
    alarm_webhook: str = Field("", description="https://…: gets every alarm as JSON, beside the mail")
    dkim_selector: str = Field("", description="the selector of the DKIM key in the sender's domain")
    dkim_domain: str = Field("", description="the domain that signs; empty: the sender's own")
    dkim_key: str = Field("", description="the file of the private key (PEM); empty: nothing is signed")
    dask_address: str = Field("", description="a Dask scheduler, where one machine is not enough")
    secret_key: str = Field(
        "", description="signs the desk's login forms; empty: one is made and kept in HOME"
    )
    desk_hosts: str = Field(
        "", description="names under which the desk may be asked for, ',' between; this machine's always may"
    )

    @property
    def database(self) -> str:
        """Return the database's URL: the one set, or SQLite in the data folder."""
        return self.database_url or f"sqlite:///{(self.home / 'tonghop.sqlite').absolute()}"

    def make_home(self, *parts: str) -> Path:
        """Return a folder inside HOME, made if it is not there. Raises ``ConfigurationError`` where it cannot be."""
        folder = self.home.joinpath(*parts)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(
                f"TONGHOP_HOME {self.home}: the folder cannot be made ({error.strerror}); nothing was run;"
                " grant the right to write there, or name another folder (docs/runbook.md#settings)"
            ) from error
        return folder

    @property
    def submissions(self) -> Path:
        """Return the folder of the byte-exact submissions, named by hash."""
        return self.home / "submissions"


def environment() -> dict[str, str]:
    """Return the environment with what ``.env`` adds to it: where ``${NAME}`` in a source's URL is looked up."""
    from dotenv import dotenv_values  # beside pydantic-settings, and only where a URL is filled in

    told = {key: value for key, value in dotenv_values(".env").items() if value is not None}
    return {**told, **os.environ}


def read_settings() -> Settings:
    """Return the settings of this process. Raises ``ConfigurationError`` naming the variable that is wrong.

    A variable that looks like a setting and is none is told on standard error, once a process.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"settings: {wrong}; see docs/runbook.md#settings") from error
    for one in unknown_variables(settings):
        if one.name not in _warned:
            _warned.add(one.name)
            sys.stderr.write(f"tonghop: {one}\n")
    return settings


@dataclass(frozen=True, slots=True)
class UnknownVariable:
    """A variable with the settings' prefix that nothing reads; ``nearest``: the known one that is most like it."""

    name: str
    nearest: str

    def __str__(self) -> str:
        return f"{self.name} is no setting and has no effect; is {self.nearest} meant? (docs/runbook.md#settings)"


def unknown_variables(settings: Settings) -> tuple[UnknownVariable, ...]:
    """Return the variables of the environment and of ``.env`` that nothing reads, most likely misspelt, by name.

    Known are the settings, what sources of a campaign name as ``${NAME}``, and the tests' own.
    """
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    known |= {*_NO_SETTINGS, *_named_by_campaigns(settings.campaigns)}
    return tuple(
        UnknownVariable(name, get_close_matches(name.upper(), sorted(known), n=1, cutoff=0.0)[0])
        for name in sorted(environment())
        if name.upper().startswith(PREFIX)
        and not name.startswith(_OF_THE_TESTS)
        and name not in known
        and name.upper() not in known
    )


def _named_by_campaigns(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*/campaign.yaml")):
        try:
            yield from _PLACEHOLDER.findall(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            continue  # told where the campaign itself is read
