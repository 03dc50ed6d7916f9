"""What the notices of the trial share: to all parties, a cause in words, the approval of the head."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Data, KindForm, Missing
from casemgr.documents.models import Document
from casemgr.documents.rendering import chinese_date
from reconsideration.documents.casefile import CaseFile, closed

LAW = "《中华人民共和国行政复议法》"
REGULATION = "《中华人民共和国行政复议法实施条例》"


class CauseForm(KindForm):
    cause = forms.CharField(
        label=_("Cause"), required=False, max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=_("The facts, as they go into the paper."),
    )  # fmt: skip


class ApprovedForm(CauseForm):
    approved_by = forms.CharField(label=_("Approved by the head of the office"), required=False, max_length=60)


def everybody(case: Case) -> Sequence[Participation]:
    """Applicants, respondents and third parties, each served for itself."""
    file = CaseFile(case)
    return [*file.applicants, *file.respondents, *file.third_parties]


def addressees(case: Case) -> str:
    return "、".join(part.name for part in everybody(case))


def introduction(file: CaseFile, *, by: str = "本机关") -> str:
    """Who asked for what, and since when the case is tried."""
    return (
        f"申请人{file.applicant_names}{file.complaint(file.respondent_names)}，向本机关申请行政复议，"
        f"{by}于{chinese_date(file.accepted_on)}依法受理。"
    )


def cause_of(data: Data) -> str:
    return closed(" ".join(str(data.get("cause") or "").split()), "")


def needs_cause(data: Data, article: str) -> list[Missing]:
    if data.get("cause"):
        return []
    return [Missing("cause", _("State the facts that are the cause."), article, "cause")]


def needs_approval(data: Data, article: str) -> list[Missing]:
    if data.get("approved_by"):
        return []
    return [Missing("approval", _("Enter the head of the office who approved it."), article, "approved_by")]


def sent(document: Document, *names: str) -> dict:
    return {name: document.data.get(name, "") for name in names}
