"""Judicial confirmation, step by step, on the case (art. 33; Civil Procedure Law, art. 205, 206; dossier §1.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.outbox import NoticeKind, declare, tell
from casemgr.actions.topics import Topic
from casemgr.calendar.current import current_calendar
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_forms import DayForm
from casemgr.cases.models import Case
from casemgr.organisation.models import RoleAssignment
from casemgr.timelimits.arithmetic import calendar_days, compute, months
from mediation.actions.base import MediationAction
from mediation.agreements.confirmation import (
    GONE,
    LIVE,
    MJS_355,
    MSF_205,
    Subject,
    checks_of,
    confirmation_of,
    not_offered,
)
from mediation.agreements.confirmation_forms import (
    CourtAcceptsForm,
    CourtRefusesForm,
    FilingForm,
    ObjectionForm,
    ObjectionResultForm,
    PackForm,
    RejectionForm,
    RulingForm,
)
from mediation.agreements.following import follow
from mediation.agreements.standing import in_effect, required_signers, round_subject
from mediation.confirmation_states import ConfirmationState as State
from mediation.models import Agreement, Confirmation

AFTER_AGREEMENT = ("AGREED_W", "TRACKING", "CLOSED")
REFUSED = "mediation.confirmation_refused"
NOTICE = NoticeKind(
    REFUSED,
    gettext_lazy("Court does not confirm an agreement"),
    lambda data: _("%(case)s: the court did not confirm the agreement: %(why)s") % dict(data),
    is_urgent=True,
)
declare(NOTICE)


class ConfirmationAction(MediationAction):
    """A step of the latest application; `from_states` are those of the application in which it is possible."""

    states = AFTER_AGREEMENT
    from_states: ClassVar[tuple[str, ...]] = ()
    step: ClassVar[str] = ""
    """The transition of the application."""
    event: ClassVar[str] = ""
    columns: ClassVar[Mapping[str, str]] = {}
    """Column of the application → entry of the form."""
    topic = Topic.COURSE

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        row = confirmation_of(in_effect(subject))
        if row is None or row.state not in self.from_states:
            return Refusal("wrong-state", _("This step does not follow from where the application stands."))
        return None

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        agreement = in_effect(subject)
        row = confirmation_of(agreement)
        getattr(row, self.transition_of(data))()
        for column, name in self.columns.items():
            if data.get(name) is not None:
                setattr(row, column, data[name])
        row.version += 1
        row.save()
        self.happened(subject, agreement, row, data["on"], **self.kept(subject, agreement, data))
        self.afterwards(subject, agreement, row, data, context)
        settle(subject, context.today)
        return subject

    def transition_of(self, data: Mapping[str, Any]) -> str:
        return self.step

    def kept(self, case: Case, agreement: Agreement, data: Mapping[str, Any]) -> dict[str, Any]:
        """What the entry keeps besides the application."""
        return {"note": data.get("note", "")}

    def afterwards(self, case: Case, agreement: Agreement, row: Confirmation, data: Mapping, context: Any) -> None:
        """What else follows."""

    def happened(self, case: Case, agreement: Agreement, row: Confirmation, on: date, **data: Any) -> None:
        """The step's entry, of the agreement's round."""
        values = {name: value for name, value in data.items() if value not in ("", None)}
        events.record(case, self.event, on, subject=round_subject(agreement.round), confirmation=row.pk, **values)


class PreparePack(ConfirmationAction):
    """The papers are complete: nothing of what the court asks for is missing (Interpretation, art. 354)."""

    name = "mediation.prepare_confirmation"
    label = gettext_lazy("Prepare judicial confirmation")
    form = PackForm
    primary = 35
    event = "confirmation_ready"

    def priority(self, subject: Case) -> int:
        return 0

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := MediationAction.state_refusal(self, subject, today):
            return refusal
        if (reason := not_offered(subject, in_effect(subject))) is not None:
            return Refusal(*reason)
        row = confirmation_of(in_effect(subject))
        if row is not None and row.state not in GONE:
            return Refusal("in-hand", _("An application for confirmation is in hand already."))
        return None

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        agreement = in_effect(subject)
        found = [
            Refusal(f"pack-{check.code}", f"{check.label}{f'：{check.detail}' if check.detail else ''}", check.article)
            for check in checks_of(subject, agreement)
            if not check.is_met
        ]
        if data is not None and data["subject_matter"] != Subject.OBLIGATIONS:
            text = _("The court does not take this: %(what)s. Leave this part out of the agreement, or go another way.")
            words = {"what": Subject(data["subject_matter"]).label}
            found.append(Refusal("not-for-the-court", text % words, MJS_355, "subject_matter"))
        return found

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        agreement = in_effect(subject)
        row = Confirmation.objects.create(
            agreement=agreement,
            court=data["court"],
            court_ground=data["court_ground"],
            is_intermediate=data["is_intermediate"],
            applied_by=Confirmation.AppliedBy.JOINTLY,
        )
        self.happened(subject, agreement, row, data["on"], court=row.court, ground=row.court_ground)
        settle(subject, context.today)
        return subject


class FileConfirmation(ConfirmationAction):
    """Both sides apply to the court within thirty days of the effect; the postmark counts."""

    name = "mediation.file_confirmation"
    label = gettext_lazy("Record the application to the court")
    form = FilingForm
    primary = 45
    from_states = (State.READY,)
    step, event = "file", "confirmation_filed"
    columns: ClassVar = {
        "filed_on": "on",
        "posted_on": "sent_on",
        "applied_by": "applied_by",
        "consent_proof": "consent_proof",
    }

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        done_on = data.get("sent_on") or data["on"]
        agreement = in_effect(subject)
        if done_on < agreement.effective_on:
            text = _("It cannot be applied for before the agreement is in effect.")
            return [Refusal("before-effect", text, MSF_205, "on")]
        last = compute(calendar_days(30), agreement.effective_on, current_calendar()).due
        if done_on > last and not data.get("obstacle"):
            text = _(
                "The thirty days ended on %(day)s. A court extends them only after an obstacle: enter it, or let the "
                "parties sue on the agreement (Mediation Law, art. 32)."
            )
            return [Refusal("too-late", text % {"day": last.isoformat()}, MSF_205, "obstacle")]
        return []

    def kept(self, case: Case, agreement: Agreement, data: Mapping[str, Any]) -> dict[str, Any]:
        sent = data["sent_on"].isoformat() if data.get("sent_on") else ""
        return {"sent_on": sent, "by": data["applied_by"], "obstacle": data["obstacle"], "note": data.get("note", "")}


class CourtAccepts(ConfirmationAction):
    """The court takes the application, with a number of its own."""

    name = "mediation.confirmation_accepted"
    label = gettext_lazy("Record that the court accepted")
    form = CourtAcceptsForm
    primary = 44
    from_states = (State.FILED,)
    step, event = "accept", "confirmation_accepted"
    columns: ClassVar = {"accepted_on": "on", "court_number": "court_number"}

    def kept(self, case: Case, agreement: Agreement, data: Mapping[str, Any]) -> dict[str, Any]:
        return {"court_number": data["court_number"], "note": data.get("note", "")}


class _NotConfirmed(ConfirmationAction):
    """The committee and the town hear why: it is looked into."""

    def kept(self, case: Case, agreement: Agreement, data: Mapping[str, Any]) -> dict[str, Any]:
        return {"ground": data["ground"], "reason": data["reason"], "note": data.get("note", "")}

    def afterwards(self, case: Case, agreement: Agreement, row: Confirmation, data: Mapping, context: Any) -> None:
        row.reason = f"{data['ground']} {data['reason']}"[:300]
        row.save()
        tell(REFUSED, guiding_people(case, context.today), subject=case, case=case.number, why=data["reason"])


class CourtRefuses(_NotConfirmed):
    """The court does not take the application (Interpretation, art. 355)."""

    name = "mediation.confirmation_refused"
    label = gettext_lazy("Record that the court did not accept")
    form = CourtRefusesForm
    from_states = (State.FILED,)
    step, event = "refuse", "confirmation_refused"


def _record_receipt(case: Case, agreement: Agreement, received_on: date | None) -> None:
    """Each party's fifteen days for an objection begin with its receipt."""
    if received_on is None:
        return
    for part in required_signers(case, agreement.obligations.all()):
        events.record(case, "ruling_received", received_on, party=part.party, subject=round_subject(agreement.round))


class RuledValid(ConfirmationAction):
    """The court rules the agreement valid; from now on it can be enforced (Civil Procedure Law, art. 206)."""

    name = "mediation.confirmation_valid"
    label = gettext_lazy("Record the ruling that confirms")
    form = RulingForm
    primary = 44
    from_states = (State.ACCEPTED,)
    step, event = "rule_valid", "confirmation_valid"
    columns: ClassVar = {"ruled_on": "on", "ruling_number": "ruling_number", "ruling_received_on": "received_on"}

    def kept(self, case: Case, agreement: Agreement, data: Mapping[str, Any]) -> dict[str, Any]:
        """Each debt has an entry of its own. Where no obligation is known, enforcement is counted from the ruling."""
        kept = {"ruling_number": data["ruling_number"], "note": data.get("note", "")}
        if not agreement.obligations.exists():
            kept["planned_on"] = (data.get("received_on") or data["on"]).isoformat()
        return kept

    def afterwards(self, case: Case, agreement: Agreement, row: Confirmation, data: Mapping, context: Any) -> None:
        _record_receipt(case, agreement, data.get("received_on"))
        follow(case, agreement)


class RuledRejected(_NotConfirmed):
    """The court rejects the application: the parties change the agreement, make a new one, or sue (art. 206)."""

    name = "mediation.confirmation_rejected"
    label = gettext_lazy("Record the ruling that rejects")
    form = RejectionForm
    from_states = (State.ACCEPTED,)
    step, event = "rule_rejected", "confirmation_rejected"
    columns: ClassVar = {"ruled_on": "on", "ruling_number": "ruling_number", "ruling_received_on": "received_on"}


class WithdrawConfirmation(ConfirmationAction):
    """The parties take the application back before the ruling (Interpretation, art. 357(1))."""

    name = "mediation.withdraw_confirmation"
    label = gettext_lazy("Record that the application to the court was withdrawn")
    form = DayForm
    from_states = LIVE
    step, event = "withdraw", "confirmation_withdrawn"


class DeemedWithdrawn(ConfirmationAction):
    """Papers not handed in or questions refused without reason: treated as withdrawn (Interpretation, art. 357(2))."""

    name = "mediation.confirmation_deemed_withdrawn"
    label = gettext_lazy("Record that the application to the court counts as withdrawn")
    form = DayForm
    from_states = (State.ACCEPTED,)
    step, event = "deem_withdrawn", "confirmation_deemed_withdrawn"


class Object(ConfirmationAction):
    """A party or an interested person objects to the ruling (Interpretation, art. 372(2))."""

    name = "mediation.confirmation_objected"
    label = gettext_lazy("Record an objection to the ruling")
    form = ObjectionForm
    from_states = (State.VALID,)
    step, event = "object", "confirmation_objected"
    columns: ClassVar = {
        "objected_on": "on",
        "objector_kind": "objector_kind",
        "objector": "objector",
        "harm_known_on": "known_on",
    }

    def kept(self, case: Case, agreement: Agreement, data: Mapping[str, Any]) -> dict[str, Any]:
        last = objection_ends_on(data["objector_kind"], data["known_on"])
        in_time = "in_time" if data["on"] <= last else "late"
        return {"name": data["objector"], "who": data["objector_kind"], "time": in_time, "last": last.isoformat()}


def objection_ends_on(kind: str, known_on: date) -> date:
    """Fifteen days after receipt for a party, six months after knowing of the harm for others."""
    period = calendar_days(15) if kind == Confirmation.Objector.PARTY else months(6)
    return compute(period, known_on, current_calendar()).due


class ObjectionDecided(ConfirmationAction):
    """The court decides on the objection: the ruling stands, or is changed or revoked."""

    name = "mediation.confirmation_objection_decided"
    label = gettext_lazy("Record the decision on the objection")
    form = ObjectionResultForm
    from_states = (State.OBJECTED,)
    event = "confirmation_objection_decided"
    columns: ClassVar = {"objection_decided_on": "on"}

    def transition_of(self, data: Mapping[str, Any]) -> str:
        return data["result"]

    def kept(self, case: Case, agreement: Agreement, data: Mapping[str, Any]) -> dict[str, Any]:
        return {"transition": data["result"], "ruling_number": data["ruling_number"], "note": data.get("note", "")}

    def afterwards(self, case: Case, agreement: Agreement, row: Confirmation, data: Mapping, context: Any) -> None:
        if data["result"] == "revoke":
            subject = round_subject(agreement.round)
            events.record(case, "ruling_revoked", data["on"], subject=subject, number=data["ruling_number"])
            why = str(_("The ruling was revoked on an objection."))
            tell(REFUSED, guiding_people(case, context.today), subject=case, case=case.number, why=why)


def guiding_people(case: Case, today: date) -> list[int]:
    """The committee's secretary, the town office above it, and the handler: they look into what went wrong."""
    committee = case.facts.committee
    held = RoleAssignment.objects.in_force(today).filter(
        role__in=("committee", "town"), unit_id__in=[committee.pk, committee.parent_id]
    )
    people: Sequence[int] = list(held.values_list("user_id", flat=True))
    return list(dict.fromkeys([*people, *([case.lead_handler_id] if case.lead_handler_id else [])]))


CONFIRMATION = (
    PreparePack,
    FileConfirmation,
    CourtAccepts,
    CourtRefuses,
    RuledValid,
    RuledRejected,
    WithdrawConfirmation,
    DeemedWithdrawn,
    Object,
    ObjectionDecided,
)
