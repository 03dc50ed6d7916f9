# ruff: noqa: E501 (one ground a line: code, label, article, words of the article)
"""The outcomes of a decision: article, grounds of the article's items, and the words of the result."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reconsideration.terms import Outcome

LAW = "《中华人民共和国行政复议法》"
REGULATION = "《中华人民共和国行政复议法实施条例》"


@dataclass(frozen=True)
class Ground:
    """One item of an article on which an outcome can rest."""

    code: str
    label: object
    article: str
    finding: str
    law: str = LAW


@dataclass(frozen=True)
class OutcomeRule:
    """`article` is cited when no ground of an item is needed."""

    outcome: str
    number: str
    article: str
    grounds: tuple[Ground, ...] = ()


# Reconsideration Law 2023, art. 63–72; Implementing Regulation 2026, art. 61
_CHANGE = (
    Ground("63-1", _("63(1)(1) content not appropriate"), "第六十三条第一款第一项", "事实清楚，证据确凿，适用依据正确，程序合法，但是内容不适当"),
    Ground("63-2", _("63(1)(2) basis applied wrongly"), "第六十三条第一款第二项", "事实清楚，证据确凿，程序合法，但是未正确适用依据"),
    Ground("63-3", _("63(1)(3) facts cleared up by this authority"), "第六十三条第一款第三项", "事实不清、证据不足，已经本机关查清事实和证据"),
)  # fmt: skip
_ANNUL = (
    Ground("64-1", _("64(1)(1) main facts unclear, evidence insufficient"), "第六十四条第一款第一项", "主要事实不清、证据不足"),
    Ground("64-2", _("64(1)(2) procedure against the law"), "第六十四条第一款第二项", "违反法定程序"),
    Ground("64-3", _("64(1)(3) unlawful basis"), "第六十四条第一款第三项", "适用的依据不合法"),
    Ground("64-4", _("64(1)(4) power exceeded or abused"), "第六十四条第一款第四项", "超越职权或者滥用职权"),
    Ground("70", _("70 no reply and no evidence in time"), "第七十条", "被申请人未依法提出书面答复、提交证据、依据和其他有关材料，视为该行政行为没有证据、依据"),
)  # fmt: skip
_ILLEGAL = (
    Ground("65-1-1", _("65(1)(1) annulment would gravely harm the public interest"), "第六十五条第一款第一项", "依法应予撤销，但是撤销会给国家利益、社会公共利益造成重大损害"),
    Ground("65-1-2", _("65(1)(2) slight procedural fault without real effect"), "第六十五条第一款第二项", "程序轻微违法，但是对申请人权利不产生实际影响"),
    Ground("65-2-1", _("65(2)(1) unlawful, nothing to annul"), "第六十五条第二款第一项", "违法，但是不具有可撤销内容"),
    Ground("65-2-2", _("65(2)(2) the respondent changed the act, the applicant insists"), "第六十五条第二款第二项", "已由被申请人改变，申请人仍要求撤销或者确认违法"),
    Ground("65-2-3", _("65(2)(3) duty not performed, an order would be pointless"), "第六十五条第二款第三项", "属于不履行或者拖延履行法定职责，责令履行没有意义"),
    Ground("70", _("70 no reply and no evidence in time"), "第七十条", "被申请人未依法提出书面答复、提交证据、依据和其他有关材料，视为该行政行为没有证据、依据"),
)  # fmt: skip
_REJECT = (
    Ground("69-1", _("69 the respondent has no such duty"), "第六十九条", "被申请人没有相应法定职责"),
    Ground("69-2", _("69 the duty was performed before acceptance"), "第六十九条", "被申请人在受理前已经履行法定职责"),
    Ground("R61-1", _("Regulation 61(1)(1) not void, request not changed"), "第六十一条第一款第一项", "行政行为不属于无效情形，经释明，申请人拒绝变更行政复议请求", REGULATION),
    Ground("R61-2", _("Regulation 61(1)(2) performance objectively impossible"), "第六十一条第一款第二项", "被申请人因不可抗力等正当事由客观上无法履行法定职责", REGULATION),
    Ground("R61-3", _("Regulation 61(1)(3) a change would be worse for the applicant"), "第六十一条第一款第三项", "行政行为依法应予变更，但是变更对申请人更为不利", REGULATION),
)  # fmt: skip
_AGREEMENT = (
    Ground("71-1", _("71(1) agreement not made, performed or lawfully changed"), "第七十一条第一款", "被申请人不依法订立、不依法履行、未按照约定履行或者违法变更、解除行政协议"),
    Ground("71-2", _("71(2) lawful change without fair indemnity"), "第七十一条第二款", "被申请人变更、解除行政协议合法，但是未依法给予补偿或者补偿不合理"),
)  # fmt: skip

OUTCOMES: dict[str, OutcomeRule] = {
    rule.outcome: rule
    for rule in (
        OutcomeRule(Outcome.UPHELD, "68", "第六十八条"),
        OutcomeRule(Outcome.ANNULLED, "64", "第六十四条第一款", _ANNUL),
        OutcomeRule(Outcome.PARTLY_ANNULLED, "64", "第六十四条第一款", _ANNUL),
        OutcomeRule(Outcome.CHANGED, "63", "第六十三条第一款", _CHANGE),
        OutcomeRule(Outcome.CONFIRMED_ILLEGAL, "65", "第六十五条", _ILLEGAL),
        OutcomeRule(Outcome.CONFIRMED_VOID, "67", "第六十七条"),
        OutcomeRule(Outcome.PERFORMANCE_ORDERED, "66", "第六十六条"),
        OutcomeRule(Outcome.REQUEST_REJECTED, "69", "第六十九条", _REJECT),
        OutcomeRule(Outcome.AGREEMENT_LIABILITY, "71", "第七十一条", _AGREEMENT),
        OutcomeRule(Outcome.COMPENSATION, "72", "第七十二条第一款"),
    )
}
GROUNDS: dict[str, Ground] = {ground.code: ground for rule in OUTCOMES.values() for ground in rule.grounds}


def grounds_of(outcome: str, codes: list[str]) -> list[Ground]:
    """The chosen grounds that belong to the outcome, in the order of the articles."""
    rule = OUTCOMES.get(outcome)
    return [ground for ground in rule.grounds if ground.code in codes] if rule else []


def basis(outcome: str, codes: list[str]) -> str:
    """《中华人民共和国行政复议法》第六十四条第一款第一项、第三项: what the decision rests on."""
    rule = OUTCOMES[outcome]
    grounds = grounds_of(outcome, codes)
    if not grounds:
        return LAW + rule.article
    parts: list[str] = []
    law = paragraph = ""
    for ground in grounds:
        same = ground.law == law and paragraph and ground.article.startswith(paragraph)
        article = ground.article.removeprefix(paragraph) if same else ground.article
        if article:
            parts.append((ground.law if ground.law != law else "") + article)
        law, paragraph = ground.law, ground.article[: ground.article.find("款") + 1]
    return "、".join(dict.fromkeys(parts))


def findings(outcome: str, codes: list[str]) -> str:
    """What is wrong (or right) with the act, in the article's own words."""
    if grounds := grounds_of(outcome, codes):
        return "，".join(ground.finding for ground in grounds)
    return _PLAIN_FINDINGS.get(outcome, "")


_PLAIN_FINDINGS: dict[str, str] = {
    Outcome.UPHELD: "认定事实清楚，证据确凿，适用依据正确，程序合法，内容适当",
    Outcome.CONFIRMED_VOID: "有实施主体不具有行政主体资格或者没有依据等重大且明显违法情形",
    Outcome.PERFORMANCE_ORDERED: "属于不履行法定职责",
}
