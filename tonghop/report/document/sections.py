"""The body's sections: who reported, the results, the targets, the units in the lead and wanting, difficulties.

Facts and their order only: no sentence judges a unit, for that is for the department to advise on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tonghop.campaigns import Target
from tonghop.domain.forms import Rate
from tonghop.domain.totals import Line, RateFigure, UnitState
from tonghop.report.document.annexes import names_annex
from tonghop.report.document.parts import Paragraph, Role
from tonghop.report.document.setting import Setting
from tonghop.report.facts import (
    below_target,
    children,
    groups,
    judged,
    leaves,
    ranked,
    rates_in_order,
    target_of,
)
from tonghop.report.headlines import headlines
from tonghop.report.notices import Notice, notices_of
from tonghop.report.phrases import (
    LATE_MARK,
    MARKS,
    completeness_words,
    fraction_of,
    gap_words,
    names_of,
    target_percent,
    target_words,
    title_of,
    upper_first,
)
from tonghop.report.safe_text import clean
from tonghop.words import number, percent, say

_IN_THE_LEAD, _MOST_BELOW, _LOWEST = 3, 20, 10
_GOOD = (UnitState.REPORTED, UnitState.CONFIRMED_ZERO)

Section = tuple[str, list[Paragraph]]


def sections_of(setting: Setting) -> tuple[Paragraph, ...]:
    """Return the numbered sections with their headings; a section with nothing to say is left out."""
    notices = _notices(setting)
    found: list[Section] = [
        (say("document.reporting"), _reporting(setting)),
        (say("document.results"), _points(_results(setting))),
        (say("document.targets"), _points(_targets(setting))),
        (say("document.leading"), _points(_leading(setting))),
    ]
    found = [section for section in found if section[1]]
    wanting = _points([*_below(setting), *_named(notices)])
    if wanting:
        why = Paragraph(Role.TEXT, say("document.wanting_why", issuer=setting.issuer))
        found.append((say("document.wanting"), [why, *wanting]))
    found.append((say("document.difficulties"), _difficulties(notices, len(found))))
    return tuple(
        paragraph
        for place, (title, body) in enumerate(found, 1)
        for paragraph in (Paragraph(Role.HEADING, say("document.heading", number=place, text=title)), *body)
    )


def _points(texts: Sequence[str]) -> list[Paragraph]:
    """Return the texts as points a), b), c) as officers letter them; one alone is a plain paragraph."""
    letters = say("document.letters").split()
    if len(texts) <= 1:
        return [Paragraph(Role.TEXT, upper_first(text)) for text in texts]
    return [
        Paragraph(
            Role.POINT,
            say("document.lettered", letter=letters[i], text=upper_first(text))
            if i < len(letters)
            else say("document.dashed", text=upper_first(text)),
        )
        for i, text in enumerate(texts)
    ]


def _reporting(setting: Setting) -> list[Paragraph]:
    totals, root = setting.totals, setting.totals.root
    by_kind: dict[str, list[Line]] = {}
    for line in leaves(totals):
        if line.expected:
            by_kind.setdefault(line.kind, []).append(line)
    completeness = completeness_words(root)
    said = say("document.reported", completeness=completeness)
    if len(by_kind) > 1:
        parents = {line.kind for line in totals.lines if not line.is_leaf}
        kinds = "; ".join(_of_kind(kind, lines, parents) for kind, lines in by_kind.items())
        said = say("document.reported_by_kind", kinds=kinds, completeness=completeness)
    left = root.expected - root.reported
    if left > 0:
        said = f"{said} {say('document.provisional', count=number(left))}"
    return [Paragraph(Role.TEXT, said)]


def _of_kind(kind: str, lines: Sequence[Line], parents: set[str]) -> str:
    # A kind that elsewhere has units below it is named as one that reports itself: Huyện Bạch Long Vĩ.
    return say(
        "document.of_kind_itself" if kind in parents else "document.of_kind",
        reported=number(sum(1 for line in lines if line.state in _GOOD)),
        expected=number(len(lines)),
        kind=title_of("kind", kind),
    )


def _results(setting: Setting) -> list[str]:
    found = zip(
        rates_in_order(setting.campaign, setting.form),
        headlines(setting.totals, setting.campaign, setting.form),
        strict=True,
    )
    said = []
    for rate, one in found:
        figure = setting.totals.root.rates.get(rate.code)
        if figure is None or figure.value is None:
            said.append(say("document.no_result", rate=_said(rate)))
            continue
        note = say("document.result_note", note=one.note) if one.note else ""
        words = {"percent": one.percent, "people": one.people, "change": one.change, "note": note}
        said.append(say("document.result", rate=_said(rate), **words))
    return said


def _wanted(setting: Setting) -> Iterator[tuple[Rate, Target]]:
    for rate in rates_in_order(setting.campaign, setting.form):
        target = target_of(setting.campaign, rate.code, setting.totals.day, setting.totals.root)
        if target is not None:
            yield rate, target


def _targets(setting: Setting) -> list[str]:
    return [
        _target(setting, rate, target, setting.totals.root.rates.get(rate.code))
        for rate, target in _wanted(setting)
    ]


def _target(setting: Setting, rate: Rate, target: Target, figure: RateFigure | None) -> str:
    day = setting.totals.day
    words = {"target": target_words(target, day), "rate": _said(rate), "gap": gap_words(figure)}
    if figure is None or figure.value is None:
        return say("document.target_unknown", **words)
    words["percent"] = percent(figure.value)
    days = (target.by - day).days if target.by is not None else 0
    if days > 0 and figure.gap:
        return say("document.target_pace", people=number(math.ceil(figure.gap / days)), **words)
    return say("document.target", **words)


def _leading(setting: Setting) -> list[str]:
    said = []
    names = names_of(setting.totals)
    for kind, rate, lines in _rankings(setting):
        known = [
            line for line in lines if (f := line.rates.get(rate.code)) is not None and f.value is not None
        ]
        if len(known) > _IN_THE_LEAD:
            units = "; ".join(_share(line, rate, names) for line in known[:_IN_THE_LEAD])
            kinds = title_of("kind", kind, "many")
            said.append(say("document.leading_of", kinds=kinds, rate=_said(rate), units=units))
    return said


def _rankings(setting: Setting) -> Iterator[tuple[str, Rate, Sequence[Line]]]:
    """Yield each kind of unit directly below the root, then the reporting units of deeper levels."""
    for group in groups(setting.totals, setting.campaign, setting.form):
        if group.rate is not None:
            yield group.kind, group.rate, group.lines
    deeper = [line for line in leaves(setting.totals) if line.depth > 1]
    rate = next(iter(rates_in_order(setting.campaign, setting.form)), None)
    if rate is not None:
        for kind in dict.fromkeys(line.kind for line in deeper):
            yield kind, rate, ranked([line for line in deeper if line.kind == kind], rate.code)


def _share(line: Line, rate: Rate, names: dict[str, str]) -> str:
    above, below = fraction_of(line, rate) or ("", "")
    share = percent(line.rates[rate.code].value)
    return say(
        "document.unit_share", name=names[line.unit], percent=share, numerator=above, denominator=below
    )


def _below(setting: Setting) -> list[str]:
    return [_below_one(setting, rate, target) for rate, target in _wanted(setting)]


def _below_one(setting: Setting, rate: Rate, target: Target) -> str:
    lines, annex = children(setting.totals), names_annex(setting)
    short, known = below_target(lines, rate.code), judged(lines, rate.code)
    words = {"rate": _said(rate), "target": target_percent(target.at_least), "all": number(known)}
    if not known:
        return say("document.below_unknown", **words)
    shown = short if len(short) <= _MOST_BELOW else short[:_LOWEST]
    words |= {"count": number(len(short)), "units": "; ".join(_gap(*pair) for pair in shown)}
    said = say("document.below_none", **{**words, "count": number(known)})
    if short:
        said = say(
            "document.below" if len(shown) == len(short) else "document.below_lowest",
            shown=number(len(shown)),
            annex=annex,
            **words,
        )
    if setting.is_layered:
        below = leaves(setting.totals)
        counts = {
            "count": number(len(below_target(below, rate.code))),
            "all": number(judged(below, rate.code)),
        }
        said = f"{said} {say('document.below_leaves', annex=annex, **counts)}"
    return said


def _gap(line: Line, figure: RateFigure) -> str:
    share, people = percent(figure.value), number(figure.gap)
    return say("document.unit_gap", name=clean(line.name, 80), percent=share, people=people)


def _said(rate: Rate) -> str:
    return title_of("rate", rate.code, "said")


def _notices(setting: Setting) -> tuple[Notice, ...]:
    # The names that are too many for a list stand in the mail's workbook, and here in an annex.
    there, here = say("report.names_in_workbook"), say("document.names_in_annex", annex=names_annex(setting))
    found = notices_of(setting.totals, setting.material.unreachable)
    return tuple(replace(notice, why=notice.why.replace(there, here)) for notice in found)


def _is_named(notice: Notice) -> bool:
    return notice.mark in (MARKS[UnitState.MISSING], LATE_MARK)


def _named(notices: Sequence[Notice]) -> list[str]:
    return [
        say("document.named", title=notice.title, names="; ".join(notice.items))
        for notice in notices
        if _is_named(notice)
    ]


def _difficulties(notices: Sequence[Notice], above: int) -> list[Paragraph]:
    """Return the points on what is missing, held, carried, stated or could not be looked into."""
    texts = [
        _difficulty(notice, above) for notice in notices if notice.mark != MARKS[UnitState.CONFIRMED_ZERO]
    ]
    return _points(texts) or [Paragraph(Role.TEXT, say("document.none"))]


def _difficulty(notice: Notice, above: int) -> str:
    words = {"title": notice.title, "items": "; ".join(notice.items), "why": notice.why}
    if _is_named(notice):
        key = "document.difficulty_above_why" if notice.why else "document.difficulty_above"
        return say(key, section=above, **words)
    return say("document.difficulty_why" if notice.why else "document.difficulty", **words)
