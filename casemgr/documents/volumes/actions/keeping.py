"""The frozen volume on its shelf, and its loans."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.documents.volumes.actions.base import VolumeAction, saved
from casemgr.documents.volumes.models import Loan, Part, Volume
from casemgr.organisation.models import User
from casemgr.pages.forms import ContextForm, DateField

LOAN_DAYS = 30


class PlaceForm(ContextForm):
    room = forms.CharField(label=gettext_lazy("Room"), max_length=60)
    cabinet = forms.CharField(label=gettext_lazy("Cabinet"), max_length=60, required=False)
    box = forms.CharField(label=gettext_lazy("Box"), max_length=60, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            for name in self.fields:
                self.fields[name].initial = getattr(self.subject, name)


class Place(VolumeAction):
    """Where the paper volume stands; earlier places stay in its history."""

    name, label = "volume.place", gettext_lazy("Record the place on the shelf")
    form, primary = PlaceForm, 40

    def priority(self, subject: Volume) -> int:
        return 0 if subject.placed_on else self.primary

    def execute(self, subject: Volume, data: Mapping[str, Any], context: ActionContext) -> Volume:
        return saved(subject, **data, placed_on=context.today)


class LendForm(ContextForm):
    borrower = forms.CharField(label=gettext_lazy("Borrower"), max_length=60)
    borrower_unit = forms.CharField(label=gettext_lazy("Unit of the borrower"), max_length=80)
    borrower_account = forms.CharField(
        label=gettext_lazy("User name of the borrower, to be reminded here"), max_length=150, required=False
    )
    purpose = forms.CharField(label=gettext_lazy("Purpose"), max_length=200)
    due_on = DateField(label=gettext_lazy("Due back on"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["due_on"].initial = self.today + timedelta(days=LOAN_DAYS)

    def clean_due_on(self) -> date:
        due_on = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError(_("This day is over. Enter today or a later day."))
        return due_on

    def clean_borrower_account(self) -> User | None:
        typed = self.cleaned_data["borrower_account"]
        if not typed:
            return None
        user = User.objects.filter(username=typed, is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("Nobody has this user name."))
        return user


def open_loan(volume: Volume) -> Loan | None:
    return volume.loans.filter(returned_on__isnull=True).first()


class Lend(VolumeAction):
    """The paper volume leaves the shelf. An internal volume goes only to people of the house."""

    name, label = "volume.lend", gettext_lazy("Lend the volume")
    form = LendForm

    def guard_refusals(self, subject: Volume, data: Mapping | None, today: date) -> list[Refusal]:
        if (loan := open_loan(subject)) is not None:
            message = _("The volume is lent to %(name)s. Take it back first.")
            return [Refusal("lent", message % {"name": loan.borrower})]
        if data is not None and subject.part == Part.INTERNAL and not self._may_read(subject, data, today):
            message = _("The internal volume is lent only to people who may read it here: enter their user name.")
            return [Refusal("internal", message, field="borrower_account")]
        return []

    @staticmethod
    def _may_read(volume: Volume, data: Mapping, today: date) -> bool:
        user = data["borrower_account"]
        return user is not None and Volume.objects.visible_to(user, today).filter(pk=volume.pk).exists()

    def execute(self, subject: Volume, data: Mapping[str, Any], context: ActionContext) -> Volume:
        Loan.objects.create(
            volume=subject,
            borrower=data["borrower"],
            borrower_unit=data["borrower_unit"],
            borrower_user=data["borrower_account"],
            purpose=data["purpose"],
            lent_on=context.today,
            due_on=data["due_on"],
            lent_by=context.actor,
        )
        return saved(subject)


class TakeBackForm(ContextForm):
    is_whole = forms.BooleanField(
        label=gettext_lazy("All pages were counted and are there"),
        required=False,
        help_text=gettext_lazy("If something is missing or damaged, say so below."),
    )
    return_note = forms.CharField(label=gettext_lazy("State when it came back"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("is_whole") and not data.get("return_note"):
            self.add_error("return_note", _("Say what is missing or damaged, or tick that all pages are there."))
        return data


class TakeBack(VolumeAction):
    """The paper volume came back and was checked."""

    name, label = "volume.take_back", gettext_lazy("Take the volume back")
    form, primary = TakeBackForm, 60

    def guard_refusals(self, subject: Volume, data: Mapping | None, today: date) -> list[Refusal]:
        if open_loan(subject) is not None:
            return []
        return [Refusal("not-lent", _("The volume is not lent."))]

    def execute(self, subject: Volume, data: Mapping[str, Any], context: ActionContext) -> Volume:
        loan = open_loan(subject)
        loan.returned_on, loan.received_by = context.today, context.actor
        loan.return_note = data["return_note"]
        loan.version += 1
        loan.save()
        return saved(subject)


KEEPING = (Place, Lend, TakeBack)
