"""Every document of the dossier's table (§5.2) is a kind; each prints as PDF and Word from one case's data."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from docx import Document as WordFile

from casemgr.actions.perform import perform
from casemgr.documents.definition import definition_of
from casemgr.documents.models import Document
from casemgr.documents.rendering import render_pdf, render_word
from casemgr.parties.models import Party
from reconsideration.aftermath.duties import duties_of
from reconsideration.documents import DOCUMENT_KINDS
from tests.support.papers import (
    CORRECTION,
    DECIDED,
    DECISION,
    RECEIPT,
    REFUSAL,
    an_office,
    fresh,
    part_of,
    pdf_text,
    under_review,
)

KINDS = {kind.code: kind for kind in DOCUMENT_KINDS}
TABLE: dict[str, tuple[str, ...]] = {
    # apply
    "行政复议申请书": ("application_form",),
    "口头申请笔录": ("oral_record",),
    "授权委托书": ("power_of_attorney",),
    "代表人推选书": ("representative_election",),
    "申请材料收件回执": ("receipt",),
    # review
    "补正通知书": ("correction_notice",),
    "不予受理决定书": ("refusal",),
    "告知不再处理通知": ("not_handled_notice",),
    "提级审理请示、决定、移送函、告知书": ("superior_request", "handover_letter", "taken_up_notice"),
    "受理通知书": ("acceptance_notice",),
    # trial
    "答复通知书": ("reply_notice",),
    "第三人参加通知书": ("third_party_notice",),
    "行政复议答复书和证据目录": ("reply_form", "evidence_list"),
    "阅卷登记": ("reading_register",),
    "听取意见笔录": ("opinion_record",),
    "听证通知书、听证笔录": ("hearing_notice", "hearing_record"),
    "调查笔录": ("investigation_record",),
    "委员会咨询意见记录": ("committee_record",),
    "延期通知书": ("extension_notice",),
    "程序转换通知书": ("conversion_notice",),
    "中止、恢复审理通知书": ("suspension_notice", "resumption_notice"),
    "停止执行决定书": ("stop_order",),
    # annex
    "规范性文件审查通知": ("annex_notice",),
    "转送函": ("annex_transfer",),
    # end
    "撤回申请书、准予撤回": ("withdrawal_application", "withdrawal_permission"),
    "和解协议": ("settlement_agreement",),
    "行政复议调解书": ("mediation_paper",),
    "终止决定书": ("termination",),
    "驳回复议申请决定书、驳回复议请求决定书": ("dismissal", "decision"),
    "行政复议决定书": ("decision",),
    # after
    "意见书": ("opinion_letter",),
    "建议书": ("suggestion_letter",),
    "责令履行通知书": ("performance_order",),
    "约谈记录、通报": ("interview_record", "criticism"),
    "抄告函": ("copy_letter",),
    "强制执行申请书": ("enforcement_application",),
    # all
    "送达回证、审批表、审理报告、集体讨论记录": (
        "service_receipt",
        "case_approval",
        "trial_report",
        "discussion_record",
    ),
}
OWN_DATA_ELSEWHERE = {"service_receipt", "address_confirmation", "service_notice"}
"""Forms about one served paper or participant: tests/documents/service."""


@pytest.mark.parametrize("title", TABLE)
def test_every_document_of_the_table_is_a_kind(title):
    assert not [code for code in TABLE[title] if code not in KINDS]


TODAY = date(2026, 11, 6)


@pytest.fixture
def case(db):
    """Decided, served, with a duty that is late, an interview, an agent and an oral application."""
    office = an_office()
    case = under_review(office)
    facts = case.facts
    facts.application_method, facts.oral_record = "oral", "申请人当面口头申请，不服公安机关罚款五百元的处罚"
    facts.save()
    served = office.paper(case, "decision", DECIDED, DECISION | {"redo_is_ordered": False})
    office.serve(served, DECIDED)
    duty = {"on": DECIDED, "duty": "退还罚款500元", "kind": "return", "due_on": "2026-11-05"}
    perform("reconsideration.open_performance", fresh(case), duty, office.officer, DECIDED)
    talk = {
        "on": TODAY, "party": part_of(case, "respondent").party_id, "place": "旗政府会议室",
        "interviewed": "王建军，局长", "interviewers": "白建国，副旗长", "content": "指出逾期未退还罚款",
        "undertaking": "十日内退还罚款", "until": "2026-11-20",
    }  # fmt: skip
    perform("reconsideration.record_interview", fresh(case), talk, office.officer, TODAY)
    return fresh(case)


def entries(case) -> dict[str, dict]:
    """What the kinds' own forms ask for."""
    organ = Party.objects.get(name="达拉特旗公安局").pk
    applicant, respondent = part_of(case, "applicant").pk, part_of(case, "respondent").pk
    heard = next(event.pk for event in case.events.all() if event.kind == "opinion_heard")
    return {
        "receipt": RECEIPT,
        "correction_notice": CORRECTION,
        "refusal": REFUSAL,
        "decision": DECISION,
        "opinion_letter": {"organ": organ, "findings": "未告知陈述、申辩权利", "demands": "开展自查整改"},
        "suggestion_letter": {"organ": organ, "problem": "未告知听证权利的情况较为普遍", "suggestions": "开展培训"},
        "performance_order": {"what": duties_of(case)[0].subject, "term": "2026-11-20"},
        "criticism": {"facts": "逾期未退还罚款500元", "demands": "立即履行行政复议决定"},
        "copy_letter": {"what": "decision", "superior": "鄂尔多斯市公安局"},
        "enforcement_application": {"against": applicant, "court": "达拉特旗人民法院", "claims": "执行罚款500元"},
        "power_of_attorney": {"principal": applicant},
        "settlement_agreement": {"agreed": "被申请人于十日内退还罚款500元", "costs": "双方再无其他争议"},
        "withdrawal_application": {"party": applicant},
        "reply_form": {"respondent": respondent},
        "opinion_record": {"heard": str(heard)},
        "case_approval": {"matter": "accept", "proposal": "申请符合受理条件，拟同意受理"},
        "trial_report": {
            "reply": "处罚决定合法", "facts_found": "2026年7月16日作出处罚决定", "issues": "程序是否合法",
            "reasoning": "未告知陈述和申辩权利，违反法定程序", "opinion": "建议撤销该处罚决定",
        },
        "discussion_record": {
            "held_on": "2026-10-19", "place": "旗政府会议室", "chair": "白建国，副旗长", "present": "李志强、苏日娜",
            "recorder": "乌云", "report": "汇报案件情况", "opinions": "苏日娜：同意撤销", "conclusion": "撤销处罚决定",
        },
    }  # fmt: skip


SAYS = {
    "application_form": ("撤销被申请人作出的行政处罚决定", "送达地址", "达拉特旗人民政府", "处罚决定认定事实不清"),
    "oral_record": ("口头申请行政复议笔录", "罚款五百元", "第二十二条第三款", "核对无误"),
    "power_of_attorney": ("委托期限", "特别权限", "代为撤回行政复议申请"),
    "representative_election": ("第十七条", "2至5名代表人", "阿拉腾乌拉·其其格"),
    "settlement_agreement": (
        "第七十四条第一款",
        "1.被申请人于十日内退还罚款500元",
        "书面撤回本案行政复议申请",
        "（签字或者盖章）",
    ),
    "withdrawal_application": ("撤回行政复议申请书", "第七十四条第二款", "同一事实和理由"),
    "withdrawal_permission": ("准予撤回行政复议申请通知书",),
    "reply_form": ("行政行为的适当性", "第四十一条", "对“撤销被申请人作出的行政处罚决定”的答复"),
    "opinion_record": ("听取意见笔录", "通过电话", "坚持复议请求", "第四十九条"),
    "case_approval": ("受理行政复议申请", "第三十条", "机关负责人"),
    "trial_report": ("审理报告", "争议焦点", "1.程序是否合法", "收到被申请人的书面答复"),
    "discussion_record": ("第六十一条第一款", "苏日娜：同意撤销", "撤销处罚决定"),
    "interview_record": ("王建军，局长", "十日内退还罚款"),
    "performance_order": ("责令你单位于2026年11月20日前履行",),
    "criticism": ("各苏木镇人民政府", "予以通报批评"),
    "copy_letter": ("第七十九条第二款", "鄂尔多斯市公安局"),
    "enforcement_application": ("被申请执行人", "达拉特旗人民法院"),
    "opinion_letter": ("六十日内", "未告知陈述、申辩权利"),
    "suggestion_letter": ("带有普遍性的问题", "开展培训"),
}
FREE_OF_DATA = {"enforcement_application", "withdrawal_permission", "copy_letter"}
"""The case of the test has another outcome, no withdrawal, no own department: what they lack is right."""


def test_each_prints_as_pdf_and_word_without_placeholders(case):
    given = entries(case)
    for code, kind in KINDS.items():
        if code in OWN_DATA_ELSEWHERE:
            continue
        data = given.get(code, {})
        composed = kind.composed(case, data, TODAY)
        sections = [
            {"code": part.code, "heading": part.heading, "paragraphs": list(part.paragraphs)} for part in composed.parts
        ]
        paper = Document(case=case, kind=code, title=kind.title, data=data, sections=sections, drafted_on=TODAY,
                         addressee=composed.addressee)  # fmt: skip
        definition = definition_of(paper, on=TODAY)
        text = pdf_text(render_pdf(definition))
        assert "".join(kind.title.split()) in text, code
        assert not re.search(r"None|\{|\}|<|__", text), (code, text)
        missing = [words for words in SAYS.get(code, ()) if "".join(words.split()) not in text]
        assert not missing, (code, missing, text)
        word = WordFile(BytesIO(render_word(definition)))
        assert any(kind.title.split()[0] in one.text for one in word.paragraphs), code
        if code in SAYS and code not in FREE_OF_DATA:
            assert list(kind.requires(case, data)) == [], code


def test_nothing_typed_is_named_as_missing(case):
    for code in SAYS:
        kind = KINDS[code]
        if kind.form.base_fields and code not in ("application_form", "copy_letter"):
            assert kind.requires(case, {}), code


def test_the_blank_application_says_nothing_of_the_case(case):
    composed = KINDS["application_form"].composed(case, {"is_blank": True}, TODAY)
    whole = "".join(line for part in composed.parts for line in part.paragraphs)
    assert "其其格" not in whole
    assert "公民身份号码" in whole
