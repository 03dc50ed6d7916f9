"""What the walks and the API's tests look at: a case of one's own office, and one of another unit."""

from __future__ import annotations

import pytest

from casemgr.pages.clock import today as clock_today
from tests.support.papers import a_case, an_office
from tests.support.register import OTHER, received_case


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def case(office):
    today = clock_today()
    return a_case(office, received_on=today, today=today)


@pytest.fixture
def foreign():
    """A case of another unit."""
    today = clock_today()
    return received_case(today, today, at=OTHER)
