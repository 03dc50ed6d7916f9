"""The year's plan: clauses with figures or reports, judged by the bureau, reminded of, copied into the next year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, NotVisible
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.assessment.models import AssessmentFile, PlanClause, YearPlan
from casemgr.assessment.plan.copying import moved
from casemgr.assessment.plan.reading import readings
from casemgr.assessment.plan.reminders import AFTER, BEFORE, remind_of_clauses, step_reached
from casemgr.indicators.definition import indicators
from casemgr.indicators.figures import table
from casemgr.indicators.models import Target
from casemgr.indicators.period import year_of
from casemgr.indicators.rollup import refresh
from casemgr.notices.models import Notice
from casemgr.pages.clock import today as clock_today
from tests.support.api import Program
from tests.support.assessment import Bureau, a_clause, a_plan, bureau, step
from tests.support.register import OFFICE, person, queries, received_case, record
from tests.support.upload_files import a_pdf

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 11, 25)


@pytest.fixture
def people() -> Bureau:
    return bureau()


@pytest.fixture
def plan(people: Bureau) -> YearPlan:
    return a_plan(people.leader, TODAY)


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_unit_reports_with_a_file_and_the_bureau_judges(people: Bureau) -> None:
    today = clock_today()
    plan = a_plan(people.leader, today)
    clause = a_clause(plan, people.leader, today)
    police = as_(people.police)
    assert police.get(clause.get_absolute_url()).status_code == 200
    assert as_(people.resources).get(clause.get_absolute_url()).status_code == 404
    file = SimpleUploadedFile("通报.pdf", a_pdf(), "application/pdf")
    sent = {"text": "已印发通报两期", "files": file, "seen_version": clause.version}
    answer = police.post(f"{clause.get_absolute_url()}clause.report/", sent, follow=True)
    assert "已印发通报两期" in answer.content.decode()
    clause.refresh_from_db()
    assert clause.state == "reported"
    kept = AssessmentFile.objects.get()
    assert police.get(f"/assessment/files/{kept.pk}/").status_code == 200
    assert as_(people.resources).get(f"/assessment/files/{kept.pk}/").status_code == 404
    with pytest.raises(Forbidden):
        step("clause.judge", clause, people.police, today, verdict="met")
    with pytest.raises(InvalidInput) as refused:
        step("clause.judge", clause, people.leader, today, verdict="back")
    assert "judgement" in refused.value.form.errors
    step("clause.judge", clause, people.leader, today, verdict="back", judgement="缺第三季度通报")
    assert Notice.objects.filter(recipient=people.police, kind="clause_judged").exists()
    step("clause.report", clause, people.police, today, text="三期均已印发")
    step("clause.judge", clause, people.leader, today, verdict="met")
    clause.refresh_from_db()
    assert (clause.state, clause.latest_report.text, clause.reports.count()) == ("met", "三期均已印发", 2)
    page = as_(people.head).get(plan.get_absolute_url()).content.decode()
    assert "三期均已印发" in page


def test_who_reported_does_not_judge(people: Bureau, plan: YearPlan) -> None:
    clause = a_clause(plan, people.leader, TODAY)
    step("clause.report", clause, people.leader, TODAY, text="代报：已完成")
    with pytest.raises(Forbidden):
        step("clause.judge", clause, people.leader, TODAY, verdict="met")
    step("clause.judge", clause, people.head, TODAY, verdict="met")
    step("clause.reopen", clause, people.head, TODAY, reason="判断有误")
    assert PlanClause.objects.get().state == "open"


def test_nothing_is_judged_before_it_is_reported_or_due(people: Bureau, plan: YearPlan) -> None:
    clause = a_clause(plan, people.leader, TODAY, due_on=TODAY)
    with pytest.raises(GuardRefused):
        step("clause.judge", clause, people.head, TODAY, verdict="unmet", judgement="未报送")
    step("clause.judge", clause, people.head, TODAY + DAY, verdict="unmet", judgement="未报送")
    assert PlanClause.objects.get().state == "unmet"


def test_another_unit_neither_sees_nor_reports(people: Bureau, plan: YearPlan) -> None:
    clause = a_clause(plan, people.leader, TODAY)
    with pytest.raises(NotVisible):
        step("clause.report", clause, people.resources, TODAY, text="x")
    with pytest.raises(Forbidden):
        perform("plan.enter", None, {"year": 2027, "title": "x", "basis": "x"}, people.police, TODAY)


def test_input_is_refused_by_field(people: Bureau, plan: YearPlan) -> None:
    a_clause(plan, people.leader, TODAY)
    for changes, field in (
        ({"number": "1"}, "number"),
        ({"number": "2", "due_on": date(2024, 1, 1)}, "due_on"),
        ({"number": "2", "indicator": "no-such"}, "indicator"),
        ({"number": "2", "unit": 0}, "unit"),
    ):
        with pytest.raises(InvalidInput) as refused:
            a_clause(plan, people.leader, TODAY, **changes)
        assert field in refused.value.form.errors
    with pytest.raises(InvalidInput) as refused:
        a_plan(people.leader, TODAY)
    assert "year" in refused.value.form.errors


def test_a_clause_shows_the_figure_of_its_indicator(people: Bureau) -> None:
    today = clock_today()
    officer, cases = person("li", "officer"), []
    for number in range(6):
        received_on = date(today.year, 1, 5) + number * DAY
        case = received_case(received_on, today, handler=officer)
        late = number == 0
        record(case, today, ("accepted", received_on + (20 if late else 1) * DAY), state="ACCEPTED")
        cases.append(case)
    refresh([case.pk for case in cases])
    plan = a_plan(people.leader, today)
    sent = {"indicator": "on-time", "value": "98", "year": today.year, "reason": "年度计划"}
    perform("indicators.set_target", None, sent, people.leader, today)
    whole = a_clause(plan, people.leader, today, "1", OFFICE, indicator="on-time")
    own = a_clause(plan, people.leader, today, "2", OFFICE, indicator="on-time", measured="unit")
    of_none = a_clause(plan, people.leader, today, "3", indicator="on-time", measured="unit")
    found = readings(PlanClause.objects.select_related("plan"), today)
    read = table(indicators()["on-time"], year_of(today.year, today), system_actor, today)
    assert found[whole.pk].figure == read.total
    assert found[own.pk].figure == read.lines[0].figure
    assert found[of_none.pk].figure is None
    assert found[whole.pk].reached is False
    page = as_(people.leader).get(plan.get_absolute_url()).content.decode()
    assert f"{read.total.rate} %" in page
    assert str(read.total.target) in page


def test_the_page_of_a_plan_costs_no_more_for_more_clauses(people: Bureau) -> None:
    today = clock_today()
    plan = a_plan(people.leader, today)
    a_clause(plan, people.leader, today, "0", indicator="load")
    client = as_(people.leader)
    few, _page = queries(client, plan.get_absolute_url())
    for number in range(1, 15):
        clause = a_clause(plan, people.leader, today, str(number), indicator="load" if number % 2 else "")
        step("clause.report", clause, people.police, today, text="已办")
    assert queries(client, plan.get_absolute_url())[0] <= few


def test_a_plan_of_every_indicator_is_read_in_a_few_queries(people: Bureau, django_assert_max_num_queries: Any) -> None:
    today, officer = clock_today(), person("li", "officer")
    case = received_case(date(today.year, 1, 5), today, handler=officer)
    record(case, today, ("accepted", date(today.year, 1, 8)), state="ACCEPTED")
    refresh([case.pk])
    plan = a_plan(people.leader, today)
    for number, code in enumerate(indicators()):
        a_clause(plan, people.leader, today, f"{number}", OFFICE, indicator=code)
        a_clause(plan, people.leader, today, f"{number}.1", OFFICE, indicator=code, measured="unit")
    clauses = list(PlanClause.objects.select_related("plan"))
    with django_assert_max_num_queries(20):
        found = readings(clauses, today)
    for clause in clauses:
        read = table(indicators()[clause.indicator], year_of(today.year, today), system_actor, today)
        own = {line.key: line.figure for line in read.lines}.get(str(clause.unit_id))
        assert found[clause.pk].figure == (own if clause.measured == "unit" else read.total), clause.indicator
    cost, _page = queries(as_(people.leader), plan.get_absolute_url())
    assert cost <= 40


def test_next_year_s_plan_is_a_copy_with_its_days_moved(people: Bureau, plan: YearPlan) -> None:
    first = a_clause(plan, people.leader, TODAY, "1", due_on=date(2026, 6, 30))
    step("clause.report", first, people.police, TODAY, text="已完成")
    step("clause.judge", first, people.leader, TODAY, verdict="met")
    a_clause(plan, people.leader, TODAY, "2", indicator="head-appearance")
    dropped = a_clause(plan, people.leader, TODAY, "3")
    step("clause.drop", dropped, people.leader, TODAY, reason="不再要求")
    Target.objects.create(indicator="head-appearance", year=2026, value=Decimal("98"), by_on=date(2026, 12, 31))
    sent = {"year": 2027, "title": "2027年度计划", "basis": "达党办发〔2027〕2号"}
    copy = perform("plan.copy", plan, sent, people.leader, TODAY)
    assert copy.copied_from == plan
    rows = copy.clauses.values_list("number", "text", "unit__code", "indicator", "due_on", "state")
    assert list(rows) == [
        ("1", first.text, "150621-GAJ", "", date(2027, 6, 30), "open"),
        ("2", first.text, "150621-GAJ", "head-appearance", date(2027, 12, 31), "open"),
    ]
    target = Target.objects.get(indicator="head-appearance", year=2027)
    assert (target.value, target.by_on) == (Decimal("98"), date(2027, 12, 31))
    with pytest.raises(InvalidInput):
        perform("plan.copy", plan, sent, people.leader, TODAY)
    with pytest.raises(InvalidInput):
        perform("plan.copy", copy, {**sent, "year": 2025}, people.leader, TODAY)


@given(st.dates(date(2016, 1, 1), date(2090, 12, 31)), st.integers(1, 8))
def test_a_moved_day_is_the_same_day_of_a_later_year(day: date, years: int) -> None:
    found = moved(day, years)
    assert (found.year, found.month) == (day.year + years, day.month)
    assert found.day == day.day or (day.month, day.day, found.day) == (2, 29, 28)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-31, None), (-30, -30), (-8, -30), (-7, -7), (-2, -7), (-1, -1), (0, -1), (1, 1), (7, 7), (15, 15), (16, None)],
)
def test_which_step_is_reached(days: int, expected: int | None) -> None:
    assert step_reached(days) == expected


def test_units_are_reminded_once_a_step_and_the_leader_of_what_is_late(people: Bureau, plan: YearPlan) -> None:
    due = date(2026, 10, 20)
    clause = a_clause(plan, people.leader, TODAY, due_on=due)
    told: list[tuple[int, str]] = []
    for offset in range(-40, 40):
        remind_of_clauses(due + offset * DAY)
        remind_of_clauses(due + offset * DAY)
    told = list(Notice.objects.filter(kind="clause_due").values_list("data__days", "recipient__username"))
    to_unit = sorted(days for days, name in told if name == "as-police")
    assert to_unit == sorted([*(-one for one in BEFORE), *AFTER])
    assert sorted(days for days, name in told if name == "as-leader") == list(AFTER)
    assert {name for _days, name in told} == {"as-police", "as-leader"}
    Notice.objects.all().delete()
    step("clause.report", clause, people.police, due, text="已办")
    assert remind_of_clauses(due + DAY) == 0


def test_the_api_reads_the_figures_of_a_page_of_clauses_together(
    people: Bureau, django_assert_max_num_queries: Any
) -> None:
    today = clock_today()
    plan = a_plan(people.leader, today)
    for number, indicator in enumerate(list(indicators())[:12], 1):
        a_clause(plan, people.leader, today, number=str(number), indicator=indicator)
    program = Program(people.leader)
    with django_assert_max_num_queries(25):
        rows = program.get("/plan-clauses").json()["items"]
    assert len(rows) == 12
    by_page = {clause: reading.reached for clause, reading in readings(PlanClause.objects.all(), today).items()}
    assert {row["id"]: row["reached"] for row in rows} == by_page


def test_the_api_tells_plans_and_clauses(people: Bureau) -> None:
    today = clock_today()
    a_clause(a_plan(people.leader, today), people.leader, today, indicator="load")
    program = Program(people.police)
    (row,) = program.get("/plan-clauses").json()["items"]
    assert (row["number"], row["state"], row["reached"]) == ("1", "open", None)
