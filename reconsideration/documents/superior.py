"""提级审理: the request to the superior, the handover of the papers, and what the parties are told (Regulation, 40)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases import events
from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, Missing, Part
from reconsideration.actions.superior import is_taken_up
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, closed, numeral
from reconsideration.documents.trial_notice import (
    LAW,
    REGULATION,
    CauseForm,
    cause_of,
    everybody,
    introduction,
    needs_cause,
    sent,
)
from reconsideration.states import UNDER_TRIAL
from reconsideration.terms import TakingUpGround
from reconsideration.timelimits.laws import REGULATION_2026

GROUNDS: dict[str, str] = {
    TakingUpGround.PUBLIC_INTEREST: "涉及重大社会公共利益或者有重大影响",
    TakingUpGround.NEW_KIND: "属于新类型案件，且案情重大、疑难、复杂",
    TakingUpGround.GUIDING: "具有法律适用指导意义",
    TakingUpGround.OTHER: "确有必要提级审理的其他",
}


class RequestForm(CauseForm):
    ground = forms.ChoiceField(
        label=_("Ground"), choices=[("", _("— choose —")), *TakingUpGround.choices], required=False
    )
    organ = forms.CharField(label=_("Superior authority"), required=False, max_length=120)
    field_order = ("organ", "ground", "cause")


def _situation(ground: str) -> str:
    return GROUNDS[ground] + ("情形" if ground == TakingUpGround.OTHER else "的情形")


def compose_request(case: Case, data: Data, today: date) -> Composed:
    file, ground = CaseFile(case), data.get("ground") or ""
    asked: Iterable[str] = ()
    if ground:
        if REGULATION_2026.covers(today):
            item = f"{REGULATION}第四十条第一款第{numeral(TakingUpGround.values.index(ground) + 1)}项规定的"
            basis = f"{LAW}第三十八条第二款和{REGULATION}第四十条第二款"
        else:
            item, basis = "", f"{LAW}第三十八条第二款"
        asked = (f"{cause_of(data)}。本机关认为，本案属于{item}{_situation(ground)}，需要由上级行政复议机关审理。",
                 f"根据{basis}的规定，现报请你机关决定提级审理。", "妥否，请批示。")  # fmt: skip
    return Composed(
        (Part("introduction", (introduction(file),)), Part("request", tuple(asked))),
        addressee=data.get("organ") or "",
    )


def _requires_request(case: Case, data: Data) -> list[Missing]:
    found = []
    if not data.get("organ"):
        found.append(Missing("organ", _("Name the organ to which it is addressed."), "38(2)", "organ"))
    if not data.get("ground"):
        found.append(Missing("ground", _("Choose the ground."), "实施条例40(1)", "ground"))
    return [*found, *needs_cause(data, "38(2)")]


def _superior(case: Case) -> str:
    fact = events.last_of(events.facts_of(case), "superior_took_up")
    return fact.data.get("organ", "") if fact else ""


def _taking_up(file: CaseFile) -> str:
    fact = events.last_of(file.events, "superior_took_up")
    paper = closed(fact.data.get("content", ""), "") if fact else ""
    decided = f"（{paper}）" if paper else ""
    return f"{_superior(file.case)}{file.on_day('superior_took_up')}决定对本案提级审理{decided}"


def compose_handover(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    term = f"根据{LAW}第三十八条、{REGULATION}第四十条第三款的规定，" if REGULATION_2026.covers(today) else ""
    return Composed(
        (
            Part(
                "introduction",
                (
                    introduction(file) + f"{_taking_up(file)}。",
                    f"{term}现将本案全部案件材料移送你机关，请查收，并将收到材料的日期函告本机关。",
                ),
            ),
        ),
        addressee=_superior(case),
    )


def compose_notice(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    anew = (
        f"根据{REGULATION}第四十条第三款的规定，行政复议审理期限自{_superior(case)}收到案件材料之日起重新计算。"
        if REGULATION_2026.covers(today)
        else ""
    )
    return Composed(
        (
            Part(
                "introduction",
                (
                    introduction(file) + f"{_taking_up(file)}。本案此后由{_superior(case)}审理，"
                    f"有关意见、证据和申请请向该机关提出。{anew}",
                    wording.CLOSING.say(),
                ),
            ),
        ),
        addressee="、".join(part.name for part in everybody(case)),
    )


OPEN = (*UNDER_TRIAL, "SUSPENDED")
SUPERIOR_REQUEST = DocumentKind(
    code="superior_request",
    name=_("Request to the superior to take the case up"),
    title="关于报请提级审理的请示",
    issuer=organs.AUTHORITY,
    compose=compose_request,
    states=OPEN,
    series=series.SUPERIOR,
    reviewer_roles=("head",),
    signer_roles=("authority",),
    form=RequestForm,
    passages=wording.TRIAL_OPENING,
    issue_action="reconsideration.ask_superior",
    issue_data=lambda document: sent(document, "ground", "organ", "cause"),
    requires=_requires_request,
)
HANDOVER_LETTER = DocumentKind(
    code="handover_letter",
    name=_("Letter that hands the case over to the superior"),
    title="提级审理案件移送函",
    issuer=organs.AUTHORITY,
    compose=compose_handover,
    states=OPEN,
    series=series.SUPERIOR,
    passages=wording.TRIAL_OPENING,
    issue_action="reconsideration.hand_up",
    attachments=lambda case, data: ("案件材料目录",),
    offered_if=is_taken_up,
    primary=60,
)
TAKEN_UP_NOTICE = DocumentKind(
    code="taken_up_notice",
    name=_("Notice to the parties that the superior takes the case up"),
    title="提级审理告知书",
    issuer=organs.AUTHORITY,
    compose=compose_notice,
    states=(*OPEN, "TAKEN_UP"),
    series=series.SUPERIOR,
    passages=wording.TRIAL_PAPERS,
    recipients=everybody,
    offered_if=lambda case: bool(_superior(case)),
    primary=50,
)
