"""What administrators fill in about units, users and roles."""

from __future__ import annotations

import re

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.operation.accounts.reach import administered_units
from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.organisation.places import fits, kinds_for
from casemgr.organisation.roles import role_choices
from casemgr.pages.forms import ContextForm, DateField

CODE = RegexValidator(
    re.compile(r"^[0-9A-Za-z-]+\Z"),
    gettext_lazy("A code consists of digits, Latin letters and hyphens, like 150621-SFJ."),
)


class UnitChoice(forms.ModelChoiceField):
    """Units of the administrator's reach, indented as in the tree."""

    def label_from_instance(self, unit: Unit) -> str:
        return "\u3000" * (unit.path.count("/") - 1) + unit.name


class ReasonField(forms.CharField):
    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", gettext_lazy("Reason"))
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault(
            "help_text", gettext_lazy("Kept in the history, for example the number of the reform's notice.")
        )
        super().__init__(**kwargs)


class UnitsForm(ContextForm):
    """Fills every unit choice with the open units the administrator reaches."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is not None:
            units = administered_units(self.actor, self.today).filter(ended_on__isnull=True)
            for field in self.fields.values():
                if isinstance(field, UnitChoice):
                    field.queryset = units


class CreateUnitForm(UnitsForm):
    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=24, validators=[CODE], help_text=gettext_lazy("Never changes later.")
    )
    name = forms.CharField(label=gettext_lazy("Full name of the unit"), max_length=80)
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=40, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("Please choose")), *Unit.Kind.choices]
    )
    parent = UnitChoice(label=gettext_lazy("Belongs to"), queryset=Unit.objects.none())
    started_on = DateField(label=gettext_lazy("Set up on"), required=False)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if taken := Unit.objects.filter(code__iexact=code).first():
            raise forms.ValidationError(_("“%(unit)s” already has this code. Choose another.") % {"unit": taken.name})
        return code


class EditUnitForm(UnitsForm):
    name = forms.CharField(label=gettext_lazy("Full name of the unit"), max_length=80)
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=40, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("Please choose")), *Unit.Kind.choices]
    )
    parent = UnitChoice(label=gettext_lazy("Belongs to"), queryset=Unit.objects.none(), required=False)
    started_on = DateField(label=gettext_lazy("Set up on"), required=False)
    reason = ReasonField(required=False)

    def clean_parent(self) -> Unit | None:
        parent = self.cleaned_data["parent"]
        if parent is None and self.subject is not None and self.subject.parent_id is not None:
            raise forms.ValidationError(_("Choose the unit it belongs to."))
        if parent is not None and self.subject is not None and parent.path.startswith(self.subject.path):
            raise forms.ValidationError(_("A unit cannot lie below itself. Choose another."))
        return parent


class EndUnitForm(UnitsForm):
    ended_on = DateField(label=gettext_lazy("Last day"))
    successor = UnitChoice(
        label=gettext_lazy("Succeeding unit"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=gettext_lazy("Takes over its cases, its duties and the roles held at it. Empty when nobody does."),
    )
    reason = ReasonField()

    def clean(self) -> dict:
        cleaned = super().clean()
        unit, successor, ended_on = self.subject, cleaned.get("successor"), cleaned.get("ended_on")
        if unit is None:
            return cleaned
        if successor is not None and unit.pk in {successor.pk, successor.current().pk}:
            self.add_error("successor", _("A unit cannot succeed itself, not even by way of others. Choose another."))
        if ended_on and unit.started_on and ended_on < unit.started_on:
            self.add_error("ended_on", _("The unit was set up later than that. Check the date."))
        return cleaned


class CreateUserForm(ContextForm):
    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=50,
        validators=[
            RegexValidator(
                re.compile(r"^[\w.@+-]+\Z"),
                gettext_lazy("Letters, digits and . @ + - _ only, without blanks. Change it."),
            ),
            RegexValidator(
                re.compile(r"^\d{11}\d*[0-9Xx]?\Z"),
                gettext_lazy("A telephone or identity number is no user name. Choose another."),
                inverse_match=True,
            ),
        ],
        help_text=gettext_lazy("For logging in, for example the name in pinyin. No telephone or identity number."),
    )
    full_name = forms.CharField(label=gettext_lazy("Full name of the person"), max_length=50)

    def clean_username(self) -> str:
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("This user name is taken. Choose another."))
        return name


class RenameUserForm(ContextForm):
    full_name = forms.CharField(label=gettext_lazy("Full name of the person"), max_length=50)
    reason = ReasonField(required=False, help_text="")


class AssignRoleForm(UnitsForm):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[("", gettext_lazy("Please choose")), *role_choices()])
    unit = UnitChoice(
        label=gettext_lazy("At the unit"),
        queryset=Unit.objects.none(),
        help_text=gettext_lazy("The role reaches this unit and everything below it."),
    )
    from_on = DateField(label=gettext_lazy("From"), required=False, help_text=gettext_lazy("Empty: from today."))
    until_on = DateField(
        label=gettext_lazy("Until and including"), required=False, help_text=gettext_lazy("Empty: until it is ended.")
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("from_on") or self.today, cleaned.get("until_on")
        if start and end and end < start:
            self.add_error("until_on", _("The role would end before it begins. Check the dates."))
        role, unit = cleaned.get("role"), cleaned.get("unit")
        if role and unit and not fits(role, unit):
            kinds = "、".join(kinds_for(role))
            self.add_error("unit", _("This role is not held at such a unit, but at: %(kinds)s") % {"kinds": kinds})
        if self.subject is not None and role and unit:
            running = RoleAssignment.objects.in_force(self.today).filter(user=self.subject, role=role, unit=unit)
            if running.exists():
                self.add_error("role", _("The person already holds this role at this unit. End it first."))
        return cleaned


class EndRoleForm(ContextForm):
    until_on = DateField(label=gettext_lazy("Last day"))
    reason = ReasonField(required=False, help_text="")

    def clean_until_on(self):
        day = self.cleaned_data["until_on"]
        if self.subject is not None and self.subject.from_on and day < self.subject.from_on:
            raise forms.ValidationError(_("The role begins later than that. Check the date."))
        return day


class SetActiveForm(ContextForm):
    is_active = forms.BooleanField(label=gettext_lazy("Account is open"), required=False)
    reason = ReasonField(
        help_text=gettext_lazy("Kept in the history, for example “retired” or “moved to another bureau”.")
    )
