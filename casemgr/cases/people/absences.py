"""Absences: recorded by the person or by a head, with a stand-in; ended before their time when need be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Conflict, Refusal
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.cases.models import Absence
from casemgr.cases.people.handlers import PersonField
from casemgr.cases.people.reach import Handlers
from casemgr.organisation.models import User
from casemgr.organisation.roles import HANDLERS, HEADS
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm, DateField

LONGEST = 366
"""Days of one absence; whoever is away longer hands the cases over."""


def _span(data: Mapping[str, Any]) -> dict[str, str]:
    days = {name: long_date(date.fromisoformat(data[name])) for name in ("first", "last")}
    return {"name": data["name"], **days}


NOTICES = (
    NoticeKind(
        "stand_in_named",
        gettext_lazy("You stand in for somebody"),
        lambda data: _("You stand in for %(name)s from %(first)s until %(last)s.") % _span(data),
        is_urgent=True,
    ),
    NoticeKind(
        "absence_recorded",
        gettext_lazy("Absence recorded"),
        lambda data: (
            _("Your absence is recorded; %(name)s stands in for you from %(first)s until %(last)s.") % _span(data)
        ),
    ),
    NoticeKind(
        "absence_ended",
        gettext_lazy("Absence ended"),
        lambda data: (
            _("The absence of %(name)s has ended; nobody stands in for them any more.") % {"name": data["name"]}
        ),
    ),
)


def people_below(head: User, today: date, handlers: Handlers) -> set[int]:
    """Handlers at the units that the head's roles as head reach."""
    units = scope(head, today).units_of_role(HEADS)
    if units is ALL or units:
        return handlers.below(units)
    return set()


def may_record_for(actor: User, today: date) -> set[int]:
    """Whose absence the actor may record: the own one, and as head those of the people below."""
    handlers = Handlers(today)
    own = {actor.pk} if handlers.handles_cases(actor.pk) else set()
    return own | people_below(actor, today, handlers)


class AbsenceForm(ContextForm):
    person = PersonField(User.objects.none(), label=gettext_lazy("Who is absent"))
    stand_in = PersonField(
        User.objects.none(),
        label=gettext_lazy("Stand-in"),
        help_text=gettext_lazy("Somebody who handles cases of the same units and kinds."),
    )
    from_on = DateField(label=gettext_lazy("From"))
    until_on = DateField(label=gettext_lazy("Until and including"))
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=200)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = may_record_for(self.actor, self.today)
        able = Handlers(self.today).who_may_stand_in(people)
        everybody = User.objects.filter(is_active=True).order_by("username")
        self.fields["person"].queryset = everybody.filter(pk__in=people)
        self.fields["person"].initial = self.actor.pk
        self.fields["stand_in"].queryset = everybody.filter(pk__in=able)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("from_on"), data.get("until_on")
        if not first or not last:
            return data
        if last < first:
            self.add_error("until_on", _("The last day lies before the first. Enter a later last day."))
        elif last < self.today:
            self.add_error("until_on", _("The absence would be over already. Enter a later day."))
        elif (last - first).days >= LONGEST:
            self.add_error("until_on", _("An absence lasts a year at most. For longer, hand the cases over."))
        elif data.get("person") and data.get("stand_in"):
            self._check_people(data["person"], data["stand_in"], first, last)
        return data

    def _check_people(self, person: User, stand_in: User, first: date, last: date) -> None:
        if person == stand_in:
            self.add_error("stand_in", _("Nobody stands in for themselves. Choose somebody else."))
            return
        for day in {max(first, self.today), last}:
            if not Handlers(day).may_stand_in(stand_in.pk, person.pk):
                text = _(
                    "On %(day)s, %(name)s holds no role that reaches all cases of %(absent)s. Choose somebody else."
                )
                words = {"day": long_date(day), "name": stand_in.full_name, "absent": person.full_name}
                self.add_error("stand_in", text % words)
                return
        for other in Absence.objects.meeting(first, last).filter(person__in=(person, stand_in)):
            if other.person_id == person.pk:
                words = {"first": long_date(other.from_on), "last": long_date(other.until_on)}
                text = _(
                    "An absence from %(first)s until %(last)s is recorded already. End it first, or choose other days."
                )
                self.add_error("from_on", text % words)
            else:
                text = _("%(name)s is absent then as well. Choose somebody else, or other days.")
                self.add_error("stand_in", text % {"name": stand_in.full_name})


class RecordAbsence(Action):
    """Somebody is away from one day to another, and somebody stands in."""

    name = "absence.record"
    label = gettext_lazy("Record an absence")
    roles = HANDLERS
    form = AbsenceForm
    creates = True

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Absence:
        # the person's row is the lock: two absences of one person cannot slip past each other's check
        User.objects.select_for_update(of=("self",)).get(pk=data["person"].pk)
        if Absence.objects.meeting(data["from_on"], data["until_on"]).filter(person=data["person"]).exists():
            raise Conflict(_("Another absence of this person was recorded a moment ago. Look at the list."))
        made = Absence.objects.create(**{name: data[name] for name in AbsenceForm.base_fields})
        span = {"first": made.from_on.isoformat(), "last": made.until_on.isoformat()}
        tell("stand_in_named", [made.stand_in_id], subject=made, name=made.person.full_name, **span)
        if context.actor.pk != made.person_id:
            tell("absence_recorded", [made.person_id], subject=made, name=made.stand_in.full_name, **span)
        return made


class EndForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=200)


class EndAbsence(Action):
    """The person is back before their time, or the absence was recorded by mistake."""

    name = "absence.end"
    label = gettext_lazy("End the absence")
    model: ClassVar = Absence
    roles = HANDLERS
    form = EndForm

    def is_visible(self, subject: Absence, actor, today: date) -> bool:
        return visible_absences(actor, today).filter(pk=subject.pk).exists()

    def is_permitted(self, subject: Absence, actor, today: date) -> bool:
        return subject.person_id in may_record_for(actor, today)

    def state_refusal(self, subject: Absence, today: date) -> Refusal | None:
        return Refusal("over", _("This absence is over already.")) if subject.is_over(today) else None

    def execute(self, subject: Absence, data: Mapping[str, Any], context: ActionContext) -> Absence:
        subject.ended_on = max(context.today, subject.from_on)
        subject.version += 1
        subject.save()
        tell("absence_ended", [subject.stand_in_id], subject=subject, name=subject.person.full_name)
        return subject


def visible_absences(user: User, today: date):
    """Those of oneself, those one stands in for, and as head those of the people below."""
    below = people_below(user, today, Handlers(today))
    return Absence.objects.filter(Q(person_id=user.pk) | Q(stand_in_id=user.pk) | Q(person_id__in=below))


ACTIONS = (RecordAbsence, EndAbsence)
