"""What is entered of sheets, objections and answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.assessment.models import SheetLine, SheetObjection, UnitSheet
from casemgr.assessment.models.plan import EARLIEST
from casemgr.documents.kept_papers import printable
from casemgr.documents.uploads.fields import FilesField
from casemgr.organisation.models import Unit
from casemgr.pages.forms import CHOOSE, ContextForm, DateField

TEXT = forms.Textarea({"rows": 4})
TERM = timedelta(days=10)
"""For objections, where nobody says otherwise; our own measure."""


class NewSheetForm(ContextForm):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=EARLIEST)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.exclude(kind__in=(Unit.Kind.STUDIO, Unit.Kind.COMMITTEE))

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if self.today is not None and year > self.today.year:
            raise forms.ValidationError(_("This year has not begun."))
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if UnitSheet.objects.filter(year=data.get("year"), unit=data.get("unit")).exists():
            self.add_error("unit", _("The unit has a sheet of this year already."))
        return data


class SendForm(ContextForm):
    object_until = DateField(label=gettext_lazy("Objections until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.today is not None:
            self.fields["object_until"].initial = self.today + TERM

    def clean_object_until(self) -> date:
        until = self.cleaned_data["object_until"]
        if until < self.today:
            raise forms.ValidationError(_("This day is over. Enter today or a later day."))
        return until


class ObjectForm(ContextForm):
    line = forms.ModelChoiceField(SheetLine.objects.none(), label=pgettext_lazy("sheet", "Number objected to"))
    text = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=TEXT, validators=[printable])
    files = FilesField(label=gettext_lazy("Papers that show it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = self.subject.lines.all()
        self.fields["line"].label_from_instance = lambda line: f"{line.name}：{line.number}"


class AnswerForm(ContextForm):
    objection = forms.ModelChoiceField(SheetObjection.objects.none(), label=pgettext_lazy("sheet", "Objection"))
    verdict = forms.ChoiceField(
        label=gettext_lazy("Result"),
        choices=(
            CHOOSE,
            ("accepted", pgettext_lazy("sheet", "Accepted: the register is put right")),
            ("refused", pgettext_lazy("sheet", "Not accepted")),
        ),
    )
    answer = forms.CharField(label=gettext_lazy("Answer"), max_length=2000, widget=TEXT, validators=[printable])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = SheetObjection.objects.filter(line__sheet=self.subject, answered_on__isnull=True)
        self.fields["objection"].queryset = waiting.select_related("line")
        self.fields["objection"].label_from_instance = lambda one: f"{one.line.name}：{one.text[:40]}"


__all__ = ["AnswerForm", "NewSheetForm", "ObjectForm", "SendForm"]
