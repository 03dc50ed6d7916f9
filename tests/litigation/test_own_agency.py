"""Whose agency is "own": where a role for suits is held, not where the person does something else besides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.organisation.models import RoleAssignment
from casemgr.parties.models import Party
from litigation.actions.session_forms import own_standings
from litigation.actions.suggestions import RecipientDayForm
from tests.litigation.test_nonlitigation import entries as enforcement
from tests.litigation.test_suggestions import Suggestion
from tests.support.litigation import BUREAU, Suit, agency_id, department, entries, liaison
from tests.support.register import unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 10)
ELSEWHERE = "150621-ZRJ"


@pytest.fixture
def resources() -> str:
    return Party.objects.get(kind=Party.Kind.AGENCY, unit=unit(ELSEWHERE)).name


@pytest.fixture
def police(resources: str) -> Any:
    """Liaison of the police bureau, who is also a mediator at the bureau of natural resources."""
    user = department()
    RoleAssignment.objects.create(user=user, role="mediator", unit=unit(ELSEWHERE))
    liaison("keeper")
    return user


def test_a_role_of_another_procedure_makes_no_agency_one_s_own(police: Any, resources: str) -> None:
    both = [{"known_party": agency_id(name), "received_on": date(2026, 6, 1)} for name in (BUREAU, resources)]
    suit = Suit(DAY, agencies=both)
    assert [one.participation.name for one in own_standings(suit.case, police, DAY)] == [BUREAU]
    letter = Suggestion(DAY, (BUREAU, DAY), (resources, DAY))
    form = RecipientDayForm(subject=letter.case, actor=police, today=DAY)
    assert [str(label) for value, label in form.fields["party"].choices if value] == [BUREAU]


@pytest.mark.parametrize("name", ["litigation.register", "litigation.register_enforcement"])
def test_nor_may_a_suit_of_it_be_registered(police: Any, resources: str, name: str) -> None:
    agencies = [{"known_party": agency_id(resources), "received_on": date(2026, 6, 1)}]
    foreign = entries(agencies=agencies) if name == "litigation.register" else enforcement(agency=agency_id(resources))
    with pytest.raises(InvalidInput):
        perform(name, None, foreign, police, DAY)
