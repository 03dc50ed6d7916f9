"""An import as a job: progress, stop and resume at a chunk's end, and nothing loaded twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from casemgr.cases.models import Case, Event
from casemgr.jobs.models import Job
from casemgr.jobs.runner import ask_to_cancel, claim, run_job, try_again
from casemgr.ledgers import job as ledger_job
from casemgr.ledgers import keeping
from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.layout import identity
from casemgr.ledgers.models import LedgerImport
from casemgr.pages.sheets.reading import read_path
from casemgr.parties.models import Party
from tests.support.ledgers import cases, parties, write_csv
from tests.support.register import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch) -> None:
    monkeypatch.setattr(ledger_job, "CHUNK", 4)


def queued(path: Path, kind: str = "parties", user=None) -> Job:
    sheet, ledger = read_path(path), ledgers()[kind]
    layout = identity(sheet, ledger).as_dict()
    made = LedgerImport.objects.create(kind=kind, file_name=path.name, layout=layout, by=user, status="loading")
    keeping.keep(made, sheet)
    job = ledger_job.start(made, ledger_job.LOAD, user)
    made.save()
    return job


def run(job: Job) -> Job:
    assert claim(job.pk, timezone.now())
    return run_job(job.pk)


def test_a_job_loads_the_file_in_the_name_of_who_asked_and_forgets_it(tmp_path: Path) -> None:
    today = date.today()
    rows = [*cases(9, 3, today), {"案号": "缺人"}]
    done = run(queued(write_csv(tmp_path / "c.csv", rows), "reconsideration", person("li", "officer")))
    assert (done.status, done.progress_done, done.progress_total) == ("done", 10, 10)
    assert (done.result["created"], done.result["rejected"]) == (9, 1)
    assert {error["column"] for error in done.result["errors"]} == {"申请人", "被申请人"}
    assert set(Event.objects.values_list("actor_name", flat=True)) == {"李志强"}
    found = LedgerImport.objects.get()
    assert (found.status, found.created, found.rejected, found.imported_rows.count()) == ("loaded", 9, 1, 10)


def test_who_may_not_enter_cases_loads_none(tmp_path: Path) -> None:
    done = run(
        queued(write_csv(tmp_path / "c.csv", cases(2, 3, date.today())), "reconsideration", person("m", "mediator"))
    )
    assert (done.result["created"], done.result["rejected"]) == (0, 2)
    assert not Case.objects.exists()


@pytest.mark.parametrize("how", ["cancelled", "failed"])
def test_what_stopped_goes_on_behind_its_last_chunk(tmp_path: Path, monkeypatch, how: str) -> None:
    before, job = Party.objects.count(), queued(write_csv(tmp_path / "p.csv", parties(10, 3)))
    load_chunk, calls = ledger_job.load_chunk, []

    def second_is_disturbed(*arguments):
        calls.append(1)
        answers = load_chunk(*arguments)
        if len(calls) == 2:
            if how == "failed":
                raise RuntimeError("power cut")
            ask_to_cancel(job, timezone.now())
        return answers

    monkeypatch.setattr(ledger_job, "load_chunk", second_is_disturbed)
    stopped = run(job)
    whole = 8 if how == "cancelled" else 4
    assert (stopped.status, stopped.progress_done, Party.objects.count() - before) == (how, whole, whole)
    assert try_again(stopped)
    done = run(job)
    assert (done.status, done.result["created"], done.result["unchanged"]) == ("done", 10, 0)
    assert Party.objects.count() - before == 10
