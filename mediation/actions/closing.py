"""Closing, archive, and the new round after an agreement did not hold (dossier §1.4, T16–T19)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_forms import DayForm
from casemgr.cases.models import Case
from casemgr.documents.volumes.guards import volumes_are_frozen
from mediation.actions.base import COMMITTEE, TOWN, MediationAction
from mediation.agreements.confirmation import confirmation_of
from mediation.agreements.debts import unenforced
from mediation.agreements.following import follow
from mediation.agreements.obligations import is_settled, performance_of
from mediation.agreements.standing import in_effect, obligations_of, round_facts, round_subject
from mediation.completeness import missing
from mediation.confirmation_states import ConfirmationState
from mediation.course.advice import is_complete
from mediation.models import Agreement, CaseMediator
from mediation.states import AGREED, WITHOUT_AGREEMENT
from mediation.terms import Ending, Performance

AT_COURT = (ConfirmationState.FILED, ConfirmationState.ACCEPTED, ConfirmationState.OBJECTED)
MEDIATED_IN_VAIN = (Ending.FAILED, Ending.TERMINATED, Ending.WITHDRAWN)
"""Also while the papers lie with the sender again: all that `advice_for` names has to be told."""
TOLD_BY_ITSELF = ("REFERRED_OUT",)
"""Handing on names the next body: that is the advice."""


def result_of(case: Case) -> str:
    """How the agreement stands when the case closes: one of `Performance`, empty without an agreement."""
    agreement = in_effect(case)
    if agreement is None:
        return ""
    if case.facts.performance in (Performance.SUED, Performance.ENFORCEMENT):
        return case.facts.performance
    return performance_of(obligations_of(agreement))


def _is_brought_to_an_end(case: Case, data: Mapping[str, Any] | None, today: date) -> bool:
    """T16: all done or waived, or sued, or enforced debt by debt, or broken with advice given."""
    agreement = in_effect(case)
    if agreement is None or all(is_settled(one) for one in obligations_of(agreement)):
        return True
    if case.facts.performance == Performance.SUED or not unenforced(case, agreement):
        return True
    facts = round_facts(events.facts_of(case), agreement)
    return any(fact.kind == "advice_given" and fact.data.get("after") == "breach" for fact in facts)


def _is_advised(case: Case, data: Mapping[str, Any] | None, today: date) -> bool:
    """T17: TJF 26, and trap 9: what failed is not just closed, nor when only a part was told while it ran."""
    if case.state not in WITHOUT_AGREEMENT or case.state in TOLD_BY_ITSELF:
        return True
    if case.outcome in MEDIATED_IN_VAIN:
        return is_complete(case)
    return events.day_of(case, "advice_given") is not None


class Close(MediationAction):
    """Nothing more is to be done: the result is kept with the case (T16, T17)."""

    name = "mediation.close"
    label = gettext_lazy("Close the case")
    form = DayForm
    primary = 30
    transition, event = "close", "closed"
    guards = (
        Guard(
            "still-owed",
            "31",
            gettext_lazy(
                "Something is still owed. Record its performance or waiver, that a party sued or applied for "
                "enforcement, or the breach and what the other side was told."
            ),
            _is_brought_to_an_end,
        ),
        Guard(
            "no-advice",
            "26",
            gettext_lazy("The parties have not been told of the other ways yet: record that first."),
            _is_advised,
        ),
        Guard(
            "at-court",
            "33",
            gettext_lazy("An application for confirmation lies with the court: record what became of it first."),
            lambda case, data, today: (row := confirmation_of(in_effect(case))) is None or row.state not in AT_COURT,
        ),
    )

    def priority(self, subject: Case) -> int:
        return 52 if _is_brought_to_an_end(subject, None, date.max) and _is_advised(subject, None, date.max) else 1

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        self.set_facts(case, performance=result_of(case))

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        """Of an agreement that left nothing to be done, only this entry tells that it is performed."""
        result = result_of(case)
        return super().event_data(case, data) | ({"performance": result} if result else {})


def _gaps(case: Case) -> str:
    return "；".join(f"{gate.label}{f'（{gate.detail}）' if gate.detail else ''}" for gate in missing(case))


class ArchiveForm(DayForm):
    archive_number = forms.CharField(label=gettext_lazy("Archive number"), max_length=60, required=False)


class Archive(MediationAction):
    """Somebody who did not lead the mediation reviews the file and closes it for good (T18; art. 27)."""

    name = "mediation.archive"
    label = gettext_lazy("Review and archive the file")
    consequence = gettext_lazy("The file is closed for good and becomes read-only.")
    binding, primary = True, 30
    roles = COMMITTEE
    form = ArchiveForm
    transition, event = "archive", "archived"
    guards = (
        Guard(
            "file-incomplete",
            "27",
            gettext_lazy("The file is not complete:"),
            lambda case, data, today: not missing(case),
            detail=lambda case, data, today: _gaps(case),
        ),
        volumes_are_frozen,
    )

    def is_permitted(self, subject: Case | None, actor, today: date) -> bool:
        if not super().is_permitted(subject, actor, today):
            return False
        return subject is None or actor.pk not in leaders_of(subject)

    def forbidden_message(self, subject: Case, actor, today: date) -> str:
        if subject is not None and actor.pk in leaders_of(subject):
            return _("Whoever led the mediation does not review its file: let somebody else do it.")
        return super().forbidden_message(subject, actor, today)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        number = {"archive_number": data["archive_number"]} if data.get("archive_number") else {}
        return super().event_data(case, data) | number


def leaders_of(case: Case) -> set[int]:
    """The handler, and everybody who ever led the mediation: handing over does not make a reviewer of a leader."""
    led = case.mediators.filter(role=CaseMediator.Role.LEAD).values_list("user_id", flat=True)
    return {pk for pk in (case.lead_handler_id, *led) if pk}


class RoundGround(models.TextChoices):
    """Why an agreement is negotiated again; nothing else reopens a case (trap 13)."""

    COURT = "court", gettext_lazy("The court did not confirm it (Civil Procedure Law, art. 206)")
    CONSENT = "consent", gettext_lazy("Both sides want to change it (Mediation Law, art. 33(3))")
    TOWNSHIP = "township", gettext_lazy("The township corrected it (Organic Regulation, art. 10)")


class RoundForm(DayForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=RoundGround.choices, widget=forms.RadioSelect)
    paper = forms.CharField(
        label=gettext_lazy("What shows it (ruling, record of both sides' will, letter of the township)"), max_length=200
    )


def _court_did_not_confirm(case: Case) -> bool:
    agreement = in_effect(case)
    row = confirmation_of(agreement)
    return row is not None and row.state in (
        ConfirmationState.REFUSED,
        ConfirmationState.REJECTED,
        ConfirmationState.REVOKED,
    )


class BeginNewRound(MediationAction):
    """The same case goes on in a new round; the earlier agreement binds until another replaces it (T19)."""

    name = "mediation.begin_new_round"
    label = gettext_lazy("Mediate again in a new round")
    topic = Topic.COURSE
    form = RoundForm
    transition = "begin_new_round"
    offered_if = (
        Guard(
            "no-agreement",
            "33",
            gettext_lazy(
                "Only an agreement is negotiated again in the same case. A dispute that failed and comes back is a new "
                "case, linked to this one."
            ),
            lambda case, data, today: in_effect(case) is not None,
        ),
    )
    guards = (
        Guard(
            "not-refused",
            "《民事诉讼法》第206条",
            gettext_lazy("The court has not refused, rejected or revoked the confirmation: record its answer first."),
            lambda case, data, today: data["ground"] != RoundGround.COURT or _court_did_not_confirm(case),
            field="ground",
            needs_data=True,
        ),
        Guard(
            "not-corrected",
            "《人民调解委员会组织条例》第10条",
            gettext_lazy("The township's correction is not recorded yet: the town judicial office records it."),
            lambda case, data, today: data["ground"] != RoundGround.TOWNSHIP or _is_corrected(case),
            field="ground",
            needs_data=True,
        ),
        Guard(
            "at-court",
            "33",
            gettext_lazy("An application for confirmation lies with the court: record what became of it first."),
            lambda case, data, today: (row := confirmation_of(in_effect(case))) is None or row.state not in AT_COURT,
        ),
    )

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        earlier = in_effect(subject)
        subject.begin_new_round()
        subject.outcome = ""
        kept = {"ground": data["ground"], "paper": data["paper"], "note": data.get("note", "")}
        number = earlier.round + 1
        events.record(subject, "round_begun", data["on"], subject=round_subject(number), **kept)
        self.set_facts(subject, round=number, performance="")
        if data["ground"] == RoundGround.TOWNSHIP:
            _supersede(subject, earlier, data["on"])
        settle(subject, context.today)
        return subject


def _supersede(case: Case, agreement: Agreement, on: date) -> None:
    """What the township found unlawful binds nobody any more."""
    subject = round_subject(agreement.round)
    events.record(case, "agreement_superseded", on, subject=subject, number=agreement.number)
    follow(case, agreement)


def _is_corrected(case: Case) -> bool:
    agreement = in_effect(case)
    if agreement is None:
        return False
    return any(fact.kind == "corrected_by_township" for fact in round_facts(events.facts_of(case), agreement))


class CorrectionForm(DayForm):
    paper = forms.CharField(label=gettext_lazy("Letter of the township"), max_length=200)
    what = forms.CharField(
        label=gettext_lazy("Against which provision or policy"), max_length=500, widget=forms.Textarea({"rows": 3})
    )


class CorrectByTownship(MediationAction):
    """The township corrects an agreement that is against law or policy (Organic Regulation 1989, art. 10)."""

    name = "mediation.correct_by_township"
    label = gettext_lazy("Record the township's correction of the agreement")
    consequence = gettext_lazy("The agreement is to be negotiated anew; until then nobody should rely on it.")
    binding = True
    roles = TOWN
    topic = Topic.CORRECTION
    form = CorrectionForm
    states = (*AGREED, "TRACKING", "CLOSED")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        return None if in_effect(subject) else Refusal("no-agreement", _("No agreement is in effect."))

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        round_now = round_subject(in_effect(subject).round)
        kept = {"paper": data["paper"], "what": data["what"]}
        events.record(subject, "corrected_by_township", data["on"], subject=round_now, **kept)
        settle(subject, context.today)
        return subject


CLOSING = (Close, Archive, BeginNewRound, CorrectByTownship)
