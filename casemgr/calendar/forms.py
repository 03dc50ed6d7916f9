"""Forms of the calendar page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.calendar.current import current_calendar
from casemgr.calendar.models import CalendarDay
from casemgr.pages.forms import DateField, Form


class LocalDayForm(Form):
    """A day that differs here from the national calendar."""

    date = DateField(label=gettext_lazy("Day"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[(kind.value, kind.label) for kind in CalendarDay.LOCAL_KINDS],
    )
    name = forms.CharField(label=gettext_lazy("Name of the day"), max_length=60)
    source = forms.CharField(
        label=gettext_lazy("Document that orders it"),
        max_length=120,
        help_text=gettext_lazy("Authority, number and date of the notice."),
    )

    def clean(self) -> dict:
        data = super().clean()
        day, kind = data.get("date"), data.get("kind")
        if day is None or kind is None:
            return data
        if CalendarDay.objects.filter(date=day, kind__in=CalendarDay.LOCAL_KINDS).exists():
            self.add_error("date", _("This day already has a local entry: take that one back first."))
        elif current_calendar().is_working(day) == (kind == CalendarDay.Kind.LOCAL_WORKING):
            self.add_error("date", _("The calendar already says so: there is nothing to change on this day."))
        return data


class RemoveLocalDayForm(Form):
    """Why a local day is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
