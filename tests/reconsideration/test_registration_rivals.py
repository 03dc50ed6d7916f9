"""Eight people register at the same moment: every number once, none lost."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from casemgr.cases.models import Act, Case
from casemgr.parties.models import Party

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rivals]


def test_eight_rivals_register_with_dense_numbers(register, application):
    start, failures = threading.Barrier(8), []

    def work(writer: int) -> None:
        try:
            start.wait()
            for turn in range(2):
                register(application, act_number=f"{writer}-{turn}号", key=f"{writer}-{turn}")
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures
    assert sorted(Case.objects.values_list("number_sequence", flat=True)) == list(range(1, 17))
    assert Act.objects.count() == 16
    assert Party.objects.filter(name="张建国").count() == 1


def test_two_clicks_at_once_register_once(register, application):
    start, done = threading.Barrier(2), []

    def click() -> None:
        try:
            start.wait()
            done.append(register(application, key="same").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _click in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 2 and len(set(done)) == 1
    assert Case.objects.count() == 1
