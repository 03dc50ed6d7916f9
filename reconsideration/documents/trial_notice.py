"""What the papers of the trial share: to all parties, a cause in words, the approval of the head."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Data, KindForm, Missing
from casemgr.documents.models import Document
from casemgr.documents.rendering import chinese_date
from reconsideration.documents import wording
from reconsideration.documents.casefile import CaseFile, closed
from reconsideration.suspension_grounds import absent, applicants, not_concerned

LAW = "《中华人民共和国行政复议法》"
REGULATION = "《中华人民共和国行政复议法实施条例》"


class CauseForm(KindForm):
    cause = forms.CharField(
        label=_("Cause"), required=False, max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=_("The facts, as they go into the paper."),
    )  # fmt: skip


class ApprovedForm(CauseForm):
    approved_by = forms.CharField(
        label=_("Approved by the head of the office"), required=False, max_length=60,
        help_text=_("Leave empty when the head signs this paper: the signature is the approval."),
    )  # fmt: skip


def everybody(case: Case) -> Sequence[Participation]:
    """Applicants, respondents and third parties, each served for itself."""
    file = CaseFile(case)
    return [*file.applicants, *file.respondents, *file.third_parties]


def everybody_there(case: Case, ground: str = "", concerns: str | int | None = None) -> Sequence[Participation]:
    """The same without the applicants who have died or ended, by the case's own grounds and the given one."""
    gone = absent(case, ground, concerns)
    return [part for part in everybody(case) if part.pk not in gone]


def addressees(case: Case, ground: str = "", concerns: str | int | None = None) -> str:
    return "、".join(part.name for part in everybody_there(case, ground, concerns))


class ConcernedForm(CauseForm):
    """Also asks in which applicant a ground lies that lies in one."""

    concerns = forms.ChoiceField(
        label=_("The applicant whom the ground concerns"), required=False,
        help_text=_("Needed where several applied and one died, ended, lost capacity or is missing."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(part.pk), part.name) for part in applicants(self.case)]
        self.fields["concerns"].choices = [("", _("— choose —")), *names]
        if len(names) < 2:
            del self.fields["concerns"]


def needs_one_concerned(case: Case, data: Data, article: str) -> list[Missing]:
    reason = not_concerned(case, data.get("ground") or "", data.get("concerns"))
    return [Missing("concerns", reason, article, "concerns")] if reason else []


def who_may_sue(file: CaseFile) -> str:
    """Applicant and third party may sue, the respondent may not (Reconsideration Law 2023, art. 10)."""
    return "申请人、第三人" if file.third_parties else "申请人"


def introduction(file: CaseFile, *, authority: str = "") -> str:
    """Who asked for what, and since when the case is tried; `authority`: its name, in a paper the office issues."""
    accepted = "该申请已" if authority else "本机关"
    return wording.INTRODUCTION.say(
        {
            "申请人": file.applicant_names,
            "不服": file.complaint(file.respondent_names),
            "机关": authority or "本机关",
            "受理": accepted,
            "受理日期": chinese_date(file.accepted_on),
        }
    )


def cause_of(data: Data) -> str:
    return closed(" ".join(str(data.get("cause") or "").split()), "")


def needs_cause(data: Data, article: str) -> list[Missing]:
    if data.get("cause"):
        return []
    return [Missing("cause", _("State the facts that are the cause."), article, "cause")]


def approved(document: Document, *names: str) -> dict:
    """What the case's action is sent; who signed as head of the office has approved (art. 55, 62(1))."""
    given = sent(document, *names, "approved_by")
    if not given["approved_by"] and document.signer is not None and document.case.law_version != "2017":
        given["approved_by"] = document.signer.full_name
    return given


def sent(document: Document, *names: str) -> dict:
    return {name: document.data.get(name, "") for name in names}
