"""One session held for several case numbers: entered once, a session and a unit of appearance for each."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.test import Client

from casemgr.actions.errors import InvalidInput
from litigation.models import CourtSession
from litigation.terms import Seen
from tests.litigation.test_sessions import HEARD, SUMMONED, answered, joint, standing_of
from tests.support.litigation import Suit, agency_id, department
from tests.support.register import queries

pytestmark = pytest.mark.django_db


def foreign_agency() -> list:
    return [{"known_party": agency_id("达拉特旗自然资源局"), "received_on": date(2026, 6, 1)}]


def plan(suit: Suit, *others: Suit, by=None, **changes) -> None:
    suit.on(SUMMONED).act(
        "plan_session", by=by, on=SUMMONED, kind="session", planned_on=HEARD, starts=time(9, 0), place="第三审判庭",
        together="\n".join(other.instance.court_number for other in others), **changes,
    )  # fmt: skip


def record(suit: Suit, *others: Suit, session: CourtSession | None = None, **changes) -> None:
    standing = standing_of(suit)
    came = {"head_came": True, "head_name": "李建国", "head_category": "deputy", "certificate_on": HEARD}
    suit.on(HEARD).act(
        "record_session", on=HEARD, session=session.pk if session else "", report="合并审理",
        together="\n".join(other.case.number for other in others),
        **{f"{name}_{standing.pk}": value for name, value in came.items()}, **changes,
    )  # fmt: skip


def sessions(suit: Suit) -> list[CourtSession]:
    return list(CourtSession.objects.filter(in_instance__case_id=suit.pk))


def test_planned_and_recorded_once_it_counts_for_each_number():
    suits = [answered() for _n in range(3)]
    first = suits[0]
    plan(first, *suits[1:], called=[standing_of(first).pk], head_notice_on=SUMMONED)
    for suit in suits:
        (session,) = sessions(suit)
        assert (suit.state, session.place) == ("HEARING_SET", "第三审判庭")
        assert session.appearances.get().court_calls_head is True
        assert suit.status("L-HEADNOTICE") == "met"
    record(first, *suits[1:], session=sessions(first)[0])
    assert [one.held_on for suit in suits for one in sessions(suit)] == [HEARD] * 3
    assert [(suit.state, suit.instance.seen) for suit in suits] == [("TRIED", Seen.ATTENDED)] * 3


def test_a_session_that_was_not_planned_is_recorded_for_all_too():
    first, second = answered(), answered()
    record(first, second)
    assert [(one.held_on, one.report) for suit in (first, second) for one in sessions(suit)] == [
        (HEARD, "合并审理")
    ] * 2


def test_the_record_proposes_who_was_planned_together_and_the_page_says_so(client: Client):
    first, second, alone = answered(), answered(), answered()
    plan(first, second)
    plan(alone)
    client.force_login(first.actor)
    page = client.get(f"/cases/{first.pk}/actions/litigation.record_session/").content.decode()
    assert second.instance.court_number in page
    count, answer = queries(client, f"/cases/{second.pk}/")
    assert first.instance.court_number in answer.content.decode()
    assert count <= queries(client, f"/cases/{alone.pk}/")[0] + 2


def test_a_suit_that_is_not_seen_reads_like_one_that_is_not():
    own, foreign = answered(), answered(agencies=foreign_agency())
    police = department()
    told = []
    for number in (foreign.instance.court_number, "（2026）内0621行初99999号"):
        with pytest.raises(InvalidInput) as refused:
            own.on(SUMMONED).act("plan_session", by=police, on=SUMMONED, kind="session", planned_on=HEARD,
                                 together=number)  # fmt: skip
        told.append(str(refused.value.form.errors["together"].as_data()[0].message).replace(number, ""))
    assert told[0] == told[1]
    assert sessions(own) == sessions(foreign) == []


def test_another_department_s_suit_is_not_named_on_the_page(client: Client):
    own, foreign = answered(), answered(agencies=foreign_agency())
    plan(own, foreign)
    client.force_login(department())
    assert foreign.instance.court_number not in client.get(f"/cases/{own.pk}/").content.decode()


def test_whoever_is_sued_only_there_is_recorded_there():
    own, other = answered(), answered(**joint())
    with pytest.raises(InvalidInput) as refused:
        record(own, other)
    assert "达拉特旗人民政府" in str(refused.value.form.errors["together"])
    assert (sessions(own), sessions(other)) == ([], [])


def test_a_suit_that_is_over_stops_the_whole_entry():
    own, other = answered(), answered()
    other.judge(date(2026, 6, 15), kind="ruling", matter="withdrawn", outcome="withdrawn")
    with pytest.raises(InvalidInput):
        plan(own, other)
    assert sessions(own) == []
