"""What the papers of the trial share: to all parties, a cause in words, the approval of the head."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases import events
from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Data, KindForm, Missing
from casemgr.documents.models import Document
from casemgr.documents.rendering import chinese_date
from reconsideration.documents.casefile import CaseFile, closed
from reconsideration.terms import SuspensionGround, TerminationGround

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


NOBODY_THERE = (
    SuspensionGround.DEATH,
    SuspensionGround.ORGANISATION_ENDED,
    TerminationGround.NO_RELATIVES,
    TerminationGround.NO_SUCCESSOR,
)
"""Grounds that say that the applicant no longer exists: there is nobody to be served in its place yet."""


def everybody(case: Case) -> Sequence[Participation]:
    """Applicants, respondents and third parties, each served for itself."""
    file = CaseFile(case)
    return [*file.applicants, *file.respondents, *file.third_parties]


def everybody_there(case: Case, ground: str) -> Sequence[Participation]:
    """The same without a sole applicant that has died or ended; of several, each stays to be served."""
    file = CaseFile(case)
    if ground in NOBODY_THERE and len(file.applicants) == 1:
        return [*file.respondents, *file.third_parties]
    return everybody(case)


def ground_of(case: Case, kind: str) -> str:
    """The ground of the last event of the kind; after sixty days that of the suspension (art. 41(5))."""
    fact = events.last_of(events.facts_of(case), kind)
    ground = fact.data.get("ground", "") if fact else ""
    return ground_of(case, "suspended") if ground == TerminationGround.SIXTY_DAYS else ground


def addressees(case: Case, ground: str = "") -> str:
    return "、".join(part.name for part in everybody_there(case, ground))


def who_may_sue(file: CaseFile) -> str:
    """Applicant and third party may sue, the respondent may not (Reconsideration Law 2023, art. 10)."""
    return "申请人、第三人" if file.third_parties else "申请人"


def introduction(file: CaseFile, *, authority: str = "") -> str:
    """Who asked for what, and since when the case is tried; `authority`: its name, in a paper the office issues."""
    accepted = "该申请已" if authority else "本机关"
    return (
        f"申请人{file.applicant_names}{file.complaint(file.respondent_names)}，向{authority or '本机关'}申请行政复议，"
        f"{accepted}于{chinese_date(file.accepted_on)}依法受理。"
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
