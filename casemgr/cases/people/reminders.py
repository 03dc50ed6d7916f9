"""Days people set for themselves: on the work list, told on the day, and never mistaken for statutory periods."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell
from casemgr.cases.models import Case, Instruction, PersonalReminder
from casemgr.cases.people.standing import absent_people
from casemgr.pages.forms import ContextForm, DateField

SHOWN = 20
NOTICES = (
    NoticeKind(
        "own_reminder",
        gettext_lazy("Own reminder"),
        lambda data: _("Your own reminder (not statutory): %(text)s") % {"text": data["text"]},
    ),
)


class ReminderForm(ContextForm):
    on = DateField(label=gettext_lazy("Remind me on"))
    text = forms.CharField(label=gettext_lazy("Of what"), max_length=200)

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if on < self.today:
            raise forms.ValidationError(_("This day is over. Enter today or a later day."))
        return on


def tell_due(today: date) -> int:
    """Tell each open reminder whose day has come, once; for the nightly sweep."""
    due = PersonalReminder.objects.filter(on__lte=today, done_at__isnull=True).select_related("case")
    told = 0
    for reminder in due.iterator():
        tell("own_reminder", [reminder.user_id], subject=reminder.case, once=f"reminder:{reminder.pk}",
             text=reminder.text)  # fmt: skip
        told += 1
    return told


def waiting_context(user: Any, today: date) -> dict[str, Any]:
    """For the work list: open instructions on one's cases, and own reminders; also of those one stands in for.

    A reminder of an absent person shows when it is about a case the stand-in sees: a free one is their own affair.
    """
    absent = absent_people(user, today)
    mine = Case.objects.visible_to(user, today).handled_by(user, *absent).running().values("pk")
    instructions = Instruction.objects.filter(answered_on__isnull=True, case_id__in=mine)
    reminders = PersonalReminder.objects.filter(
        Q(user=user) | Q(user__in=[person.pk for person in absent], case_id__in=mine), done_at__isnull=True
    )
    return {
        "instructions": list(instructions.select_related("case", "author")[:SHOWN]),
        "reminders": list(reminders.select_related("case", "user")[:SHOWN]),
        "user": user,
        "today": today,
    }
