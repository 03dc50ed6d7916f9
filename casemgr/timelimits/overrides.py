"""Local days of the calendar, as actions: days off that the region or the city fixes, and days worked here only.

They stand in this row because the calendar and the actions do not know each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgr.actions.action import Action, ActionContext
from casemgr.calendar.current import changed
from casemgr.calendar.forms import LocalDayForm, RemoveLocalDayForm
from casemgr.calendar.models import CalendarDay


class OverrideDay(Action):
    """Keep a day off, or a working day, that holds here only."""

    name, label = "calendar.override", _("Add local day")
    consequence = _("Open periods that lean on the day are computed again.")
    form, roles, creates = LocalDayForm, ("admin",), True
    model = CalendarDay

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> CalendarDay:
        row = CalendarDay.objects.create(date=data["date"], kind=data["kind"], name=data["name"], source=data["source"])
        changed()
        return row


class RemoveOverride(Action):
    """Take a local day back; history keeps it."""

    name, label = "calendar.remove_override", _("Take local day back")
    form, roles = RemoveLocalDayForm, ("admin",)
    model = CalendarDay

    def is_visible(self, subject: models.Model, actor, today: date) -> bool:
        return subject.kind in CalendarDay.LOCAL_KINDS

    def execute(self, subject: CalendarDay, data: Mapping, context: ActionContext) -> CalendarDay:
        subject.delete()
        changed()
        return subject
