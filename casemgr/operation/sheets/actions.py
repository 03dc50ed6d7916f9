"""Loading what the trial run has shown: people with their roles, or units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.perform import perform
from casemgr.audit.access import record_access
from casemgr.notices.mobiles import preference_of, set_mobile
from casemgr.operation.accounts.reach import ADMIN, administers
from casemgr.operation.models import SheetImport
from casemgr.operation.sheets import units, users
from casemgr.operation.sheets.reading import unsigned
from casemgr.operation.sheets.users import CREATED, REJECTED, Planned
from casemgr.organisation.models import User
from casemgr.pages.forms import ContextForm


class SheetForm(ContextForm):
    """The rows as the trial run's page carries them."""

    takes_numbers: ClassVar[frozenset[str]] = frozenset({"sheet"})
    kind: ClassVar[str]
    sheet = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)

    def clean_sheet(self) -> str:
        found = unsigned(self.cleaned_data["sheet"], self.kind, self.actor.pk)
        if found is None:
            raise forms.ValidationError(_("The list is too old or not yours. Choose the file again."))
        self.file_name, self.rows = found
        return self.cleaned_data["sheet"]


class UsersForm(SheetForm):
    kind = SheetImport.Kind.USERS


class UnitsForm(SheetForm):
    kind = SheetImport.Kind.UNITS


@dataclass(frozen=True)
class Slip:
    """What a person gets on paper for the first log-in; shown once and kept nowhere."""

    full_name: str
    username: str
    password: str
    unit: str
    roles: str


class ImportUsers(Action):
    """Open accounts and give roles as a list says; faulty rows are left out. `slips` on the result are shown once."""

    name, label, form, creates = "organisation.import_users", gettext_lazy("Read in users"), UsersForm, True
    roles = (ADMIN,)
    model = SheetImport

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> SheetImport:
        planned = users.plan(context.form.rows, context.actor, context.today)
        slips = [slip for row in planned if row.status != REJECTED and (slip := self._load(row, context))]
        record = _recorded(SheetImport.Kind.USERS, context, [row.status for row in planned])
        record.slips = slips
        return record

    @staticmethod
    def _load(row: Planned, context: ActionContext) -> Slip | None:
        actor, today = context.actor, context.today
        made = None
        if row.status == CREATED:
            sent = {"username": row.username, "full_name": row.full_name}
            user = made = perform("organisation.create_user", None, sent, actor, today)
            if row.phone:
                preference = preference_of(user)
                set_mobile(preference, row.phone)
                preference.save()
        else:
            user = User.objects.get(username__iexact=row.username)
        for role in row.roles:
            perform("organisation.assign_role", user, {"role": role, "unit": row.unit.pk}, actor, today)
        if made is None:
            return None
        return Slip(row.full_name, row.username, made.temporary_password, row.unit.name, "、".join(row.role_names))


class ImportUnits(Action):
    """Create and update units as a list says; faulty rows are left out."""

    name, label, form, creates = "organisation.import_units", gettext_lazy("Read in units"), UnitsForm, True
    roles = (ADMIN,)
    model = SheetImport

    def is_permitted(self, subject: None, actor: User, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and administers(actor, None, today)

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> SheetImport:
        result = units.load(context.form.rows)
        counted = ("created", "updated", "unchanged", "rejected")
        return _recorded(
            SheetImport.Kind.UNITS, context, [name for name in counted for _n in range(getattr(result, name))]
        )


def _recorded(kind: str, context: ActionContext, outcomes: list[str]) -> SheetImport:
    counts = {name: outcomes.count(name) for name in ("created", "updated", "unchanged", "rejected")}
    record = SheetImport.objects.create(
        kind=kind, file_name=context.form.file_name, rows=len(outcomes), by=context.actor.full_name, **counts
    )
    record_access(context.actor, f"{kind}_imported", record, **counts)
    return record


ACTIONS = (ImportUsers, ImportUnits)
