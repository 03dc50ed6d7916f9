"""From the registration to taking a dispute on or not: exclusions, consents, duties to report (dossier §1.2)."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, WrongState
from casemgr.cases import events
from casemgr.parties.models import Party
from mediation.exclusions import EXCLUSIONS
from mediation.models import Consent, MediationCase
from tests.support.mediation import mediator

pytestmark = pytest.mark.django_db
MET = ["civil", "parties", "claim"]
ON = "2026-11-23"
OWN = {"source": "own_motion", "sub_source": "patrol"}


def due(case) -> set[str]:
    return {deadline.rule for deadline in case.deadlines.all()}


def refused_with(act, case, code: str) -> str:
    with pytest.raises(GuardRefused) as refused:
        act("accept", case, on=ON)
    found = {refusal.code: refusal for refusal in refused.value.refusals}
    assert code in found
    return f"{found[code].message} {found[code].article}"


@pytest.mark.parametrize(
    ("facts", "clock"), [({}, {"M-GEN"}), ({"dispute_type": "10"}, {"M-LAB"}), ({"dispute_type": "13"}, {"M-GEN"})]
)
def test_trap_01_acceptance_starts_the_clock_of_its_kind(register, act, facts, clock) -> None:
    case = act("examine", register(**facts), met=MET)
    case = act("accept", case, on=ON)
    assert (case.state, due(case)) == ("ACCEPTED", clock)


def test_medical_needs_both_sides_and_then_runs_thirty_working_days(register, act, village) -> None:
    case = act("examine", register(dispute_type="12"), met=MET)
    assert "李四" in refused_with(act, case, "consent-missing")
    other = case.participations.get(role="respondent").party_id
    case = act("ask_consent", case, party=other, on=ON, answer="agreed", how="电话")
    assert due(act("accept", case, on=ON)) == {"M-MED"}


def test_medical_of_own_motion_only_leads_the_sides_to_apply(register, act) -> None:
    case = act("examine", register(dispute_type="12", **OWN), met=MET)
    assert "医疗纠纷预防和处理条例31" in refused_with(act, case, "medical-of-own-motion")


def test_nothing_is_taken_on_unexamined(register, act) -> None:
    refused_with(act, register(), "not-examined")


def test_trap_08_of_own_motion_every_party_is_asked_and_a_clear_refusal_bars(register, act) -> None:
    case = act("examine", register(**OWN), met=MET)
    text = refused_with(act, case, "consent-missing")
    assert "王宝音" in text and "李四" in text
    for part in case.participations.all():
        case = act("ask_consent", case, party=part.party_id, on=ON, answer="pending", how="入户")
    other = case.participations.get(role="respondent").party_id
    refused = act("ask_consent", case, party=other, on=ON, answer="refused", how="电话")
    assert "17" in refused_with(act, refused, "excluded")
    agreed = act("ask_consent", refused, party=other, on=ON, answer="agreed", how="电话")
    assert act("accept", agreed, on=ON).state == "ACCEPTED"
    assert Consent.objects.get(participation__party_id=other).answer == "agreed"
    kinds = [fact.kind for fact in events.facts_of(agreed)]
    assert kinds.count("consent_asked") == 2 and {"consent_given", "consent_refused"} <= set(kinds)


def test_own_motion_may_be_taken_on_once_everybody_was_asked(register, act) -> None:
    asked = [{"name": n, "role": r, "consent": "pending"} for n, r in (("王宝音", "applicant"), ("李四", "respondent"))]
    case = act("examine", register(people=asked, **OWN), met=MET)
    assert act("accept", case, on=ON).state == "ACCEPTED"


@pytest.mark.parametrize("code", sorted(EXCLUSIONS))
@pytest.mark.parametrize("dispute_type", ["02", "12"])
def test_each_exclusion_stops_or_warns_as_the_table_says(register, act, secretary, code, dispute_type) -> None:
    people = [{"name": n, "role": r, "consent": "agreed"} for n, r in (("王宝音", "applicant"), ("李四", "respondent"))]
    case = act("examine", register(people=people, dispute_type=dispute_type), met=MET, exclusions=[code], note="经查")
    if code in ("E6", "E7"):
        refused_with(act, case, "not-reported")
        case = act("report_duty", case, **REPORT, ground=code)
    stops = code in ("E1", "E2", "E4", "E8") or (code == "E3" and dispute_type == "12")
    if not stops:
        assert act("accept", case, on=ON).state == "ACCEPTED"
        return
    assert EXCLUSIONS[code].article in refused_with(act, case, "excluded")
    sent = {"ground": code, "explanation": "不属于调解范围。", "advice": ["court"], "told_how": "oral", "on": ON}
    done = act("refuse", case, by=secretary, **sent)
    assert (done.state, done.outcome, done.facts.advice) == ("NOT_ACCEPTED", "not_accepted", ["court"])
    assert "advice_given" in [fact.kind for fact in events.facts_of(done)]


REPORT = {
    "on": ON,
    "at": "09:40",
    "to": "树林召派出所",
    "channel": "110",
    "content": "发现家庭暴力线索。",
    "receipt": "接警单20261123-7",
}


def test_a_risk_noted_at_registration_owes_its_report(register, act) -> None:
    case = register(risk_flags=["violence"])
    case = act("examine", case, met=MET)
    assert "反家庭暴力法14" in refused_with(act, case, "not-reported")
    act("report_duty", case, **REPORT, ground="E7")
    assert act("accept", MediationCase.objects.get(pk=case.pk), on=ON).state == "ACCEPTED"


def test_trap_12_an_agency_on_the_other_side_is_pointed_out_as_an_administrative_dispute(register, act) -> None:
    agency = Party.objects.create(kind=Party.Kind.AGENCY, name="达拉特旗某局")
    people = [{"name": "王宝音", "role": "applicant"}, {"known_party": agency.pk, "role": "respondent"}]
    case = register(people=people)
    form = registered_form("mediation.examine", case)
    assert form["exclusions"].initial == ["E4"]


def registered_form(name: str, case):
    from casemgr.actions import registry

    return registry.get(name).build_form(case, None, None, None, date(2026, 11, 23))


def test_what_only_warns_is_no_reason_to_turn_a_dispute_away(register, act, secretary) -> None:
    sent = {"ground": "E5", "explanation": "权属", "advice": ["court"], "told_how": "oral", "on": ON}
    with pytest.raises(InvalidInput) as refused:
        act("refuse", register(), by=secretary, **sent)
    assert "ground" in refused.value.form.errors


def test_what_another_organ_referred_is_answered_by_letter(register, act, secretary) -> None:
    case = register(sub_source="police", organ="树林召派出所")
    sent = {"ground": "E2", "explanation": "刑事案件。", "advice": ["police"], "told_how": "written", "on": ON}
    with pytest.raises(InvalidInput) as refused:
        act("refuse", case, by=secretary, **sent)
    assert "letter_on" in refused.value.form.errors
    done = act("refuse", case, by=secretary, letter_on=ON, **sent)
    assert "result_sent" in [fact.kind for fact in events.facts_of(done)]


def test_the_mediator_takes_on_and_the_committee_turns_away(register, act) -> None:
    with pytest.raises(Forbidden):
        act("refuse", register(), ground="E2", explanation="x", advice=["court"], told_how="oral", on=ON)


def test_on_the_spot_one_sending_registers_and_takes_on(register) -> None:
    case = register(accept_now=True)
    assert (case.state, due(case)) == ("ACCEPTED", {"M-GEN"})
    assert set(Consent.objects.values_list("answer", flat=True)) == {"agreed"}


def test_on_the_spot_nothing_is_skipped(register) -> None:
    with pytest.raises(GuardRefused):
        register(accept_now=True, people=[{"name": "王宝音", "role": "applicant"}], other_side_unknown=True)
    assert not MediationCase.objects.exists()


def test_the_other_side_is_entered_when_it_is_found_out(register, act) -> None:
    case = register(people=[{"name": "王宝音", "role": "applicant"}], other_side_unknown=True)
    case = act("examine", case, met=["civil", "claim"], note="对方待查")
    refused_with(act, case, "other-side-unknown")
    case = act("name_other_side", case, name="李四")
    assert case.title == "王宝音与李四邻里纠纷"
    case = act("examine", case, met=MET)
    assert act("accept", case, on=ON).state == "ACCEPTED"


def test_a_case_entered_by_mistake_is_void_and_keeps_its_number(register, act, village) -> None:
    town = mediator("town-1", "town", at=village.parent)
    case = register()
    with pytest.raises(Forbidden):
        act("void", case, reason="重复")
    assert act("void", case, by=town, reason="重复登记").state == "VOID"
    assert register(same_checked=True).number == "达树人调字〔2026〕2号"


def test_a_session_held_is_no_mistake_of_entry(register, act, village) -> None:
    town = mediator("town-1", "town", at=village.parent)
    case = register(accept_now=True)
    events.record(case, "session_held", date(2026, 11, 23))
    with pytest.raises(GuardRefused):
        act("void", case, by=town, reason="错登")


def test_the_clock_follows_when_the_type_was_entered_wrongly(register, act) -> None:
    case = register(accept_now=True)
    facts = {name: getattr(case.facts, name) for name in ("source", "sub_source", "place", "summary", "people")}
    case = act("correct_facts", case, **facts, title=case.title, dispute_type="10", reason="实为劳动争议")
    assert case.deadlines.get(rule="M-LAB").due_on == date(2026, 12, 8)
    assert not case.deadlines.filter(rule="M-GEN", status="open").exists()


def test_after_acceptance_it_is_not_refused_any_more(register, act, secretary) -> None:
    case = register(accept_now=True)
    with pytest.raises(WrongState):
        act("refuse", case, by=secretary, ground="E2", explanation="x", advice=["court"], told_how="oral", on=ON)


def test_a_medical_dispute_found_on_patrol_is_taken_on_once_both_sides_have_applied(register, act) -> None:
    case = register(dispute_type="12", **OWN)
    facts = {name: getattr(case.facts, name) for name in ("dispute_type", "place", "summary", "people")}
    facts |= {"title": case.title, "source": "application", "sub_source": "written", "reason": "双方申请"}
    with pytest.raises(InvalidInput) as refused:
        act("correct_facts", case, **facts)
    assert "applied_on" in refused.value.form.errors
    case = act("correct_facts", case, applied_on=ON, **facts)
    assert case.facts.requested_at is not None
    for part in case.participations.all():
        case = act("ask_consent", case, party=part.party_id, on=ON, answer="agreed", how="书面")
    case = act("examine", case, met=MET)
    assert due(act("accept", case, on=ON)) == {"M-MED"}


def test_a_court_referral_is_not_made_by_a_correction(register, act) -> None:
    case = register()
    facts = {name: getattr(case.facts, name) for name in ("dispute_type", "place", "summary", "people")}
    facts |= {"title": case.title, "source": "referred", "sub_source": "court_delegated", "reason": "改来源"}
    with pytest.raises(InvalidInput) as refused:
        act("correct_facts", case, **facts)
    assert "sub_source" in refused.value.form.errors
