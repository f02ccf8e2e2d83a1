"""The register of units in the database: what aggregation climbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from tonghop.domain.units import Unit
from tonghop.store.connection import Database


class Units:
    """The versioned units of each campaign, kept equal to its units.csv."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sync(self, campaign: str, units: Sequence[Unit]) -> None:
        """Make the register equal to ``units``; a register that already is costs one query and no write."""
        wanted = {(unit.code, unit.valid_from): _row(campaign, unit) for unit in units}
        with self._database.reading() as transaction:
            if self._found(transaction.rows("store/units", campaign=campaign)) == wanted:
                return
        with self._database.writing() as transaction:
            found = self._found(transaction.rows("store/units", campaign=campaign))
            gone = sorted(found.keys() - wanted.keys())
            changed = sorted(key for key, row in wanted.items() if found.get(key) != row)
            transaction.run_many("store/delete_unit", (found[key] for key in gone))
            transaction.run_many("store/put_unit", (wanted[key] for key in changed))
        self._database.learn("store/learn_units", len(gone) + len(changed))

    @staticmethod
    def _found(rows: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        return {(r["code"], r["valid_from"]): {**r, "reports": bool(r["reports"])} for r in rows}


def _row(campaign: str, unit: Unit) -> dict[str, Any]:
    return {**asdict(unit), "campaign": campaign, "emails": ";".join(unit.emails)}
