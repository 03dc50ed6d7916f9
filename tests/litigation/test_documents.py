"""The papers of a suit: what each says, whose seal it bears, what is missing before it goes on, and the volume."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput
from casemgr.actions.perform import perform
from casemgr.documents.definition import issuer_of
from casemgr.documents.kinds import kind_of, kinds_of
from casemgr.documents.models import Document
from casemgr.documents.rendering import DocumentText, render_both
from casemgr.documents.rendering.levels import paragraphs
from casemgr.documents.sealing.models import SealUse
from litigation.documents.suitfile import GAP, SuitFile
from litigation.models import Instance
from litigation.volume import VOLUME
from tests.support.all_kinds import printed_papers
from tests.support.litigation import BUREAU, GOVERNMENT, agency_id, department
from tests.support.litigation_papers import JUDGED, RECEIVED, SUIT_PAPERS, TODAY, full_suit, name_heads, received_suit
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
                    "此致达拉特旗人民法院", "五、证据目录", "询问笔录2份", "6页", "第四十三条第一款")),
        ("evidence_list", ("证据目录", "提交人：达拉特旗公安局", "已告知陈述和申辩的权利")),
        ("suit_representative_certificate", ("兹证明王志强同志", "任局长职务", "法定代表人身份证明书", "平原大街1号")),
        ("head_certificate", ("兹证明李建国同志，现任我单位副局长", "副职负责人", "2026年7月1日9时", "第六条第一款")),
        ("suit_power_of_attorney", ("受委托人：白志刚，达拉特旗公安局法制大队大队长", "一般授权", "一审的诉讼代理人")),
        ("absence_statement", ("定于2026年7月1日9时开庭", "第八条第三项", "1.市人民政府会议通知", "第九条第一款")),
        ("evidence_extension", ("延期举证申请书", "现场视听资料1份", "第三十四条", "至2026年6月16日止")),
        ("jurisdiction_objection", ("移送鄂尔多斯市东胜区人民法院审理", "第十条")),
        ("appeal", ("上诉人（原审被告）：达拉特旗公安局", "于2026年7月20日收到", "此致鄂尔多斯市中级人民法院")),
        ("appeal_answer", ("答辩人（原审被告）：达拉特旗公安局", "上诉人（原审原告）")),
        ("session_report", ("达拉特旗司法局：", "出庭负责人李建国", "处罚前是否告知", "2026年7月1日", "第三审判庭")),
        ("ruling_report", ("撤销行政行为并责令重新作出（败诉）", "2026年7月20日", "2026年8月5日", "专项培训")),
        ("performance_plan", ("重新作出处理决定", "2026年10月9日", "返还罚款500元裁判文书未载明", "五、困难及应对")),
        ("performance_report", ("尚未履行完毕", "三、尚未履行的内容及计划", "附件：电子转账凭证")),
        ("judicial_reply", ("关于司法建议的回复函", "达法建〔2026〕3号", "2026年7月25日收悉", "全部采纳", "特此函复")),
        ("procuratorial_reply", ("关于检察建议的回复函", "检察建议书")),
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


def test_only_a_head_is_certified_and_what_the_provisions_ask_is_asked() -> None:
    suit = received_suit()
    with pytest.raises(InvalidInput):
        issued(suit, "head_certificate", head_category="staff")
    paper = perform("document.draft", suit.case, {"kind": "head_certificate"}, suit.actor, RECEIVED)
    with pytest.raises(GuardRefused) as refused:
        perform("document.submit", paper, {}, suit.actor, RECEIVED)
    assert {one.code for one in refused.value.refusals} == {"head_name", "head_post", "head_category"}


def test_a_head_s_absence_needs_ground_proof_and_a_staff_member() -> None:
    suit = received_suit()
    data = {"head_name": "王志强", "head_post": "局长"}
    paper = perform("document.draft", suit.case, {"kind": "absence_statement", **data}, suit.actor, RECEIVED)
    with pytest.raises(GuardRefused) as refused:
        perform("document.submit", paper, {}, suit.actor, RECEIVED)
    assert {one.code for one in refused.value.refusals} == {"session", "ground", "facts", "proofs", "staff"}


def test_the_report_on_a_lost_suit_waits_for_the_reasons_and_names_them() -> None:
    suit = full_suit()
    data = SUIT_PAPERS["ruling_report"]
    paper = perform("document.draft", suit.case, {"kind": "ruling_report", **data}, suit.actor, TODAY)
    with pytest.raises(GuardRefused) as refused:
        perform("document.submit", paper, {}, suit.actor, TODAY)
    assert [one.code for one in refused.value.refusals] == ["loss"]


def test_the_volume_asks_for_what_happened() -> None:
    suit = received_suit()
    assert {need.code for need in VOLUME.needs(suit.case)} == {"summons"}
    suit = full_suit()
    assert {need.code for need in VOLUME.needs(suit.case)} == {
        "summons", "answer", "identity", "evidence", "head_certificate", "records", "judgment",
    }  # fmt: skip
    assert dict(VOLUME.facts(suit.case))["裁判结果"] == "撤销行政行为并责令重新作出"


def test_every_kind_of_paper_has_its_place_in_the_volume() -> None:
    placed = {code for slot in VOLUME.slots for code in slot.documents}
    assert placed == set(kinds_of("litigation"))


def test_a_department_drafts_edits_and_reads_its_answer_through_the_pages() -> None:
    suit, own, client = received_suit(), department(), Client()
    client.force_login(own)
    assert client.get(f"/cases/{suit.pk}/").status_code == 200
    form = client.get(f"/cases/{suit.pk}/documents/draft/?kind=answer")
    assert "依法驳回原告的诉讼请求" in form.content.decode()
    paper = perform("document.draft", suit.case, {"kind": "answer"}, own, RECEIVED)
    assert client.get(f"/documents/{paper.pk}/edit/").status_code == 200
    page = client.get(f"/documents/{paper.pk}/").content.decode()
    assert "行政答辩状" in page
    stranger = Client()
    stranger.force_login(department(at="150621-ZRJ"))
    assert stranger.get(f"/documents/{paper.pk}/").status_code == 404


def test_the_court_a_pleading_is_said_to_begins_at_the_edge() -> None:
    closing = paragraphs("请求依法驳回。\n此致\n达拉特旗人民法院\n附件一份")
    assert [one.is_to for one in closing] == [False, False, True, False]


def test_after_an_appeal_no_paper_names_a_session_of_the_first_instance() -> None:
    suit = full_suit()
    file = SuitFile(suit.case)
    assert file.session is not None
    file.instance = Instance(pk=0, case_id=suit.pk, order=2)
    assert file.session is None


def test_the_answer_to_an_appeal_names_who_appealed() -> None:
    suit = received_suit(agencies=joint(), after_reconsideration="upheld")
    government = suit.part("respondent", GOVERNMENT)
    suit.judge(JUDGED, "annulled")
    suit.serve(JUDGED)
    suit.on(TODAY).act("record_appeal", ruling=suit.ruling.pk, party=government.party_id, on=date(2026, 7, 25))
    paper = perform("document.draft", suit.case, {"kind": "appeal_answer"}, department(), TODAY)
    text = "".join(line for section in paper.sections for line in section["paragraphs"])
    assert f"上诉人（原审被告）：{GOVERNMENT}" in text
    assert "答辩人（原审被告）：达拉特旗公安局" in text
    assert "上诉人（原审原告）" not in text
