"""Jobs: once per key, one claimant, a dead worker's job is taken over, errors are kept."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from casemgr.jobs import runner
from casemgr.jobs.models import Job, ScheduleRun
from casemgr.jobs.runner import (
    LeaseLost,
    ask_to_cancel,
    chunk,
    claim,
    claim_next,
    enqueue,
    queue_due,
    report_progress,
    run_job,
    try_again,
    work,
)
from tests.support.register import person

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)  # 01:00 on 26 November in Shanghai


@work("test.double")
def _double(job: Job) -> dict:
    report_progress(job, 1, 2)
    return {"result": job.arguments["number"] * 2}


@work("test.break")
def _break(job: Job) -> dict:
    raise ValueError("broken on purpose")


def test_a_job_runs_and_keeps_its_result():
    job = enqueue("test.double", number=21)
    assert claim(job.pk, NIGHT)
    finished = run_job(job.pk)
    assert (finished.status, finished.result) == ("done", {"result": 42})
    assert (finished.progress_done, finished.percent) == (1, 50)


def test_a_failed_job_says_why():
    job = enqueue("test.break")
    claim(job.pk, NIGHT)
    finished = run_job(job.pk)
    assert finished.status == "failed"
    assert "broken on purpose" in finished.error


def test_only_one_worker_gets_a_job():
    job = enqueue("test.double", number=1)
    assert claim(job.pk, NIGHT)
    assert not claim(job.pk, NIGHT)
    assert claim_next(NIGHT) is None


def test_a_dead_workers_job_is_taken_over_after_its_lease():
    job = enqueue("test.double", number=1)
    claim(job.pk, NIGHT)
    assert claim_next(NIGHT + timedelta(minutes=1)) is None
    taken = claim_next(NIGHT + runner.LEASE + timedelta(seconds=1))
    assert taken.pk == job.pk


def test_an_unknown_kind_is_a_programming_error():
    with pytest.raises(KeyError):
        enqueue("test.nobody-does-this")


def test_the_schedule_queues_each_kind_once_a_day(monkeypatch):
    monkeypatch.setattr(runner, "_schedule", [runner.Scheduled("test.double", time(0, 30))])
    assert queue_due(NIGHT - timedelta(hours=1)) == []
    assert len(queue_due(NIGHT)) == 1
    assert queue_due(NIGHT + timedelta(minutes=5)) == []
    assert len(queue_due(NIGHT + timedelta(days=1))) == 1


def test_the_worker_does_what_is_queued_and_stops(monkeypatch):
    monkeypatch.setattr(runner, "_schedule", [])
    enqueue("test.double", number=4)
    call_command("worker", "--once")
    assert Job.objects.get(kind="test.double").result == {"result": 8}


def test_the_administrator_sees_what_ran_and_what_failed(client):
    from tests.support.clock_cases import a_user

    job = enqueue("test.break")
    claim(job.pk, NIGHT)
    run_job(job.pk)
    client.force_login(a_user("admin", "150621"))
    answer = client.get("/jobs/")
    assert answer.status_code == 200
    assert "broken on purpose" in answer.text
    client.force_login(a_user("officer"))
    assert "broken on purpose" not in client.get("/jobs/").text


@work("test.pieces")
def _pieces(job: Job) -> dict:
    """Counts to its number in pieces; each piece leaves one row of the schedule behind."""
    for piece in range(job.checkpoint.get("next", 0), job.arguments["number"]):
        if piece == job.arguments.get("dies_at") and job.attempts == 1:
            raise MemoryError("killed")
        with chunk(job, checkpoint={"next": piece + 1}, done=piece + 1, total=job.arguments["number"]):
            ScheduleRun.objects.create(kind=f"piece-{job.pk}-{piece}")
    return {"pieces": job.arguments["number"]}


def pieces(job: Job) -> int:
    return ScheduleRun.objects.filter(kind__startswith=f"piece-{job.pk}-").count()


def test_a_job_taken_over_goes_on_behind_its_last_chunk_and_does_nothing_twice():
    job = enqueue("test.pieces", number=5, dies_at=3)
    claim(job.pk, NIGHT)
    run_job(job.pk)
    assert pieces(job) == 3
    assert try_again(job)
    claim(job.pk, NIGHT)
    finished = run_job(job.pk)
    assert (finished.status, finished.result, pieces(job)) == ("done", {"pieces": 5}, 5)


def test_a_worker_taken_for_dead_can_write_nothing_any_more():
    job = enqueue("test.pieces", number=5)
    claim(job.pk, NIGHT)
    revenant = Job.objects.get(pk=job.pk)
    assert claim(job.pk, NIGHT + runner.LEASE + timedelta(seconds=1))
    with pytest.raises(LeaseLost), chunk(revenant, checkpoint={"next": 1}):
        ScheduleRun.objects.create(kind=f"piece-{job.pk}-0")
    assert pieces(job) == 0
    with pytest.raises(LeaseLost):
        report_progress(revenant, 1, 5)
    assert run_job(job.pk).status == "done"


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_chunk():
    waiting = enqueue("test.pieces", number=2)
    ask_to_cancel(waiting, NIGHT)
    waiting.refresh_from_db()
    assert (waiting.status, claim(waiting.pk, NIGHT)) == ("cancelled", False)
    running = enqueue("test.pieces", number=2)
    claim(running.pk, NIGHT)
    ask_to_cancel(running, NIGHT)
    assert run_job(running.pk).status == "cancelled"
    assert pieces(running) == 0
    assert try_again(running)
    claim(running.pk, NIGHT)
    assert (run_job(running.pk).status, pieces(running)) == ("done", 2)


@work("test.unlucky")
def _unlucky(job: Job) -> dict:
    raise OperationalError("the database is gone")


def test_bad_luck_is_tried_again_with_growing_waits_and_then_given_up():
    job = enqueue("test.unlucky")
    now = timezone.now()
    waits = []
    for _attempt in range(runner.TRIES):
        assert claim(job.pk, now)
        run_job(job.pk)
        job.refresh_from_db()
        if job.not_before:
            waits.append(round((job.not_before - timezone.now()).total_seconds(), -1))
            assert not claim(job.pk, timezone.now())
            now = job.not_before
    assert (job.status, waits[:4]) == ("failed", [30, 60, 120, 240])


def test_a_kind_of_every_few_minutes_is_queued_once_a_slot():
    before = runner.schedule()
    try:
        runner.schedule_every("test.double", 15)
        kinds = [[job.kind for job in queue_due(NIGHT + timedelta(minutes=n))].count("test.double") for n in (0, 5, 15)]
    finally:
        runner._schedule[:] = before
    assert kinds == [1, 0, 1]


def test_people_see_and_stop_their_own_work_only(client):
    one, other = person("job-one", "officer"), person("job-other", "officer")
    job = enqueue("test.pieces", number=2, requested_by=one.pk)
    client.force_login(other)
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 404
    client.force_login(one)
    assert f"/jobs/{job.pk}/cancel/" in client.get("/jobs/").content.decode()
    client.post(f"/jobs/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.status == "cancelled"
    client.post(f"/jobs/{job.pk}/retry/")
    job.refresh_from_db()
    assert job.status == "queued"


def test_health_says_when_the_schedule_was_last_looked_at():
    assert not runner.health().is_alive(timezone.now())
    queue_due(NIGHT)
    assert runner.health().is_alive(timezone.now())


def test_what_went_well_can_be_left_out_of_the_list(client):
    client.force_login(person("boss", "admin", at="150621"))
    done, failed = (Job.objects.create(kind="sweep", status=status) for status in ("done", "failed"))
    shown = client.get("/jobs/?show=open")
    assert [job.pk for job, _label in shown.context["rows"]] == [failed.pk]
    assert {job.pk for job, _label in client.get("/jobs/").context["rows"]} == {done.pk, failed.pk}
