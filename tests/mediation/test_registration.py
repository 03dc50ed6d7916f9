"""Registering a dispute: what five entries make of it, what follows unasked, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.cases.models import Case, CaseLink
from casemgr.parties.models import Party
from mediation.models import Consent
from mediation.organisations.sealing import sealing_unit
from tests.mediation.conftest import entries
from tests.support.organisations import committee_row, town
from tests.support.register import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
BOTH = [{"name": "王宝音", "role": "applicant"}, {"name": "李四", "role": "respondent"}]


def kinds(case) -> list[str]:
    return [fact.kind for fact in events.facts_of(case)]


def test_five_entries_make_a_dispute(register) -> None:
    case = register()
    facts = case.facts
    assert (case.number, case.title) == ("达树人调字〔2026〕1号", "王宝音与李四邻里纠纷")
    assert (facts.source, facts.sub_source, facts.people) == ("application", "oral", 2)
    assert facts.town.name == "树林召镇" and facts.requested_at is not None
    assert kinds(case) == ["registered", "application_received"]
    assert Consent.objects.get().participation.name == "王宝音"


def test_whoever_works_for_the_town_registers_at_the_towns_own_committee(db: None) -> None:
    own = committee_row().unit
    sent, somebody = {**entries(), "unit": ""}, person("town-man", "mediator", at="150621100")
    for chosen in ("", town().pk):
        case = perform("mediation.register", None, {**sent, "unit": chosen}, somebody, TODAY)
        assert (case.unit, case.facts.committee, sealing_unit(case.unit)) == (own, own, own)
        sent["same_checked"] = "on"


def test_the_other_side_may_be_unknown(register) -> None:
    case = register(people=BOTH[:1], other_side_unknown=True)
    assert case.facts.other_side_unknown and case.facts.people == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"people": BOTH[:1]}, "people-0-name"),
        ({"people": BOTH[1:]}, "people-0-name"),
        ({"other_side_unknown": True}, "other_side_unknown"),
        ({"dispute_type": ""}, "dispute_type"),
        ({"dispute_type": "04", "sub_type": "0701"}, "sub_type"),
        ({"place": ""}, "place"),
        ({"summary": ""}, "summary"),
        ({"summary": "被告电话13800000001"}, "summary"),
        ({"number_of_people": 1}, "number_of_people"),
        ({"registered_on": "2026-11-24"}, "registered_on"),
        ({"source": "own_motion", "sub_source": "oral"}, "sub_source"),
        ({"source": "referred"}, "sub_source"),
        ({"sub_source": "court_delegated", "organ": "达拉特旗人民法院"}, "papers_received_on"),
        (
            {
                "sub_source": "court_entrusted",
                "organ": "达拉特旗人民法院",
                "papers_received_on": "2026-11-20",
            },
            "court_track",
        ),
        ({"people": [{"name": "150699198503120017", "role": "applicant"}, BOTH[1]]}, "people-0-name"),
    ],
)
def test_what_is_missing_or_contradicts_is_said_at_its_entry(register, changes, field) -> None:
    with pytest.raises(InvalidInput) as refused:
        register(**changes)
    assert field in refused.value.form.errors
    assert not Case.objects.exists()


def test_trap_16_a_representative_of_forty_households_counts_forty(register) -> None:
    assert register(number_of_people=40).facts.people == 40


def test_a_sub_type_alone_tells_its_type(register) -> None:
    facts = register(dispute_type="1001").facts
    assert (facts.dispute_type, facts.sub_type) == ("10", "1001")


def test_the_labour_clock_runs_from_the_day_of_the_request(register) -> None:
    case = register(dispute_type="10", requested_on="2026-11-20")
    assert [(d.rule, d.due_on) for d in case.deadlines.all()] == [("M-LAB", date(2026, 12, 7))]


@pytest.mark.parametrize(
    ("changes", "rule", "due"),
    [
        ({"sub_source": "court_delegated"}, "M-CRT", date(2026, 12, 21)),
        ({"sub_source": "court_entrusted", "court_track": "entrusted_ordinary"}, "M-CRT-P", date(2026, 12, 7)),
        ({"sub_source": "court_entrusted", "court_track": "entrusted_summary"}, "M-CRT-S", date(2026, 11, 27)),
    ],
)
def test_trap_10_what_the_court_sends_has_its_own_clock_by_kind(register, changes, rule, due) -> None:
    case = register(organ="达拉特旗人民法院", papers_received_on="2026-11-20", **changes)
    assert [(d.rule, d.due_on) for d in case.deadlines.all()] == [(rule, due)]
    assert "application_received" not in kinds(case)


def test_a_known_party_is_entered_once(register) -> None:
    known = Party.objects.create(kind="person", name="王宝音")
    register(people=[{"known_party": known.pk, "role": "applicant"}, BOTH[1]])
    assert Party.objects.filter(name="王宝音").count() == 1


# the same dispute


def test_the_same_parties_are_noticed_whoever_applies_and_whatever_the_source(register) -> None:
    register()
    turned = [{"name": "李四", "role": "applicant"}, {"name": "王宝音", "role": "respondent"}]
    with pytest.raises(InvalidInput) as refused:
        register(people=turned, sub_source="police", organ="树林召派出所")
    assert "达树人调字〔2026〕1号" in str(refused.value.form.errors["same_checked"])
    assert Case.objects.count() == 1
    register(people=turned, sub_source="police", organ="树林召派出所", same_checked=True)
    assert Case.objects.count() == 2


def test_an_open_dispute_is_not_gone_on_with_by_a_new_case(register) -> None:
    first = register()
    with pytest.raises(InvalidInput) as refused:
        register(previous_case=first.pk)
    assert "previous_case" in refused.value.form.errors


def test_trap_13_a_failed_dispute_that_comes_back_is_a_new_case_linked_with_the_first(register, act, secretary) -> None:
    first = register()
    first = act("refuse", first, by=secretary, **REFUSAL)
    second = register(previous_case=first.pk)
    link = CaseLink.objects.get()
    assert (link.kind, link.from_case_id, link.to_case_id) == ("continues", second.pk, first.pk)
    first.refresh_from_db()
    assert first.state == "NOT_ACCEPTED"


REFUSAL = {"on": "2026-11-23", "ground": "E2", "explanation": "应由法院处理。", "advice": ["court"], "told_how": "oral"}


def test_entries_from_a_page_say_the_same(register) -> None:
    flat = {key: value for key, value in entries().items() if key != "people"}
    flat |= {
        "people-0-role": "applicant",
        "people-0-name": "王宝音",
        "people-1-role": "respondent",
        "people-1-name": "",
    }
    case = register(people=[], **flat, other_side_unknown="on")
    assert case.participations.count() == 1
