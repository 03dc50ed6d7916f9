"""What both sides do with a referral. The case it belongs to is locked first, then the referral."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import can_proceed

from casemgr.actions.action import Action, ActionContext, Guard
from casemgr.actions.errors import Forbidden, Refusal
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.cases import events
from casemgr.cases.actions import archived_refusal, settle
from casemgr.cases.models import Case, CaseLink, Referral, ReferralParty
from casemgr.cases.models.referrals import Direction, ReferralResult
from casemgr.cases.referrals import forms
from casemgr.cases.referrals.clocks import set_due_days
from casemgr.cases.referrals.docks import missing
from casemgr.cases.referrals.receivers import receiver_of
from casemgr.numbering.series import Series, allocate
from casemgr.numbering.series import declare as declare_series
from casemgr.organisation.models import RoleAssignment, Unit
from casemgr.organisation.roles import SYSTEM
from casemgr.organisation.scope import scope
from casemgr.parties.forms import PartyForm
from casemgr.parties.registry import find_or_create

HANDS = ("officer", "head", "mediator", "committee", "town", "liaison")
SERIES = declare_series(Series("cases.referral", gettext_lazy("Referrals"), "达调移〔{year}〕{number}号"))
Side = Literal["sender", "receiver", "either"]

NOTICES = (
    NoticeKind(
        "referral_came",
        gettext_lazy("Referral received"),
        lambda data: _("Referral %(number)s has come in. Receive it and answer.") % {"number": data["number"]},
        is_urgent=True,
    ),
    NoticeKind(
        "referral_answered",
        gettext_lazy("Referral answered"),
        lambda data: _("Referral %(number)s: %(state)s.") % {"number": data["number"], "state": data["state"]},
    ),
)


class ReferralAction(Action):
    """One step. `side` says whose step it is; of a referral with an outside organ we record both sides' steps."""

    model: ClassVar = Referral
    roles = HANDS
    side: ClassVar[Side] = "either"
    transition: ClassVar[str] = ""
    states: ClassVar[tuple[str, ...]] = ()
    day: ClassVar[str] = ""
    """The column that takes the form's `on`."""

    def lock(self, subject: Referral) -> Referral:
        if subject.case_id:
            Case.objects.select_for_update(of=("self",)).get(pk=subject.case_id)
        return Referral.objects.select_for_update(of=("self",)).get(pk=subject.pk)

    def is_visible(self, subject: Referral, actor, today: date) -> bool:
        return Referral.objects.visible_to(actor, today).filter(pk=subject.pk).exists()

    def is_permitted(self, subject: Referral, actor, today: date) -> bool:
        if SYSTEM in actor.role_codes(today):
            return False
        reach = scope(actor, today)
        return any(
            reach.has_role(self.roles, procedure=procedure, unit=unit) for procedure, unit in self._places(subject)
        )

    def _places(self, subject: Referral) -> list[tuple[str, int]]:
        ours, theirs = (subject.procedure, subject.unit_id), (subject.to_procedure, subject.to_unit_id)
        if subject.direction != Direction.INTERNAL:
            return [ours]
        return {"sender": [ours], "receiver": [theirs], "either": [ours, theirs]}[self.side]

    def state_refusal(self, subject: Referral, today: date) -> Refusal | None:
        if self.transition:
            is_possible = can_proceed(getattr(subject, self.transition))
        else:
            is_possible = not self.states or subject.state in self.states
        if is_possible:
            return None
        message = _("“%(action)s” is not possible while the referral is “%(state)s”.")
        return Refusal("wrong-state", message % {"action": self.label, "state": subject.get_state_display()})

    def execute(self, subject: Referral, data: Mapping[str, Any], context: ActionContext) -> Referral:
        if self.transition:
            getattr(subject, self.transition)()
        if self.day:
            setattr(subject, self.day, data["on"])
        self.change(subject, data, context)
        set_due_days(subject)
        subject.version += 1
        subject.save()
        self.after(subject, context)
        return subject

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        """What the step writes besides state and day."""

    def after(self, referral: Referral, context: ActionContext) -> None:
        """What the step causes elsewhere."""


class RegisterReferral(Action):
    """An organ refers a dispute to us: the letter is entered, signed for on its day."""

    name = "referral.register"
    label = gettext_lazy("Register a referral")
    creates = True
    roles = HANDS
    form = forms.IncomingForm

    def is_permitted(self, subject: None, actor, today: date) -> bool:
        return bool(set(self.roles) & actor.role_codes(today))

    def guard_refusals(self, subject: None, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        twin = Referral.objects.filter(direction=Direction.IN, dock=data["dock"], organ_number=data["organ_number"])
        if data["organ_number"] and (found := twin.exclude(state="CANCELLED").first()):
            message = _("This referral is already registered: %(number)s.") % {"number": found}
            return [Refusal("already-registered", message, field="organ_number")]
        return []

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Referral:
        if not scope(context.actor, context.today).has_role(self.roles, procedure=data["procedure"], unit=data["unit"]):
            raise Forbidden(_("Your roles do not allow “%(action)s” here.") % {"action": self.label})
        referral = Referral(direction=Direction.IN, **context.form.values())
        referral.send()
        referral.receive()
        set_due_days(referral)
        referral.number = allocate(SERIES.code, context.today)
        referral.save()
        return referral


class ReferCase(Action):
    """Refer the dispute of a case to another organ or unit: prepared here, sent by its own step."""

    name = "referral.draft"
    label = gettext_lazy("Refer to another organ or unit")
    model: ClassVar = Case
    listed = False
    roles = HANDS
    form = forms.OutgoingForm

    def lock(self, subject: Case) -> Case:
        return type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)

    def is_visible(self, subject: Case, actor, today: date) -> bool:
        return Case.objects.visible_to(actor, today).filter(pk=subject.pk).exists()

    def is_permitted(self, subject: Case, actor, today: date) -> bool:
        return scope(actor, today).has_role(self.roles, procedure=subject.procedure, unit=subject.unit_id)

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Referral:
        values = context.form.values()
        to_unit = values["to_unit"]
        referral = Referral(
            direction=Direction.INTERNAL if to_unit else Direction.OUT,
            procedure=subject.procedure,
            unit_id=subject.unit_id,
            case=subject,
            to_procedure=_procedure_of(to_unit) if to_unit else "",
            **values,
        )
        set_due_days(referral)
        referral.number = allocate(SERIES.code, context.today)
        referral.save()
        for part in data["parties"]:
            ReferralParty.objects.create(referral=referral, party=part.party, side=part.get_role_display())
        return referral


def _procedure_of(unit: Unit) -> str:
    """Which procedure a unit of this banner receives disputes for."""
    return "mediation" if unit.kind in (Unit.Kind.COMMITTEE, Unit.Kind.STUDIO, Unit.Kind.TOWN) else "reconsideration"


class AddParty(ReferralAction):
    """Enter a party of the dispute, found in the registry or new."""

    name = "referral.add_party"
    label = gettext_lazy("Add a party")
    form = PartyForm
    states = ("DRAFT", "SENT", "RECEIVED", "ACCEPTED", "IN_PROGRESS")
    primary = 20

    def build_form(self, subject, data, files, actor, today):
        return PartyForm(data, files, subject=None, actor=actor, today=today)

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        party = find_or_create(context.form.party_data(), context.actor, context.today)
        ReferralParty.objects.get_or_create(referral=referral, party=party)


class RecordConsent(ReferralAction):
    """A party was asked, and said yes or no (特邀调解规定 11; 在线调解规则 15)."""

    name = "referral.consent"
    label = gettext_lazy("Record a party's consent")
    form = forms.ConsentForm
    states = ("DRAFT", "SENT", "RECEIVED", "ACCEPTED", "IN_PROGRESS")
    primary = 25

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        part: ReferralParty = data["party"]
        part.asked_on, part.answer, part.how = data["on"], data["answer"], data["how"]
        part.save()


def _all_agree(referral: Referral, data, today) -> bool:
    """A dispute leaves a case only with the consent of its parties (dossier on mediation, §5.3)."""
    if referral.direction == Direction.IN:
        return True
    answers = [part.answer for part in referral.parties.all()]
    return bool(answers) and all(answer == ReferralParty.Answer.AGREES for answer in answers)


class SendReferral(ReferralAction):
    """The letter goes out."""

    name = "referral.send"
    label = gettext_lazy("Send the referral")
    consequence = gettext_lazy("The other side sees the referral from now on; it can only be withdrawn until received.")
    binding, primary = True, 50
    side, transition, day = "sender", "send", "sent_on"
    form = forms.DayForm
    guards = (
        Guard(
            "consent-missing",
            gettext_lazy("People's Mediation Law, art. 3(1)"),
            gettext_lazy("Every party must have agreed to the referral. Record each one's consent first."),
            _all_agree,
        ),
    )

    def after(self, referral: Referral, context: ActionContext) -> None:
        if referral.case_id:
            _note_on_case(referral, "referral_sent", context)
        if referral.to_unit_id:
            held = RoleAssignment.objects.filter(unit_id=referral.to_unit_id, role__in=HANDS)
            tell("referral_came", held.values_list("user_id", flat=True), subject=referral, number=str(referral))


class ReceiveReferral(ReferralAction):
    """The receiving side signs for it: its clocks start."""

    name = "referral.receive"
    label = gettext_lazy("Sign for the referral")
    side, transition, day = "receiver", "receive", "received_on"
    form = forms.DayForm
    primary = 50


class AcceptReferral(ReferralAction):
    """The receiving side takes the dispute over; its procedure opens a case when it has a receiver."""

    name = "referral.accept"
    label = gettext_lazy("Take over")
    side, transition, day = "receiver", "accept", "answered_on"
    form = forms.AcceptForm
    primary = 50

    def guard_refusals(self, subject: Referral, data: Mapping | None, today: date) -> list[Refusal]:
        refusals = super().guard_refusals(subject, data, today)
        if data is not None:
            for entry in missing(subject, "accept", data):
                message = _("Needed for this kind of referral. Fill in “%(field)s”.") % {"field": entry.label}
                refusals.append(Refusal("dock-minimum", message, entry.citation, entry.code))
        return refusals

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        referral.extra = {**referral.extra, **forms.dock_data(context.form)}
        where = referral.to_procedure or referral.procedure
        receiver = receiver_of(where, referral.dock)
        if receiver is None or referral.opened_case_id:
            return
        referral.opened_case = receiver.open_case(referral, context.actor, context.today)
        referral.begin()
        if referral.case_id:
            CaseLink.objects.create(
                kind=CaseLink.Kind.REFERRED_TO, from_case=referral.opened_case, to_case_id=referral.case_id
            )

    def after(self, referral: Referral, context: ActionContext) -> None:
        _tell_sender(referral)


class DeclineReferral(ReferralAction):
    """The receiving side does not take it, and says why."""

    name = "referral.decline"
    label = gettext_lazy("Decline")
    side, transition, day = "receiver", "decline", "answered_on"
    form = forms.ReasonForm
    primary = 10

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        referral.decline_reason = data["reason"]

    def after(self, referral: Referral, context: ActionContext) -> None:
        _tell_sender(referral)


class BeginWork(ReferralAction):
    """Work on the dispute has begun."""

    name = "referral.begin"
    label = gettext_lazy("Begin work")
    side, transition = "receiver", "begin"
    primary = 30


class ExtendReferral(ReferralAction):
    """All parties agree to more time (特邀调解规定 27; 在线调解规则 24)."""

    name = "referral.extend"
    label = gettext_lazy("Extend with the parties' consent")
    side = "receiver"
    states = ("ACCEPTED", "IN_PROGRESS")
    form = forms.ExtendForm
    guards = (
        Guard(
            "not-later",
            gettext_lazy("特邀调解规定27"),
            gettext_lazy("The new day must lie after the present one, and the period must still run."),
            lambda referral, data, today: (
                referral.result_due_on is None or (today <= referral.result_due_on < data["until"])
            ),
            field="until",
            needs_data=True,
        ),
    )

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        referral.extended_to, referral.extension_reason = data["until"], data["reason"]


class SendResult(ReferralAction):
    """The result goes back: agreed facts and agreement, never what was conceded."""

    name = "referral.send_result"
    label = gettext_lazy("Send the result back")
    consequence = gettext_lazy("The sender sees the result and the agreed facts, not the confidential part.")
    binding, primary = True, 50
    side, transition, day = "receiver", "send_result", "result_on"
    form = forms.ResultForm

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        for name in ("result", "agreement_number", "performance", "agreed_facts", "confidential", "next_step"):
            setattr(referral, name, data[name])
        referral.extra = {**referral.extra, **forms.dock_data(context.form)}

    def after(self, referral: Referral, context: ActionContext) -> None:
        _tell_sender(referral)
        if referral.case_id:
            _note_on_case(referral, "referral_result", context)


class AcknowledgeResult(ReferralAction):
    """The sender has seen the result."""

    name = "referral.acknowledge"
    label = gettext_lazy("Acknowledge the result")
    side, transition, day = "sender", "acknowledge", "acknowledged_on"
    form = forms.DayForm
    primary = 50


class ReturnPapers(ReferralAction):
    """The papers handed over came back, signed for."""

    name = "referral.return_papers"
    label = gettext_lazy("Record the return of the papers")
    states = ("DECLINED", "RESULT_SENT", "ACKNOWLEDGED")
    day = "papers_returned_on"
    form = forms.DayForm
    primary = 20


class CloseReferral(ReferralAction):
    """Nothing is open on either side."""

    name = "referral.close"
    label = gettext_lazy("Close the referral")
    side, transition = "sender", "close"
    primary = 40
    guards = (
        Guard(
            "papers-out",
            "",
            gettext_lazy("Papers were handed over and are not back yet. Record their return first."),
            lambda referral, data, today: not referral.papers or referral.papers_returned_on is not None,
        ),
    )


class CancelReferral(ReferralAction):
    """Withdrawn before the other side has signed for it."""

    name = "referral.cancel"
    label = gettext_lazy("Withdraw the referral")
    side, transition = "sender", "cancel"
    form = forms.ReasonForm


def _tell_sender(referral: Referral) -> None:
    if referral.case_id and referral.case.lead_handler_id:
        data = {"number": str(referral), "state": str(referral.get_state_display())}
        tell("referral_answered", [referral.case.lead_handler_id], subject=referral, **data)


def _note_on_case(referral: Referral, kind: str, context: ActionContext) -> None:
    """The case's timeline says what happened to its referral."""
    case = referral.case.typed()
    where = referral.to_unit.name if referral.to_unit_id else referral.organ
    data = {"number": str(referral), "where": where}
    if referral.result:
        data["result"] = referral.result
    events.record(case, kind, referral.result_on or referral.sent_on or context.today, **data)
    settle(case, context.today)


def result_label(code: str) -> str:
    return str(dict(ReferralResult.choices).get(code, ""))


ACTIONS = (
    RegisterReferral,
    ReferCase,
    AddParty,
    RecordConsent,
    SendReferral,
    ReceiveReferral,
    AcceptReferral,
    DeclineReferral,
    BeginWork,
    ExtendReferral,
    SendResult,
    AcknowledgeResult,
    ReturnPapers,
    CloseReferral,
    CancelReferral,
)
