"""People of cases who resemble somebody known: the clerk's decision is what the register gets, in every ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from casemgr.cases.models import Case, Participation
from casemgr.ledgers.actor import ROLES, LedgerActor
from casemgr.ledgers.models import LedgerImport
from casemgr.organisation.models import RoleAssignment
from casemgr.pages.clock import today
from casemgr.parties import registry
from casemgr.parties.identity import old_form
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData
from reconsideration.demo.people import resident_number
from tests.ledgers.test_imports_in_the_page import assigned, sent, step, worked
from tests.ledgers.test_ledgers import CASE
from tests.litigation.ledger.test_ledger import FIRST
from tests.mediation.test_ledger import CLOSED
from tests.support.ledgers import write_csv
from tests.support.mediation import committee
from tests.support.register import person, unit

pytestmark = pytest.mark.django_db
NUMBER = resident_number(7, date(1965, 3, 12), "M")
KNOWN = {
    "mediation": PartyData(kind="person", name="李四", identity_kind="NONE", identity_note="未带证件",
                           phone="13800000020"),
    "reconsideration": PartyData(kind="person", name="王宝音", identity_kind="RID", identity_number=NUMBER),
    "litigation": PartyData(kind="organisation", name="内蒙古宏远运输有限公司", identity_kind="NONE",
                            identity_note="未提供"),
}  # fmt: skip
ROWS = {
    "mediation": CLOSED | {"被申请人电话": "13800000020"},
    "reconsideration": CASE | {"申请人证件号码": old_form(NUMBER)},
    "litigation": FIRST,
}


@pytest.fixture
def known(request: pytest.FixtureRequest, client: Client) -> Party:
    committee()
    user = person("li")
    for role, code in ROLES.items():
        RoleAssignment.objects.create(user=user, role=role, unit=unit(code))
    client.force_login(user)
    return registry.create(KNOWN[request.param], LedgerActor(), today())


def tried(client: Client, path: Path, kind: str) -> LedgerImport:
    found = assigned(client, sent(client, kind, write_csv(path / "a.csv", [ROWS[kind]]).read_bytes(), "a.csv"))
    assert (found.created, found.rejected) == (1, 0), list(found.imported_rows.values_list("problems"))
    return found


def loaded(client: Client, found: LedgerImport) -> list[Party]:
    """Those of the case who bear the known one's name."""
    step(client, found, "load")
    found = worked(found)
    if not found.created:
        return []
    parts = Participation.objects.filter(case=Case.objects.get())
    return [part.party for part in parts if part.party.name == KNOWN[found.kind].name]


@pytest.mark.parametrize(("known", "kind"), [(kind, kind) for kind in KNOWN], indirect=["known"])
@pytest.mark.parametrize("answer", ["same", "new", "skip"])
def test_the_decision_is_what_the_register_gets(
    client: Client, tmp_path: Path, known: Party, kind: str, answer: str
) -> None:
    found = tried(client, tmp_path, kind)
    (question,) = found.questions.all()
    assert (question.party, question.answer) == (known, "")
    step(client, found, "load")
    found.refresh_from_db()
    assert found.status == "tried"
    step(client, found, "decide", **{f"answer-{question.pk}": answer})
    parties = loaded(client, found)
    if answer == "skip":
        assert parties == [] and not Case.objects.exists()
        assert LedgerImport.objects.get().skipped == 1
    else:
        assert [party == known for party in parties] == [answer == "same"]


@pytest.mark.parametrize(("known", "kind"), [("mediation", "mediation")], indirect=["known"])
def test_who_was_merged_meanwhile_is_taken_for_the_survivor(
    client: Client, tmp_path: Path, known: Party, kind: str
) -> None:
    found = tried(client, tmp_path, kind)
    step(client, found, "decide", all_as="same")
    survivor = Party.objects.create(kind="person", name="李四", identity_kind="NONE", identity_note="重复")
    Party.objects.filter(pk=known.pk).update(merged_into=survivor)
    assert loaded(client, found) == [survivor]


@pytest.mark.parametrize(("known", "kind"), [("mediation", "mediation")], indirect=["known"])
def test_cells_that_are_gone_refuse_the_load_and_say_what_to_do(
    client: Client, tmp_path: Path, known: Party, kind: str
) -> None:
    found = tried(client, tmp_path, kind)
    step(client, found, "decide", all_as="new")
    found.cells.delete()
    step(client, found, "load")
    found = LedgerImport.objects.get()
    assert found.status == "tried"
    assert "请重新上传" in client.get(found.get_absolute_url()).content.decode()
