"""A source's URL: placeholders filled from the environment, taken apart, and named without its password."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from tonghop.errors import ConfigurationError

_PLACEHOLDER = re.compile(r"\$\{([^{}]*)\}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def expand(url: str, environ: Mapping[str, str]) -> str:
    """Return the URL with each ``${NAME}`` replaced by the variable, percent-coded so that it stays one part.

    A password may hold any character; one in the path or the host keeps its slashes and colons. Raises
    ``ConfigurationError`` naming the variable that is not set.
    """
    marks = [match.end() for match in re.finditer("@", url)]
    authority_ends = re.compile(r"[/?#]").search(url, url.find("://") + 3)
    end = authority_ends.start() if authority_ends else len(url)
    user_ends = max((mark for mark in marks if mark <= end), default=0)

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if not _VARIABLE.fullmatch(name):
            raise ConfigurationError(f"source {_hidden(url)}: ${{{name}}} names no variable; write ${{NAME}}")
        if name not in environ:
            raise ConfigurationError(
                f"source {_hidden(url)}: the variable {name} is not set; set it in the environment or in .env"
            )
        in_query = "?" in url[: match.start()]
        return quote(environ[name], safe="" if match.start() < user_ends or in_query else "/:")

    return _PLACEHOLDER.sub(value, url)


def _hidden(url: str) -> str:
    """Return a URL as it may be shown: without the password and the options."""
    return re.sub(r"(?<=://)([^/?#@]*?):[^/?#]*@", r"\1@", url.split("?")[0])


@dataclass(frozen=True, slots=True)
class Place:
    """A source's URL, taken apart and decoded. ``name`` is the stable one, without password and options."""

    scheme: str
    host: str
    port: int | None
    user: str
    password: str = field(repr=False)
    path: str
    options: Mapping[str, str] = field(repr=False)

    @property
    def name(self) -> str:
        """Return ``scheme://user@host:port/path``: the same after a new password, so the ledger knows it."""
        user = f"{quote(self.user, safe='@')}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{user}{host}{port}{self.path}"

    @property
    def is_loopback(self) -> bool:
        """Return whether the host is this machine, so that no password crosses a network."""
        return self.host in _LOOPBACK or self.host.startswith("127.")

    def option(self, name: str, default: str = "") -> str:
        """Return an option of the query, or the default."""
        return self.options.get(name, default)


def place_of(url: str, allowed: Mapping[str, frozenset[str]]) -> Place:
    """Return an expanded URL taken apart. ``allowed`` lists the options each scheme knows.

    Raises ``ConfigurationError`` for a URL that is none, or an option that the scheme does not know.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        # A plus is one, as in fingerprints: no form in a page wrote this.
        query = parse_qsl(
            parts.query.replace("+", "%2B"), keep_blank_values=True, strict_parsing=bool(parts.query)
        )
    except ValueError as error:
        raise ConfigurationError(f"source {_hidden(url)}: not a URL: {_hidden(str(error))}") from None
    if parts.scheme not in allowed:
        raise ConfigurationError(
            f"source {_hidden(url)}: unknown scheme; allowed: {', '.join(sorted(allowed))}"
        )
    unknown = sorted({name for name, _ in query} - allowed[parts.scheme])
    if unknown:
        known = ", ".join(sorted(allowed[parts.scheme])) or "none"
        raise ConfigurationError(
            f"source {_hidden(url)}: unknown option {', '.join(unknown)}; allowed: {known}"
        )
    path = unquote(parts.path)
    if "\0" in path or parts.fragment:
        raise ConfigurationError(f"source {_hidden(url)}: write # as %23 and leave out %00")
    return Place(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        path=path.rstrip("/") or "/",
        options=dict(query),
    )
