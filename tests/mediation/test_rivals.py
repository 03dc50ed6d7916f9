"""Several people at the same moment: a month is submitted once, a dispute paid once, a step of a batch taken once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from mediation.models import Correction, SubsidyBatch, SubsidyClaim, TableReturn
from tests.mediation.subsidy.test_batches import Office
from tests.support.register import person
from tests.support.tables import closed, write

pytestmark = [pytest.mark.rivals, pytest.mark.django_db(transaction=True)]
RIVALS = 4
MARCH, APRIL = date(2026, 3, 9), date(2026, 4, 2)


def won(work: Callable[[int], object]) -> int:
    """How many of the rivals got through; the others were refused, none of them by a fault."""
    start, done, faults = threading.Barrier(RIVALS), [], []

    def run(number: int) -> None:
        try:
            start.wait(timeout=10)
            done.append(work(number))
        except ActionError:
            pass
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not faults, faults
    return len(done)


def test_one_of_several_gets_through() -> None:
    bureau = Office()
    her = bureau.mediator()
    cases = [bureau.case(her) for _ in range(3)]
    clerks = [person(f"clerk-{n}", "town", at=bureau.town.code) for n in range(RIVALS)]
    leaders = [person(f"leader-{n}", "leader", at="150621-SFJ") for n in range(RIVALS)]
    days = {"unit": bureau.town.pk, "first_on": date(2026, 3, 1), "last_on": APRIL}

    assert won(lambda n: perform("subsidy.compute", None, days, clerks[n], APRIL)) == 1
    batch = SubsidyBatch.objects.get()
    assert batch.total_yuan == 300
    assert sorted(SubsidyClaim.objects.values_list("dispute", flat=True)) == sorted(case.pk for case in cases)
    assert won(lambda n: perform("subsidy.submit", batch, {}, clerks[n], APRIL)) == 1
    opinion = {"opinion": "同意。"}
    assert won(lambda n: perform("subsidy.approve", batch, opinion, leaders[n], APRIL)) == 1

    letter = {"dock": "court", "kind": "delegated", "organ": "达拉特旗人民法院", "organ_number": "诉前调1号",
              "received_on": "2026-04-01", "procedure": "mediation", "unit": bureau.town.pk,
              "summary": "相邻纠纷"}  # fmt: skip
    assert won(lambda n: perform("referral.register", None, letter, clerks[n], APRIL)) == 1

    month = {"unit": bureau.town.pk, "year": 2026, "month": "3"}
    assert won(lambda n: perform("table.submit", None, month, clerks[n], APRIL)) == 1
    returned = TableReturn.objects.get()
    assert sum(line.values.get("total", 0) for line in returned.lines.all()) == returned.rows.count() == 3
    write([closed(bureau.village, MARCH)])
    told = {"reason": "补录一件。"}
    assert won(lambda n: perform("table.correct", returned, told, clerks[n], APRIL)) == 1
    assert Correction.objects.get().differences["total"] == 1
