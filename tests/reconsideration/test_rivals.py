"""Eight clerks at once: what they register and issue is numbered without a gap, a double or a loss."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date

import pytest
from django.db import connection

from casemgr.documents.models import Document
from casemgr.numbering.models import IssuedNumber
from casemgr.parties.models import Party
from reconsideration.models import ReconsiderationCase
from tests.support.flow import Flow, application, office, received

pytestmark = [pytest.mark.rivals, pytest.mark.django_db(transaction=True)]

WRITERS, EACH = 8, 3
DAY = date(2026, 11, 4)


def together(work) -> None:
    """Run `work(number)` in eight threads that start at the same moment; fail with whatever one of them raised."""
    failures: list[BaseException] = []
    start = threading.Barrier(WRITERS)

    def run(number: int) -> None:
        try:
            start.wait(timeout=10)
            work(number)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failures, failures
    assert not any(thread.is_alive() for thread in threads)


def numbers(series: str) -> list[int]:
    return sorted(IssuedNumber.objects.filter(series=series).values_list("number", flat=True))


def test_eight_writers_register_accept_and_issue_with_dense_numbers():
    people = office()
    entries = [
        [application(DAY, serial=writer * 100 + item + 1000) for item in range(EACH)] for writer in range(WRITERS)
    ]

    def work(writer: int) -> None:
        for item, data in enumerate(entries[writer]):
            flow = Flow(people, DAY)
            flow.register(data, key=f"rival-{writer}-{item}")
            flow.paper("receipt", materials="行政复议申请书，2份")
            flow.accept()
            flow.paper("acceptance_notice")

    together(work)
    expected = list(range(1, WRITERS * EACH + 1))
    cases = ReconsiderationCase.objects.all()
    assert sorted(cases.values_list("number_sequence", flat=True)) == expected
    assert len(set(cases.values_list("number", flat=True))) == len(expected)
    assert Counter(case.state for case in cases) == {"ACCEPTED": len(expected)}
    for kind in ("receipt", "acceptance_notice"):
        papers = Document.objects.filter(kind=kind, state="ISSUED")
        assert sorted(papers.values_list("number__number", flat=True)) == expected
        assert all(paper.content().startswith(b"%PDF") for paper in papers[:3])
    for series in set(IssuedNumber.objects.values_list("series", flat=True)):
        assert numbers(series) == list(range(1, len(numbers(series)) + 1)), series
    for case in cases:
        assert [event.sequence for event in case.events.order_by("sequence")] == list(range(1, case.events.count() + 1))
        assert case.deadlines.filter(rule="R-DEC").count() == 1


def test_a_double_click_of_eight_registers_once():
    people, data = office(), application(DAY, serial=2001)

    def work(_writer: int) -> None:
        Flow(people, DAY).register(data, key="one-click")

    together(work)
    assert ReconsiderationCase.objects.count() == 1
    assert numbers("reconsideration.case") == [1]


def test_eight_writers_who_enter_one_applicant_get_one_party():
    people, data = office(), application(DAY, serial=2101)

    def work(writer: int) -> None:
        Flow(people, DAY).register(data | {"act_number": f"达市监处罚字〔2026〕{9000 + writer}号"}, key=f"w{writer}")

    together(work)
    assert Party.objects.filter(name=data["people"][0]["name"]).count() == 1
    assert numbers("reconsideration.case") == list(range(1, WRITERS + 1))


def test_of_eight_who_accept_one_case_one_does():
    flow = received(DAY)
    flow.examine()
    done: list[int] = []

    def work(writer: int) -> None:
        rival = Flow(flow.office, DAY)
        rival.case = ReconsiderationCase.objects.get(pk=flow.case.pk)
        try:
            rival.step("head", "accept", track="ordinary", simplified_ground="")
        except Exception as refusal:
            assert [reason.code for reason in refusal.refusals] == ["wrong-state"]
        else:
            done.append(writer)

    together(work)
    assert len(done) == 1
    assert flow.case.events.filter(kind="accepted").count() == 1
