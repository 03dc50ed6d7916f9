"""The printed ledgers: exactly the rows of a year and a unit, as a page, an Excel file and a PDF."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from litigation.models import Standing
from litigation.registers.tables import REGISTERS, lines_in, rows_of
from tests.support.litigation import Suit, agency_id, department, liaison
from tests.support.register import queries

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
EDUCATION = "达拉特旗教育体育局"


@pytest.fixture
def suits() -> tuple[Suit, Suit]:
    """One of the police heard and judged, one of another bureau judged."""
    police = Suit(date(2026, 6, 3))
    standing = Standing.objects.get(in_instance=police.instance).pk
    police.on(date(2026, 7, 1)).act("record_session", kind="session", on=date(2026, 7, 1), **{
        f"head_came_{standing}": True, f"head_name_{standing}": "白志刚", f"head_post_{standing}": "副局长",
        f"head_category_{standing}": "deputy", f"certificate_on_{standing}": date(2026, 6, 28)})  # fmt: skip
    police.judge(date(2026, 8, 3), outcome="confirmed_illegal")
    other = Suit(date(2026, 6, 3), agencies=[{"known_party": agency_id(EDUCATION), "received_on": date(2026, 6, 1)}])
    other.judge(date(2026, 9, 3))
    return police, other


def cells(code: str, user: Any, year: int = 2026, unit: int | None = None) -> list[list[str]]:
    register = REGISTERS[code]
    return [line for _case, line in lines_in(register, rows_of(register, user, TODAY, year, unit), 100)]


def test_sessions_and_papers_stand_in_the_ledger_of_their_year(suits) -> None:
    user = liaison()
    (session,) = cells("sessions", user)
    assert session[0] == "2026-07-01"
    assert session[5:7] == ["达拉特旗公安局", "白志刚（副局长）"]
    papers = cells("papers", user)
    assert [(row[0], row[8]) for row in papers] == [("2026-08-03", "败诉"), ("2026-09-03", "")]
    assert cells("papers", user, 2025) == cells("sessions", user, 2025) == cells("executions", user) == []


def test_a_unit_has_its_own_rows_and_a_department_no_others(suits) -> None:
    police, _other = suits
    unit = police.case.litigation_facts.responsible_unit_id
    assert len(cells("papers", liaison(), unit=unit)) == len(cells("papers", department())) == 1


def test_the_ledgers_are_shown_and_taken_as_files(suits, monkeypatch, client: Client) -> None:
    monkeypatch.setattr("litigation.registers.pages.clock_today", lambda: TODAY)
    client.force_login(liaison())
    for kind in ("sessions", "papers", "executions"):
        assert client.get("/litigation/ledgers/", {"kind": kind, "year": 2026}).status_code == 200
    answer = client.get("/litigation/ledgers/file/", {"kind": "papers", "year": 2026, "format": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows) == 3
    printed = client.get("/litigation/ledgers/file/", {"kind": "sessions", "year": 2026})
    assert printed.content.startswith(b"%PDF")
    assert client.get("/litigation/ledgers/", {"kind": "others"}).status_code == 404
    assert client.get("/litigation/ledgers/", {"unit": "999999"}).status_code == 404
    assert client.get("/litigation/ledgers/file/", {"format": "exe"}).status_code == 404


def test_a_longer_ledger_asks_no_more(suits, client: Client) -> None:
    client.force_login(liaison())
    for kind in REGISTERS:
        assert queries(client, f"/litigation/ledgers/?kind={kind}&year=2026")[0] <= 12
    assert queries(client, "/litigation/sessions/")[0] <= 13


def test_the_docket_is_narrowed_to_a_unit(suits) -> None:
    police, _other = suits
    for suit in (Suit(date(2026, 11, 3)), Suit(date(2026, 11, 3), agencies=[{"known_party": agency_id(EDUCATION)}])):
        suit.on(date(2026, 11, 20)).act(
            "plan_session", on=date(2026, 11, 20), planned_on=date(2026, 12, 8), kind="session"
        )
    unit = police.case.litigation_facts.responsible_unit_id
    assert len(cells("docket", liaison())) == 2
    assert len(cells("docket", liaison(), unit=unit)) == 1
