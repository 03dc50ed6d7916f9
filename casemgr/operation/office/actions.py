"""The particulars of the office and its seals: changed from a day on, never for days that have passed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.audit.access import record_access
from casemgr.operation.accounts.reach import ADMIN, administers
from casemgr.operation.office.forms import OfficeForm, SealForm
from casemgr.organisation.models import OfficeParticulars, OfficialSeal, Unit, User
from casemgr.organisation.office import forget

ENTERED = tuple(name for name in OfficeForm.base_fields if name != "reason")


class SetOffice(Action):
    """Enter the particulars from a day on. The subject is the newest entry, or None before the first."""

    name, label, form = "organisation.set_office", gettext_lazy("Change particulars"), OfficeForm
    submit_label = gettext_lazy("Save the particulars")
    roles = (ADMIN,)
    model = OfficeParticulars
    creates = True

    def version_of(self, subject: OfficeParticulars) -> int:
        """Every entry and every change of one leaves a row of history."""
        return OfficeParticulars.history.count()

    def is_permitted(self, subject: OfficeParticulars | None, actor: User, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and administers(actor, None, today)

    def execute(self, subject: OfficeParticulars | None, data: Mapping, context: ActionContext) -> OfficeParticulars:
        entry = OfficeParticulars.objects.filter(effective_on=data["effective_on"]).first() or OfficeParticulars()
        for name in ENTERED:
            setattr(entry, name, data[name])
        entry.save()
        forget()
        record_access(context.actor, "office_changed", entry, effective_on=entry.effective_on.isoformat())
        return entry


class SetSeal(Action):
    """Name a unit's seal from a day on. The subject is the unit."""

    name, label, form = "organisation.set_seal", gettext_lazy("Change the seal"), SealForm
    submit_label = gettext_lazy("Save the seal")
    roles = (ADMIN,)
    model = Unit

    def version_of(self, subject: Unit) -> int:
        return OfficialSeal.history.filter(unit=subject).count()

    def is_permitted(self, subject: Unit | None, actor: User, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and subject is not None and administers(actor, None, today)

    def execute(self, subject: Unit, data: Mapping, context: ActionContext) -> OfficialSeal:
        seal, _is_new = OfficialSeal.objects.update_or_create(
            unit=subject, effective_on=data["effective_on"], defaults={"name": data["name"]}
        )
        record_access(context.actor, "seal_changed", subject, effective_on=data["effective_on"].isoformat())
        return seal


ACTIONS = (SetOffice, SetSeal)
