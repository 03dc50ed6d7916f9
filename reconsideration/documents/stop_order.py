"""停止执行决定书: on which of the four grounds execution of the act stops (art. 42)."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, Missing, Part
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, numeral
from reconsideration.documents.trial_notice import (
    LAW,
    CauseForm,
    addressees,
    cause_of,
    everybody,
    introduction,
    needs_cause,
    sent,
)
from reconsideration.states import UNDER_TRIAL
from reconsideration.terms import StopGround

# Reconsideration Law 2023, art. 42, item by item
GROUNDS: dict[str, str] = {
    StopGround.RESPONDENT: "被申请人认为需要停止执行",
    StopGround.AUTHORITY: "本机关认为需要停止执行",
    StopGround.ON_APPLICATION: "{who}申请停止执行，其要求合理",
    StopGround.BY_LAW: "属于法律、法规、规章规定停止执行的其他情形",
}


BY_LAW_2017 = "属于法律规定停止执行的情形"
"""Reconsideration Law 2017, art. 21(4): a law only, not a regulation or rule."""


class StopOrderForm(CauseForm):
    ground = forms.ChoiceField(label=_("Ground"), choices=[("", _("— choose —")), *StopGround.choices], required=False)
    field_order = ("ground", "cause")


def article_of(case: Case) -> str:
    """The article on the stop of execution in the law the case is tried under."""
    return "第二十一条" if case.law_version == "2017" else "第四十二条"


def askers(file: CaseFile) -> str:
    """Who applied: applicant, third party, or both."""
    asked = {fact.party_id for fact in file.facts_of_kind("stop_asked")}
    words = [
        word
        for word, parts in (("申请人", file.applicants), ("第三人", file.third_parties))
        if asked & {part.party_id for part in parts}
    ]
    return "、".join(words) or "申请人"


def _ground(case: Case, ground: str) -> str:
    return BY_LAW_2017 if case.law_version == "2017" and ground == StopGround.BY_LAW else GROUNDS[ground]


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    ground = data.get("ground") or ""
    decision: tuple[str, ...] = ()
    if ground:
        why = _ground(case, ground).format(who=askers(file))
        item = f"{LAW}{article_of(case)}第{numeral(StopGround.values.index(ground) + 1)}项"
        decision = (f"因{cause_of(data)}，{why}。根据{item}的规定，本机关决定：行政复议期间，停止执行{file.act()}。",)
    return Composed(
        (Part("introduction", (introduction(file),)), Part("decision", decision)), addressee=addressees(case)
    )


def requires(case: Case, data: Data) -> list[Missing]:
    found = [] if data.get("ground") else [Missing("ground", _("Choose the ground of article 42."), "42", "ground")]
    return [*found, *needs_cause(data, "42")]


STOP_ORDER = DocumentKind(
    code="stop_order",
    name=_("Stop order"),
    title="停止执行决定书",
    issuer=organs.AUTHORITY,
    compose=compose,
    states=(*UNDER_TRIAL, "SUSPENDED"),
    series=series.STOP,
    reviewer_roles=("head",),
    signer_roles=("authority",),
    form=StopOrderForm,
    passages=wording.TRIAL_OPENING,
    issue_action="reconsideration.stop_execution",
    issue_data=lambda document: sent(document, "ground", "cause"),
    recipients=everybody,
    requires=requires,
)
