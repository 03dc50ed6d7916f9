"""A dispute of the past as far as its source reaches: what is not known stays empty, and nothing is made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Event
from casemgr.cases.registration.past import HappenedForm as BaseHappenedForm
from casemgr.cases.registration.past import out_of_order
from casemgr.organisation.models import Unit, User
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.forms import ContextForm, MoneyField
from casemgr.pages.judged_again import FieldAnswers
from casemgr.pages.masking import personal_numbers
from casemgr.pages.row_forms import Rows, flatten
from mediation.events import EVENT_KINDS, ORDER
from mediation.registration.choices import source_of, split_type, sub_sources_by_source, types_with_sub_types
from mediation.registration.form import HANDLING_KINDS, PEOPLE, REGISTERING_ROLES
from mediation.registration.people import PersonForm, Role
from mediation.registration.recording import body_of
from mediation.terms import SUB_SOURCES, AgreementForm, CourtTrack, Ending, Performance, Source

HAPPENED = "happened"
RECORDING_ROLES = ("committee", "town", "guidance")
"""Who enters the past: the committee's secretary, the town's office, the bureau's guidance of mediation."""
WITH_MEDIATION = ("mediators_named", "rights_told", "mediation_begun", "session_held", "extended", "paused", "resumed")
WITH_AGREEMENT = ("agreed", "agreement_effective", "confirmation_filed")
IN_COURSE = (
    *("registered", "application_received", "court_papers_received", "accepted"),
    *WITH_MEDIATION,
    *WITH_AGREEMENT,
)
"""What a dispute that is still open may have behind it."""
NEEDS = dict.fromkeys((*WITH_MEDIATION, "agreed"), "accepted") | {
    "resumed": "paused", "agreement_effective": "agreed", "confirmation_filed": "agreement_effective",
}  # fmt: skip


class HappenedForm(BaseHappenedForm):
    """One thing that happened in a mediation."""

    kinds = EVENT_KINDS

    days = forms.IntegerField(label=gettext_lazy("Days"), required=False, min_value=1, max_value=400)


class RecordPastDisputeForm(ContextForm):
    """`happened` holds rows of kind, on, as_written, note, days; `people` rows as in registration, each with its side.

    `is_open`: the dispute is still with the committee and its periods run, so that the days they start on are known.
    """

    person_form: ClassVar[type[PersonForm]] = PersonForm

    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=80,
        help_text=gettext_lazy("As the paper register or the source has it."),
    )
    title = forms.CharField(label=gettext_lazy("Case title"), required=False, max_length=200)
    sub_source = forms.ChoiceField(label=gettext_lazy("Source"), required=False)
    source = forms.ChoiceField(
        label=gettext_lazy("Kind of source"), choices=[("", "—"), *Source.choices], required=False
    )
    court_track = forms.ChoiceField(
        label=gettext_lazy("Court procedure"), choices=[("", "—"), *CourtTrack.choices], required=False
    )
    dispute_type = forms.ChoiceField(label=gettext_lazy("Dispute type"), required=False)
    place = forms.CharField(label=gettext_lazy("Place of the dispute"), max_length=120, required=False)
    town = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Town or street"), required=False)
    summary = forms.CharField(label=gettext_lazy("What the dispute is about"), max_length=4000, required=False)
    claims = forms.CharField(label=gettext_lazy("What each side asks for"), max_length=2000, required=False)
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    amount_is_approximate = forms.BooleanField(label=gettext_lazy("The amount is approximate"), required=False)
    tags = forms.CharField(label=gettext_lazy("Further marks"), max_length=200, required=False)
    number_of_people = forms.IntegerField(
        label=gettext_lazy("People concerned"), min_value=1, max_value=100_000, required=False
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"), required=False)
    committee_as_written = forms.CharField(
        label=gettext_lazy("Committee as the source writes it"), max_length=120, required=False
    )
    mediators = forms.CharField(
        label=gettext_lazy("Mediators"), max_length=200, required=False, help_text=gettext_lazy("Separated by 、.")
    )
    lead_handler = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Handler"), required=False)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=[("", "—"), *Ending.choices], required=False)
    agreement_form = forms.ChoiceField(
        label=gettext_lazy("Form of the agreement"), choices=[("", "—"), *AgreementForm.choices], required=False
    )
    performance = forms.ChoiceField(
        label=gettext_lazy("Performance"), choices=[("", "—"), *Performance.choices], required=False
    )
    is_open = forms.BooleanField(
        label=gettext_lazy("Still open: its periods run"),
        required=False,
        help_text=gettext_lazy("Leave this empty for a case that ended, or whose days are not known."),
    )
    source_note = forms.CharField(
        label=gettext_lazy("Note on the source"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Contradictions are kept in the source's own words."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, files=None, **kwargs) -> None:
        data = flatten(data, PEOPLE, HAPPENED) if data is not None else None
        super().__init__(data, files, **kwargs)
        context = {"actor": self.actor, "today": self.today}
        self.people = Rows(self.person_form, data, PEOPLE, shown=2, **context, **self.person_context())
        self.happened = Rows(HappenedForm, data, HAPPENED, shown=3, **context)
        self.fields["dispute_type"].choices = types_with_sub_types()
        self.fields["sub_source"].choices = sub_sources_by_source()
        towns = Unit.objects.filter(kind__in=(Unit.Kind.TOWN, Unit.Kind.STREET))
        self.fields["town"].queryset = towns.order_by("path")
        held = [a.unit for a in self.actor.assignments(self.today) if a.role in RECORDING_ROLES]
        self.default_unit = body_of(held[0]) if held else None
        reached = scope(self.actor, self.today).units_of_role(RECORDING_ROLES)
        units = Unit.objects.filter(kind__in=HANDLING_KINDS)
        self.fields["unit"].queryset = units if reached is ALL else units.filter(pk__in=reached)
        self.fields["unit"].error_messages["invalid_choice"] = _(
            "This unit is unknown, or your role does not reach it. Choose a unit of the list."
        )
        self.fields["lead_handler"].queryset = User.objects.filter(
            role_assignments__role__in=REGISTERING_ROLES
        ).distinct()

    def person_context(self) -> dict[str, Any]:
        """What the rows of people are given beside actor and day."""
        return {}

    def fill_again(self, data: Mapping[str, Any], answers: FieldAnswers | None = None) -> None:
        super().fill_again(data, answers)
        for rows in (self.people, self.happened):
            rows.fill_again(data)

    def clean_title(self) -> str:
        if personal_numbers(self.cleaned_data["title"]):
            raise forms.ValidationError(_("Do not write personal numbers here: the title is shown in lists."))
        return self.cleaned_data["title"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["tags"] = [tag for tag in (data.get("tags") or "").split("、") if tag]
        chosen, told = split_type(data.get("dispute_type") or "")
        data["dispute_type"], data["sub_type"] = chosen, told
        detail = data.get("sub_source") or ""
        data["source"] = data.get("source") or source_of(detail)
        if detail and detail not in SUB_SOURCES.get(data["source"], ()):
            self.add_error("sub_source", _("This does not belong to the source chosen above."))
        for rows in (self.people, self.happened):
            rows.is_valid()
            for name, errors in rows.errors():
                self._errors[name] = errors
        if not self.errors:
            self._check_people(data)
            self._check_happened(data)
        return data

    def _check_people(self, data: dict[str, Any]) -> None:
        roles = [row.cleaned_data["role"] for row in self.people.filled]
        if Role.APPLICANT not in roles:
            self.add_error(None, _("Enter the applicant, or whose dispute it is."))
        data["other_side_unknown"] = Role.RESPONDENT not in roles
        entered = len(roles) + data["other_side_unknown"]
        if (told := data.get("number_of_people")) and told < len(roles):
            message = _("%(entered)d are entered already: the number cannot be smaller.")
            self.add_error("number_of_people", message % {"entered": len(roles)})
        data["people"] = told or max(entered, 2)

    def _check_happened(self, data: dict[str, Any]) -> None:
        kinds = {row.cleaned_data["kind"] for row in self.happened.filled}
        if "registered" not in kinds:
            self.add_error(None, _("Say at least that the dispute was registered, with or without its day."))
        for row, message in out_of_order(self.happened.filled, ORDER):
            self._refuse(row, "on", message)
        if not self.errors and data["is_open"]:
            self._check_running(data, kinds)

    def _check_running(self, data: dict[str, Any], kinds: set[str]) -> None:
        """What a dispute must show for its periods to be counted from its days."""
        for row in self.happened.filled:
            kind, precision = row.cleaned_data["kind"], row.cleaned_data["on"][1]
            if kind not in IN_COURSE:
                message = _("This ended the case, or comes after its end. Enter it as a case of the past.")
                self._refuse(row, "kind", message)
            elif precision != Event.Precision.DAY:
                self._refuse(row, "on", _("Periods run from the day: enter it, or enter a case of the past."))
            elif NEEDS.get(kind, kind) not in kinds:
                self._refuse(row, "kind", _("Something that comes before this is missing: enter it too."))
        if not data["dispute_type"]:
            self.add_error("dispute_type", _("Which period runs hangs on the type: choose it."))
        if data["outcome"] and data["outcome"] != Ending.AGREED:
            self.add_error("outcome", _("A case that is still open has no outcome yet."))
        if "agreed" in kinds and not {"agreement_effective"} <= kinds:
            self.add_error(None, _("An agreement that is followed is in effect: enter since which day."))
        if "agreed" in kinds and not data["agreement_form"]:
            self.add_error("agreement_form", _("Say whether the agreement is written or oral."))

    def _refuse(self, row: HappenedForm, name: str, message: str) -> None:
        row.add_error(name, message)
        self._errors[f"{row.prefix}-{name}"] = row.errors[name]
