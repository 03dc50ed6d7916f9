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
EVIDENCE = "询问笔录2份 | 原告于2026年2月20日殴打他人的事实 | 1—6\n处罚前告知笔录｜已告知陈述和申辩的权利｜7"
BASIS = "《中华人民共和国治安管理处罚法》第四十三条第一款"
SUIT_PAPERS: dict[str, dict[str, Any]] = {
    "answer": {
        "claims": "依法驳回原告的诉讼请求",
        "facts": "2026年2月20日，原告在树林召镇殴打他人，致人轻微伤",
        "reasons": "答辩人具有作出被诉处罚决定的法定职权\n被诉处罚决定认定事实清楚，适用法律正确，程序合法",
        "evidence": EVIDENCE,
        "basis": BASIS,
    },
    "evidence_list": {"evidence": EVIDENCE, "basis": BASIS},
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
    suit.on(date(2026, 6, 10)).act("answer", party=bureau.party_id, on=date(2026, 6, 10))
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
