"""Litigation through the API: a suit registered and followed, the backlog read, and nothing of others."""

from __future__ import annotations

from datetime import date

import pytest

from tests.litigation.test_nonlitigation import entries as enforcement
from tests.litigation.test_sessions import planned
from tests.support.api import Program
from tests.support.litigation import BUREAU, Suit, agency_id, department, entries, liaison

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


def test_the_other_kinds_of_file_are_registered_at_the_same_address() -> None:
    program = Program(liaison())
    letter = {
        "kind": "public_interest",
        "sender": "达拉特旗人民检察院",
        "topic": "河道堆放垃圾",
        "recipients": [{"known_party": agency_id(BUREAU), "received_on": "2026-08-01"}],
    }
    made = program.post("/litigation/cases?file=suggestion", letter)
    assert (made.status_code, made.json()["state"]) == (201, "SUGGESTED"), made.content
    made = program.post("/litigation/cases?file=enforcement", enforcement())
    assert made.status_code == 201, made.content
    schema = program.get("/litigation/cases/schema", {"file": "supervision"})
    assert "procuratorate" in schema.json()["properties"]
    assert program.post("/litigation/cases?file=none", {}).status_code == 404
    assert program.get("/mediation/cases/schema", {"file": "suggestion"}).status_code == 404


def test_sessions_are_read_by_whoever_sees_the_suit() -> None:
    suit = planned()
    own, other = Program(department()), Program(department(at="150621-ZRJ"))
    found = own.get("/court-sessions", {"case": suit.pk}).json()["items"]
    assert [(one["place"], one["held_on"]) for one in found] == [("第三审判庭", None)]
    assert other.get("/court-sessions").json()["items"] == []
