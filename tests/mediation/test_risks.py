"""The risk machine: noticed, reported at once, received, resolved or escalated; seen in lists and by the town."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.pages.clock import today as clock_today
from mediation.course.risks import prevented
from mediation.models import MediationCase, Risk, RiskReport
from tests.support.mediation import TOWN, mediating, mediator
from tests.support.register import person

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


@pytest.fixture
def lead():
    return mediator()


def notice(case, by, on: date = DAY, **data):
    values = {"on": on, "at": "10:20", "kind": "fight", "people": 12, "description": "两家各叫了亲属",
              "measures": "劝离现场，分头安抚"}  # fmt: skip
    return perform("mediation.notice_risk", case, {**values, **data}, by, on)


def report(case, by, on: date = DAY, **data):
    risk = Risk.objects.latest("pk").pk
    values = {"on": on, "at": "10:40", "risk": risk, "to_whom": "树林召镇司法所", "channel": "phone",
              "content": "可能械斗，请派人到场"}  # fmt: skip
    return perform("mediation.report_risk", case, {**values, **data}, by, on)


def test_the_report_is_due_the_same_day_and_ends_its_own_clock_only(lead) -> None:
    case = notice(mediating(DAY, by=lead), lead)
    case = notice(case, lead, kind="petition")
    assert [(row.due_on, row.status) for row in case.deadlines.filter(rule="M-RISK")] == [(DAY, "open")] * 2
    case = report(case, lead)
    assert sorted(row.status for row in case.deadlines.filter(rule="M-RISK")) == ["met", "open"]
    assert case.facts.risk_flags == ["fight", "petition"]


def test_measures_reports_and_receipts_are_kept_one_after_the_other(lead) -> None:
    case = notice(mediating(DAY, by=lead), lead)
    risk = Risk.objects.get()
    with pytest.raises(ActionError) as error:
        report(case, lead, at="10:00")
    assert {refusal.code for refusal in error.value.refusals} == {"order-of-events"}
    case = report(case, lead)
    values = {"on": DAY, "at": "10:55", "report": RiskReport.objects.get().pk, "received_by": "苏日娜"}
    case = perform("mediation.confirm_risk_receipt", case, values, lead, DAY)
    values = {"on": DAY, "at": "11:30", "risk": risk.pk, "measures": "派出所民警到场"}
    perform("mediation.take_measures", case, values, lead, DAY)
    risk.refresh_from_db()
    assert risk.state == "REPORTED" and risk.measures.endswith("11:30 派出所民警到场")
    assert RiskReport.objects.get().received_by == "苏日娜"


def end(case, by, risk: Risk, result: str, **data):
    values = {"on": DAY, "risk": risk.pk, "result": result, "end_note": "双方亲属散去"}
    return perform("mediation.end_risk", case, {**values, **data}, by, DAY)


def test_what_was_prevented_counts_cases_and_people(lead) -> None:
    cases = [mediating(DAY, by=lead) for _ in range(3)]
    for case, people in ((cases[0], 12), (cases[0], 3), (cases[1], 1)):
        end(notice(case, lead, people=people), lead, Risk.objects.latest("pk"), "RESOLVED")
        cases[cases.index(case)] = MediationCase.objects.get(pk=case.pk)
    last = report(notice(cases[2], lead), lead)
    end(last, lead, Risk.objects.latest("pk"), "CONVERTED", people=15)
    found = prevented(MediationCase.objects.all(), DAY, DAY)
    assert (found["fight"].cases, found["fight"].people) == (2, 16)
    assert (found["suicide"].cases, found["suicide"].people) == (0, 0)


def test_what_has_escalated_was_reported_before(lead) -> None:
    case = notice(mediating(DAY, by=lead), lead)
    with pytest.raises(ActionError) as error:
        end(case, lead, Risk.objects.get(), "CONVERTED")
    assert {(refusal.code, refusal.article) for refusal in error.value.refusals} == {("risk-not-reported", "25")}


def test_lists_show_an_open_risk_and_the_town_finds_it_first(client: Client, lead) -> None:
    today = clock_today()
    case = notice(mediating(today, by=lead), lead, today)
    quiet = mediating(today, by=lead)
    town = person("town-1", "town", at=TOWN)
    client.force_login(town)
    home = client.get("/work/").content.decode()
    assert "Disputes that may escalate" in home and "not reported yet" in home
    rows = client.get("/cases/").context["rows"]
    assert {row.case.pk: [str(mark) for mark in row.marks] for row in rows} == {
        case.pk: ["May escalate"], quiet.pk: [],
    }  # fmt: skip
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "Next step: Report the risk" in page and "两家各叫了亲属" in page
    case = report(case, lead, today)
    end_values = {"on": today, "risk": Risk.objects.get().pk, "result": "RESOLVED", "end_note": "已化解"}
    perform("mediation.end_risk", case, end_values, lead, today)
    assert "Disputes that may escalate" not in client.get("/work/").content.decode()
    client.force_login(person("elsewhere", "town", at="150621101"))
    assert client.get(f"/cases/{case.pk}/").status_code == 404
