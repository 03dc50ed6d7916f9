"""Annulling a step: the register becomes what the remaining steps make it, and everything stays readable."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.errors import ActionError, Forbidden
from casemgr.actions.perform import perform
from casemgr.audit.verification import verify
from casemgr.cases.deadlines import sync
from casemgr.cases.events import facts_of
from casemgr.cases.models import Case, CaseStep
from casemgr.documents import undo
from casemgr.documents.models import Document
from tests.support.flow import Flow, received

pytestmark = pytest.mark.django_db


def register_of(case: Case) -> dict[str, Any]:
    """What the case is: everything that a step may change, without who and when it was recorded."""
    case = Case.objects.get(pk=case.pk).typed()
    facts = {
        field.name: getattr(case.facts, field.attname)
        for field in case.facts._meta.concrete_fields
        if not field.primary_key
    }
    return {
        "state": case.state,
        "stage": case.stage,
        "outcome": case.outcome,
        "closed": case.closed_on,
        "due": (case.next_due_on, case.next_other_due_on),
        "facts": facts,
        "events": [(fact.kind, fact.occurred_on, fact.party_id) for fact in facts_of(case)],
        "deadlines": sorted(
            (row.rule, row.start_on, str(row.due_on), row.status, str(row.met_on), row.party_id or 0)
            for row in case.deadlines.all()
        ),
    }


def step_of(flow: Flow, action: str) -> CaseStep:
    return flow.case.steps_taken.filter(action=action, annulled_at__isnull=True).last()


def annul(flow: Flow, action: str, day: date) -> Case:
    data = {"taken": step_of(flow, action).pk, "reason": "误操作"}
    perform("cases.annul", flow.case, data, flow.office["head"], day)
    flow.case = type(flow.case).objects.get(pk=flow.case.pk)
    return flow.case


def refused(flow: Flow, action: str, day: date) -> set[str]:
    with pytest.raises(ActionError) as caught:
        annul(flow, action, day)
    return {refusal.code for refusal in caught.value.refusals}


def an_accepted(track: str = "ordinary") -> Flow:
    flow = received(date(2026, 9, 1))
    flow.on(date(2026, 9, 3)).accept(track)
    return flow


def test_annulling_the_acceptance_leaves_the_case_as_received() -> None:
    flow = received(date(2026, 9, 1))
    flow.on(date(2026, 9, 3)).examine()
    before = register_of(flow.case)
    flow.step("head", "accept", track="ordinary", simplified_ground="")
    assert register_of(flow.case) != before
    annul(flow, "reconsideration.accept", date(2026, 9, 4))
    assert register_of(flow.case) == before
    # 1 September + 5 working days = 8 September: the review period runs again
    assert flow.status("R-ACC") == (date(2026, 9, 8), "open")
    assert flow.case.events.filter(kind="accepted").exists()


def test_a_later_step_must_go_first_and_is_named() -> None:
    flow = an_accepted()
    flow.on(date(2026, 9, 8)).paper("reply_notice")
    assert refused(flow, "reconsideration.accept", date(2026, 9, 9)) == {"later-step"}


def test_an_issued_paper_that_reached_nobody_is_withdrawn_with_its_step() -> None:
    flow = an_accepted()
    before = register_of(flow.case)
    paper = flow.on(date(2026, 9, 8)).paper("reply_notice")
    number, digest = paper.number_text, paper.sha256
    annul(flow, "reconsideration.send_copy", date(2026, 9, 9))
    assert register_of(flow.case) == before
    paper = Document.objects.get(pk=paper.pk)
    assert (paper.state, paper.number_text, paper.sha256) == ("WITHDRAWN", number, digest)
    assert paper.number.void_reason == "误操作"
    assert paper.content().startswith(b"%PDF")
    again = flow.on(date(2026, 9, 9)).paper("reply_notice")
    assert again.number.number == paper.number.number + 1


def test_a_served_paper_stays_and_a_mistaken_service_is_struck_first() -> None:
    flow = an_accepted()
    paper = flow.on(date(2026, 9, 8)).paper("reply_notice")
    before = register_of(flow.case)
    flow.serve_on(paper, "respondent")
    assert refused(flow, "reconsideration.send_copy", date(2026, 9, 9)) == {"paper-served"}
    annul(flow, "reconsideration.copy_served", date(2026, 9, 9))
    assert register_of(flow.case) == before
    paper = Document.objects.get(pk=paper.pk)
    assert paper.unserved_count == 1
    flow.on(date(2026, 9, 10)).serve_on(paper, "respondent")
    assert flow.case.deadlines.get(rule="R-REPLY").start_on == date(2026, 9, 10)
    annul(flow, "reconsideration.copy_served", date(2026, 9, 10))
    annul(flow, "reconsideration.send_copy", date(2026, 9, 10))
    assert flow.case.state == "ACCEPTED"


def test_what_a_later_step_rests_on_in_law_cannot_go_before_it() -> None:
    """A decision without an opinion heard would be unlawful (art. 49): its record cannot be annulled alone."""
    flow = an_accepted()
    flow.on(date(2026, 9, 8)).serve_on(flow.paper("reply_notice"), "respondent")
    flow.on(date(2026, 9, 18)).reply()
    flow.on(date(2026, 9, 21)).hear()
    flow.on(date(2026, 10, 20)).issue(flow.signed_decision())
    assert refused(flow, "reconsideration.hear_opinion", date(2026, 10, 21)) == {"later-step"}
    annul(flow, "reconsideration.decide", date(2026, 10, 21))
    annul(flow, "reconsideration.hear_opinion", date(2026, 10, 21))
    assert (flow.case.state, flow.case.outcome) == ("IN_REVIEW", "")


def test_an_annulled_correction_gives_the_date_back() -> None:
    flow = an_accepted()
    before = register_of(flow.case)
    event = flow.case.events.get(kind="accepted")
    perform("cases.correct_date", flow.case, {"event": event.pk, "on": "2026-09-02", "reason": "误录"},
            flow.office["officer"], date(2026, 9, 4))  # fmt: skip
    assert flow.status("R-DEC")[0] == date(2026, 11, 2)  # 2 September + 60 = 1 November, a Sunday
    annul(flow, "cases.correct_date", date(2026, 9, 4))
    assert register_of(flow.case) == before


def test_silence_accepts_again_when_its_annulment_changed_nothing() -> None:
    from casemgr.operation.sweep import sweep

    flow = received(date(2026, 9, 1))
    sweep(date(2026, 9, 9))
    flow.case.refresh_from_db()
    assert flow.case.state == "ACCEPTED"
    annul(flow, "reconsideration.deem_accept", date(2026, 9, 9))
    assert flow.case.state == "RECEIVED"
    sweep(date(2026, 9, 10))
    flow.case.refresh_from_db()
    assert flow.case.state == "ACCEPTED"
    assert flow.case.events.filter(kind="accepted").count() == 2


def test_who_may_and_what_stays_readable(client: Client) -> None:
    flow = an_accepted()
    step = step_of(flow, "reconsideration.accept")
    with pytest.raises(Forbidden):
        perform(
            "cases.annul", flow.case, {"taken": step.pk, "reason": "误操作"}, flow.office["officer"], date(2026, 9, 4)
        )
    client.force_login(flow.office["head"])
    page = client.get(f"/cases/{flow.case.pk}/")
    assert f"cases.annul/?taken={step.pk}" in page.content.decode()
    sent = {"taken": step.pk, "reason": "误点受理"}
    confirm = client.post(f"/cases/{flow.case.pk}/actions/cases.annul/", sent).content.decode()
    assert "已受理" in confirm
    assert "已收到申请" in confirm
    assert flow.case.state == "ACCEPTED"
    answer = client.post(f"/cases/{flow.case.pk}/actions/cases.annul/", {**sent, "step": "confirmed"})
    assert answer.status_code == 302
    text = client.get(f"/cases/{flow.case.pk}/").content.decode()
    assert "误点受理" in text
    assert 'class="struck"' in text


def test_an_archived_file_and_a_void_case_keep_their_steps() -> None:
    flow = received(date(2026, 9, 1))
    flow.step("head", "void", reason="重复登记")
    assert flow.case.state == "VOID"
    annul(flow, "reconsideration.void", date(2026, 9, 2))
    assert flow.case.state == "RECEIVED"


def test_annulments_leave_the_evidence_sound_and_deadlines_derived() -> None:
    flow = an_accepted()
    annul(flow, "reconsideration.accept", date(2026, 9, 4))
    case = Case.objects.get(pk=flow.case.pk).typed()
    assert sync(case, date(2026, 9, 4)) == []
    assert verify().is_sound


# What a served decision rests on can be taken back no more (Reconsideration Law 2023, art. 75(2))
def terminated_after_withdrawal() -> tuple[Flow, Document]:
    flow = an_accepted()
    flow.on(date(2026, 9, 7)).step("officer", "withdraw", party=flow.applicant.pk, content="不再申请")
    return flow, flow.on(date(2026, 9, 8)).paper("termination", ground="withdrawn", cause="申请人自愿撤回")


def test_the_ground_of_an_end_stands_until_the_end_is_annulled() -> None:
    flow, _paper = terminated_after_withdrawal()
    assert refused(flow, "reconsideration.withdraw", date(2026, 9, 9)) == {"later-step"}
    annul(flow, "reconsideration.terminate", date(2026, 9, 9))
    annul(flow, "reconsideration.withdraw", date(2026, 9, 9))
    assert flow.state == "ACCEPTED"


def test_once_the_end_is_served_its_ground_stands_for_good() -> None:
    flow, paper = terminated_after_withdrawal()
    flow.on(date(2026, 9, 9)).serve(paper)
    assert refused(flow, "reconsideration.withdraw", date(2026, 9, 10)) == {"later-step"}
    assert refused(flow, "reconsideration.terminate", date(2026, 9, 10)) == {"paper-served"}


def test_a_note_from_before_the_end_can_be_annulled() -> None:
    flow = an_accepted()
    flow.on(date(2026, 9, 7)).act("officer", "cases.note", flow.case, content="电话联系")
    flow.step("officer", "withdraw", party=flow.applicant.pk, content="不再申请")
    flow.on(date(2026, 9, 8)).paper("termination", ground="withdrawn", cause="申请人自愿撤回")
    annul(flow, "cases.note", date(2026, 9, 9))


def test_an_acceptance_that_the_applicant_was_told_of_stands() -> None:
    flow = an_accepted()
    notice = flow.paper("acceptance_notice")
    assert refused(flow, "reconsideration.accept", date(2026, 9, 4)) == {"paper-issued"}
    flow.on(date(2026, 9, 4)).serve(notice)
    assert refused(flow, "reconsideration.accept", date(2026, 9, 4)) == {"paper-served"}


def test_a_draft_is_no_step() -> None:
    flow = an_accepted()
    flow.draft("reply_notice")
    assert not flow.case.steps_taken.filter(action="document.draft").exists()


def test_who_strikes_a_service_is_told_which_period_would_begin_anew(client: Client) -> None:
    flow = an_accepted()
    flow.on(date(2026, 9, 7)).serve_on(flow.paper("reply_notice"), "respondent")
    flow.on(date(2026, 9, 10)).reply()
    step = step_of(flow, "reconsideration.copy_served")
    told = [str(sentence) for sentence in undo.PAPERS.describe(flow.case, step)]
    assert any("2026年9月20日" in line or "20 September" in line for line in told), told


def test_what_two_steps_said_alike_stays_when_one_of_them_goes():
    flow = received(date(2026, 9, 1))
    flow.on(date(2026, 9, 2)).examine()
    first = step_of(flow, "reconsideration.examine")
    flow.on(date(2026, 9, 3)).examine()
    found = flow.case.facts.acceptance_tests
    assert found
    perform("cases.annul", flow.case, {"taken": first.pk, "reason": "误操作"}, flow.office["head"], date(2026, 9, 3))
    assert Case.objects.get(pk=flow.case.pk).typed().facts.acceptance_tests == found
