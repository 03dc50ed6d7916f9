"""A program registers a dispute: the form as JSON Schema, clear refusals, and the same case as from the page."""

from __future__ import annotations

import pytest

from mediation.models import MediationCase
from tests.mediation.conftest import entries
from tests.support.api import Program
from tests.support.mediation import mediator

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/mediation/cases"


@pytest.fixture
def program():
    return Program(mediator())


def test_the_form_comes_as_a_schema(program) -> None:
    schema = program.get(f"{ADDRESS}/schema").json()
    assert {"people", "dispute_type", "place", "summary", "accept_now"} <= set(schema["properties"])


def test_a_dispute_comes_in_by_the_api_once(program) -> None:
    sent = entries(number_of_people=40, risk_flags=["petition"], tags="涉企")
    first, again = (program.post(ADDRESS, sent, **{"Idempotency-Key": "k1"}) for _ in range(2))
    assert first.status_code == 201, first.content
    assert first.json()["id"] == again.json()["id"]
    facts = MediationCase.objects.get().facts
    assert (facts.people, facts.risk_flags, facts.tags) == (40, ["petition"], ["涉企"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"people": []}, "people.0.name"),
        ({"dispute_type": "77"}, "dispute_type"),
        ({"plaec": "新民村"}, "*"),
        ({"sub_source": "court_delegated"}, "organ"),
    ],
)
def test_a_refusal_names_the_entry(program, changes, field) -> None:
    answer = program.post(ADDRESS, entries(**changes))
    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert not MediationCase.objects.exists()
