"""The workbook that communes fill in: for one unit, or for a parent with every unit below it."""

from tonghop.report.blank_form.forms import BlankForm, blank_form, blank_forms

__all__ = ["BlankForm", "blank_form", "blank_forms"]
