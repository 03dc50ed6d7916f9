"""终止决定书: on which of the five grounds the case ends without a decision on the matter (art. 41)."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases import events
from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, Missing, Part
from casemgr.documents.rendering import chinese_date
from reconsideration.aftermath.suits import sued_marks
from reconsideration.documents import organs, remedies, series, wording
from reconsideration.documents.casefile import CaseFile, numeral, parties_block
from reconsideration.documents.trial_notice import (
    LAW,
    ConcernedForm,
    cause_of,
    everybody_there,
    introduction,
    needs_cause,
    needs_one_concerned,
    sent,
    who_may_sue,
)
from reconsideration.ending_guards import ground_of_sixty_days, settled
from reconsideration.states import UNDER_TRIAL
from reconsideration.suspension_grounds import in_whom
from reconsideration.terms import SUSPENSION_ITEM, TerminationGround

# Reconsideration Law 2023, art. 41, item by item
GROUNDS: dict[str, str] = {
    TerminationGround.WITHDRAWN: "申请人撤回行政复议申请，行政复议机构准予撤回",
    TerminationGround.NO_RELATIVES: "作为申请人的公民死亡，没有近亲属或者其近亲属放弃行政复议权利",
    TerminationGround.NO_SUCCESSOR: (
        "作为申请人的法人或者其他组织终止，没有权利义务承受人或者其权利义务承受人放弃行政复议权利"
    ),
    TerminationGround.CRIMINAL_CASE: (
        "申请人对行政拘留或者限制人身自由的行政强制措施不服申请行政复议后，因同一违法行为涉嫌犯罪，被采取刑事强制措施"
    ),
    TerminationGround.SIXTY_DAYS: "中止行政复议满六十日，行政复议中止的原因仍未消除",
}


class TerminationForm(ConcernedForm):
    ground = forms.ChoiceField(
        label=_("Ground"), choices=[("", _("— choose —")), *TerminationGround.choices], required=False
    )
    court = forms.CharField(label=_("Court to sue in"), required=False, max_length=60)
    field_order = ("ground", "concerns", "cause", "court")


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    ground = data.get("ground") or ""
    decision: list[str] = []
    if ground:
        item = f"{LAW}第四十一条第{numeral(TerminationGround.values.index(ground) + 1)}项"
        decision.append(
            f"{cause_of(data)}，属于{_situation(case, data, today)}的情形。"
            f"根据{item}的规定，本机关决定：终止本案的行政复议。"
        )
    if ground == TerminationGround.WITHDRAWN:
        words = ("申请人", "") if settled(case) else ("", "申请人")
        decision += remedies.after_withdrawal(*words, today)
    remedy = remedies.after_termination(who_may_sue(file), court=data.get("court") or organs.intermediate_court(today))
    return Composed(
        (
            Part("parties", parties_block(file)),
            Part("introduction", (introduction(file), *_history(file, ground, today))),
            Part("decision", tuple(decision)),
            Part("remedy", (remedy,)),
        )
    )


def _situation(case: Case, data: Data, today: date) -> str:
    """The words of the article; for item 5 with the item of art. 39(1) whose sixty days are over."""
    ground = data["ground"]
    if ground != TerminationGround.SIXTY_DAYS:
        return in_whom(case, ground, data.get("concerns"), GROUNDS[ground])
    began = ground_of_sixty_days(case, today)
    return f"依照{_item(began)}的规定{GROUNDS[ground]}" if began else GROUNDS[ground]


def _history(file: CaseFile, ground: str, today: date) -> list[str]:
    if ground == TerminationGround.WITHDRAWN:
        days = [fact.occurred_on for fact in file.events if fact.kind == "withdrawn" and fact.occurred_on]
        return [wording.TERMINATION_WITHDRAWN.say({"日期": chinese_date(max(days))})] if days else []
    if ground == TerminationGround.SIXTY_DAYS and (began := ground_of_sixty_days(file.case, today)):
        how = "中止本案的审理" if began.kind == "suspended" else f"决定同时依照{_item(began)}的规定中止本案的审理"
        return [f"本机关于{chinese_date(began.occurred_on)}{how}。"]
    return []


def _item(began: events.Fact) -> str:
    return f"{LAW}第三十九条第一款第{numeral(SUSPENSION_ITEM[began.data['ground']])}项"


def requires(case: Case, data: Data) -> list[Missing]:
    found = [] if data.get("ground") else [Missing("ground", _("Choose the ground of article 41."), "41", "ground")]
    return [*found, *needs_one_concerned(case, data, "41"), *needs_cause(data, "41")]


TERMINATION = DocumentKind(
    code="termination",
    name=_("Termination decision"),
    title="行政复议终止决定书",
    issuer=organs.AUTHORITY,
    compose=compose,
    states=(*UNDER_TRIAL, "SUSPENDED"),
    series=series.TERMINATION,
    reviewer_roles=("head",),
    signer_roles=("authority",),
    form=TerminationForm,
    passages=wording.TERMINATION,
    issue_action="reconsideration.terminate",
    served_action="reconsideration.termination_served",
    issue_data=lambda document: sent(document, "ground", "cause", "concerns"),
    recipients=everybody_there,
    requires=requires,
    marks=sued_marks,
)
