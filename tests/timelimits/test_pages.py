"""Calculator and calendar page as people use them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casemgr.calendar import current
from casemgr.calendar.current import current_calendar
from casemgr.calendar.models import CalendarDay
from casemgr.organisation.models import RoleAssignment, Unit, User

pytestmark = pytest.mark.django_db


def person(role: str) -> Client:
    user = User.objects.create_user(username=f"calendar-{role}", password="-", full_name="苏日娜")
    unit = Unit.objects.order_by("pk").first() or Unit.objects.create(code="X", name="X")
    RoleAssignment.objects.create(user=user, role=role, unit=unit)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer() -> Client:
    return person("officer")


@pytest.fixture
def admin() -> Client:
    current.forget()
    return person("admin")


def test_the_calculator_asks_then_explains(officer: Client) -> None:
    assert officer.get("/calculator/").status_code == 200
    page = officer.get("/calculator/", {"code": "R-ACC", "start": "2026-02-12"})
    explanation = page.context["explanation"]
    assert explanation.due == date(2026, 2, 26)
    assert len(explanation.lines) == 16
    for line in explanation.lines:
        assert line in page.content.decode()


def test_the_calculator_takes_suspensions_and_extension_from_the_address(officer: Client) -> None:
    asked = {"code": "R-DEC", "start": "2026-03-02", "suspend_from_0": "2026-04-10", "suspend_to_0": "2026-06-01"}
    assert officer.get("/calculator/", asked).context["explanation"].due == date(2026, 6, 22)
    asked |= {"extend": "30"}
    assert officer.get("/calculator/", asked).context["explanation"].nominal == date(2026, 7, 22)
    del asked["suspend_to_0"]
    page = officer.get("/calculator/", asked)
    assert page.context["explanation"].due is None


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"code": "R-DEC", "start": "2026-02-30"}, "start"),
        ({"code": "R-XXX", "start": "2026-03-02"}, "code"),
        ({"code": "R-DEC", "start": "2026-03-02", "extend": "31"}, "extend"),
        ({"code": "R-ACC", "start": "2026-03-02", "extend": "1"}, "extend"),
        ({"code": "R-DEC", "start": "2026-03-02", "suspend_to_0": "2026-04-01"}, "suspend_from_0"),
        (
            {"code": "R-DEC", "start": "2026-03-02", "suspend_from_0": "2026-04-10", "suspend_to_0": "2026-04-01"},
            "suspend_from_0",
        ),
    ],
)
def test_a_wrong_question_names_the_field(officer: Client, asked: dict, field: str) -> None:
    page = officer.get("/calculator/", asked)
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert page.context["explanation"] is None


def test_what_is_not_computed_says_why(officer: Client) -> None:
    page = officer.get("/calculator/", {"code": "R-CONFLICT-AGREE", "start": "2026-07-01"})
    assert page.context["found"].why_not in page.content.decode()


@pytest.mark.parametrize("year", [2004, 2026, 2027, 2028])
def test_every_year_has_a_page_that_says_how_reliable_it_is(officer: Client, year: int) -> None:
    page = officer.get(f"/calendar/{year}/")
    assert page.status_code == 200
    assert len(page.context["year"].months) == 12
    assert officer.get("/calendar/").status_code == 200
    assert officer.get("/calendar/1800/").status_code == 404


def test_the_calendar_page_costs_few_queries(officer: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(9):
        officer.get("/calendar/2026/")


def test_the_administrator_adds_and_takes_back_a_local_day(admin: Client) -> None:
    sent = {"date": "2026-08-03", "kind": "local_off", "name": "那达慕", "source": "鄂府办〔2026〕1号"}
    assert admin.post("/calendar/2026/local/", sent).status_code == 302
    assert not current_calendar().is_working(date(2026, 8, 3))
    row = CalendarDay.objects.get(date=date(2026, 8, 3))
    assert row.history.get().history_action == "calendar.override"
    assert "那达慕" in admin.get("/calendar/2026/").content.decode()
    assert admin.post(f"/calendar/local/{row.pk}/remove/", {}).status_code == 302
    assert CalendarDay.objects.filter(pk=row.pk).exists(), "a reason is asked for"
    assert admin.post(f"/calendar/local/{row.pk}/remove/", {"reason": "登记有误"}).status_code == 302
    assert current_calendar().is_working(date(2026, 8, 3))
    assert CalendarDay.history.filter(id=row.pk, history_type="-").get().history_change_reason == "登记有误"


@pytest.mark.parametrize(
    "change",
    [{"date": "2026-02-30"}, {"date": "2026-10-01"}, {"date": "2026-08-04", "kind": "local_working"}, {"name": ""}],
)
def test_a_local_day_that_changes_nothing_or_cannot_be_is_refused(admin: Client, change: dict) -> None:
    sent = {"date": "2026-08-03", "kind": "local_off", "name": "那达慕", "source": "鄂府办〔2026〕1号"} | change
    page = admin.post("/calendar/2026/local/", sent)
    assert page.status_code == 422
    assert page.context["form"].errors
    assert not CalendarDay.objects.filter(kind="local_off").exists()


def test_only_the_administrator_changes_the_calendar(officer: Client) -> None:
    sent = {"date": "2026-08-03", "kind": "local_off", "name": "那达慕", "source": "x"}
    assert officer.post("/calendar/2026/local/", sent).status_code == 403
    assert "calendar/2026/local" not in officer.get("/calendar/2026/").content.decode()
