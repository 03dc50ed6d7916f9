"""What is entered of a letter to a unit, and of a year's ladder."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.organisation.models import Unit
from casemgr.pages.forms import ContextForm, DateField, PastDayForm
from litigation.backlog.forms import TEXT
from litigation.backlog.letters.text import DEMANDS, facts_for
from litigation.models import BacklogYear
from litigation.models.pressing import PressingKind, PressingMatter, Trigger

ANY = gettext_lazy("Left empty, the usual words stand there.")


class _Words(ContextForm):
    demands = forms.CharField(
        label=gettext_lazy("What is demanded"), max_length=2000, required=False, widget=TEXT, help_text=ANY
    )
    meeting = forms.CharField(
        label=gettext_lazy("Time and place of the interview"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For an interview only."),
    )
    answer_by = DateField(label=gettext_lazy("To be answered by"), required=False)

    def clean_answer_by(self) -> date | None:
        day = self.cleaned_data["answer_by"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("The day for the answer has passed already."))
        return day

    def _finish(self, data: dict[str, Any], kind: str, matter: str) -> None:
        if not kind or not matter:
            return
        data["demands"] = data.get("demands") or DEMANDS[PressingMatter(matter)][PressingKind(kind)]
        if kind == PressingKind.INTERVIEW and not data.get("meeting"):
            self.add_error("meeting", _("Say when and where the interview takes place."))


class DraftForm(_Words):
    """To whom, about what, and how hard."""

    year = forms.ModelChoiceField(BacklogYear.objects.all(), label=gettext_lazy("Year of the backlog"))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Responsible unit"))
    matter = forms.ChoiceField(label=pgettext_lazy("pressing", "About"), choices=PressingMatter.choices)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PressingKind.choices)
    field_order = ("year", "unit", "matter", "kind", "demands", "meeting", "answer_by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(ended_on__isnull=True).order_by("path")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        year, unit, matter = data.get("year"), data.get("unit"), data.get("matter")
        self._finish(data, data.get("kind", ""), matter or "")
        if year is not None and unit is not None and matter:
            data["facts"] = facts_for(unit, year, matter, self.actor, self.today)
            if not data["facts"]["rows"]:
                self.add_error("unit", _("The register holds nothing that this unit could be pressed for."))
        return data


class EditForm(_Words):
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.subject is not None:
            self._finish(data, self.subject.kind, self.subject.matter)
        return data


class SendForm(ContextForm):
    sent_how = forms.CharField(
        label=gettext_lazy("How it is sent"),
        max_length=120,
        help_text=gettext_lazy("For example: by the platform for official documents, handed over and signed for."),
    )


class AnswerForm(PastDayForm):
    answer = forms.CharField(label=gettext_lazy("Answer, or what the interview found"), max_length=4000, widget=TEXT)

    def clean_on(self) -> date:
        on = super().clean_on()
        if self.subject is not None and self.subject.sent_on is not None and on < self.subject.sent_on:
            raise forms.ValidationError(_("It was sent later than that day."))
        return on


class LadderForm(ContextForm):
    """A number for each kind of letter and each reason for it; empty: no such step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in PressingKind:
            for trigger in Trigger:
                self.fields[f"{kind}_{trigger}"] = forms.IntegerField(
                    label=f"{kind.label}：{trigger.label}", min_value=0, max_value=366, required=False
                )

    def steps(self) -> list[tuple[str, str, int]]:
        """Kind, trigger and threshold of what was filled in."""
        return [
            (kind, trigger, found)
            for kind in PressingKind
            for trigger in Trigger
            if (found := self.cleaned_data.get(f"{kind}_{trigger}")) is not None
        ]
