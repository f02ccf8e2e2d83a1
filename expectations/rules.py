"""The strict loader of rules.yaml and parameters.yaml: a slip stops before the run, named by its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from expectations.forms import form_folder, read_definition
from expectations.ruleset import LeftOut, Rule, RuleSet
from expectations.spots import Spot, read_spots
from expectations.vocabulary import EXPECTATIONS, FRAME_PARAMETERS, Column, ExpectationKind, columns_of
from tonghop.domain.findings import Severity
from tonghop.domain.forms import Form
from tonghop.errors import ConfigurationError
from tonghop.words import say, severity_of

_REQUIRED = ("code", "severity", "expect", "columns", "needs", "at", "why")
_OPTIONAL = ("each", "settings", "where", "found", "expected", "arguments", "unless")
_EACH = ("indicators", "cumulative", "fixed", "rates")
_PLACES = ("day", "unit")


def load_rules(form_name: str, campaign_indicators: Collection[str], folder: Path | None = None) -> RuleSet:
    """Return the rules of a form, narrowed to the indicators a campaign counts.

    A rule of which the campaign lacks a need stands in ``left_out``. The whole file is checked, also the
    rules that fall away. Raises ``ConfigurationError`` naming file, line and what is allowed.
    """
    place = form_folder(form_name, folder)
    form = read_definition(place)
    unknown = sorted(set(campaign_indicators) - {indicator.code for indicator in form.indicators})
    if unknown:
        known = ", ".join(indicator.code for indicator in form.indicators)
        raise ConfigurationError(f"{place / 'form.yaml'}: no indicator {', '.join(unknown)}; it has {known}")
    whole, parameters = _read_rules(
        form, read_spots(place / "parameters.yaml"), read_spots(place / "rules.yaml")
    )
    narrowed = form.only(campaign_indicators)
    counted = {i.code for i in narrowed.indicators} | {r.code for r in narrowed.rates}
    lacking = {need.rule.key: tuple(sorted(need.needs - counted)) for need in whole}
    return RuleSet(
        form=narrowed,
        rules=tuple(need.rule for need in whole if not lacking[need.rule.key]),
        left_out=tuple(LeftOut(key, names) for key, names in lacking.items() if names),
        columns=columns_of(narrowed),
        parameters=parameters,
    )


@dataclass(frozen=True, slots=True)
class _Needing:
    rule: Rule
    needs: frozenset[str]


@lru_cache(maxsize=8)  # a run asks for the same rules when it begins and when it judges
def _read_rules(form: Form, whole: Spot, rules: Spot) -> tuple[list[_Needing], Mapping[str, float]]:
    parameters = _Parameters(whole)
    reader = _RuleReader(form, columns_of(form), parameters)
    found: dict[str, _Needing] = {}
    places: dict[str, Spot] = {}
    for spot in rules.items():
        for needing in reader.read(spot):
            if needing.rule.key in found:
                raise spot.wrong(f"rule {needing.rule.key} stands twice; a code once a column")
            found[needing.rule.key] = needing
            places[needing.rule.key] = spot.table().get("unless", spot)
    for key, needing in found.items():
        _check_unless(places[key], needing.rule, found)
    of_frame = parameters.of_frame()
    parameters.refuse_unused()
    return list(found.values()), of_frame


def _check_unless(spot: Spot, rule: Rule, found: Mapping[str, _Needing]) -> None:
    for key in rule.unless:
        if key not in found or key == rule.key:
            raise spot.wrong(f"no other rule {key!r}; known: {', '.join(found)}")


class _Parameters:
    """The thresholds of parameters.yaml, and which of them the rules used."""

    def __init__(self, whole: Spot) -> None:
        self._whole = whole
        self._values = whole.table()
        self._used: set[str] = set()

    def value(self, spot: Spot) -> Any:
        """Return a setting's value: itself, or of the parameter that ``$NAME`` names."""
        if isinstance(spot.value, list):
            return [self._plain(member) for member in spot.value]
        if not isinstance(spot.value, str) or not spot.value.startswith("$"):
            return self._plain(spot)
        name = spot.value[1:]
        if name not in self._values:
            raise spot.wrong(f"parameter {name!r} does not exist; known: {', '.join(self._values) or 'none'}")
        self._used.add(name)
        return self._plain(self._values[name])

    def of_frame(self) -> dict[str, float]:
        """Return what building the frame needs. Raises where one is missing or is no number from 0 up."""
        lacking = [name for name in FRAME_PARAMETERS if name not in self._values]
        if lacking:
            raise self._whole.wrong(f"{', '.join(lacking)} missing; each column's measure needs it")
        self._used.update(FRAME_PARAMETERS)
        return {name: self._number(self._values[name]) for name in FRAME_PARAMETERS}

    @staticmethod
    def _number(spot: Spot) -> float:
        if isinstance(spot.value, bool) or not isinstance(spot.value, int | float) or spot.value < 0:
            raise spot.wrong(f"is {spot.value!r}; allowed: a number from 0 up")
        return float(spot.value)

    def refuse_unused(self) -> None:
        """Raise for a parameter no rule names: most likely it is misspelt."""
        for name, spot in self._values.items():
            if name not in self._used:
                raise spot.wrong("no rule uses this parameter; mend its name or remove it")

    @staticmethod
    def _plain(spot: Spot) -> Any:
        if not isinstance(spot.value, bool | int | float):
            raise spot.wrong(
                f"is {spot.value!r}; allowed: a number, true, false, or $NAME of parameters.yaml"
            )
        return spot.value


@dataclass(frozen=True, slots=True)
class _RuleReader:
    form: Form
    columns: Mapping[str, Column]
    parameters: _Parameters

    def read(self, spot: Spot) -> Iterator[_Needing]:
        """Yield the rules of one item: one, or one each indicator or rate."""
        keys = spot.mapping(_REQUIRED, _OPTIONAL)
        if "each" not in keys:
            yield self._rule(spot, keys, None)
            return
        each = keys["each"].one_of(_EACH)
        for code in self._codes(each):
            yield self._rule(spot, keys, code)

    def _codes(self, each: str) -> list[str]:
        if each == "rates":
            return [rate.code for rate in self.form.rates]
        wanted = {"indicators": (True, False), "cumulative": (True,), "fixed": (False,)}[each]
        return [i.code for i in self.form.indicators if i.cumulative in wanted]

    def _rule(self, spot: Spot, keys: Mapping[str, Spot], each: str | None) -> _Needing:
        code = self._code(keys["code"])
        kind = EXPECTATIONS[keys["expect"].one_of(EXPECTATIONS)]
        rule = Rule(
            key=code if each is None else f"{code}:{each}",
            code=code,
            severity=Severity(keys["severity"].one_of([severity.value for severity in Severity])),
            expect=keys["expect"].text(),
            columns=self._rule_columns(keys["columns"], kind, each),
            at=self._place(keys["at"], each),
            why=keys["why"].text(),
            settings=self._settings(spot, keys.get("settings"), kind),
            where=self._flag(keys.get("where"), each),
            found=self._column(keys.get("found"), each),
            expected=self._column(keys.get("expected"), each),
            arguments=self._arguments(keys.get("arguments"), each),
            unless=tuple(_fill(member, each) for member in keys["unless"].items())
            if "unless" in keys
            else (),
        )
        return _Needing(rule, self._needs(keys["needs"], rule, each))

    def _code(self, spot: Spot) -> str:
        code = spot.text()
        try:
            severity_of(code)
        except KeyError:
            raise spot.wrong(f"{code!r} has no sentence in tonghop/words/findings; add it there") from None
        return code

    def _rule_columns(self, spot: Spot, kind: ExpectationKind, each: str | None) -> tuple[str, ...]:
        names = [self._column(member, each) for member in spot.items()]
        if len(names) != len(kind.takes):
            raise spot.wrong(f"has {len(names)} columns; this expectation takes {len(kind.takes)}")
        for name, allowed in zip(names, kind.takes, strict=True):
            if name is not None and self.columns[name].holds not in allowed:
                raise spot.wrong(
                    f"{name} holds a {self.columns[name].holds}; allowed: {', '.join(sorted(allowed))}"
                )
        return tuple(name for name in names if name is not None)

    def _column(self, spot: Spot | None, each: str | None) -> str | None:
        if spot is None:
            return None
        name = _fill(spot, each)
        if name not in self.columns:
            raise spot.wrong(f"no column {name!r}; known: {', '.join(self.columns)}")
        return name

    def _flag(self, spot: Spot | None, each: str | None) -> str | None:
        name = self._column(spot, each)
        if spot is not None and name is not None and self.columns[name].holds != "flag":
            raise spot.wrong(f"{name} is no flag; where names a column that is true or false")
        return name

    def _place(self, spot: Spot, each: str | None) -> str:
        places = [i.code for i in self.form.indicators] + [r.code for r in self.form.rates] + [*_PLACES]
        place = _fill(spot, each)
        if place not in places:
            raise spot.wrong(f"is {place!r}; allowed: {', '.join(places)}")
        if place not in _PLACES:
            _check_name(spot, place)
        return place

    def _settings(self, spot: Spot, given: Spot | None, kind: ExpectationKind) -> dict[str, object]:
        if given is None:
            if kind.settings:
                raise spot.wrong(
                    f"settings missing; this expectation takes {', '.join(sorted(kind.settings))}"
                )
            return {}
        keys = given.mapping((), sorted(kind.settings))
        if kind.settings and not keys:
            raise given.wrong(f"is empty; allowed: {', '.join(sorted(kind.settings))}")
        if kind.needs_all and keys.keys() != kind.settings:
            raise given.wrong(f"this expectation takes all of {', '.join(sorted(kind.settings))}")
        return {key: self.parameters.value(value) for key, value in keys.items()}

    def _arguments(self, spot: Spot | None, each: str | None) -> dict[str, str]:
        if spot is None:
            return {}
        return {key: str(self._column(value, each)) for key, value in spot.table().items()}

    def _needs(self, spot: Spot, rule: Rule, each: str | None) -> frozenset[str]:
        known = {i.code for i in self.form.indicators} | {r.code for r in self.form.rates}
        needs = frozenset(_fill(member, each) for member in spot.items())
        if needs - known:
            raise spot.wrong(f"{', '.join(sorted(needs - known))}: no indicator or rate of the form")
        named = {*rule.reads(), *rule.arguments.values(), *(c for c in (rule.found, rule.expected) if c)}
        silent = {about for name in named if (about := self.columns[name].about)} - needs
        if silent:
            raise spot.wrong(f"the columns are about {', '.join(sorted(silent))} too; name it")
        return needs


def _fill(spot: Spot, each: str | None) -> str:
    text = spot.text()
    if "{each}" in text and each is None:
        raise spot.wrong("{each} stands in a rule without each; allowed only beside it")
    return text.replace("{each}", each or "")


def _check_name(spot: Spot, code: str) -> None:
    try:
        say(f"rules.name.{code}")
    except KeyError:
        raise spot.wrong(
            f"rules.name.{code} is missing in tonghop/words/messages/rules.yaml; add it"
        ) from None
