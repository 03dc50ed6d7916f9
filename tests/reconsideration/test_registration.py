"""Registering an application: what is written, and what is refused with which words."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from casemgr.actions.errors import Forbidden, InvalidInput
from casemgr.cases.models import Act, Case, Participation
from casemgr.numbering.models import IssuedNumber
from casemgr.organisation.models import Unit
from casemgr.parties.models import Party
from casemgr.parties.snapshots import open_snapshot
from reconsideration.models import ManagementAreaRow

pytestmark = pytest.mark.django_db


def refused(register, application, **changes) -> InvalidInput:
    """The refusal; nothing at all may have been written."""
    before = (Case.objects.count(), Party.objects.count(), Act.objects.count(), IssuedNumber.objects.count())
    with translation.override("en"), pytest.raises(InvalidInput) as caught:
        register(application, **changes)
        str(caught)
    assert (Case.objects.count(), Party.objects.count(), Act.objects.count(), IssuedNumber.objects.count()) == before
    return caught.value


def message(error: InvalidInput, field: str | None) -> str:
    found = [str(refusal.message) for refusal in error.refusals if refusal.field == field]
    assert found, [(r.field, str(r.message)) for r in error.refusals]
    return " ".join(found)


def test_an_application_becomes_a_case_with_number_parties_act_and_deadline(register, application, officer, agency):
    case = register(application)
    assert case.number == "达政复字〔2026〕1号"
    assert (case.state, case.stage, case.law_version, case.version) == ("RECEIVED", "intake", "2023", 1)
    assert case.title == "不服达拉特旗市场监督管理局行政处罚决定"
    assert (case.lead_handler, case.unit.code, case.opened_on) == (officer, "150621-SFJ-FY", date(2026, 11, 23))
    assert (case.act.agency, case.act.number, case.act.acted_on) == (agency, "达市监罚〔2026〕77号", date(2026, 10, 12))
    roles = {part.role: part for part in case.participations.all()}
    assert set(roles) == {"applicant", "respondent"}
    applicant = roles["applicant"]
    assert open_snapshot(applicant.party, applicant.snapshot)["address"] == "树林召镇东园村3社12号"
    (event,) = case.events.all()
    assert (event.kind, event.occurred_on) == ("received", date(2026, 11, 23))
    assert case.next_due_on == date(2026, 11, 30)
    assert [row.rule for row in case.deadlines.all() if row.rule == "R-ACC"] == ["R-ACC"]
    assert {gram.gram for gram in case.title_grams.all()} >= {"不服", "处罚"}


def test_the_number_belongs_to_the_year_of_registration(register, application):
    case = register(
        application,
        received_on="2025-12-30",
        acted_on="2025-12-01",
        known_on="2025-12-02",
        application_method="in_person",
    )
    assert (case.number_year, case.number) == (2026, "达政复字〔2026〕1号")


def test_the_same_person_and_act_are_one_row_each(register, application):
    first = register(application)
    second = register(application, same_act_checked="on")
    assert first.act_id == second.act_id
    assert Party.objects.filter(name="张建国").count() == 1
    assert (first.number_sequence, second.number_sequence) == (1, 2)


def test_the_same_act_again_is_named_and_asks_for_a_tick(register, application):
    first = register(application)
    error = refused(register, application)
    assert first.number in message(error, "same_act_checked")
    other_spelling = refused(register, application, act_number="达市监罚（2026）77号")
    assert first.number in message(other_spelling, "same_act_checked")
    without_number = register(application, act_number="", same_act_checked=True)
    assert without_number.act_id != first.act_id


def test_the_same_act_by_day_and_kind_where_it_has_no_number(register, application):
    first = register(application, act_number="")
    assert first.number in message(refused(register, application, act_number=""), "same_act_checked")
    register(application, act_number="", acted_on="2026-10-10")


def test_a_case_outside_the_scope_shows_no_serial_number(register, application, make_user):
    register(application)
    Case.objects.update(unit=Unit.objects.get(code="150621-ZRJ"))
    text = message(refused(register, application), "same_act_checked")
    assert "达政复字〔2026〕**号" in text


def test_a_known_party_is_chosen_by_its_id(register, application):
    first = register(application)
    known = first.participations.get(role="applicant").party
    again = register(
        application, people=[{"role": "applicant", "known_party": known.pk}], act_number="达市监罚〔2026〕78号"
    )
    assert again.participations.get(role="applicant").party == known


def test_several_people_with_parts_and_an_agency_that_is_not_in_the_list(register, application):
    people = [
        *application["people"],
        {"role": "third_party", "kind": "organisation", "name": "达拉特旗万佳商贸有限公司", "identity_kind": "NONE",
         "identity_note": "未提供"},
        {"role": "agent", "kind": "person", "name": "王丽", "identity_kind": "NONE", "identity_note": "未提供"},
    ]  # fmt: skip
    case = register(
        application, people=people, respondents=[{"name": "达拉特旗某某管理站", "agency_kind": "dispatched_body"}]
    )
    agent = case.participations.get(role="agent")
    assert agent.represents.role == "applicant"
    respondent = case.participations.get(role="respondent").party
    assert (respondent.kind, respondent.agency_kind) == ("agency", "dispatched_body")


def test_page_input_says_the_same_as_plain_data(register, application, agency):
    plain = {name: value for name, value in application.items() if name not in ("people", "respondents")}
    page = {f"people-0-{name}": value for name, value in application["people"][0].items()}
    empty_row = {"people-1-role": "applicant", "people-1-kind": "person", "people-1-name": ""}
    case = register(
        plain | page | empty_row | {"respondents-0-known_party": str(agency.pk), "people-0-known_party": ["", ""]}
    )
    assert Participation.objects.filter(case=case).count() == 2


def test_an_omission_needs_no_date_and_comes_first(register, application):
    case = register(
        application, matter="omission", act_title="未履行查处职责", act_number="", acted_on="", known_on="",
        known_ground="", duty_requested_on="2026-08-01",
    )  # fmt: skip
    assert case.act.acted_on is None
    assert case.facts.is_mandatory_first


def test_whether_reconsideration_comes_first_follows_article_23_unless_answered(register, application):
    assert not register(application).facts.is_mandatory_first
    spot = register(application, act_number="2", known_ground="on_the_spot")
    assert spot.facts.is_mandatory_first
    assert not register(
        application, act_number="3", known_ground="on_the_spot", is_mandatory_first="no"
    ).facts.is_mandatory_first
    assert register(application, act_number="4", is_mandatory_first=True).facts.is_mandatory_first


def test_the_area_may_be_named(register, application):
    row = ManagementAreaRow.objects.get(name="市场监管")
    assert register(application, area="市场监管").facts.area == row


def test_old_applications_keep_the_old_law(register, application):
    case = register(application, received_on="2023-12-29", acted_on="2023-11-12", known_on="2023-11-14")
    assert case.law_version == "2017"


def test_a_repeated_key_registers_once(register, application):
    first, second = register(application, key="k1"), register(application, key="k1")
    assert first.pk == second.pk
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"received_on": "2026-11-26"}, "received_on", "future"),
        ({"received_on": "2026-02-30"}, "received_on", "not a day"),
        ({"received_on": ""}, "received_on", "Fill in “Received on”"),
        ({"application_method": "post", "sent_on": "2026-11-24"}, "sent_on", "after the day of receipt"),
        ({"application_method": "post"}, "sent_on", "postmark"),
        ({"application_method": "oral"}, "oral_record", "22(3)"),
        ({"acted_on": "2026-11-24", "known_on": "", "known_ground": ""}, "acted_on", "after the day of receipt"),
        ({"known_on": "2026-10-01"}, "known_on", "before its date"),
        ({"acted_on": ""}, "acted_on", "tick the box"),
        ({"unit": "999999"}, "unit", "unknown"),
        ({"amount_yuan": "-3"}, "amount_yuan", "negative"),
        ({"obstacle_days": "7"}, "obstacle_reason", "why"),
        ({"act_title": "对150699198503120017的处罚"}, "act_title", "leave it out"),
        ({"respondents": []}, None, "respondent"),
        ({"respondents": [{"name": "某局"}]}, "respondents-0-agency_kind", "kind of agency"),
        (
            {"people": [{"role": "third_party", "name": "李四", "identity_kind": "NONE", "identity_note": "无"}]},
            None,
            "applicant",
        ),
        ({"people": [{"role": "applicant", "known_party": 999999}]}, "people-0", "not in the registry"),
        (
            {"people": [{"name": "张建国", "identity_kind": "RID", "identity_number": "150699198503120018"}]},
            "people-0-identity_number",
            "mistyped",
        ),
    ],
)  # fmt: skip
def test_bad_input_names_the_field_and_what_to_do(register, application, changes, field, words):
    assert words in message(refused(register, application, **changes), field)


def test_a_person_entered_twice_is_refused(register, application):
    error = refused(register, application, people=[*application["people"], *application["people"]])
    assert "entered twice" in message(error, "people-1")


def test_another_name_for_a_known_number_is_refused(register, application):
    register(application)
    other = [application["people"][0] | {"name": "王五"}]
    error = refused(register, application, people=other, act_number="9")
    assert any(refusal.field and refusal.field.startswith("people-0") for refusal in error.refusals)


def test_a_unit_outside_the_role_is_refused(register, application):
    other = Unit.objects.get(code="150621-ZRJ")
    assert "does not reach" in message(refused(register, application, unit=other.pk), "unit")


def test_who_is_no_officer_may_not_register(register, application, make_user):
    for role in ("mediator", "authority", "auditor", None):
        with pytest.raises(Forbidden):
            register(application, actor=make_user(f"user-{role}", role))
    assert not Case.objects.exists()
