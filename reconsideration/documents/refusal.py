"""不予受理决定书: which condition fails and why, the competent authority, the remedy (art. 30(2), 34)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.models import Document
from casemgr.documents.rendering import chinese_date
from reconsideration.aftermath.suits import sued_marks
from reconsideration.documents import organs, remedies, series
from reconsideration.documents.casefile import CaseFile, closed, lines, numeral, parties_block, without_opening
from reconsideration.terms import RefusalGround

# Reconsideration Law 2023, art. 30(1), item by item, as what is not met
NOT_MET: dict[str, str] = {
    RefusalGround.NO_APPLICANT: "没有明确的申请人或者没有符合规定的被申请人",
    RefusalGround.NO_INTEREST: "申请人与被申请行政复议的行政行为没有利害关系",
    RefusalGround.NO_REQUEST: "没有具体的行政复议请求和理由",
    RefusalGround.LATE: "未在法定申请期限内提出",
    RefusalGround.OUT_OF_SCOPE: "不属于《中华人民共和国行政复议法》规定的行政复议范围",
    RefusalGround.NO_JURISDICTION: "不属于本机关的管辖范围",
    RefusalGround.ALREADY_ACCEPTED: "行政复议机关或者人民法院已受理过该申请人就同一行政行为提出的申请或者诉讼",
}


class RefusalForm(KindForm):
    ground = forms.ChoiceField(
        label=_("Condition that is not met"),
        choices=[("", _("— choose —")), *RefusalGround.choices],
        required=False,
    )
    reasons = forms.CharField(
        label=_("Reasons"), required=False, max_length=6000, widget=forms.Textarea({"rows": 6}),
        help_text=_("Facts found and why the condition fails: the reasons go into the paper (article 30(2))."),
    )  # fmt: skip
    competent_organ = forms.CharField(
        label=_("Competent authority"),
        required=False,
        max_length=80,
        help_text=_("Must be named when this authority has no jurisdiction (article 30(2))."),
    )
    court = forms.CharField(label=_("Court to sue in"), required=False, max_length=60)


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    ground = data.get("ground") or ""
    requests = (
        closed(" ".join(without_opening(file.facts.requests.split(), "申请人请求", "请求")), "") or "（见申请书）"
    )
    item = f"《中华人民共和国行政复议法》第三十条第一款第{numeral(int(ground))}项" if ground else ""
    decision = []
    if ground:
        decision.append(
            f"综上，该行政复议申请{NOT_MET[ground]}，不符合{item}规定的受理条件。"
            "根据《中华人民共和国行政复议法》第三十条第二款的规定，本机关决定不予受理。"
        )
    if organ := data.get("competent_organ"):
        decision.append(f"对该行政行为有管辖权的行政复议机关是{organ}，申请人可以依法向其申请行政复议。")
    remedy = remedies.after_refusal(
        is_mandatory_first=file.facts.is_mandatory_first, court=data.get("court") or organs.intermediate_court(today)
    )
    return Composed(
        (
            Part("parties", parties_block(file)),
            Part(
                "application",
                (
                    f"申请人{file.complaint()}，向本机关申请行政复议，本机关于{chinese_date(file.received_on)}收到申请。",
                    f"申请人请求：{requests}。",
                ),
            ),
            Part("reasons", ("经审查，本机关认为：", *(closed(line) for line in lines(data, "reasons")))),
            Part("decision", tuple(decision)),
            Part("remedy", (remedy,)),
        )
    )


def requires(case: Case, data: Data) -> list[Missing]:
    found = []
    if not data.get("ground"):
        found.append(Missing("ground", _("Choose the condition of article 30(1) that is not met."), "30(2)", "ground"))
    if not lines(data, "reasons"):
        found.append(Missing("reasons", _("A refusal must state its reasons."), "30(2)", "reasons"))
    if data.get("ground") == RefusalGround.NO_JURISDICTION and not data.get("competent_organ"):
        found.append(
            Missing("competent-organ", _("Name the authority that has jurisdiction."), "30(2)", "competent_organ")
        )
    return found


def issue_data(document: Document) -> dict[str, Any]:
    return {name: document.data.get(name, "") for name in ("ground", "competent_organ")}


REFUSAL = DocumentKind(
    code="refusal",
    name=_("Refusal decision"),
    title="不予受理行政复议申请决定书",
    issuer=organs.AUTHORITY,
    compose=compose,
    states=("RECEIVED",),
    series=series.REFUSAL,
    reviewer_roles=("head",),
    signer_roles=("authority",),
    form=RefusalForm,
    issue_action="reconsideration.refuse",
    issue_data=issue_data,
    served_action="reconsideration.refusal_served",
    recipients=lambda case: CaseFile(case).applicants,
    requires=requires,
    marks=sued_marks,
    primary=10,
)
