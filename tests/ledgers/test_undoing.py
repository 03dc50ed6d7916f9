"""Undoing an import of every kind of ledger: what it brought is void, its numbers free, what was there stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from casemgr.indicators.models import CountedRow
from casemgr.jobs.runner import claim, run_job
from casemgr.ledgers import job as ledger_job
from casemgr.ledgers import keeping
from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.layout import identity
from casemgr.ledgers.models import LedgerImport
from casemgr.pages.sheets.approximations import told
from casemgr.pages.sheets.reading import read_path
from tests.litigation.backlog.test_ledger import ROW as ITEM
from tests.litigation.ledger.test_ledger import FIRST, SECOND
from tests.mediation.test_ledger import CLOSED
from tests.support.ledgers import write_csv

pytestmark = pytest.mark.django_db


def run(found: LedgerImport, what: str, **known: Any) -> LedgerImport:
    ledger_job.start(found, what, None, **known)
    if what == ledger_job.UNDO:
        found.status = LedgerImport.Status.UNDOING
    found.save()
    assert claim(found.job_id, timezone.now())
    job = run_job(found.job_id)
    assert job.status == "done", job.error
    return LedgerImport.objects.get(pk=found.pk)


def imported(path: Path, kind: str, *rows: dict[str, Any]) -> LedgerImport:
    sheet = read_path(write_csv(path / "a.csv", rows))
    made = LedgerImport.objects.create(
        kind=kind, file_name="a.csv", layout=identity(sheet, ledgers()[kind]).as_dict(), status="loading"
    )
    keeping.keep(made, sheet)
    return run(made, ledger_job.LOAD)


@pytest.mark.parametrize(
    ("kind", "rows"),
    [("mediation", (CLOSED,)), ("litigation", (FIRST, SECOND)), ("backlog", (ITEM,))],
    ids=["mediation", "litigation", "backlog"],
)
def test_what_was_undone_can_be_loaded_again(tmp_path: Path, kind: str, rows: tuple) -> None:
    first = imported(tmp_path, kind, *rows)
    assert (first.created, first.rejected) == (len(rows), 0), list(first.imported_rows.values_list("problems"))
    counted = CountedRow.objects.filter(case__in=first.imported_rows.filter(made_type="cases.case").values("made_id"))
    assert counted.exists() is (kind != "backlog")
    undone = run(first, ledger_job.UNDO, reason="误传")
    assert not counted.exists()
    stays = list(undone.imported_rows.values_list("number", "stays_because"))
    assert (undone.status, undone.taken_back) == ("undone", len(rows)), stays
    again = imported(tmp_path, kind, *rows)
    assert (again.created, again.unchanged, again.rejected) == (len(rows), 0, 0)


def test_an_instance_added_to_a_file_that_was_there_stays_and_says_why(tmp_path: Path) -> None:
    imported(tmp_path, "litigation", FIRST)
    later = imported(tmp_path, "litigation", SECOND)
    undone = run(later, ledger_job.UNDO, reason="误传")
    assert undone.taken_back == 0
    assert undone.imported_rows.get().stays_because


@pytest.mark.parametrize(
    ("text", "month", "is_exact"),
    [
        ("2026年11月23日", "2026-11", True), ("2026-11", "2026-11", False), ("约2026年11月上旬", "2026-11", False),
        ("2026.11.5左右", "2026-11", False), ("2026-11-03、2026-11-09", "2026-11", False),
        ("2026年3月1日、3月5日", "2026-03", False), ("2026-03-01、2026-04-05", "", False),
    ],
)  # fmt: skip
def test_days_told_only_about(text: str, month: str, is_exact: bool) -> None:
    found = told(text)
    assert found is not None and (found.month, found.is_exact) == (month, is_exact)


@pytest.mark.parametrize("text", ["", "不详", "2026-02-30", "2026-13", "13800001234", "3月5日"])
def test_words_that_tell_no_day(text: str) -> None:
    assert told(text) is None
