"""Clearing rounds: a batch with a target in whole items, its meeting, funds and result; who reads what of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.errors import Forbidden, InvalidInput, WrongState
from casemgr.actions.perform import perform
from litigation.models import ClearingRound
from tests.litigation.backlog.test_items import SNAPSHOT, TODAY, act, cleared, keeper, unit, verified, year
from tests.support.litigation import department

pytestmark = pytest.mark.django_db
__all__ = ["keeper", "year"]


def opened(actor: Any, year: Any, items: list[Any], **changes: Any) -> ClearingRound:
    sent = {
        "year": year.pk, "name": "第一批集中化解", "first_on": date(2026, 11, 2), "last_on": date(2026, 11, 28),
        "items": [item.pk for item in items], "sub_target": 2, **changes,
    }  # fmt: skip
    return perform("round.open", None, sent, actor, TODAY)


def step(name: str, one: ClearingRound, actor: Any, /, **data: Any) -> ClearingRound:
    return perform(f"round.{name}", ClearingRound.objects.get(pk=one.pk), data, actor, TODAY)


def test_the_figures_of_a_round_open_exactly_the_items_counted(keeper, year):
    items = [verified(keeper, serial) for serial in range(1, 6)]
    perform("backlog.take_snapshot", year, {"on": SNAPSHOT}, keeper, TODAY)
    one = opened(keeper, year, items)
    cleared(items[0], keeper, date(2026, 11, 20))
    cleared(items[1], keeper, TODAY)  # a day after the round's last
    act("write_off", items[2], keeper, on=TODAY, reason="原判撤销", court_paper="（2026）内06行再3号判决")
    client = Client()
    client.force_login(keeper)
    page = client.get(one.get_absolute_url()).content.decode()
    for part, number in (("batch", 4), ("cleared", 1), ("open", 3), ("written_off", 1)):
        address = f"/litigation/backlog/items/?round={one.pk}&amp;part={part}"
        assert f'href="{address}">{number}</a>' in page
        assert client.get(address.replace("&amp;", "&")).content.decode().count("内0621行初") == number
    assert "还差1件" in page
    assert client.get(f"/litigation/backlog/items/?round={one.pk}&part=nonsense").status_code == 404
    assert "第一批集中化解" in client.get(items[0].get_absolute_url()).content.decode()
    assert client.get("/litigation/backlog/rounds/").status_code == 200
    assert client.get(f"{one.get_absolute_url()}round.correct/").status_code == 200


def test_a_round_asks_for_whole_items_and_for_no_more_than_it_holds(keeper, year):
    items = [verified(keeper, 1), verified(keeper, 2)]
    with pytest.raises(InvalidInput) as refused:
        opened(keeper, year, items, sub_target=3)
    assert "sub_target" in refused.value.form.errors
    with pytest.raises(InvalidInput):
        opened(keeper, year, items, last_on=date(2026, 11, 1))
    one = opened(keeper, year, items)
    step("correct", one, keeper, year=year.pk, name="第一批", first_on=date(2026, 11, 2), last_on=TODAY,
         items=[items[1].pk], sub_target=1)  # fmt: skip
    assert [row.item_id for row in one.members.all()] == [items[1].pk]


def test_meeting_funds_and_result_are_entered_and_an_ended_round_stays_as_it_is(keeper, year):
    one = opened(keeper, year, [verified(keeper, 1)], sub_target=1)
    step("record_meeting", one, keeper, held_on=date(2026, 11, 5), decisions="财政局11月20日前拨付")
    step("record_funds", one, keeper, asked_yuan="120000.00", granted_yuan="80000.50", funds_paper="达财函〔2026〕8号")
    step("end", one, keeper, on=TODAY, result="化解1件")
    one.refresh_from_db()
    assert (str(one.asked_yuan), str(one.granted_yuan), one.ended_on) == ("120000.00", "80000.50", TODAY)
    with pytest.raises(WrongState):
        step("record_funds", one, keeper, asked_yuan="1")


def test_a_department_reads_a_round_of_its_own_items_and_nothing_of_the_others(keeper, year):
    mine, other = verified(keeper, 1), verified(keeper, 2, unit=unit("150621-ZRJ").pk)
    one = opened(keeper, year, [mine, other])
    step("record_meeting", one, keeper, held_on=date(2026, 11, 5), decisions="自然资源局限期拨付")
    own = department()
    with pytest.raises(Forbidden):
        step("record_meeting", one, own, held_on=date(2026, 11, 5), decisions="改")
    client = Client()
    client.force_login(own)
    page = client.get(one.get_absolute_url()).content.decode()
    assert 'part=batch">1</a>' in page
    assert "行初2号" not in page and "自然资源局" not in page
    client.force_login(department(at="150621-SCJ"))
    assert client.get(one.get_absolute_url()).status_code == 404
    assert "第一批" not in client.get("/litigation/backlog/rounds/").content.decode()
