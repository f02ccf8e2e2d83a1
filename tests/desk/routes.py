"""Every route of the desk, found in the application itself: a new one is tested without a word here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

from tests.desk.office import CAMPAIGN, DAY


@dataclass(frozen=True)
class Door:
    """One route: its method, its path with what stands in braces, and that filled in."""

    method: str
    path: str

    def filled(self, **places: object) -> str:
        """Return the path with its places filled: a unit, finding, entry or edition that tests choose."""
        given = {"campaign": CAMPAIGN, "day": str(DAY), "name": "desk.css", **places}
        path = self.path
        for name, value in given.items():
            path = path.replace("{" + name + "}", str(value))
        return path

    @property
    def changes(self) -> bool:
        return self.method not in ("GET", "HEAD")


def doors(app: FastAPI) -> list[Door]:
    """Return every route of the application."""
    return sorted(set(_doors(app)), key=lambda door: (door.path, door.method))


def _doors(app: FastAPI) -> Iterator[Door]:
    schema: dict[str, Any] = app.openapi()
    for path, methods in schema["paths"].items():
        for method in methods:
            yield Door(method.upper(), path)
