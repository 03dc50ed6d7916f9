"""不予停止执行决定书 and 解除停止执行决定书: an application to stop is refused; a stop that was ordered ends (art. 42).

The dossier's list (§5.2) has only the stop order. These two withhold or take back what it grants, so the same organ
makes and signs them; their series stand beside 停: 不停 as 不受 stands beside 受, and 解停. Neither names a remedy:
both are steps within the trial that the final decision takes up.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, Missing, Part
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile
from reconsideration.documents.stop_order import article_of, askers
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
from reconsideration.execution_guards import is_asked, is_stopped
from reconsideration.states import UNDER_TRIAL


def compose_refusal(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    who = askers(file)
    decision: tuple[str, ...] = ()
    if cause_of(data):
        decision = (
            f"经审查，{cause_of(data)}，{who}停止执行的要求不合理。根据{LAW}{article_of(case)}的规定，"
            "本机关决定：不予停止执行。",
            f"行政复议期间，{file.act()}不停止执行。",
        )
    return Composed(
        (
            Part("introduction", (f"{introduction(file)}{who}{file.on_day('stop_asked')}申请停止执行。",)),
            Part("decision", decision),
        ),
        addressee=addressees(case),
    )


def refusal_requires(case: Case, data: Data) -> list[Missing]:
    found = []
    if not is_asked(case):
        message = _("Nobody has applied for the stop of execution: record the application first.")
        found.append(Missing("nothing-asked", message, "42", mended_by="reconsideration.ask_stop"))
    return [*found, *needs_cause(data, "42③")]


STOP_REFUSAL = DocumentKind(
    code="stop_refusal",
    name=_("Refusal to stop execution"),
    title="不予停止执行决定书",
    issuer=organs.AUTHORITY,
    compose=compose_refusal,
    states=(*UNDER_TRIAL, "SUSPENDED"),
    series=series.STOP_REFUSAL,
    reviewer_roles=("head",),
    signer_roles=("authority",),
    form=CauseForm,
    passages=wording.TRIAL_OPENING,
    issue_action="reconsideration.refuse_stop",
    issue_data=lambda document: sent(document, "cause"),
    recipients=everybody,
    requires=refusal_requires,
    offered_if=is_asked,
)


def compose_end(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    decision: tuple[str, ...] = ()
    if cause_of(data):
        decision = (
            f"现{cause_of(data)}，停止执行的原因已经消除。根据{LAW}{article_of(case)}的规定，本机关决定："
            f"自本决定书作出之日起，解除对{file.act()}的停止执行。",
        )
    told = f"{introduction(file)}本机关{file.on_day('stop_ordered')}决定行政复议期间停止执行该行政行为。"
    return Composed((Part("introduction", (told,)), Part("decision", decision)), addressee=addressees(case))


def end_requires(case: Case, data: Data) -> list[Missing]:
    found = [] if is_stopped(case) else [Missing("not-stopped", _("Execution is not stopped."), "42")]
    return [*found, *needs_cause(data, "42")]


STOP_END = DocumentKind(
    code="stop_end",
    name=_("End of the stop of execution"),
    title="解除停止执行决定书",
    issuer=organs.AUTHORITY,
    compose=compose_end,
    states=(*UNDER_TRIAL, "SUSPENDED"),
    series=series.STOP_END,
    reviewer_roles=("head",),
    signer_roles=("authority",),
    form=CauseForm,
    passages=wording.TRIAL_OPENING,
    issue_action="reconsideration.end_stop",
    issue_data=lambda document: sent(document, "cause"),
    recipients=everybody,
    requires=end_requires,
    offered_if=is_stopped,
)
