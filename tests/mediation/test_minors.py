"""Minors as parties: who speaks for them, and the guardian's word on a child's data (PIPL, art. 31)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import gettext as _

from casemgr.actions.errors import WrongState
from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData, check_correction, find_or_create
from mediation.course.minors import children_of
from tests.support.mediation import accepted, dispute
from tests.support.register import applicant

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def born(case, role: str, birth: date) -> Party:
    party = case.participations.get(role=role).party
    party.birth_on = birth
    party.save()
    return party


def page(case, user, client: Client) -> str:
    client.force_login(user)
    return client.get(f"/cases/{case.pk}/").content.decode()


def missing() -> str:
    return str(_("Missing: the consent of a parent or other guardian to the child's data being used."))


@pytest.mark.parametrize(
    ("birth", "is_child"), [(date(2012, 11, 24), True), (date(2012, 11, 23), False), (date(2020, 1, 1), True)]
)
def test_below_fourteen_on_the_day_of_registering_the_guardians_word_is_asked_for(birth, is_child, worker) -> None:
    case = dispute(TODAY, TODAY, handler=worker)
    born(case, "respondent", birth)
    assert bool(children_of(case)) is is_child


def test_the_page_names_what_is_missing_until_a_guardian_agrees(worker, client: Client) -> None:
    case = dispute(TODAY, TODAY, handler=worker)
    party = born(case, "respondent", date(2015, 5, 1))
    text = page(case, worker, client)
    assert missing() in text and "/mediation.record_guardian_consent/" in text
    assert str(_("Record a statutory agent")) in text  # a respondent as well
    data = {"on": TODAY, "child": case.participations.get(role="respondent").pk, "guardian": "李四之父李大",
            "answer": "agreed", "is_told": True, "how": "在权利义务告知书上签字"}  # fmt: skip
    perform("mediation.record_guardian_consent", case, data, worker, TODAY)
    text = page(case, worker, client)
    assert missing() not in text and "李四之父李大" in text
    fact = events.last_of(events.facts_of(case), "guardian_consented")
    assert (fact.party_id, fact.data["guardian"]) == (party.pk, "李四之父李大")


def test_what_is_missing_stops_nothing_by_itself(worker, secretary) -> None:
    """The law asks for the consent, and says nothing of the mediation: the dispute goes on."""
    case = accepted(TODAY, TODAY, handler=worker)
    born(case, "applicant", date(2015, 5, 1))
    parts = [part.pk for part in case.participations.all()]
    values = {"on": TODAY, "lead": worker.pk, "chosen": "parties", "has_relation": "no", "told": parts, "how": "paper"}
    assert perform("mediation.begin", case, values, worker, TODAY).state == "MEDIATING"


def test_without_children_the_step_is_not_offered(worker) -> None:
    case = dispute(TODAY, TODAY, handler=worker)
    born(case, "respondent", date(2009, 1, 1))
    with pytest.raises(WrongState):
        perform("mediation.record_guardian_consent", case, {}, worker, TODAY)


def test_a_minor_outside_ones_scope_is_named_in_no_message(worker) -> None:
    """Dossier §6.6: a duplicate check names a minor by nothing."""
    child = applicant("钱小宝")
    child.birth_on = date(2015, 5, 1)
    child.set_number("RID", "150699201505010019", TODAY)
    child.save()
    data = PartyData("person", "孙大", identity_kind="RID", identity_number="150699201505010019")
    for refused in (
        lambda: find_or_create(data, worker, TODAY),
        lambda: check_correction(applicant("孙大"), data, TODAY),
    ):
        with pytest.raises(ValidationError) as error:
            refused()
        assert "钱" not in str(error.value)
