"""What a hostile or unlucky person sends to the pages of an import, and what undoing must not take away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.cases.models import Case
from casemgr.indicators.definition import indicators
from casemgr.indicators.figures import table
from casemgr.indicators.period import year_of
from casemgr.jobs.models import Job
from casemgr.ledgers.models import ImportedRow, LedgerImport
from casemgr.parties.models import Party
from litigation.court.figures import units_of
from litigation.indicators import CASES, JUSTIFIED, RAW
from litigation.models import LitigationFacts
from tests.ledgers.test_imports_in_the_page import NUMBER, THEIRS, assigned, book, officer, sent, step, worked
from tests.litigation.ledger.test_ledger import FIRST, TODAY
from tests.support.api import Program
from tests.support.litigation import Suit, liaison

__all__ = ["officer"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["column-²", "column-" + "9" * 20, "column-٣", "column-3"])
def test_names_of_columns_that_are_none(client: Client, officer, name: str) -> None:
    found = sent(client, "reconsideration", book(THEIRS))
    for more in ({}, {"look": "1"}):
        answer = client.post(found.get_absolute_url(), {"sheet": "0", "heading": "1", name: "案号", **more})
        assert answer.status_code in (200, 422)
        answer = client.post(found.get_absolute_url(), {"sheet": "0", "heading": "1", name: "nonsense", **more})
        assert answer.status_code in (200, 422)


@pytest.mark.parametrize("name", ["answer-²", "answer-" + "9" * 18, "answer-" + "9" * 19])
def test_answers_to_questions_that_are_none(client: Client, officer, name: str) -> None:
    found = assigned(client, sent(client, "reconsideration", book(THEIRS)))
    assert client.post(f"{found.get_absolute_url()}decide/", {name: "same"}).status_code == 302


@pytest.mark.parametrize("data", [{"look": "1"}, {"sheet": "0", "heading": "1", "column-0": "案号"}])
def test_columns_of_an_import_whose_cells_are_gone(client: Client, officer, data: dict[str, str]) -> None:
    found = sent(client, "reconsideration", book(THEIRS))
    found.cells.delete()
    assert client.post(found.get_absolute_url(), data).status_code in (200, 302, 409, 422)


def test_a_load_that_was_stopped_can_be_undone(client: Client, officer) -> None:
    found = assigned(client, sent(client, "reconsideration", book(THEIRS)))
    step(client, found, "load")
    found = worked(found)
    LedgerImport.objects.filter(pk=found.pk).update(status=LedgerImport.Status.LOADING)
    Job.objects.filter(pk=found.job_id).update(status=Job.State.CANCELLED)
    step(client, found, "undo", reason="误传")
    assert worked(found).taken_back == 1


def test_a_load_that_still_runs_is_not_undone(client: Client, officer) -> None:
    found = assigned(client, sent(client, "reconsideration", book(THEIRS)))
    step(client, found, "load")
    step(client, found, "undo", reason="误传")
    found.refresh_from_db()
    assert found.status == LedgerImport.Status.LOADING


def test_a_party_somebody_named_since_stays(client: Client, officer) -> None:
    found = assigned(client, sent(client, "parties", book({"姓名": "王宝音", "身份证号": NUMBER})))
    step(client, found, "load")
    found = worked(found)
    made = Party.objects.get(pk=ImportedRow.objects.get(of_import=found).made_id)
    LitigationFacts.objects.filter(case=Suit(date(2026, 6, 1)).pk).update(responsible=made)
    step(client, found, "undo", reason="误传")
    found = worked(found)
    assert found.taken_back == 0
    assert ImportedRow.objects.get(of_import=found).stays_because


def test_a_case_is_taken_back_by_undoing_alone(client: Client, officer) -> None:
    found = assigned(client, sent(client, "reconsideration", book(THEIRS)))
    step(client, found, "load")
    found = worked(found)
    case = ImportedRow.objects.get(of_import=found).made_id
    data = {"of_import": found.pk, "reason": "误传"}
    page = client.post(f"/cases/{case}/actions/reconsideration.take_back/", {**data, "confirmed": "1"})
    answer = Program(officer).post(f"/cases/{case}/actions/reconsideration.take_back", data)
    assert (page.status_code, answer.status_code) == (404, 409), answer.json()
    assert Case.objects.get(pk=case).state != "VOID"


def test_the_figures_of_heads_forget_what_is_undone(client: Client) -> None:
    user = liaison()
    client.force_login(user)
    found = assigned(client, sent(client, "litigation", book(FIRST)))
    step(client, found, "load")
    found = worked(found)
    assert heads(user) == [(1, 2), (1, 2), (0, 1), 2]
    step(client, found, "undo", reason="误传")
    assert worked(found).taken_back == 1
    assert heads(user) == [(0, 0), (0, 0), (0, 0), 0]


def heads(user: Any) -> list[Any]:
    found = [table(indicators()[code], year_of(2024, TODAY), user, TODAY).total for code in (RAW, JUSTIFIED, CASES)]
    return [*((one.numerator, one.denominator) for one in found), len(units_of(user, 2024, TODAY))]
