from __future__ import annotations

from expectations.page import PAGE, page


def test_the_page_of_rules_is_what_the_rules_and_their_cases_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m expectations.page"
