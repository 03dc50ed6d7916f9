"""The invented table 2026A (dossier §4.4): for tests, practice and demonstration, never for real money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from mediation.models import SubsidyGrade, SubsidyRate

CODE, FROM = "2026A", date(2026, 1, 1)
GRADES: tuple[dict[str, Any], ...] = (
    {"code": "oral", "name": "口头协议", "amount_yuan": Decimal("50.00"), "form": "oral"},
    {"code": "general", "name": "一般", "amount_yuan": Decimal("100.00")},
    {
        "code": "difficult",
        "name": "疑难",
        "amount_yuan": Decimal("200.00"),
        "sessions_at_least": 3,
        "yuan_at_least": Decimal("50000.00"),
        "people_at_least": 5,
    },
    {
        "code": "major",
        "name": "重大",
        "amount_yuan": Decimal("300.00"),
        "yuan_at_least": Decimal("300000.00"),
        "people_at_least": 10,
        "with_death": True,
    },
)
"""From the lowest to the highest."""
BASIS = "演示用的虚构标准，不是达拉特旗的办法"


def invented_entries(from_on: date) -> dict[str, Any]:
    """The table as the form for a new one is filled in."""
    entries: dict[str, Any] = {"code": CODE, "from_on": from_on, "basis": BASIS}
    names = {"amount_yuan": "yuan", "sessions_at_least": "sessions", "yuan_at_least": "from",
             "people_at_least": "people", "with_death": "death"}  # fmt: skip
    for grade in GRADES:
        entries |= {f"{grade['code']}_{names[key]}": value for key, value in grade.items() if key in names}
    return entries


def load_invented(from_on: date = FROM) -> SubsidyRate:
    """Create it unless it is there."""
    rate, is_new = SubsidyRate.objects.get_or_create(code=CODE, defaults={"from_on": from_on, "basis": BASIS})
    if is_new:
        for rank, row in enumerate(GRADES, 1):
            SubsidyGrade.objects.create(rate=rate, rank=rank, **row)
    return rate
