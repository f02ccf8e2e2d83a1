"""Submissions read: from bytes to rows of figures with their places, and a finding for every doubt."""

from tonghop.reading.ahead import ReadAhead
from tonghop.reading.annotator import Annotator
from tonghop.reading.headings import load_headings
from tonghop.reading.limits import Limits
from tonghop.reading.reader import Reader, expect
from tonghop.reading.viewer import SheetViewer

__all__ = ["Annotator", "Limits", "ReadAhead", "Reader", "SheetViewer", "expect", "load_headings"]
