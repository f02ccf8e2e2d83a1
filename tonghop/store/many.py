"""One statement for many rows, made ready once and handed to the driver as it takes it.

SQLAlchemy looks up every parameter of every row by itself, which cost as much as the database's own work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect

from tonghop.store.statements import statement
from tonghop.store.texts import all_storable


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement in the driver's words.

    ``names``: its parameters in their order; ``converters`` by place what turns a value (a moment, a day) into the
    driver's; ``by_place``: whether the driver takes values by place or by name.
    """

    text: str
    names: tuple[str, ...]
    converters: Mapping[int, Callable[[Any], Any]]
    by_place: bool


def run_for_each(connection: Connection, name: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Run the statement for every row, at least one; return how many rows it touched in all."""
    names = _ready(name, connection.dialect).names
    return run_columns(connection, name, {each: [row[each] for row in rows] for each in names})


def run_columns(connection: Connection, name: str, columns: Mapping[str, Sequence[Any]]) -> int:
    """Do as ``run_for_each`` with the rows laid column by column: a parameter's values in their order."""
    ready = _ready(name, connection.dialect)
    laid = [all_storable(columns[each]) for each in ready.names]
    for place, convert in ready.converters.items():
        laid[place] = [convert(value) for value in laid[place]]
    values = list(zip(*laid, strict=True))
    parameters: list[Any] = (
        values if ready.by_place else [dict(zip(ready.names, v, strict=True)) for v in values]
    )
    return connection.exec_driver_sql(ready.text, parameters).rowcount


@lru_cache(maxsize=64)
def _ready(name: str, dialect: Dialect) -> _Ready:
    compiled = statement(name).compile(dialect=dialect)
    types = {bound: parameter.type for parameter, bound in compiled.bind_names.items()}
    names = tuple(compiled.positiontup or types)
    found = (types[each].dialect_impl(dialect).bind_processor(dialect) for each in names)
    converters = {place: convert for place, convert in enumerate(found) if convert is not None}
    return _Ready(str(compiled), names, converters, by_place=compiled.positiontup is not None)
