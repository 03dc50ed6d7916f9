"""Facts and clues for a supervision organ: seen by author and leaders alone, each look kept."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from docx import Document as Word
from pypdf import PdfReader

from casemgr.actions.errors import Forbidden, InvalidInput, NotVisible, WrongState
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.documents.clues.letter import letter_file
from casemgr.documents.clues.models import Transfer
from casemgr.notices.models import Notice
from casemgr.organisation.models import RoleAssignment
from litigation.models import Standing
from tests.litigation.backlog.test_items import entered
from tests.litigation.test_sessions import held, planned, standing_of
from tests.support.api import Program
from tests.support.litigation import Suit, department, liaison
from tests.support.register import person, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)
FACTS = "该局分管副局长张某某在接到出庭通知后未到庭，且未说明理由。"


@pytest.fixture
def suit() -> Suit:
    return Suit(date(2026, 6, 5))


@pytest.fixture
def leader(db: None) -> Any:
    return person("bureau-leader", "leader", at="150621-SFJ", full_name="云巴特尔")


def texts(**changes: Any) -> dict[str, Any]:
    return {
        "organ": "达拉特旗监察委员会",
        "people": "张某某，达拉特旗公安局副局长",
        "basis": "《中华人民共和国行政诉讼法》第六十六条",
        "facts": FACTS,
        "papers": "庭审笔录复印件 4页\n出庭通知书复印件 1页",
        **changes,
    }


def drafted(suit: Suit, about: str = "", **changes: Any) -> Transfer:
    return perform("clues.draft", None, texts(about=about or f"suit:{suit.pk}", **changes), suit.actor, TODAY)


def act(name: str, transfer: Transfer, by: Any, **data: Any) -> Transfer:
    return perform(f"clues.{name}", Transfer.objects.get(pk=transfer.pk), data, by, TODAY)


def test_from_the_draft_to_the_organ_s_answer(suit, leader):
    transfer = drafted(suit)
    assert suit.instance.court_number in transfer.about
    assert [row.unit.code for row in transfer.concerned.all()] == ["150621-GAJ"]
    assert [one.recipient_id for one in Notice.objects.filter(kind="clues_to_release")] == [leader.pk]
    with pytest.raises(Forbidden):
        act("release", transfer, suit.actor)
    with pytest.raises(WrongState):
        act("hand_over", transfer, suit.actor, on="2026-11-29", way="in_person")
    transfer = act("release", transfer, leader)
    assert transfer.number.text == "达司移〔2026〕1号"
    with pytest.raises(WrongState):
        act("correct", transfer, suit.actor, **texts())
    act("hand_over", transfer, suit.actor, on="2026-11-29", way="confidential", taken_by="王某")
    act("receipt", transfer, suit.actor, on="2026-11-29", receipt="达监收〔2026〕8号")
    act("answer", transfer, suit.actor, on="2026-11-29", kind="case_opened")
    transfer = act("answer", transfer, leader, on="2026-11-29", kind="sanction", text="政务警告")
    assert (transfer.state, [one.kind for one in transfer.answers.all()]) == ("answered", ["case_opened", "sanction"])


def test_nobody_else_sees_it_anywhere(suit, leader, client: Client):
    transfer = drafted(suit)
    own, other, auditor = department(), liaison(), person("aud", "auditor", at="150621")
    admin, head = person("adm", "admin", at="150621"), person("hd", "head")
    for user in (own, other, auditor, admin, head):
        assert not Transfer.objects.visible_to(user, TODAY).exists()
        with pytest.raises((NotVisible, Forbidden)):
            act("strike", transfer, user, reason="试")
        client.force_login(user)
        assert client.get(transfer.get_absolute_url()).status_code in (403, 404)
        assert client.get(f"{transfer.get_absolute_url()}letter/pdf/").status_code in (403, 404)
        for address in (f"/cases/{suit.pk}/", "/clues/", "/cases/?q=监察委员会", "/work/"):
            page = client.get(address).content.decode()
            assert FACTS not in page and transfer.organ not in page
        answer = Program(user).get("/clue-transfers")
        assert answer.status_code == 403 or answer.json()["items"] == []
        assert Program(user).get(f"/clue-transfers/{transfer.pk}").status_code in (403, 404)
    for user in (suit.actor, leader):
        client.force_login(user)
        assert FACTS in client.get(transfer.get_absolute_url()).content.decode()


def test_an_author_who_moves_to_the_department_concerned_sees_it_no_more(suit):
    drafted(suit)
    RoleAssignment.objects.create(user=suit.actor, role="department", unit=unit("150621-GAJ"))
    moved = get_user_model().objects.get(pk=suit.actor.pk)
    assert not Transfer.objects.visible_to(moved, TODAY).exists()


def test_a_department_hands_nothing_over_and_nobody_about_what_is_not_seen(suit):
    for about in (f"suit:{suit.pk}", "suit:999999", "reconsideration:1", "suit:", "x"):
        with pytest.raises((Forbidden, InvalidInput)):
            perform("clues.draft", None, texts(about=about), department(), TODAY)
    with pytest.raises(InvalidInput):
        drafted(suit, "suit:999999")


def test_each_look_is_in_the_access_log(suit, leader, client: Client):
    transfer = drafted(suit)
    client.force_login(leader)
    client.get("/clues/")
    client.get(transfer.get_absolute_url())
    client.get(f"{transfer.get_absolute_url()}letter/docx/")
    Program(leader).get(f"/clue-transfers/{transfer.pk}")
    rows = AccessLog.objects.filter(kind__in=("clue_opened", "clues_listed"), actor_id=leader.pk).order_by("pk")
    assert [(row.kind, row.subject_id) for row in rows] == [
        ("clues_listed", None), *[("clue_opened", transfer.pk)] * 3
    ]  # fmt: skip
    assert FACTS not in str([row.data for row in rows])


def test_the_letter_with_its_receipt_as_pdf_and_word(suit, leader):
    transfer = act("release", drafted(suit), leader)
    pdf = "".join(page.extract_text() for page in PdfReader(BytesIO(letter_file(transfer, "pdf", TODAY))).pages)
    word = Word(BytesIO(letter_file(transfer, "docx", TODAY)))
    written = "\n".join(
        [line.text for line in word.paragraphs]
        + [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    )
    for text in (pdf.replace("\n", ""), written):
        for said in ("达拉特旗监察委员会", "达司移〔2026〕1号", "庭审笔录复印件", "移送回执", "第六十六条"):
            assert said in text
        assert "有关规定的规定" not in text
    form = PdfReader(BytesIO(letter_file(transfer, "pdf", TODAY, is_receipt=True))).pages[0].extract_text()
    assert "达司移〔2026〕1号" in form and "附材料2件" in form.replace("\n", "")


def test_an_absence_from_court_is_begun_on_the_case_page(leader, client: Client):
    suit = planned()
    standing = standing_of(suit)
    held(suit, **{f"lawyers_{standing.pk}": "张律师"})
    assert Standing.objects.get(pk=standing.pk).seen == "absent"
    link = f"/clues/new/?about=absence:{standing.pk}"
    for user, shown in ((suit.actor, True), (leader, True), (department(), False)):
        client.force_login(user)
        page = client.get(f"/cases/{suit.pk}/").content.decode()
        assert (link in page, f"about=suit:{suit.pk}" in page) == (shown, shown)
    client.force_login(suit.actor)
    assert "负责人出庭应诉" in client.get(link).content.decode()
    assert "出庭应诉情况" in drafted(suit, f"absence:{standing.pk}").about


def test_a_backlog_item_concerns_every_unit_that_owes_it(leader):
    actor = liaison()
    item = entered(actor, joint_units=[unit("150621-ZRJ").pk])
    transfer = perform("clues.draft", None, texts(about=f"backlog:{item.pk}"), actor, TODAY)
    assert {row.unit.code for row in transfer.concerned.all()} == {"150621-GAJ", "150621-ZRJ"}
