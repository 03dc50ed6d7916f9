"""Jobs: once per key, one claimant, a dead worker's job is taken over, errors are kept."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.management import call_command

from casemgr.jobs import runner
from casemgr.jobs.models import Job
from casemgr.jobs.runner import claim, claim_next, enqueue, queue_due, report_progress, run_job, work

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
    assert client.get("/jobs/").status_code == 403
