"""The rules: what each asks and why, how often it fires, and how often officers let it pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from tonghop.desk.asking import AskedHere
from tonghop.desk.navigation import Area, Place, about_a_day
from tonghop.desk.pages import language_of
from tonghop.desk.spoken import spoken
from tonghop.domain.findings import Severity
from tonghop.domain.review import RuleCount
from tonghop.words import finding_codes, say, severity_of, title_of

router = about_a_day()
AREA = Area(router, Place("rules", "scales"))
PERIODS = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule with what came of it. ``why``: empty for findings of reading, which no rule of the form makes."""

    code: str
    title: str
    severity: Severity
    why: str
    count: RuleCount | None


@router.get("/rules")
def rules(asked: AskedHere, days: int = Query(30)) -> Response:
    """Return the page of rules over the last days; the counts are the whole campaign's, for who sees it all."""
    if days not in PERIODS:
        raise HTTPException(404)
    language = language_of(asked.request)
    since: date = asked.day - timedelta(days=days - 1)
    # A district's officer is not told how often others were asked.
    counts = (
        {c.code: c for c in asked.store.review.rules(asked.campaign.name, finding_codes(), since, asked.day)}
        if asked.is_whole
        else {}
    )
    of_form = {rule.code: rule for rule in asked.desk.parts.rules_of(asked.campaign)}
    lines = [
        RuleLine(
            code,
            title_of(code, language),
            of_form[code].severity if code in of_form else severity_of(code),
            _why(code, of_form[code].why, language) if code in of_form else "",
            counts.get(code),
        )
        for code in (*of_form, *(code for code in counts if code not in of_form))
    ]
    lines.sort(key=lambda line: (-(line.count.fired if line.count else 0), line.title))
    most = max((line.count.fired for line in lines if line.count), default=0)
    context: dict[str, Any] = {"lines": lines, "days": days, "periods": PERIODS, "since": since, "most": most}
    waivers = tuple(
        w for w in asked.store.verdicts.waivers(asked.campaign.name, asked.day) if asked.sees(w.unit)
    )
    return asked.desk.pages.page(asked, "rules.html.j2", waivers=waivers, **spoken(asked), **context)


def _why(code: str, english: str, language: str) -> str:
    """Return why a rule is there in the officer's language; of a rule nobody has translated yet, in English."""
    try:
        return say(f"rule.why.{code}", language) or english
    except KeyError:
        return english
