"""Numbers, percents and days as Vietnamese officers write them: 5.658, 71,67%, 18/8/2020."""

from __future__ import annotations

from datetime import date, datetime

POINTS = "điểm %"


def number(value: int | None, missing: str = "–") -> str:
    """Return people with dots for thousands: ``5.658``; ``missing`` for None."""
    return missing if value is None else f"{value:,}".replace(",", ".")


def signed(value: int | None, missing: str = "–") -> str:
    """Return a change with its sign: ``+120``, ``-5``, ``0``."""
    return missing if value is None else f"{value:+,}".replace(",", ".") if value else "0"


def percent(fraction: float | None, missing: str = "–", decimals: int = 2) -> str:
    """Return a fraction 0–1 as a percent: ``71,67%``, halves rounded up as people do."""
    return missing if fraction is None else _decimal(fraction * 100, decimals) + "%"


def points(change: float | None, missing: str = "–") -> str:
    """Return a change in percentage points with its sign: ``+0,35 điểm %``."""
    if change is None:
        return missing
    text = _decimal(abs(change), 2)
    sign = "" if text == "0,00" else "+" if change > 0 else "-"
    return f"{sign}{text} {POINTS}"


def short_day(day: date) -> str:
    """Return ``18/8/2020``."""
    return f"{day.day}/{day.month}/{day.year}"


def long_day(day: date) -> str:
    """Return ``ngày 18 tháng 8 năm 2020``; a leading zero for days under 10 and months 1 and 2 (Nghị định 30)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def clock(at: datetime) -> str:
    """Return ``14 giờ 00`` in the moment's own zone."""
    return f"{at.hour} giờ {at.minute:02d}"


def _decimal(value: float, decimals: int) -> str:
    from decimal import ROUND_HALF_UP, Decimal  # a child of the reader says no percents

    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:,f}".replace(",", " ").replace(".", ",").replace(" ", ".")
