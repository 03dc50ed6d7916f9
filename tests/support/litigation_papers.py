"""What agencies enter for the papers of a suit, and a suit far enough to fill every one of them."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from casemgr.operation.sweep import sweep
from casemgr.parties.models import Party
from litigation.models import CourtSession, Standing
from tests.support.litigation import BUREAU, Suit

RECEIVED, ASSIGNED, SUMMONED, HEARD = date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 20), date(2026, 7, 1)
JUDGED, EFFECTIVE, TODAY = date(2026, 7, 20), date(2026, 8, 10), date(2026, 8, 12)
EVIDENCE = "询问笔录2份 | 原告于2026年2月20日殴打他人的事实 | 6页\n处罚前告知笔录｜已告知陈述和申辩的权利｜1页"
BASIS = "《中华人民共和国治安管理处罚法》第四十三条第一款"
SUIT_PAPERS: dict[str, dict[str, Any]] = {
    "answer": {
        "claims": "依法驳回原告的诉讼请求",
        "facts": "2026年2月20日，原告在树林召镇殴打他人，致人轻微伤\n"
        "答辩人于当日受理，经调查取证、处罚前告知和集体讨论，作出被诉处罚决定并送达原告",
        "reasons": "答辩人具有作出被诉处罚决定的法定职权\n被诉处罚决定认定事实清楚，适用法律正确，程序合法",
        "evidence": EVIDENCE,
        "basis": BASIS,
    },
    "evidence_list": {"evidence": EVIDENCE, "basis": BASIS},
    "head_certificate": {"head_name": "李建国", "head_post": "副局长", "head_category": "deputy"},
    "suit_power_of_attorney": {
        "agent_name": "白志刚",
        "agent_post": "达拉特旗公安局法制大队大队长",
        "second_name": "高云",
        "second_post": "内蒙古鼎元律师事务所律师",
        "power": "general",
        "powers": "代为应诉，提交证据，进行答辩、质证、辩论",
    },
    "absence_statement": {
        "head_name": "王志强",
        "head_post": "局长",
        "ground": "duty",
        "facts": "2026年7月1日须在鄂尔多斯市参加市人民政府召开的防汛指挥调度会议",
        "proofs": "市人民政府会议通知",
        "staff": "白志刚（法制大队大队长）",
    },
    "evidence_extension": {"pieces": "现场视听资料1份", "cause": "2026年6月3日突发洪水，存放视听资料的机房进水断电"},
    "jurisdiction_objection": {
        "right_court": "鄂尔多斯市东胜区人民法院",
        "cause": "根据《中华人民共和国行政诉讼法》第十八条第二款，本案由集中管辖的人民法院管辖",
    },
    "appeal": {
        "court_above": "鄂尔多斯市中级人民法院",
        "requests": "撤销一审判决\n改判驳回被上诉人的诉讼请求",
        "reasons": "一审判决认定上诉人未告知陈述和申辩的权利，与处罚前告知笔录不符",
    },
    "appeal_answer": {"claims": "依法驳回上诉，维持原判", "reasons": "一审判决认定事实清楚，适用法律正确"},
    "session_report": {
        "issues": "处罚前是否告知陈述和申辩的权利",
        "course": "双方对询问笔录的真实性无异议",
        "risks": "程序证据存在瑕疵，有败诉风险",
    },
    "ruling_report": {
        "found": "法院认为处罚前告知程序违法",
        "flaws": "办案单位没有制作告知笔录",
        "lesson": "开展处罚程序专项培训",
        "further": "不上诉，依法重新作出处理决定",
    },
    "performance_plan": {
        "leader": "李建国（副局长）",
        "person": "白志刚（法制大队大队长）",
        "steps": "2026年9月1日前完成补充调查\n2026年9月30日前重新作出处理决定并送达",
        "funds": "本年度部门预算",
        "risks": "原告外出务工，提前约定送达方式",
    },
    "performance_report": {
        "course": "已退还罚款500元，处理决定正在重新办理",
        "proofs": "电子转账凭证",
        "rest": "重新作出处理决定，2026年9月30日前完成",
    },
    "judicial_reply": {
        "organ": "达拉特旗人民法院",
        "letter": "达法建〔2026〕3号",
        "received_on": "2026-07-25",
        "adopted": "全部采纳",
        "measures": "修订处罚案件告知文书样式，并对全体执法人员进行培训",
        "further": "2026年10月底前开展一次案卷评查",
        "contact": "白志刚，法制大队",
    },
}
"""By kind; a kind that is not named has each field filled with some answer."""


def name_heads() -> None:
    """The register knows who leads the police bureau."""
    party = Party.objects.get(name=BUREAU, kind=Party.Kind.AGENCY)
    party.legal_representative, party.representative_post = "王志强", "局长"
    party.address = "鄂尔多斯市达拉特旗树林召镇平原大街1号"
    party.save()


def received_suit(**changes: Any) -> Suit:
    """The police bureau has received the complaint."""
    name_heads()
    return Suit(RECEIVED, **{"claims": "撤销被诉行政处罚决定", "sued_on": date(2026, 5, 20), **changes})


def full_suit() -> Suit:
    """Assigned, answered, heard with the head there, judged against the bureau, effective and owed."""
    suit = received_suit()
    bureau = suit.part("respondent", BUREAU)
    suit.on(ASSIGNED).act("assign", on=ASSIGNED, responsible=bureau.party_id)
    suit.on(date(2026, 6, 10)).act("answer", party=bureau.party_id, on=date(2026, 6, 10), has_evidence=True)
    suit.on(SUMMONED).act(
        "plan_session", on=SUMMONED, kind="session", planned_on=HEARD, starts=time(9, 0), place="第三审判庭"
    )
    session = CourtSession.objects.get(in_instance__case_id=suit.pk)
    standing = Standing.objects.get(in_instance__case_id=suit.pk)
    suit.act(
        "name_head", session=session.pk, standing=standing.pk, on=SUMMONED,
        head_name="李建国", head_post="副局长", head_category="deputy",
    )  # fmt: skip
    came = {"head_came": True, "head_name": "李建国", "head_category": "deputy", "certificate_on": HEARD}
    suit.on(HEARD).act(
        "record_session",
        session=session.pk,
        on=HEARD,
        **{f"{name}_{standing.pk}": value for name, value in came.items()},
    )
    suit.judge(JUDGED, "annulled_redo")
    suit.serve(JUDGED)
    sweep(EFFECTIVE)
    debt = {"debtor": bureau.pk, "creditor": suit.part("applicant").pk}
    owed = [
        {**debt, "kind": "redo", "text": "重新作出处理决定", "due_on": date(2026, 10, 9)},
        {**debt, "kind": "pay", "text": "返还罚款", "amount_yuan": "500.00"},
    ]
    suit.on(EFFECTIVE).act("open_performance", ruling=suit.ruling.pk, obligations=owed)
    return suit.on(TODAY)
