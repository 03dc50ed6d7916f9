"""The calculator's form. It travels in the address, so that a result can be sent on and Back restores it."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.pages.forms import DateField, Form
from casemgr.timelimits import registry
from casemgr.timelimits.arithmetic import Suspension

MAX_SUSPENSIONS = 6
FAMILIES: tuple[tuple[str, str | Promise], ...] = (
    ("R-", gettext_lazy("Reconsideration")),
    ("L-", gettext_lazy("Litigation")),
    ("J-", gettext_lazy("Judicial suggestions")),
    ("P-", gettext_lazy("Suggestions of the procuratorate")),
    ("M-", gettext_lazy("Mediation")),
)


def rule_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every code with its newest name, by family; rules without a length of their own at the end of each."""
    groups = []
    for prefix, label in FAMILIES:
        known = [registry.versions(code)[0] for code in registry.codes() if code.startswith(prefix)]
        known.sort(key=lambda rule: (rule.period is None, rule.code))
        if known:
            groups.append((str(label), [(rule.code, f"{rule.name}（{rule.code}）") for rule in known]))
    return groups


class CalculatorForm(Form):
    """Rule, start, law version, suspensions in pairs of days, extension."""

    code = forms.ChoiceField(label=gettext_lazy("Rule"))
    start = DateField(label=gettext_lazy("Day of the event"), help_text=gettext_lazy("This day itself is not counted."))
    law = forms.ChoiceField(
        label=gettext_lazy("Version of the Reconsideration Law"),
        required=False,
        choices=[("", gettext_lazy("By the day of the event")), ("2023", "2023"), ("2017", "2017")],
    )
    extend = forms.IntegerField(label=gettext_lazy("Extended by days"), required=False, min_value=1, max_value=3650)

    def __init__(self, data: QueryDict | None = None, **kwargs) -> None:
        super().__init__(data, **kwargs)
        self.fields["code"].choices = [("", _("Please choose")), *rule_choices()]
        self.pairs = _pairs(data or {})
        for number in range(self.pairs):
            self.fields[f"suspend_from_{number}"] = DateField(label=_("Suspended on"), required=False)
            self.fields[f"suspend_to_{number}"] = DateField(
                label=_("Resumed on"), required=False, help_text=_("Leave empty while it is still suspended.")
            )

    def suspension_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"suspend_from_{number}"], self[f"suspend_to_{number}"]) for number in range(self.pairs)]

    def clean(self) -> dict:
        data = super().clean()
        for number in range(self.pairs):
            if data.get(f"suspend_to_{number}") and not data.get(f"suspend_from_{number}"):
                self.add_error(f"suspend_from_{number}", _("Say on which day the suspension began."))
        return data

    def suspensions(self) -> list[Suspension]:
        found = []
        for number in range(self.pairs):
            first: date | None = self.cleaned_data.get(f"suspend_from_{number}")
            if first:
                found.append(Suspension(first, self.cleaned_data.get(f"suspend_to_{number}")))
        return found

    def field_for(self, name: str) -> str | None:
        """The field that shows an error of the answer."""
        return "suspend_from_0" if name == "suspend" else name


def _pairs(data) -> int:
    """The filled pairs and one more."""
    filled = [number for number in range(MAX_SUSPENSIONS) if data.get(f"suspend_from_{number}")]
    return min(MAX_SUSPENSIONS, (filled[-1] if filled else -1) + 2)
