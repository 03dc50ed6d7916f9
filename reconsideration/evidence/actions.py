"""What is done with evidence and investigations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.records import take
from reconsideration.case_records import CaseRecordAction, DeskAction, StrikeRecord
from reconsideration.evidence.forms import (
    EvidenceForm,
    FindingForm,
    InvestigationForm,
    LeaveForm,
    OpinionForm,
    StrikeForm,
)
from reconsideration.evidence.law import bars, is_supplement
from reconsideration.models import Evidence, Investigation

PIECE = ("given_by", "kind", "title", "origin", "purpose", "pages", "is_original_seen", "received_on", "collected_on",
         "burden", "was_withheld")  # fmt: skip
RECORD = ("kind", "held_on", "hours", "place", "officer", "second_officer", "further_officers", "cards_shown",
          "recorder", "asked", "content", "obstruction", "unsigned", "excluded")  # fmt: skip
Finding, Leave = Evidence.Finding, Evidence.Leave


class AddEvidence(DeskAction):
    """A piece of evidence is entered; what a respondent hands in after its reply waits for leave (art. 46(2))."""

    name = "evidence.add"
    label = gettext_lazy("Enter a piece of evidence")
    form = EvidenceForm
    states = ()

    def execute(self, subject: Any, data: Mapping[str, Any], context: ActionContext) -> Evidence:
        piece = Evidence(case_id=subject.pk)
        take(piece, data, PIECE)
        if is_supplement(subject, data["given_by"], data["received_on"]):
            piece.leave = Leave.ASKED
        piece.save()
        return piece


class _EvidenceStep(CaseRecordAction):
    model: ClassVar = Evidence


class CorrectEvidence(_EvidenceStep):
    """Put right what was entered."""

    name = "evidence.correct"
    label = gettext_lazy("Correct the entry")
    form = EvidenceForm

    def change(self, subject: Evidence, data: Mapping[str, Any], context: ActionContext) -> None:
        take(subject, data, PIECE)
        is_late = is_supplement(subject.case, data["given_by"], data["received_on"])
        if is_late and not subject.leave:
            subject.leave = Leave.ASKED
        elif not is_late:
            subject.leave = Leave.NOT_NEEDED


class RecordOpinion(_EvidenceStep):
    """What the other side says of it."""

    name = "evidence.opinion"
    label = gettext_lazy("Record the other side's opinion")
    form = OpinionForm
    primary = 30

    def change(self, subject: Evidence, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.opinion = data["opinion"]


class DecideLeave(_EvidenceStep):
    """Whether the respondent may supplement this piece (art. 46(2))."""

    name = "evidence.leave"
    label = gettext_lazy("Decide on the leave to supplement")
    form = LeaveForm
    primary = 40
    guards = (
        Guard(
            "leave-without-reason",
            "46(2)",
            gettext_lazy(
                "Leave can only be given when the applicant or a third party raised a reason or evidence that was not "
                "raised when the act was made: say which."
            ),
            lambda piece, data, today: data["leave"] != Leave.GIVEN or bool(data["leave_reason"]),
            field="leave_reason",
            needs_data=True,
        ),
    )

    def state_refusal(self, subject: Evidence, today: date) -> Refusal | None:
        refused = super().state_refusal(subject, today)
        if refused is not None or subject.leave:
            return refused
        return Refusal("no-leave-needed", gettext_lazy("It was handed in with the reply: no leave is needed."), "46(2)")

    def change(self, subject: Evidence, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.leave, subject.leave_on, subject.leave_reason = data["leave"], data["on"], data["leave_reason"]
        if data["leave"] == Leave.REFUSED:
            subject.finding, subject.found_on = Finding.BARRED, data["on"]


class _MayBeTaken(Guard):
    """Nothing the law bars is taken as a basis (art. 46; Implementing Regulation 2026, art. 47)."""

    def refusal(self, subject: Evidence, data: Mapping | None, today: date) -> Refusal | None:
        if data is None or data["finding"] not in (Finding.TRUE, Finding.PARTLY):
            return None
        found = bars(subject, data.get("on") or today)
        return Refusal(found[0].code, found[0].message, found[0].article, "finding") if found else None


class RecordFinding(_EvidenceStep):
    """What the office found: only what was examined and found true is a basis (art. 43(2))."""

    name = "evidence.find"
    label = gettext_lazy("Record the finding")
    form = FindingForm
    primary = 35
    guards = (
        _MayBeTaken("may-be-taken", "46", "", lambda piece, data, today: True, field="finding", needs_data=True),
        Guard(
            "finding-without-reason",
            "43(2)",
            gettext_lazy("What is not taken, or only in part, needs a reason."),
            lambda piece, data, today: data["finding"] == Finding.TRUE or bool(data["finding_reason"]),
            field="finding_reason",
            needs_data=True,
        ),
    )

    def change(self, subject: Evidence, data: Mapping[str, Any], context: ActionContext) -> None:
        take(subject, data, ("finding", "finding_reason"))
        subject.found_on = data["on"]


class StrikeEvidence(StrikeRecord):
    name = "evidence.strike"
    model: ClassVar = Evidence
    form = StrikeForm


# Reconsideration Law 2023, art. 45(2)
two_officers = Guard(
    "two-investigators",
    "45(2)",
    gettext_lazy("Two different officers investigate at least: name another second officer."),
    lambda subject, data, today: data["officer"] != data["second_officer"],
    field="second_officer",
    needs_data=True,
)
cards_shown = Guard(
    "work-cards",
    "45(2)",
    gettext_lazy("Investigating officers show their work cards. Evidence taken without them cannot be recorded here."),
    lambda subject, data, today: bool(data["cards_shown"]),
    field="cards_shown",
    needs_data=True,
)


class RecordInvestigation(DeskAction):
    """What two officers at least asked, looked at or fetched (art. 45)."""

    name = "investigation.record"
    label = gettext_lazy("Record an investigation")
    form = InvestigationForm
    guards = (two_officers, cards_shown)

    def execute(self, subject: Any, data: Mapping[str, Any], context: ActionContext) -> Investigation:
        record = Investigation(case_id=subject.pk)
        take(record, data, RECORD)
        record.save()
        return record


class CorrectInvestigation(CaseRecordAction):
    """Put right what was entered."""

    name = "investigation.correct"
    label = gettext_lazy("Correct the entry")
    model: ClassVar = Investigation
    form = InvestigationForm
    columns = RECORD
    guards = (two_officers, cards_shown)


class StrikeInvestigation(StrikeRecord):
    name = "investigation.strike"
    model: ClassVar = Investigation
    form = StrikeForm


ACTIONS = (
    *(AddEvidence, CorrectEvidence, RecordOpinion, DecideLeave, RecordFinding, StrikeEvidence),
    *(RecordInvestigation, CorrectInvestigation, StrikeInvestigation),
)
