"""Many cases given in one run: the preview tells what the run does, nobody gets what one alone would not, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from casemgr.actions.errors import ActionError, Forbidden
from casemgr.actions.perform import perform
from casemgr.cases.models import Case, Reassignment
from casemgr.cases.reassigning import running
from casemgr.cases.reassigning.planning import LIMIT, plan_chosen, plan_handover
from casemgr.jobs.models import Job
from casemgr.jobs.runner import ask_to_cancel, claim, claim_next, run_job, try_again
from casemgr.notices.models import Notice
from casemgr.pages.clock import today as clock_today
from tests.support.register import OTHER, agency, applicant, person, queries, received_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


@pytest.fixture
def today() -> date:
    return clock_today()


@pytest.fixture
def head():
    return person("the-head", "head", full_name="陈海龙")


@pytest.fixture
def officer():
    return person("leaving", "officer", full_name="王宝音")


@pytest.fixture
def receivers():
    return [person("first", "officer", full_name="苏日娜"), person("second", "officer", full_name="李志强")]


def cases_of(officer, count: int, today: date) -> list[Case]:
    by, against = applicant(), agency()
    return [received_case(today, today, handler=officer, by=by, against=against) for _n in range(count)]


def start(head, today, receivers, **data) -> Reassignment:
    given = {"receivers": [one.pk for one in receivers], "reason": "原承办人调离", **data}
    return perform("cases.reassign", None, given, head, today)


def ids(cases) -> str:
    return ",".join(str(case.pk) for case in cases)


def handler_of(case) -> int | None:
    return Case.objects.get(pk=case.pk).lead_handler_id


def run(one: Reassignment) -> Job:
    assert claim(one.job_id, timezone.now())
    return run_job(one.job_id)


def test_a_handover_gives_everything_evenly_with_one_notice_each(head, officer, receivers, today) -> None:
    cases = cases_of(officer, 7, today)
    job = run(start(head, today, receivers, officer=officer.pk))
    assert (job.status, job.result["given"], job.result["refused"]) == ("done", 7, 0)
    got = [handler_of(case) for case in cases]
    assert sorted(got.count(one.pk) for one in receivers) == [3, 4]
    assert Notice.objects.filter(kind__in=running.ONE_BY_ONE).count() == 0
    told = Notice.objects.filter(recipient__in=receivers, kind="cases_given")
    assert sorted(notice.data["count"] for notice in told) == [3, 4]
    assert Notice.objects.get(recipient=officer, kind="cases_given_away").data["count"] == 7
    event = cases[0].events.get(kind="handler_changed")
    assert (event.data["reason"], event.actor_id) == ("原承办人调离", head.pk)
    assert cases[0].steps_taken.get().action == "cases.assign"  # and so each can be annulled by itself


def test_who_is_left_out_is_said_with_the_reason(head, officer, receivers, today) -> None:
    one, two = receivers
    plain, recused, archived, void = cases_of(officer, 4, today)
    outside = received_case(today, today, handler=officer, at=OTHER)
    for receiver in receivers:
        recused.recusals.create(user=receiver, reason="近亲属")
    plain.recusals.create(user=one, reason="近亲属")
    Case.objects.filter(pk=archived.pk).update(stage="archived")
    Case.objects.filter(pk=void.pk).update(is_past_record=True)
    plan = plan_handover(head, officer, receivers, today)
    assert [(gift.case.pk, gift.receiver) for gift in plan.gifts] == [(plain.pk, two)]
    assert [(case.pk, "recused" in reason) for case, reason in plan.left_out] == [(recused.pk, True)]
    assert (plan.outside, plan.archived) == (1, 1)
    chosen = plan_chosen(head, [plain.pk, archived.pk, void.pk, outside.pk, 10**9], [two, officer], today)
    assert {case.pk: reason.split()[0] for case, reason in chosen.left_out} == {archived.pk: "The", void.pk: "The"}
    assert chosen.outside == 2
    elsewhere = person("elsewhere", "officer", at=OTHER)
    (only,) = plan_chosen(head, [plain.pk], [elsewhere], today).left_out
    assert "role" in only[1]
    (only,) = plan_chosen(head, [plain.pk], [officer], today).left_out
    assert "already" in only[1]
    auditor = person("head-and-auditor", "auditor", at="150621")
    (only,) = plan_chosen(auditor, [plain.pk], receivers, today).left_out
    assert "distribute" in only[1]


def test_a_second_handler_is_replaced_as_second_handler(head, officer, receivers, today) -> None:
    one = receivers[0]
    helped = received_case(today, today, handler=receivers[1])
    helped.further_handlers.add(officer)
    run(start(head, today, [one], officer=officer.pk))
    assert handler_of(helped) == receivers[1].pk
    assert list(helped.further_handlers.all()) == [one]


def test_only_who_distributes_cases_may(officer, receivers, today) -> None:
    cases = cases_of(officer, 1, today)
    with pytest.raises(Forbidden):
        start(officer, today, receivers, cases=ids(cases))


def test_a_receiver_outside_the_reach_is_refused(head, officer, today) -> None:
    cases = cases_of(officer, 1, today)
    with pytest.raises(ActionError) as caught:
        start(head, today, [person("elsewhere", "officer", at=OTHER)], cases=ids(cases))
    assert {refusal.field for refusal in caught.value.refusals} == {"receivers"}


def test_what_changed_since_the_preview_is_shown_again(head, officer, receivers, today) -> None:
    cases = cases_of(officer, 3, today)
    Case.objects.filter(pk=cases[0].pk).update(stage="archived")
    with pytest.raises(ActionError, match="changed since you looked"):
        start(head, today, receivers, officer=officer.pk, expected=3)
    assert not Reassignment.objects.exists()
    with pytest.raises(ActionError, match="At most"):
        start(head, today, receivers, cases=",".join(str(n) for n in range(1, LIMIT + 2)))


def test_what_happens_between_confirming_and_giving_is_refused_row_by_row(head, officer, receivers, today) -> None:
    one = receivers[0]
    moved, recused, good = cases_of(officer, 3, today)
    made = start(head, today, [one], officer=officer.pk)
    perform("cases.assign", moved, {"handler": receivers[1].pk, "reason": "另行安排"}, head, today)
    recused.recusals.create(user=one, reason="近亲属")
    job = run(made)
    assert (job.status, job.result["given"], job.result["refused"]) == ("done", 1, 2)
    assert [handler_of(case) for case in (moved, recused, good)] == [receivers[1].pk, officer.pk, one.pk]
    assert all(made.items.filter(outcome="refused").values_list("why", flat=True))
    assert Notice.objects.get(recipient=one, kind="cases_given").data["count"] == 1


def test_a_killed_run_goes_on_and_does_nothing_twice(head, officer, receivers, today, monkeypatch) -> None:
    cases = cases_of(officer, 5, today)
    made = start(head, today, receivers[:1], officer=officer.pk)
    really, calls = running._perform, []

    def dies(*args) -> None:
        if len(calls) == 2:
            raise KeyboardInterrupt
        calls.append(args)
        really(*args)

    monkeypatch.setattr(running, "_perform", dies)
    assert claim(made.job_id, timezone.now())
    with pytest.raises(KeyboardInterrupt):
        run_job(made.job_id)
    assert made.items.filter(outcome="done").count() == 2
    monkeypatch.setattr(running, "_perform", really)
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    taken = claim_next(timezone.now())
    assert run_job(taken.pk).result["given"] == 5
    assert all(case.events.filter(kind="handler_changed").count() == 1 for case in cases)
    assert Notice.objects.get(recipient=receivers[0], kind="cases_given").data["count"] == 5


def test_a_stopped_run_tells_what_it_did_and_goes_on_when_asked(head, officer, receivers, today, monkeypatch) -> None:
    cases_of(officer, 4, today)
    made = start(head, today, receivers[:1], officer=officer.pk)
    really = running._perform

    def stops(one, item, *rest) -> None:
        really(one, item, *rest)
        ask_to_cancel(Job.objects.get(pk=made.job_id), timezone.now())

    monkeypatch.setattr(running, "_perform", stops)
    assert run(made).status == "cancelled"
    told = Notice.objects.filter(recipient=receivers[0], kind="cases_given")
    assert [notice.data["count"] for notice in told] == [1]
    monkeypatch.setattr(running, "_perform", really)
    assert try_again(Job.objects.get(pk=made.job_id))
    assert run(made).result["given"] == 4
    assert sorted(notice.data["count"] for notice in told.all()) == [1, 3]


def test_the_preview_costs_the_same_with_many_cases(client: Client, head, officer, receivers, today) -> None:
    cost = []
    for count in (3, 30):
        cases_of(officer, count, today)
        with CaptureQueriesContext(connection) as captured:
            plan_handover(head, officer, receivers, today)
        cost.append(len(captured))
    assert cost[1] <= cost[0] <= 12  # the first also reads what the person reaches
    client.force_login(head)
    assert queries(client, "/cases/assign/?chosen=all")[0] <= 20


def test_a_handover_by_the_pages_alone(client: Client, head, officer, receivers, today) -> None:
    cases = cases_of(officer, 3, today)
    client.force_login(head)
    assert "王宝音" in client.get("/cases/handover/").content.decode()
    sent = {"officer": officer.pk, "receivers": [one.pk for one in receivers], "reason": "调离"}
    assert client.post("/cases/handover/", {**sent, "reason": "", "step": "preview"}).status_code == 422
    preview = client.post("/cases/handover/", {**sent, "step": "preview"})
    assert [count for _user, count in preview.context["plan"].shares] == [2, 1]
    assert [handler_of(case) for case in cases] == [officer.pk] * 3
    back = client.post("/cases/handover/", {**sent, "step": "edit"}).content.decode()
    assert "调离" in back
    stale = client.post("/cases/handover/", {**sent, "step": "confirmed", "expected": 2})
    assert (stale.status_code, "Look at the new numbers" in stale.content.decode()) == (422, True)
    done = client.post("/cases/handover/", {**sent, "step": "confirmed", "expected": 3, "key": "k" * 32})
    page = client.get(done.url).content.decode()
    assert all(case.number in page for case in cases)
    assert officer.pk not in [handler_of(case) for case in cases]
    client.force_login(receivers[0])
    own = client.get(done.url)
    assert (own.status_code, len(own.context["rows"])) == (200, 2)
    client.force_login(person("outsider", "officer"))
    assert client.get(done.url).status_code == 404


def test_from_the_list_the_ticked_or_all_that_meet_the_conditions(
    client: Client, head, officer, receivers, today
) -> None:
    cases = cases_of(officer, 3, today)
    other = received_case(today, today, handler=receivers[0])
    foreign = received_case(today, today, at=OTHER)
    client.force_login(head)
    assert 'name="chosen"' in client.get("/cases/").content.decode()
    one = receivers[1]
    ticked = client.get("/cases/assign/", {"cases": [cases[0].pk, foreign.pk], "chosen": "ticked"})
    assert ticked.context["count"] == 1
    by_filter = f"/cases/assign/?handler={officer.pk}&chosen=all"
    page = client.get(by_filter)
    assert page.context["count"] == 3
    assert "王宝音" in page.content.decode()
    sent = {"cases": page.context["form"]["cases"].value(), "receivers": [one.pk], "reason": "均衡任务"}
    preview = client.post(by_filter, {**sent, "step": "preview"})
    assert (preview.status_code, preview.context["count"]) == (200, 3)
    assert "All that meet the conditions of the list" in preview.content.decode()
    client.post(by_filter, {**sent, "step": "confirmed", "expected": 3})
    assert [handler_of(case) for case in cases] == [one.pk] * 3
    assert handler_of(other) == receivers[0].pk
    assert client.get("/cases/assign/?chosen=ticked").status_code == 302
    client.force_login(one)
    assert 'name="chosen"' not in client.get("/cases/").content.decode()
    assert client.get("/cases/assign/?chosen=all").status_code == 403


def test_many_are_left_to_the_worker(client: Client, head, officer, receivers, today) -> None:
    cases = cases_of(officer, running.AT_ONCE + 1, today)
    client.force_login(head)
    sent = {"officer": officer.pk, "receivers": [receivers[0].pk], "reason": "调离", "step": "confirmed"}
    done = client.post("/cases/handover/", sent)
    assert handler_of(cases[0]) == officer.pk
    assert 'hx-trigger="every 3s"' in client.get(done.url).content.decode()
    run_job(claim_next(timezone.now()).pk)
    page = client.get(f"{done.url}?show=done")
    assert len(page.context["rows"]) == running.AT_ONCE + 1
    assert 'hx-trigger="every 3s"' not in page.content.decode()


def test_who_hands_over_is_asked_for_and_receives_nothing(client: Client, head, officer, receivers, today) -> None:
    client.force_login(head)
    sent = {"receivers": [receivers[0].pk, officer.pk], "reason": "调离岗位", "step": "preview"}
    nobody = client.post("/cases/handover/", sent)
    assert nobody.status_code == 422
    assert "officer" in nobody.context["form"].errors
    same = client.post("/cases/handover/", {**sent, "officer": officer.pk})
    assert same.status_code == 422
    assert officer.full_name in same.context["form"].errors["receivers"][0]
