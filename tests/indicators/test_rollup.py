"""The roll-up equals a recount of the register after whatever was done, and costs an action next to nothing."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis.stateful import invariant

from casemgr.actions.perform import perform
from casemgr.actions.signals import bulk_performed
from casemgr.cases.models import Case, Deadline
from casemgr.indicators.definition import kept as kept_indicators
from casemgr.indicators.models import CountedRow
from casemgr.indicators.rollup import counted_rows, kept_rows, rebuild, refresh
from casemgr.operation.sweep import sweep
from tests.cases.test_annulment_machine import Register, check
from tests.ledgers.test_bulk_lane import OPEN, loaded
from tests.ledgers.test_bulk_lane import TODAY as LEDGER_DAY
from tests.support.flow import Flow, office, received
from tests.support.ledgers import cases as ledger_cases
from tests.support.ledgers import write_csv
from tests.support.register import person, received_case, record

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


def differences() -> dict[str, set]:
    """By indicator, what roll-up and register do not agree on."""
    found = {one.code: set(counted_rows(one)) ^ set(kept_rows(one)) for one in kept_indicators().values()}
    return {code: rows for code, rows in found.items() if rows}


def kept(code: str, **conditions: Any) -> list[tuple]:
    rows = CountedRow.objects.filter(indicator=code, **conditions).order_by("rule", "on")
    return list(rows.values_list("rule", "on", "hit"))


class Figures(Register):
    """The machine of random deeds, corrections and annulments, with the roll-up compared after each of them."""

    @invariant()
    def the_roll_up_is_what_a_recount_gives(self) -> None:
        assert differences() == {}

    def teardown(self) -> None:
        """What the register itself must be is tested where the machine comes from."""


def test_it_equals_a_recount_after_any_deed_correction_or_annulment() -> None:
    check(3, 12, Figures)


@pytest.mark.long
def test_it_equals_a_recount_after_any_deed_correction_or_annulment_at_length() -> None:
    check(150, 25, Figures)


def test_a_whole_case_counts_period_by_period() -> None:
    flow = received(DAY)
    flow.on(date(2026, 9, 4)).accept()
    assert kept("on-time", rule="R-ACC") == [("R-ACC", date(2026, 9, 4), True)]
    # seven working days from 4 September, not sent yet: it would be missed on its last day
    assert kept("on-time", rule="R-SEND") == [("R-SEND", date(2026, 9, 15), False)]
    flow.on(date(2026, 9, 15)).paper("reply_notice")
    assert kept("on-time", rule="R-SEND") == [("R-SEND", date(2026, 9, 15), True)]
    assert kept("sixty-days") == [("", date(2026, 11, 3), False)]
    assert [row.until_on for row in CountedRow.objects.filter(indicator="load")] == [date(9999, 12, 31)]
    assert differences() == {}


@pytest.mark.parametrize("few", [10, 0], ids=["compared here", "compared by the database"])
def test_a_case_as_it_was_is_not_written_again(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    flow = received(DAY)
    flow.on(date(2026, 9, 4)).accept()
    monkeypatch.setattr("casemgr.indicators.rollup.FEW", few)
    case = flow.case
    assert refresh([case.pk], procedures=[case.procedure]) == (0, 0)
    CountedRow.objects.filter(indicator="load").delete()
    CountedRow.objects.filter(rule="R-DEC").update(on=DAY)
    assert refresh([case.pk], procedures=[case.procedure]) == (2, 1)
    assert differences() == {}


def test_annulment_takes_back_what_was_counted() -> None:
    flow = received(DAY)
    before = sorted(CountedRow.objects.values_list("indicator", "rule", "on", "hit"))
    flow.on(date(2026, 9, 4)).accept()
    step = flow.case.steps_taken.get(action="reconsideration.accept")
    perform("cases.annul", flow.case, {"taken": step.pk, "reason": "误操作"}, flow.office["head"], date(2026, 9, 7))
    assert sorted(CountedRow.objects.values_list("indicator", "rule", "on", "hit")) == before
    assert differences() == {}


def test_the_sweep_and_acceptance_by_silence_are_counted() -> None:
    received(DAY)
    sweep(date(2026, 9, 9))
    assert kept("on-time", rule="R-ACC") == [("R-ACC", date(2026, 9, 8), False)]
    assert kept("sixty-days") == [("", date(2026, 11, 9), False)]
    sweep(date(2026, 12, 1))
    assert differences() == {}


def test_a_day_off_moves_what_would_be_missed() -> None:
    flow = received(DAY)
    flow.on(date(2026, 9, 4)).accept()
    admin = person("calendar-admin", "admin", at="150621")
    day_off = {"date": "2026-09-10", "kind": "local_off", "name": "地方节日", "source": "旗政府通知"}
    perform("calendar.override", None, day_off, admin, date(2026, 9, 7))
    assert kept("on-time", rule="R-SEND") == [("R-SEND", date(2026, 9, 16), False)]
    assert differences() == {}


def test_what_was_missed_stays_with_whoever_led_the_case_then() -> None:
    people = office()
    flow = Flow(people, DAY)
    from tests.support.flow import application

    flow.register(application(DAY), key="handed-over")
    first = flow.case.lead_handler_id
    flow.on(date(2026, 9, 4)).accept()
    second = person("second-officer", "officer", full_name="王新")
    flow.case = perform(
        "cases.assign", flow.case, {"handler": second.pk, "reason": "调岗"}, people["head"], date(2026, 9, 21)
    )
    by = dict(CountedRow.objects.filter(indicator="on-time").values_list("rule", "officer_id"))
    assert by["R-ACC"] == first
    assert by["R-SEND"] == first  # its last day, 15 September, was before the change
    assert by["R-DEC"] == second.pk
    assert CountedRow.objects.get(indicator="load").officer_id == second.pk
    assert differences() == {}


def test_the_bulk_lane_is_counted_by_its_signal() -> None:
    cases = [received_case(DAY, DAY) for _ in range(3)]
    assert not CountedRow.objects.exists()
    with CaptureQueriesContext(connection) as captured:
        bulk_performed.send(sender=Case, cases=cases, today=DAY)
    assert CountedRow.objects.count() == 6
    assert sum("countedrow" in query["sql"] for query in captured) == 2
    assert differences() == {}


def test_an_action_pays_two_queries_and_what_changed() -> None:
    flow = received(DAY)
    flow.examine()
    with CaptureQueriesContext(connection) as captured:
        flow.step("head", "accept", track="ordinary", simplified_ground="")
    own = [q["sql"] for q in captured if "indicators_" in q["sql"] or "c_row_id" in q["sql"]]
    assert len(own) <= 4, own
    with CaptureQueriesContext(connection) as captured:
        flow.step("officer", "ask_stop", party=flow.applicant.pk, content="请求停止执行")
    own = [q["sql"] for q in captured if "indicators_" in q["sql"] or "c_row_id" in q["sql"]]
    assert len(own) == 2, own


def test_building_anew_gives_what_the_actions_gave() -> None:
    flow = received(DAY)
    flow.on(date(2026, 9, 4)).accept()
    before = {code: set(kept_rows(one)) for code, one in kept_indicators().items()}
    CountedRow.objects.filter(indicator="on-time").delete()
    CountedRow.objects.filter(indicator="load").update(on=DAY - timedelta(days=9))
    assert set(differences()) == {"on-time", "load"}
    for one in kept_indicators().values():
        rebuild(one)
    assert {code: set(kept_rows(one)) for code, one in kept_indicators().items()} == before


def test_every_row_is_counted_once(subtests: Any) -> None:
    received(DAY).on(date(2026, 9, 4)).accept()
    for one in kept_indicators().values():
        with subtests.test(one.code):
            rows = list(counted_rows(one))
            assert len({row[1] for row in rows}) == len(rows)


@pytest.mark.rivals
@pytest.mark.django_db(transaction=True)
def test_rivals_on_two_cases_of_a_unit_neither_wait_for_ever_nor_lose_a_row() -> None:
    people = office()
    flows = [received(DAY) for _ in range(4)]
    failures: list[BaseException] = []
    start = threading.Barrier(len(flows))

    def work(flow: Flow) -> None:
        try:
            start.wait(timeout=10)
            flow.office = people
            flow.on(date(2026, 9, 4)).accept()
            flow.on(date(2026, 9, 7)).paper("reply_notice")
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(flow,)) for flow in flows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failures, failures
    assert differences() == {}
    assert CountedRow.objects.filter(indicator="on-time", rule="R-SEND", hit=True).count() == len(flows)


def test_two_batches_in_opposite_order_are_written_in_one_order() -> None:
    """Rows go in by their own order, not the caller's: two batches cannot wait for each other."""
    cases = [received_case(DAY, DAY) for _ in range(3)]
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        refresh([case.pk for case in reversed(cases)])
    assert "INSERT INTO" in captured[-1]["sql"]
    rows = list(CountedRow.objects.filter(indicator="load").order_by("pk").values_list("row_id", flat=True))
    assert rows == sorted(rows)


def test_closed_and_opened_again_is_open() -> None:
    case = received_case(DAY, DAY)
    record(case, DAY, ("refused", DAY), state="NOT_ACCEPTED")
    refresh([case.pk])
    assert CountedRow.objects.get(indicator="load").until_on == DAY
    record(case, DAY, state="RECEIVED")
    refresh([case.pk])
    assert CountedRow.objects.get(indicator="load").until_on == date(9999, 12, 31)
    assert Deadline.objects.filter(case=case).exists()


def test_a_ledger_s_cases_are_counted_in_bulk(tmp_path: Any) -> None:
    rows = [*ledger_cases(20, 3, LEDGER_DAY), OPEN]
    assert loaded("reconsideration", write_csv(tmp_path / "a.csv", rows))["errors"] == []
    assert CountedRow.objects.filter(indicator="load").count() > 0
    assert CountedRow.objects.filter(indicator="on-time", case__number=OPEN["案号"]).exists()
    assert differences() == {}
