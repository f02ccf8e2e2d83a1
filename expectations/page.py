"""The page of rules, docs/rules.md: what each rule says, how grave it is, why, and its cases.

``python -m expectations.page`` writes it anew; everything on it is data (rules.yaml, the catalogue of findings,
the case files under tests/golden/rules).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from expectations.forms import form_folder, form_names, read_definition
from expectations.rules import load_rules
from expectations.ruleset import Rule
from tonghop.words import template_of, title_of

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "golden" / "rules"
PAGE = ROOT / "docs" / "rules.md"

_SEVERITIES = {
    "critical": "**critical**: holds the entry until a person decides",
    "warning": "warning: shown; the figures count",
    "info": "info: noted; the figures count",
}


def page(cases: Path = CASES) -> str:
    """Return the page as Markdown. Raises ``ConfigurationError`` for rules that cannot be loaded."""
    return "\n".join(line for name in form_names() for line in _form(name, cases)) + "\n"


def _form(name: str, cases: Path) -> Iterator[str]:
    definition = read_definition(form_folder(name))
    rules = load_rules(name, [indicator.code for indicator in definition.indicators]).rules
    yield f"# The rules of {name}"
    yield ""
    yield (
        f"Made by `python -m expectations.page` from `expectations/{name}/rules.yaml`, the catalogue of findings and "
        "`tests/golden/rules/`; not edited by hand. The thresholds are explained, and changed, in "
        f"`expectations/{name}/parameters.yaml`. Only a critical finding holds an entry."
    )
    by_code: dict[str, list[Rule]] = {}
    for rule in rules:
        by_code.setdefault(rule.code, []).append(rule)
    yield ""
    yield "| rule | severity | what it finds |"
    yield "|---|---|---|"
    for code, own in by_code.items():
        yield f"| [{code}](#{code}) | {own[0].severity.value} | {title_of(code)} |"
    for code, own in by_code.items():
        yield from _rule(code, own, cases)


def _rule(code: str, rules: Sequence[Rule], cases: Path) -> Iterator[str]:
    rule = rules[0]
    yield ""
    yield f"## {code}"
    yield ""
    yield f"{title_of(code)} ({_SEVERITIES[rule.severity.value]})."
    yield ""
    yield f"- Vietnamese: {template_of(code, 'vi')}"
    yield f"- English: {template_of(code, 'en')}"
    yield f"- Why: {rule.why.strip()}"
    if len(rules) > 1:
        judged = ", ".join(f"`{one.key.partition(':')[2]}`" for one in rules)
        yield f"- Judged for: {judged}"
    if rule.settings:
        settings = ", ".join(f"{key} {value}" for key, value in rule.settings.items())
        yield f"- Thresholds now: {settings}"
    if rule.unless:
        yield f"- Silent where it is told better: {', '.join(f'`{key}`' for key in rule.unless)}"
    yield ""
    yield "| case | findings |"
    yield "|---|---|"
    for case in _cases(cases / f"{code}.yaml"):
        found = ", ".join(f"{finding['code']}{_figures(finding)}" for finding in case["findings"])
        yield f"| {case['name']} | {found or '–'} |"


def _figures(finding: Mapping[str, Any]) -> str:
    found, expected = finding.get("found"), finding.get("expected")
    if found and expected:
        return f" ({found} instead of {expected})"
    return f" ({found})" if found else ""


def _cases(path: Path) -> Sequence[Mapping[str, Any]]:
    cases: Sequence[Mapping[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
    return cases


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
