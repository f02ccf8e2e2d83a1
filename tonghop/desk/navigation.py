"""The places of the desk, in the order of its menu."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the menu: the last part of its path, which is also its word's (``desk.nav.NAME``)."""

    name: str
    icon: str


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the desk: its routes, and its entry of the menu if it has one."""

    router: APIRouter
    place: Place | None = None


def about_a_day() -> APIRouter:
    """Return a router for pages about one campaign's day."""
    return APIRouter(prefix="/c/{campaign}/{day}")
