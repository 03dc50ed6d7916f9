"""The form of one session's record, short enough for a phone: who came, what was said, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.day_forms import DayForm
from casemgr.pages.dates import moment
from casemgr.pages.forms import ClockField, DateField, Form
from casemgr.pages.row_forms import Rows, flatten
from mediation.course.people import SHORT, TEXT, PartsField, current_mediators, present_of
from mediation.models import Attendee, MediationCase, Session, SignedHow
from mediation.terms import RiskFlag

OTHERS = "others"
OTHERS_SHOWN = 4
DAY = timedelta(days=1)
Capacity = Attendee.Capacity
OUTSIDE = [choice for choice in Capacity.choices if choice[0] not in (Capacity.PARTY, Capacity.AGENT)]
INVITED = (Capacity.INVITED, Capacity.DEPARTMENT, Capacity.HANDLER)
"""Whose presence needs the parties' consent (People's Mediation Law, art. 20)."""


class OtherForm(Form):
    """Somebody who is no party: a relative, a neighbour, an expert, a department's official."""

    capacity = forms.ChoiceField(label=gettext_lazy("As"), choices=[("", "—"), *OUTSIDE], required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100, required=False)
    organ = forms.CharField(label=gettext_lazy("Department or relation"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.has_changed() and not data.get("name"):
            self.add_error("name", _("Enter the name, or leave the whole entry empty."))
        if data.get("name") and not data.get("capacity"):
            self.add_error("capacity", _("Say in which capacity this person took part."))
        return data


class SessionForm(DayForm):
    """`others` are rows of their own. An end earlier than the beginning lies after midnight."""

    page_template = "mediation/_session_form.html"
    row_blocks = (OTHERS,)

    starts = ClockField(label=gettext_lazy("Begins at"))
    ends = ClockField(
        label=gettext_lazy("Ends at"), required=False, help_text=gettext_lazy("After midnight counts as the next day.")
    )
    place = forms.CharField(label=gettext_lazy("Where it is held"), max_length=120, required=False)
    is_remote = forms.BooleanField(label=gettext_lazy("By video or telephone"), required=False)
    is_separate = forms.BooleanField(label=gettext_lazy("With each side alone"), required=False)
    is_open = forms.BooleanField(label=gettext_lazy("In public, as the parties wish"), required=False)
    is_joint = forms.BooleanField(label=gettext_lazy("Jointly with several departments"), required=False)
    together_reason = forms.CharField(
        label=gettext_lazy("Why the sides met in spite of violence"), max_length=300, required=False, widget=SHORT
    )
    attended = PartsField(label=gettext_lazy("Who came"))
    invitation_agreed = forms.BooleanField(
        label=gettext_lazy("The parties agreed that these people take part"), required=False
    )
    statements = forms.CharField(label=gettext_lazy("What the parties said"), max_length=20000, widget=TEXT)
    proposals = forms.CharField(
        label=gettext_lazy("Proposals of the mediator"), max_length=10000, required=False, widget=TEXT
    )
    confidential = forms.CharField(
        label=gettext_lazy("Said in confidence"),
        max_length=10000,
        required=False,
        widget=SHORT,
        help_text=gettext_lazy("Only the mediators and the committee read it; it stands in no paper and no export."),
    )
    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=Session.Result.choices, widget=forms.RadioSelect)
    next_on = DateField(label=gettext_lazy("Next session planned for"), required=False)
    signed_how = forms.ChoiceField(
        label=gettext_lazy("Signed by those who came"),
        choices=[*SignedHow.choices, ("", gettext_lazy("Not signed yet"))],
        initial=SignedHow.SIGNATURE,
        required=False,
        widget=forms.RadioSelect,
    )
    refused = PartsField(label=gettext_lazy("Who refuses to sign"), required=False)
    refusal_reason = forms.CharField(label=gettext_lazy("Why they refuse"), max_length=200, required=False)
    recorder = forms.CharField(label=gettext_lazy("Recorded by"), max_length=50)

    def __init__(self, data: Mapping[str, Any] | None = None, *args, subject: MediationCase, **kwargs) -> None:
        data = flatten(data, OTHERS) if data is not None else None
        super().__init__(data, *args, subject=subject, **kwargs)
        present = present_of(subject)
        self.fields["attended"].offer(present, chosen=not self.is_bound)
        self.fields["refused"].offer(present)
        del self.fields["note"]
        if not self.has_violence:
            del self.fields["together_reason"]
        if not self.is_bound:
            self.fields["place"].initial = subject.facts.place
            self.fields["is_open"].initial = subject.facts.sessions_open
            self.fields["recorder"].initial = self._usual_recorder()
        self._rows: Rows | None = None

    @property
    def has_violence(self) -> bool:
        return RiskFlag.VIOLENCE in self.subject.facts.risk_flags

    def _usual_recorder(self) -> str:
        mediators = current_mediators(self.subject)
        recorder = next((one for one in mediators if one.role == "recorder"), None)
        return recorder.name if recorder else self.actor.full_name

    @property
    def others(self) -> Rows:
        """Made when first looked at: of a correction only then is it known which record it fills in."""
        if self._rows is None:
            held = [] if self.is_bound else self.held_others()
            made = lambda data, prefix, empty_permitted: OtherForm(  # noqa: E731
                data, prefix=prefix, empty_permitted=empty_permitted, initial=_row_of(held, prefix)
            )
            self._rows = Rows(
                made, self.data if self.is_bound else None, OTHERS, shown=max(OTHERS_SHOWN, len(held) + 2)
            )
        return self._rows

    def held_others(self) -> list[dict[str, Any]]:
        """Rows the form starts with."""
        return []

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.others.is_valid():
            for name, errors in self.others.errors():
                self._errors[name] = errors
            self.add_error(None, _("Check the entries of the others who took part."))
        data[OTHERS] = [row.cleaned_data for row in self.others.filled]
        self._clean_times(data)
        for part in data.get("refused") or ():
            if part not in (data.get("attended") or ()):
                self.add_error("refused", _("%(name)s did not come and so refuses nothing.") % {"name": part.name})
        if data.get("refused") and not data.get("refusal_reason"):
            self.add_error("refusal_reason", _("Say why: the record keeps the reason beside the missing signature."))
        planned = data.get("next_on")
        if planned and data.get("result") != Session.Result.ADJOURNED:
            self.add_error("next_on", _("A next session is planned only when the mediation is to be continued."))
        elif planned and data.get("on") and planned < data["on"]:
            self.add_error("next_on", _("The next session cannot lie before this one."))
        return data

    def _clean_times(self, data: dict[str, Any]) -> None:
        on, starts, ends = data.get("on"), data.get("starts"), data.get("ends")
        if not on or starts is None:
            return
        data["starts_at"], data["ends_at"] = moment(on, starts), None
        if ends is None:
            return
        if ends == starts:
            self.add_error("ends", _("Beginning and end are the same. Check both times."))
            return
        last = on if ends > starts else on + DAY
        if last > self.today:
            self.add_error("ends", _("The end would lie in the future. Check both times."))
            return
        data["ends_at"] = moment(last, ends)


def _row_of(held: list[dict[str, Any]], prefix: str) -> dict[str, Any]:
    number = prefix.rpartition("-")[2]
    return held[int(number)] if number.isdecimal() and int(number) < len(held) else {}
