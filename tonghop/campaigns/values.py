"""Single values of campaign.yaml: clocks, zones, addresses, texts of one line; an error says what is allowed."""

from __future__ import annotations

import unicodedata
from datetime import time
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

from tonghop.domain.deliveries import is_address


def _clock_text(value: object) -> object:
    # YAML 1.1 reads a bare 15:00 as the number 900.
    if isinstance(value, str | time):
        return value
    raise ValueError('write the time in quotes, as "15:00"')


def _of_the_zone(at: time) -> time:
    if at.tzinfo is not None:
        raise ValueError('write the time without a zone, as "15:00": it is in the campaign\'s timezone')
    return at


Clock = Annotated[time, BeforeValidator(_clock_text), AfterValidator(_of_the_zone)]


def _one_line(text: str) -> str:
    # YAML's folded texts end with a line break, which no subject and no sender's name may hold.
    return unicodedata.normalize("NFC", " ".join(text.split()))


Words = Annotated[str, AfterValidator(_one_line)]
Title = Annotated[str, AfterValidator(_one_line), Field(min_length=1)]


def _address(text: str) -> str:
    if not is_address(text):
        raise ValueError(
            f"{text!r} is no address that every mail server takes; allowed: such as so@example.vn"
        )
    return text


Address = Annotated[str, AfterValidator(_address)]


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no time zone; allowed: a name such as Asia/Ho_Chi_Minh")
    return name


ZoneName = Annotated[str, AfterValidator(_zone)]
