"""Litigation through the API: a suit registered and followed, the backlog read, and nothing of others."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.api import Program
from tests.support.litigation import Suit, department, entries, liaison

pytestmark = pytest.mark.django_db


def test_a_suit_is_registered_and_its_instance_read() -> None:
    program = Program(liaison())
    made = program.post("/litigation/cases", entries())
    assert made.status_code == 201, made.content
    found = program.get("/court-instances", {"case": made.json()["id"]}).json()["items"]
    assert [one["level"] for one in found] == ["first"]
    assert program.get("/litigation/cases/schema").status_code == 200


def test_a_department_reads_its_own_and_nothing_of_others() -> None:
    suit = Suit(date(2026, 6, 5))
    suit.judge(date(2026, 9, 1))
    own, other = Program(department()), Program(department(at="150621-ZRJ"))
    assert len(own.get("/court-papers").json()["items"]) == 1
    assert other.get("/court-papers").json()["items"] == []
    assert other.get("/court-instances").json()["items"] == []
