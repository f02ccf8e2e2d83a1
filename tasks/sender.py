"""Who vouches for a message, found out once when it is recorded."""

from __future__ import annotations

from tonghop.campaigns.model import FolderSource, MailboxSource
from tonghop.domain.sources import Arrival
from tonghop.settings import environment
from tonghop.sources import Letter, LookUps, letter_of, own_address, provenance_of, trusted_server
from tonghop.wiring import Occasion

FOLDER, AUTOMATIC = "folder", "automatic"


class PostOffice:
    """Tells the provenance of what one source holds; asks the DNS for listed senders only, and never long."""

    def __init__(
        self, occasion: Occasion, configured: FolderSource | MailboxSource, look_ups: LookUps
    ) -> None:
        self.is_mailbox = isinstance(configured, MailboxSource)
        self._look_ups = look_ups
        environ = environment()
        self._server = trusted_server(configured, environ) if self.is_mailbox else None
        own = (occasion.campaign.file.report.sender.address, own_address(configured, environ))
        self._own = frozenset(address.casefold() for address in own if address)

    def provenance(self, arrival: Arrival) -> str:
        """Return ``folder``, ``automatic`` (of a program, or from ourselves: never answered), or who vouches."""
        if not self.is_mailbox:
            return FOLDER
        found = provenance_of(arrival.content, self._server, self._look_ups)
        is_own = (arrival.sender or "").casefold() in self._own
        return AUTOMATIC if found.is_automatic or is_own else found.vouched.authenticity.value

    def letter(self, arrival: Arrival, *, is_listed: bool) -> Letter | None:
        """Return what a message is beside or instead of a submission: a mail of ours come back, or a wish."""
        if not self.is_mailbox:
            return None
        return letter_of(arrival.content, arrival.sender, is_listed=is_listed)
