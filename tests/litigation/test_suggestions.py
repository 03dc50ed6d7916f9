"""Suggestions of courts and procuratorates, and supervision: each recipient has its own receipt, clock and answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.errors import ActionError, GuardRefused, InvalidInput, WrongState
from casemgr.actions.perform import perform
from casemgr.cases.models import Case, CaseAccess, CaseLink, Deadline
from litigation.actions import ACTIONS
from litigation.models import LitigationCase
from litigation.states import NO_SUIT, STATES
from litigation.suggestions.terms import LetterKind
from tests.support.litigation import BUREAU, GOVERNMENT, Suit, agency_id, department, liaison

pytestmark = pytest.mark.django_db

RECEIVED = date(2026, 8, 1)


class Suggestion(Suit):
    """One letter, walked day by day."""

    def __init__(self, day: date, *received: tuple[str, date | None], actor: Any = None, **changes: Any) -> None:
        self.day = day
        self.actor = actor or liaison()
        entered = {
            "kind": "public_interest",
            "sender": "达拉特旗人民检察院",
            "topic": "河道堆放垃圾",
            "recipients": [
                {"known_party": agency_id(name), "received_on": on} for name, on in received or ((BUREAU, day),)
            ],
            **changes,
        }
        self.pk = perform("litigation.register_suggestion", None, entered, self.actor, day).pk

    def party(self, name: str = BUREAU) -> Any:
        return self.part("respondent", name).party

    def answer(self, on: date, name: str = BUREAU, **data: Any) -> None:
        self.on(max(on, self.day)).act(
            "answer_suggestion", party=self.party(name).pk, on=on, **{"adoption": "adopted", **data}
        )

    def perform_it(self, on: date, name: str = BUREAU) -> None:
        data = {"party": self.party(name).pk, "on": on, "text": "清运垃圾", "proof": "现场照片、验收单"}
        self.on(max(on, self.day)).act("perform_suggestion", **data)


# kind, received, the letter's own date, rule, last day; counted by hand
BY_HAND = [
    # 60 days: 16 in July, 31 in August, 13 in September; 13 September is a Sunday
    ("normative", date(2026, 7, 15), None, "J-NORM-ANSWER", date(2026, 9, 14)),
    # 60 days: 28 in August, 30 in September, 2 in October: National Day to the 7th
    ("normative", date(2026, 8, 3), None, "J-NORM-ANSWER", date(2026, 10, 8)),
    ("governance", date(2026, 8, 1), None, "J-GOV", date(2026, 10, 8)),
    # the letter's own term, shorter than two months
    ("governance", date(2026, 8, 1), date(2026, 9, 10), "J-GOV", date(2026, 9, 10)),
    ("not_performed", date(2026, 8, 1), None, "J-EXEC", None),
    ("not_performed", date(2026, 8, 1), date(2026, 8, 31), "J-EXEC", date(2026, 8, 31)),
    ("absence", date(2026, 8, 1), None, "J-ATT", None),
    # two months, not sixty days: 30 September, a Wednesday, is the last day of its month
    ("public_interest", date(2026, 7, 31), None, "P-PIL", date(2026, 9, 30)),
    ("public_interest", date(2026, 8, 1), None, "P-PIL", date(2026, 10, 8)),
    ("public_urgent", date(2026, 9, 16), None, "P-PIL-URGENT", date(2026, 10, 8)),
    # 15 days, counted from the day after: 17 August is a Monday
    ("public_urgent", date(2026, 8, 2), None, "P-PIL-URGENT", date(2026, 8, 17)),
    ("procuratorial", date(2026, 7, 31), None, "P-OTHER", date(2026, 9, 30)),
    ("procuratorial", date(2026, 8, 1), date(2026, 8, 20), "P-OTHER", date(2026, 8, 20)),
]


@pytest.mark.parametrize(("kind", "received", "named", "rule", "due"), BY_HAND)
def test_the_kind_of_letter_decides_the_time_to_answer(
    kind: str, received: date, named: date | None, rule: str, due: date | None
) -> None:
    file = Suggestion(received, kind=kind, due_on=named)
    assert file.due(rule) == due
    answering = Deadline.objects.filter(case_id=file.pk).exclude(rule__endswith="-PERFORM")
    assert list(answering.values_list("rule", flat=True)) == ([rule] if due else [])


def test_trap_21_two_months_are_months_urgent_is_fifteen_days_and_judicial_terms_are_three_things() -> None:
    """Public interest 21(2); Interpretation 149; Provisions of 2023, 8; Litigation Law 96(4)."""
    day = date(2026, 6, 30)
    due = {
        kind: list(
            Deadline.objects.filter(case_id=Suggestion(day, kind=kind).pk)
            .exclude(rule__endswith="-PERFORM")
            .values_list("rule", "due_on")
        )
        for kind in ("public_interest", "public_urgent", "normative", "governance", "not_performed")
    }
    assert due == {
        "public_interest": [("P-PIL", date(2026, 8, 31))],  # 30 August is a Sunday
        "public_urgent": [("P-PIL-URGENT", date(2026, 7, 15))],
        "normative": [("J-NORM-ANSWER", date(2026, 8, 31))],  # day 60 is 29 August, a Saturday
        "governance": [("J-GOV", date(2026, 8, 31))],
        "not_performed": [],
    }


def test_where_the_law_fixes_the_time_the_letter_cannot_name_another() -> None:
    for kind in ("public_interest", "public_urgent", "normative"):
        with pytest.raises(InvalidInput) as refused:
            Suggestion(RECEIVED, kind=kind, due_on=date(2026, 8, 20))
        assert "due_on" in refused.value.form.errors


def test_each_recipient_has_its_own_receipt_clock_and_answer() -> None:
    file = Suggestion(date(2026, 8, 10), (BUREAU, date(2026, 8, 3)), (GOVERNMENT, None))
    bureau, government = file.party(BUREAU), file.party(GOVERNMENT)
    assert file.due("P-PIL", bureau) == date(2026, 10, 8)  # 3 October
    assert file.due("P-PIL", government) is None
    file.on(date(2026, 8, 20)).act("record_suggestion_receipt", party=government.pk, on=date(2026, 8, 17))
    assert file.due("P-PIL", government) == date(2026, 10, 19)  # 17 October is a Saturday
    with pytest.raises(GuardRefused):
        file.act("record_suggestion_receipt", party=government.pk, on=date(2026, 8, 18))
    file.act("assign_suggestion", responsible=bureau.pk, on=date(2026, 8, 20))
    file.answer(date(2026, 9, 1))
    assert file.status("P-PIL", bureau) == "met"
    assert file.status("P-PIL", government) == "open"
    assert file.state == "ASSIGNED_S"
    file.answer(date(2026, 10, 20), GOVERNMENT)
    assert file.status("P-PIL", government) == "met_late"
    assert file.state == "ANSWERED_S"
    file.correct("suggestion_received", date(2026, 8, 21), government)
    assert file.status("P-PIL", government) == "met"  # 21 October


def test_an_answer_is_no_performance() -> None:
    """SC-01 of the real cases: answered in time, nothing done, sued all the same."""
    file = Suggestion(RECEIVED)
    file.answer(date(2026, 8, 20))
    assert file.status("P-PIL") == "met"
    assert file.status("P-PIL-PERFORM") == "open"
    with pytest.raises(GuardRefused):
        file.act("close_suggestion", result="done", on=date(2026, 8, 20))
    with pytest.raises(InvalidInput):
        file.act("perform_suggestion", party=file.party().pk, on=date(2026, 8, 20), text="清运", proof="")
    file.perform_it(date(2026, 9, 10))
    assert file.status("P-PIL-PERFORM") == "met"
    file.act("close_suggestion", result="done", on=date(2026, 9, 10))
    assert file.state == "FOLLOWED"
    assert file.case.closed_on == date(2026, 9, 10)


def test_urgent_shortens_the_answer_and_not_the_time_to_perform() -> None:
    file = Suggestion(date(2026, 8, 3), kind="public_urgent")
    assert file.due("P-PIL-URGENT") == date(2026, 8, 18)
    assert file.due("P-PIL-PERFORM") == date(2026, 10, 8)


def test_who_does_not_adopt_it_says_why() -> None:
    file = Suggestion(RECEIVED, kind="procuratorial")
    with pytest.raises(InvalidInput):
        file.answer(date(2026, 8, 20), adoption="not_adopted")
    file.answer(date(2026, 8, 20), adoption="not_adopted", text="不属于本机关职责")
    file.act("close_suggestion", result="explained", on=date(2026, 8, 20), text="已书面说明理由")
    assert file.status("P-OTHER-PERFORM") == "ended"
    assert file.state == "FOLLOWED"


def test_a_suit_that_follows_is_linked() -> None:
    file = Suggestion(RECEIVED)
    file.answer(date(2026, 8, 20))
    with pytest.raises(GuardRefused):
        file.act("close_suggestion", result="sued", on=date(2026, 8, 20))
    suit = Suit(date(2026, 12, 1), file.actor, is_public_interest="on", received_on=date(2026, 12, 1))
    file.on(date(2026, 12, 1))
    with pytest.raises(InvalidInput):  # a suggestion is no suit
        file.act("link_suit_after", number=file.case.number, on=date(2026, 12, 1))
    file.act("link_suit_after", number=suit.case.number, on=date(2026, 12, 1))
    assert CaseLink.objects.filter(from_case_id=suit.pk, to_case_id=file.pk, kind="arose_from").exists()
    file.act("close_suggestion", result="sued", on=date(2026, 12, 1))
    assert file.state == "FOLLOWED"


def test_a_letter_about_an_absence_asks_for_no_answer() -> None:
    file = Suggestion(RECEIVED, kind="absence", sender="达拉特旗人民法院")
    file.act("close_suggestion", result="explained", on=RECEIVED, text="无须答复")
    assert file.state == "FOLLOWED"


def test_each_recipients_unit_is_let_in_and_answers_for_itself() -> None:
    file = Suggestion(date(2026, 8, 10), (BUREAU, date(2026, 8, 3)), (GOVERNMENT, date(2026, 8, 3)))
    police, other = department(), department(at="150621-JTJ")
    seen = [Case.objects.visible_to(user, file.day).filter(pk=file.pk).exists() for user in (police, other)]
    assert seen == [True, False]
    assert CaseAccess.objects.filter(case_id=file.pk, level="work").count() >= 1
    on = date(2026, 8, 10)
    with pytest.raises(InvalidInput):
        file.act("answer_suggestion", police, party=file.party(GOVERNMENT).pk, on=on, adoption="adopted")
    file.act("answer_suggestion", police, party=file.party(BUREAU).pk, on=on, adoption="adopted")
    with pytest.raises(InvalidInput):  # a department enters letters to itself
        Suggestion(on, (GOVERNMENT, on), actor=police)
    assert Suggestion(on, (BUREAU, on), actor=police).state == "SUGGESTED"


def test_the_same_letter_is_registered_once() -> None:
    number = "达检行公建〔2026〕7号"
    file = Suggestion(RECEIVED, number=number)
    with pytest.raises(InvalidInput) as refused:
        Suggestion(RECEIVED, number=f" {number} ", actor=file.actor)
    assert refused.value.form.known_file.pk == file.pk


def test_nothing_of_a_suit_is_possible_in_a_suggestion_and_the_other_way_round() -> None:
    day = date(2026, 8, 10)
    suggestion, suit = Suggestion(day), Suit(day, received_on=day)
    supervision = a_supervision(suggestion.actor, day)
    shared = {"litigation.archive", "litigation.void", "litigation.take_back"}
    for action in ACTIONS:
        if action.creates or action.name in shared:
            continue
        kinds = set(action.file_kinds)
        for case in (suggestion.case, suit.case, supervision):
            if case.facts.file_kind not in kinds:
                assert action().state_refusal(case, day) is not None, action.name
    for step in ("record_receipt", "record_ruling", "plan_session"):
        with pytest.raises(ActionError):
            suggestion.act(step)
    with pytest.raises(WrongState):
        suit.act("close_suggestion", result="done", on=day)
    assert {state.code for state in STATES} > set(NO_SUIT)


def a_supervision(actor: Any, day: date, **changes: Any) -> LitigationCase:
    entered = {
        "procuratorate": "鄂尔多斯市人民检察院",
        "number": f"鄂检行监〔2026〕{day.toordinal()}号",
        "origin": "application",
        "topic": "不服二审判决",
        "recipients": [{"known_party": agency_id(), "received_on": day}],
        **changes,
    }
    return perform("litigation.register_supervision", None, entered, actor, day)


def test_a_supervision_keeps_number_papers_and_result_and_is_linked_with_its_suit() -> None:
    day = date(2026, 8, 10)
    suit = Suit(day, received_on=day)
    case = a_supervision(suit.actor, day, suit_number=suit.case.number)
    assert CaseLink.objects.filter(from_case_id=case.pk, to_case_id=suit.pk).exists()

    def act(step: str, **data: Any) -> None:
        perform(f"litigation.{step}", LitigationCase.objects.get(pk=case.pk), data, suit.actor, day)

    act("ask_papers", on=day, text="行政处罚案卷", due_on=date(2026, 8, 20))
    act("hand_over_papers", on=day, text="行政处罚案卷一册")
    act("decide_supervision", on=day, result="protest", number="鄂检行抗〔2026〕1号")
    case = LitigationCase.objects.get(pk=case.pk)
    assert case.state == "SUPERVISION_ENDED"
    kinds = ["registered", "supervision_notified", "papers_asked", "papers_handed_over", "supervision_decided"]
    assert list(case.events.order_by("sequence").values_list("kind", flat=True)) == kinds


@pytest.mark.parametrize("kind", LetterKind.values)
def test_form_and_case_page_of_every_kind(client: Client, kind: str) -> None:
    actor = liaison()
    client.force_login(actor)
    assert client.get("/litigation/suggestions/register/").status_code == 200
    sent = {
        "kind": kind,
        "sender": "达拉特旗人民检察院",
        "number": f"建议{kind}",
        "topic": "河道堆放垃圾",
        "recipients-0-known_party": agency_id(),
        "recipients-0-received_on": "2026-08-03",
        "recipients-1-known_party": agency_id(GOVERNMENT),
        "request_key": "",
    }
    answer = client.post("/litigation/suggestions/register/", sent)
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "河道堆放垃圾" in page
    assert BUREAU in page
    assert 'id="letter"' in page
    assert 'id="instances"' not in page
    assert 'id="suit"' not in page


def test_page_of_a_supervision(client: Client) -> None:
    actor = liaison()
    client.force_login(actor)
    assert client.get("/litigation/supervision/register/").status_code == 200
    case = a_supervision(actor, date(2026, 8, 10))
    page = client.get(case.get_absolute_url()).content.decode()
    assert "鄂尔多斯市人民检察院" in page
    assert 'id="suit"' not in page


def test_the_reply_is_written_in_the_suggestion_s_own_file_and_in_no_suit():
    letter = Suggestion(RECEIVED)
    told = {"kind": "procuratorial_reply", "organ": "达拉特旗人民检察院", "letter": "达检建〔2026〕3号",
            "received_on": RECEIVED, "adopted": "全部采纳。", "measures": "已清理。"}  # fmt: skip
    paper = perform("document.draft", letter.case, told, letter.actor, RECEIVED)
    assert "达检建〔2026〕3号" in str(paper.data)
    assert perform("document.issue", _submitted(paper, letter), {}, letter.actor, RECEIVED).issuer_name == BUREAU
    with pytest.raises(ActionError):
        perform("document.draft", Suit(RECEIVED).case, told, letter.actor, RECEIVED)


def _submitted(paper: Any, letter: Suggestion) -> Any:
    return perform("document.submit", paper, {}, letter.actor, RECEIVED)
