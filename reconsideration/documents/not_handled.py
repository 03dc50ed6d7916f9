"""不再处理告知书: the same matter again without new fact or reason (Implementing Regulation 2026, art. 37(2))."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.rendering import chinese_date
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, closed, lines
from reconsideration.documents.trial_notice import REGULATION, sent


class NotHandledForm(KindForm):
    earlier_number = forms.CharField(
        label=_("Number of the earlier case on the same matter"), required=False, max_length=80
    )
    reasons = forms.CharField(
        label=_("Why it is the same matter without new fact or reason"), required=False, max_length=3000,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    you = file.you(file.applicants)
    received = (
        f"本机关于{chinese_date(file.received_on)}收到{you}的行政复议申请" if file.received_on else f"{you}的申请收悉"
    )
    earlier = data.get("earlier_number") or "（案号）"
    reasons = [closed(line) for line in lines(data, "reasons")]
    return Composed(
        (
            Part("introduction", (f"{you}{file.complaint(file.respondent_names)}，{received}。",)),
            Part("reasons", (f"经查，{you}此前已就同一事项申请行政复议（{earlier}）。", *reasons)),
            Part(
                "decision",
                (
                    f"根据{REGULATION}第三十七条第二款的规定，{you}没有新的事实和理由，就同一事项再次申请行政复议，"
                    "本机关不再处理，并记录在案。",
                    wording.CLOSING.say(),
                ),
            ),
        ),
        addressee=file.applicant_names,
    )


def requires(case: Case, data: Data) -> list[Missing]:
    article = "实施条例37(2)"
    found = []
    if not data.get("earlier_number"):
        found.append(Missing("earlier", _("Name the earlier case on the same matter."), article, "earlier_number"))
    if not lines(data, "reasons"):
        found.append(Missing("reasons", _("Say why there is no new fact or reason."), article, "reasons"))
    return found


NOT_HANDLED_NOTICE = DocumentKind(
    code="not_handled_notice",
    name=_("Notice that it will not be handled again"),
    title="行政复议申请不再处理告知书",
    issuer=organs.AUTHORITY,
    compose=compose,
    states=("RECEIVED",),
    series=series.NOT_HANDLED,
    form=NotHandledForm,
    passages=(wording.CLOSING,),
    issue_action="reconsideration.tell_not_handled",
    issue_data=lambda document: sent(document, "earlier_number"),
    served_action="reconsideration.not_handled_served",
    recipients=lambda case: CaseFile(case).applicants,
    requires=requires,
)
