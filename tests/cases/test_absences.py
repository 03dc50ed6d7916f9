"""Standing in for an absent handler: who may, what they see and may do, and that it is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from casemgr.actions.errors import ActionError, Forbidden, NotVisible
from casemgr.actions.outbox import tell
from casemgr.actions.perform import perform
from casemgr.cases.models import Absence, Case, PersonalReminder
from casemgr.cases.people import standing
from casemgr.notices.digest import digest_text
from casemgr.notices.models import Notice
from casemgr.notices.texts import text_of
from casemgr.organisation.models import User
from casemgr.pages.clock import today as clock_today
from tests.support.flow import received
from tests.support.register import OTHER, person, queries, received_case

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


@pytest.fixture
def today() -> date:
    return clock_today()


@pytest.fixture
def absent():
    return person("absent", "officer", full_name="王宝音")


@pytest.fixture
def colleague():
    """A head reaches the office's cases but is no officer: what an officer may is not theirs."""
    return person("colleague", "committee", "head", full_name="陈海龙")


@pytest.fixture
def case(absent, today):
    return received_case(today - DAY, today, handler=absent)


def away(absent, stand_in, first: date, last: date) -> Absence:
    return Absence.objects.create(person=absent, stand_in=stand_in, from_on=first, until_on=last)


def record(actor, today: date, **data):
    given = {"from_on": today, "until_on": today + 5 * DAY, **data}
    return perform("absence.record", None, given, actor, today)


def fields(call, *args, **kwargs) -> set[str]:
    with pytest.raises(ActionError) as caught:
        call(*args, **kwargs)
    return {refusal.field or refusal.code for refusal in caught.value.refusals}


def fresh(user) -> User:
    return User.objects.get(pk=user.pk)


def test_the_person_or_the_head_records_it_and_nobody_else(absent, colleague, today) -> None:
    stranger = person("stranger", "officer", at=OTHER)
    other = person("other-officer", "officer")
    assert fields(record, absent, today, person=other.pk, stand_in=absent.pk) == {"person", "stand_in"}
    made = record(absent, today, person=absent.pk, stand_in=other.pk)
    assert Notice.objects.filter(recipient=other, kind="stand_in_named").count() == 1
    assert fields(record, colleague, today, person=stranger.pk, stand_in=other.pk) >= {"person"}
    with pytest.raises(Forbidden):
        perform("absence.end", made, {}, other, today)
    with pytest.raises(NotVisible):
        perform("absence.end", made, {}, stranger, today)
    perform("absence.end", made, {}, colleague, today)
    assert Notice.objects.filter(recipient=other, kind="absence_ended").count() == 1
    record(colleague, today, person=absent.pk, stand_in=other.pk)
    assert Notice.objects.filter(recipient=absent, kind="absence_recorded").count() == 1


def test_a_stand_in_holds_a_role_that_reaches_the_same_unit(absent, today) -> None:
    elsewhere, viewer = person("elsewhere", "officer", at=OTHER), person("viewer", "leader", "auditor", at="150621")
    for nobody in (elsewhere, viewer, absent):
        assert fields(record, absent, today, person=absent.pk, stand_in=nobody.pk) == {"stand_in"}
    above = person("above", "officer", at="150621-SFJ")
    above.role_assignments.update(until_on=today + 2 * DAY)  # the role ends within the absence
    assert fields(record, absent, today, person=absent.pk, stand_in=above.pk) == {"stand_in"}
    assert record(absent, today, person=absent.pk, stand_in=above.pk, until_on=today + 2 * DAY)


def test_spans_are_whole_do_not_meet_and_make_no_chains(absent, today) -> None:
    one, two = person("one", "officer"), person("two", "officer")
    assert fields(record, absent, today, person=absent.pk, stand_in=one.pk, until_on=today - DAY) == {"until_on"}
    assert fields(record, absent, today, person=absent.pk, stand_in=one.pk, until_on=today + 400 * DAY) == {"until_on"}
    turned = {"from_on": today + 9 * DAY, "until_on": today + 5 * DAY}
    assert fields(record, absent, today, person=absent.pk, stand_in=one.pk, **turned) == {"until_on"}
    record(absent, today, person=absent.pk, stand_in=one.pk)
    assert fields(record, absent, today, person=absent.pk, stand_in=two.pk, from_on=today + 5 * DAY,
                  until_on=today + 9 * DAY) == {"from_on"}  # fmt: skip
    assert fields(record, two, today, person=two.pk, stand_in=absent.pk) == {"stand_in"}
    record(absent, today, person=absent.pk, stand_in=two.pk, from_on=today + 6 * DAY, until_on=today + 9 * DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        away(one, one, today, today)


@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, True), (3, True), (4, False)])
def test_it_begins_and_ends_by_itself(absent, today, days: int, counts: bool) -> None:
    other = person("other-officer", "officer")
    away(absent, other, today, today + 3 * DAY)
    assert [found.pk for found in standing.absent_people(fresh(other), today + days * DAY)] == [absent.pk] * counts


@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-4, 4), st.integers(0, 6), st.none() | st.integers(-5, 7), st.integers(-6, 8))
def test_what_is_in_force_is_what_is_not_over(
    absent, today, first: int, length: int, ended: int | None, day: int
) -> None:
    other = User.objects.get_or_create(username="stands-in")[0]
    Absence.objects.all().delete()
    made = Absence(person=absent, stand_in=other, from_on=today + first * DAY, until_on=today + (first + length) * DAY)
    made.ended_on = None if ended is None else max(made.from_on, today + ended * DAY)
    made.save()
    on = today + day * DAY
    in_force = Absence.objects.in_force(on).exists()
    assert in_force == (made.from_on <= on and not made.is_over(on))
    assert Absence.objects.meeting(on, on).exists() == in_force


def test_an_absence_ended_early_is_over_the_same_day(absent, today) -> None:
    other = person("other-officer", "officer")
    made = away(absent, other, today - DAY, today + 3 * DAY)
    perform("absence.end", made, {}, absent, today)
    assert standing.absent_people(fresh(other), today) == []
    assert "over" in fields(perform, "absence.end", made, {}, absent, today)
    later = away(absent, other, today + 10 * DAY, today + 12 * DAY)
    perform("absence.end", later, {}, absent, today)
    record(absent, today, person=absent.pk, stand_in=other.pk, from_on=today + 10 * DAY, until_on=today + 12 * DAY)


def test_the_stand_in_may_what_the_handler_may_on_the_handlers_cases_only(absent, case, today) -> None:
    """A court liaison of the same office with a panel seat sees the case, but works on it only as stand-in."""
    other = person("panellist", "panel", full_name="苏日娜")
    unled = received_case(today - DAY, today)
    note = {"content": "当事人来电"}

    def examine(one, actor):
        return perform("reconsideration.hear_opinion", one, {}, actor, today)

    for one in (case, unled):
        with pytest.raises(Forbidden):
            examine(one, fresh(other))
    away(absent, other, today, today)
    assert fields(examine, case, fresh(other))  # the form or the state answers now, no longer the roles
    with pytest.raises(Forbidden):
        examine(unled, fresh(other))
    unled.further_handlers.add(absent)
    assert fields(examine, unled, fresh(other))
    with pytest.raises(Forbidden):  # a head's step is no handler's
        perform("cases.assign", case, {}, fresh(other), today)
    perform("cases.note", case, note, fresh(other), today)
    event = case.events.get(kind="note")
    assert event.actor_name == "苏日娜 (standing in for 王宝音)"
    assert event.actor_id == other.pk


def test_what_is_done_in_anothers_place_is_under_both_names_everywhere(client: Client, absent, case, today) -> None:
    other = person("other-officer", "officer", full_name="苏日娜")
    away(absent, other, today, today)
    perform("cases.note", case, {"content": "当事人来电"}, fresh(other), today)
    step = case.steps_taken.get(action="cases.note")
    row = case.history.filter(history_action="cases.note").latest()
    assert step.actor_name == row.history_actor_name == "苏日娜 (standing in for 王宝音)"
    client.force_login(other)
    assert "苏日娜 (standing in for 王宝音)" in client.get(f"/cases/{case.pk}/").content.decode()
    own = received_case(today, today, handler=other)
    perform("cases.note", own, {"content": "自己的"}, fresh(other), today)
    assert own.events.get(kind="note").actor_name == "苏日娜"


def test_what_a_head_does_as_head_stays_the_heads(absent, case, today) -> None:
    head = person("the-head", "head", full_name="陈海龙")
    away(absent, head, today, today)
    perform("cases.instruct", case, {"text": "请抓紧"}, fresh(head), today)
    assert case.events.get(kind="instruction").actor_name == "陈海龙"
    perform("cases.note", case, {"content": "代办"}, fresh(head), today)
    assert case.events.get(kind="note").actor_name == "陈海龙 (standing in for 王宝音)"


def test_an_absence_shows_no_case_that_the_own_roles_do_not(absent, case, today) -> None:
    other = person("other-officer", "officer")
    away(absent, other, today, today)
    other.recusals.create(case=case, reason="近亲属")
    assert not Case.objects.visible_to(fresh(other), today).filter(pk=case.pk).exists()
    with pytest.raises(NotVisible):
        perform("cases.note", case, {"content": "看一下"}, fresh(other), today)
    Notice.objects.all().delete()
    tell("case_assigned", [absent.pk], subject=case, case=case.number)
    assert not Notice.objects.filter(recipient=other).exists()


def test_notices_reach_the_stand_in_marked_and_once(absent, case, today) -> None:
    other, third = person("other-officer", "officer"), person("third", "officer")
    away(absent, other, today, today)
    for _turn in range(2):
        tell("case_assigned", [absent.pk, third.pk], subject=case, once="x", case=case.number)
    (notice,) = Notice.objects.filter(recipient=other)
    assert text_of(notice).startswith("Standing in for 王宝音")
    assert case.number in text_of(notice)
    assert not text_of(Notice.objects.get(recipient=absent)).startswith("Standing")
    tell("deadlines", [absent.pk], count=3)  # about work, though about no single case
    assert Notice.objects.filter(recipient=other).count() == 2
    tell("absence_ended", [absent.pk], name="某人")  # a person's own affair
    assert Notice.objects.filter(recipient=other).count() == 2
    tell("case_assigned", [absent.pk, other.pk], subject=case, case=case.number)
    assert Notice.objects.filter(recipient=other).count() == 3


def test_the_morning_mail_lists_theirs_apart(absent, case, today) -> None:
    other = person("other-officer", "officer")
    away(absent, other, today, today)
    Case.objects.filter(pk=case.pk).update(next_due_on=today)
    text = digest_text(fresh(other), today)
    assert text.index("Standing in for 王宝音") < text.index(case.number)


def test_the_work_list_shows_theirs_on_a_tab(client: Client, absent, case, today) -> None:
    other = person("other-officer", "officer")
    PersonalReminder.objects.create(user=absent, case=case, on=today, text="给申请人回电话")
    PersonalReminder.objects.create(user=absent, on=today, text="接孩子")
    client.force_login(other)
    tab = f"?whose=for-{absent.pk}"
    assert tab not in client.get("/work/").content.decode()
    assert case.title not in client.get(f"/work/{tab}").content.decode()
    away(absent, other, today, today)
    own = client.get("/work/").content.decode()
    assert tab in own
    assert "给申请人回电话" in own
    assert "接孩子" not in own
    theirs = client.get(f"/work/{tab}")
    assert case.number in theirs.content.decode()
    assert f"handler={absent.pk}" in theirs.content.decode()
    assert "You stand in for 王宝音" in client.get(f"/cases/{case.pk}/").content.decode()
    client.force_login(absent)
    assert "You stand in for" not in client.get(f"/cases/{case.pk}/").content.decode()


def test_standing_in_costs_the_same_with_many_cases(client: Client, absent, today) -> None:
    other = person("other-officer", "officer")
    away(absent, other, today, today)
    client.force_login(other)
    cost = []
    for count in (3, 20):
        for _case in range(count):
            one = received_case(today, today)
            one.further_handlers.add(absent)
            perform("document.draft", one, {"kind": "correction_notice"}, fresh(absent), today)
        cost.append([queries(client, address)[0] for address in ("/work/", f"/work/?whose=for-{absent.pk}")])
    assert cost[0] == cost[1]


def test_by_the_pages_alone(client: Client, absent, today) -> None:
    other = person("other-officer", "officer", full_name="苏日娜")
    client.force_login(absent)
    sent = {
        "person": absent.pk,
        "stand_in": other.pk,
        "from_on": today,
        "until_on": today + 3 * DAY,
        "reason": "年休假",
    }
    assert client.post("/absences/new/", {**sent, "stand_in": absent.pk}).status_code == 422
    assert client.post("/absences/new/", sent).status_code == 302
    made = Absence.objects.get()
    assert "苏日娜" in client.get("/absences/").content.decode()
    client.force_login(person("outsider", "officer", at=OTHER))
    assert "苏日娜" not in client.get("/absences/").content.decode()
    assert client.post(f"/absences/{made.pk}/end/").status_code == 404
    client.force_login(other)
    assert client.post(f"/absences/{made.pk}/end/").status_code == 403
    client.force_login(absent)
    assert client.post(f"/absences/{made.pk}/end/").status_code == 302
    assert Absence.objects.get().is_over(today)
    client.force_login(person("nobody"))
    assert client.get("/absences/new/").status_code == 403


def test_papers_are_drafted_in_anothers_place(absent, today) -> None:
    flow = received(today)
    flow.case.lead_handler = absent
    flow.case.save()
    other = person("panellist", "panel")
    away(absent, other, today, today)
    paper = perform("document.draft", flow.case, {"kind": "correction_notice"}, fresh(other), today)
    assert paper.author_id == other.pk
    assert paper.history.latest().history_actor_name.endswith("(standing in for 王宝音)")
