"""Evidence: what the law bars, who has the burden, two officers who investigate (art. 43–46; Regulation, art. 47)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.perform import perform
from casemgr.documents.definition import preview
from reconsideration.evidence.law import owed_by_applicant
from reconsideration.models import Evidence, Investigation
from tests.support.flow import received, refusals

pytestmark = pytest.mark.django_db
PIECE = {"kind": "written", "title": "现场检查笔录", "purpose": "证明检查经过", "pages": "3"}


def replied() -> Any:
    """Received 2 September, replied 21 September."""
    flow = received(date(2026, 9, 2))
    flow.on(date(2026, 9, 8)).accept()
    flow.on(date(2026, 9, 10)).serve(flow.paper("reply_notice"))
    flow.on(date(2026, 9, 21)).reply()
    return flow


def part(flow: Any, role: str) -> int:
    return flow.case.participations.get(role=role).pk


def add(flow: Any, role: str = "respondent", **more: Any) -> Evidence:
    entered = {**PIECE, "given_by": part(flow, role) if role else "", "received_on": flow.day, **more}
    return flow.act("officer", "evidence.add", flow.case, **entered)


def find(flow: Any, piece: Evidence, finding: str = "true", **more: Any) -> Evidence:
    piece = Evidence.objects.get(pk=piece.pk)
    return flow.act("officer", "evidence.find", piece, finding=finding, on=flow.day, **more)


def test_what_the_respondent_collected_after_the_application_is_no_basis():
    flow = replied()
    piece = add(flow, received_on="2026-09-21", collected_on="2026-09-15")
    assert ("self-collected", "46(1)") in refusals(find, flow, piece)
    assert ("finding-without-reason", "43(2)") in refusals(find, flow, piece, "barred")
    assert find(flow, piece, "barred", finding_reason="行政复议期间自行收集").finding == "barred"
    before = add(flow, received_on="2026-09-21", collected_on="2026-09-01")
    assert find(flow, before).finding == "true"


def test_what_comes_after_the_reply_needs_leave_and_leave_a_new_reason():
    flow = replied()
    piece = add(flow.on(date(2026, 9, 24)))
    assert piece.leave == "asked"
    assert ("supplement-without-leave", "46(2)") in refusals(find, flow, piece)
    give = {"leave": "given", "on": flow.day}
    assert ("leave-without-reason", "46(2)") in refusals(
        flow.act, "officer", "evidence.leave", Evidence.objects.get(pk=piece.pk), **give
    )
    flow.act("officer", "evidence.leave", Evidence.objects.get(pk=piece.pk), **give,
             leave_reason="申请人新提出检查人员不足两人")  # fmt: skip
    assert find(flow, piece).finding == "true"
    refused = add(flow)
    flow.act("officer", "evidence.leave", Evidence.objects.get(pk=refused.pk), leave="refused", on=flow.day)
    assert Evidence.objects.get(pk=refused.pk).finding == "barred"


@pytest.mark.parametrize("on, barred", [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_what_was_withheld_from_the_agency_is_not_taken_since_july_2026(on: date, barred: bool):
    flow = received(date(2026, 6, 10))
    flow.on(date(2026, 6, 12)).accept()
    piece = add(flow.on(date(2026, 6, 26)), "applicant", was_withheld=True)
    flow.on(on)
    if barred:
        assert ("withheld-before", "实施条例47") in refusals(find, flow, piece)
    else:
        assert find(flow, piece).finding == "true"


def test_an_applicant_proves_that_it_asked_for_the_duty_and_its_damage():
    flow = received(date(2026, 9, 2), requests="撤销该行为，并赔偿损失一万元。")
    owed = owed_by_applicant(flow.case, [])
    assert [(one.burden, one.is_met) for one in owed] == [("damage", False)]
    flow.on(date(2026, 9, 8)).accept()
    piece = add(flow, "applicant", burden="damage")
    assert owed_by_applicant(flow.case, [piece])[0].is_met
    assert refusals_of_form(flow, "respondent", burden="damage") == {"burden"}


def refusals_of_form(flow: Any, role: str, **more: Any) -> set[str]:
    from casemgr.actions.errors import InvalidInput

    with pytest.raises(InvalidInput) as caught:
        add(flow, role, **more)
    return set(caught.value.form.errors)


def investigate(flow: Any, **more: Any) -> Investigation:
    people = flow.office
    entered = {"kind": "question", "held_on": flow.day, "place": "展旦召苏木哈什拉村", "officer": people["officer"].pk,
               "second_officer": people["head"].pk, "cards_shown": True, "asked": "村委会主任李某",
               "content": "问：地块现由谁耕种？\n答：申请人一家。", **more}  # fmt: skip
    return flow.act("officer", "investigation.record", flow.case, **entered)


def test_two_officers_with_their_cards_investigate():
    flow = replied()
    one = flow.office["officer"].pk
    assert ("two-investigators", "45(2)") in refusals(investigate, flow, second_officer=one)
    assert ("work-cards", "45(2)") in refusals(investigate, flow, cards_shown=False)
    assert investigate(flow).pk


def test_an_inspection_names_the_time_that_does_not_count(client: Client):
    flow = replied()
    flow.step("officer", "begin_excluded_time", kind="inspection", paper="现场勘验笔录")
    begun = flow.case.events.get(kind="excluded_from")
    record = investigate(flow, kind="inspection", excluded=begun.pk)
    assert record.excluded == begun
    piece = add(flow)
    client.force_login(flow.office["officer"])
    for address in (
        f"/cases/{flow.case.pk}/",
        f"/reconsideration/cases/{flow.case.pk}/evidence/",
        piece.get_absolute_url(),
        f"{piece.get_absolute_url()}evidence.find/",
        record.get_absolute_url(),
        f"{record.get_absolute_url()}investigation.correct/",
        f"/cases/{flow.case.pk}/actions/investigation.record/",
    ):
        assert client.get(address).status_code == 200, address


def test_the_catalogue_and_the_record_as_pdf_and_word():
    flow = replied()
    add(flow, received_on="2026-09-21")
    record = investigate(flow)
    for paper in (
        flow.draft("evidence_list", whose=str(part(flow, "respondent"))),
        flow.draft("investigation_record", investigation=record.pk),
    ):
        assert preview(paper).startswith(b"%PDF") and preview(paper, "docx").startswith(b"PK")


def test_a_struck_piece_stays_and_counts_for_nothing():
    flow = replied()
    piece = add(flow, received_on="2026-09-21")
    perform("evidence.strike", piece, {"reason": "重复"}, flow.office["officer"], flow.day)
    assert not Evidence.objects.standing().exists() and Evidence.objects.count() == 1
    assert ("struck", "") in refusals(find, flow, piece)
