"""What is asked of a handover and its steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.documents.clues import sources
from casemgr.documents.clues.models import Answer, Transfer
from casemgr.pages.forms import CHOOSE, ContextForm, PastDayForm


class TextForm(ContextForm):
    """What the letter says."""

    organ = forms.CharField(
        label=gettext_lazy("Supervision organ"), max_length=80,
        help_text=gettext_lazy("Its full name, as the letter is addressed."),
    )  # fmt: skip
    people = forms.CharField(
        label=gettext_lazy("Persons concerned and their posts"), max_length=300, required=False,
        widget=forms.Textarea({"rows": 2, "class": "compact"}),
    )  # fmt: skip
    basis = forms.CharField(
        label=gettext_lazy("Legal basis"), max_length=300, widget=forms.Textarea({"rows": 2, "class": "compact"})
    )
    facts = forms.CharField(
        label=gettext_lazy("Facts and clues"), max_length=10_000, widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy("What happened, when, who did it, and how it is known. No numbers of persons."),
    )  # fmt: skip
    papers = forms.CharField(
        label=gettext_lazy("Papers handed over"), max_length=3000, required=False,
        widget=forms.Textarea({"rows": 4}), help_text=gettext_lazy("One a line, with the number of pages."),
    )  # fmt: skip


class DraftForm(TextForm):
    """`about` names the thing: suit:17."""

    about = forms.CharField(label=pgettext_lazy("clues", "About"), max_length=60, widget=forms.HiddenInput())

    field_order = ("about",)

    @cached_property
    def thing(self) -> tuple[sources.Source, int, sources.About] | None:
        """What the facts are about, once the address or the sender has said it."""
        return sources.found(str(self["about"].value() or ""), self.actor, self.today)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "basis" and self.thing is not None:
            return self.thing[0].basis
        return super().get_initial_for_field(field, field_name)

    def clean_about(self) -> str:
        if self.thing is None:
            raise forms.ValidationError(
                _("Begin it on the page of what the facts are about: the suit, the session or the backlog item.")
            )
        return self.cleaned_data["about"]


class _DayForm(PastDayForm):
    def clean_on(self) -> date:
        on, transfer = super().clean_on(), self.subject
        before = (transfer.handed_on or transfer.released_on) if transfer is not None else None
        if before is not None and on < before:
            raise forms.ValidationError(_("It lies before the step that went ahead. Check the date."))
        return on


class HandOverForm(_DayForm):
    way = forms.ChoiceField(label=pgettext_lazy("clues", "How"), choices=[CHOOSE, *Transfer.Way.choices])
    taken_by = forms.CharField(label=gettext_lazy("Who took it"), max_length=50, required=False)


class ReceiptForm(_DayForm):
    receipt = forms.CharField(label=gettext_lazy("Number of the receipt, who signed"), max_length=120)


class AnswerForm(_DayForm):
    kind = forms.ChoiceField(label=pgettext_lazy("clues", "Result"), choices=[CHOOSE, *Answer.Kind.choices])
    text = forms.CharField(
        label=gettext_lazy("In its words, number of its paper"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class ReasonForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))
