"""``tonghop officer``: who may sit at the desk. Passwords are typed twice or come on standard input, never as words."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from getpass import getpass
from typing import TYPE_CHECKING

from tonghop.campaigns import load_campaign
from tonghop.campaigns.load import campaign_names
from tonghop.domain.officers import Officer, Role
from tonghop.errors import ConfigurationError
from tonghop.settings import Settings, read_settings
from tonghop.wiring import system_clock
from tonghop.words import say

if TYPE_CHECKING:
    from tonghop.store import Store

Told = Mapping[str, object]
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")


def add_officer(name: str, role: str, branch: str | None, title: str, *, from_stdin: bool) -> Told:
    """Return the officer that was added. Raises ``ConfigurationError`` for what does not fit."""
    from tonghop.desk.passwords import hash_of

    settings = read_settings()
    if not _NAME.fullmatch(name):
        raise ConfigurationError(
            f"officer {name!r}: a name has 2 to 32 letters: a–z, 0–9, '.', '_' and '-'; nobody was added"
        )
    if role not in set(Role):
        raise ConfigurationError(f"--role {role!r}; allowed: {', '.join(Role)}; nobody was added")
    _check_branch(settings, branch)
    password, now = _password(from_stdin=from_stdin), system_clock()
    with _store(settings) as store:
        title = unicodedata.normalize("NFC", " ".join(title.split()))[:120]
        if not store.officers.add(name, title, hash_of(password), Role(role), branch, now):
            raise ConfigurationError(f"officer {name!r} is there already; nobody was added")
        store.audit(now, "operator", "add officer", f"officer {name}", f"{role} {branch or ''}".strip())
        return {"officer": _told(next(one for one in store.officers.all() if one.name == name))}


def list_officers() -> Told:
    """Return every officer, the disabled ones too."""
    with _store(read_settings()) as store:
        return {"officers": [_told(one) for one in store.officers.all()]}


def disable_officer(name: str) -> Told:
    """Disable an officer, which ends their sessions at once; what they did stays under their name."""
    now = system_clock()
    with _store(read_settings()) as store:
        if not store.officers.disable(name, now):
            raise ConfigurationError(
                f"officer {name!r} is not there, or disabled already; nothing was changed"
            )
        store.audit(now, "operator", "disable officer", f"officer {name}", "")
        return {"officer": _told(next(one for one in store.officers.all() if one.name == name))}


def change_password(name: str, *, from_stdin: bool) -> Told:
    """Give an officer another password, which ends their sessions at once."""
    from tonghop.desk.passwords import hash_of

    now = system_clock()
    with _store(read_settings()) as store:
        known = store.officers.with_hash(name)
        if known is None:
            raise ConfigurationError(f"officer {name!r} is not there; nothing was changed")
        store.officers.set_password(name, hash_of(_password(from_stdin=from_stdin)), now)
        store.audit(now, "operator", "change password", f"officer {name}", "")
        return {"officer": _told(known[0])}


def _store(settings: Settings) -> Store:
    from tonghop.store import open_store

    settings.make_home()
    return open_store(settings.database)


def _check_branch(settings: Settings, branch: str | None) -> None:
    if branch is None:
        return
    names = campaign_names(settings.campaigns)
    if not any(
        unit.code == branch for name in names for unit in load_campaign(settings.campaigns, name).units
    ):
        raise ConfigurationError(
            f"--branch {branch!r} is no unit of {', '.join(names) or 'any campaign'} (units.csv); nobody was added"
        )


def _password(*, from_stdin: bool) -> str:
    from tonghop.desk.passwords import LONGEST, SHORTEST, is_allowed

    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = _asked("officer.password")
        if _asked("officer.again") != password:
            raise ConfigurationError("the two passwords differ; nothing was changed")
    if not is_allowed(password):
        raise ConfigurationError(f"a password has {SHORTEST} to {LONGEST} letters; nothing was changed")
    return password


def _asked(key: str) -> str:
    try:
        return getpass(say(key), stream=sys.stderr)
    except EOFError:
        raise ConfigurationError(
            "no password was typed; nothing was changed; run it at a terminal, or give --password-stdin"
        ) from None


def _told(officer: Officer) -> Told:
    return {
        "name": officer.name,
        "title": officer.title,
        "role": officer.role.value,
        "branch": officer.branch,
        "created_at": _iso(officer.created_at),
        "disabled_at": _iso(officer.disabled_at),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
