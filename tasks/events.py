"""Events for Prefect's automations: what happened, for whoever subscribed; nothing outside a flow run."""

from __future__ import annotations

from collections.abc import Mapping

from tasks.step import inside_flow_run, log


def tell(event: str, of: str, payload: Mapping[str, object]) -> None:
    """Emit ``tonghop.<event>`` about ``of`` (``duc-hue/2020-08-18``); what Prefect cannot take is only logged.

    The event goes out by a thread of Prefect's own, so that a server that hangs holds nothing up.
    """
    if not inside_flow_run():
        return
    try:
        from prefect.events import emit_event

        emit_event(
            event=f"tonghop.{event}", resource={"prefect.resource.id": f"tonghop.{of}"}, payload=dict(payload)
        )
    except Exception as error:  # noqa: BLE001 - the event only tells; the alarm itself goes by mail and webhook
        log().warning("event tonghop.%s not emitted: %s: %s", event, type(error).__name__, error)
