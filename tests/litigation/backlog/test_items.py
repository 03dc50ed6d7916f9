"""Backlog items from the self-check to clearance, the base of a year, and who sees what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django_fsm import TransitionNotAllowed

from casemgr.actions.errors import Forbidden, InvalidInput, NotVisible, WrongState
from casemgr.actions.perform import perform
from casemgr.organisation.models import Unit
from litigation.backlog.figures import board_of, difference, items_of
from litigation.models import BacklogItem, BacklogYear, SelfCheckReturn
from tests.support.litigation import department, liaison
from tests.support.register import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)
SNAPSHOT = date(2026, 9, 30)


@pytest.fixture
def keeper(db: None) -> Any:
    return liaison()


@pytest.fixture
def year(keeper: Any) -> BacklogYear:
    sent = {"year": 2026, "self_check_until": SNAPSHOT, "target": "98", "target_on": date(2026, 12, 31),
            "basis": "达府法办发〔2026〕3号"}  # fmt: skip
    return perform("backlog.set_year", None, sent, keeper, TODAY)


def unit(code: str = "150621-GAJ") -> Unit:
    return Unit.objects.get(code=code)


def entries(serial: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "unit": unit().pk,
        "ruling_kind": "administrative",
        "court_number": f"（2025）内0621行初{serial}号",
        "creditor": "王宝音",
        "effective_on": date(2025, 11, 3),
        "perform_due_on": date(2026, 2, 3),
        "duty": "支付赔偿款",
        "amount_yuan": "20000.00",
        **changes,
    }


def entered(actor: Any, serial: int = 1, **changes: Any) -> BacklogItem:
    return perform("backlog.enter", None, entries(serial, **changes), actor, TODAY)


def act(name: str, item: BacklogItem, actor: Any, **data: Any) -> BacklogItem:
    return perform(f"backlog.{name}", BacklogItem.objects.get(pk=item.pk), data, actor, TODAY)


def verified(actor: Any, serial: int = 1, on: date = date(2026, 9, 15), **changes: Any) -> BacklogItem:
    item = entered(actor, serial, **changes)
    seen = {"is_effective": True, "has_duty": True, "is_overdue": True, "finding": "已核对判决书"}
    return perform("backlog.verify", BacklogItem.objects.get(pk=item.pk), {"on": on, **seen}, actor, TODAY)


def cleared(item: BacklogItem, actor: Any, on: date) -> BacklogItem:
    act("claim", item, actor, performed_on=on, proof="转账凭证")
    return act("clear", item, actor, on=TODAY, reason="款项付清")


def test_an_item_of_a_department_becomes_part_of_the_base_and_is_cleared_with_proof(keeper, year):
    own = department()
    item = entered(own)
    assert item.state == "candidate"
    with pytest.raises(Forbidden):
        perform("backlog.verify", item, {}, own, TODAY)
    perform("backlog.verify", item, {"on": date(2026, 9, 15), "is_effective": True, "has_duty": True,
                                     "is_overdue": True, "finding": "属实"}, keeper, TODAY)  # fmt: skip
    year = perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    assert items_of(year, "base", TODAY).get().state == "in_base"
    act("plan", item, own, leader="李局长", finish_on=date(2026, 12, 10), text="分两次付清")
    act("add_measure", item, own, on=TODAY, kind="payment", text="第一笔", amount_yuan="5000.00")
    item.refresh_from_db()
    assert (str(item.performed_yuan), str(item.open_yuan), item.state) == ("5000.00", "15000.00", "working")
    assert board_of(year, TODAY).figure.cleared == 0  # paid in part is not cleared
    act("claim", item, own, performed_on=date(2026, 11, 27), proof="转账凭证、收条")
    with pytest.raises(Forbidden):
        act("clear", item, own, on=TODAY, reason="付清")
    act("give_back", item, keeper, on=TODAY, reason="收条没有签名")
    act("claim", item, own, performed_on=date(2026, 11, 28), proof="转账凭证、补签的收条")
    act("clear", item, keeper, on=TODAY, reason="证据齐全")
    figure = board_of(year, TODAY).figure
    assert (figure.base, figure.cleared, figure.is_reached) == (1, 1, True)
    item.refresh_from_db()
    assert item.cleared_on == date(2026, 11, 28)


def test_the_base_holds_what_was_due_verified_and_unperformed_on_its_day(keeper, year):
    inside = verified(keeper, 1)
    verified(keeper, 2, perform_due_on=date(2026, 10, 8), on=date(2026, 10, 20))  # due later
    verified(keeper, 3, on=date(2026, 10, 12))  # verified later
    entered(keeper, 4)  # never verified
    year = perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    assert list(items_of(year, "base", TODAY)) == [inside]
    assert items_of(year, "since", TODAY).count() == 1
    found = board_of(year, TODAY)
    assert (found.figure.base, found.dynamic.base) == (1, 2)


def test_a_base_is_taken_once_and_a_later_correction_is_shown_beside_it(keeper, year):
    item = verified(keeper, 1)
    year = perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    with pytest.raises(WrongState):
        perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    act("correct", item, keeper, **entries(1, effective_on=date(2026, 8, 3), perform_due_on=date(2026, 10, 9)))
    assert items_of(year, "base", TODAY).count() == 1
    assert list(difference(year)) == [item]
    assert year.entries.get().perform_due_on == date(2026, 2, 3)


def test_what_a_department_reads_on_the_board_opens_as_many_rows(keeper, year):
    mine, other = verified(keeper, 1), verified(keeper, 2, unit=unit("150621-ZRJ").pk)
    year = perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    for item, serial in ((mine, 1), (other, 2)):
        changed = {"effective_on": date(2026, 8, 3), "perform_due_on": date(2026, 10, 9), "unit": item.unit_id}
        act("correct", item, keeper, **entries(serial, **changed))
    client = Client()
    client.force_login(department())
    page = client.get("/litigation/backlog/?year=2026").content.decode()
    assert "按现有情况有1件与底数不一致" in page
    listed = client.get("/litigation/backlog/items/?year=2026&set=differs").content.decode()
    assert listed.count("内0621行初") == 1


def test_an_item_counts_as_fallen_due_since_only_when_its_day_has_come(keeper, year):
    item = entered(keeper, 1, perform_due_on=date(2026, 12, 10))
    year = perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    assert list(items_of(year, "since", TODAY)) == []
    later = date(2026, 12, 12)
    seen = {"on": later, "is_effective": True, "has_duty": True, "is_overdue": True, "finding": "属实"}
    perform("backlog.verify", BacklogItem.objects.get(pk=item.pk), seen, keeper, later)
    assert list(items_of(year, "since", later)) == [item]
    assert board_of(year, later).dynamic.base == 1


def test_only_a_court_s_paper_writes_off_and_a_pause_stays_in_the_base(keeper, year):
    first, second = verified(keeper, 1), verified(keeper, 2)
    year = perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    with pytest.raises(InvalidInput):
        act("write_off", first, keeper, on=TODAY, reason="领导同意")
    act("write_off", first, keeper, on=TODAY, reason="原判撤销", court_paper="（2026）内06行再3号判决")
    act("pause", second, keeper, on=TODAY, reason="裁定再审", court_paper="（2026）内行申9号裁定")
    found = board_of(year, TODAY)
    assert (found.figure.base, found.paused, found.written_off) == (1, 1, 1)


def test_reopened_is_not_cleared_any_more(keeper, year):
    item = verified(keeper, 1)
    year = perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    cleared(item, keeper, date(2026, 11, 20))
    assert board_of(year, TODAY).figure.cleared == 1
    item.refresh_from_db()
    with pytest.raises(InvalidInput) as refused:
        act("reopen", item, keeper, on=TODAY, reason="凭证不实", performed_yuan=item.amount_yuan)
    assert "performed_yuan" in refused.value.form.errors
    act("reopen", item, keeper, on=TODAY, reason="凭证不实", performed_yuan="1000")
    assert board_of(year, TODAY).figure.cleared == 0
    item.refresh_from_db()
    assert item.open_yuan == item.amount_yuan - 1000


def test_a_clearance_after_the_day_of_the_target_does_not_count_for_that_year(keeper, year):
    item = verified(keeper, 1)
    year = perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    late = date(2027, 1, 4)
    perform("backlog.claim", BacklogItem.objects.get(pk=item.pk), {"performed_on": late, "proof": "凭证"}, keeper, late)
    perform("backlog.clear", BacklogItem.objects.get(pk=item.pk), {"on": late, "reason": "付清"}, keeper, late)
    found = board_of(year, late)
    assert (found.figure.cleared, len(found.deciding)) == (0, 1)


def test_a_joint_item_counts_once_for_the_banner_and_once_for_each_unit(keeper, year):
    item = entered(keeper, 1, joint_units=[unit("150621-ZRJ").pk])
    perform("backlog.verify", item, {"on": date(2026, 9, 15), "is_effective": True, "has_duty": True,
                                     "is_overdue": True, "finding": "属实"}, keeper, TODAY)  # fmt: skip
    year = perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    found = board_of(year, TODAY)
    assert found.figure.base == 1
    assert {line.unit.code: line.figure.base for line in found.lines} == {"150621-GAJ": 1, "150621-ZRJ": 1}
    assert BacklogItem.objects.visible_to(department(at="150621-ZRJ"), TODAY).count() == 1


def test_a_department_sees_and_touches_only_its_own(keeper):
    item = entered(keeper, 1)
    other = department(at="150621-ZRJ")
    assert BacklogItem.objects.visible_to(other, TODAY).count() == 0
    with pytest.raises(NotVisible):
        act("plan", item, other, leader="某", finish_on=TODAY, text="某")
    with pytest.raises(InvalidInput):
        entered(other, 2)  # of another unit
    leader = person("backlog-leader", "leader", at="150621-SFJ")
    assert BacklogItem.objects.visible_to(leader, TODAY).count() == 1
    with pytest.raises(Forbidden):
        act("plan", item, leader, leader="某", finish_on=TODAY, text="某")


def test_the_same_number_is_one_item_unless_said_otherwise(keeper):
    entered(keeper, 1)
    again = entries(1, court_number="(2025)内0621行初1号")
    with pytest.raises(InvalidInput) as refused:
        perform("backlog.enter", None, again, keeper, TODAY)
    assert "is_another" in refused.value.form.errors
    perform("backlog.enter", None, {**again, "is_another": True}, keeper, TODAY)


def test_a_return_is_handed_in_also_when_there_is_nothing_and_agrees_with_the_items(keeper):
    own = department()
    sent = {"unit": unit().pk, "year": 2026, "quarter": 4, "own_cases": 7, "unperformed": 1, "signed_by": "张局长",
            "submitted_on": TODAY}  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        perform("backlog.submit_return", None, sent, own, TODAY)
    assert "unperformed" in refused.value.form.errors
    perform("backlog.submit_return", None, {**sent, "unperformed": 0}, own, TODAY)
    with pytest.raises(InvalidInput):
        perform("backlog.submit_return", None, {**sent, "unperformed": 0}, own, TODAY)
    assert SelfCheckReturn.objects.get().own_cases == 7


def test_states_move_only_by_transitions(keeper):
    item = entered(keeper)
    with pytest.raises(TransitionNotAllowed):
        item.clear()


def test_pages_open_the_rows_they_count(keeper, year):
    for serial in range(1, 4):
        verified(keeper, serial)
    perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    cleared(BacklogItem.objects.first(), keeper, date(2026, 11, 20))
    client = Client()
    client.force_login(keeper)
    page = client.get("/litigation/backlog/?year=2026").content.decode()
    assert "33.33 %" in page
    verified(keeper, 4, date(2026, 11, 10), perform_due_on=date(2026, 11, 5))
    counts = (("base", 3), ("cleared", 1), ("open", 2), ("since", 1), ("dynamic", 4), ("dynamic_cleared", 1))
    for kind, number in counts:
        listed = client.get(f"/litigation/backlog/items/?year=2026&set={kind}").content.decode()
        assert listed.count("内0621行初") == number
    assert client.get("/litigation/backlog/items/?year=2026&set=nonsense").status_code == 404
    item = BacklogItem.objects.last()
    assert client.get(item.get_absolute_url()).status_code == 200
    assert client.get(f"{item.get_absolute_url()}backlog.plan/").status_code == 200
    assert client.get("/litigation/backlog/returns/").status_code == 200
    assert client.get("/litigation/backlog/items/new/").status_code == 200


def test_what_if_shows_the_rate_that_would_result_and_changes_nothing(keeper, year):
    items = [verified(keeper, serial) for serial in range(1, 4)]
    perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    client = Client()
    client.force_login(keeper)
    address = "/litigation/backlog/what-if/?year=2026"
    assert "33.33" not in client.get(address).content.decode()
    page = client.get(f"{address}&more=&off=&item-{items[0].pk}=cleared").content.decode()
    assert "33.33 %" in page and "还差2件" in page
    page = client.get(f"{address}&more=1&off=0&item-{items[0].pk}=cleared&item-{items[1].pk}=off").content.decode()
    assert "100.00 %" in page
    assert "只有3件" in client.get(f"{address}&more=4&off=0").content.decode()
    assert client.get(f"{address}&more=-1&off=x&item-{items[0].pk}=nonsense").status_code == 200
    year.refresh_from_db()
    assert board_of(year, TODAY).figure.cleared == 0
    client.force_login(department(at="150621-ZRJ"))
    assert "行初1号" not in client.get(address).content.decode()
