"""After the decision: performance, suit, archive (art. 76–78; dossier §4.1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases.models import Participation
from casemgr.documents.models import Document
from casemgr.documents.volumes.guards import volumes_are_frozen
from casemgr.pages.forms import DateField
from reconsideration import guards
from reconsideration.actions.base import HEAD, DayForm, PartyDayForm, ReconsiderationAction
from reconsideration.states import UNDER_TRIAL


class OpenPerformanceForm(DayForm):
    duty = forms.CharField(
        label=gettext_lazy("What must be performed"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    due_on = DateField(label=gettext_lazy("Performance due on"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty"].initial = self.subject.facts.performance_duty
        self.fields["due_on"].initial = self.subject.facts.performance_due_on


class OpenPerformance(ReconsiderationAction):
    """The decision has something to perform: its performance is supervised (art. 77)."""

    name = "reconsideration.open_performance"
    label = gettext_lazy("Supervise performance")
    form = OpenPerformanceForm
    primary = 50
    transition, event = "open_performance", "performance_opened"
    guards = (guards.not_before("decided"),)

    def priority(self, subject) -> int:
        return self.primary if subject.facts.performance_duty or subject.facts.redo_is_ordered else 0

    def record_facts(self, case, data, context) -> None:
        self.set_facts(case, performance_duty=data["duty"], performance_due_on=data["due_on"])

    def event_data(self, case, data) -> dict[str, Any]:
        kept = super().event_data(case, data)
        return kept | ({"due_on": data["due_on"].isoformat()} if data["due_on"] else {})


class ProofForm(DayForm):
    proof = forms.CharField(
        label=gettext_lazy("Proof of performance (paper, number, date)"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )


class AcceptProof(ReconsiderationAction):
    """Performance is proven and accepted."""

    name = "reconsideration.accept_proof"
    label = gettext_lazy("Accept the proof of performance")
    binding, primary = True, 50
    roles = HEAD
    form = ProofForm
    transition, event = "accept_proof", "performed"
    guards = (guards.not_before("performance_opened"),)

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"proof": data["proof"]}


class SuedForm(PartyDayForm):
    party_roles: ClassVar = (Participation.Role.APPLICANT, Participation.Role.THIRD_PARTY)
    court_number = forms.CharField(label=gettext_lazy("Court case number"), required=False, max_length=80)


# Over the decision, refusal, dismissal or termination, or over silence, whatever the case waits for.
SUABLE = (*UNDER_TRIAL, "SUSPENDED", "DECIDED", "SERVED", "PERFORMING", "PERFORMED", "NOT_ACCEPTED", "DISMISSED",
          "TERMINATED")  # fmt: skip


# Reconsideration Law 2023, art. 29 and 34: before the decision, only after its period has expired
def _may_be_sued_over(case, data, today) -> bool:
    if case.state not in (*UNDER_TRIAL, "SUSPENDED"):
        return True
    return any(deadline.rule == "R-SUE-OVER" for deadline in case.deadlines.all())


class RecordSuit(ReconsiderationAction):
    """A party sued over the decision, refusal or silence (Administrative Litigation Law, art. 45)."""

    name = "reconsideration.record_suit"
    label = gettext_lazy("Record that a party sued")
    form = SuedForm
    states = SUABLE
    event = "sued"
    guards = (
        Guard(
            "decision-period-running",
            "29",
            gettext_lazy(
                "While the authority still has time to decide, no suit is possible beside reconsideration. "
                "Check the court's notice and its date."
            ),
            _may_be_sued_over,
        ),
        guards.not_before("accepted", "refused"),
    )

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"court_number": data["court_number"]}


class ArchiveForm(DayForm):
    archive_number = forms.CharField(label=gettext_lazy("Archive number"), max_length=60)


def _performance_is_closed(case, data, today) -> bool:
    """A mediation paper must be performed like a decision (Reconsideration Law 2023, art. 77(1))."""
    waits = case.state in ("SERVED", "MEDIATED")
    return not (waits and (case.facts.performance_duty or case.facts.redo_is_ordered))


def _pending_papers(case) -> list[Document]:
    return list(Document.objects.filter(case_id=case.pk).pending())


# A file is closed only with every paper in it finished (dossier §4.1, archive checklist).
papers_are_finished = Guard(
    "papers-pending",
    "",
    gettext_lazy("Papers of the case are still drafts or not yet served on everybody:"),
    lambda case, data, today: not _pending_papers(case),
    detail=lambda case, data, today: "、".join(paper.title for paper in _pending_papers(case)),
)


class Archive(ReconsiderationAction):
    """The file is complete and goes to the archive: read-only from now on."""

    name = "reconsideration.archive"
    label = gettext_lazy("Archive the file")
    consequence = gettext_lazy("The file is closed for good and becomes read-only.")
    binding, primary = True, 30
    roles = ("officer", "head", "archive")
    form = ArchiveForm
    transition, event = "archive", "archived"
    guards = (
        Guard(
            "performance-open",
            "77",
            gettext_lazy("The decision orders something to be performed: supervise its performance first."),
            _performance_is_closed,
        ),
        guards.no_running_clock,
        papers_are_finished,
        volumes_are_frozen,
        guards.not_before(
            *("dismissed", "dismissal_served", "terminated", "termination_served", "mediated", "withdrawn"),
            *("decided", "refused", "abandoned"),
            "not_handled",
            "performed",
            "decision_served",
            "refusal_served",
        ),
    )

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"archive_number": data["archive_number"]}


AFTERMATH = (OpenPerformance, AcceptProof, RecordSuit, Archive)
