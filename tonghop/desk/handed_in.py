"""The texts of a form that was handed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

_LONGEST = 500


async def handed_in(request: Request) -> dict[str, str]:
    """Return the texts of the form that was sent, each cut to a length no honest one has."""
    form = await request.form()
    return {name: value.strip()[:_LONGEST] for name, value in form.items() if isinstance(value, str)}


HandedIn = Annotated[dict[str, str], Depends(handed_in)]
