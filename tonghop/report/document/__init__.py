"""The draft "Báo cáo" for signing, in the form of Nghị định 30/2020/NĐ-CP: as .docx and as PDF."""

from tonghop.report.document.draft import draft_of
from tonghop.report.document.pdf import pdf_of
from tonghop.report.document.word import docx_of

__all__ = ["docx_of", "draft_of", "pdf_of"]
