"""Sessions and inquiries: what was said, who was there, who signed (People's Mediation Law, art. 20–24, 27)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.cases import events
from casemgr.cases.actions import archived_refusal
from casemgr.cases.day_forms import DayForm
from casemgr.cases.day_guards import not_before
from casemgr.cases.models import Participation
from casemgr.pages.dates import moment
from casemgr.pages.forms import ClockField
from casemgr.pages.requests import row_id
from mediation.actions.base import MediationAction
from mediation.course.people import TEXT
from mediation.course.session_form import SessionForm
from mediation.course.session_records import correct, forget_planned, next_number, remind_of_next, write
from mediation.guards.consents import no_session_after_refusal
from mediation.guards.mediators import a_mediator_leads, rights_are_told
from mediation.guards.sessions import departments_came, invitation_is_agreed, sides_are_apart
from mediation.models import Inquiry, MediationCase, Session, SignedHow

SESSION_GUARDS = (
    a_mediator_leads,
    no_session_after_refusal,
    invitation_is_agreed,
    rights_are_told,
    departments_came,
    sides_are_apart,
)


class RecordSession(MediationAction):
    """What the record of one session says (D11): signed, or who refuses to sign and why."""

    name = "mediation.record_session"
    label = gettext_lazy("Record this session")
    submit_label = gettext_lazy("Save the record")
    form = SessionForm
    states = ("MEDIATING",)
    primary = 60
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Correct the record of the session: a further version is kept beside it.")
    guards = (*SESSION_GUARDS, not_before("mediation_begun", "round_begun", "resumed"))

    def priority(self, subject: MediationCase) -> int:
        """After a session that ended the talks, the next step is to record that end."""
        last = subject.mediation_sessions.filter(round=subject.facts.round).last()
        return self.primary if last is None or last.result == Session.Result.ADJOURNED else 20

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        forget_planned(case)
        session = write(case, data, round=case.facts.round, number=next_number(case))
        if case.facts.sessions_open != data["is_open"]:
            self.set_facts(case, sessions_open=data["is_open"])
        remind_of_next(case, session)
        events.record(case, "session_held", data["on"], **told_of(session))


def told_of(session: Session) -> dict[str, Any]:
    """What the timeline keeps of a session: never what was said."""
    kept = {"session": session.pk, "number": session.number, "result": session.result, "place": session.place}
    if session.next_on:
        kept["next_on"] = session.next_on.isoformat()
    return kept


class CorrectSessionForm(SessionForm):
    """Filled with the record as it stands; what was said in confidence is kept unless something else is entered."""

    session = forms.ModelChoiceField(Session.objects.none(), label=gettext_lazy("Session"))
    reason = forms.CharField(label=gettext_lazy("Why the record is corrected"), max_length=500, widget=TEXT)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["session"]
        field.queryset = Session.objects.filter(case_id=self.subject.pk)
        field.label_from_instance = session_label
        self.fields["confidential"].help_text = _("Empty: what was recorded in confidence stays as it is.")
        self.order_fields(["session", "reason", *self.fields])
        if not self.is_bound:
            last = field.queryset.last()
            field.initial = last.pk if last else None

    def _held(self) -> Session | None:
        asked = row_id(self.initial.get("session") or self.fields["session"].initial)
        queryset = self.fields["session"].queryset
        return queryset.filter(pk=asked).first() if asked is not None else None

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if self.is_bound or field_name in ("session", "reason", "confidential"):
            return super().get_initial_for_field(field, field_name)
        if not hasattr(self, "_values"):
            held = self._held()
            self._values = values_of(held) if held is not None else {}
        return self._values.get(field_name, super().get_initial_for_field(field, field_name))

    def held_others(self) -> list[dict[str, Any]]:
        held = self._held()
        if held is None:
            return []
        rows = held.attendees.filter(participation__isnull=True)
        return [{"name": one.name, "capacity": one.capacity, "organ": one.organ} for one in rows]


def session_label(session: Session) -> str:
    day = timezone.localtime(session.starts_at).date()
    return _("Session %(number)s") % {"number": session.number} + f"　{day.isoformat()}"


def values_of(session: Session) -> dict[str, Any]:
    """What the form shows of a record; nothing said in confidence."""
    starts = timezone.localtime(session.starts_at)
    ends = timezone.localtime(session.ends_at) if session.ends_at else None
    parts = [one for one in session.attendees.all() if one.participation_id]
    refused = [one for one in parts if one.refused_to_sign]
    columns = ("place", "is_remote", "is_separate", "is_open", "is_joint", "together_reason", "statements",
               "proposals", "result", "next_on", "recorder")  # fmt: skip
    return {name: getattr(session, name) for name in columns} | {
        "on": starts.date(),
        "starts": starts.time(),
        "ends": ends.time() if ends else None,
        "attended": [one.participation_id for one in parts],
        "refused": [one.participation_id for one in refused],
        "refusal_reason": refused[0].refusal_reason if refused else "",
        "signed_how": next((one.signed_how for one in parts if one.signed_how), ""),
        "invitation_agreed": any(one.participation_id is None for one in session.attendees.all()),
    }


class CorrectSession(MediationAction):
    """A further version of a session's record, with the reason; the earlier one stays readable."""

    name = "mediation.correct_session"
    label = gettext_lazy("Correct the record of a session")
    submit_label = gettext_lazy("Save the record")
    topic = None
    form = CorrectSessionForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Correct the record of the session: a further version is kept beside it.")
    guards = (*SESSION_GUARDS[1:], not_before("accepted"))

    def state_refusal(self, subject: MediationCase, today) -> Refusal | None:
        if refusal := archived_refusal(subject):
            return refusal
        if subject.mediation_sessions.exists():
            return None
        return Refusal("no-session", _("No session is recorded yet."))

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        session = correct(data["session"], case, data, data["reason"])
        kept = told_of(session) | {"version": session.version, "reason": data["reason"]}
        events.record(case, "session_corrected", context.today, **kept)
        standing = [
            fact
            for fact in events.facts_of(case)
            if fact.kind == "session_held" and fact.data.get("number") == session.number
        ]
        for fact in standing[-1:]:
            if fact.occurred_on != data["on"]:
                events.record(
                    case, events.CORRECTION, data["on"], corrects=fact.root, reason=data["reason"],
                    was=fact.occurred_on.isoformat(), corrected_kind=fact.kind,
                )  # fmt: skip


class InquiryForm(DayForm):
    """Who was asked where, by whom, and what was said."""

    starts = ClockField(label=gettext_lazy("Begins at"))
    place = forms.CharField(label=gettext_lazy("Where it is held"), max_length=120, required=False)
    interviewee = forms.CharField(label=gettext_lazy("Person asked"), max_length=100)
    participation = forms.ModelChoiceField(
        Participation.objects.none(), label=gettext_lazy("Party of the case, if it is one"), required=False
    )
    asker = forms.CharField(label=gettext_lazy("Asked by"), max_length=50)
    recorder = forms.CharField(label=gettext_lazy("Recorded by"), max_length=50)
    text = forms.CharField(
        label=gettext_lazy("Questions and answers"), max_length=20000, widget=forms.Textarea({"rows": 8})
    )
    signed_how = forms.ChoiceField(
        label=gettext_lazy("Signed by the person asked"),
        choices=[*SignedHow.choices, ("refused", gettext_lazy("Refuses to sign"))],
        widget=forms.RadioSelect,
        initial=SignedHow.SIGNATURE,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]
        self.fields["participation"].queryset = self.subject.participations.filter(left_on__isnull=True)
        if not self.is_bound:
            self.fields["asker"].initial = self.fields["recorder"].initial = self.actor.full_name


class RecordInquiry(MediationAction):
    """An inquiry into the facts (D09), with a party, a neighbour or anybody who knows."""

    name = "mediation.record_inquiry"
    label = gettext_lazy("Record an inquiry")
    submit_label = gettext_lazy("Save the record")
    form = InquiryForm
    states = ("REGISTERED", "ACCEPTED", "MEDIATING", "PAUSED", "AGREED_W", "AGREED_O", "TRACKING")
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Record a further inquiry that puts it right.")
    guards = (not_before("registered"),)

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        has_refused = data["signed_how"] == "refused"
        part = data["participation"]
        Inquiry.objects.create(
            case_id=case.pk,
            held_at=moment(data["on"], data["starts"]),
            place=data["place"],
            interviewee=data["interviewee"],
            participation=part,
            asker=data["asker"],
            recorder=data["recorder"],
            text=data["text"],
            signed_how="" if has_refused else data["signed_how"],
            refused_to_sign=has_refused,
        )
        events.record(case, "inquiry_made", data["on"], party=part.party if part else None, name=data["interviewee"])


SESSIONS = (RecordSession, CorrectSession, RecordInquiry)
