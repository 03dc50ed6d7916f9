"""Number series as administrators keep them: where they start, what is left out, how they read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.audit.access import record_access
from casemgr.numbering.models import IssuedNumber, SeriesSetting
from casemgr.numbering.series import NumberUsed, allocate, last_used, start_at, void
from casemgr.operation.accounts.reach import ADMIN, administers
from casemgr.operation.series.forms import FormatForm, StartForm, VoidNextForm
from casemgr.organisation.models import Unit, User


class SeriesAction(Action):
    """For administrators of the whole banner."""

    roles = (ADMIN,)
    model = SeriesSetting
    creates = True

    def is_permitted(self, subject: None, actor: User, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and administers(actor, None, today)


class StartSeries(SeriesAction):
    """Let a year's series continue the paper register, or pass over numbers that were given on paper."""

    name, label, form = "numbering.start", gettext_lazy("Set the next number"), StartForm

    def guard_refusals(self, subject: None, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        last = last_used(data["series"], data["year"], data["owner"])
        return [] if data["next_number"] > last else [self._used(last)]

    @staticmethod
    def _used(last: int) -> Refusal:
        message = _("Number %(last)d is already used. A series never goes back: choose %(next)d or more.")
        return Refusal("number-used", message % {"last": last, "next": last + 1}, field="next_number")

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> SeriesSetting:
        try:
            start_at(data["series"], data["year"], data["next_number"], data["owner"], reason=data["reason"])
        except NumberUsed as error:  # given to somebody else since the guard looked
            raise GuardRefused(refusals=[self._used(error.last)]) from error
        setting, _is_new = SeriesSetting.objects.get_or_create(series=data["series"])
        values = {name: data[name] for name in ("series", "year", "next_number")}
        record_access(context.actor, "series_started", setting, reason=data["reason"], **values)
        return setting


class VoidNext(SeriesAction):
    """Take the next number and never use it: its row stays with the reason."""

    name, label, form = "numbering.void_next", gettext_lazy("Void the next number"), VoidNextForm
    model = IssuedNumber

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> IssuedNumber:
        unit = Unit.objects.filter(code=data["owner"]).first() if data["owner"] else None
        on = context.today if data["year"] == context.today.year else date(data["year"], 1, 1)
        number = allocate(data["series"], on, data["owner"], unit.name if unit else "")
        void(number, data["reason"])
        record_access(context.actor, "number_voided", number, reason=data["reason"], number=number.text)
        return number


class SetFormat(SeriesAction):
    """How numbers of a series read from now on."""

    name, label, form = "numbering.set_format", gettext_lazy("Change the format"), FormatForm

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> SeriesSetting:
        setting, _is_new = SeriesSetting.objects.update_or_create(
            series=data["series"], defaults={"format": data["format"]}
        )
        return setting


ACTIONS = (StartSeries, VoidNext, SetFormat)
