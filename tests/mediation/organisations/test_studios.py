"""Personal studios: the way from application to work, what refuses it, and the end."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, WrongState
from casemgr.actions.perform import perform
from mediation.models import Filing, Studio, StudioPolicy
from mediation.organisations.coverage import coverage
from mediation.organisations.names import clash, full_and_short, name_key
from mediation.organisations.open_cases import open_cases_of
from mediation.organisations.sealing import sealing_unit
from mediation.organisations.studio_findings import studio_findings
from mediation.registration.recording import committee_of
from tests.support.mediation import dispute
from tests.support.organisations import TODAY, active_studio, application, mediator_row, town, whole_committee
from tests.support.register import person

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def people():
    return SimpleNamespace(
        town=person("town-1", "town", at="150621100"),
        leader=person("leader-1", "leader", at="150621-SFJ"),
        section=person("section-1", "guidance", at="150621"),
        secretary=person("secretary-1", "committee", at="150621100"),
    )


@pytest.fixture
def committee():
    return whole_committee()


@pytest.fixture
def giver(committee):
    return mediator_row(committee, "折茂林", position="mediator", how="hired")


def draft(people, committee, giver, **changed) -> Studio:
    return perform("studio.draft", None, application(committee, giver, **changed), people.secretary, TODAY)


def codes(refused) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def test_from_the_application_to_work(people, committee, giver) -> None:
    studio = active_studio(committee, giver, people)
    assert (studio.state, studio.short_name, studio.number) == ("ACTIVE", "折茂林调解工作室", "达调工室〔2026〕1号")
    assert studio.full_name == f"{committee}折茂林调解工作室"
    assert (studio.unit.parent, studio.unit.code) == (committee.unit, "150621100-G01")
    assert [place.name for place in coverage(TODAY).places if place.studios] == ["树林召镇"]
    filing = Filing.objects.get(studio=studio)
    assert (filing.matter, filing.happened_on, filing.due_on) == ("founded", TODAY, date(2027, 1, 5))
    assert filing.calendar_status == "estimated"


def test_agreements_of_a_studio_bear_the_committees_seal(people, committee, giver) -> None:
    """People's Mediation Law, art. 29."""
    studio = active_studio(committee, giver, people)
    assert sealing_unit(studio.unit) == committee_of(studio.unit) == committee.unit
    assert not studio.unit.seals.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"consented_on": ""}, "no-consent"),
        ({"years_of_mediation": 4}, "conditions"),
        ({"cases_in_three_years": 59}, "conditions"),
        ({"success_rate": "89.99"}, "conditions"),
        ({"success_rate": ""}, "conditions"),
    ],
)
def test_what_keeps_an_application_from_being_submitted(people, committee, giver, changed, code) -> None:
    studio = draft(people, committee, giver, **changed)
    with pytest.raises(GuardRefused) as refused:
        perform("studio.submit", studio, {}, people.secretary, TODAY)
    assert codes(refused) == [code]


def test_a_committee_that_is_not_whole_has_no_studio(people, committee, giver) -> None:
    committee.engagements.filter(mediator__sex="F").delete()
    studio = draft(people, committee, giver)
    with pytest.raises(GuardRefused) as refused:
        perform("studio.submit", studio, {}, people.secretary, TODAY)
    assert codes(refused) == ["committee-not-whole"]


def test_the_name_giver_mediates_for_the_committee(people, committee) -> None:
    studio = draft(people, committee, mediator_row(whole_committee(town()), "訾来栓"))
    with pytest.raises(GuardRefused) as refused:
        perform("studio.submit", studio, {}, people.secretary, TODAY)
    assert codes(refused) == ["name-giver-not-engaged"]


def test_a_name_stands_once_in_the_banner_and_a_person_names_one_studio(people, committee, giver) -> None:
    active_studio(committee, giver, people)
    with pytest.raises(GuardRefused) as refused:
        draft(people, committee, giver, name_type="special", name_word="折 茂林")
    assert codes(refused) == ["name-taken", "one-name-giver"]


@pytest.mark.parametrize(("one", "other"), [("连心桥", "连 心桥"), ("ABC", "ａｂｃ"), ("奇·苏和", "奇苏和")])
def test_names_are_compared_without_blanks_dots_and_widths(one, other) -> None:
    assert name_key(one) == name_key(other)


def test_the_formula_is_data(people, committee, giver) -> None:
    sent = {
        "effective_on": (TODAY - timedelta(days=1)).isoformat(), "source": "达司发〔2026〕1号", "min_years": 1,
        "full_name_formula": "{committee}{name}个人调解室", "short_name_formula": "{name}个人调解室",
        "approver": "guidance", "grace_months": 3,
    }  # fmt: skip
    perform("studio_policy.set", None, sent, people.section, TODAY)
    policy = StudioPolicy.objects.on(TODAY)
    assert full_and_short(policy, committee, "连心桥")[1] == "连心桥个人调解室"
    assert StudioPolicy.objects.on(TODAY - timedelta(days=2)).approver == "leader"
    with pytest.raises(InvalidInput):
        perform("studio_policy.set", None, {**sent, "short_name_formula": "调解室"}, people.section, TODAY)
    # the other approver decides from then on
    studio = perform("studio.submit", draft(people, committee, giver), {}, people.secretary, TODAY)
    studio = perform("studio.review", studio, {"opinion": "同意"}, people.town, TODAY)
    decision = {"decision_no": "1号", "approved_on": TODAY.isoformat(), "opinion": "同意"}
    with pytest.raises(Forbidden):
        perform("studio.approve", studio, decision, people.leader, TODAY)
    assert perform("studio.approve", studio, decision, people.section, TODAY).state == "APPROVED"


def test_who_decides_and_in_which_order(people, committee, giver) -> None:
    studio = draft(people, committee, giver)
    decision = {"decision_no": "1号", "approved_on": TODAY.isoformat(), "opinion": "同意"}
    with pytest.raises(WrongState):
        perform("studio.approve", studio, decision, people.leader, TODAY)
    studio = perform("studio.submit", studio, {}, people.secretary, TODAY)
    with pytest.raises(Forbidden):
        perform("studio.review", studio, {"opinion": "同意"}, people.secretary, TODAY)
    studio = perform("studio.give_back", studio, {"reason": "补证明"}, people.town, TODAY)
    assert (studio.state, studio.applied_on) == ("DRAFT", None)
    studio = perform("studio.submit", studio, {}, people.secretary, TODAY)
    studio = perform("studio.review", studio, {"opinion": "同意"}, people.town, TODAY)
    with pytest.raises(Forbidden):
        perform("studio.approve", studio, decision, people.town, TODAY)
    studio = perform("studio.refuse", studio, {"reason": "另行申请"}, people.leader, TODAY)
    assert studio.state == "REFUSED"
    assert not clash(studio.short_name, studio.full_name)
    draft(people, committee, giver)


def test_a_suspended_studio_covers_nothing_until_it_resumes(people, committee, giver) -> None:
    studio = active_studio(committee, giver, people)
    studio = perform("studio.suspend", studio, {"on": LATER.isoformat(), "reason": "培训"}, people.town, LATER)
    again = LATER + timedelta(days=10)
    with pytest.raises(InvalidInput):
        perform("studio.resume", studio, {"on": TODAY.isoformat(), "reason": "结束"}, people.town, again)
    studio = perform("studio.resume", studio, {"on": again.isoformat(), "reason": "结束"}, people.town, again)
    days = (TODAY, LATER - timedelta(days=1), LATER, again - timedelta(days=1), again)
    assert [coverage(day).covered for day in days] == [1, 1, 0, 0, 1]
    assert studio.periods.filter(is_first=True).count() == 1


def test_cases_are_handed_over_before_a_studio_is_cancelled(people, committee, giver) -> None:
    studio = active_studio(committee, giver, people)
    perform("studio.plaque", studio, {"plaque_no": "3", "plaque_issued_on": TODAY.isoformat()}, people.town, TODAY)
    studio.refresh_from_db()
    case = dispute(TODAY, TODAY, at=studio.unit)
    assert list(open_cases_of(studio)) == [case]
    sent = {"ground": "own_request", "on": LATER.isoformat()}
    with pytest.raises(InvalidInput) as incomplete:
        perform("studio.cancel", studio, sent, people.leader, LATER)
    assert "plaque_returned_on" in incomplete.value.form.errors
    sent["plaque_returned_on"] = LATER.isoformat()
    with pytest.raises(GuardRefused) as refused:
        perform("studio.cancel", studio, sent, people.leader, LATER)
    assert codes(refused) == ["open-cases"]
    assert case.number in str(refused.value.refusals[0].message)
    type(case).objects.filter(pk=case.pk).update(unit=committee.unit)
    studio = perform("studio.cancel", studio, sent, people.leader, LATER)
    assert (studio.state, studio.unit.ended_on, studio.unit.successor) == (
        "CANCELLED", LATER - timedelta(days=1), committee.unit,
    )  # fmt: skip
    assert [coverage(day).covered for day in (LATER - timedelta(days=1), LATER)] == [1, 0]
    assert not studio.members.filter(until_on__isnull=True).exists()
    assert studio.filings.last().matter == "ended"


def test_after_the_name_givers_death_it_is_renamed_within_the_grace(people, committee, giver) -> None:
    studio = active_studio(committee, giver, people)
    other = mediator_row(committee, "边玉莲", position="mediator", how="hired")
    sent = {"engagement": giver.engagements.get().pk, "ended_on": LATER.isoformat(), "ground": "died"}
    perform("mediator.end_engagement", giver, sent, people.town, LATER)
    studio.refresh_from_db()
    assert studio.rename_by == date(2027, 6, 23)
    assert {finding.code for finding in studio_findings(studio, LATER)} == {"name-giver", "rename"}
    name = {"name_type": "special", "name_giver": other.pk, "name_word": "石榴籽", "reason": "命名人去世"}
    late = studio.rename_by + timedelta(days=1)
    with pytest.raises(GuardRefused) as refused:
        perform("studio.rename", studio, {**name, "on": late.isoformat()}, people.section, late)
    assert codes(refused) == ["grace-over"]
    studio = perform("studio.rename", studio, {**name, "on": LATER.isoformat()}, people.section, LATER)
    assert (studio.short_name, studio.unit.short_name, studio.rename_by) == ("石榴籽调解工作室",) * 2 + (None,)
    assert studio_findings(studio, LATER) == []


def test_two_years_below_the_floor_are_a_finding(people, committee, giver) -> None:
    studio = active_studio(committee, giver, people)
    on = date(2029, 2, 1)
    for year, cases in ((2026, 30), (2027, 19), (2028, 12)):
        sent = {"year": year, "cases": cases, "success_rate": "95", "result": "passed", "reviewed_on": on.isoformat()}
        studio = perform("studio.review_year", studio, sent, people.town, on)
        assert ("floor" in {row.code for row in studio_findings(studio, on)}) is (year == 2028)
    with pytest.raises(GuardRefused):
        perform("studio.review_year", studio, sent, people.town, on)
