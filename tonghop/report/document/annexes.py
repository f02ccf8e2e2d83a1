"""The annexes: every unit's figures on landscape pages, a level of their own where there is one, the changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tonghop.domain.editions import Change
from tonghop.domain.forms import Indicator, Rate
from tonghop.domain.totals import Line, RateFigure
from tonghop.report.document.measures import ANNEX_WIDTH
from tonghop.report.document.parts import Annex, Column, Look, Row
from tonghop.report.document.setting import Setting
from tonghop.report.facts import Group, families, groups, in_tree_order, rates_in_order, target_of
from tonghop.report.phrases import cause_of, names_of, state_of, target_percent, title_of, upper_first
from tonghop.report.safe_text import clean
from tonghop.report.tables import note_of
from tonghop.words import number, percent, points, say, short_day
from tonghop.words.forms import signed

Cell = Callable[[Line], str]
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def annexes_of(setting: Setting) -> tuple[Annex, ...]:
    """Return the annexes in order: where there are levels one of the level below the root, then every unit,
    then what changed since the edition before.
    """
    found = [_level(setting)] if setting.is_layered else []
    found.append(_units(setting))
    if setting.material.edition.changes:
        found.append(_changes(setting))
    return tuple(found)


def names_annex(setting: Setting, *, changes: bool = False) -> str:
    """Return the name of the annex with every unit, or of that with the changes: ``Phụ lục I``."""
    return say("document.annex", number=_roman((2 if setting.is_layered else 1) + changes))


def _roman(value: int) -> str:
    said = ""
    for size, sign in _ROMAN:
        said += sign * (value // size)
        value %= size
    return said


def _annex(setting: Setting, label: str, title: str, columns: Sequence[Column], rows: Sequence[Row]) -> Annex:
    places = {"symbol": setting.symbol, "day": setting.made_on, "issuer": setting.issuer}
    return Annex(
        label=label,
        title=title.upper(),
        reference=say("document.annex_of", **places),
        columns=_fitted(columns),
        rows=tuple(rows),
        notes=(),
    )


def _fitted(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns as wide together as the page, the unit's taking what the others leave."""
    scale = ANNEX_WIDTH / sum(column.width for column in columns)
    return tuple(Column(c.group, c.title, round(c.width * scale, 2), c.align) for c in columns)


def _with_notes(annex: Annex, setting: Setting) -> Annex:
    legend = title_of(f"form.{setting.form.name}", "legend")
    said = say("document.annex_note", legend="" if legend == "legend" else legend).strip()
    return Annex(annex.label, annex.title, annex.reference, annex.columns, annex.rows, (said,))


# ---- every unit


def _level(setting: Setting) -> Annex:
    """Return the table of the level below the root alone: the districts of a city."""
    found = groups(setting.totals, setting.campaign, setting.form)
    kinds = ", ".join(dict.fromkeys(title_of("kind", group.kind) for group in found))
    title = say("document.annex_level", kinds=kinds, day=short_day(setting.totals.day))
    cells = _cells(setting)
    rows = [_total(setting, cells)]
    for group in found:
        rows += [_row(Look.UNIT, str(i), line, cells) for i, line in enumerate(group.lines, 1)]
    label = say("document.annex", number=_roman(1))
    return _with_notes(_annex(setting, label, title, _columns(setting), rows), setting)


def _units(setting: Setting) -> Annex:
    """Return the table of every unit, with sub-totals where units stand below units."""
    found = groups(setting.totals, setting.campaign, setting.form)
    day = short_day(setting.totals.day)
    title = say("document.annex_all", day=day)
    if setting.is_layered:
        kinds = ", ".join(dict.fromkeys(title_of("kind", group.kind) for group in found))
        title = say("document.annex_detail", kinds=kinds, day=day)
    cells = _cells(setting)
    below = _layered_rows(setting, cells) if setting.is_layered else _flat_rows(found, cells)
    rows = [_total(setting, cells), *below]
    return _with_notes(_annex(setting, names_annex(setting), title, _columns(setting), rows), setting)


def _total(setting: Setting, cells: Sequence[Cell]) -> Row:
    return Row(Look.TOTAL, ("", say("document.total"), *(cell(setting.totals.root) for cell in cells)))


def _flat_rows(found: Sequence[Group], cells: Sequence[Cell]) -> Iterator[Row]:
    for place, group in enumerate(found, 1):
        if len(found) > 1:
            name = upper_first(title_of("kind", group.kind, "many"))
            yield Row(Look.BAND, (_roman(place), name))
        for i, line in enumerate(group.lines, 1):
            yield _row(Look.UNIT, str(i), line, cells)


def _layered_rows(setting: Setting, cells: Sequence[Cell]) -> Iterator[Row]:
    """Yield the units in the order of the tree: I, II … below the root, 1, 2 … below each of these."""
    below = families(setting.totals)
    order = {line.unit: 0 for line in setting.totals.lines}
    for line in in_tree_order(setting.totals, setting.campaign, setting.form):
        if not line.depth:
            continue
        parent = line.parent or ""
        order[parent] = order.get(parent, 0) + 1
        top = line.depth == 1
        look = Look.NODE if top or line.unit in below else Look.UNIT
        yield _row(look, _roman(order[parent]) if top else str(order[parent]), line, cells)


def _row(look: Look, place: str, line: Line, cells: Sequence[Cell]) -> Row:
    return Row(look, (place, clean(line.name, 80), *(cell(line) for cell in cells)))


def _columns(setting: Setting) -> tuple[Column, ...]:
    totals, campaign = setting.totals, setting.campaign
    rates = rates_in_order(campaign, setting.form)
    group = {name: say(f"document.group_{name}") for name in ("counts", "rates", "people", "points", "gap")}
    found = [
        Column("", say("document.order"), 9, "center"),
        Column("", say("document.unit"), 40, "left"),
        Column("", say("document.state"), 23, "left"),
    ]
    found += [Column(group["counts"], _narrow("indicator", i.code), 14.5) for i in setting.form.indicators]
    found += [Column(group["rates"], _narrow("rate", rate.code), 14.5) for rate in rates]
    counted = dict.fromkeys(rate.numerator for rate in rates)
    found += [Column(group["people"], _narrow("indicator", code), 13) for code in counted]
    found += [Column(group["points"], _narrow("rate", rate.code), 14.5) for rate in rates]
    for rate in rates:
        target = target_of(campaign, rate.code, totals.day, totals.root)
        if target is not None:
            words = {"rate": _narrow("rate", rate.code), "target": target_percent(target.at_least)}
            found.append(Column(group["gap"], say("document.gap", **words), 15))
    return tuple(found)


def _narrow(kind: str, code: str) -> str:
    """Return a name for a narrow column; a form whose narrow names nobody has written gets its short ones."""
    found = title_of(kind, code, "narrow")
    return found if found != title_of(kind, code) else title_of(kind, code, "short")


def _cells(setting: Setting) -> tuple[Cell, ...]:
    """Return how each column after ordinal and unit is filled, in the order of ``_columns``."""
    rates = rates_in_order(setting.campaign, setting.form)
    day, root = setting.totals.day, setting.totals.root
    asked = {indicator.code: indicator for indicator in setting.form.indicators}
    cells: list[Cell] = [lambda line: _state(line, setting)]
    cells += [_count(indicator) for indicator in setting.form.indicators]
    cells += [_share(rate, asked) for rate in rates]
    cells += [_people(code) for code in dict.fromkeys(rate.numerator for rate in rates)]
    cells += [_rate(rate, lambda f: points(f.change, "").split(" ")[0]) for rate in rates]
    cells += [
        _rate(rate, lambda f: "" if f.gap is None else number(f.gap))
        for rate in rates
        if target_of(setting.campaign, rate.code, day, root) is not None
    ]
    return tuple(cells)


def _state(line: Line, setting: Setting) -> str:
    said, note = state_of(line)[1], note_of(line, setting.totals.day)
    if setting.is_layered and line.is_leaf and line.depth == 1:
        said = say("document.itself", state=said)
    return "; ".join(filter(None, (said, note)))


def _count(indicator: Indicator) -> Cell:
    def cell(line: Line) -> str:
        figure = line.figures.get(indicator.code)
        if figure is not None and figure.value is not None:
            return number(figure.value)
        # Blank is not zero: a dash where a figure is owed, nothing where none is asked of the kind.
        return number(None) if not line.is_leaf or indicator.is_asked_of(line.kind) else ""

    return cell


def _share(rate: Rate, asked: dict[str, Indicator]) -> Cell:
    def cell(line: Line) -> str:
        figure = line.rates.get(rate.code)
        if figure is not None and figure.value is not None:
            return percent(figure.value).removesuffix("%")
        both = (asked[rate.numerator], asked[rate.denominator])
        is_asked = all(one.is_asked_of(line.kind) for one in both)
        return number(None) if not line.is_leaf or is_asked else ""

    return cell


def _people(code: str) -> Cell:
    def cell(line: Line) -> str:
        figure = line.figures.get(code)
        return signed(figure.change, "") if figure is not None else ""

    return cell


def _rate(rate: Rate, say_it: Callable[[RateFigure], str]) -> Cell:
    def cell(line: Line) -> str:
        figure = line.rates.get(rate.code)
        return "" if figure is None else say_it(figure)

    return cell


# ---- the changes


def _changes(setting: Setting) -> Annex:
    edition = setting.material.edition
    before = edition.number - 1
    columns = (
        Column("", say("document.order"), 12, "center"),
        Column("", say("document.unit"), 58, "left"),
        Column("", say("document.indicator"), 55, "left"),
        Column("", say("document.report_number", number=before), 24),
        Column("", say("document.report_number", number=edition.number), 24),
        Column("", say("document.difference"), 18),
        Column("", say("report.why"), 56, "left"),
    )
    names = names_of(setting.totals)
    rows = [_change(i, change, names, setting) for i, change in enumerate(edition.changes, 1)]
    title = say("document.annex_changes", before=before)
    return _annex(setting, names_annex(setting, changes=True), title, columns, rows)


def _change(place: int, change: Change, names: dict[str, str], setting: Setting) -> Row:
    both = None if change.old is None or change.new is None else change.new - change.old
    return Row(
        Look.UNIT,
        (
            str(place),
            names.get(change.unit, clean(change.name, 80)),
            title_of("indicator", change.indicator),
            number(change.old),
            number(change.new),
            signed(both),
            cause_of(change.cause, setting.material.campaign),
        ),
    )
