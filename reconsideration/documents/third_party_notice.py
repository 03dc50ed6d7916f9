"""第三人参加行政复议通知书: what the case is about, why it concerns the third party, what it may do (art. 16, 47)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, Missing, Part
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, closed, numbered
from reconsideration.documents.trial_notice import LAW, introduction
from reconsideration.states import UNDER_TRIAL


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    joined = {fact.party_id: fact for fact in file.facts_of_kind("third_party_joined")}
    interests = [joined[part.party_id].data.get("content", "") for part in file.third_parties
                 if part.party_id in joined]  # fmt: skip
    why = "；".join(closed(text, "") for text in interests if text)
    why = f"：{why}" if why else ""
    asked = any(fact.data.get("how") == "asked" for fact in joined.values())
    you = file.you(file.third_parties)
    agrees = f"同意{you}" if asked else f"现通知{you}"
    rights = [
        f"可以提出书面意见并提交证据，也可以要求当面或者通过互联网、电话等方式发表意见（{LAW}第四十九条）",
        f"可以查阅、复制被申请人提出的书面答复、作出行政行为的证据、依据和其他有关材料，"
        f"但涉及国家秘密、商业秘密、个人隐私或者可能危及国家安全、公共安全、社会稳定的除外（{LAW}第四十七条）",
        f"可以委托一至二名律师、基层法律服务工作者或者其他代理人代为参加行政复议（{LAW}第十七条第一款）",
        f"第三人不参加行政复议，不影响行政复议案件的审理（{LAW}第十六条第二款）",
    ]
    return Composed(
        (
            Part(
                "introduction",
                (
                    introduction(file, authority=organs.authority_name(today)),
                    f"经审查，{you}同被申请行政复议的行政行为或者本案处理结果有利害关系{why}。"
                    f"根据{LAW}第十六条第一款的规定，{agrees}作为第三人参加本案的行政复议。",
                ),
            ),
            Part("rights", ("有关事项告知如下：", *numbered(rights, lambda n: f"{n}. "))),
            Part("closing", (f"书面意见和证据请提交至{organs.counter(today)}。", wording.CLOSING.say())),
        ),
        addressee="、".join(part.name for part in file.third_parties),
    )


def requires(case: Case, data: Data) -> list[Missing]:
    if CaseFile(case).third_parties:
        return []
    message = _("The case has no third party: enter it first.")
    return [Missing("third-party", message, "16(1)", mended_by="reconsideration.add_third_party")]


THIRD_PARTY_NOTICE = DocumentKind(
    code="third_party_notice",
    name=_("Notice to take part as third party"),
    title="第三人参加行政复议通知书",
    issuer=organs.OFFICE,
    compose=compose,
    states=(*UNDER_TRIAL, "SUSPENDED"),
    series=series.THIRD_PARTY,
    passages=wording.TRIAL_PAPERS,
    recipients=lambda case: CaseFile(case).third_parties,
    requires=requires,
    attachments=lambda case, data: (CaseFile(case).application,),
    offered_if=lambda case: bool(CaseFile(case).third_parties),
    primary=5,
)
