"""Schemathesis asks every route what nobody would ask, as an officer who is logged in: nothing breaks."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from tests.desk.office import CAMPAIGN, DAY, Office

EACH = 5
# What is there, among all that is made up: otherwise nothing but 404 would be tested.
KNOWN: dict[str, object] = {
    "campaign": CAMPAIGN,
    "day": str(DAY),
    "unit": "90104",
    "code": "90104",
    "number": 1,
    "indicator": "installs",
}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_question_whatever_breaks_a_route(desk: Office, mode: GenerationMode) -> None:
    client = desk.client("quantri")
    token = {"X-CSRF-Token": client.headers["X-CSRF-Token"]}
    cookie = {"tonghop": client.cookies["tonghop"]}
    desk.jobs.close()  # what is handed in here is not worth an intake each
    schema = schemathesis.openapi.from_dict(_with_known(desk.app.openapi())).exclude(path="/logout")
    schema.config.update(base_url=desk.url)
    asked: dict[str, set[int]] = {}
    for result in schema.get_all_operations():
        operation = result.ok()
        codes = asked.setdefault(operation.label, set())

        @settings(
            max_examples=EACH,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(mode))
        def ask(case: schemathesis.Case) -> None:
            answer = case.call(headers=token, cookies=cookie)
            codes.add(answer.status_code)  # noqa: B023 - asked within the same turn of the loop
            assert answer.status_code < 500, case.as_curl_command()

        try:
            ask()
        except (schemathesis.errors.SchemathesisError, Unsatisfiable):
            # A route that takes nothing cannot be asked wrongly.
            assert mode is GenerationMode.NEGATIVE
    assert len(asked) > 15
    if mode is GenerationMode.POSITIVE:
        assert 200 in asked["GET /c/{campaign}/{day}/today"]


def _with_known(document: dict[str, Any]) -> dict[str, Any]:
    for methods in document["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path" and parameter["name"] in KNOWN:
                    known = {"enum": [KNOWN[parameter["name"]]]}
                    is_frame = parameter["name"] in ("campaign", "day")
                    parameter["schema"] = known if is_frame else {"anyOf": [known, parameter["schema"]]}
    return document
