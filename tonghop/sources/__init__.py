"""Places where submissions arrive: shared folders and mailboxes. Start at ``open_source``."""

from tonghop.sources.answers_folder import AnswersFolder
from tonghop.sources.authenticity import Authenticity, LookUp, Vouched
from tonghop.sources.headers import message_id_of
from tonghop.sources.letters import Letter, letter_of
from tonghop.sources.look import Batch, Source, SourceLimits
from tonghop.sources.look_ups import LookUps
from tonghop.sources.opening import answers_folder, open_source, own_address, trusted_server
from tonghop.sources.senders import Provenance, is_personal, provenance_of
from tonghop.sources.urls import expand

__all__ = [
    "AnswersFolder",
    "Authenticity",
    "Batch",
    "Letter",
    "LookUp",
    "LookUps",
    "Provenance",
    "Source",
    "SourceLimits",
    "Vouched",
    "answers_folder",
    "expand",
    "is_personal",
    "letter_of",
    "message_id_of",
    "open_source",
    "own_address",
    "provenance_of",
    "trusted_server",
]
