"""``tonghop contact``, and what ``status`` says of the addresses that units are reminded at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from tonghop.domain.contacts import Contact, LetterKind, Returned, ReturnKind, Wish
from tonghop.domain.units import Unit
from tonghop.errors import ConfigurationError
from tonghop.settings import read_settings
from tonghop.sources.names import shown
from tonghop.wiring import Occasion, occasion_of
from tonghop.words import say, short_day

Told = Mapping[str, object]


def contacts_of(occasion: Occasion, units: Iterable[Unit]) -> dict[str, object]:
    """Return the addresses with something to know, the mails of the week that came back, and foreign notices.

    ``contacts``: what keeps reminders from a unit's address or made one fail; ``returned``: every mail that
    came back, the report's too; ``foreign_notices``: how many quote no mail of ours.
    """
    store, name = occasion.store.contacts, occasion.campaign.name
    since = datetime.combine(occasion.day, time.max, occasion.campaign.zone) - timedelta(days=7)
    known = store.of(name, units).values()
    noted = [one for one in known if one.stopped or (one.returned and _lasts(one.returned, since))]
    return {
        "contacts": [_told(one, occasion) for one in noted],
        "returned": [
            {
                "address": one.address,
                "unit": one.unit,
                "about": one.about,
                **_returned(one, occasion),
            }
            for one in store.returned(name, since)
        ],
        "foreign_notices": store.foreign(name, since),
    }


def _lasts(one: Returned, since: datetime) -> bool:
    return one.kind is ReturnKind.HARD or one.at >= since


def _told(contact: Contact, occasion: Occasion) -> Told:
    stopped, back = contact.stopped, contact.returned
    return {
        "unit": contact.unit,
        "address": contact.address,
        "reminded": contact.is_reminded,
        "stopped": {"at": _local(stopped.at, occasion), "by": stopped.actor, "reason": stopped.reason}
        if stopped
        else None,
        "returned": _returned(back, occasion) if back else None,
        "notes": list(_notes(contact, occasion)),
    }


def _returned(one: Returned, occasion: Occasion) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "status": one.status,
        "said": shown(one.said),
        "at": _local(one.at, occasion),
    }


def _notes(contact: Contact, occasion: Occasion) -> Iterable[str]:
    """Yield what a person reads of an address, gravest first."""
    places = {"address": contact.address, "campaign": occasion.campaign.name}
    if back := contact.returned:
        key = "hard" if contact.is_dead else "returned" if back.kind is ReturnKind.HARD else "soft"
        said = shown(back.said) or back.status or "–"
        yield say(f"remind.contact.{key}", **places, at=_clock(back.at, occasion), said=said)
    if stopped := contact.stopped:
        at = _clock(stopped.at, occasion)
        yield say("remind.contact.stopped", **places, at=at, reason=shown(stopped.reason))


def _local(at: datetime, occasion: Occasion) -> str:
    return at.astimezone(occasion.campaign.zone).isoformat(timespec="seconds")


def _clock(at: datetime, occasion: Occasion) -> str:
    local = at.astimezone(occasion.campaign.zone)
    return f"{local:%H:%M} {short_day(local.date())}"


def decide_contact(campaign: str, address: str, stop: str | None, resume: str | None) -> Told:
    """Note that an address is to be reminded no more (``stop``: the reason), or again (``resume``).

    Resuming also forgets a mail that came back. Raises ``ConfigurationError`` unless exactly one reason is
    given, and for an address that no unit of today has.
    """
    reason = (stop or resume or "").strip()
    if (stop is None) == (resume is None) or not reason:
        raise ConfigurationError("give --stop REASON or --resume REASON, one of them; nothing was noted")
    occasion = occasion_of(read_settings(), campaign, None, None)
    wanted = address.strip().casefold()
    known = [unit for unit in occasion.campaign.units if wanted in {e.casefold() for e in unit.emails}]
    # After a reform the successor may keep the mailbox: the one of today is meant.
    owners = [unit for unit in known if unit.is_valid_on(occasion.day)] or known
    if not owners:
        raise ConfigurationError(
            f"{shown(address)} is the address of no unit of {campaign}; nothing was noted; see units.csv"
        )
    kind = LetterKind.STOP if stop is not None else LetterKind.RESUME
    occasion.store.contacts.wish(
        campaign, Wish(wanted, owners[-1].code, kind, "operator", reason, occasion.clock())
    )
    return {
        "campaign": campaign,
        "address": wanted,
        "unit": owners[-1].code,
        "reminded": kind is LetterKind.RESUME,
        "note": say(f"remind.contact.done_{kind}", address=wanted),
    }
