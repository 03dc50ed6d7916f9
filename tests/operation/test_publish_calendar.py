"""`manage.py publish_calendar`: a dry run writes nothing, two people publish, a contradiction is refused."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casemgr.calendar import current
from casemgr.calendar.models import CalendarYear, HolidayNotice
from casemgr.cases.models import Recomputation
from tests.cases.test_recomputation import ALL_OFF, TODAY
from tests.support.clock_cases import a_received_case
from tests.support.register import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path, monkeypatch):
    current.forget()
    monkeypatch.setattr("casemgr.operation.management.commands.publish_calendar.today", lambda: TODAY)
    path = tmp_path / "通知.txt"
    path.write_text(ALL_OFF, encoding="utf-8")
    yield path
    current.forget()


def run(*arguments: str) -> dict:
    out = StringIO()
    call_command("publish_calendar", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_dry_run_says_what_moves_and_writes_nothing(file):
    a_received_case(TODAY)
    report = run("2027", str(file), "--dry-run")
    assert report["moves"]["moved"] >= 1
    assert (report["contradictions"], report["published"]) == ([], False)
    assert ["2027-01-08", "holiday", "元旦"] in report["days"]
    assert not HolidayNotice.objects.exists()
    assert not Recomputation.objects.exists()


def test_two_people_publish_and_one_alone_leaves_a_draft(file):
    person("one", "admin")
    person("two", "head")
    run("2027", str(file), "--entered-by", "one")
    assert HolidayNotice.objects.get().state == "draft"
    with pytest.raises(CommandError):
        run("2027", str(file), "--entered-by", "one", "--approved-by", "one")
    assert CalendarYear.objects.get(year=2027).status == "estimated"
    assert run("2027", str(file), "--entered-by", "one", "--approved-by", "two")["published"]
    assert CalendarYear.objects.get(year=2027).status == "published"


def test_a_notice_that_contradicts_itself_is_not_published(file):
    person("one", "admin")
    person("two", "head")
    file.write_text(ALL_OFF.replace("（周五）至8日", "（周六）至8日"), encoding="utf-8")
    with pytest.raises(CommandError):
        run("2027", str(file), "--entered-by", "one", "--approved-by", "two")
    assert CalendarYear.objects.get(year=2027).status == "estimated"
