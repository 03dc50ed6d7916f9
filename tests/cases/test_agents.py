"""Agents by their paper and their time, guardians by the age on the day of the act."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casemgr.actions.perform import perform
from casemgr.cases.models import Mandate, Participation
from casemgr.parties.models import Party
from reconsideration.demo.people import resident_number
from tests.support.flow import received, refusals

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
PAPER = "授权委托书，2026年9月1日"


def part_of(flow, role: str = "applicant") -> Participation:
    return flow.case.participations.filter(role=role).first()


def agent_data(flow, name: str = "周律师", role: str = "applicant", **changes):
    return {
        "principal": part_of(flow, role).pk,
        "name": name,
        "identity_kind": "NONE",
        "identity_note": "已核验律师执业证",
        "basis": "entrusted",
        "profession": "lawyer",
        "power": "general",
        "from_on": DAY,
        "paper": PAPER,
        **changes,
    }


def appoint(flow, name: str = "周律师", role: str = "applicant", **changes):
    return flow.act("officer", "cases.appoint_agent", flow.case, **agent_data(flow, name, role, **changes))


def child(birth: date, serial: int = 900):
    return {"people": [{"name": "小宝", "identity_number": resident_number(serial, birth, "M"), "is_another": "on"}]}


def withdraw(flow, **data):
    return flow.step("officer", "withdraw", party=flow.applicant.pk, content="自愿撤回", **data)


def test_an_agent_is_entered_with_power_time_and_paper(client: Client) -> None:
    flow = received(DAY)
    appoint(flow, power="special", matters=["withdraw"], until_on=date(2026, 12, 31))
    power = Mandate.objects.get()
    assert (power.agent.role, power.agent.represents_id) == ("agent", part_of(flow).pk)
    assert (power.stands_on(date(2026, 12, 31)), power.stands_on(date(2027, 1, 1))) == (True, False)
    client.force_login(flow.office["officer"])
    page = client.get(f"/cases/{flow.case.pk}/").content.decode()
    assert PAPER in page
    assert page.count("周律师") >= 3
    assert client.get(f"/cases/{flow.case.pk}/actions/cases.appoint_agent/").status_code == 200


def test_at_most_two_at_a_time_and_a_new_paper_adds_nobody() -> None:
    flow = received(DAY)
    appoint(flow)
    appoint(flow, name="吴代理", profession="relative")
    assert refusals(appoint, flow, name="郑代理") == {("too-many-agents", "17(1)")}
    first = Mandate.objects.first()
    appoint(flow, name="", agent=first.agent_id, power="special", matters=["settle"])
    flow.act("officer", "cases.end_agency", flow.case, mandate=first.pk, ended_on=DAY, reason="书面解除")
    for power in Mandate.objects.filter(agent=first.agent, ended_on=None):
        flow.act("officer", "cases.end_agency", flow.case, mandate=power.pk, ended_on=DAY, reason="书面解除")
    first.agent.refresh_from_db()
    assert first.agent.left_on == DAY
    flow.on(date(2026, 9, 2))
    appoint(flow, name="郑代理", from_on=date(2026, 9, 2))


def test_the_respondent_names_its_staff_before_a_lawyer() -> None:
    flow = received(DAY)
    article = "《行政复议法实施条例》（2026年修订）第18条第2款"
    assert refusals(appoint, flow, role="respondent") == {("staff-first", article)}
    appoint(flow, name="刘科长", role="respondent", basis="designated", profession="staff")
    appoint(flow, role="respondent")
    appoint(flow, name="马科员", role="respondent", basis="designated", profession="staff")
    more = {"name": "牛科员", "role": "respondent", "basis": "designated", "profession": "staff"}
    assert refusals(appoint, flow, **more) == {("too-many-agents", article)}


def test_nobody_is_agent_of_both_sides() -> None:
    flow = received(DAY)
    appoint(flow)
    lawyer = Party.objects.get(name="周律师")
    flow.act("officer", "cases.appoint_agent", flow.case,
             **agent_data(flow, "刘科长", "respondent", basis="designated", profession="staff"))  # fmt: skip
    again = agent_data(flow, "", "respondent", known_party=lawyer.pk)
    assert refusals(flow.act, "officer", "cases.appoint_agent", flow.case, **again) == {
        ("agent-not-possible", "《民法典》第168条")
    }
    self_made = agent_data(flow, "", known_party=flow.applicant.pk)
    assert {
        code for code, _article in refusals(flow.act, "officer", "cases.appoint_agent", flow.case, **self_made)
    } == {"agent-not-possible"}


@pytest.mark.parametrize(
    ("power", "on", "expected"),
    [
        ({}, DAY, {("special-authority", "17(2)")}),
        ({"power": "special", "matters": ["settle"]}, DAY, {("special-authority", "17(2)")}),
        ({"power": "special", "matters": ["withdraw"], "until_on": DAY}, date(2026, 9, 2), {("no-mandate", "17(2)")}),
    ],
)
def test_withdrawing_through_an_agent_needs_special_authority_that_day(power, on, expected) -> None:
    flow = received(DAY)
    appoint(flow, **power)
    agent = part_of(flow, "agent")
    flow.on(on)
    assert refusals(withdraw, flow, through=agent.pk) == expected
    assert flow.state == "RECEIVED"


def test_the_right_paper_lets_the_agent_withdraw() -> None:
    flow = received(DAY)
    appoint(flow, power="special", matters=["withdraw"])
    withdraw(flow, through=part_of(flow, "agent").pk)
    assert flow.state == "ABANDONED"
    assert flow.case.events.get(kind="withdrawn").data["through"] == "周律师"


def test_an_agent_of_the_registration_without_paper_has_no_power(client: Client) -> None:
    people = [
        {"name": "申请人某", "identity_number": resident_number(901, date(1980, 3, 3), "M"), "is_another": "on"},
        {"name": "周律师", "identity_kind": "NONE", "identity_note": "律师证", "role": "agent", "is_another": "on"},
    ]
    flow = received(DAY, people=people)
    agent = part_of(flow, "agent")
    assert refusals(withdraw, flow, through=agent.pk) == {("no-mandate", "17(2)")}
    client.force_login(flow.office["officer"])
    address = f"/cases/{flow.case.pk}/actions/cases.appoint_agent/?agent={agent.pk}"
    assert address.replace("&", "&amp;") in client.get(f"/cases/{flow.case.pk}/").content.decode()
    assert f'value="{agent.pk}" selected' in client.get(address).content.decode()


# Statutory agents


def guardian(flow, from_on: date = DAY, **changes):
    data = {"principal": part_of(flow).pk, "name": "宝父", "identity_kind": "NONE", "identity_note": "见户口簿",
            "from_on": from_on, "paper": "户口簿", **changes}  # fmt: skip
    return flow.act("officer", "cases.appoint_statutory_agent", flow.case, **data)


def test_below_eight_no_acceptance_without_the_statutory_agent(client: Client) -> None:
    flow = received(DAY, **child(date(2018, 9, 2)))
    flow.examine()
    assert refusals(flow.step, "head", "accept", track="ordinary", simplified_ground="") == {
        ("needs-statutory-agent", "14(3)")
    }
    client.force_login(flow.office["officer"])
    assert "《民法典》第20条" in client.get(f"/cases/{flow.case.pk}/").content.decode()
    guardian(flow)
    flow.accept()
    assert flow.state == "ACCEPTED"


def test_from_eight_on_it_is_asked_for_and_not_enforced(client: Client) -> None:
    flow = received(DAY, **child(date(2018, 9, 1)))
    client.force_login(flow.office["officer"])
    assert "《民法典》第19条" in client.get(f"/cases/{flow.case.pk}/").content.decode()
    flow.accept()
    assert flow.state == "ACCEPTED"


def test_capacity_is_judged_on_the_day_of_the_act() -> None:
    """Seventeen when applying, adult three weeks later: first only through the father, then not through him."""
    flow = received(DAY, **child(date(2008, 9, 20)))
    guardian(flow)
    father = part_of(flow, "statutory_agent")
    assert refusals(withdraw, flow) == {("needs-statutory-agent", "《民法典》第19条")}
    flow.on(date(2026, 9, 20))
    assert refusals(withdraw, flow, through=father.pk) == {("has-capacity", "《民法典》第18条第1款")}
    late = {"principal": part_of(flow).pk, "name": "宝母", "identity_kind": "NONE", "identity_note": "户口簿",
            "from_on": date(2026, 9, 20), "paper": "户口簿"}  # fmt: skip
    assert {code for code, _a in refusals(flow.act, "officer", "cases.appoint_statutory_agent", flow.case, **late)} == {
        "has-capacity"
    }
    flow.step("officer", "withdraw", party=flow.applicant.pk, content="撤回", on=date(2026, 9, 10), through=father.pk)
    assert flow.state == "ABANDONED"


def test_a_declared_adult_needs_the_agent_and_own_labour_frees_a_minor() -> None:
    flow = received(DAY)
    declared = {"kind": "declared_none", "from_on": date(2026, 1, 5), "paper": "（2026）内0621民特1号"}
    perform("party.record_capacity", flow.applicant, declared, flow.office["officer"], DAY)
    assert refusals(withdraw, flow) == {("needs-statutory-agent", "《民法典》第21条第1款")}
    young = received(DAY, **child(date(2009, 5, 1), 902))
    labour = {"kind": "own_labour", "from_on": date(2026, 1, 5), "paper": "劳动合同、工资流水"}
    perform("party.record_capacity", young.applicant, labour, young.office["officer"], DAY)
    withdraw(young)
    assert young.state == "ABANDONED"


def test_a_child_is_nobodys_agent() -> None:
    flow = received(DAY)
    minor = agent_data(flow, "小强", identity_kind="NONE", birth_on=date(2012, 1, 1))
    assert refusals(flow.act, "officer", "cases.appoint_agent", flow.case, **minor) == {
        ("agent-not-possible", "《民法典》第19条")
    }


def test_a_known_person_is_chosen_by_name_and_only_asked_about_when_there_is_one(client: Client) -> None:
    flow = received(DAY)
    appoint(flow, phone="13912345678", birth_on=date(1980, 5, 6))
    lawyer = Party.objects.get(name="周律师")
    other = received(DAY)
    client.force_login(other.office["officer"])
    address = f"/cases/{other.case.pk}/actions/cases.appoint_agent/"
    empty = client.get(address).content.decode()
    assert '<input type="hidden" name="known_party"' in empty
    assert 'type="checkbox" name="is_another"' not in empty
    sent = agent_data(other, phone="13912345678", birth_on="1980-05-06") | {"from_on": DAY.isoformat()}
    asked = client.post(address, sent).content.decode()
    assert f'<option value="{lawyer.pk}">周律师' in asked
    assert 'type="checkbox" name="is_another"' in asked
    client.post(address, sent | {"known_party": lawyer.pk})
    assert Mandate.objects.filter(agent__party=lawyer, principal__case=other.case).exists()
