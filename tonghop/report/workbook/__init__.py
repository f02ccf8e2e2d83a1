"""The workbook that goes with the mail: summary, changes, findings, trace."""

from tonghop.report.workbook.book import workbook_of

__all__ = ["workbook_of"]
