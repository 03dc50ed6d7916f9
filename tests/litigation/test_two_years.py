"""What is near the end of its two years is listed, stands on the work page, and is told by night."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.notices.models import Notice
from casemgr.operation.sweep import sweep
from litigation.two_years.reading import lines_of, near, over, visible
from litigation.two_years.telling import NOTICES, remind_of_two_years, waiting_context
from tests.litigation.test_performance import lost, owe, perform_it
from tests.support.litigation import Suit, department
from tests.support.register import person, queries

pytestmark = pytest.mark.django_db
END = date(2028, 10, 9)


@pytest.fixture
def owing() -> Suit:
    suit = lost()
    owe(suit, amount_yuan="1000.00", due_on=date(2026, 10, 9))
    sweep(date(2026, 10, 12))
    assert suit.due("L-ENF2Y") == END
    return suit


def days(rows: Any) -> list[date]:
    return [row.due_on for row in rows]


def test_ninety_days_before_the_end_it_is_near_and_afterwards_over(owing):
    rows = visible(owing.actor, END)
    assert days(near(rows, date(2028, 7, 10))) == []
    assert days(near(rows, date(2028, 7, 11))) == days(near(rows, END)) == [END]
    assert (days(near(rows, date(2028, 10, 10))), days(over(rows, date(2028, 10, 10)))) == ([], [END])
    line = lines_of(near(rows, END), END)[0]
    assert (line.what, line.debtor, line.is_ours, line.days_left) == ("返还罚款", "达拉特旗公安局", False, 0)


def test_what_is_performed_or_applied_for_is_warned_of_no_more(owing):
    perform_it(owing, owing.ruling.obligations.get(), date(2026, 11, 1), amount_yuan="1000.00")
    assert not near(visible(owing.actor, END), END).exists()


def test_the_liaison_and_the_responsible_organ_are_told_once_a_step(owing):
    own, other = department(), department(at="150621-ZRJ")
    for day in (date(2028, 7, 10), date(2028, 7, 11), date(2028, 8, 1), date(2028, 9, 9), date(2028, 10, 10)):
        remind_of_two_years(day)
    found = Notice.objects.filter(kind="two_years_end").order_by("pk")
    assert [one.recipient_id for one in found] == [owing.actor.pk, own.pk] * 2
    assert other.pk not in [one.recipient_id for one in found]
    assert "返还罚款" in str(NOTICES[0].text(found[0].data)) and "2028" in str(NOTICES[0].text(found[0].data))


def test_a_department_sees_only_its_own_and_others_nothing(owing):
    day = date(2028, 9, 1)
    assert len(waiting_context(department(), day)["lines"]) == 1
    assert waiting_context(department(at="150621-ZRJ"), day) == {"lines": []}
    assert waiting_context(person("m", "mediator"), day) == {"lines": []}


def test_the_list_in_few_queries(owing, monkeypatch):
    monkeypatch.setattr("litigation.two_years.pages.clock_today", lambda: date(2028, 9, 1))
    client = Client()
    client.force_login(owing.actor)
    count, answer = queries(client, "/litigation/two-years/")
    assert count <= 12
    assert "返还罚款" in answer.content.decode() and owing.case.number in answer.content.decode()
    assert "返还罚款" not in client.get("/litigation/two-years/?show=over").content.decode()
