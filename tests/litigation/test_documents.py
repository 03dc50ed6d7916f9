"""The papers of a suit: what each says, whose seal it bears, what is missing before it goes on, and the volume."""

from __future__ import annotations

import pytest
from django.db import transaction

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput
from casemgr.actions.perform import perform
from casemgr.documents.definition import issuer_of
from casemgr.documents.kinds import kind_of, kinds_of
from casemgr.documents.models import Document
from casemgr.documents.rendering import DocumentText, render_both
from casemgr.documents.sealing.models import SealUse
from litigation.documents.suitfile import GAP
from tests.support.all_kinds import printed_papers
from tests.support.litigation import BUREAU, GOVERNMENT, agency_id, department
from tests.support.litigation_papers import RECEIVED, SUIT_PAPERS, TODAY, full_suit, name_heads, received_suit
from tests.support.papers import pdf_text
from tests.support.word import word_text

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def definitions(django_db_setup, django_db_blocker) -> dict[str, DocumentText]:
    """Every kind on one rich suit, composed once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        suit = full_suit()
        found = dict(printed_papers(suit.case, suit.actor, TODAY))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def made(definitions):
    return {code: render_both(definition) for code, definition in definitions.items()}


def test_every_kind_says_the_same_in_pdf_and_word(made) -> None:
    assert set(made) == set(kinds_of("litigation"))
    for code, files in made.items():
        assert word_text(files.word) == pdf_text(files.pdf), code


def test_no_paper_of_a_full_suit_leaves_a_gap(definitions) -> None:
    for code, definition in definitions.items():
        for section in definition.sections:
            assert GAP not in section.text, (code, section.text)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("suit_assignment", ("应诉交办单", "达拉特旗公安局：", "收到起诉状日期2026年6月1日", "2026年6月16日",
                             "撤销被诉行政处罚决定", "第三十四条")),
        ("answer", ("行政答辩状", "答辩人：达拉特旗公安局", "法定代表人：王志强，局长", "于2026年6月1日收到起诉状副本",
                    "此致达拉特旗人民法院", "附：证据目录", "询问笔录2份", "1—6", "第四十三条第一款")),
        ("evidence_list", ("证据目录", "提交人：达拉特旗公安局", "已告知陈述和申辩的权利")),
    ],
)  # fmt: skip
def test_each_paper_says_what_it_must(made, code: str, words: tuple[str, ...]) -> None:
    text = pdf_text(made[code].pdf)
    assert not [word for word in words if "".join(word.split()) not in text], text


def issued(suit, kind: str, by=None, **data) -> Document:
    """From the draft to the printed paper, by whoever works on the suit."""
    by = by or suit.actor
    paper = perform("document.draft", suit.case, {"kind": kind, **SUIT_PAPERS.get(kind, {}), **data}, by, suit.day)
    perform("document.submit", paper, {}, by, suit.day)
    return perform("document.issue", paper, {}, by, suit.day)


def test_an_agency_s_paper_bears_its_own_seal_and_no_number_and_nobody_here_stamps_it() -> None:
    suit = received_suit()
    own = department()
    paper = issued(suit, "answer", own)
    assert (paper.issuer_name, paper.seal_name, paper.number_text) == (BUREAU, BUREAU, "")
    assert not SealUse.objects.filter(document=paper).exists()
    assert kind_of(suit.case, "answer").is_headed is False


def test_the_bureau_numbers_and_seals_what_it_sends_out() -> None:
    suit = received_suit()
    paper = issued(suit, "suit_assignment")
    assert (paper.issuer_name, paper.seal_name) == ("达拉特旗司法局", "达拉特旗司法局")
    assert paper.number_text == "达应诉交字〔2026〕1号"
    assert SealUse.objects.get(document=paper).seal_name == "达拉特旗司法局"
    with pytest.raises(Forbidden):
        issued(suit, "suit_assignment", department())


def joint() -> list[dict]:
    return [
        {"known_party": agency_id(), "received_on": RECEIVED},
        {"known_party": agency_id(GOVERNMENT), "received_on": RECEIVED, "role": "co_defendant", "deed": "reconsidered"},
    ]


def test_each_of_two_defendants_answers_for_itself_and_a_department_only_for_its_own() -> None:
    name_heads()
    suit = received_suit(agencies=joint(), after_reconsideration="upheld")
    bureau, government = suit.part("respondent", BUREAU), suit.part("respondent", GOVERNMENT)
    answers = SUIT_PAPERS["answer"]
    first = perform(
        "document.draft", suit.case, {"kind": "answer", "agency": government.pk, **answers}, suit.actor, RECEIVED
    )
    second = perform(
        "document.draft", suit.case, {"kind": "answer", "agency": bureau.pk, **answers}, suit.actor, RECEIVED
    )
    assert (issuer_of(first), issuer_of(second)) == (GOVERNMENT, BUREAU)
    own = department()
    third = perform("document.draft", suit.case, {"kind": "answer", **answers}, own, RECEIVED)
    assert issuer_of(third) == BUREAU
    with pytest.raises(InvalidInput):
        perform("document.draft", suit.case, {"kind": "answer", "agency": government.pk, **answers}, own, RECEIVED)


def test_what_is_missing_is_named_before_the_answer_goes_on() -> None:
    suit = received_suit(court_number="")
    paper = perform("document.draft", suit.case, {"kind": "answer"}, suit.actor, RECEIVED)
    with pytest.raises(GuardRefused) as refused:
        perform("document.submit", paper, {}, suit.actor, RECEIVED)
    assert {one.code for one in refused.value.refusals} == {
        "court-number", "claims", "facts", "reasons", "evidence", "basis",
    }  # fmt: skip
