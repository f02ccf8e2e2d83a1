"""Letters: what came in that is no submission. Mails of ours that came back, and wishes about reminders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tasks.carry_on import carry_on
from tasks.step import log, step
from tonghop.domain.contacts import LetterKind, Returned, ReturnKind, Wish, contact_mark
from tonghop.domain.runs import Intake, Trouble
from tonghop.domain.units import Unit
from tonghop.mail.bounces import Notice, read_bounce, read_refusal
from tonghop.store.bounces import COUNTED, FOREIGN, UNCLEAR, Letter, Quoted
from tonghop.store.vault import Vault, VaultBroken
from tonghop.wiring import Occasion
from tonghop.words import say


@step()
@carry_on
def note_letters(occasion: Occasion, intake: Intake) -> Intake:
    """Return the intake with the mails of ours that came back; wishes to be reminded or not are noted too.

    What is still to be noted is told by the ledger, so that a run that was killed is made good by the next.
    """
    units = occasion.tree.by_email
    _note_refused(occasion, units)
    letters = occasion.store.contacts.letters(occasion.campaign.name)
    if not letters:
        return intake
    vault = Vault(occasion.settings.submissions)
    back: list[Returned] = []
    troubles: list[Trouble] = []
    for letter in letters:
        try:
            if letter.kind is LetterKind.BOUNCE:
                back += _note_bounce(occasion, letter, vault.read(letter.sha256), units)
            else:
                _note_wish(occasion, letter, units)
        except VaultBroken as error:  # one lost notice must not keep the others
            troubles.append(Trouble("note_letters", str(error)))
    log().info("%d letters noted, %d recipients did not get our mail", len(letters), len(back))
    return replace(intake, returned=tuple(back), troubles=(*intake.troubles, *troubles))


def _note_bounce(
    occasion: Occasion, letter: Letter, raw: bytes, units: Mapping[str, Unit]
) -> tuple[Returned, ...]:
    """Note what a returned mail says of recipients of ours, and return those that it did not reach.

    Only a notice that quotes a Message-ID of ours counts, and only for whom that message went to: anybody may
    write a notice, but only the server that was given our mail can quote it (a reminder's Message-ID holds
    160 random bits).
    """
    contacts, name = occasion.store.contacts, occasion.campaign.name
    bounce = read_bounce(raw)
    quoted = contacts.quoted(name, bounce.message_ids)
    found = [
        (message.outgoing, _returned(letter, message, notice, address, units))
        for message in quoted
        for notice, address in _matched(message, bounce.notices)
    ]
    outcome = COUNTED if found else UNCLEAR if quoted else FOREIGN
    is_new = contacts.note_returned(name, letter, found, outcome, occasion.clock())
    return tuple(one for _, one in found if is_new and one.kind is not ReturnKind.ARRIVED)


def _matched(message: Quoted, notices: Sequence[Notice]) -> Iterator[tuple[Notice, str]]:
    """Yield the notices that are about a recipient of the message, each with the address as we wrote it.

    Where the message had one recipient and was forwarded, the notice names an address that we never wrote to.
    """
    ours = {address.casefold(): address for address in message.addresses}
    for notice in notices:
        address = next((ours[one] for one in notice.addresses if one in ours), None)
        is_blind = any(one.casefold() in notice.addresses for one in message.witnesses)
        if address is None and len(ours) == 1 and len(notices) == 1 and not is_blind:
            (address,) = ours.values()
        if address is not None:
            yield notice, address


def _returned(
    letter: Letter, message: Quoted, notice: Notice, address: str, units: Mapping[str, Unit]
) -> Returned:
    unit = units.get(address.casefold())
    return Returned(
        address=address.casefold(),
        unit=unit.code if unit else None,
        kind=notice.kind,
        status=notice.status,
        said=notice.said,
        about=message.kind,
        at=letter.received_at,
        contact=contact_mark(unit) if unit else "",
    )


def _note_refused(occasion: Occasion, units: Mapping[str, Unit]) -> None:
    """Note the reminders that a mail server refused at once, because nobody is there: no notice follows these."""
    store, name = occasion.store.contacts, occasion.campaign.name
    found = []
    for refused in store.refused(name):
        notice, unit = read_refusal(refused.reply), units.get(refused.address.casefold())
        if notice is not None and unit is not None:
            back = Returned(
                address=refused.address.casefold(),
                unit=unit.code,
                kind=notice.kind,
                status=notice.status,
                said=notice.said,
                about="reminder",
                at=refused.at,
                contact=contact_mark(unit),
            )
            found.append((refused.outgoing, back))
    if found:
        store.note_refused(name, found)


def _note_wish(occasion: Occasion, letter: Letter, units: Mapping[str, Unit]) -> None:
    unit = units.get(letter.sender.casefold())
    wish = Wish(
        address=letter.sender.casefold(),
        unit=unit.code if unit else letter.branch,
        kind=letter.kind,
        actor=letter.sender,
        reason=say(f"remind.wish.{letter.kind}", provenance=say(f"remind.provenance.{letter.provenance}")),
        at=letter.received_at,
    )
    occasion.store.contacts.note_wish(occasion.campaign.name, letter, wish, occasion.clock())
