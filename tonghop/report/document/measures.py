"""The measures of an official document: Nghị định 30/2020/NĐ-CP, Phụ lục I. Millimetres and points."""

from __future__ import annotations

# A4; a landscape page is the same sheet turned.
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
HEADER = 10.0  # the page number's distance from the sheet's top edge, inside the top margin
TEXT_WIDTH, ANNEX_WIDTH = PAGE_WIDTH - LEFT - RIGHT, PAGE_HEIGHT - LEFT - RIGHT
# The head's two columns: the bodies to the left, nation and motto to the right.
HEAD_LEFT, HEAD_RIGHT = 72.0, 93.0
SIGN_LEFT, SIGN_RIGHT = 85.0, 80.0

FONT = "Times New Roman"
# "CỘNG HÒA …" and the bodies 12–13, the motto 13–14, number and place 13–14: the pair 12 and 13 fits the sheet.
NATION, BODIES, MOTTO, NUMBER, PLACE_DATE, MARK = 12.0, 12.0, 13.0, 13.0, 13.0, 13.0
TITLE, SUBJECT, ADDRESS, BODY, SIGNER = 14.0, 14.0, 14.0, 14.0, 14.0
SENT_TO, COPIES, PAGE_NUMBER = 12.0, 11.0, 13.0
ANNEX_LABEL, ANNEX_TITLE, ANNEX_REFERENCE, ANNEX_TABLE, ANNEX_NOTE = 14.0, 13.0, 13.0, 10.0, 11.0

FIRST_LINE = 12.7
AFTER_PARAGRAPH = 6.0
LINE_SPACING = 1.15
# A rule below the superior's or the subject's lines is a third to a half of their length.
SHORT_RULE = 0.4
SIGNATURE_SPACE = 70.0
