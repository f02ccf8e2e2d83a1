"""What the ICT department reads: mail in HTML and plain text, chart, workbook; made of an edition alone."""

from tonghop.report.fallback import render_plain
from tonghop.report.render import lighter_and_lighter, render
from tonghop.report.rendered import Attachment, InlineImage, RenderedReport

__all__ = ["Attachment", "InlineImage", "RenderedReport", "lighter_and_lighter", "render", "render_plain"]
