# ruff: noqa: E501 (one outcome a line)
"""Each paper of the main path: from draft to service, and what it says in print (dossier §5.2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casemgr.documents.services import issue_through
from tests.support.papers import (
    ACCEPTED,
    APPLICANT_NUMBER,
    COPY,
    CORRECTION,
    DECIDED,
    DECISION,
    RECEIPT,
    RECEIVED,
    REFUSAL,
    a_case,
    accepted,
    an_office,
    fresh,
    part_of,
    pdf_text,
    under_review,
)

pytestmark = pytest.mark.django_db

PERSON, AGENCY = "阿拉腾乌拉·其其格", "达拉特旗公安局"
ACT = "2026年7月16日作出的《行政处罚决定书》"


@pytest.fixture
def office():
    return an_office()


def printed(document) -> str:
    return pdf_text(document.content())


def says(document, *wanted: str) -> str:
    text = printed(document)
    missing = [words for words in wanted if "".join(words.split()) not in text]
    assert not missing, f"not in the paper: {missing}\n{text}"
    return text


def test_receipt_names_what_came_in_and_when(office):
    case = a_case(office)
    paper = office.paper(case, "receipt", RECEIVED, RECEIPT)
    says(
        paper,
        "行政复议申请材料收件回执",
        "达政复收字〔2026〕",
        PERSON,
        AGENCY,
        "2026年9月1日",
        "当面提交",
        "行政复议申请书",
        "行政处罚决定书复印件",
        "不表示行政复议申请已经受理",
        "达拉特旗司法局",
    )
    assert office.serve(paper, RECEIVED).unserved_count == 0
    assert fresh(case).state == "RECEIVED"


def test_correction_notice_lists_everything_with_term_and_consequence(office):
    case = a_case(office)
    paper = office.paper(case, "correction_notice", RECEIVED, CORRECTION)
    says(
        paper,
        "达政复补字〔2026〕",
        "本机关于2026年9月1日收到你不服达拉特旗公安局",
        f"{PERSON}：",
        "第三十一条第一款",
        "一次性告知",
        "1. 申请人的身份证明；",
        "2. 行政处罚决定书复印件。",
        "10日内（工作日",
        "视为放弃行政复议申请，并记录在案",
        "达拉特旗人民政府",
        "2026年9月1日",
    )
    assert fresh(case).state == "CORRECTING"
    assert fresh(case).facts.correction_items == ["申请人的身份证明", "行政处罚决定书复印件"]
    office.serve(paper, RECEIVED + timedelta(days=2))
    assert fresh(case).deadlines.get(rule="R-CORR-2").due_on == date(2026, 9, 17)


def test_refusal_gives_reasons_and_the_remedy(office):
    case = a_case(office)
    paper = office.paper(case, "refusal", RECEIVED, REFUSAL)
    text = says(
        paper,
        "达政复不受字〔2026〕",
        "超过六十日的申请期限",
        "第三十条第一款第四项",
        "第三十条第二款",
        "决定不予受理",
        "15日内",
        "鄂尔多斯市中级人民法院提起行政诉讼",
        "达拉特旗人民政府",
    )
    assert "第三十四条" not in text
    assert APPLICANT_NUMBER[-4:] not in text
    case = fresh(case)
    assert (case.state, case.outcome) == ("NOT_ACCEPTED", "not_accepted")
    office.serve(paper, RECEIVED)
    assert fresh(case).events.filter(kind="refusal_served").count() == 1


def test_refusal_for_want_of_jurisdiction_names_the_competent_authority(office):
    case = a_case(office)
    facts = case.facts
    facts.is_mandatory_first = True
    facts.save()
    data = {"ground": "6", "reasons": "被申请人不是本机关管辖的机关", "competent_organ": "鄂尔多斯市人民政府"}
    paper = office.paper(case, "refusal", RECEIVED, data)
    says(paper, "有管辖权的行政复议机关是鄂尔多斯市人民政府", "第三十四条", "应当先申请行政复议", "15日内")


def test_acceptance_notice_says_day_procedure_handler_rights_and_due_day(office):
    case = accepted(office, a_case(office))
    paper = office.paper(case, "acceptance_notice", ACCEPTED)
    says(
        paper,
        "达政复受字〔2026〕",
        "2026年9月4日决定予以受理",
        "普通程序",
        "承办人：李志强",
        "60日内，即在2026年11月3日前",
        "查阅、复制",
        "停止执行",
        "委托一至二名律师",
        "不向申请人收取任何费用",
    )
    assert office.serve(paper, ACCEPTED).unserved_count == 0


def test_acceptance_notice_of_the_simplified_procedure(office):
    case = a_case(office)
    case = accepted(office, case, track="simplified", ground="on_the_spot")
    paper = office.paper(case, "acceptance_notice", ACCEPTED)
    text = says(paper, "简易程序", "第六十二条第二款", "30日内")
    assert "延长" not in text


def test_reply_notice_asks_within_ten_working_days_and_warns_of_article_70(office):
    case = accepted(office, a_case(office))
    paper = office.paper(case, "reply_notice", COPY)
    says(
        paper,
        "达政复答字〔2026〕",
        f"{AGENCY}：",
        PERSON,
        "第四十八条",
        "10日内（工作日",
        "行政复议申请书副本",
        "证据、依据和其他有关材料",
        "第七十条",
        "视为该行政行为没有证据、依据",
        "负责人应当参加听证",
        "出庭应诉",
        "不得仅委托律师",
        "附件：行政复议申请书副本",
        "达拉特旗司法局",
    )
    assert fresh(case).state == "AWAIT_REPLY"
    office.serve(paper, COPY)
    assert fresh(case).deadlines.get(rule="R-REPLY").due_on == date(2026, 9, 21)  # Sunday 20 September is a working day


def test_reply_notice_of_the_simplified_procedure_gives_five_working_days(office):
    case = accepted(office, a_case(office), track="simplified", ground="on_the_spot")
    says(office.paper(case, "reply_notice", COPY), "第五十四条第一款", "5日内（工作日")


def test_decision_has_every_element_of_article_75(office):
    case = under_review(office)
    paper = office.paper(case, "decision", DECIDED, DECISION)
    text = says(
        paper,
        "达拉特旗人民政府",
        "行政复议决定书",
        "达政复决字〔2026〕",
        f"申请人：{PERSON}，女，蒙古族",
        "住达拉特旗树林召镇锡尼街12号",
        "公民身份号码",
        f"被申请人：{AGENCY}",
        "王建军，局长",
        "撤销被申请人作出的行政处罚决定",
        "申请人称：处罚决定认定事实不清",
        "被申请人称：处罚决定认定事实清楚",
        "通过电话听取了申请人的意见",
        "经审理查明：",
        "以上事实，有下列证据证明",
        "1. 《行政处罚决定书》及送达回证；",
        "本机关认为：",
        "第六十四条第一款第一项、第二项",
        f"一、撤销被申请人{AGENCY}于{ACT}",
        "二、责令被申请人自收到本决定书之日起30日内重新作出行政行为。",
        "15日内，向鄂尔多斯市中级人民法院提起行政诉讼",
        "2026年10月20日",
    )
    assert APPLICANT_NUMBER not in text
    assert "{" not in text
    case = fresh(case)
    assert (case.state, case.outcome) == ("DECIDED", "annulled")
    assert case.facts.redo_is_ordered
    office.serve(paper, DECIDED, role="respondent")
    assert fresh(case).state == "DECIDED"
    office.serve(paper, DECIDED + timedelta(days=1), role="applicant")
    case = fresh(case)
    assert case.state == "SERVED"
    assert case.deadlines.get(rule="R-SUE15", party=part_of(case, "applicant").party).due_on == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("outcome", "more", "article", "result", "court"),
    [
        ("upheld", {}, "第六十八条", "维持被申请人", "达拉特旗人民法院"),
        ("changed", {"grounds": ["63-1"], "result": "将罚款500元变更为200元", "is_not_worse": True}, "第六十三条第一款第一项", "变更为200元", "鄂尔多斯市中级人民法院"),
        ("partly_annulled", {"grounds": ["64-3"], "result": "撤销该决定第二项"}, "第六十四条第一款第三项", "撤销该决定第二项", "鄂尔多斯市中级人民法院"),
        ("confirmed_illegal", {"grounds": ["65-1-2"]}, "第六十五条第一款第二项", "违法。", "达拉特旗人民法院"),
        ("confirmed_void", {}, "第六十七条", "无效。", "鄂尔多斯市中级人民法院"),
        ("perform_ordered", {"performance_duty": "对申请人的申请作出答复", "performance_due_on": "2026-12-20"}, "第六十六条", "于2026年12月20日前（含当日）履行下列法定职责：对申请人的申请作出答复", "鄂尔多斯市中级人民法院"),
        ("request_rejected", {"grounds": ["69-1"]}, "第六十九条", "驳回申请人的行政复议请求", "达拉特旗人民法院"),
        ("request_rejected", {"grounds": ["R61-3"]}, "实施条例》第六十一条第一款第三项", "驳回申请人的行政复议请求", "达拉特旗人民法院"),
        ("agreement", {"grounds": ["71-2"], "result": "责令被申请人补偿"}, "第七十一条第二款", "责令被申请人补偿", "鄂尔多斯市中级人民法院"),
        ("compensation", {"compensation_yuan": "12000.50"}, "第七十二条第一款", "人民币12,000.50元", "鄂尔多斯市中级人民法院"),
    ],
)  # fmt: skip
def test_each_outcome_cites_its_article_and_names_the_court(office, outcome, more, article, result, court):
    case = under_review(office)
    data = {name: DECISION[name] for name in ("reply_summary", "facts_found", "evidence", "reasoning")}
    paper = office.paper(case, "decision", DECIDED, data | {"outcome": outcome} | more)
    says(paper, article, result, f"向{court}提起行政诉讼")
    assert fresh(case).outcome == outcome


def test_decision_without_reply_speaks_of_article_70(office):
    case = accepted(office, a_case(office))
    office.serve(office.paper(case, "reply_notice", COPY), COPY)
    from casemgr.actions.perform import perform
    from tests.support.papers import hear

    late = date(2026, 9, 23)
    respondent = part_of(case, "respondent").party_id
    perform("reconsideration.reply_missing", fresh(case), {"party": respondent, "on": late}, office.officer, late)
    hear(office, case)
    data = {**DECISION, "grounds": ["70"]}
    data.pop("reply_summary")
    paper = office.paper(fresh(case), "decision", DECIDED, data)
    says(paper, "第七十条的规定，视为该行政行为没有证据、依据", "未提出书面答复")


def test_service_receipt_is_one_form_per_recipient_and_paper(office):
    case = accepted(office, a_case(office))
    notice = office.paper(case, "reply_notice", COPY)
    recipient = part_of(case, "respondent")
    data = {"document": notice.pk, "recipient": recipient.pk}
    form = issue_through(fresh(case), "service_receipt", COPY, officer=office.officer, head=office.head, data=data)
    says(form, "送达回证", notice.number_text, "行政复议答复通知书", AGENCY, "送达地点", "见证人", "拒收", "年月日")
    assert form.number is None
    second = issue_through(fresh(case), "service_receipt", COPY, officer=office.officer, head=office.head, data=data)
    assert second.pk != form.pk
