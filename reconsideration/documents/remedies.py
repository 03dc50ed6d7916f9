"""Where one may sue, and until when, and that one may not apply again: the closing words of papers that end a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reconsideration.documents import organs
from reconsideration.documents.trial_notice import LAW, REGULATION
from reconsideration.terms import Outcome
from reconsideration.timelimits.laws import REGULATION_2007

SUING_DAYS = 15  # Administrative Litigation Law, art. 45; Reconsideration Law 2023, art. 34

# Upheld, or the request rejected: both organs are defendants and the original one decides the level of the court
# (Interpretation of 2018, art. 133, 134(3)); else the government is sued
# (Administrative Litigation Law, art. 15(1), 26(2)).
LIKE_UPHELD = (Outcome.UPHELD, Outcome.REQUEST_REJECTED)
# An act confirmed illegal only for its procedure counts as not changed (Interpretation of 2018, art. 22(3)).
PROCEDURE_ONLY = ["65-1-2"]


def court_for(outcome: str, grounds: Sequence[str], on: date) -> str:
    """The court to name in a paper of that day unless the drafter writes another."""
    leaves_the_act = outcome in LIKE_UPHELD or (
        outcome == Outcome.CONFIRMED_ILLEGAL and list(grounds) == PROCEDURE_ONLY
    )
    return organs.basic_court(on) if leaves_the_act else organs.intermediate_court(on)


def after_decision(who: str, court: str) -> str:
    return f"{who}如不服本决定，可以自收到本行政复议决定书之日起{SUING_DAYS}日内，向{court}提起行政诉讼。"


def after_refusal(*, is_mandatory_first: bool, court: str, word: str = "不予受理", who: str = "申请人") -> str:
    """`word`: what was decided, 不予受理 or 驳回申请 (art. 34); `who` may sue."""
    if is_mandatory_first:
        return (
            "本案依法应当先申请行政复议，对行政复议决定不服再向人民法院提起行政诉讼。根据《中华人民共和国行政复议法》第三十四条的规定，"
            f"行政复议机关决定{word}的，{who}可以自收到本决定书之日起{SUING_DAYS}日内，依法向{court}提起行政诉讼。"
        )
    return (
        f"{who}如不服本决定，可以根据《中华人民共和国行政诉讼法》第四十五条的规定，自收到本决定书之日起{SUING_DAYS}日内，"
        f"向{court}提起行政诉讼。"
    )


def after_termination(who: str, *, court: str) -> str:
    """Administrative Litigation Law, art. 45."""
    return (
        f"{who}如不服本决定，可以根据《中华人民共和国行政诉讼法》第四十五条的规定，自收到本决定书之日起{SUING_DAYS}日内，"
        f"向{court}提起行政诉讼。"
    )


def after_withdrawal(settled: str, others: str, today: date) -> list[str]:
    """Who may not apply again: those who settled (art. 74(2)); until 30 June 2026 also the others who withdrew
    (Regulation 2007, art. 38(2))."""
    told = []
    if settled:
        told.append(
            f"根据{LAW}第七十四条第二款的规定，{settled}不得再以同一事实和理由提出行政复议申请，"
            f"但是{settled}能够证明撤回行政复议申请违背其真实意愿的除外。"
        )
    if others and REGULATION_2007.covers(today):
        told.append(
            f"根据{REGULATION}第三十八条第二款的规定，{others}不得再以同一事实和理由提出行政复议申请，"
            f"但是{others}能够证明撤回行政复议申请违背其真实意思表示的除外。"
        )
    return told
