"""`CaseAction`: an action on a case moves its state, records an event, and what is due is derived anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import NotVisible, Refusal
from casemgr.actions.transitions import is_possible
from casemgr.cases import deadlines, events, held_entries
from casemgr.cases.about_case import AboutCase
from casemgr.cases.models import Case, Event
from casemgr.cases.people.standing import has_case_role
from casemgr.cases.procedure import ENDED_STAGES, Stage
from casemgr.cases.undo.recording import recorded, said, snapshot, with_facts
from casemgr.organisation.roles import SYSTEM
from casemgr.pages.dates import long_date
from casemgr.pages.forms import DateField, Form


class CaseAction(AboutCase):
    """Base of every procedure's actions on its cases.

    `transition` names a method of the proxy; `event` the kind recorded, on the form's `on` and for its `party`.
    Override `record_facts` to write the procedure's facts, and `event_data` for what the event keeps.
    """

    transition: ClassVar[str] = ""
    states: ClassVar[tuple[str, ...]] = ()
    """For an action without transition: the states in which it is possible; empty means any."""
    event: ClassVar[str] = ""
    system: ClassVar[bool] = False
    """True when the sweep may perform it as SYSTEM."""
    news_fields: ClassVar[tuple[str, ...]] = ("title", "unit", "lead_handler", "confidentiality")
    annullable: ClassVar[bool] = True
    """False when the action wrote rows of its own that no replay restores: then `instead` says how to put it right."""
    instead: ClassVar[str | Promise] = ""
    confirm_template: ClassVar[str] = ""
    """What the page of confirmation shows besides the entries, filled by `confirmation`."""

    def lock(self, subject: Case | None) -> Case | None:
        if subject is None:
            return None
        try:
            found = held_entries.locked(subject.pk, with_facts(self.model))
        except Case.DoesNotExist:  # another procedure's case
            raise NotVisible from None
        found.as_locked = snapshot(found)
        return found

    def is_permitted(self, subject: Case | None, actor, today: date) -> bool:
        if SYSTEM in actor.role_codes(today):
            return self.system
        if subject is None:
            return bool(set(self.roles) & actor.role_codes(today))
        return has_case_role(actor, self.roles, subject, today)

    def confirmation(self, subject: Case, data: Mapping[str, Any], today: date) -> dict[str, Any]:
        """What the step would do, for the page that asks to confirm it."""
        return {}

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if is_possible(subject, self.transition, self.states):
            return None
        return Refusal(
            "wrong-state",
            _("“%(action)s” is not possible while the case is “%(state)s”.")
            % {"action": self.label, "state": subject.state_info.label},
        )

    def run(self, subject: Case | None, data: Mapping[str, Any], context: ActionContext) -> Case:
        """Every action on an existing case is kept as a step, so that it can be annulled."""
        if subject is None:
            return self.execute(subject, data, context)
        with recorded(subject, self.name, context.today, subject.as_locked):
            return self.execute(subject, data, context)

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        if self.transition:
            getattr(subject, self.transition)()
        self.record_facts(subject, data, context)
        if self.event:
            self.record_event(subject, data, context)
        settle(subject, context.today)
        return subject

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        """Write what the procedure keeps beside the event."""

    def set_facts(self, case: Case, **values: Any) -> Any:
        """Change the procedure's facts and save them with history; returns them."""
        facts = case.facts
        for name, value in values.items():
            setattr(facts, name, value)
        facts.save()
        said(case, *(f"facts.{type(facts)._meta.get_field(name).attname}" for name in values))
        return facts

    def record_event(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> Event:
        return events.record(
            case, self.event, data.get("on") or context.today, party=data.get("party"), **self.event_data(case, data)
        )

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        """JSON values the event keeps: by default the note and the paper that caused it."""
        kept = {"note": data.get("note"), "reason": data.get("reason"), "document": data.get("document")}
        return {name: value for name, value in kept.items() if value}


def archived_refusal(case: Case) -> Refusal | None:
    """Why nothing in an archived file can be changed, or None."""
    if case.stage == Stage.ARCHIVED:
        return Refusal("archived", _("The file is archived: nothing in it can be changed."))
    return None


def settle(case: Case, today: date, *, closes: bool = True) -> None:
    """After any change of a locked case: stage from state, version, deadlines by difference, the next due days.

    `closes`: an ended case without a day of closing closes today; False for one of the past, whose source is silent.
    """
    case.stage = case.state_info.stage
    if case.stage not in ENDED_STAGES:
        case.closed_on = None
    elif closes:
        case.closed_on = case.closed_on or today
    deadlines.sync(case, today)
    case.version += 1
    case.save()


class CorrectDateForm(Form):
    """`event` is the id of the entry to correct."""

    wants_context = True

    event = forms.ModelChoiceField(Event.objects.none(), label=gettext_lazy("Entry"))
    on = DateField(label=gettext_lazy("Correct date"))
    reason = forms.CharField(
        label=gettext_lazy("Reason and paper that proves it"), max_length=500, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args, subject: Case, actor, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.facts = {fact.root.pk: fact for fact in events.facts_of(subject)}
        self.fields["event"].queryset = Event.objects.filter(pk__in=self.facts)
        procedure = subject.definition
        self.fields["event"].label_from_instance = lambda event: "{}　{}".format(
            procedure.event_kind(event.kind).label,
            long_date(day) if (day := self.facts[event.pk].occurred_on) else _("date unknown"),
        )

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("The date lies in the future. An entry can only have a day up to today."))
        return on


def _order_is_kept(case: Case, data: Mapping[str, Any], today: date) -> bool:
    from casemgr.cases.order import first_violation

    return first_violation(case, data["event"], data["on"], today) is None


def _order_detail(case: Case, data: Mapping[str, Any], today: date) -> str:
    from casemgr.cases.order import first_violation

    return str(first_violation(case, data["event"], data["on"], today) or "")


class CorrectDate(CaseAction):
    """Correct the day of a recorded entry; every deadline that hangs on it moves, both versions stay in history."""

    name = "cases.correct_date"
    label = gettext_lazy("Correct a date")
    topic = None  # beside each entry of the timeline
    roles = ("officer", "head", "liaison", "mediator", "town", "committee")
    form = CorrectDateForm
    guards = (
        Guard(
            "order-of-events",
            "",
            gettext_lazy("With this date the entries would contradict each other."),
            _order_is_kept,
            field="on",
            needs_data=True,
            detail=_order_detail,
        ),
    )

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        event: Event = data["event"]
        standing = next(fact for fact in events.facts_of(subject) if fact.root.pk == event.pk)
        _record_correction(subject, standing, data["on"], data["reason"])
        for fact, day in deadlines.deemed_moves(subject, events.facts_of(subject), context.today):
            _record_correction(subject, fact, day, data["reason"])
        if event.sequence == 1 and subject.opened_on == standing.occurred_on:
            subject.opened_on = data["on"]
        settle(subject, context.today)
        return subject


def _record_correction(case: Case, standing: events.Fact, on: date, reason: str) -> None:
    events.record(
        case,
        events.CORRECTION,
        on,
        party=standing.root.party,
        corrects=standing.root,
        reason=reason,
        was=standing.occurred_on.isoformat() if standing.occurred_on else None,
        corrected_kind=standing.kind,
    )


__all__ = ["CaseAction", "CorrectDate", "archived_refusal", "settle"]
