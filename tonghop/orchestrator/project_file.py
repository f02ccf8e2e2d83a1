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


def deployment_names(file: Path) -> tuple[str, ...]:
    """Return the names of the deployments of prefect.yaml.

    Raises ``ConfigurationError`` that names every key Prefect would ignore, with what is allowed there.
    """
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        names = tuple(str(deployment["name"]) for deployment in content["deployments"])
        unknown = list(_unknown_keys(content))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, KeyError, AttributeError) as error:
        raise ConfigurationError(f"{file}: no deployments could be read from it: {error!r}") from error
    if unknown:
        raise ConfigurationError("\n".join(f"{file}: {line}" for line in unknown))
    return names


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
