"""All wording: one catalogue (catalogue.yaml) in Vietnamese, with English where an operator reads it."""

from tonghop.words.catalogue import (
    finding_codes,
    handed_over,
    message_of,
    say,
    severity_of,
    take_over,
    template_of,
    title_of,
)
from tonghop.words.forms import long_day, number, percent, points, short_day

__all__ = [
    "finding_codes",
    "handed_over",
    "long_day",
    "message_of",
    "number",
    "percent",
    "points",
    "say",
    "severity_of",
    "short_day",
    "take_over",
    "template_of",
    "title_of",
]
