"""Men, women and their total below one heading: the total is read where it is the two together, else asked about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.groups import SI, ST, N, P, S
from tests.reading.clothes.of_which import PEOPLE, PHONES, STAFF, STAFF_DONE, of
from tests.reading.clothes.tailor import BT, counts

RIGHT = counts(BT)
_TOLD = (("unknown-column", None),)


def parted(
    total: str = "Tổng số", man: str = "Nam", woman: str = "Nữ", first: bool = False, **changed: Any
) -> Callable[[], bytes]:
    """Return a table with people and installs by sex beside their total, which stands last or ``first``."""

    def parts(men: int, women: int, whole: Any) -> list[tuple[str, Any]]:
        both = [(man, men), (woman, women)]
        return [(total, whole), *both] if first else [*both, (total, whole)]

    installs = changed.get("installs", N)
    return of(
        ("Dân số", parts(2700, P - 2700, changed.get("population", P))),
        PHONES,
        ("Số người đã cài đặt (lũy kế)", parts(changed.get("men", 200), changed.get("women", 243), installs)),
        STAFF,
        STAFF_DONE,
    )


def read(case: str, content: Callable[[], bytes]) -> Case:
    """Return the case of a total that is the two together."""
    return Case(f"sexes-{case}", "a.xlsx", content, "entries", RIGHT, _TOLD)


def women_only(women: int, **named: str) -> Callable[[], bytes]:
    """Return a table that gives of installs the women besides the total, as statistics do."""
    parts = [("Tổng số", N), (named.get("woman", "Nữ"), women)]
    return of(PEOPLE, PHONES, ("Số người đã cài đặt", parts), STAFF, STAFF_DONE)


STAFF_BY_SEX = of(
    PEOPLE,
    PHONES,
    ("Số người đã cài đặt", N),
    ("Tổng số CBCCVC, NLĐ", [("Nam", 40), ("Nữ", ST - 40), ("Cộng", ST)]),
    ("Số CBCCVC, NLĐ đã cài đặt", [("Nam", 30), ("Nữ", SI - 30), ("Cộng", SI)]),
)
PHONES_BY_SEX = of(
    PEOPLE,
    ("Số người dùng điện thoại thông minh", [("Tổng số", S), ("Nam", 1400), ("Nữ", S - 1400)]),
    ("Số người đã cài đặt", N),
    STAFF,
    STAFF_DONE,
)
CASES: list[Case] = [
    read("and-total", parted()),
    read("total-first", parted(first=True)),
    *(read(f"called-{word}", parted(total=word)) for word in ("Tổng", "Cộng", "Tổng cộng", "TỔNG SỐ", "Chung")),
    read("numbers-of", parted(man="Số nam", woman="Số nữ")),
    read("in-capitals", parted(man="NAM", woman="NỮ", total="CỘNG")),
    read("of-the-staff", STAFF_BY_SEX),
    read("of-telephones", PHONES_BY_SEX),
    read("women-only", women_only(243)),
    read("women-among-them", women_only(243, woman="Trong đó: Nữ")),
    held("sexes-of-people-do-not-add-up", "a.xlsx", parted(population=P + 1), ("parts-differ", "D4"), *_TOLD,
         says=("5.519",)),
    held("sexes-of-installs-do-not-add-up", "a.xlsx", parted(installs=453), ("parts-differ", "H4"), *_TOLD),
    held("sexes-first-do-not-add-up", "a.xlsx", parted(first=True, installs=453), ("parts-differ", "F4"), *_TOLD),
    held("sexes-one-lacks", "a.xlsx", parted(men=0, women=243), ("parts-differ", "H4"), *_TOLD),
    held("sexes-more-women-than-all", "a.xlsx", women_only(453), ("parts-differ", "D4"), *_TOLD),
    held("sexes-without-a-total", "a.xlsx", parted(total="Ghi chú khác"), ("heading-not-understood", None), *_TOLD),
]  # fmt: skip
