"""The case page, the explanation of its deadlines, and its timeline."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.cases import panels
from casemgr.cases.models import Case, CaseRecusal, Participation
from casemgr.pages.clock import today as clock_today
from tests.support.register import OTHER, applicant, pass_all_tests, person, queries, received_case, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return clock_today()


@pytest.fixture
def head():
    return person("gaoxiulan", "officer", "head", full_name="高秀兰")


@pytest.fixture
def desk(head) -> Client:
    client = Client()
    client.force_login(head)
    return client


@pytest.fixture
def case(today, head):
    return received_case(today - timedelta(days=1), today, handler=head)


def page_of(case: Case) -> str:
    return f"/cases/{case.pk}/"


def test_the_next_lawful_step_is_the_one_primary_button(desk, case) -> None:
    text = desk.get(page_of(case)).content.decode()
    assert text.count("btn-primary") == 1
    assert re.search(r'btn-primary" href="/cases/\d+/actions/reconsideration.examine/"', text)
    pass_all_tests(case)
    text = desk.get(page_of(case)).content.decode()
    assert text.count("btn-primary") == 1
    assert re.search(r'btn-primary" href="/cases/\d+/actions/reconsideration.accept/"', text)


def test_what_the_law_forbids_yet_is_said_with_its_article(desk, case) -> None:
    text = desk.get(page_of(case)).content.decode()
    assert "第30条第1款" in text
    assert "尚未确认" in text or "Not yet confirmed" in text


def test_the_page_costs_at_most_twenty_one_queries_with_any_number_of_events(desk, case, today) -> None:
    few, answer = queries(desk, page_of(case))
    assert answer.status_code == 200
    record(case, today, *[("note", today)] * 60)
    for n in range(10):
        party = applicant(f"第三人{n}")
        Participation.objects.create(case_id=case.pk, party=party, role="third_party", name=party.name, order=n)
    many, _answer = queries(desk, page_of(case))
    assert many <= 21
    assert many == few


def test_opening_an_ordinary_case_leaves_no_trace_and_a_restricted_one_does(desk, case) -> None:
    desk.get(page_of(case))
    assert not AccessLog.objects.filter(kind="case_opened").exists()
    Case.objects.filter(pk=case.pk).update(confidentiality="restricted")
    desk.get(page_of(case))
    assert AccessLog.objects.filter(kind="case_opened", subject_id=case.pk).count() == 1


def test_numbers_of_parties_are_masked(desk, case, today) -> None:
    party = case.participations.get(role="applicant").party
    party.set_number("RID", "150621199001010014", today)
    party.save()
    text = desk.get(page_of(case)).content.decode()
    assert party.masked_number in text
    assert "150621199001010014" not in text


def test_out_of_scope_and_recused_look_like_no_such_case(case, head) -> None:
    deadline = case.deadlines.first()
    addresses = [
        page_of(case),
        f"{page_of(case)}deadlines/{deadline.pk}/",
        f"{page_of(case)}actions/reconsideration.examine/",
        f"{page_of(case)}actions/cases.correct_date/",
    ]
    stranger = person("gongan", "officer", "head", at=OTHER)
    recused = person("huibi", "officer", "head")
    CaseRecusal.objects.create(case_id=case.pk, user=recused, reason="近亲属")
    for user in (stranger, recused):
        client = Client()
        client.force_login(user)
        for address in addresses:
            for answer in (
                client.get(address),
                client.post(address, {"on": "2026-11-01"}) if "actions" in address else client.get(address),
            ):
                assert answer.status_code == 404
                assert case.number not in answer.content.decode()


def test_a_deadline_explains_itself_from_the_event_to_the_last_day(desk, case) -> None:
    deadline = case.deadlines.get(rule="R-ACC")
    text = desk.get(f"{page_of(case)}deadlines/{deadline.pk}/").content.decode()
    assert "R-ACC" in text
    assert "第30条第1款" in text
    assert f"#event-{deadline.root_event_id}" in text
    last = deadline.due_on
    assert f"{last.year}年{last.month}月{last.day}日" in text
    assert text.count("<li>") >= 6


def test_an_estimated_date_is_marked(desk, case) -> None:
    case.deadlines.update(calendar_status="estimated")
    deadline = case.deadlines.first()
    for address in (page_of(case), f"{page_of(case)}deadlines/{deadline.pk}/"):
        assert "暂估" in desk.get(address).content.decode()


def test_a_deadline_of_another_case_is_not_found_here(desk, case, today) -> None:
    other = received_case(today, today)
    assert desk.get(f"{page_of(case)}deadlines/{other.deadlines.first().pk}/").status_code == 404


def test_a_corrected_date_shows_both_days_and_moves_the_deadline_with_its_history(desk, case, head, today) -> None:
    event = case.events.get(kind="received")
    deadline = case.deadlines.get(rule="R-ACC")
    before, was = deadline.due_on, event.occurred_on
    now = was - timedelta(days=7)
    perform("cases.correct_date", case, {"event": event.pk, "on": now, "reason": "以邮戳为准"}, head, today)
    deadline.refresh_from_db()
    assert deadline.due_on < before
    case.refresh_from_db()
    assert case.opened_on == now
    text = desk.get(page_of(case)).content.decode()
    for day in (was, now):
        assert f"{day.month}月{day.day}日" in text
    assert "以邮戳为准" in text
    history = desk.get(f"{page_of(case)}deadlines/{deadline.pk}/").content.decode()
    assert f"{before.month}月{before.day}日" in history
    assert "高秀兰" in history


def test_acceptance_by_silence_is_explained_and_leads_to_the_period(desk, case, today) -> None:
    from casemgr.cases import events
    from casemgr.cases.actions import settle

    deadline = case.deadlines.get(rule="R-ACC")
    events.record(case, "accepted", deadline.due_on, deemed=True)
    case.__dict__["state"] = "ACCEPTED"
    settle(case, deadline.due_on + timedelta(days=1))
    text = desk.get(page_of(case)).content.decode()
    timeline = text[text.index('id="timeline"') :]
    assert f"deadlines/{deadline.pk}/" in timeline


def test_a_refused_application_does_not_show_steps_it_will_never_take(desk, case, today) -> None:
    record(case, today, ("refused", today), state="NOT_ACCEPTED")
    marks = desk.get(page_of(case)).context["steps"]
    assert [mark.css for mark in marks] == ["done", "done", "now"]


def test_sections_and_steps_of_other_packages_come_in_their_order(desk, case, monkeypatch) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    monkeypatch.setattr(panels, "_step_providers", [])
    panels.register_panel(70, "cases/_crumbs.html", lambda case, user, today: {"mark": "second"})
    panels.register_steps(lambda case, user, today: [panels.NextStep("拟制答复通知书", "/documents/new/", primary=99)])
    answer = desk.get(page_of(case))
    assert answer.context["proposals"].main.url == "/documents/new/"
    assert ("cases/_crumbs.html", {"mark": "second"}) in answer.context["panels"]


def test_a_party_shows_only_cases_the_reader_may_see(desk, case, today) -> None:
    party = case.participations.get(role="applicant").party
    hidden = received_case(today, today, at=OTHER, by=party)
    text = desk.get(f"/parties/{party.pk}/").content.decode()
    assert case.number in text
    assert hidden.number not in text
    listed = desk.get(f"/cases/?party={party.pk}")
    assert [row.case.pk for row in listed.context["rows"]] == [case.pk]


def test_dates_of_the_past_known_to_the_month_stay_as_they_are(desk, case, today) -> None:
    from casemgr.cases import events

    events.record(case, "published_elsewhere", date(2026, 3, 1), precision="month", as_written="2026年3月间")
    text = desk.get(page_of(case)).content.decode()
    assert "2026年3月间" in text


def test_a_simplified_case_may_go_on_without_hearing_opinions(desk, case, today) -> None:
    record(case, today, ("accepted", today), ("reply_received", today), state="IN_REVIEW")
    assert len(desk.get(page_of(case)).context["steps"]) == 7
    case.facts.track = "simplified"
    case.facts.save()
    marks = desk.get(page_of(case)).context["steps"]
    assert len(marks) == 6
    assert [mark.css for mark in marks].index("now") == 3
