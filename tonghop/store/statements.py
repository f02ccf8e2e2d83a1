"""The statements of sql/, loaded by name; types follow from names, so that no statement repeats them.

Parameters and columns named ``at`` or ending in ``_at`` are moments (UTC); ``day``, ``*_day``, ``since``,
``until``, ``valid_from``, ``valid_to`` and ``carried_from`` are days. Parameters that stand after ``IN`` take
a list.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import Date, DateTime, Text, bindparam, text
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.sql.selectable import TextualSelect
from sqlalchemy.types import TypeDecorator, TypeEngine

_COMMENT = re.compile(r"--[^\n]*")
_PARAMETER = re.compile(r"(?<![:\w]):([a-z]\w*)")
_LIST_PARAMETER = re.compile(r"\bIN\s+:([a-z]\w*)")
_WORD = re.compile(r"\b[a-z]\w*\b")
_DAYS = frozenset({"day", "since", "until", "valid_from", "valid_to", "carried_from"})


class Moment(TypeDecorator[datetime]):
    """An aware moment: timestamptz in PostgreSQL; in SQLite ISO text of one width, which sorts by time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return text for SQLite, which has no type for moments."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return the moment in UTC. Raises ``ValueError`` for a naive one: nobody knows which it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone")
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the aware moment in UTC."""
        if value is None:
            return None
        moment: datetime = datetime.fromisoformat(value) if dialect.name == "sqlite" else value
        return moment.astimezone(UTC)


def type_of(name: str) -> TypeEngine[Any] | None:
    """Return the type that a parameter or column of this name has; None: as the driver gives it."""
    if name == "at" or name.endswith("_at"):
        return Moment()
    if name in _DAYS or name.endswith("_day"):
        return Date()
    return None


@cache
def statement(name: str) -> TextClause:
    """Return the statement of ``sql/<name>.sql`` with its parameters typed."""
    source = files("sql").joinpath(*f"{name}.sql".split("/")).read_text(encoding="utf-8")
    bare = _COMMENT.sub("", source)
    lists = set(_LIST_PARAMETER.findall(bare))
    parameters = sorted(set(_PARAMETER.findall(bare)))
    return text(bare.strip().rstrip(";")).bindparams(
        *(bindparam(p, type_=type_of(p), expanding=p in lists, required=True) for p in parameters)
    )


@cache
def query(name: str) -> TextualSelect:
    """Return the statement as one whose rows come back with moments and days as such."""
    clause = statement(name)
    typed = {
        word: kind for word in set(_WORD.findall(str(clause.text))) if (kind := type_of(word)) is not None
    }
    return clause.columns(**typed)
