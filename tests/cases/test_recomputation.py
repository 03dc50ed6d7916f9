"""A published holiday notice moves the running periods, as a job where they are many; nothing is deemed meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casemgr.actions import outbox
from casemgr.actions.errors import ActionError, Forbidden
from casemgr.actions.perform import perform
from casemgr.calendar import current
from casemgr.calendar.models import CalendarDay, CalendarYear
from casemgr.calendar.notice import publishing
from casemgr.cases.models import Deadline, DeadlineMove, Recomputation
from casemgr.cases.recomputation import running
from casemgr.jobs.models import Job
from casemgr.jobs.runner import claim, run_job
from casemgr.operation.sweep import sweep
from tests.support.clock_cases import a_received_case, due, fresh
from tests.support.register import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 28)
NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕前一日、周五）至11日（周四）放假调休，共7天。2月14日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
OWNERS = (("lead", "officer"), ("second", "officer"), ("boss", "head"))
ALL_OFF = NOTICE_2027.replace("1月1日（周五）至3日（周日）放假，共3天", "1月1日（周五）至8日（周五）放假调休，共8天")


@pytest.fixture(autouse=True)
def _fresh_calendar():
    current.forget()
    yield
    current.forget()


@pytest.fixture
def told():
    heard: list[outbox.Telling] = []
    outbox.listen("test", heard.extend)
    yield heard
    outbox._listeners.pop("test")


def entered(text: str = ALL_OFF, year: int = 2027, by=None):
    sent = {"year": year, "number": "国办发明电〔2026〕9号", "issued_on": "2026-12-20", "text": text}
    return perform("calendar.enter_notice", None, sent, by or person("notice-admin", "admin"), TODAY)


def published(notice, by=None):
    return perform("calendar.publish_notice", notice, {}, by or person("notice-head", "head"), TODAY)


def work_off(job: Job) -> Job:
    assert claim(job.pk, timezone.now())
    return run_job(job.pk)


def test_a_second_person_publishes_and_the_periods_move(told):
    admin, officer = person("notice-admin", "admin"), person("notice-officer", "officer")
    case = a_received_case(TODAY)
    type(case).objects.filter(pk=case.pk).update(lead_handler=officer.pk)
    assert due(case, "R-ACC") == date(2027, 1, 5)
    notice = entered(by=admin)
    with pytest.raises(Forbidden):
        published(notice, by=admin)
    assert CalendarYear.objects.get(year=2027).status == "estimated"
    published(notice)
    row = CalendarYear.objects.get(year=2027)
    assert (row.status, row.notice_number) == ("published", "国办发明电〔2026〕9号")
    assert due(case, "R-ACC") == fresh(case).next_due_on == date(2027, 1, 12)
    moved = case.deadlines.get(rule="R-ACC")
    assert moved.calendar_status == "published"
    assert moved.history.first().history_action == "calendar.publish_notice"
    assert [(t.recipient_ids, t.data["count"] >= 1, t.kind.code) for t in told] == [
        ((officer.pk,), True, "calendar.moved")
    ]


def test_everybody_who_owns_a_moved_period_is_told_and_of_what_is_overdue_by_it(told):
    """Both handlers; where nobody handles the case, its office's heads."""
    lead, second, head = (person(f"notice-{name}", role) for name, role in OWNERS)
    handled, nobodys = a_received_case(TODAY), a_received_case(TODAY)
    type(handled).objects.filter(pk=handled.pk).update(lead_handler=lead.pk)
    handled.further_handlers.add(second)
    published(entered(), by=person("second", "authority"))
    counts = {t.recipient_ids: t.data["count"] for t in told}
    assert counts[lead.pk,] == counts[second.pk,] == handled.deadlines.count()
    assert counts[head.pk,] == nobodys.deadlines.count()
    assert [t.data["overdue"] for t in told] == [0, 0, 0]
    run = Recomputation.objects.get(is_preview=False)
    DeadlineMove.objects.filter(recomputation=run, case=handled.pk).update(new_on=TODAY - timedelta(days=1))
    Recomputation.objects.update(finished_at=None)
    told.clear()
    running.finish_now(Recomputation.objects.get(pk=run.pk))
    overdue = {t.recipient_ids: (t.data["overdue"], t.data["urgent"]) for t in told}
    assert overdue == {
        (lead.pk,): (counts[lead.pk,], True),
        (second.pk,): (counts[lead.pk,], True),
        (head.pk,): (0, False),
    }
    assert "逾期" in str(running.NOTICE.text(next(t.data for t in told if t.data["overdue"])))


def test_a_notice_that_contradicts_itself_is_not_published_until_corrected_by_hand():
    admin = person("notice-admin", "admin")
    notice = entered(ALL_OFF.replace("1月1日（周五）", "1月1日（周六）"), by=admin)
    with pytest.raises(ActionError) as refused:
        published(notice)
    assert [refusal.code for refusal in refused.value.refusals] == ["contradiction"]
    table = {}
    for number, (day, kind, name) in enumerate(notice.days):
        table |= {f"day-{number}": day, f"kind-{number}": kind, f"name-{number}": name}
    perform("calendar.correct_notice", notice, table, admin, TODAY)
    notice.refresh_from_db()
    published(notice, by=person("second", "authority"))
    assert CalendarYear.objects.get(year=2027).status == "published"


def test_the_preview_says_what_the_publication_does_and_writes_nothing(told):
    cases = [a_received_case(TODAY - timedelta(days=days)) for days in (0, 1, 5, 40)]
    before = list(Deadline.objects.order_by("pk").values_list("pk", "due_on", "calendar_status", "status"))
    history = Deadline.history.count()
    notice = entered()
    span = publishing.difference(current.current_calendar(), publishing.calendar_with(notice), 2027)
    preview = running.start(span, TODAY, notice=notice, is_preview=True)
    assert list(Deadline.objects.order_by("pk").values_list("pk", "due_on", "calendar_status", "status")) == before
    assert Deadline.history.count() == history
    assert told == []
    said = set(preview.moves.values_list("deadline_id", "old_on", "new_on"))
    assert {pk for pk, _old, _new in said} & set(cases[0].deadlines.values_list("pk", flat=True))
    published(notice)
    real = Recomputation.objects.get(is_preview=False)
    assert set(real.moves.values_list("deadline_id", "old_on", "new_on")) == said
    assert dict(Deadline.objects.values_list("pk", "due_on")).items() >= {pk: new for pk, _old, new in said}.items()


def test_counts_say_what_becomes_overdue_due_today_and_earlier():
    case = a_received_case(TODAY)
    deadline = case.deadlines.get(rule="R-ACC")
    run = Recomputation.objects.create(first_day=TODAY, last_day=TODAY, on=TODAY)
    for old, new in ((0, -1), (3, 0), (0, 5), (9, 20)):
        DeadlineMove.objects.create(
            recomputation=run,
            case_id=case.pk,
            rule=deadline.rule,
            old_on=TODAY + timedelta(days=old),
            new_on=TODAY + timedelta(days=new),
        )
    assert running.counts(run.moves.all(), TODAY) == {
        "moved": 4, "overdue": 1, "today": 1, "week": 1, "earlier": 2, "later": 2,
    }  # fmt: skip


def test_a_withdrawn_year_counts_as_estimated_and_a_correction_replaces_it():
    case = a_received_case(TODAY)
    published(entered())
    head, admin = person("h2", "head"), person("a2", "admin")
    taken_back = perform("calendar.withdraw_notice", None, {"year": 2027, "reason": "文件有误"}, admin, TODAY)
    published(taken_back, by=head)
    assert CalendarYear.objects.get(year=2027).status == "estimated"
    assert case.deadlines.get(rule="R-ACC").calendar_status == "estimated"
    published(entered(NOTICE_2027, by=admin), by=head)
    assert (due(case, "R-ACC"), case.deadlines.get(rule="R-ACC").calendar_status) == (date(2027, 1, 5), "published")


def test_local_days_and_the_neighbouring_years_stay_when_a_year_is_published():
    CalendarDay.objects.create(date=date(2027, 7, 11), kind="local_off", name="那达慕", source="鄂府办")
    others = set(CalendarDay.objects.exclude(date__year=2027).values_list("date", "kind"))
    published(entered())
    assert set(CalendarDay.objects.exclude(date__year=2027).values_list("date", "kind")) == others
    assert CalendarDay.objects.filter(date=date(2027, 7, 11), kind="local_off").exists()


@pytest.fixture
def as_a_job(monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 0)
    monkeypatch.setattr(running, "CHUNK", 1)
    monkeypatch.setattr(running, "RECHECK_SECONDS", -1)


def test_a_killed_recomputation_goes_on_behind_its_last_chunk(as_a_job, monkeypatch):
    cases = [a_received_case(TODAY) for _number in range(4)]
    published(entered())
    run = Recomputation.objects.get()
    assert {due(case, "R-ACC") for case in cases} == {date(2027, 1, 5)}
    whole, calls = running.compute_cases, []

    def dies_at_the_third(*args):
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        whole(*args)

    monkeypatch.setattr(running, "compute_cases", dies_at_the_third)
    job = Job.objects.get(pk=run.job_id)
    claim(job.pk, timezone.now())
    with pytest.raises(KeyboardInterrupt):
        run_job(job.pk)
    assert [due(case, "R-ACC") == date(2027, 1, 12) for case in cases] == [True, True, False, False]
    assert [running.is_pending(case) for case in cases] == [False, False, True, True]
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert work_off(job).status == "done"
    assert {due(case, "R-ACC") for case in cases} == {date(2027, 1, 12)}
    run.refresh_from_db()
    assert run.finished_at is not None
    assert run.moves.filter(rule="R-ACC").count() == 4
    assert running.pending_cases() == set()


def test_nothing_is_deemed_before_the_case_is_computed_by_the_calendar_in_force(as_a_job):
    """The five days end on 5 January by the old calendar and on 12 January by the new: on the 7th nothing is over."""
    CalendarYear.objects.filter(year=2027).update(status="published")
    current.changed()
    case = a_received_case(TODAY)
    assert case.deadlines.get(rule="R-ACC").calendar_status == "published"
    published(entered())
    run = Recomputation.objects.get()
    report = sweep(date(2027, 1, 7))
    assert (report.deemed_accepted, report.postponed) == (0, 1)
    assert fresh(case).state == "RECEIVED"
    assert work_off(Job.objects.get(pk=run.job_id)).status == "done"
    assert sweep(date(2027, 1, 7)).deemed_accepted == 0
    assert sweep(date(2027, 1, 13)).deemed_accepted == 1
    accepted = fresh(case).events.get(kind="accepted") if fresh(case).events.filter(kind="accepted") else None
    assert accepted is None or accepted.occurred_on == date(2027, 1, 12)


def test_a_case_that_fails_stops_no_other_stays_pending_and_is_tried_again_by_the_sweep(as_a_job, monkeypatch):
    broken, whole = a_received_case(TODAY), a_received_case(TODAY)
    published(entered())
    run = Recomputation.objects.get()
    from casemgr.cases.recomputation import computing

    sync = computing.deadlines.sync

    def fails(case, on):
        if case.pk == broken.pk:
            raise ValueError("broken on purpose")
        return sync(case, on)

    monkeypatch.setattr(computing.deadlines, "sync", fails)
    assert work_off(Job.objects.get(pk=run.job_id)).status == "failed"
    assert due(whole, "R-ACC") == date(2027, 1, 12)
    assert running.pending_cases() == {broken.pk}
    monkeypatch.setattr(computing.deadlines, "sync", sync)
    sweep(TODAY)
    job = Job.objects.get(pk=run.job_id)
    assert job.status == "queued"
    assert work_off(job).status == "done"
    assert due(broken, "R-ACC") == date(2027, 1, 12)
    assert running.pending_cases() == set()
