"""What is asked when a paper is published or kept back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.documents.models import Document
from casemgr.documents.redaction.finding import BLANK, Kind, occurrences
from casemgr.pages.forms import CHOOSE, ContextForm, SeveralRowsField
from reconsideration.models import Publication, Redaction
from reconsideration.openness.publications.papers import visible_papers
from reconsideration.openness.publications.sheet import Sheet

SHORT = forms.Textarea({"rows": 2, "class": "compact"})


class PaperForm(ContextForm):
    """`document` is the id of the paper; the page that leads here sends it along."""

    document = forms.IntegerField(label=gettext_lazy("Paper"), widget=forms.HiddenInput())

    def clean_document(self) -> Document:
        found = visible_papers(self.actor, self.today).filter(pk=self.cleaned_data["document"]).first()
        if found is None:
            raise forms.ValidationError(_("There is no such paper, or its kind is not published."))
        return found


class ProposeForm(PaperForm):
    act_is_open = forms.TypedChoiceField(
        label=gettext_lazy("May the public read the act that was attacked?"),
        choices=[
            CHOOSE,
            ("yes", gettext_lazy("Yes: it is public, or would be given out on request")),
            ("no", gettext_lazy("No: it is not open to the public")),
        ],
        help_text=gettext_lazy("Publication of the decision follows the openness of that act, article 79(1)."),
    )


class KeepBackForm(ContextForm):
    ground = forms.ChoiceField(
        label=gettext_lazy("Why it is not published"), choices=[CHOOSE, *Publication.Ground.choices]
    )
    reason = forms.CharField(label=gettext_lazy("In your words"), max_length=500, widget=SHORT)


class DeclineForm(KeepBackForm, PaperForm):
    field_order = ("document",)


class JudgeForm(ContextForm):
    redactions = SeveralRowsField(Redaction.objects.none(), label=pgettext_lazy("redaction", "Proposals"))
    verdict = forms.ChoiceField(label=gettext_lazy("Verdict"), choices=Redaction.Verdict.choices)
    reason = forms.CharField(label=gettext_lazy("Why it may stay"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject is not None:
            self.fields["redactions"].queryset = self.subject.redactions.all()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("verdict") == Redaction.Verdict.LEAVE and not data.get("reason"):
            self.add_error("reason", _("Say why the public may read it."))
        return data


class AddForm(ContextForm):
    takes_numbers = ("words",)

    words = forms.CharField(
        label=gettext_lazy("Words to redact"), max_length=300,
        help_text=gettext_lazy("As they stand in one paragraph of the text. They are cut out wherever they stand."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[CHOOSE, *Kind.choices])
    replacement = forms.CharField(
        label=gettext_lazy("What stands there instead"), max_length=40, required=False, initial=BLANK
    )

    def clean_words(self) -> str:
        words = self.cleaned_data["words"].strip()
        self.places = occurrences(Sheet(self.subject).texts, words) if self.subject is not None else []
        if not self.places:
            raise forms.ValidationError(_("These words do not stand in the text. Copy them from the original."))
        return words


class ReasonForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=SHORT)


__all__ = ["AddForm", "DeclineForm", "JudgeForm", "KeepBackForm", "PaperForm", "ProposeForm", "ReasonForm"]
