"""A suit from the court's papers to effect, through the actions."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions import registry
from casemgr.actions.errors import ActionError, GuardRefused, InvalidInput, NotVisible
from casemgr.actions.perform import perform
from casemgr.cases.home import work_of
from casemgr.cases.models import Case, Deadline, Event
from casemgr.operation.sweep import sweep
from litigation.models import LitigationCase, Ruling, Standing
from tests.support.litigation import GOVERNMENT, Suit, agency_id, department, entries, liaison
from tests.support.register import applicant, queries

pytestmark = pytest.mark.django_db
RECEIVED = date(2026, 6, 1)


def test_trap_18_the_answer_is_counted_from_the_agency_s_own_receipt():
    suit = Suit(date(2026, 6, 5))
    agency = suit.part("respondent").party
    assert suit.due("L-ANSWER", agency) == date(2026, 6, 16)  # fifteen days after 1 June
    assert suit.case.next_due_on == date(2026, 6, 16)
    suit.on(date(2026, 6, 18)).act("answer", party=agency.pk, on=date(2026, 6, 17), has_evidence=True)
    assert suit.status("L-ANSWER", agency) == "met_late"
    assert suit.state == "ANSWERED"


def test_posted_within_the_period_is_in_time():
    suit = Suit(date(2026, 6, 5))
    agency = suit.part("respondent").party
    suit.on(date(2026, 6, 19)).act("answer", party=agency.pk, on=date(2026, 6, 18), sent_on=date(2026, 6, 16))
    assert suit.status("L-ANSWER", agency) == "met"


def test_each_codefendant_has_fifteen_days_of_its_own():
    agencies = [
        {"known_party": agency_id(), "received_on": RECEIVED},
        {"known_party": agency_id(GOVERNMENT), "received_on": date(2026, 6, 8), "role": "co_defendant",
         "deed": "reconsidered"},
    ]  # fmt: skip
    suit = Suit(date(2026, 6, 9), agencies=agencies, after_reconsideration="upheld")
    bureau, government = (suit.part("respondent", name) for name in ("达拉特旗公安局", GOVERNMENT))
    assert suit.due("L-ANSWER", bureau.party) == date(2026, 6, 16)
    assert suit.due("L-ANSWER", government.party) == date(2026, 6, 23)
    suit.on(date(2026, 6, 12)).act("answer", party=bureau.party_id, on=date(2026, 6, 12))
    assert (suit.status("L-ANSWER", bureau.party), suit.status("L-ANSWER", government.party)) == ("met", "open")
    assert suit.state == "RECEIVED"
    suit.on(date(2026, 6, 15)).act("answer", party=government.party_id, on=date(2026, 6, 15))
    assert suit.state == "ANSWERED"
    assert set(Standing.objects.values_list("role", flat=True)) == {"defendant", "co_defendant"}


def test_an_upheld_act_has_two_defendants():
    with pytest.raises(InvalidInput) as refused:
        Suit(date(2026, 6, 9), after_reconsideration="upheld")
    assert "after_reconsideration" in refused.value.form.errors


def test_trap_19_more_time_must_be_asked_in_writing_within_the_same_fifteen_days():
    suit = Suit(date(2026, 6, 5))
    agency = suit.part("respondent").party
    assert suit.due("L-EVID-EXT", agency) == date(2026, 6, 16)
    suit.on(date(2026, 6, 12)).act("ask_extension", party=agency.pk, on=date(2026, 6, 12), reason="证人在外地")
    assert suit.status("L-EVID-EXT", agency) == "met"
    suit.on(date(2026, 6, 26)).act(
        "extension_decided",
        party=agency.pk,
        on=date(2026, 6, 15),
        is_allowed="yes",
        obstacle_ended_on=date(2026, 6, 25),
    )
    assert suit.due("L-EVID-EXT-FILE", agency) == date(2026, 7, 10)


def test_the_same_court_number_is_one_file():
    first = Suit(date(2026, 6, 5))
    number = first.instance.court_number
    again = entries(court_number=number.replace("（", "(").replace("）", ")"))
    with pytest.raises(InvalidInput) as refused:
        perform("litigation.register", None, again, first.actor, date(2026, 6, 6))
    assert first.case.number in str(refused.value.form.errors["court_number"])


def judged(**changes: str) -> Suit:
    suit = Suit(date(2026, 6, 5), **changes)
    suit.on(date(2026, 6, 10)).act("answer", party=suit.part("respondent").party_id, on=date(2026, 6, 10))
    suit.judge(date(2026, 9, 1))
    return suit


def test_effect_follows_from_each_one_s_receipt_and_comes_by_night():
    suit = judged()
    assert suit.state == "JUDGED"
    suit.serve(date(2026, 9, 1))
    assert suit.ruling.effective_on == date(2026, 9, 17)
    assert suit.state == "JUDGED"
    assert sweep(date(2026, 9, 16)).errors == []
    assert suit.state == "JUDGED"
    assert sweep(date(2026, 9, 17)).errors == []
    assert suit.state == "NOTHING_TO_PERFORM"
    assert suit.case.events.get(kind="ruling_effective").occurred_on == date(2026, 9, 17)
    assert suit.due("L-RETRIAL") == date(2027, 3, 17)


def test_a_service_slip_found_later_moves_effect_and_what_hangs_on_it():
    suit = judged()
    suit.serve(date(2026, 9, 1))
    sweep(date(2026, 9, 20))
    plaintiff = suit.part("applicant").party
    suit.on(date(2026, 9, 21)).correct("judgment_served", date(2026, 9, 3), plaintiff)
    assert suit.ruling.effective_on == date(2026, 9, 19)
    effective = suit.case.events.filter(kind="ruling_effective").get()
    assert effective.corrections.latest("pk").occurred_on == date(2026, 9, 19)
    assert suit.due("L-RETRIAL") == date(2027, 3, 19)
    # later still: it does not bind yet
    suit.on(date(2026, 9, 21)).correct("judgment_served", date(2026, 9, 10), plaintiff)
    assert suit.state == "JUDGED"
    assert suit.due("L-RETRIAL") is None
    assert suit.ruling.effective_on == date(2026, 9, 29)


def test_what_is_computed_is_not_corrected_by_hand():
    suit = judged()
    suit.serve(date(2026, 9, 1))
    sweep(date(2026, 9, 20))
    with pytest.raises(GuardRefused):
        suit.on(date(2026, 9, 21)).correct("ruling_effective", date(2026, 9, 10))


def test_an_appeal_in_time_opens_a_second_instance_with_a_number_of_its_own():
    suit = judged()
    suit.serve(date(2026, 9, 1))
    plaintiff = suit.part("applicant").party
    suit.on(date(2026, 9, 15)).act("record_appeal", ruling=suit.ruling.pk, party=plaintiff.pk, on=date(2026, 9, 14))
    assert suit.state == "APPEALED"
    assert suit.ruling.effective_on is None
    agency = suit.part("respondent").party
    suit.on(date(2026, 9, 21)).act("appeal_copy", party=agency.pk, on=date(2026, 9, 21))
    assert suit.due("L-APPEAL-ANSWER", agency) == date(2026, 10, 8)  # 6 October lies within the holiday
    suit.on(date(2026, 10, 20)).act(
        "open_instance", on=date(2026, 10, 19), court="鄂尔多斯市中级人民法院", court_number="（2026）内06行终88号"
    )
    assert (suit.instance.level, suit.instance.order, suit.case.facts.running_order) == ("second", 2, 2)
    assert suit.due("L-2ND") == date(2027, 1, 19)
    first = suit.instance.earlier.rulings.get()
    suit.judge(date(2026, 11, 10), outcome="upheld")
    suit.serve(date(2026, 11, 16))
    assert suit.ruling.is_appealable is False
    assert suit.ruling.effective_on == date(2026, 11, 16)
    assert suit.state == "EFFECTIVE"
    first.refresh_from_db()
    assert first.is_replaced is False


def test_an_appeal_after_the_party_s_own_period_is_refused():
    suit = judged()
    suit.serve(date(2026, 9, 1))
    with pytest.raises(GuardRefused) as refused:
        suit.on(date(2026, 9, 18)).act(
            "record_appeal", ruling=suit.ruling.pk, party=suit.part("applicant").party_id, on=date(2026, 9, 17)
        )
    assert "2026-09-16" in str(refused.value.refusals[0].message)


def test_a_remand_goes_back_to_a_first_instance_with_a_new_number():
    suit = judged()
    suit.serve(date(2026, 9, 1))
    plaintiff = suit.part("applicant").party
    suit.on(date(2026, 9, 15)).act("record_appeal", ruling=suit.ruling.pk, party=plaintiff.pk, on=date(2026, 9, 14))
    suit.on(date(2026, 9, 30)).act(
        "open_instance", on=date(2026, 9, 29), court="鄂尔多斯市中级人民法院", court_number="（2026）内06行终89号"
    )
    suit.judge(date(2026, 10, 20), kind="ruling", matter="remanded", outcome="")
    assert suit.state == "REMANDED"
    assert suit.instance.earlier.rulings.get().is_replaced is True
    suit.on(date(2026, 11, 2)).act(
        "open_instance", on=date(2026, 11, 2), court="达拉特旗人民法院", court_number="（2026）内0621行初900号"
    )
    assert (suit.instance.level, suit.instance.is_remanded, suit.instance.order) == ("first", True, 3)


def remanded() -> Suit:
    """Sent back to the first instance, which is open again; the ruling is served on everybody."""
    suit = judged()
    suit.serve(date(2026, 9, 1))
    plaintiff, agency = suit.part("applicant").party, suit.part("respondent").party
    suit.on(date(2026, 9, 15)).act("record_appeal", ruling=suit.ruling.pk, party=plaintiff.pk, on=date(2026, 9, 14))
    suit.on(date(2026, 9, 21)).act("appeal_copy", party=agency.pk, on=date(2026, 9, 21))
    suit.on(date(2026, 9, 24)).act("answer_appeal", party=agency.pk, on=date(2026, 9, 24))
    suit.on(date(2026, 9, 30)).act(
        "open_instance", on=date(2026, 9, 29), court="鄂尔多斯市中级人民法院", court_number="（2026）内06行终92号"
    )
    suit.judge(date(2026, 10, 20), kind="ruling", matter="remanded", outcome="")
    suit.serve(date(2026, 10, 23))
    suit.on(date(2026, 11, 2)).act(
        "open_instance", on=date(2026, 11, 2), court="达拉特旗人民法院", court_number="（2026）内0621行初901号"
    )
    return suit


def test_no_retrial_is_asked_of_a_ruling_that_sends_the_suit_back():
    """Interpretation 2018, art. 110 counts from what ended the suit; a remanded suit goes on."""
    suit = remanded()
    assert Ruling.objects.get(in_instance__case_id=suit.pk, outcome="remanded").effective_on == date(2026, 10, 23)
    assert not Deadline.objects.filter(case_id=suit.pk, rule="L-RETRIAL").exists()


def test_after_a_remand_nobody_is_asked_again_for_what_the_first_trial_had():
    suit = remanded()
    over = Deadline.objects.filter(case_id=suit.pk, rule__startswith="L-APPEAL-COPY-")
    assert {deadline.status for deadline in over} == {"lapsed"}
    assert not Deadline.objects.filter(case_id=suit.pk, rule="L-SERVE", start_on=date(2026, 11, 2)).exists()
    urgent = {
        one.action.name for one in registry.offers(suit.case, suit.actor, suit.day) if one.action.priority(suit.case)
    }
    assert urgent.isdisjoint({"litigation.record_receipt", "litigation.answer", "litigation.open_instance"})


def test_the_instance_that_runs_already_is_not_opened_again():
    suit = remanded()
    with pytest.raises(GuardRefused) as refused:
        suit.act(
            "open_instance", on=date(2026, 11, 2), court="达拉特旗人民法院", court_number="（2026）内0621行初902号"
        )
    assert [one.code for one in refused.value.refusals] == ["instance-runs"]


def test_a_withdrawal_allowed_in_first_instance_ends_the_suit():
    suit = Suit(date(2026, 6, 5))
    suit.judge(date(2026, 6, 20), kind="ruling", matter="withdrawn", outcome="withdrawn_changed")
    assert suit.state == "WITHDRAWN"
    assert suit.status("L-ANSWER", suit.part("respondent").party) == "lapsed"
    assert suit.case.outcome == "withdrawn_changed"


def test_the_sued_agency_sees_and_works_on_its_own_suits_and_on_no_others():
    suit = Suit(date(2026, 6, 5))
    own, other = department(), department(at="150621-ZRJ")
    assert Case.objects.visible_to(own, suit.day).filter(pk=suit.pk).exists()
    assert not Case.objects.visible_to(other, suit.day).filter(pk=suit.pk).exists()
    suit.on(date(2026, 6, 10)).act("answer", by=own, party=suit.part("respondent").party_id, on=date(2026, 6, 10))
    with pytest.raises(NotVisible):
        suit.act("answer", by=other, party=suit.part("respondent").party_id, on=date(2026, 6, 10))


def test_a_department_registers_only_suits_in_which_it_stands():
    liaison()
    own, other = department(), department(at="150621-ZRJ")
    case = perform("litigation.register", None, entries(), own, date(2026, 6, 5))
    assert case.unit.code == "150621-SFJ"
    with pytest.raises(InvalidInput):
        perform("litigation.register", None, entries(), other, date(2026, 6, 5))


def test_without_a_court_liaison_nobody_would_follow_the_suit():
    with pytest.raises(InvalidInput):
        perform("litigation.register", None, entries(), department(), date(2026, 6, 5))


def test_registered_by_mistake_frees_the_court_s_number_and_keeps_ours():
    suit = Suit(date(2026, 6, 5))
    number = suit.instance.court_number
    suit.act("void", reason="重复登记")
    again = perform("litigation.register", None, entries(court_number=number), suit.actor, suit.day)
    assert again.number != suit.case.number


def test_nothing_is_due_any_more_of_what_was_registered_by_mistake():
    suit = Suit(date(2026, 6, 5))
    assert suit.case.next_due_on is not None
    suit.act("void", reason="重复登记")
    assert suit.case.next_due_on is None
    assert suit.case.next_other_due_on is None
    assert not suit.case.deadlines.filter(status="open").exists()


def test_a_department_finds_its_own_suits_first_although_another_office_leads_them():
    day = date(2026, 6, 5)
    Suit(day)
    assert sum(section.total for section in work_of(department(), "", day).sections) == 1
    assert work_of(department(at="150621-ZRJ"), "", day).is_calm


def test_annulling_the_answer_brings_the_file_back():
    suit = Suit(date(2026, 6, 5))
    agency = suit.part("respondent").party
    suit.on(date(2026, 6, 10)).act("answer", party=agency.pk, on=date(2026, 6, 10))
    step = suit.case.steps_taken.latest("sequence")
    suit.act("cases.annul", taken=step.pk, reason="登记错误")
    assert suit.state == "RECEIVED"
    assert suit.status("L-ANSWER", agency) == "open"


def test_errors_are_said_and_nothing_is_half_done():
    actor = liaison()
    before = LitigationCase.objects.count(), Event.objects.count()
    wrong = entries(filed_on=date(2026, 6, 3), agencies=[{"known_party": agency_id(), "received_on": RECEIVED}])
    with pytest.raises(ActionError):
        perform("litigation.register", None, wrong, actor, date(2026, 6, 5))
    assert (LitigationCase.objects.count(), Event.objects.count()) == before


def test_lateness_is_judged_by_the_day_of_the_suit_and_not_while_that_day_is_unknown():
    suit = Suit(date(2026, 6, 5))
    assert suit.due("L-SUEMAX") is None
    late = Suit(date(2026, 9, 20), known_on=date(2026, 3, 3), sued_on=date(2026, 9, 4), filed_on=date(2026, 9, 7),
                agencies=[{"known_party": agency_id(), "received_on": date(2026, 9, 10)}])  # fmt: skip
    assert (late.due("L-SUE6M"), late.status("L-SUE6M")) == (date(2026, 9, 3), "met_late")
    with pytest.raises(InvalidInput) as refused:
        Suit(date(2026, 6, 5), known_on=date(2026, 3, 3))
    assert "sued_on" in refused.value.form.errors


def test_the_case_page_costs_no_more_with_three_instances_than_with_one(client):
    small, large = Suit(date(2026, 6, 5)), judged()
    large.serve(date(2026, 9, 1))
    plaintiff = large.part("applicant").party
    large.on(date(2026, 9, 15)).act("record_appeal", ruling=large.ruling.pk, party=plaintiff.pk, on=date(2026, 9, 14))
    large.on(date(2026, 9, 30)).act(
        "open_instance", on=date(2026, 9, 29), court="鄂尔多斯市中级人民法院", court_number="（2026）内06行终91号"
    )
    large.judge(date(2026, 10, 20), kind="ruling", matter="remanded", outcome="")
    client.force_login(small.actor)
    client.get(f"/cases/{small.pk}/")
    few, page = queries(client, f"/cases/{small.pk}/")
    assert "一审" in page.content.decode()
    client.force_login(large.actor)
    many, page = queries(client, f"/cases/{large.pk}/")
    assert "二审" in page.content.decode()
    assert few <= 33
    assert many <= few + 3


def test_papers_of_the_days_before_the_registration_are_taken():
    suit = Suit(date(2026, 10, 30))  # received on 1 June, registered late
    suit.judge(date(2026, 9, 1))
    assert suit.ruling.made_on == date(2026, 9, 1)


def test_the_court_has_three_months_for_a_suggestion_only_where_it_found_a_norm_illegal():
    plain, found = judged(), Suit(date(2026, 6, 5))
    found.judge(date(2026, 9, 1), finds_norm_illegal=True)
    for suit in (plain, found):
        suit.serve(date(2026, 9, 1))
    sweep(date(2026, 9, 20))
    assert (plain.due("J-NORM-SEND"), found.due("J-NORM-SEND")) == (None, date(2026, 12, 17))


def test_only_what_is_sent_has_a_postmark():
    suit = Suit(date(2026, 6, 5))
    for name in ("record_receipt", "change_act", "extension_decided", "appeal_copy"):
        form = registry.get(f"litigation.{name}").build_form(suit.case, None, None, suit.actor, suit.day)
        assert "sent_on" not in form.fields, name
    form = registry.get("litigation.answer").build_form(suit.case, None, None, suit.actor, suit.day)
    assert "sent_on" in form.fields


def test_forty_plaintiffs_are_named_plaintiffs_without_asking_for_each(client):
    few, many = Suit(date(2026, 6, 5)), Suit(date(2026, 6, 5))
    for number in range(40):
        party = applicant(f"原告甲{number}")
        many.case.participations.create(party=party, role="applicant", order=number + 2, name=party.name)
    client.force_login(few.actor)
    small, page = queries(client, f"/cases/{few.pk}/participants/")
    client.force_login(many.actor)
    large, page = queries(client, f"/cases/{many.pk}/participants/")
    assert page.content.decode().count("原告") > 40
    assert large <= small + 1
