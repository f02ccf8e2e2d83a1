"""Many rows at once: what the database is told is what it is told row by row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from tonghop.store import Store
from tonghop.store.connection import Database

AT = datetime(2020, 8, 18, 14, 5, 6, 789, tzinfo=timezone(timedelta(hours=7)))


def _unit(code: str, **changes: object) -> dict[str, Any]:
    row = {"campaign": "duc-hue", "code": code, "name": "Xã Mỹ Quý 100%", "kind": "commune", "parent": None}
    since = {"valid_from": date(2020, 8, 10), "valid_to": None, "reports": True}
    return {**row, **since, "emails": "", "phone": "", **changes}


def _deed(subject: str, at: datetime = AT) -> dict[str, Any]:
    return {"at": at, "actor": "lan", "action": "accept", "subject": subject, "detail": "nghe máy: đúng"}


@pytest.mark.parametrize(
    ("name", "first", "second", "told", "asked"),
    [
        (
            "store/put_unit",
            _unit("80101", valid_to=date(2021, 1, 1)),
            _unit("80102", name="a\x00b\udcff", reports=False, parent="801"),
            "export/units",
            {"campaign": "duc-hue", "day": date(2020, 8, 18)},
        ),
        (
            "store/put_audit",
            _deed("1"),
            _deed("2", AT.astimezone(UTC) + timedelta(hours=1)),
            "export/audit",
            {"since_at": AT, "until_at": AT + timedelta(days=1), "subjects": [""]},
        ),
    ],
)
def test_many_rows_at_once_are_stored_as_one_by_one(
    store: Store,
    url: str,
    name: str,
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    told: str,
    asked: Any,
) -> None:
    def stored(*, at_once: bool) -> list[Mapping[str, Any]]:
        with pytest.raises(_UndoError), database.writing() as transaction:
            if at_once:
                assert transaction.run_many(name, iter([first, second])) == 2
            else:
                assert [transaction.run(name, **row) for row in (first, second)] == [1, 1]
            rows.append([{k: v for k, v in r.items() if k != "id"} for r in transaction.rows(told, **asked)])
            raise _UndoError
        return rows[-1]

    rows: list[list[Mapping[str, Any]]] = []
    database = Database(url)
    assert stored(at_once=True) == stored(at_once=False)
    assert len(rows[0]) == 2
    database.close()


def test_a_moment_without_a_zone_is_refused_among_many_as_alone(store: Store, url: str) -> None:
    database = Database(url)
    naive = _deed("3", AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="has no time zone"), database.writing() as transaction:
        transaction.run_many("store/put_audit", [_deed("1"), naive])
    assert not store.is_audited("accept", "1")
    database.close()


class _UndoError(Exception):
    """Undoes what the test wrote."""
