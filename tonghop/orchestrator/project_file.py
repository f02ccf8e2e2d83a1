"""prefect.yaml, read strictly: Prefect ignores a key it does not know, and with it a schedule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tonghop.errors import ConfigurationError

# What Prefect 3.8.8 reads; a test compares them with its own models.
FILE_KEYS = frozenset({"name", "prefect-version", "build", "push", "pull", "deployments"})
DEPLOYMENT_KEYS = frozenset(
    {"name", "version", "version_type", "tags", "description", "schedule", "schedules", "paused"}
    | {"concurrency_limit", "flow_name", "entrypoint", "parameters", "enforce_parameter_schema"}
    | {"build", "push", "pull", "work_pool", "triggers", "sla"}
)
NESTED_KEYS: Mapping[str, frozenset[str]] = {
    "work_pool": frozenset({"name", "work_queue_name", "job_variables"}),
    "concurrency_limit": frozenset({"limit", "collision_strategy", "grace_period_seconds"}),
}
_OURS = frozenset({"definitions"})  # where the file keeps its YAML anchors; Prefect passes over it


def read_deployments(file: Path) -> dict[str, frozenset[str]]:
    """Return the deployments of prefect.yaml by name, each with the slugs of its schedules.

    Raises ``ConfigurationError`` that names every key Prefect would ignore, with what is allowed there, and
    every schedule without a slug, which Prefect could not tell from another when it changes.
    """
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        wrong = [*_unknown_keys(content), *_without_slug(content)]
        read = {
            str(deployment["name"]): frozenset(str(s.get("slug")) for s in deployment.get("schedules") or ())
            for deployment in content["deployments"]
        }
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, KeyError, AttributeError) as error:
        raise ConfigurationError(f"{file}: no deployments could be read from it: {error!r}") from error
    if wrong:
        raise ConfigurationError("\n".join(f"{file}: {line}" for line in wrong))
    return read


def _without_slug(content: Mapping[str, Any]) -> Iterator[str]:
    for deployment in content["deployments"]:
        for schedule in deployment.get("schedules") or ():
            if not schedule.get("slug"):
                yield f"{deployment['name']}: a schedule has no slug ({schedule}); give it one that stays"


def _unknown_keys(content: Mapping[str, Any]) -> Iterator[str]:
    yield from _strange(content, FILE_KEYS | _OURS, "")
    for deployment in content["deployments"]:
        place = f"{deployment['name']}: "
        yield from _strange(deployment, DEPLOYMENT_KEYS, place)
        for key, allowed in NESTED_KEYS.items():
            if isinstance(deployment.get(key), Mapping):
                yield from _strange(deployment[key], allowed, f"{place}{key}.")


def _strange(found: Mapping[str, Any], allowed: frozenset[str], place: str) -> Iterator[str]:
    for key in found:
        if key not in allowed:
            yield f"{place}{key}: unknown key; allowed: {', '.join(sorted(allowed))}"
