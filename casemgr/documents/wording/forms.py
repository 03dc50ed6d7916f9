"""Entering a wording, trying it, and phrases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Case
from casemgr.cases.procedure import procedures
from casemgr.documents.kinds import kinds_of
from casemgr.documents.wording.known import known_passages
from casemgr.documents.wording.models import Phrase
from casemgr.documents.wording.passages import Faults, Passage, faults_of
from casemgr.pages.forms import ContextForm, DateField


class WordingForm(ContextForm):
    """A wording of one passage. Its places in braces and the words of the law must stay."""

    text = forms.CharField(
        label=gettext_lazy("Wording"), required=False, max_length=1000, widget=forms.Textarea({"rows": 4})
    )
    is_default = forms.BooleanField(label=gettext_lazy("Return to the wording of the program"), required=False)
    effective_on = DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Tomorrow at the earliest. Papers drafted before that day keep the wording they have."),
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)

    def passage(self) -> Passage | None:
        known = known_passages().get(self.subject.passage)
        return known.passage if known else None

    def clean_effective_on(self) -> date:
        day = self.cleaned_data["effective_on"]
        if day <= self.today:
            raise forms.ValidationError(
                _("Papers of today are being drafted already: choose a day from %(day)s on.")
                % {"day": (self.today + timedelta(days=1)).isoformat()}
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        passage = self.passage()
        if cleaned.get("is_default"):
            cleaned["text"] = ""
        elif "text" in cleaned:
            cleaned["text"] = " ".join(cleaned["text"].split("\n")).strip()
            if not cleaned["text"]:
                self.add_error("text", _("Write the wording, or return to that of the program."))
            elif passage is not None and (faults := faults_of(passage, cleaned["text"])):
                for message in messages_of(faults):
                    self.add_error("text", message)
        return cleaned


def messages_of(faults: Faults) -> list[str]:
    """What must be put right, one sentence each."""
    found = []

    def say(message: str, words: tuple[str, ...]) -> None:
        if words:
            found.append(message % {"words": "、".join(words)})

    say(_("These places must stay: %(words)s."), tuple(f"{{{name}}}" for name in faults.missing))
    say(_("Nothing fills these places: %(words)s."), tuple(f"{{{name}}}" for name in faults.unknown))
    say(_("The law puts these words here, they must stay: %(words)s."), faults.lost)
    say(_("Time limits follow the law and are not set here: %(words)s."), faults.periods)
    if faults.braces:
        found.append(_("A brace stands alone. Braces only enclose the names of places."))
    return found


class ProposeForm(WordingForm):
    """Also names the passage."""

    passage_code = forms.CharField(widget=forms.HiddenInput)
    field_order = ("passage_code",)

    def passage(self) -> Passage | None:
        known = known_passages().get(self.cleaned_data.get("passage_code", ""))
        return known.passage if known else None

    def clean_passage_code(self) -> str:
        code = self.cleaned_data["passage_code"]
        if code not in known_passages():
            raise forms.ValidationError(_("There is no such passage."))
        return code


class TryForm(ContextForm):
    case = forms.ModelChoiceField(Case.objects.none(), label=gettext_lazy("Sample case"), widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is not None:
            self.fields["case"].queryset = Case.objects.visible_to(self.actor, self.today)


class DropForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)


class PhraseForm(ContextForm):
    """A phrase for one kind of paper, or for all of them."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("For"), choices=Phrase.Part.choices)
    text = forms.CharField(label=gettext_lazy("Phrase"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [
            (kind.code, kind.name)
            for procedure in procedures()
            for kind in kinds_of(procedure.code).values()
            if not kind.is_form
        ]
        self.fields["kind"].choices = [("", _("Every paper")), *kinds]
