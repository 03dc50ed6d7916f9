from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from casemgr.actions.perform import perform
from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.parties.models import Party

TODAY = date(2026, 11, 25)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def make_user(db) -> Callable[..., User]:
    def make(username: str, role: str | None, unit_code: str = "150621-SFJ-FY") -> User:
        user = User.objects.create_user(username, password="x", full_name=f"测试{username}")
        if role:
            RoleAssignment.objects.create(user=user, role=role, unit=Unit.objects.get(code=unit_code))
        return user

    return make


@pytest.fixture
def officer(make_user) -> User:
    return make_user("officer", "officer")


@pytest.fixture
def head(make_user) -> User:
    return make_user("head", "head")


@pytest.fixture
def agency(db) -> Party:
    return Party.objects.get(name="达拉特旗市场监督管理局")


@pytest.fixture
def application(agency) -> dict[str, Any]:
    """A complete application, as plain data."""
    return {
        "people": [
            {
                "role": "applicant",
                "kind": "person",
                "name": "张建国",
                "identity_kind": "RID",
                "identity_number": "150699198503120017",
                "phone": "13800000001",
                "address": "树林召镇东园村3社12号",
            }
        ],
        "respondents": [agency.pk],
        "act_title": "行政处罚决定",
        "act_number": "达市监罚[2026]77号",
        "acted_on": "2026-10-12",
        "matter": "penalty",
        "application_method": "in_person",
        "received_on": "2026-11-23",
        "requests": "请求撤销该行政处罚决定。",
        "reasons": "处罚认定事实不清。",
        "known_on": "2026-10-14",
        "known_ground": "signed",
    }


@pytest.fixture
def register(officer, today) -> Callable[..., Any]:
    """Register an application; keyword arguments replace or add entries."""

    def run(data: dict[str, Any], actor=None, key: str | None = None, **changes: Any):
        return perform("reconsideration.register", None, data | changes, actor or officer, today, key=key)

    return run
