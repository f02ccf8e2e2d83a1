"""Read a campaign's folder: campaign.yaml and units.csv. An error names file, key and what is allowed."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tonghop import fast_yaml
from tonghop.campaigns.model import Campaign, CampaignFile
from tonghop.domain.deliveries import is_address
from tonghop.domain.units import Unit
from tonghop.errors import ConfigurationError

UNIT_COLUMNS = ("code", "name", "kind", "parent", "valid_from", "valid_to", "reports", "emails", "phone")
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}


def campaign_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the campaigns in the folder, in order."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/campaign.yaml")))


def load_campaign(folder: Path, name: str) -> Campaign:
    """Return the campaign ``name``.

    Raises ``ConfigurationError`` for a campaign that is not there or a key, unit or value that is wrong.
    """
    place = folder / name
    if not (place / "campaign.yaml").is_file():
        known = ", ".join(campaign_names(folder)) or "none"
        raise ConfigurationError(f"campaign {name!r} not found in {folder}; known: {known}")
    file = _read_campaign_file(place / "campaign.yaml")
    if file.name != name:
        raise ConfigurationError(f"{place / 'campaign.yaml'}: name is {file.name!r}, the folder is {name!r}")
    units = _read_units(place / "units.csv")
    _check_units(place / "units.csv", file, units)
    return Campaign(file=file, units=units)


def _read_campaign_file(path: Path) -> CampaignFile:
    try:
        content = fast_yaml.load(path.read_text(encoding="utf-8"))
        return CampaignFile.model_validate(content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: not valid YAML: {error}") from error
    except ValidationError as error:
        raise ConfigurationError("\n".join(_explain(path, problem) for problem in error.errors())) from error


def _explain(path: Path, problem: Mapping[str, Any]) -> str:
    key = ".".join(str(part) for part in problem["loc"]) or "(whole file)"
    if problem["type"] == "extra_forbidden":
        return f"{path}: {key}: unknown key; allowed: {', '.join(_allowed(problem['loc'][:-1]))}"
    return f"{path}: {key}: {problem['msg']}"


def _allowed(loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys allowed at a place of campaign.yaml, for the message only."""
    node: Any = CampaignFile.model_json_schema(by_alias=True)
    schemas = node.get("$defs", {})
    for part in loc:
        node = _step(node, part, schemas)
    return sorted(_follow(node, schemas).get("properties", {}))


def _step(node: Any, part: int | str, schemas: Mapping[str, Any]) -> Any:
    node = _follow(node, schemas)
    if "discriminator" in node and part in node["discriminator"]["mapping"]:
        return {"$ref": node["discriminator"]["mapping"][part]}
    if "properties" in node and part in node["properties"]:
        return node["properties"][part]
    return node.get("items", node)


def _follow(node: Any, schemas: Mapping[str, Any]) -> Any:
    while "$ref" in node:
        node = schemas[node["$ref"].rsplit("/", 1)[1]]
    return node


def _read_units(path: Path) -> tuple[Unit, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if tuple(rows.fieldnames or ()) != UNIT_COLUMNS:
                raise ConfigurationError(f"{path}:1: the columns must be {','.join(UNIT_COLUMNS)}")
            return tuple(_unit(path, number, row) for number, row in enumerate(rows, start=2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"{path}: {error}") from error


def _unit(path: Path, line: int, row: Mapping[str, str | None]) -> Unit:
    cells = {column: (row.get(column) or "").strip() for column in UNIT_COLUMNS}
    try:
        reports = _YES_NO[cells["reports"].lower()]
    except KeyError:
        raise ConfigurationError(
            f"{path}:{line}: reports is {cells['reports']!r}; allowed: yes, no"
        ) from None
    if not cells["code"] or not cells["name"] or not cells["kind"]:
        raise ConfigurationError(f"{path}:{line}: code, name and kind must not be empty")
    emails = tuple(a.strip().lower() for a in cells["emails"].split(";") if a.strip())
    if wrong := [address for address in emails if not is_address(address)]:
        raise ConfigurationError(
            f"{path}:{line}: emails: {wrong[0]!r} is no address that every mail server takes; allowed: such as"
            " xa@example.vn, ';' between several"
        )
    valid_from = _day(path, line, "valid_from", cells["valid_from"])
    valid_to = _day(path, line, "valid_to", cells["valid_to"]) if cells["valid_to"] else None
    if valid_to is not None and valid_to <= valid_from:
        raise ConfigurationError(
            f"{path}:{line}: valid_to {valid_to} does not lie after valid_from {valid_from}: the unit would"
            " never be valid"
        )
    return Unit(
        code=cells["code"],
        name=unicodedata.normalize("NFC", cells["name"]),
        kind=cells["kind"],
        parent=cells["parent"] or None,
        valid_from=valid_from,
        valid_to=valid_to,
        reports=reports,
        emails=emails,
        phone=cells["phone"],
    )


def _day(path: Path, line: int, column: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(
            f"{path}:{line}: {column} is {text!r}; allowed: a day such as 2020-08-18"
        ) from None


def _check_units(path: Path, file: CampaignFile, units: tuple[Unit, ...]) -> None:
    by_code: dict[str, list[Unit]] = {}
    for unit in units:
        by_code.setdefault(unit.code, []).append(unit)
    if file.root not in by_code:
        raise ConfigurationError(
            f"{path}: root {file.root!r} of campaign.yaml is no unit; add it or mend root"
        )
    for unit in units:
        if unit.code != file.root and (unit.parent is None or unit.parent not in by_code):
            raise ConfigurationError(
                f"{path}: unit {unit.code} ({unit.name}): parent {unit.parent!r} is no unit"
            )
    _check_cutoffs(path, file, units)
    for code, versions in by_code.items():
        _check_versions(path, code, sorted(versions, key=lambda unit: unit.valid_from))
    _check_for_circles(path, units, file.root)
    _check_senders(path, units)


def _check_cutoffs(path: Path, file: CampaignFile, units: tuple[Unit, ...]) -> None:
    """Refuse a cut-off for a kind nobody is, where it looks like a slip for one that then has none."""
    without = sorted({unit.kind for unit in units} - set(file.cutoffs))
    for kind in set(file.cutoffs) - {unit.kind for unit in units}:
        if meant := get_close_matches(kind, without, n=1):
            raise ConfigurationError(
                f"{path.with_name('campaign.yaml')}: cutoffs.{kind}: no unit is of this kind; is {meant[0]!r} meant?"
            )


def _check_versions(path: Path, code: str, versions: list[Unit]) -> None:
    for earlier, later in pairwise(versions):
        if earlier.valid_to is None or earlier.valid_to > later.valid_from:
            raise ConfigurationError(
                f"{path}: unit {code} is valid twice from {later.valid_from.isoformat()}"
            )


def _check_for_circles(path: Path, units: tuple[Unit, ...], root: str) -> None:
    parents = {unit.code: unit.parent for unit in units}
    for unit in units:
        code: str | None = unit.code
        for _ in range(len(parents) + 1):
            if code is None or code == root:
                break
            code = parents.get(code)
        else:
            raise ConfigurationError(f"{path}: unit {unit.code} stands above itself")


def _check_senders(path: Path, units: tuple[Unit, ...]) -> None:
    """Refuse an address of two units at a time; after a reform the successor may keep the mailbox."""
    seen: dict[str, list[Unit]] = {}
    for unit in units:
        for address in unit.emails:
            others = seen.setdefault(address, [])
            if rival := next((one for one in others if one.code != unit.code and _meet(one, unit)), None):
                raise ConfigurationError(f"{path}: address {address} stands at {rival.code} and {unit.code}")
            others.append(unit)


def _meet(one: Unit, other: Unit) -> bool:
    """Return whether two units are valid on the same day."""
    return (one.valid_to or date.max) > other.valid_from and (other.valid_to or date.max) > one.valid_from
