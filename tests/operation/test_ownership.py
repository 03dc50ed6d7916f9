"""Every running period has an owner who can work, every reminder reaches somebody, and what is missing is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casemgr.cases.models import Absence, Case, Deadline
from casemgr.jobs.runner import claim, enqueue, run_job
from casemgr.notices.models import Delivery, Notice
from casemgr.notices.reminders import remind
from casemgr.notices.texts import text_of
from casemgr.operation.ownership.models import OwnershipGap, OwnershipStatement
from casemgr.operation.ownership.statement import make_statement
from casemgr.organisation.models import RoleAssignment
from casemgr.pages.clock import today as clock_today
from tests.support.register import OTHER, person, received_case

pytestmark = pytest.mark.django_db
RECEIVED, TODAY = date(2026, 9, 1), date(2026, 9, 3)


@pytest.fixture(autouse=True)
def only_these_people() -> None:
    RoleAssignment.objects.all().delete()


def kinds(made: OwnershipStatement) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for case, kind in made.gaps.values_list("case_id", "kind"):
        found.setdefault(case, set()).add(kind)
    return found


def test_a_period_is_owned_by_a_handler_who_works_or_else_by_a_head() -> None:
    officer, gone, elsewhere = person("own-officer", "officer"), person("own-gone", "officer"), person("own-else")
    RoleAssignment.objects.create(user=elsewhere, role="officer", unit=received_case(RECEIVED, TODAY, at=OTHER).unit)
    person("own-head", "head")
    handled, left, moved, waiting = (
        received_case(RECEIVED, TODAY, handler=who) for who in (officer, gone, elsewhere, None)
    )
    gone.is_active = False
    gone.save()
    orphan = Case.objects.get(unit__code=OTHER)
    made = make_statement(TODAY)
    found = kinds(made)
    assert found == {left.pk: {"gone"}, moved.pk: {"gone"}, orphan.pk: {"nobody"}} | {
        pk: kind for pk, kind in found.items() if kind == {"not_told"}
    }
    per_case = {case.pk: case.deadlines.filter(status__in=("open", "paused")).count() for case in Case.objects.all()}
    assert made.running == sum(per_case.values())
    assert (made.handled, made.with_heads) == (per_case[handled.pk], per_case[waiting.pk])
    assert made.without_owner == per_case[left.pk] + per_case[moved.pk] + per_case[orphan.pk]
    assert not made.is_sound


def test_who_is_away_needs_a_stand_in_who_works() -> None:
    away, stand_in = person("own-away", "officer"), person("own-stand-in", "officer")
    person("own-head", "head")
    received_case(RECEIVED, TODAY, handler=away)
    Absence.objects.create(person=away, stand_in=stand_in, from_on=TODAY, until_on=TODAY)
    assert make_statement(TODAY).without_owner == 0
    stand_in.is_active = False
    stand_in.save()
    made = make_statement(TODAY)
    assert made.without_owner == made.running > 0
    assert OwnershipStatement.objects.count() == 1


def test_who_is_recused_owns_nothing_as_stand_in_either() -> None:
    away, stand_in = person("own-away", "officer"), person("own-stand-in", "officer")
    person("own-head", "head")
    case = received_case(RECEIVED, TODAY, handler=away)
    Absence.objects.create(person=away, stand_in=stand_in, from_on=TODAY, until_on=TODAY)
    recusal = case.recusals.create(user=stand_in, reason="亲属")
    assert kinds(make_statement(TODAY))[case.pk] == {"gone"}
    recusal.delete()
    assert not make_statement(TODAY).without_owner
    Absence.objects.all().delete()
    case.recusals.create(user=away, reason="亲属")
    assert kinds(make_statement(TODAY))[case.pk] == {"gone"}


def test_a_second_handler_or_a_recused_head_changes_who_answers() -> None:
    first, second, head = person("own-first", "officer"), person("own-second", "officer"), person("own-head", "head")
    case = received_case(RECEIVED, TODAY, handler=first)
    first.is_active = False
    first.save()
    assert make_statement(TODAY).without_owner
    case.further_handlers.add(second)
    assert not make_statement(TODAY).without_owner
    other = received_case(RECEIVED, TODAY)
    assert not make_statement(TODAY).without_owner
    other.recusals.create(user=head, reason="亲属")
    assert other.pk in kinds(make_statement(TODAY))


def reminded() -> tuple[date, Case]:
    """A day on which the ladder tells the handler, and the case."""
    officer = person("own-officer", "officer")
    person("own-head", "head")
    person("own-leader", "leader", at="150621")
    case = received_case(RECEIVED, TODAY, handler=officer)
    deadline = case.deadlines.get(rule="R-ACC")
    day = deadline.due_on
    make_statement(day - timedelta(days=1))
    Notice.objects.all().delete()
    OwnershipGap.objects.all().delete()
    Deadline.history.all().update(history_date="2026-09-01T00:00:00+08:00")
    return day, case


def test_a_reminder_that_was_due_is_shown_to_have_reached_somebody() -> None:
    day, _case = reminded()
    assert remind(day) > 0
    made = make_statement(day)
    assert made.reminders > 0
    assert (made.told, made.is_sound) == (made.reminders, True)
    Notice.objects.filter(kind="deadline", recipient__username="own-officer").delete()
    made = make_statement(day)
    assert set(made.gaps.values_list("kind", flat=True)) == {"not_told"}
    assert made.not_told == made.gaps.count() > 0


def test_a_reminder_to_somebody_away_has_to_reach_the_stand_in() -> None:
    day, case = reminded()
    stand_in = person("own-stand-in", "officer")
    now = clock_today()
    Absence.objects.create(person=case.lead_handler, stand_in=stand_in, from_on=min(day, now), until_on=max(day, now))
    remind(day)
    assert make_statement(day).is_sound
    Notice.objects.filter(recipient=stand_in).delete()
    assert kinds(make_statement(day)) == {case.pk: {"not_told"}}
    Absence.objects.all().delete()
    assert make_statement(day).is_sound


def test_a_message_that_failed_reached_nobody() -> None:
    day, case = reminded()
    remind(day)
    for notice in Notice.objects.filter(kind="deadline"):
        Delivery.objects.filter(notice=notice).delete()
        Delivery.objects.create(notice=notice, recipient=notice.recipient, channel="mail", status="failed")
    made = make_statement(day)
    assert kinds(made) == {case.pk: {"not_delivered"}}
    assert made.told == 0
    Delivery.objects.filter(recipient__username="own-officer").update(status="sent")
    assert make_statement(day).told > 0


def test_a_period_that_came_after_the_sweep_is_not_missed() -> None:
    day, case = reminded()
    Deadline.history.filter(id__in=case.deadlines.values("pk")).update(history_date=f"{day}T08:00:00+08:00")
    assert make_statement(day).is_sound


def test_who_leads_the_office_hears_once_a_day_and_administrators_where_nobody_leads() -> None:
    head, admin = person("own-head", "head"), person("own-admin", "admin", at="150621")
    gone = person("own-gone", "officer")
    left = received_case(RECEIVED, TODAY, handler=gone)
    received_case(RECEIVED, TODAY, at=OTHER)
    gone.is_active = False
    gone.save()
    for _ in range(2):
        job = enqueue("ownership", on=TODAY.isoformat())
        assert claim(job.pk, timezone.now())
        assert run_job(job.pk).status == "done"
    (told,) = Notice.objects.filter(recipient=head, kind="ownership_gap")
    assert str(left.deadlines.filter(status="open").count()) in text_of(told)
    assert Notice.objects.filter(recipient=admin, kind="ownership_gap").count() == 1


def test_the_page_shows_the_gaps_of_the_cases_one_sees(client: Client) -> None:
    gone = person("own-gone", "officer")
    left = received_case(RECEIVED, TODAY, handler=gone)
    gone.is_active = False
    gone.save()
    client.force_login(person("own-head", "head"))
    assert client.get("/ownership/").status_code == 200
    make_statement(clock_today())
    assert left.number in client.get("/ownership/").text
    assert client.get("/ownership/?on=nonsense").status_code == 200
    client.force_login(person("own-admin", "admin", at="150621"))
    seen = client.get("/ownership/").text
    assert left.number not in seen
    assert left.unit.name in seen
    client.force_login(person("own-officer", "officer"))
    assert client.get("/ownership/").status_code == 403


def test_the_queries_do_not_grow_with_the_cases() -> None:
    person("own-head", "head")
    received_case(RECEIVED, TODAY)
    with CaptureQueriesContext(connection) as few:
        make_statement(TODAY)
    for _ in range(12):
        received_case(RECEIVED, TODAY)
    with CaptureQueriesContext(connection) as many:
        make_statement(TODAY)
    assert len(many) <= len(few) + 4
