"""What is entered of obligations and of their performance."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from casemgr.cases.instalments import due_days, instalments_of
from casemgr.cases.models import Case, Participation
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm, DateField, Form, MoneyField
from casemgr.pages.row_forms import Rows, flatten
from litigation.actions.rulings import ruling_label
from litigation.following import SIDES, rulings_of
from litigation.models import Obligation, Performed, Ruling
from litigation.obligations import obligations_of, open_amount, owed
from litigation.performing import DISCLOSURE_TERM, binding_on
from litigation.terms import ObligationKind, TermUnit

OBLIGATIONS = "obligations"
MOST_INSTALMENTS = 120


def binding_rulings(case: Case) -> list[Ruling]:
    """Papers that bind, and withdrawals that were allowed: what can ask something of a party."""
    facts = events.facts_of(case)
    return [one for one in rulings_of(case) if binding_on(one, facts) is not None]


class ObligationRow(ContextForm):
    """One thing one side owes; several instalments of one debt are entered once."""

    debtor = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Who owes"))
    creditor = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("To whom"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of obligation"), choices=ObligationKind.choices)
    text = forms.CharField(label=gettext_lazy("What for, or what is to be done"), max_length=500)
    amount_yuan = MoneyField(
        label=pgettext_lazy("obligation", "Amount in yuan"),
        required=False,
        help_text=gettext_lazy("Of several instalments the sum of all."),
    )
    due_on = DateField(
        label=gettext_lazy("Last day, if the paper names it"),
        required=False,
        help_text=gettext_lazy("Of several instalments the first."),
    )
    term_length = forms.IntegerField(
        label=gettext_lazy("Or term, counted from the day it is effective"), min_value=1, max_value=999, required=False
    )
    term_unit = forms.ChoiceField(
        label=gettext_lazy("Unit of the term"), choices=TermUnit.choices, initial=TermUnit.DAYS, required=False
    )
    instalments = forms.IntegerField(
        label=gettext_lazy("Instalments"), min_value=1, max_value=MOST_INSTALMENTS, initial=1, required=False
    )
    every_months = forms.IntegerField(
        label=gettext_lazy("Every … months"), min_value=1, max_value=36, initial=1, required=False
    )
    is_joint = forms.BooleanField(label=gettext_lazy("Owed jointly with others"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = self.subject.participations.filter(left_on__isnull=True, role__in=SIDES)
        for name in ("debtor", "creditor"):
            self.fields[name].queryset = parts.select_related("party").order_by("-role", "order", "id")
            self.fields[name].label_from_instance = lambda part: part.with_role

    def has_changed(self) -> bool:
        """What a row has of itself does not make it a filled one."""
        return not {"kind", "term_unit", "instalments", "every_months"}.issuperset(self.changed_data)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["instalments"] = data.get("instalments") or 1
        data["every_months"] = data.get("every_months") or 1
        if data.get("debtor") and data.get("debtor") == data.get("creditor"):
            self.add_error("creditor", _("Nobody owes anything to themselves. Choose the other side."))
        if data.get("kind") == ObligationKind.PAY and "amount_yuan" not in self.errors and not data.get("amount_yuan"):
            self.add_error("amount_yuan", _("A payment needs its amount in yuan, above zero."))
        if data.get("due_on") and data.get("term_length"):
            self.add_error("term_length", _("Enter the day or the term, not both."))
        if data["instalments"] > 1:
            self._check_instalments(data)
        data["term_unit"] = (data.get("term_unit") or TermUnit.DAYS) if data.get("term_length") else ""
        if data.get("kind") == ObligationKind.DISCLOSE and not data.get("due_on") and not data.get("term_length"):
            data["term_length"], data["term_unit"] = DISCLOSURE_TERM
        return data

    def _check_instalments(self, data: Mapping[str, Any]) -> None:
        if not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Instalments need the day of the first one."))
        amount = data.get("amount_yuan")
        if amount and amount < Decimal("0.01") * data["instalments"]:
            self.add_error("instalments", _("Each instalment must be at least one fen."))

    def rows(self, ruling: Ruling, order: int, debt: int) -> list[Obligation]:
        """One unsaved row for each instalment; together they are exactly the amount."""
        data = self.cleaned_data
        number = data["instalments"]
        amounts = instalments_of(data["amount_yuan"], number) if data.get("amount_yuan") else [None] * number
        days = due_days(data["due_on"], number, data["every_months"]) if data.get("due_on") else [None] * number
        names = ("debtor", "creditor", "kind", "text", "is_joint", "term_length", "term_unit")
        shared = {"ruling": ruling, "debt": debt, **{name: data[name] for name in names}}
        return [
            Obligation(order=order + index, instalment=index + 1, amount_yuan=amount, due_on=day, **shared)
            for index, (amount, day) in enumerate(zip(amounts, days, strict=True))
        ]


class OpenPerformanceForm(Form):
    """Which paper asks what of whom; the term as the paper has it."""

    wants_context = True
    page_template = "litigation/_obligations_form.html"

    ruling = forms.ModelChoiceField(Ruling.objects.none(), label=gettext_lazy("Court paper"))

    def __init__(self, data: Any = None, files: Any = None, *, subject: Case, actor: Any, today: Any, **kwargs: Any):
        data = flatten(data, OBLIGATIONS) if data is not None else None
        super().__init__(data, files, **kwargs)
        self.subject, self.today = subject, today
        papers = binding_rulings(subject)
        found = Ruling.objects.filter(pk__in=[one.pk for one in papers]).select_related("in_instance")
        self.fields["ruling"].queryset = found
        self.fields["ruling"].label_from_instance = ruling_label
        if papers and not self.is_bound:
            self.fields["ruling"].initial = papers[-1].pk
        context = {"subject": subject, "actor": actor, "today": today}
        self.obligations = Rows(ObligationRow, data, OBLIGATIONS, shown=0 if data is not None else 1, **context)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.obligations.is_valid()
        for name, errors in self.obligations.errors():
            self._errors[name] = errors
        if not self.obligations.filled and not self.errors:
            self.add_error(None, _("Enter at least one obligation, or record that there is nothing to perform."))
        return data

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Lines for the top of the page: one for each row with errors."""
        return [
            (row.prefix, _("Obligation %(number)d: please correct the entries") % {"number": number})
            for number, row in enumerate(self.obligations, start=1)
            if row.errors
        ]


def obligation_label(one: Obligation) -> str:
    """达拉特旗公安局 → 王宝音　返还罚款　500.00 yuan open　2026-12-01"""
    text = f"{one.debtor.name}{f' → {one.creditor.name}' if one.creditor else ''}　{one.text}"
    if one.amount_yuan is not None and (left := open_amount(one)):
        text += "　" + _("%(amount)s yuan open") % {"amount": f"{left:.2f}"}
    return text + (f"　{long_date(one.due_on)}" if one.due_on else "")


class ObligationDayForm(DayForm):
    """A day on which something happened to one obligation: the first that is owed is proposed."""

    obligation = forms.ModelChoiceField(Obligation.objects.none(), label=gettext_lazy("Obligation"))

    field_order: ClassVar = ["obligation", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {one.pk: one for one in self.choices()}
        field = self.fields["obligation"]
        field.queryset = Obligation.objects.filter(pk__in=self.rows)
        field.label_from_instance = lambda one: obligation_label(self.rows[one.pk])
        if self.rows:
            field.initial = next(iter(self.rows))

    def choices(self) -> list[Obligation]:
        return owed(self.subject)

    def clean_obligation(self) -> Obligation:
        """The row with its names and performances."""
        return self.rows[self.cleaned_data["obligation"].pk]


class PerformanceForm(ObligationDayForm):
    amount_yuan = MoneyField(
        label=pgettext_lazy("obligation", "Amount in yuan"),
        required=False,
        help_text=gettext_lazy("Empty: all that is open."),
    )
    proof = forms.CharField(
        label=pgettext_lazy("performance", "Proof"),
        max_length=300,
        help_text=gettext_lazy("Transfer slip, receipt, number of the new act and its service; no card number."),
    )
    is_same_act = forms.BooleanField(
        label=gettext_lazy("The new act repeats the old one: same facts and reasons, basically the same result"),
        required=False,
        help_text=gettext_lazy("Then it is no performance (Litigation Law, art. 71), unless only procedure was wrong."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        one, amount = data.get("obligation"), data.get("amount_yuan")
        if one is None or "amount_yuan" in self.errors:
            return data
        if data.get("is_same_act") and one.kind != ObligationKind.REDO:
            self.add_error("is_same_act", _("Only of an act that is to be made anew."))
        if one.amount_yuan is None:
            if amount:
                self.add_error("amount_yuan", _("This obligation names no amount. Leave the entry empty."))
            data["amount_yuan"] = None
            return data
        left = open_amount(one)
        data["amount_yuan"] = left if amount is None else amount
        if data["amount_yuan"] <= Decimal(0):
            self.add_error("amount_yuan", _("Enter an amount above zero."))
        elif data["amount_yuan"] > left:
            self.add_error("amount_yuan", _("Only %(left)s yuan are open here.") % {"left": f"{left:.2f}"})
        return data


class WaiverForm(ObligationDayForm):
    proof = forms.CharField(label=gettext_lazy("The creditor's declaration (paper or record)"), max_length=300)


class InterruptionForm(ObligationDayForm):
    proof = forms.CharField(
        label=gettext_lazy("What interrupts it: demand, promise or part performance, with its paper"), max_length=300
    )

    def choices(self) -> list[Obligation]:
        return [one for one in super().choices() if one.enforceable_from is not None]


def counting_performances(case: Case) -> list[Performed]:
    """What counts as performed so far."""
    return [row for one in obligations_of(case) for row in one.performances.all() if row.counts]


def performance_label(row: Performed) -> str:
    """2026年10月8日　返还罚款　转账凭证"""
    return f"{long_date(row.on)}　{row.obligation}　{row.proof}"


class DeniedForm(DayForm):
    performance = forms.ModelChoiceField(Performed.objects.none(), label=gettext_lazy("Recorded performance"))
    reason = forms.CharField(
        label=gettext_lazy("What was found, and by whom"), max_length=500, widget=forms.Textarea({"rows": 2})
    )

    field_order: ClassVar = ["performance", "on", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [row.pk for row in counting_performances(self.subject)]
        found = Performed.objects.filter(pk__in=ids).select_related("obligation")
        self.fields["performance"].queryset = found
        self.fields["performance"].label_from_instance = lambda row: (
            f"{long_date(row.on)}　{row.obligation}　{row.proof}"
        )
        if len(ids) == 1:
            self.fields["performance"].initial = ids[0]


class RemovalForm(Form):
    """An obligation that was entered by mistake, or wrongly."""

    wants_context = True

    obligation = forms.ModelChoiceField(Obligation.objects.none(), label=gettext_lazy("Obligation"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, subject: Case, actor: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {one.pk: one for one in obligations_of(subject) if not one.performances.all()}
        self.fields["obligation"].queryset = Obligation.objects.filter(pk__in=rows)
        self.fields["obligation"].label_from_instance = lambda one: obligation_label(rows[one.pk])
