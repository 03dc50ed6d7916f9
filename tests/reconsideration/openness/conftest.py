from __future__ import annotations

import pytest

from reconsideration.openness.public.caching import forget
from tests.support.papers import DECIDED, DECISION, Office, an_office, fresh, under_review


@pytest.fixture(autouse=True)
def nothing_kept():
    """A page that an earlier test drew is not this one's."""
    forget()


@pytest.fixture
def office(db) -> Office:
    return an_office()


@pytest.fixture
def decision(office):
    """An annulling decision, served on both."""
    case = under_review(office)
    return office.serve(office.paper(case, "decision", DECIDED, DECISION), DECIDED)


@pytest.fixture
def case(decision):
    return fresh(decision.case)
