"""What was entered at registration can be completed and corrected; both versions stay."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import InvalidInput, WrongState
from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from reconsideration.actions.corrections import CORRECTABLE
from tests.support.clock_cases import a_received_case, a_user, fresh

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def _as_entered(case, **changes):
    values = {name: getattr(case.facts, name) for name in CORRECTABLE}
    values = {name: value for name, value in values.items() if value not in (None, "")}
    return {"title": case.title, "requests": "撤销行政处罚决定", "reason": "送达回证载明", **values, **changes}


def test_the_day_of_knowledge_is_added_later_with_its_reason():
    case = a_received_case(DAY)
    perform("reconsideration.correct_facts", case, _as_entered(case, known_on="2026-01-15"), a_user("officer"), DAY)
    facts = fresh(case).facts
    assert facts.known_on == date(2026, 1, 15)
    assert facts.history.first().history_change_reason == "送达回证载明"
    assert facts.history.count() > 1


def test_a_new_title_is_found_by_search():
    case = a_received_case(DAY)
    perform("reconsideration.correct_facts", case, _as_entered(case, title="不服草原处罚"), a_user("officer"), DAY)
    assert case.pk in Case.objects.matching("草原处罚").values_list("pk", flat=True)


def test_an_obstacle_without_its_reason_is_refused_at_its_field():
    case = a_received_case(DAY)
    with pytest.raises(InvalidInput) as refused:
        perform("reconsideration.correct_facts", case, _as_entered(case, obstacle_days="9"), a_user("officer"), DAY)
    assert [refusal.field for refusal in refused.value.refusals] == ["obstacle_reason"]


def test_the_proof_of_a_correction_is_asked_for():
    case = a_received_case(DAY)
    with pytest.raises(InvalidInput) as refused:
        perform("reconsideration.correct_facts", case, _as_entered(case, reason=""), a_user("officer"), DAY)
    assert [refusal.field for refusal in refused.value.refusals] == ["reason"]


def test_consent_to_electronic_service_is_recorded_and_taken_back():
    case, officer = a_received_case(DAY), a_user("officer")
    party = case.participations.get(role="applicant").party
    entered = {"party": party.pk, "on": "2026-03-02", "electronic_address": "内蒙古行政复议服务平台"}
    perform("reconsideration.electronic_service", case, entered, officer, DAY)
    part = case.participations.get(role="applicant")
    assert (part.consents_to_electronic_service, part.electronic_address) == (True, "内蒙古行政复议服务平台")
    perform("reconsideration.electronic_service", case, {**entered, "electronic_address": ""}, officer, DAY)
    assert not case.participations.get(role="applicant").consents_to_electronic_service


def test_nothing_is_corrected_in_an_archived_file():
    case = a_received_case(DAY)
    Case.objects.filter(pk=case.pk).update(stage="archived")
    with pytest.raises(WrongState):
        perform("reconsideration.correct_facts", fresh(case), _as_entered(case), a_user("officer"), DAY)


def test_no_identity_number_is_kept_in_clear():
    case = a_received_case(DAY)
    entered = _as_entered(case, reasons="申请人身份证号150699198503120017")
    with pytest.raises(InvalidInput) as refused:
        perform("reconsideration.correct_facts", case, entered, a_user("officer"), DAY)
    assert [refusal.field for refusal in refused.value.refusals] == ["reasons"]
