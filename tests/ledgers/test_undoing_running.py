"""Undoing what runs on: open cases with their clocks, also after a night; archived ones; files told by several rows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.cases.models import Case, Deadline
from casemgr.jobs.runner import claim, run_job
from casemgr.ledgers import job as ledger_job
from casemgr.ledgers import undoing
from casemgr.ledgers.actor import LedgerActor
from casemgr.ledgers.models import LedgerImport
from casemgr.operation.sweep import sweep
from casemgr.pages.clock import today
from litigation.models import BacklogItem
from tests.ledgers.test_undoing import imported, run
from tests.litigation.backlog.test_ledger import ROW as ITEM
from tests.litigation.ledger.test_ledger import FIRST, RUNNING, SECOND
from tests.mediation.test_ledger import OPEN as DISPUTE
from tests.support.ledgers import cases
from tests.support.mediation import committee
from tests.support.register import person

pytestmark = pytest.mark.django_db


def running_rows() -> dict[str, dict[str, Any]]:
    """A row of each ledger that runs on, by its days before today."""

    def ago(days: int) -> str:
        return (today() - timedelta(days=days)).isoformat()

    received = {"案号": "达政复字〔2026〕31号", "申请人": "赵六", "被申请人": "达拉特旗公安局", "行政行为": "处罚决定",
                "收到日期": ago(9), "受理日期": ago(6)}  # fmt: skip
    later = {"履行期满日": (today() + timedelta(days=40)).isoformat(), "生效日期": ago(20), "完成时限": ""}
    return {
        "mediation": DISPUTE | {"登记日期": ago(4), "受理日期": ago(3)},
        "reconsideration": received,
        "litigation": RUNNING | {"收到起诉状日期": ago(5)},
        "backlog": ITEM | later,
    }


@pytest.fixture(autouse=True)
def _office(db: None) -> None:
    committee()


@pytest.mark.parametrize("kind", ["mediation", "reconsideration", "litigation"])
@pytest.mark.parametrize("nights", [0, 1])
def test_a_running_case_is_taken_back_with_its_clocks(tmp_path: Path, kind: str, nights: int) -> None:
    found = imported(tmp_path, kind, running_rows()[kind])
    case = Case.objects.get()
    assert case.deadlines.filter(status="open").exists() and case.next_due_on is not None
    for _night in range(nights):
        sweep(today())
    undone = run(found, ledger_job.UNDO, reason="误传")
    stays = list(undone.imported_rows.values_list("stays_because", flat=True))
    assert (undone.status, undone.taken_back) == ("undone", 1), stays
    case.refresh_from_db()
    assert (case.state, case.next_due_on) == ("VOID", None)
    assert not Deadline.objects.filter(status__in=("open", "paused")).exists()
    again = imported(tmp_path, kind, running_rows()[kind])
    assert (again.created, again.rejected) == (1, 0)
    assert Deadline.objects.filter(status="open").exists()


def test_an_item_whose_term_runs_is_taken_back(tmp_path: Path) -> None:
    found = imported(tmp_path, "backlog", running_rows()["backlog"])
    assert BacklogItem.objects.get().state == "candidate"
    sweep(today())
    assert run(found, ledger_job.UNDO, reason="误传").taken_back == 1
    assert BacklogItem.objects.get().state == "dropped"


def test_what_a_night_expired_stays(tmp_path: Path) -> None:
    """Deemed accepted by law since: that is no longer as the import left it."""
    row = running_rows()["reconsideration"] | {"受理日期": "", "收到日期": (today() - timedelta(days=20)).isoformat()}
    found = imported(tmp_path, "reconsideration", row)
    sweep(today())
    case = Case.objects.get()
    assert case.state == "ACCEPTED"
    undone = run(found, ledger_job.UNDO, reason="误传")
    assert (undone.taken_back, undone.status) == (0, "loaded")
    assert undone.imported_rows.get().stays_because


@pytest.mark.parametrize("status", ["loaded", "undoing"])
def test_an_archived_case_is_taken_back_by_the_undoing_alone(tmp_path: Path, status: str) -> None:
    row = next(row for row in cases(3, 5, today()) if "归档日期" in row)
    found = imported(tmp_path, "reconsideration", row)
    case = Case.objects.get().typed()
    assert case.state == "ARCHIVED"
    LedgerImport.objects.filter(pk=found.pk).update(status=status)
    with pytest.raises(ActionError):
        perform("reconsideration.take_back", case, {"of_import": found.pk, "reason": "误传"}, LedgerActor(), today())
    assert Case.objects.get().state == "ARCHIVED"
    found.status = LedgerImport.Status.LOADED
    assert run(found, ledger_job.UNDO, reason="误传").taken_back == 1
    assert Case.objects.get().state == "VOID"


def test_a_file_of_two_rows_goes_with_both(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(ledger_job, "CHUNK", 1)
    found = imported(tmp_path, "litigation", FIRST, SECOND)
    undone = run(found, ledger_job.UNDO, reason="误传")
    assert (undone.taken_back, Case.objects.get().state) == (2, "VOID")


def test_what_was_changed_between_two_rows_of_an_import_stays(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(ledger_job, "CHUNK", 1)
    load_chunk = ledger_job.load_chunk

    def somebody_works_on_it(*arguments: Any) -> Any:
        answers = load_chunk(*arguments)
        if Case.objects.get().typed().instances.count() == 1:
            case = Case.objects.get()
            case.version += 1
            case.save()
        return answers

    monkeypatch.setattr(ledger_job, "load_chunk", somebody_works_on_it)
    found = imported(tmp_path, "litigation", FIRST, SECOND)
    undone = run(found, ledger_job.UNDO, reason="误传")
    assert (undone.taken_back, undone.imported_rows.exclude(stays_because="").count()) == (0, 2)
    assert Case.objects.get().state != "VOID"


def test_an_undoing_that_was_stopped_says_what_stays_and_goes_on(client: Client, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    user = person("li", "officer")
    found = imported(tmp_path, "reconsideration", *cases(3, 5, today()))
    LedgerImport.objects.filter(pk=found.pk).update(by=user)
    client.force_login(user)
    client.post(f"{found.get_absolute_url()}undo/", {"reason": "误传"})
    found.refresh_from_db()
    lock = undoing._lock

    def stopped(rows: Any) -> None:
        lock(rows)
        client.post(f"{found.get_absolute_url()}stop/")

    monkeypatch.setattr(undoing, "_lock", stopped)
    assert claim(found.job_id, timezone.now())
    assert run_job(found.job_id).status == "cancelled"
    assert Case.objects.filter(state="VOID").count() == 1
    page = client.get(found.get_absolute_url()).content.decode()
    assert "继续撤销" in page and "其余的行仍在系统中" in page
    assert "已停止，可继续" in client.get("/ledgers/").content.decode()
    monkeypatch.setattr(undoing, "_lock", lock)
    client.post(f"{found.get_absolute_url()}resume/")
    assert claim(found.job_id, timezone.now())
    assert run_job(found.job_id).result == {"taken_back": 3, "stays": 0}
    assert Case.objects.exclude(state="VOID").count() == 0
