"""The 98 % of heads in court: which rows are counted, for whom, and which they open."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.cases.models import CaseRecusal
from casemgr.indicators.definition import indicators
from casemgr.indicators.figures import table
from casemgr.indicators.period import Period, year_of
from casemgr.indicators.rows import counted, listing
from litigation.court.figures import assessed_line, budget_of, units_of
from litigation.indicators import CASES, JUSTIFIED, RAW
from litigation.models import CourtSession
from tests.litigation.test_sessions import HEARD, held, joint, planned, session_of, standing_of
from tests.support.litigation import GOVERNMENT, Suit, department

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 1)


def sums(code: str, user: object = system_actor, period: Period | None = None) -> tuple[int, int]:
    found = table(indicators()[code], period or year_of(2026, TODAY), user, TODAY).total
    return found.numerator, found.denominator


def excused() -> Suit:
    suit = planned()
    standing = standing_of(suit)
    suit.act(
        "explain_absence", session=session_of(suit).pk, standing=standing.pk, on=suit.day, ground="duty",
        reason="参加防汛抢险", has_papers=True,
    )  # fmt: skip
    held(suit, **{f"staff_{standing.pk}": "王科长"})
    return suit


def test_raw_and_justified_lines_and_both_views_of_codefendants():
    assert table(indicators()[RAW], year_of(2026, TODAY), system_actor, TODAY).total.rate is None
    one = planned()
    held(one, came=[standing_of(one)])
    excused()
    two = planned(**joint())
    bureau, government = standing_of(two, "达拉特旗公安局"), standing_of(two, GOVERNMENT)
    held(two, came=[bureau], **{f"staff_{government.pk}": "张科长"})
    assert (sums(RAW), sums(JUSTIFIED), sums(CASES)) == ((2, 4), (2, 3), (1, 3))
    two.act("agree_head", standing=government.pk, head_of=bureau.pk, on=two.day)
    assert (sums(RAW), sums(CASES)) == ((2, 4), (2, 3))
    two.act("agree_head", standing=government.pk, head_of=bureau.pk, paper="协商函", on=two.day)
    assert (sums(RAW), sums(CASES)) == ((2, 3), (2, 3))


def test_the_figure_opens_exactly_the_rows_it_counts_for_the_agency_and_the_banner():
    one, two = planned(**joint()), excused()
    bureau, government = standing_of(one, "达拉特旗公安局"), standing_of(one, GOVERNMENT)
    held(one, came=[bureau])
    own, other = department(), department(at="150621-ZRJ")
    assert sums(RAW) == (1, 3)
    assert sums(RAW, one.actor) == (1, 3)
    assert sums(RAW, own) == (1, 2)
    assert sums(RAW, other) == (0, 0)
    period = year_of(2026, TODAY)
    for user, wanted in ((own, {bureau.pk, standing_of(two).pk}), (one.actor, {bureau.pk, standing_of(two).pk,
                                                                              government.pk})):  # fmt: skip
        rows = counted(indicators()[RAW], period, user, TODAY, {})
        assert set(rows.values_list("row_id", flat=True)) == wanted
    listed = listing(indicators()[RAW], period, one.actor, TODAY, {})
    told = [line.words for line in listed.lines(listed.first())]
    assert any(GOVERNMENT in words for words in told)
    by_unit = table(indicators()[RAW], period, system_actor, TODAY)
    assert {line.label: (line.figure.numerator, line.figure.denominator) for line in by_unit.lines} == {
        "达拉特旗公安局": (1, 2),
        GOVERNMENT: (0, 1),
    }


def test_a_corrected_day_moves_the_unit_into_another_year():
    suit = planned()
    standing = standing_of(suit)
    held(suit, **{f"staff_{standing.pk}": "王科长"})
    june = Period(date(2026, 6, 1), date(2026, 6, 30), TODAY)
    july = Period(date(2026, 7, 1), date(2026, 7, 31), TODAY)
    assert (sums(RAW, period=june), sums(RAW, period=july)) == ((0, 1), (0, 0))
    suit.on(date(2026, 7, 20)).correct("session_held", date(2026, 7, 2))
    assert (sums(RAW, period=june), sums(RAW, period=july)) == ((0, 0), (0, 1))
    assert HEARD.month == 6


def test_the_page_of_heads_opens_what_it_counts_and_says_how_many_may_be_missed(monkeypatch):
    monkeypatch.setattr("casemgr.actions.record_pages.clock_today", lambda: TODAY)
    one = planned(**joint(), called=True)
    bureau, government = standing_of(one, "达拉特旗公安局"), standing_of(one, GOVERNMENT)
    held(one, came=[bureau], **{f"spoke_{bureau.pk}": True, f"lawyers_{government.pk}": "张律师"})
    excused()
    planned().on(date(2026, 7, 20)).act(
        "move_session", session=CourtSession.objects.latest("pk").pk, on=date(2026, 7, 20), planned_on=date(2026, 9, 1)
    )
    client = Client()
    client.force_login(one.actor)
    page = client.get("/litigation/appearance/?year=2026")
    numbers = page.context["together"].numbers
    assert numbers == {
        **{"counted": 3, "attended": 1, "missed": 2, "justified": 1, "principal": 0, "deputy": 1, "spoke": 1},
        **{"owed": 2, "staff": 1, "lawyer": 1, "faults": 1, "covered": 0},
    }
    assert (page.context["budget"].coming, page.context["budget"].spare) == (1, -1)
    for shown in page.context["lines"]:
        for _label, number, address in shown.cells:
            assert client.get(address).context["count"] == number
    client.force_login(department())
    assert client.get("/litigation/appearance/?year=2026").context["together"].numbers["counted"] == 2


def test_a_recusal_hides_a_row_and_no_number():
    """The page of heads, the figure and the board say one number; the list says what it leaves out."""
    one, two = planned(), excused()
    held(one, came=[standing_of(one)])
    CaseRecusal.objects.create(case=two.case, user=one.actor, reason="亲属")
    client = Client()
    client.force_login(one.actor)
    page = client.get("/litigation/appearance/?year=2026")
    numbers = page.context["together"].numbers
    assert (numbers["attended"], numbers["counted"]) == sums(RAW, one.actor) == (1, 2)
    assert page.context["budget"].counted == 2
    listed = client.get("/litigation/appearance/rows/?year=2026&column=counted")
    assert (listed.context["count"], listed.context["hidden"], len(listed.context["page"])) == (2, 1, 1)
    assert two.case.number not in listed.content.decode()


def test_the_year_s_plan_says_which_line_is_assessed():
    suit = planned()
    held(suit, came=[standing_of(suit)])
    excused()
    assert budget_of(suit.actor, 2026, TODAY, RAW, units_of(suit.actor, 2026, TODAY)).is_reached is False
    perform(
        "litigation.set_assessed_line", None, {"year": 2026, "line": JUSTIFIED, "reason": "旗方案"}, suit.actor, TODAY
    )
    assert (assessed_line(2026), assessed_line(2025)) == (JUSTIFIED, RAW)
    found = budget_of(suit.actor, 2026, TODAY, assessed_line(2026), units_of(suit.actor, 2026, TODAY))
    assert (found.attended, found.counted, found.is_reached) == (1, 1, True)
    by_case = budget_of(suit.actor, 2026, TODAY, CASES, units_of(suit.actor, 2026, TODAY))
    assert (by_case.attended, by_case.counted) == (1, 2)
