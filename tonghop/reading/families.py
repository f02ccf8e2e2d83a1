"""Which counts belong together: those tied by rates (people, their telephones, their installations)."""

from __future__ import annotations

from collections.abc import Mapping

from tonghop.domain.forms import Form


def families(form: Form) -> Mapping[str, str]:
    """Return the family of each indicator and rate: those tied by rates (installs, people, smartphones)."""
    family = {indicator.code: indicator.code for indicator in form.indicators}
    for rate in form.rates:
        old, new = family[rate.denominator], family[rate.numerator]
        family = {code: new if one == old else one for code, one in family.items()}
    return family | {rate.code: family[rate.numerator] for rate in form.rates}
