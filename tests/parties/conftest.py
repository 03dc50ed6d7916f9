from __future__ import annotations

from datetime import date

import pytest

from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.pages.clock import today as clock_today
from casemgr.parties.registry import PartyData, find_or_create

TODAY = date(2026, 11, 25)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def make_user(db):
    def make(username: str, role: str | None, unit_code: str) -> User:
        user = User.objects.create_user(username, password="x", full_name=f"测试{username}")
        if role:
            RoleAssignment.objects.create(user=user, role=role, unit=Unit.objects.get(code=unit_code))
        return user

    return make


@pytest.fixture
def officer(make_user) -> User:
    return make_user("officer", "officer", "150621-SFJ")


@pytest.fixture
def outsider(make_user) -> User:
    """A mediator of one town: sees that a party exists, not who it is."""
    return make_user("outsider", "mediator", "150621101")


@pytest.fixture
def zhang_data() -> PartyData:
    return PartyData(
        kind="person",
        name="张建国",
        identity_kind="RID",
        identity_number="150699198503120017",
        phone="138 0000 0001",
        address="树林召镇东园村3社12号",
        village="东园村",
    )


@pytest.fixture
def zhang(zhang_data, officer):
    return find_or_create(zhang_data, officer, clock_today())
