"""Held near the cut-off: an event for whoever automates, while there is still time to ask the unit."""

from __future__ import annotations

from datetime import timedelta

from tasks.events import tell
from tonghop.wiring import Occasion

NEAR = timedelta(minutes=60)


def tell_of_held(occasion: Occasion) -> None:
    """Emit ``tonghop.held-near-cut-off`` with the units whose report waits for an officer, from an hour before
    their cut-off until the deadline; at each look, until an officer has decided.
    """
    campaign, now = occasion.campaign, occasion.now
    if not campaign.file.calendar.includes(occasion.day) or now >= campaign.deadline(occasion.day):
        return
    tree = occasion.tree
    left = {kind: campaign.cutoff(occasion.day, kind) - now for kind in {unit.kind for unit in tree.owing}}
    if all(one > NEAR for one in left.values()):
        return
    found = occasion.store.entries.open_findings(campaign.name, occasion.day)
    codes = {f.finding.unit for f in found if f.finding.holds and f.finding.unit in tree}
    held = sorted(code for code in codes if code and left.get(tree[code].kind, NEAR) <= NEAR)
    if held:
        minutes = {
            code: int(left[tree[code].kind].total_seconds() // 60) for code in held if tree[code].kind in left
        }
        told = {
            "campaign": campaign.name,
            "day": occasion.day.isoformat(),
            "units": held,
            "minutes_left": minutes,
        }
        tell("held-near-cut-off", f"{campaign.name}/{occasion.day}", {**told, "desk": queue_url(occasion)})


def queue_url(occasion: Occasion) -> str:
    """Return where the desk shows the day's queue; empty where no desk's address is set."""
    desk = occasion.settings.desk_url.rstrip("/")
    return f"{desk}/c/{occasion.campaign.name}/{occasion.day}/queue" if desk else ""
