"""A form's definition: form.yaml and headings.csv of a folder beside this module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path

from expectations.spots import Spot, read_spots
from tonghop.domain.forms import Form, Heading, Indicator, Rate, Titles
from tonghop.errors import ConfigurationError

_FORMS = Path(__file__).parent


def form_names(folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of the forms there are, in order."""
    return tuple(sorted(path.parent.name for path in (folder or _FORMS).glob("*/form.yaml")))


def load_form(name: str) -> Form:
    """Return the form ``name``: its indicators, rates and the headings that mean them.

    Raises ``ConfigurationError`` naming the known forms, or the file and line that is wrong.
    """
    place = form_folder(name)
    form = read_definition(place)
    return replace(form, headings=_headings(place / "headings.csv", form))


def form_folder(name: str, folder: Path | None = None) -> Path:
    """Return the folder of the form ``name``. Raises ``ConfigurationError`` naming the known forms."""
    known = form_names(folder)
    if name not in known:
        raise ConfigurationError(f"form {name!r} does not exist; known: {', '.join(known) or 'none'}")
    return (folder or _FORMS) / name


def read_definition(place: Path) -> Form:
    """Return what form.yaml of ``place`` says; the headings are left out."""
    optional = ("titles", "plain_words", "of_which")
    keys = read_spots(place / "form.yaml").mapping(("name", "indicators", "rates"), optional)
    if keys["name"].text() != place.name:
        raise keys["name"].wrong(f"is {keys['name'].value!r}; the folder is {place.name!r}")
    indicators = tuple(_indicator(spot) for spot in keys["indicators"].items())
    _refuse_repeats(keys["indicators"], (indicator.code for indicator in indicators))
    counted = {indicator.code for indicator in indicators}
    rates = tuple(_rate(spot, counted) for spot in keys["rates"].items())
    _refuse_repeats(keys["rates"], [*(rate.code for rate in rates), *counted])
    titles = _titles(keys["titles"]) if "titles" in keys else Titles()
    plain_words, of_which = (keys[key].texts() if key in keys else () for key in optional[1:])
    return Form(place.name, indicators, rates, (), titles, plain_words, of_which)


def _titles(spot: Spot) -> Titles:
    keys = spot.mapping((), tuple(field.name for field in fields(Titles)))
    return Titles(**{name: words.texts() for name, words in keys.items()})


def _indicator(spot: Spot) -> Indicator:
    keys = spot.mapping(
        ("code",), ("cumulative", "required", "kinds", "except_kinds", "increase_headings", "parts")
    )
    return Indicator(
        code=keys["code"].text(),
        cumulative="cumulative" in keys and keys["cumulative"].flag(),
        required="required" not in keys or keys["required"].flag(),
        kinds=frozenset(keys["kinds"].texts() if "kinds" in keys else ()),
        except_kinds=frozenset(keys["except_kinds"].texts() if "except_kinds" in keys else ()),
        increase_headings=keys["increase_headings"].texts() if "increase_headings" in keys else (),
        parts=tuple(part.texts() for part in keys["parts"].items()) if "parts" in keys else (),
    )


def _rate(spot: Spot, counted: set[str]) -> Rate:
    keys = spot.mapping(("code", "numerator", "denominator"), ("may_exceed_one",))
    return Rate(
        code=keys["code"].text(),
        numerator=keys["numerator"].one_of(sorted(counted)),
        denominator=keys["denominator"].one_of(sorted(counted)),
        may_exceed_one="may_exceed_one" in keys and keys["may_exceed_one"].flag(),
    )


def _refuse_repeats(spot: Spot, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise spot.wrong(f"the code {code!r} stands twice")
        seen.add(code)


def _headings(path: Path, form: Form) -> tuple[Heading, ...]:
    # The reader of workbooks is needed for nothing else here, and validation alone does without it.
    from tonghop.reading.headings import load_headings

    codes = [*(i.code for i in form.indicators), *(r.code for r in form.rates)]
    return tuple(load_headings(path, codes))
