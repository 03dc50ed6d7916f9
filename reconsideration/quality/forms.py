"""What is entered of reviews, findings, rules of the office and model cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions import registry
from casemgr.organisation.models import RoleAssignment, User
from casemgr.pages.forms import ContextForm, DateField, SeveralChoicesField, not_in_future
from reconsideration.models import FileReview, OfficeRule, ReconsiderationCase, ReviewChecklist, ReviewFinding
from reconsideration.quality.checklist import TOTAL, as_text, parse
from reconsideration.quality.masked import proposal

REVIEWERS = ("officer", "head", "authority", "panel", "leader", "auditor")


def _text(
    label: Any, rows: int = 3, most: int = 8000, *, required: bool = True, help_text: Any = ""
) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=help_text, widget=forms.Textarea({"rows": rows})
    )


class ChecklistForm(ContextForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    from_on = DateField(label=gettext_lazy("Used from"))
    rows = _text(
        pgettext_lazy("review", "Items"), 16, 20_000,
        help_text=gettext_lazy("One a line: code|group|text|points|basis. The points add up to 100."),
    )  # fmt: skip
    excellent_from = forms.IntegerField(
        label=gettext_lazy("Excellent from"), min_value=1, max_value=TOTAL, initial=90, required=False
    )
    passed_from = forms.IntegerField(
        label=gettext_lazy("Passed from"), min_value=1, max_value=TOTAL, initial=75, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and (newest := ReviewChecklist.objects.first()) is not None:
            self.fields["rows"].initial = as_text(newest.items)

    def clean_rows(self) -> list[dict[str, Any]]:
        try:
            items = parse(self.cleaned_data["rows"])
        except ValueError as error:
            raise forms.ValidationError(_("A line is not complete. Write code|group|text|points|basis.")) from error
        if sum(row["points"] for row in items) != TOTAL:
            raise forms.ValidationError(_("The points of all items do not add up to 100."))
        if len({row["code"] for row in items}) != len(items):
            raise forms.ValidationError(_("Two items have the same code."))
        return items

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["excellent_from"] = data.get("excellent_from") or 90
        data["passed_from"] = data.get("passed_from") or 75
        if data["passed_from"] > data["excellent_from"]:
            self.add_error("passed_from", _("It cannot be more than what counts as excellent."))
        return data


class DrawForm(ContextForm):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2100)
    size = forms.IntegerField(label=gettext_lazy("Files to draw"), min_value=1, max_value=500)
    seed = forms.CharField(
        label=gettext_lazy("Seed of the draw"), max_length=40,
        help_text=gettext_lazy("Any word or number, best one drawn in public: with it the draw can be repeated."),
    )  # fmt: skip
    checklist = forms.ModelChoiceField(ReviewChecklist.objects.none(), label=gettext_lazy("Checklist"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checklist"].queryset = ReviewChecklist.objects.all()
        if not self.is_bound:
            self.fields["checklist"].initial = ReviewChecklist.objects.first()
            self.fields["year"].initial = self.today.year if self.today else None


class AssignForm(ContextForm):
    reviewer = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Reviewer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = RoleAssignment.objects.in_force(self.today).filter(role__in=REVIEWERS)
        self.fields["reviewer"].queryset = User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by(
            "full_name", "pk"
        )


class ReviewForm(ContextForm):
    """For each item of the checklist the points taken off and what was found; nothing for what is in order."""

    on = DateField(label=pgettext_lazy("review", "Reviewed on"))
    repair_by = DateField(label=gettext_lazy("To be put right by"), required=False)
    remark = _text(gettext_lazy("Remark"), 2, 2000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = self.subject.round.checklist.items if isinstance(self.subject, FileReview) else []
        for row in self.items:
            self.fields[f"points_{row['code']}"] = forms.DecimalField(
                label=_("%(code)s %(text)s (%(points)s points): points taken off") % row,
                min_value=0, max_value=row["points"], max_digits=4, decimal_places=1, required=False,
                help_text=row["basis"],
            )  # fmt: skip
            self.fields[f"text_{row['code']}"] = forms.CharField(
                label=_("%(code)s: what was found") % row, max_length=500, required=False
            )
        if not self.is_bound:
            self.fields["on"].initial = self.today

    def clean_on(self) -> date:
        return not_in_future(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        found = []
        for row in self.items:
            points, text = data.get(f"points_{row['code']}"), data.get(f"text_{row['code']}", "")
            if points and not text:
                self.add_error(f"text_{row['code']}", _("Say what was found where points are taken off."))
            if text:
                found.append((row["code"], points or Decimal(0), text))
        if found and not data.get("repair_by"):
            self.add_error("repair_by", _("Set the day by which the findings are put right."))
        data["found"] = found
        return data


class RepairForm(ContextForm):
    on = DateField(label=gettext_lazy("Put right on"))
    repair = _text(gettext_lazy("How it was put right"), 2, 500)

    def clean_on(self) -> date:
        on = not_in_future(self.cleaned_data["on"], self.today)
        if isinstance(self.subject, ReviewFinding) and on < self.subject.review.reviewed_on:
            raise forms.ValidationError(_("It lies before the step that went ahead. Check the date."))
        return on


class ResultForm(ContextForm):
    result = _text(gettext_lazy("Result of the year"), 6)


def step_choices() -> list[tuple[str, Any]]:
    """The steps of reconsideration that a page offers."""
    return [
        (name, action.label)
        for name, action in registry.every().items()
        if action.listed and action.model is not None and issubclass(action.model, ReconsiderationCase)
    ]


class RuleForm(ContextForm):
    kind = forms.ChoiceField(label=pgettext_lazy("office rule", "Kind"), choices=OfficeRule.Kind.choices)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    number = forms.CharField(label=pgettext_lazy("office rule", "Number of the paper"), max_length=60, required=False)
    from_on = DateField(label=gettext_lazy("In force from"))
    text = _text(pgettext_lazy("office rule", "Text"), 10, 50_000)
    steps = SeveralChoicesField(
        label=gettext_lazy("Steps it governs"), choices=step_choices, required=False,
        help_text=gettext_lazy("On the page of each of these steps a link leads here."),
    )  # fmt: skip


class EndRuleForm(ContextForm):
    until_on = DateField(label=gettext_lazy("In force until"))

    def clean_until_on(self) -> date:
        until = self.cleaned_data["until_on"]
        if self.subject is not None and until < self.subject.from_on:
            raise forms.ValidationError(_("It cannot end before it begins. Check both dates."))
        return until


class MarkForm(ContextForm):
    title = forms.CharField(label=pgettext_lazy("model case", "Title"), max_length=120)
    facts = _text(pgettext_lazy("model case", "Facts"), 6)
    reasoning = _text(pgettext_lazy("model case", "Result and reasons"), 6)
    meaning = _text(pgettext_lazy("model case", "Why it is a model"), 4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and isinstance(self.subject, ReconsiderationCase):
            self.initial = {**proposal(self.subject), **self.initial}


class EndModelForm(ContextForm):
    end_reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
