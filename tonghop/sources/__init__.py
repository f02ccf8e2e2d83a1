"""Places where submissions arrive: shared folders and mailboxes. Start at ``open_source``."""

from tonghop.sources.authenticity import Authenticity, LookUp, Vouched
from tonghop.sources.look import Batch, Source, SourceLimits
from tonghop.sources.opening import open_source, trusted_server
from tonghop.sources.senders import Provenance, provenance_of
from tonghop.sources.urls import expand

__all__ = [
    "Authenticity",
    "Batch",
    "LookUp",
    "Provenance",
    "Source",
    "SourceLimits",
    "Vouched",
    "expand",
    "open_source",
    "provenance_of",
    "trusted_server",
]
