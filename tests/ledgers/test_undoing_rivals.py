"""An undoing, and somebody who locks cases in the order in which everybody does, wait for each other and both end."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from casemgr.cases.models import Case
from casemgr.ledgers import job as ledger_job
from casemgr.ledgers import undoing
from casemgr.pages.clock import today
from tests.ledgers.test_undoing import imported, run
from tests.support.ledgers import cases

pytestmark = [pytest.mark.rivals, pytest.mark.django_db(transaction=True)]


def locked(pk: int) -> None:
    list(Case.objects.select_for_update(of=("self",)).filter(pk=pk))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks no rows")
def test_an_undoing_and_a_rival_that_locks_rising_both_get_through(tmp_path: Path, monkeypatch) -> None:
    found = imported(tmp_path, "reconsideration", *cases(2, 5, today()))
    first, last = Case.objects.order_by("pk").values_list("pk", flat=True)
    rival_has_first, undoing_began = threading.Event(), threading.Event()
    faults: list[BaseException] = []

    def rival() -> None:
        try:
            with transaction.atomic():
                locked(first)
                rival_has_first.set()
                assert undoing_began.wait(10)
                undoing_began.clear()
                undoing_began.wait(1)  # the undoing takes what it can meanwhile
                locked(last)
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=rival)
    lock = undoing._lock

    def begun(rows: Any) -> None:
        undoing_began.set()
        lock(rows)

    monkeypatch.setattr(undoing, "_lock", begun)
    thread.start()
    assert rival_has_first.wait(10)
    undone = run(found, ledger_job.UNDO, reason="误传")
    thread.join(30)
    assert not faults
    assert undone.taken_back == 2
