"""The rules for studios every installation starts with; the bureau enters its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from casemgr.audit.context import audited
from mediation.models import StudioPolicy

FIRST_POLICY = {
    "effective_on": date(2018, 11, 1),
    "min_years": 5,
    "min_cases_in_three_years": 60,
    "min_success_rate": Decimal(90),
    "needs_commendation": False,
    "full_name_formula": "{committee}{name}调解工作室",
    "short_name_formula": "{name}调解工作室",
    "approver": StudioPolicy.Approver.LEADER,
    "filing_working_days": 30,
    "grace_months": 6,
    "floor_cases_a_year": 20,
    "source": "司法部关于推进个人调解工作室建设的指导意见（2018）；数值暂参照泉州2017、宁波条例13，待本旗规定",
}


def load_studio_policy() -> int:
    """Create the first rules where there are none. Returns how many were created."""
    if StudioPolicy.objects.exists():
        return 0
    with audited(action="mediation.load_reference"):
        StudioPolicy.objects.create(**FIRST_POLICY)
    return 1
