"""The registration form of a suit: court and number, plaintiffs, agencies, act. From a page or as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.matters import Matter
from casemgr.cases.models import Case
from casemgr.cases.registration.form import RegistrationForm
from casemgr.cases.same_act import act_number
from casemgr.organisation.models import RoleAssignment, Unit
from casemgr.pages.dates import long_date
from casemgr.pages.forms import DateField, MoneyField
from casemgr.pages.row_forms import Rows, flatten
from litigation.codefendants import Result, defendants_after, is_joint
from litigation.court_numbers import key_of, parse
from litigation.models import Instance
from litigation.registration.known import refuse_known
from litigation.registration.rows import THIRD_PARTY, AgencyRow, PersonForm, Role
from litigation.roles import BOTH, LIAISON
from litigation.terms import AgencyRole, Deed, Level, Track

PEOPLE, AGENCIES = "people", "agencies"
REGISTERING_ROLES = BOTH
FOLLOWING_ROLE = LIAISON[0]
"""Whose unit follows every suit of the banner (Reconsideration Law 2023, art. 4(2): the office organises)."""


PERIOD_TO_SUE = ("known_on", "decision_received_on", "content_known_on")
"""What the defence of lateness is judged by, together with the day of the suit."""


class RegisterForm(RegistrationForm):
    """One suit in the instance in which it is first heard of."""

    blocks: ClassVar = {PEOPLE: {"role": Role.APPLICANT, "name": ""}, AGENCIES: {"name": ""}}

    # court
    court = forms.CharField(
        label=gettext_lazy("Court"),
        max_length=80,
        help_text=gettext_lazy("As its papers name it; another place's court may have the case (article 18(2))."),
    )
    court_number = forms.CharField(
        label=gettext_lazy("Court's number"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("As the court writes it, like （2026）内0621行初12号. Empty while it is not known."),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Instance"),
        choices=[("", gettext_lazy("As the number says")), *Level.choices],
        required=False,
    )
    track = forms.ChoiceField(
        label=gettext_lazy("Court's procedure"),
        choices=[("", gettext_lazy("Not said: ordinary")), *Track.choices],
        required=False,
    )
    sued_on = DateField(label=gettext_lazy("Complaint handed in at the court on"), required=False)
    filed_on = DateField(label=gettext_lazy("Filed by the court on"), required=False)
    judge = forms.CharField(label=gettext_lazy("Judge"), required=False, max_length=60)
    # the act
    act_title = forms.CharField(
        label=gettext_lazy("Name of the act"),
        max_length=120,
        help_text=gettext_lazy("Its name without the agency, for instance 行政处罚决定."),
    )
    act_number = forms.CharField(label=gettext_lazy("Document number of the act"), required=False, max_length=80)
    acted_on = DateField(label=gettext_lazy("Date of the act"), required=False)
    matter = forms.ChoiceField(label=gettext_lazy("Kind of matter"), choices=[("", "—"), *Matter.choices])
    cause = forms.CharField(
        label=gettext_lazy("Cause of action"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("As the court's papers name it; empty: as the kind of matter."),
    )
    claims = forms.CharField(
        label=gettext_lazy("Claims"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "class": "compact"}),
    )
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    concerns_real_estate = forms.BooleanField(label=gettext_lazy("The act concerns real estate"), required=False)
    is_public_interest = forms.BooleanField(
        label=gettext_lazy("Public interest suit of the procuratorate"), required=False
    )
    # before the suit
    after_reconsideration = forms.ChoiceField(
        label=gettext_lazy("Reconsideration before the suit"),
        choices=[("", pgettext_lazy("reconsideration before", "None")), *Result.choices],
        required=False,
    )
    reconsideration_number = forms.CharField(
        label=gettext_lazy("Number of the reconsideration case"), required=False, max_length=80
    )
    known_on = DateField(label=gettext_lazy("The plaintiff knew of the act since"), required=False)
    decision_received_on = DateField(
        label=gettext_lazy("The plaintiff received the reconsideration decision on"), required=False
    )
    content_known_on = DateField(
        label=gettext_lazy("Not told of the period to sue: content of the act known since"), required=False
    )
    # the file
    registered_on = DateField(label=gettext_lazy("Registered on"), required=False)
    number_checked = forms.BooleanField(
        label=gettext_lazy("The number is written as the court writes it"), required=False
    )

    FOLDED: ClassVar = {
        "court": ("level", "track", "sued_on", "filed_on", "judge"),
        "matter": ("claims", "amount_yuan", "concerns_real_estate", "is_public_interest"),
        "before": (
            "after_reconsideration",
            "reconsideration_number",
            "known_on",
            "decision_received_on",
            "content_known_on",
        ),
    }

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        people_shown: int = 1,
        agencies_shown: int = 1,
        **kwargs: Any,
    ) -> None:
        data = flatten(data, PEOPLE, AGENCIES) if data is not None else None
        super().__init__(data, files, **kwargs)
        context = {"actor": self.actor, "today": self.today}
        self.people = Rows(PersonForm, data, PEOPLE, shown=people_shown, **context)
        self.agencies = Rows(AgencyRow, data, AGENCIES, shown=agencies_shown, **context)
        self.known_file: Case | None = None
        if not self.is_bound:
            self.fields["registered_on"].initial = self.today

    # reading

    def clean_act_number(self) -> str:
        return act_number(self.cleaned_data["act_number"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["registered_on"] = data.get("registered_on") or self.today
        self._check_days(data)
        self._read_number(data)
        self._check_rows(data)
        self._read_reconsideration(data)
        return data

    def _check_days(self, data: dict[str, Any]) -> None:
        asked = [name for name in PERIOD_TO_SUE if data.get(name)]
        if asked and not (data.get("sued_on") or data.get("filed_on")) and "sued_on" not in self.errors:
            self.add_error("sued_on", _("Enter when the complaint was handed in: whether it was in time hangs on it."))
        names = ("registered_on", "acted_on", "known_on", "content_known_on", "decision_received_on")
        for name in (*names, "sued_on", "filed_on"):
            if (day := data.get(name)) and day > self.today:
                self.add_error(name, _("The day lies in the future. Enter the day on which it really happened."))
        chain = ("acted_on", "known_on", "sued_on", "filed_on")
        if data.get("matter") == Matter.OMISSION:
            chain = chain[2:]
        known = [(name, data[name]) for name in chain if data.get(name)]
        for (_earlier, before), (name, day) in pairwise(known):
            if day < before and name not in self.errors:
                self.add_error(
                    name,
                    _("This lies before what it follows from (%(day)s). Check both dates.")
                    % {"day": long_date(before)},
                )

    def _read_number(self, data: dict[str, Any]) -> None:
        written = data.get("court_number") or ""
        number = parse(written) if written else None
        data["court_key"] = key_of(written) if written else ""
        if written and number is None and not data.get("number_checked"):
            self.add_error(
                "number_checked",
                _("Courts write their numbers like （2026）内0621行初12号. Correct it, or tick this box."),
            )
        told = data.get("level")
        said = number.level if number is not None else None
        if told and said and told != said:
            words = {"said": Level(said).label, "told": Level(told).label}
            self.add_error("level", _("The number says “%(said)s”, you chose “%(told)s”. Check both.") % words)
        data["level"] = told or said or Level.FIRST
        if data["court_key"] and (known := Instance.objects.filter(court_key=data["court_key"]).first()):
            refuse_known(self, known.case_id)

    def _check_rows(self, data: dict[str, Any]) -> None:
        for block in self.blocks:
            rows = self.rows_of(block)
            rows.is_valid()
            for name, errors in rows.errors():
                self._errors[name] = errors
        roles = [form.data.get(form.add_prefix("role")) or Role.APPLICANT for form in self.people.filled]
        if Role.APPLICANT not in roles:
            self.add_error(None, _("Enter the plaintiff."))
        defendants = [row for row in self.agencies.filled if not row.errors and row.is_defendant]
        if not defendants and not any(row.errors for row in self.agencies.filled):
            self.add_error(None, _("Enter the agency that is sued."))
        for row in self.agencies.filled:
            received = getattr(row, "cleaned_data", {}).get("received_on")
            filed = data.get("filed_on")
            if received and filed and received < filed:
                row.add_error(
                    "received_on", _("It cannot have arrived before the court filed the case. Check both dates.")
                )
                self._errors[f"{row.prefix}-received_on"] = row.errors["received_on"]
        self._check_codefendants(data, defendants)

    def _check_codefendants(self, data: dict[str, Any], defendants: list[AgencyRow]) -> None:
        """Litigation Law, art. 26(2): a result says whether one agency is sued, or both."""
        result = data.get("after_reconsideration")
        if not result or not defendants:
            return
        rule = defendants_after(result)
        if is_joint(result) and len(defendants) < 2:
            self.add_error(
                "after_reconsideration",
                _("With this result both agencies are defendants (%(basis)s): enter the other one as well.")
                % {"basis": rule.basis},
            )
        deeds = {row.cleaned_data["deed"] for row in defendants}
        if not rule.is_open and Deed.RECONSIDERED in rule.roles and Deed.RECONSIDERED not in deeds:
            self.add_error(
                "after_reconsideration",
                _("Say which of the agencies decided the reconsideration: it is a defendant (%(basis)s).")
                % {"basis": rule.basis},
            )

    def _read_reconsideration(self, data: dict[str, Any]) -> None:
        data["reconsideration"] = None
        if not (number := (data.get("reconsideration_number") or "").strip()):
            return
        if not data.get("after_reconsideration") and "after_reconsideration" not in self.errors:
            self.add_error(
                "after_reconsideration", _("Choose what the reconsideration decided: who is sued hangs on it.")
            )
        seen = Case.objects.visible_to(self.actor, self.today).filter(number=number).exclude(procedure="litigation")
        data["reconsideration"] = seen.order_by("pk").first()

    def _has(self, block: str) -> bool:
        """Whether a folded part holds an entry or an error."""
        return any(self[name].errors or (self.is_bound and self[name].value()) for name in self.FOLDED[block])

    @property
    def has_court(self) -> bool:
        return self._has("court")

    @property
    def has_matter(self) -> bool:
        return self._has("matter")

    @property
    def has_before(self) -> bool:
        return self._has("before") or bool(self.initial.get("reconsideration_number"))


def following_unit(actor: Any, today: date) -> Unit | None:
    """The unit that follows the suit: the actor's own as liaison, else that of the banner's court liaison."""
    own = [held.unit for held in actor.assignments(today) if held.role == FOLLOWING_ROLE]
    if own:
        return own[0]
    held = (
        RoleAssignment.objects.in_force(today).filter(role=FOLLOWING_ROLE).select_related("unit").order_by("pk").first()
    )
    return held.unit if held is not None else None


__all__ = ["AGENCIES", "PEOPLE", "REGISTERING_ROLES", "THIRD_PARTY", "AgencyRole", "RegisterForm", "following_unit"]
