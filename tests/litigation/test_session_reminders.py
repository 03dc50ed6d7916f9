"""Who is told of sessions without a named head, of sessions nobody recorded, and of faults."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casemgr.notices.models import Notice
from litigation.court.notices import remind_of_sessions
from litigation.court.waiting import waiting_context
from tests.litigation.test_sessions import held, joint, named, planned, session_of, standing_of
from tests.support.litigation import GOVERNMENT, department
from tests.support.register import person

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[tuple[int, str]]:
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return [(row.recipient_id, row.data.get("agency", "")) for row in rows]


def test_the_liaison_and_the_agency_s_own_are_reminded_once_a_step():
    own, other = department(), department(at="150621-ZRJ")
    suit = planned(**joint())
    named(suit, standing_of(suit, GOVERNMENT), head_post="副旗长")
    assert remind_of_sessions(date(2026, 6, 14)) == 0  # sixteen days before
    for day in (date(2026, 6, 20), date(2026, 6, 21), date(2026, 6, 23), date(2026, 6, 24)):
        remind_of_sessions(day)
    assert told("head_not_named") == [(suit.actor.pk, "达拉特旗公安局"), (own.pk, "达拉特旗公安局")] * 2
    assert other.pk not in [who for who, _agency in told("head_not_named")]
    named(suit, standing_of(suit, "达拉特旗公安局"))
    remind_of_sessions(date(2026, 6, 29))
    assert len(told("head_not_named")) == 4


def test_a_session_nobody_recorded_is_told_to_the_court_liaison():
    suit = planned()
    remind_of_sessions(date(2026, 7, 1))
    remind_of_sessions(date(2026, 7, 2))
    assert [who for who, _agency in told("session_not_recorded")] == [suit.actor.pk]


def test_the_bureau_s_leaders_hear_of_a_fault_at_once():
    leader = person("bureau-leader", "leader", at="150621-SFJ")
    suit = planned()
    standing = standing_of(suit)
    held(suit, **{f"lawyers_{standing.pk}": "张律师"})
    assert told("head_fault") == [(leader.pk, "达拉特旗公安局")]


def test_the_work_page_shows_sessions_without_a_head(monkeypatch):
    suit = planned()
    own = department()
    assert len(waiting_context(own, date(2026, 6, 22))["lines"]) == 1
    assert waiting_context(person("m", "mediator"), date(2026, 6, 22)) == {"lines": []}
    suit.on(date(2026, 6, 25)).act(
        "move_session", session=session_of(suit).pk, on=date(2026, 6, 25), planned_on=date(2099, 1, 8)
    )
    client = Client()
    client.force_login(own)
    assert suit.instance.court_number in client.get("/work/").content.decode()
