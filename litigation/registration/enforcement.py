"""Registering the non-litigation enforcement of an act: the agency applies, the party of the act has to perform
(Administrative Compulsion Law, art. 53–60; Interpretation 2018, art. 155–161)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.errors import InvalidInput
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.bulk.description import Part
from casemgr.cases.drafts.forms import KeptForm
from casemgr.cases.drafts.titles import Entries, Names, people, titled
from casemgr.cases.matters import Matter
from casemgr.cases.models import Participation
from casemgr.cases.procedure import Stage
from casemgr.cases.registration.agencies import agencies
from casemgr.cases.registration.form import RegistrationForm
from casemgr.cases.registration.resolving import resolve
from casemgr.cases.same_act import ActIdentity, act_number, find_or_create_act
from casemgr.organisation.scope import scope
from casemgr.pages.forms import DateField, MoneyField
from casemgr.pages.row_forms import Rows, flatten
from casemgr.parties.models import Party
from casemgr.parties.registry import find_or_create
from litigation.instances import let_in
from litigation.models import PROCEDURE, LitigationCase, LitigationFacts
from litigation.registration.entering import cause_of, create_file
from litigation.registration.form import PEOPLE, following_unit
from litigation.registration.rows import PersonForm, Role
from litigation.terms import FileKind

DEBTOR_ROLES = [
    (Role.RESPONDENT, gettext_lazy("Party that has to perform")),
    (Role.AGENT, gettext_lazy("Its agent")),
]


class DebtorRow(PersonForm):
    """Who has to perform the act, or acts for it."""

    role = forms.ChoiceField(
        label=gettext_lazy("Part in the enforcement"), choices=DEBTOR_ROLES, initial=Role.RESPONDENT
    )


class EnforcementForm(RegistrationForm):
    """One act that nobody attacked in time and that is not performed."""

    blocks: ClassVar = {PEOPLE: {"role": Role.RESPONDENT, "name": ""}}

    agency = forms.ModelChoiceField(
        Party.objects.none(), label=gettext_lazy("Agency that applies"), empty_label=gettext_lazy("Please choose")
    )
    act_title = forms.CharField(
        label=gettext_lazy("Name of the act"),
        max_length=120,
        help_text=gettext_lazy("Its name without the agency, for instance 行政处罚决定."),
    )
    act_number = forms.CharField(label=gettext_lazy("Document number of the act"), required=False, max_length=80)
    acted_on = DateField(label=gettext_lazy("Date of the act"))
    matter = forms.ChoiceField(label=gettext_lazy("Kind of matter"), choices=[("", "—"), *Matter.choices])
    duty = forms.CharField(
        label=gettext_lazy("What is to be performed"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    suing_ended_on = DateField(
        label=gettext_lazy("Last day of the period for reconsideration or suit"),
        required=False,
        help_text=gettext_lazy("The later of the two; the three months to apply run from it."),
    )
    registered_on = DateField(label=gettext_lazy("Registered on"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, people_shown: int = 1, **kwargs: Any) -> None:
        data = flatten(data, PEOPLE) if data is not None else None
        super().__init__(data, files, **kwargs)
        self.fields["agency"].queryset = agencies()
        self.people = Rows(DebtorRow, data, PEOPLE, shown=people_shown, actor=self.actor, today=self.today)
        if not self.is_bound:
            self.fields["registered_on"].initial = self.today

    def clean_act_number(self) -> str:
        return act_number(self.cleaned_data["act_number"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["registered_on"] = data.get("registered_on") or self.today
        for name in ("acted_on", "suing_ended_on", "registered_on"):
            if (day := data.get(name)) and day > self.today:
                self.add_error(name, _("The day lies in the future. Enter the day on which it really happened."))
        acted, ended = data.get("acted_on"), data.get("suing_ended_on")
        if acted and ended and ended <= acted:
            self.add_error("suing_ended_on", _("It cannot be before the act. Check both dates."))
        self.people.is_valid()
        for name, errors in self.people.errors():
            self._errors[name] = errors
        roles = [form.data.get(form.add_prefix("role")) or Role.RESPONDENT for form in self.people.filled]
        if Role.RESPONDENT not in roles:
            self.add_error(None, _("Enter the party that has to perform."))
        return data


def register_enforcement(form: EnforcementForm, data: Mapping[str, Any], actor: Any, today: date) -> LitigationCase:
    """Write what the registration says. Runs inside the action's transaction.

    :raises InvalidInput: a contradiction with the registry, an agency that is not the liaison's own, or nobody
        follows suits.
    """
    unit, agency = following_unit(actor, today), data["agency"]
    reach = scope(actor, today)
    if unit is None:
        form.add_error(None, _("Nobody is court liaison today: ask the administrator to give somebody that role."))
        raise InvalidInput(form)
    if not reach.has_role("liaison", procedure=PROCEDURE) and agency.unit_id not in reach.units_let_in(PROCEDURE):
        form.add_error("agency", _("This agency is not yours. The court liaison registers the others."))
        raise InvalidInput(form)
    rows = [(row, row.cleaned_data["role"]) for row in form.people.filled]
    others = resolve(form, rows, lambda entry: find_or_create(entry, actor, today))
    identity = ActIdentity(frozenset({agency.pk}), data["act_number"], data["acted_on"], data["matter"])
    cause = cause_of(data["matter"])
    debtors = "、".join(part.party.name for part in others if part.role == Role.RESPONDENT)
    case = create_file(
        parts=[Part(agency, Role.APPLICANT, "", False), *others],
        facts=LitigationFacts(
            file_kind=FileKind.ENFORCEMENT,
            cause=cause,
            matter=data["matter"],
            claims=data["duty"],
            amount_yuan=data["amount_yuan"],
            responsible=agency,
            responsible_unit=agency.unit,
        ),
        act=find_or_create_act(agency, identity, data["act_title"]),
        unit=unit,
        lead_handler=actor if "liaison" in actor.role_codes(today) else None,
        opened_on=data["registered_on"],
        today=today,
        title=f"{agency.name}申请执行{debtors}{cause}"[:200],
        state="TO_PERFORM",
        stage=Stage.PERFORMING,
    )
    let_in(case, Participation.objects.get(case_id=case.pk, party=agency, role=Role.APPLICANT))
    events.record(case, "registered", data["registered_on"])
    events.record(case, "act_made", data["acted_on"])
    if data["suing_ended_on"]:
        events.record(case, "suing_period_expired", data["suing_ended_on"], party=agency)
    settle(case, today)
    return case


def title_of(entries: Entries, names: Names) -> str:
    """王宝音：行政处罚决定"""
    return titled(people(entries, PEOPLE, names, roles=(Role.RESPONDENT,)), str(entries.get("act_title") or ""))


DRAFT = KeptForm("litigation.register_enforcement", "litigation_register_enforcement", title_of, (PEOPLE,))
__all__ = ["DRAFT", "EnforcementForm", "register_enforcement"]
