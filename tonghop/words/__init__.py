"""All wording: one catalogue (catalogue.yaml) in Vietnamese, with English where an operator reads it."""

from tonghop.words.catalogue import finding_codes, message_of, say, severity_of, template_of, title_of
from tonghop.words.forms import long_day, number, percent, points, short_day

__all__ = [
    "finding_codes",
    "long_day",
    "message_of",
    "number",
    "percent",
    "points",
    "say",
    "severity_of",
    "short_day",
    "template_of",
    "title_of",
]
