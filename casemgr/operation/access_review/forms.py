"""Deciding the lines of a review, and signing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.operation.access_review.models import AccessReviewLine
from casemgr.operation.accounts.own_password import OwnPasswordForm
from casemgr.pages.forms import ContextForm

VERDICT, REASON = "verdict-", "reason-"
CHOICES = (("", gettext_lazy("Later")), ("keep", gettext_lazy("Confirm")), ("revoke", gettext_lazy("Revoke")))


class DecideForm(ContextForm):
    """For each line that is open and not the person's own: verdict and reason; what stays empty is decided later."""

    common_reason = forms.CharField(
        label=gettext_lazy("Reason for lines confirmed without findings"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example “needed for the present work”. It goes to each line without a reason."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines: list[AccessReviewLine] = [
            line for line in self.subject.lines.filter(verdict="") if line.person_id != self.actor.pk
        ]
        for line in self.lines:
            who = f"{line.name} {line.what}"
            self.fields[f"{VERDICT}{line.pk}"] = forms.ChoiceField(
                label=_("Verdict: %(line)s") % {"line": who}, choices=CHOICES, required=False
            )
            self.fields[f"{REASON}{line.pk}"] = forms.CharField(
                label=_("Reason: %(line)s") % {"line": who}, max_length=200, required=False
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        decided = False
        for line in self.lines:
            verdict, reason = data.get(f"{VERDICT}{line.pk}"), data.get(f"{REASON}{line.pk}")
            if not verdict:
                continue
            decided = True
            if not reason and verdict == "keep" and not line.findings:
                reason = data[f"{REASON}{line.pk}"] = data.get("common_reason") or ""
            if not reason:
                self.add_error(f"{REASON}{line.pk}", _("Say why: the reason stands in the signed review."))
        if not decided and not self.errors:
            raise forms.ValidationError(_("Decide at least one line."))
        return data

    def decisions(self) -> list[tuple[AccessReviewLine, str, str]]:
        """Line, verdict and reason of what was decided."""
        data = self.cleaned_data
        return [
            (line, data[f"{VERDICT}{line.pk}"], data[f"{REASON}{line.pk}"])
            for line in self.lines
            if data[f"{VERDICT}{line.pk}"]
        ]

    def rows(self) -> list[tuple[AccessReviewLine, forms.BoundField, forms.BoundField]]:
        return [(line, self[f"{VERDICT}{line.pk}"], self[f"{REASON}{line.pk}"]) for line in self.lines]


class SignForm(OwnPasswordForm):
    """The password stands for the signature."""

    wrong_password = gettext_lazy("This is not your password. The review is not signed.")
    statement = forms.CharField(
        label=gettext_lazy("Remark"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    field_order = ("statement", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Your password, as your signature")
