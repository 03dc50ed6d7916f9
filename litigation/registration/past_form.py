"""An instance of the past as far as its source reaches: what is not known stays empty, and nothing is made up."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Event
from casemgr.cases.registration.agencies import AgencyForm
from casemgr.cases.registration.past import PastDateField
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm
from casemgr.pages.judged_again import FieldAnswers
from casemgr.pages.row_forms import Rows, flatten
from casemgr.parties.models import Party
from casemgr.parties.names import name_key
from litigation.court_numbers import key_of, parse
from litigation.effect import effect_of, proposes_appeal
from litigation.outcomes import JUDGMENT_ONLY, MATTER_OF, kind_of
from litigation.registration.known import refuse_registered
from litigation.registration.rows import PersonForm as SuitPersonForm
from litigation.registration.rows import Role
from litigation.terms import Level, Outcome, PaperKind

PEOPLE, AGENCIES, HEADS = "people", "agencies", "heads"
SIDES = [(role.value, role.label) for role in (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)]
ALIKE = {Level.RETRIAL_REVIEW: Level.RETRIAL, Level.RESUMED: Level.EXECUTION}
"""Levels that a court's number tells apart and a ledger's word does not."""
ABOVE_ONLY = (Outcome.UPHELD, Outcome.REVERSED, Outcome.REMANDED)
Day = tuple[date | None, str, str]
"""A day, how exactly it is known, and as written."""
ORDER = ("received_on", "answered_on", "heard_on", "served_on", "appealed_on", "effective_on")
DAY = timedelta(days=1)


class PersonForm(SuitPersonForm):
    """A person or organisation on any side; `place` is its place among all parties."""

    role = forms.ChoiceField(label=gettext_lazy("Part in the suit"), choices=SIDES, initial=Role.APPLICANT)
    place = forms.IntegerField(required=False)


class AgencyRow(AgencyForm):
    """An agency on any side."""

    role = forms.ChoiceField(label=gettext_lazy("Part in the suit"), choices=SIDES, initial=Role.RESPONDENT)
    place = forms.IntegerField(required=False)


class HeadForm(ContextForm):
    """What is told of one agency whose head was to come."""

    agency = forms.CharField(label=gettext_lazy("Agency"), max_length=200)
    name = forms.CharField(label=gettext_lazy("Head"), required=False, max_length=50)
    post = forms.CharField(label=gettext_lazy("Post"), required=False, max_length=60)
    reason = forms.CharField(label=gettext_lazy("Why the head stayed away"), required=False, max_length=300)


class SeveralPastDates(PastDateField):
    """Days or months between blanks; cleans to a list of days."""

    def clean(self, value: object) -> list[Day]:
        return [super(SeveralPastDates, self).clean(part) for part in str(value or "").split()]


class PastSuitForm(ContextForm):
    """One instance: the first that is known of a file, or a later one of it.

    `is_open`: it is still before the court, or its paper not effective, and its periods run from its days.
    """

    person_form: ClassVar[type[PersonForm]] = PersonForm
    agency_form: ClassVar[type[AgencyRow]] = AgencyRow

    court_number = forms.CharField(label=gettext_lazy("Court's number"), max_length=80)
    level = forms.ChoiceField(label=gettext_lazy("Instance"), choices=[("", "—"), *Level.choices], required=False)
    court = forms.CharField(label=gettext_lazy("Court"), required=False, max_length=80)
    cause = forms.CharField(label=gettext_lazy("Cause of action"), required=False, max_length=120)
    reconsideration_number = forms.CharField(
        label=gettext_lazy("Number of the reconsideration case"), required=False, max_length=80
    )
    responsible = forms.ModelChoiceField(
        Party.objects.none(), label=gettext_lazy("Responsible organ"), required=False, empty_label="—"
    )
    received_on = PastDateField(label=gettext_lazy("Court's papers received on"), required=False, max_length=40)
    answered_on = PastDateField(label=gettext_lazy("Answered on"), required=False, max_length=40)
    heard_on = SeveralPastDates(label=gettext_lazy("Court sessions"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of paper"), choices=[("", "—"), *PaperKind.choices], required=False
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=[("", "—"), *Outcome.choices], required=False)
    served_on = PastDateField(label=gettext_lazy("Court's paper received on"), required=False, max_length=40)
    appealed_on = PastDateField(label=gettext_lazy("Appealed on"), required=False, max_length=40)
    effective_on = PastDateField(label=gettext_lazy("Effective on"), required=False, max_length=40)
    unheard = forms.CharField(label=gettext_lazy("On heads, where no session was held"), required=False, max_length=600)
    source_note = forms.CharField(label=gettext_lazy("Note on the source"), required=False, max_length=4000)
    is_open = forms.BooleanField(label=gettext_lazy("Still open: its periods run"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, files: Any = None, **kwargs: Any) -> None:
        data = flatten(data, PEOPLE, AGENCIES, HEADS) if data is not None else None
        super().__init__(data, files, **kwargs)
        context = {"actor": self.actor, "today": self.today}
        self.people = Rows(self.person_form, data, PEOPLE, shown=1, **context, **self.person_context())
        self.agencies = Rows(self.agency_form, data, AGENCIES, shown=1, **context)
        self.heads = Rows(HeadForm, data, HEADS, shown=0, **context)
        self.fields["responsible"].queryset = Party.objects.filter(kind=Party.Kind.AGENCY, merged_into__isnull=True)

    def person_context(self) -> dict[str, Any]:
        """What the rows of people are given beside actor and day."""
        return {}

    def fill_again(self, data: Mapping[str, Any], answers: FieldAnswers | None = None) -> None:
        super().fill_again(data, answers)
        for rows in (self.people, self.agencies, self.heads):
            rows.fill_again(data)

    def sides(self) -> list[tuple[Any, str]]:
        """Rows of parties with their side, in the order in which the source names them."""
        rows = [*self.people.filled, *self.agencies.filled]
        rows.sort(key=lambda row: row.cleaned_data.get("place") or 0)
        return [(row, row.cleaned_data["role"]) for row in rows]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._read_number(data)
        for rows in (self.people, self.agencies, self.heads):
            rows.is_valid()
            for name, errors in rows.errors():
                self._errors[name] = errors
        self._check_days(data)
        if not self.errors:
            self._read_paper(data)
            self._check_heads(data)
        if not self.errors:
            self._check_effect(data)
        return data

    def _read_number(self, data: dict[str, Any]) -> None:
        written = data.get("court_number") or ""
        data["court_key"] = key_of(written)
        number = parse(written)
        said = number.level if number is not None else None
        told = data.get("level")
        if told and said and told != ALIKE.get(said, said):
            words = {"said": Level(said).label, "told": Level(told).label}
            self.add_error("level", _("The number says “%(said)s”, you chose “%(told)s”. Check both.") % words)
        data["level"] = said or told
        if not data["level"]:
            self.add_error("level", _("The number does not say which instance it is: choose it."))
        self.refuse_registered(written)

    def refuse_registered(self, written: str) -> None:
        refuse_registered(self, written)

    def _days(self, data: Mapping[str, Any]) -> Iterator[tuple[str, Day]]:
        """What happened on which day, in the order in which it must have."""
        for name in ORDER:
            found = data.get(name) or []
            for day in found if isinstance(found, list) else [found]:
                if day[0] is not None:
                    yield name, day

    def _check_days(self, data: Mapping[str, Any]) -> None:
        exact: list[tuple[str, date]] = []
        for name, (day, precision, _written) in self._days(data):
            if day > self.today and name != "effective_on":
                self.add_error(name, _("The day lies in the future. A case of the past has only past days."))
            elif precision == Event.Precision.DAY:
                exact.append((name, day))
        after = [("answered_on", "received_on"), ("heard_on", "received_on"), ("served_on", "received_on"),
                 ("served_on", "heard_on"), ("appealed_on", "served_on"), ("effective_on", "served_on")]  # fmt: skip
        for later, earlier in after:
            firsts = [day for name, day in exact if name == earlier]
            days = [day for name, day in exact if name == later]
            if firsts and days and min(days) < max(firsts) and later not in self.errors:
                message = _("This lies before what it follows from (%(day)s). Check both dates.")
                self.add_error(later, message % {"day": long_date(max(firsts))})

    def _read_paper(self, data: dict[str, Any]) -> None:
        kind, outcome = data["kind"], data["outcome"]
        data["kind"] = kind = kind or kind_of(outcome)
        data["matter"] = MATTER_OF.get(outcome, "") if kind == PaperKind.RULING else ""
        if kind == PaperKind.RULING and outcome in JUDGMENT_ONLY:
            self.add_error("outcome", _("Only a judgment decides so. Check the kind of paper."))
        if kind == PaperKind.JUDGMENT and (outcome in MATTER_OF and outcome not in ABOVE_ONLY):
            self.add_error("outcome", _("Only a ruling decides so. Check the kind of paper."))
        if kind and (kind == PaperKind.MEDIATION) != (outcome == Outcome.MEDIATED) and outcome:
            self.add_error("outcome", _("This paper and this outcome do not go together. Check both."))
        if data["level"] == Level.FIRST and outcome in ABOVE_ONLY:
            self.add_error("outcome", _("Only a court above decides so about a judgment below."))
        if not kind:
            for name in ("served_on", "appealed_on", "effective_on"):
                if data[name][0] is not None or data[name][2]:
                    self.add_error(name, _("No court paper is written to which this day belongs: fill in which."))
            data["is_appealable"] = False
            return
        data["is_appealable"] = proposes_appeal(kind, data["matter"], data["level"])
        if data["appealed_on"][0] is not None and not data["is_appealable"]:
            self.add_error("appealed_on", _("Against this paper no appeal lies (Litigation Law, article 85)."))

    def _check_heads(self, data: Mapping[str, Any]) -> None:
        sued = [row.party_data().name for row in self.agencies.filled if row.cleaned_data["role"] == Role.RESPONDENT]
        known = {name_key(name): name for name in sued}
        for row in self.heads.filled:
            agency = row.cleaned_data["agency"]
            if name_key(agency) not in known:
                message = _("“%(name)s” is none of the agencies that are sued here.") % {"name": agency}
                self.add_error(None, message)
            row.cleaned_data["agency"] = known.get(name_key(agency), agency)
        if any(row.cleaned_data["name"] for row in self.heads.filled) and not data["heard_on"]:
            self.add_error("heard_on", _("Say when the session was in which the head came; 2026-11 is enough."))

    def _check_effect(self, data: Mapping[str, Any]) -> None:
        """A day of effect that the law does not allow is refused (Litigation Law, art. 85): the law wins."""
        effective, precision, _written = data["effective_on"]
        served, exactly, _written = data["served_on"]
        appealed, appealed_exactly, _written = data["appealed_on"]
        if effective is None:
            return
        earliest = None
        if served is not None and exactly == Event.Precision.DAY:
            found = effect_of(data["kind"], is_appealable=data["is_appealable"], parties=[0], served={0: served},
                              calendar=current_calendar())  # fmt: skip
            earliest = found.on
        if precision == Event.Precision.MONTH:
            effective = effective.replace(day=monthrange(effective.year, effective.month)[1])
        elif effective > self.today and (earliest is None or effective > earliest):
            self.add_error("effective_on", _("The day lies in the future. A case of the past has only past days."))
        if earliest is not None and effective < earliest:
            message = _(
                "Received on %(served)s, it cannot be effective before %(day)s (Litigation Law, article 85). "
                "Check both dates."
            )
            self.add_error("effective_on", message % {"served": long_date(served), "day": long_date(earliest)})
        is_late = earliest is not None and appealed_exactly == Event.Precision.DAY and appealed and appealed >= earliest
        if appealed is not None and not is_late:
            self.add_error(
                "effective_on",
                _(
                    "An appeal in time keeps it from taking effect (article 85). Of an appeal that was withdrawn leave "
                    "its day empty."
                ),
            )


__all__ = ["AGENCIES", "HEADS", "PEOPLE", "AgencyRow", "PastSuitForm", "PersonForm"]
