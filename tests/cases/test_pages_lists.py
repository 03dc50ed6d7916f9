"""Worklist and register: what stands where, filters in the address, scope, and the budget of queries."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from casemgr.cases.models import Case, CaseAccess, CaseRecusal
from casemgr.pages.clock import today as clock_today
from tests.support.register import OTHER, agency, applicant, person, queries, received_case, record, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return clock_today()


@pytest.fixture
def officer():
    return person("lizhiqiang", "officer")


@pytest.fixture
def desk(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def dated(case: Case, **days) -> Case:
    """Put the case's next days where the test wants them."""
    Case.objects.filter(pk=case.pk).update(**days)
    return case


def test_every_running_case_stands_in_exactly_one_part_of_the_worklist(desk, officer, today) -> None:
    day = timedelta(days=1)
    own, other = "next_due_on", "next_other_due_on"
    places = {
        "overdue": {own: today - day, other: None},
        "today": {own: today, other: today - day},
        "week": {own: today + 7 * day, other: None},
        "waiting": {own: today + 8 * day, other: today + day},
        "later": {own: today + 8 * day, other: None},
        "undated": {own: None, other: None},
    }
    closed = received_case(today, today, handler=officer, title="不服to_archive")
    Case.objects.filter(pk=closed.pk).update(stage="closed", next_due_on=None)
    Case.objects.filter(pk=received_case(today, today, handler=officer).pk).update(stage="archived")
    for place, days in places.items():
        dated(received_case(today, today, handler=officer, title=f"不服{place}"), **days)
    answer = desk.get("/work/")
    found = {section.queue.code: [row.case.title for row in section.rows] for section in answer.context["sections"]}
    assert found == {place: [f"不服{place}"] for place in (*places, "to_archive")}
    for place in found:
        listed = desk.get(f"/cases/?queue={place}&handler=me")
        assert [row.case.title for row in listed.context["rows"]] == [f"不服{place}"]


def test_a_row_names_the_rule_and_what_is_late_in_words(desk, officer, today) -> None:
    received_case(today - timedelta(days=20), today, handler=officer)
    text = desk.get("/work/").content.decode()
    assert "逾期" in text
    assert "▲" in text
    assert str(desk.get("/work/").context["sections"][0].rows[0].rule) in text


def test_my_cases_are_those_i_lead_or_help_with_and_one_click_shows_the_office(desk, officer, today) -> None:
    colleague = person("chengui", "officer", full_name="陈桂花")
    received_case(today, today, handler=officer, title="我的案件")
    helped = received_case(today, today, handler=colleague, title="协办案件")
    helped.further_handlers.add(officer)
    received_case(today, today, handler=colleague, title="他人案件")
    mine, office = desk.get("/work/").content.decode(), desk.get("/work/?whose=office").content.decode()
    assert ("我的案件" in mine, "协办案件" in mine, "他人案件" in mine) == (True, True, False)
    assert "他人案件" in office


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/work/", 14),  # one of them for registrations not sent yet, one for coming hearings
        ("/work/?whose=office", 14),
        *((address, 12) for address in ("/cases/", "/cases/?sort=due", "/cases/?sort=number")),
    ],
)
def test_lists_cost_no_more_queries_with_five_hundred_rows_than_with_five(desk, officer, today, address, most) -> None:
    respondent, by = agency(), applicant()
    for _ in range(5):
        received_case(today, today, handler=officer, against=respondent, by=by)
    few, answer = queries(desk, address)
    assert answer.status_code == 200
    _many(500, officer, today, respondent, by)
    many, _answer = queries(desk, address)
    assert many <= most
    assert few <= most


def _many(count: int, handler, today, respondent, by) -> None:
    model = received_case(today, today, handler=handler, against=respondent, by=by)
    parts = list(model.participations.all())
    cases = [
        Case(
            number=f"达政复字〔2025〕{n}号",
            number_year=2025,
            number_sequence=n,
            procedure="reconsideration",
            title="不服征收补偿决定",
            unit=model.unit,
            lead_handler=handler,
            state="RECEIVED",
            stage="intake",
            opened_on=today,
            next_due_on=today + timedelta(days=n % 20 - 5),
        )
        for n in range(1, count + 1)
    ]
    cases = Case.objects.bulk_create(cases)
    part = type(parts[0])
    part.objects.bulk_create(
        part(case_id=case.pk, party_id=known.party_id, role=known.role, name=known.name)
        for case in cases
        for known in parts
    )


def test_search_costs_a_fixed_number_of_queries(desk, officer, today) -> None:
    respondent, by = agency(), applicant()
    received_case(today, today, handler=officer, against=respondent, by=by)
    few, _answer = queries(desk, f"/cases/?q={quote('王宝音')}")
    _many(200, officer, today, respondent, by)
    many, answer = queries(desk, f"/cases/?q={quote('王宝音')}")
    assert answer.context["count"] == "202"
    # one more than with few rows: the page is not whole any more, so that it is counted
    assert many <= few + 1


def test_conditions_live_in_the_address_and_each_can_be_taken_away(desk, officer, today) -> None:
    received_case(today, today, handler=officer, title="不服行政处罚决定", by=applicant("云巴特尔"))
    accepted = received_case(today - timedelta(days=9), today, title="不服征收补偿决定")
    record(accepted, today, ("accepted", today), state="ACCEPTED")

    def titles(query: str) -> list[str]:
        return [row.case.title for row in desk.get(f"/cases/?{query}").context["rows"]]

    assert titles("") == ["不服征收补偿决定", "不服行政处罚决定"]
    assert titles("stage=open") == titles("state=ACCEPTED") == ["不服征收补偿决定"]
    assert titles(f"q={quote('云巴')}") == titles("handler=me") == titles("stage=intake") == ["不服行政处罚决定"]
    assert titles(f"q={quote(accepted.number)}") == ["不服征收补偿决定"]
    assert titles(f"unit={unit().pk}&procedure=reconsideration") == titles("")
    assert titles(f"due_before={(today - timedelta(days=30)).isoformat()}") == []
    page = desk.get(f"/cases/?q={quote('云巴')}&stage=intake").content.decode()
    assert "清除全部条件" in page
    assert "?stage=intake" in page
    assert f"?q={quote('云巴')}" in page


@pytest.mark.parametrize("query", ["stage=nonsense", "due_before=2026-02-31", "unit=x", "handler=1 or 1", "queue=all"])
def test_a_condition_that_cannot_be_read_matches_nothing_and_says_so(desk, officer, today, query) -> None:
    received_case(today, today, handler=officer)
    answer = desk.get(f"/cases/?{query}")
    assert (answer.status_code, answer.context["rows"]) == (200, [])
    assert 'role="alert"' in answer.content.decode()


def test_the_next_page_keeps_the_conditions(desk, officer, today) -> None:
    for _ in range(30):
        received_case(today, today, handler=officer)
    first = desk.get("/cases/?stage=intake&sort=due")
    cursor = first.context["page"].next["after"]
    assert f"stage=intake&amp;sort=due&amp;after={quote(cursor)}" in first.content.decode()
    second = desk.get("/cases/", {"stage": "intake", "sort": "due", "after": cursor})
    seen = [row.case.pk for answer in (first, second) for row in answer.context["rows"]]
    assert len(seen) == len(set(seen)) == 30


def test_lists_show_only_what_is_in_scope(today, officer) -> None:
    ours, shared = received_case(today, today, handler=officer), received_case(today, today)
    stranger = person("gongan", "officer", at=OTHER)
    CaseAccess.objects.create(case_id=shared.pk, unit=unit(OTHER))
    client = Client()
    client.force_login(stranger)
    for address in ("/work/?whose=office", "/cases/"):
        text = client.get(address).content.decode()
        assert shared.number in text
        assert ours.number not in text
    CaseRecusal.objects.create(case_id=shared.pk, user=stranger, reason="近亲属")
    assert shared.number not in client.get("/cases/").content.decode()
