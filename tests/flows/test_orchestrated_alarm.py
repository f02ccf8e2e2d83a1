"""The alarm as a Prefect event, for whoever has an automation that listens."""

from __future__ import annotations

import pytest

from tests.services.prefect_server import Prefect, until

pytestmark = pytest.mark.timeout(600)


def test_an_alarm_in_a_flow_run_is_an_event_with_what_stands_where(prefect: Prefect) -> None:
    told = prefect.python("""
        from prefect import flow
        from tasks.events import tell

        @flow
        def watch() -> None:
            tell("alarm", "duc-hue/2020-08-18", {"stage": "10", "minutes_left": 10})

        tell("alarm", "duc-hue/2020-08-17", {"stage": "outside a flow run"})
        watch()
        print("1")
    """)
    assert told == 1
    wanted = {"filter": {"event": {"name": ["tonghop.alarm"]}}}
    # Events reach the server by a way of their own, a little later.
    events = until(lambda: prefect.api.post("/events/filter", wanted)["events"], 30)
    assert [event["resource"]["prefect.resource.id"] for event in events] == ["tonghop.duc-hue/2020-08-18"]
    assert events[0]["payload"] == {"stage": "10", "minutes_left": 10}
