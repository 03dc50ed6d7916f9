"""After the decision: suit and archive (art. 76–78; dossier §4.1). Performance, letters and pressing stand beside."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases.day_forms import DayForm, PartyDayForm
from casemgr.cases.models import Participation
from casemgr.documents.models import Document
from casemgr.documents.volumes.guards import volumes_are_frozen
from reconsideration import guards
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.actions.letters import LETTERS
from reconsideration.actions.performance import PERFORMANCE
from reconsideration.actions.pressing import PRESSING
from reconsideration.aftermath.letters import letters_of
from reconsideration.states import UNDER_TRIAL


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


# An opinion letter must be performed like a decision (Reconsideration Law 2023, art. 77(1)).
letters_are_performed = Guard(
    "letters-open",
    "76",
    gettext_lazy("An opinion letter of the case was not reported on, or what it found is not put right:"),
    lambda case, data, today: not any(letter.is_open for letter in letters_of(case)),
    detail=lambda case, data, today: "、".join(letter.organ for letter in letters_of(case) if letter.is_open),
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
        letters_are_performed,
        guards.no_running_clock,
        papers_are_finished,
        volumes_are_frozen,
        guards.not_before(
            *("dismissed", "dismissal_served", "terminated", "termination_served", "mediated", "withdrawn"),
            *("decided", "refused", "abandoned"),
            *("not_handled", "handed_up"),
            "performed",
            "decision_served",
            "refusal_served",
        ),
    )

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"archive_number": data["archive_number"]}


AFTERMATH = (*PERFORMANCE, *LETTERS, *PRESSING, RecordSuit, Archive)
