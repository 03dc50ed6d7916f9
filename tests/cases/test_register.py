"""The register: one history through every proxy, and who sees which case."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import NotVisible
from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.cases.models import Case, CaseAccess, CaseRecusal, Event
from casemgr.cases.queries import is_visible_to
from casemgr.organisation.models import Unit
from tests.support.clock_cases import a_received_case, a_user, fresh

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_a_save_through_the_proxy_and_through_the_register_write_the_same_history():
    case = a_received_case(DAY)
    rows = case.history.count()
    case.title = "新标题"
    case.save()
    plain = Case.objects.get(pk=case.pk)
    plain.title = "再改"
    plain.save()
    assert case.history.count() == rows + 2
    assert [row.title for row in Case.history.filter(id=case.pk).order_by("-history_id")[:2]] == ["再改", "新标题"]


def test_state_cannot_be_assigned():
    case = a_received_case(DAY)
    with pytest.raises(AttributeError):
        case.state = "ACCEPTED"


def test_the_proxy_only_knows_its_own_procedure():
    case = a_received_case(DAY)
    Case.objects.filter(pk=case.pk).update(procedure="mediation")
    assert not type(case).objects.filter(pk=case.pk).exists()


def test_events_cannot_be_changed_or_deleted():
    case = a_received_case(DAY)
    event = case.events.get()
    with pytest.raises(ValueError, match="append-only"):
        event.save()
    with pytest.raises(ValueError, match="append-only"):
        event.delete()
    with pytest.raises(ValueError, match="append-only"):
        Event.objects.filter(pk=event.pk).update(kind="accepted")


def test_a_struck_entry_no_longer_counts_and_a_corrected_one_counts_with_its_new_day():
    case = a_received_case(DAY)
    received = case.events.get()
    wrong = events.record(case, "accepted", date(2026, 3, 4))
    events.record(case, events.CORRECTION, date(2026, 3, 1), corrects=received)
    events.record(case, events.STRIKE, date(2026, 3, 5), corrects=wrong)
    facts = events.facts_of(fresh(case))
    assert [(fact.kind, fact.occurred_on) for fact in facts] == [("received", date(2026, 3, 1))]


def seen_by(case, *people, on=DAY):
    """Who finds the case in a list; a step on it asks the same of the one case, and must be told the same."""
    found = {user: Case.objects.visible_to(user, on).filter(pk=case.pk).exists() for user in people}
    assert {user: is_visible_to(case, user, on) for user in people} == found
    return found


def test_a_role_reaches_its_units_subtree_and_no_further():
    case = a_received_case(DAY)
    officer, leader = a_user("officer"), a_user("leader", "150621-SFJ")
    elsewhere, mediator = a_user("officer", "150621-GAJ"), a_user("mediator", "150621")
    people = (officer, leader, elsewhere, mediator)
    assert seen_by(case, *people) == {officer: True, leader: True, elsewhere: False, mediator: False}


def test_access_to_one_case_adds_a_unit_until_its_day():
    case = a_received_case(DAY)
    guest = a_user("officer", "150621-GAJ")
    CaseAccess.objects.create(case=case, unit=Unit.objects.get(code="150621-GAJ"), until_on=date(2026, 3, 10))
    assert seen_by(case, guest, on=date(2026, 3, 10))[guest]
    guest = type(guest).objects.get(pk=guest.pk)
    assert not seen_by(case, guest, on=date(2026, 3, 11))[guest]


def test_a_case_shared_with_a_unit_reaches_only_roles_of_its_procedure():
    case = a_received_case(DAY)
    CaseAccess.objects.create(case=case, unit=Unit.objects.get(code="150621-GAJ"))
    people = {
        code: a_user(code, "150621-GAJ") for code in ("officer", "panel", "mediator", "town", "department", "admin")
    }
    found = seen_by(case, *people.values())
    seen = {code for code, user in people.items() if found[user]}
    assert seen == {"officer", "panel"}


def test_recusal_takes_the_case_away_whatever_the_roles():
    case = a_received_case(DAY)
    officer = a_user("officer")
    CaseRecusal.objects.create(case=case, user=officer, reason="近亲属")
    assert not seen_by(case, officer)[officer]
    with pytest.raises(NotVisible):
        perform("reconsideration.examine", case, {}, officer, DAY)


@pytest.mark.parametrize(
    "text", ["达政复字〔{year}〕{number}号", "{year}-{number}", "{number}", "行政处罚", "王宝音{name}"]
)
def test_search_finds_a_case_by_number_title_and_party(text):
    case = a_received_case(DAY)
    name = case.participations.get(role="applicant").name.removeprefix("王宝音")
    text = text.format(year=case.number_year, number=case.number_sequence, name=name)
    assert case.pk in Case.objects.matching(text).values_list("pk", flat=True)
    assert not Case.objects.matching("查无此案").exists()


def test_the_version_counts_every_action():
    case = a_received_case(DAY)
    before = case.version
    perform("reconsideration.examine", case, {"test_1": "yes"}, a_user("officer"), DAY, version=before)
    assert fresh(case).version == before + 1
