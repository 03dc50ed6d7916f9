"""A paper that is issued proposes the step that says it was handed in, with its day; nothing is typed twice."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from casemgr.cases.visibility import visible_case
from litigation.documents import DOCUMENT_KINDS
from litigation.filing import FILINGS, filing_steps
from litigation.procedure import LITIGATION
from tests.litigation.test_documents import issued
from tests.support.litigation import Suit, department
from tests.support.litigation_papers import received_suit

pytestmark = pytest.mark.django_db
HANDED = date(2026, 6, 10)


def proposed(suit: Suit, by=None) -> list[dict[str, str]]:
    case = visible_case(by or suit.actor, suit.pk, suit.day)
    found = []
    for step in filing_steps(case, by or suit.actor, suit.day):
        address = urlsplit(step.url)
        entries = {name: values[0] for name, values in parse_qs(address.query).items()}
        found.append({"action": address.path.split("/")[-2], **entries})
    return found


def test_the_answer_is_recorded_from_its_paper_and_then_proposed_no_more():
    suit = received_suit()
    assert proposed(suit) == []
    paper = issued(suit.on(HANDED), "answer")
    (step,) = proposed(suit)
    party = suit.part("respondent").party_id
    assert step == {
        "action": "litigation.answer", "party": str(party), "on": "2026-06-10", "document": str(paper.pk)
    }  # fmt: skip
    suit.act("answer", **{name: value for name, value in step.items() if name != "action"}, has_evidence=True)
    event = suit.case.events.get(kind="answer_filed")
    assert (event.occurred_on, event.data["document"]) == (HANDED, paper.pk)
    assert proposed(suit) == []


def test_recorded_by_hand_before_it_is_not_proposed_again():
    suit = received_suit()
    issued(suit.on(HANDED), "answer")
    suit.act("answer", party=suit.part("respondent").party_id, on=HANDED, has_evidence=True)
    assert proposed(suit) == []


def test_what_the_paper_says_fills_the_step():
    suit = received_suit()
    issued(suit.on(date(2026, 6, 8)), "evidence_extension")
    (step,) = proposed(suit, department())
    assert step["action"] == "litigation.ask_extension"
    assert "突发洪水" in step["reason"]


def test_annulling_the_step_leaves_the_paper_and_proposes_it_again():
    suit = received_suit()
    paper = issued(suit.on(HANDED), "answer")
    suit.act("answer", party=suit.part("respondent").party_id, on=HANDED, has_evidence=True, document=paper.pk)
    suit.act("cases.annul", taken=suit.case.steps_taken.latest("sequence").pk, reason="尚未送交法院")
    paper.refresh_from_db()
    assert paper.state == "ISSUED" and len(proposed(suit)) == 1


def test_every_filing_names_a_paper_a_step_and_its_entry():
    kinds = {kind.code for kind in DOCUMENT_KINDS}
    events = {kind.code for kind in LITIGATION.event_kinds}
    actions = {action.name for action in LITIGATION.actions}
    assert set(FILINGS) <= kinds
    assert all(one.action in actions and one.event in events for one in FILINGS.values())
