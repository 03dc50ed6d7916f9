"""The calendar in the database: loaded once, cached, and read again when anybody changed it."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from casemgr.calendar import current
from casemgr.calendar.current import changed, current_calendar
from casemgr.calendar.models import CalendarDay, CalendarVersion, CalendarYear
from casemgr.calendar.reference import load_reference
from casemgr.calendar.source import built_in

pytestmark = pytest.mark.django_db
SOME_MONDAY = date(2026, 8, 3)


@pytest.fixture(autouse=True)
def _loaded() -> None:
    load_reference()
    current.forget()


def _local_day_off(day: date = SOME_MONDAY) -> CalendarDay:
    row = CalendarDay.objects.create(date=day, kind=CalendarDay.Kind.LOCAL_OFF, name="那达慕")
    changed()
    return row


def test_loading_twice_adds_nothing_and_equals_the_seed() -> None:
    before = CalendarDay.objects.count(), CalendarYear.objects.count(), CalendarDay.history.count()
    load_reference()
    assert before == (CalendarDay.objects.count(), CalendarYear.objects.count(), CalendarDay.history.count())
    seed, loaded = built_in(), current_calendar()
    assert (loaded.years, loaded.working_weekends) == (seed.years, seed.working_weekends)
    assert loaded.off_days == seed.off_days


def test_loading_again_keeps_what_the_office_changed() -> None:
    _local_day_off()
    load_reference()
    assert not current_calendar().is_working(SOME_MONDAY)


def test_an_estimate_is_replaced_when_the_notice_is_known() -> None:
    _local_day_off()
    year = CalendarYear.objects.get(year=2026)
    year.status = CalendarYear.Status.ESTIMATED
    year.save()
    CalendarDay.objects.get(date=date(2026, 10, 10)).delete()
    changed()
    assert current_calendar().status_of(SOME_MONDAY) == "estimated"
    assert load_reference() == 1
    assert current_calendar().status_of(SOME_MONDAY) == "published"
    assert current_calendar().is_working(date(2026, 10, 10))
    assert not current_calendar().is_working(SOME_MONDAY), "the local day stays"


def test_a_change_is_seen_at_once() -> None:
    assert current_calendar().is_working(SOME_MONDAY)
    row = _local_day_off()
    assert not current_calendar().is_working(SOME_MONDAY)
    row.delete()
    changed()
    assert current_calendar().is_working(SOME_MONDAY)


def test_a_change_by_another_process_is_seen_after_the_recheck(monkeypatch: pytest.MonkeyPatch) -> None:
    stale = current_calendar()
    CalendarDay.objects.create(date=SOME_MONDAY, kind=CalendarDay.Kind.LOCAL_OFF)
    CalendarVersion.objects.update(number=CalendarVersion.objects.get().number + 1)
    assert current_calendar() is stale
    monkeypatch.setattr(current, "RECHECK_SECONDS", -1.0)
    assert not current_calendar().is_working(SOME_MONDAY)


def test_a_change_that_is_rolled_back_leaves_no_trace() -> None:
    with transaction.atomic():
        _local_day_off()
        assert not current_calendar().is_working(SOME_MONDAY)
        transaction.set_rollback(True)
    assert current_calendar().is_working(SOME_MONDAY)


def test_many_questions_cost_one_query(django_assert_max_num_queries) -> None:
    current_calendar()
    with django_assert_max_num_queries(1):
        for number in range(1, 29):
            current_calendar().is_working(date(2026, 11, number))


def test_an_empty_database_answers_from_the_built_in_calendar() -> None:
    CalendarVersion.objects.all().delete()
    current.forget()
    assert current_calendar() is built_in()


def test_workdays_prints_one_json_document() -> None:
    out = StringIO()
    call_command("workdays", "2026-09-30", "2026-10-10", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {
        "from": "2026-09-30", "to": "2026-10-10", "working_days": 3, "calendar_status": "published",
    }  # fmt: skip
    out = StringIO()
    call_command("workdays", "2026-12-31", "2027-01-04", "--json", stdout=out)
    assert json.loads(out.getvalue())["calendar_status"] == "estimated"


@pytest.mark.parametrize("days", [("2026-02-30", "2026-03-01"), ("2026-03-02", "2026-03-01"), ("soon", "2026-03-01")])
def test_workdays_refuses_impossible_days(days: tuple[str, str]) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("workdays", *days, "--json")
    assert refusal.value.returncode == 2
