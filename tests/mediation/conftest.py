"""What the tests of mediation share: a committee, its people, and the entries of an everyday dispute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from casemgr.actions.perform import perform
from mediation.models import MediationCase
from tests.support.mediation import committee, mediator

TODAY = date(2026, 11, 23)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def village(db: None) -> Any:
    return committee()


@pytest.fixture
def worker(village: Any) -> Any:
    """The committee's mediator."""
    return mediator()


@pytest.fixture
def secretary(village: Any) -> Any:
    return mediator("secretary-1", "committee")


def entries(**changes: Any) -> dict[str, Any]:
    """Five entries make a dispute."""
    return {
        "people": [{"name": "王宝音", "role": "applicant"}, {"name": "李四", "role": "respondent"}],
        "dispute_type": "02",
        "place": "新民村",
        "summary": "因宅基地边界发生争执。",
    } | changes


@pytest.fixture
def register(worker: Any, today: date) -> Callable[..., MediationCase]:
    def act(by: Any = None, on: date = today, key: str | None = None, **changes: Any) -> MediationCase:
        return perform("mediation.register", None, entries(**changes), by or worker, on, key=key)

    return act


@pytest.fixture
def act(worker: Any, secretary: Any, today: date) -> Callable[..., MediationCase]:
    """`act("examine", case, met=[…])` by the mediator, or `by` somebody else."""

    def doing(step: str, case: MediationCase, by: Any = None, **data: Any) -> MediationCase:
        return perform(f"mediation.{step}", case, data, by or worker, today)

    return doing
