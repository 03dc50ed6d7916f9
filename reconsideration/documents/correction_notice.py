"""补正通知书: everything that is missing, at once (art. 31)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.models import Document
from casemgr.documents.rendering import chinese_date
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, lines, numbered

TERM = 10  # working days; Reconsideration Law 2023, art. 31(2), 88(2)


class CorrectionNoticeForm(KindForm):
    items = forms.CharField(
        label=_("Everything that must be corrected, one a line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("A second notice is not possible: list every item now (article 31(1))."),
    )
    term_days = forms.IntegerField(
        label=_("Longer term in working days"),
        required=False,
        min_value=TERM,
        max_value=60,
        help_text=_("Only for a good reason; the law gives 10 working days (article 31(2))."),
    )


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    you = file.you(file.applicants)
    term = data.get("term_days") or TERM
    return Composed(
        (
            Part(
                "introduction",
                (
                    f"本机关于{chinese_date(file.received_on)}收到{you}{file.complaint(file.respondent_names)}提出的行政复议申请。"
                    "经审查，申请材料不齐全或者表述不清楚，无法判断行政复议申请是否符合《中华人民共和国行政复议法》第三十条第一款的规定。"
                    f"根据《中华人民共和国行政复议法》第三十一条第一款的规定，现一次性告知{you}需要补正的事项：",
                ),
            ),
            Part("items", numbered(lines(data, "items"), lambda n: f"{n}. ")),
            Part(
                "how",
                (
                    f"请自收到本通知书之日起{term}日内（工作日，不含法定休假日），将补正材料一并提交本机关，"
                    f"{wording.CORRECTION_HOW.say({'收件地点': organs.counter(today)})}"
                    "有正当理由不能按期补正的，可以在期限届满前书面申请延长，"
                    "本机关可以延长合理的补正期限。",
                ),
            ),
            Part(
                "consequence",
                (
                    "根据《中华人民共和国行政复议法》第三十一条第二款的规定，无正当理由逾期不补正的，视为放弃行政复议申请，并记录在案。",
                    wording.CLOSING.say(),
                ),
            ),
        ),
        addressee=file.applicant_names,
    )


def requires(case: Case, data: Data) -> list[Missing]:
    if lines(data, "items"):
        return []
    return [Missing("items", _("List every item that must be corrected."), "31(1)", "items")]


def issue_data(document: Document) -> dict[str, Any]:
    return {"items": "\n".join(lines(document.data, "items")), "term_days": document.data.get("term_days")}


CORRECTION_NOTICE = DocumentKind(
    code="correction_notice",
    name=_("Notice to correct"),
    title="补正行政复议申请通知书",
    issuer=organs.AUTHORITY,
    compose=compose,
    states=("RECEIVED",),
    series=series.CORRECTION,
    signer_roles=("head", "authority"),  # dossier §4.1: the head of the office signs, the authority's seal is used
    form=CorrectionNoticeForm,
    passages=wording.CORRECTION,
    issue_action="reconsideration.ask_correction",
    issue_data=issue_data,
    served_action="reconsideration.correction_served",
    recipients=lambda case: CaseFile(case).applicants,
    requires=requires,
    primary=30,
)
