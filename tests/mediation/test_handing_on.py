"""The chain village → town → banner: the dispute goes on under a linked case, its line and its days kept."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.cases.links import line_of
from casemgr.cases.models import Referral
from casemgr.organisation.models import Unit
from mediation.models import Consent, MediationCase
from mediation.volume import needs
from tests.support.api import Program
from tests.support.mediation import committee, mediator

pytestmark = pytest.mark.django_db
ON = "2026-11-23"


@pytest.fixture
def chain(village):
    """Committees of a village, its town and the banner, each with its secretary."""
    hamlet = committee("150621100-XM", "新民村人民调解委员会", "新民村")
    top = Unit(code="150621-RTW", name="达拉特旗人民调解委员会", short_name="旗", kind="committee")
    top.parent = village.parent.parent
    top.save()
    return [(unit, mediator(f"of-{unit.pk}", "committee", at=unit)) for unit in (hamlet, village, top)]


def hand_on(case, people, to, today, **changes) -> Referral:
    sent = {"to_unit": to.pk, "on": ON, "reason": "村里调不了。", "how": "当面"}
    sent["agreeing"] = [part.pk for part in case.participations.all()]
    perform("mediation.hand_on", case, sent | changes, people, today)
    return Referral.objects.order_by("pk").last()


def take_over(referral, people, today) -> MediationCase:
    perform("referral.receive", referral, {"on": ON}, people, today)
    done = perform("referral.accept", referral, {"on": ON}, people, today)
    return MediationCase.objects.get(pk=done.opened_case_id)


def test_a_dispute_goes_up_step_by_step_and_its_line_is_kept(chain, register, today) -> None:
    (_, village_man), (town, town_man), (top, top_man) = chain
    first = register(by=village_man, dispute_type="10", requested_on="2026-11-20", number_of_people=12)
    referral = hand_on(first, village_man, town, today)
    first.refresh_from_db()
    assert (first.state, referral.state) == ("REGISTERED", "SENT")
    second = take_over(referral, town_man, today)
    third = take_over(hand_on(second, town_man, top, today), top_man, today)
    first, second = (MediationCase.objects.get(pk=case.pk) for case in (first, second))
    assert [first.state, second.state, third.state] == ["REFERRED_OUT", "REFERRED_OUT", "REGISTERED"]
    assert [first.number, second.number, third.number] == [
        "达新民村人调字〔2026〕1号",
        "达树人调字〔2026〕1号",
        "达旗人调字〔2026〕1号",
    ]
    assert {d.due_on.isoformat() for case in (first, third) for d in case.deadlines.all()} == {"2026-12-07"}
    assert third.facts.people == 12 and third.facts.source == "referred" and third.lead_handler == top_man
    assert third.facts.requested_at == first.facts.requested_at
    assert Consent.objects.get(participation__case=third).participation.name == "王宝音"
    line = line_of(third, top_man, today)
    assert len(line.cases) + line.hidden == 3


@pytest.mark.parametrize("is_awaited", [False, True])
def test_between_committees_nobody_waits_for_an_answer(chain, register, today, is_awaited) -> None:
    """What a committee handed on by itself is not answered to it; an organ that referred it still waits (T14)."""
    (_, village_man), (town, town_man), _top = chain
    came = {"sub_source": "police", "organ": "树林召派出所"} if is_awaited else {}
    case = take_over(hand_on(register(by=village_man, **came), village_man, town, today), town_man, today)
    sent = {"ground": "E2", "explanation": "刑事案件。", "advice": ["police"], "told_how": "written", "on": ON}
    if is_awaited:
        with pytest.raises(InvalidInput) as refused:
            perform("mediation.refuse", case, sent, town_man, today)
        assert "letter_on" in refused.value.form.errors
        sent["letter_on"] = ON
    done = perform("mediation.refuse", case, sent, town_man, today)
    assert done.deadlines.filter(rule="M-RET").exists() is is_awaited
    assert ("result_letter" in {need.code for need in needs(done)}) is is_awaited


def test_the_next_one_up_is_offered_first(chain, register) -> None:
    from mediation.actions.handing_on import receivers_of

    (hamlet, man), (town, _), (top, _) = chain
    case = register(by=man)
    offered = receivers_of(case)
    assert hamlet not in offered and offered.index(town) < offered.index(top)


def test_nothing_leaves_without_every_party(chain, register, today) -> None:
    (_, man), (town, _), _ = chain
    case = register(by=man)
    with pytest.raises(InvalidInput) as refused:
        hand_on(case, man, town, today, agreeing=[case.participations.first().pk])
    assert "agreeing" in refused.value.form.errors


def test_a_mediator_is_told_who_decides_on_handing_on(chain, register, worker, today) -> None:
    _, (town, secretary), (top, _) = chain
    case = register()
    assert case.unit == town
    with pytest.raises(Forbidden) as refused:
        hand_on(case, worker, top, today)
    assert secretary.full_name in refused.value.message and not Referral.objects.exists()


def test_it_is_on_its_way_to_one_committee_only(chain, register, today) -> None:
    (_, man), (town, _), (top, _) = chain
    case = register(by=man)
    hand_on(case, man, town, today)
    with pytest.raises(GuardRefused):
        hand_on(MediationCase.objects.get(pk=case.pk), man, top, today)


def test_what_was_said_in_mediation_stays_with_the_first_committee(chain, register, act, today) -> None:
    (_, man), (town, town_man), _ = chain
    case = act("examine", register(by=man), by=man, met=["civil", "parties", "claim"], note="私下愿让三千元。")
    second = take_over(hand_on(case, man, town, today), town_man, today)
    assert second.facts.findings == {}
    assert "私下" not in str([fact.data for fact in events.facts_of(second)])


def test_an_organ_outside_opens_no_case_here(chain, register, today) -> None:
    (_, man), _, _ = chain
    case = register(by=man)
    part = [row.pk for row in case.participations.all()]
    letter = {
        "dock": "mediation",
        "kind": "transfer",
        "organ": "东胜区人民调解委员会",
        "parties": part,
        "summary": "移送",
    }
    referral = perform("referral.draft", case, letter, man, today)
    for row in referral.parties.all():
        perform(
            "referral.consent", referral, {"party": row.pk, "answer": "agrees", "how": "当面", "on": ON}, man, today
        )
    for step in ("send", "receive", "accept"):
        perform(f"referral.{step}", referral, {"on": ON}, man, today)
    assert MediationCase.objects.count() == 1
    done = perform("mediation.refer_out", MediationCase.objects.get(), {"on": ON, "where": "东胜区"}, man, today)
    assert done.state == "REFERRED_OUT"


def test_only_who_agreed_goes_along(chain, register, today) -> None:
    """A plain referral may name one party: nobody else's name reaches the other committee with it."""
    (_, man), (town, town_man), _ = chain
    case = register(by=man)
    one = case.participations.get(role="applicant")
    letter = {"dock": "mediation", "kind": "transfer", "to_unit": town.pk, "parties": [one.pk], "summary": "边界"}
    referral = perform("referral.draft", case, letter, man, today)
    said = {"party": referral.parties.get().pk, "answer": "agrees", "how": "当面", "on": ON}
    perform("referral.consent", referral, said, man, today)
    perform("referral.send", referral, {"on": ON}, man, today)
    opened = take_over(referral, town_man, today)
    assert [part.party_id for part in opened.participations.all()] == [one.party_id]
    assert opened.facts.other_side_unknown


def letter(case, to, **changes) -> dict:
    parts = [part.pk for part in case.participations.all()]
    return {"dock": "mediation", "kind": "transfer", "to_unit": to.pk, "parties": parts, "summary": "移送"} | changes


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"kind": "delegated"},
        {"kind": "joint"},
        {"dock": "other"},
        {"dock": "other", "kind": "joint"},
        {"dock": "police", "incident": "警情1", "nature": "civil", "to_unit": "", "organ": "达拉特旗公安局"},
    ],
)
def test_a_plain_referral_is_no_way_round_the_committees_decision(chain, register, worker, today, changes) -> None:
    _, (_town, secretary), (top, _) = chain
    case = register()
    with pytest.raises(GuardRefused) as refused:
        perform("referral.draft", case, letter(case, top, **changes), worker, today)
    assert [refusal.code for refusal in refused.value.refusals] == ["not-yours-to-refer"]
    assert secretary.full_name in str(refused.value.refusals[0].message)
    assert not Referral.objects.exists()
    perform("referral.draft", case, letter(case, top, **changes), secretary, today)


def test_a_mediator_may_still_tell_another_organ(chain, register, worker, today) -> None:
    case = register()
    told = {
        "dock": "police",
        "kind": "notice",
        "incident": "警情1",
        "nature": "civil",
        "to_unit": "",
        "organ": "公安局",
    }
    assert perform("referral.draft", case, letter(case, case.unit, **told), worker, today).state == "DRAFT"


def test_pages_and_programs_refuse_it_too(chain, register, worker, today, client) -> None:
    _, _, (top, _) = chain
    case = register()
    client.force_login(worker)
    page = client.post(reverse("referral_draft", args=[case.pk]), letter(case, top))
    assert page.status_code == 409 and "纠纷移交由调解委员会决定" in page.content.decode()
    answer = Program(worker).post(f"/cases/{case.pk}/actions/referral.draft", letter(case, top))
    assert answer.status_code == 409 and "not-yours-to-refer" in answer.content.decode()
    assert not Referral.objects.exists()


def test_a_mediator_does_not_send_the_letter_that_hands_the_dispute_on(chain, register, worker, today, client) -> None:
    _, (_town, secretary), (top, _) = chain
    case = register()
    referral = perform("referral.draft", case, letter(case, top), secretary, today)
    for row in referral.parties.all():
        said = {"party": row.pk, "answer": "agrees", "how": "当面", "on": ON}
        perform("referral.consent", referral, said, worker, today)
    with pytest.raises(Forbidden) as refused:
        perform("referral.send", referral, {"on": ON}, worker, today)
    assert secretary.full_name in refused.value.message
    client.force_login(worker)
    assert client.post(reverse("referral_action", args=[referral.pk, "referral.send"]), {"on": ON}).status_code == 403
    assert perform("referral.send", referral, {"on": ON}, secretary, today).state == "SENT"
