"""The demo's plan, sheet and reports: something in every state, whatever the day, and nothing twice."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.assessment import demo
from casemgr.assessment.models import PlanClause, Report, SheetObjection, UnitSheet
from casemgr.operation.demo import create_people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "year", "states"),
    [
        (date(2026, 11, 25), 2026, {"open", "reported", "met", "unmet", "dropped"}),
        (date(2027, 1, 10), 2026, {"open", "reported", "met", "unmet", "dropped"}),
        (date(2026, 3, 2), 2026, {"open"}),
    ],
)
def test_something_in_every_state_and_nothing_twice(today: date, year: int, states: set[str]) -> None:
    office = create_people("x")
    assert demo.load(office, today)
    clauses = PlanClause.objects.select_related("plan")
    assert {clause.state for clause in clauses} == states
    assert {clause.plan.year for clause in clauses} == {year}
    assert all(report.on <= today for clause in clauses for report in clause.reports.all())
    for sheet in UnitSheet.objects.all():
        assert sheet.sent_on <= today
        assert SheetObjection.objects.get(line__sheet=sheet).answered_on <= today
    assert UnitSheet.objects.exists() is (len(states) > 1)
    assert {report.kind for report in Report.objects.all()} == {"yearly", "quarterly"}
    assert demo.load(office, today) == 0
