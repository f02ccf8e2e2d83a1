"""Pages made of templates: every text escaped, every word from the catalogue, in the officer's language."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from tonghop.desk import numbers
from tonghop.desk.navigation import Place
from tonghop.domain.findings import Finding
from tonghop.reading.place_names import document_name
from tonghop.sources.names import shown
from tonghop.words import message_of, say

if TYPE_CHECKING:
    from tonghop.desk.asking import Asked
    from tonghop.desk.lately import Event, Trouble
    from tonghop.domain.officers import DeskSession

LANGUAGES = ("vi", "en")
LANGUAGE_COOKIE = "tonghop-language"
_LONGEST_SENTENCE = 2000
_KNOWN_ERRORS = frozenset({400, 401, 403, 404, 405, 409, 413, 421, 422, 429, 500, 503})


class Pages:
    """Renders templates of this package, and of no other place."""

    def __init__(self, places: tuple[Place, ...], refresh: int) -> None:
        self.places = places
        self._environment = Environment(
            loader=PackageLoader("tonghop.desk"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(asset=asset, places=places, refresh=refresh)
        self._environment.filters.update(
            shown=shown, file_shown=lambda name: shown(document_name(name)), kind_word=_kind
        )

    def page(self, asked: Asked, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """Return a page (or a part of one) about a campaign's day."""
        language = language_of(asked.request)
        here = asked.request.url.path.removeprefix(asked.home).strip("/").split("/")[0]
        told = {
            "asked": asked,
            "campaigns": asked.desk.parts.campaigns.names(),
            "here": here,
            "csrf": asked.session.csrf,
            "officer": asked.officer,
            **_words(language, asked.campaign.zone),
            **context,
        }
        return HTMLResponse(self._environment.get_template(template).render(told), status)

    def plain(
        self, request: Request, template: str, *, status: int = 200, csrf: str = "", **context: Any
    ) -> HTMLResponse:
        """Return a page that is about no campaign: the login, the choice of a campaign, an error."""
        session: DeskSession | None = getattr(request.state, "session", None)
        told = {
            "asked": None,
            "campaigns": (),
            "here": "",
            "csrf": csrf or (session.csrf if session else ""),
            "officer": session.officer if session else None,
            **_words(language_of(request), None),
            **context,
        }
        return HTMLResponse(self._environment.get_template(template).render(told), status)

    def error(self, request: Request, status: int) -> HTMLResponse:
        """Return a friendly page (for htmx: one sentence) on what went wrong, telling nothing of the inside."""
        known = status if status in _KNOWN_ERRORS else 500 if status >= 500 else 400
        template = "part_error.html.j2" if "hx-request" in request.headers else "error.html.j2"
        answer = self.plain(request, template, status=status, code=known)
        if status == 503:
            answer.headers["Retry-After"] = "10"
        return answer


def language_of(request: Request) -> str:
    """Return the language a person chose; Vietnamese where they chose none."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


@cache
def asset(name: str) -> str:
    """Return the path of an asset, which changes whenever the asset does."""
    content = files("tonghop.desk").joinpath("assets", name).read_bytes()
    return f"/assets/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def _kind(kind: str, language: str) -> str:
    return known(f"kind.{kind}", language) or kind


def known(key: str, language: str, **places: object) -> str:
    """Return a text of the catalogue; nothing where it has none, of a campaign's own kind of unit for instance."""
    try:
        return say(key, language, **places)
    except KeyError:
        return ""


def _event(event: Event, language: str) -> str:
    places = {name: shown(text) for name, text in event.places.items()}
    if "action" in places:
        places["action"] = (
            known(f"desk.deed.{places['action'].replace(' ', '_')}", language) or places["action"]
        )
    if "officer" in places:  # not everybody in the audit has an account
        places["officer"] = known(f"desk.actor.{places['officer']}", language) or places["officer"]
    return say(f"desk.event.{event.word}", language, **places)


def _trouble(trouble: Trouble, language: str) -> str:
    places = {
        name: numbers.number(value, language) if isinstance(value, int) else value
        for name, value in trouble.places.items()
    }
    return say(f"desk.trouble.{trouble.word}", language, **places)


def _words(language: str, zone: ZoneInfo | None) -> dict[str, Any]:
    """Return what templates write with: texts, numbers, percents, days and hours in one language and zone."""

    def said(key: str, **places: object) -> str:
        return say(key, language, **places)

    def sentence(finding: Finding) -> str:
        return shown(message_of(finding, language), _LONGEST_SENTENCE)

    def local(at: datetime) -> datetime:
        return at.astimezone(zone) if zone else at

    def hour(at: datetime | None) -> str:
        return "–" if at is None else local(at).strftime("%H:%M")

    def moment(at: datetime | None, beside: date | None = None) -> str:
        if at is None:
            return "–"
        here = local(at)
        return hour(at) if beside == here.date() else f"{hour(at)} {numbers.day(here.date(), language)}"

    return {
        "language": language,
        "t": said,
        "sentence": sentence,
        "hour": hour,
        "moment": moment,
        "day_of": partial(numbers.day, language=language),
        "n": partial(numbers.number, language=language),
        "signed": partial(numbers.signed, language=language),
        "pc": partial(numbers.percent, language=language),
        "target": partial(numbers.target, language=language),
        "points": partial(numbers.points, language=language),
        "span": partial(numbers.span, language=language),
        "event_text": partial(_event, language=language),
        "trouble_text": partial(_trouble, language=language),
    }
