"""Boards, plans, sheets, reports, root causes, official tables and statements of ownership: no barrier, no sideways."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from casemgr.actions.perform import perform
from casemgr.boards.models import Alert, AlertRule
from casemgr.pages.clock import today as clock_today
from tests.litigation.test_performance import lost
from tests.support.assessment import a_clause, a_plan, a_sheet, bureau, step
from tests.support.browser import DESKTOP, PHONE, assert_accessible, assert_fits
from tests.support.register import OFFICE, person, received_case

pytestmark = pytest.mark.django_db(transaction=True)
BOARDS = {"leader": "150621", "head": OFFICE, "town": "150621100"}


@pytest.fixture
def pages(db: Any) -> list[tuple[Any, str]]:
    """Who opens which addresses, with something on each page."""
    today, people = clock_today(), bureau()
    lost("annulled")
    received_case(today - timedelta(days=90), today, handler=person("li", "officer"))
    plan = a_plan(people.leader, today)
    clause = a_clause(plan, people.leader, today)
    a_clause(plan, people.leader, today, "2", indicator="loss-rate")
    step("clause.report", clause, people.police, today, text="已办")
    sheet = a_sheet(people.leader, today)
    line = sheet.lines.get(measure="losses")
    step("sheet.object", sheet, people.police, today, line=line.pk, text="登记有误")
    report = perform("report.draft", None, {"kind": "yearly", "year": today.year}, people.leader, today)
    holders = {role: people.leader if role == "leader" else person(role, role, at=at) for role, at in BOARDS.items()}
    rule = AlertRule.objects.create(watched="overdue", condition="above", threshold=0, roles=["leader"])
    raised = Alert.objects.create(rule=rule, user=people.leader, value=1, raised_on=today, told_on=today)
    leader = people.leader
    head, police = holders["head"], people.police
    return [
        *((who, f"/boards/{role}/") for role, who in holders.items()), (leader, "/boards/counts/overdue/"),
        (leader, "/boards/alerts/"), (leader, f"/boards/alerts/{raised.pk}/note/"), (head, "/boards/alert-rules/"),
        (leader, "/assessment/plans/"), (leader, plan.get_absolute_url()), (leader, clause.get_absolute_url()),
        (leader, f"{clause.get_absolute_url()}clause.judge/"),
        (leader, "/assessment/sheets/"), (police, sheet.get_absolute_url()),
        (police, f"/assessment/sheets/rows/{line.pk}/?all"), (leader, f"{sheet.get_absolute_url()}sheet.answer/"),
        (leader, "/assessment/reports/"), (leader, report.get_absolute_url()),
        (leader, f"{report.get_absolute_url()}report.edit/"),
        (leader, f"/assessment/causes/?year={today.year}"), (leader, "/assessment/causes/cases/"),
        (leader, "/assessment/causes/letters/"), (leader, "/assessment/causes/flaws/"),
        (leader, "/indicators/"), (leader, "/indicators/on-time/"), (leader, "/indicators/on-time/rows/"),
        (leader, "/litigation/appearance/"), (head, "/indicators/tables/"), (head, "/indicators/tables/T1/"),
        (head, "/indicators/tables/locks/"), (leader, "/ownership/"),
    ]  # fmt: skip


def test_no_barrier_on_a_desk_or_a_phone(page_at: Any, pages: list[tuple[Any, str]], subtests: Any) -> None:
    """Every page of the subject once: what makes it ready costs more than looking at it."""
    opened: dict[Any, Any] = {}
    for user, address in pages:
        page = opened.get(user) or opened.setdefault(user, page_at(*DESKTOP, user=user))
        with subtests.test(address):
            for width, height in (DESKTOP, PHONE):
                page.set_viewport_size({"width": width, "height": height})
                assert page.goto(address).status == 200
                assert_fits(page)
                assert_accessible(page)
