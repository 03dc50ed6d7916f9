"""What is entered about backlog items, years and self-checks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.models import Case
from casemgr.organisation.models import Unit
from casemgr.organisation.scope import ALL
from casemgr.pages.forms import (
    ContextForm,
    DateField,
    MoneyField,
    PastDayForm,
    SeveralRowsField,
    not_in_future,
)
from litigation.backlog.from_file import obligations_seen
from litigation.backlog.proof.forms import FilesOfProof
from litigation.backlog.states import GONE
from litigation.court_numbers import key_of
from litigation.models import BacklogItem, BacklogMeasure, BacklogYear, Obligation, SelfCheckReturn
from litigation.models.backlog import units_seen

TEXT = forms.Textarea({"rows": 3, "class": "compact"})


def own_units(actor: Any, today: date) -> Any:
    """Units a person enters items and returns for."""
    units = units_seen(actor, today)
    rows = Unit.objects.filter(ended_on__isnull=True).order_by("path")
    return rows if units is ALL else rows.filter(pk__in=units)


class ItemForm(ContextForm):
    """An item as the self-check tells it, or as the court's papers say."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Responsible unit"))
    joint_units = SeveralRowsField(
        Unit.objects.none(),
        label=gettext_lazy("Jointly liable units"),
        required=False,
        help_text=gettext_lazy("The item counts once for the banner and once in the table of each unit."),
    )
    ruling_kind = forms.ChoiceField(label=gettext_lazy("Kind of ruling"), choices=BacklogItem.RulingKind.choices)
    court_number = forms.CharField(label=gettext_lazy("Court's number"), max_length=80)
    court = forms.CharField(label=gettext_lazy("Court"), max_length=80, required=False)
    outcome = forms.CharField(label=gettext_lazy("Outcome of the ruling"), max_length=200, required=False)
    creditor = forms.CharField(
        label=gettext_lazy("Entitled party"), max_length=200, help_text=gettext_lazy("Names only, no numbers.")
    )
    effective_on = DateField(label=gettext_lazy("Effective on"))
    perform_due_on = DateField(label=gettext_lazy("Term of performance ended on"))
    duty = forms.CharField(label=gettext_lazy("What is to be performed"), max_length=500, widget=TEXT)
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)
    performed_yuan = MoneyField(label=gettext_lazy("Performed so far, in yuan"), required=False)
    leader = forms.CharField(label=gettext_lazy("Leader in charge"), max_length=50, required=False)
    finish_on = DateField(label=gettext_lazy("To be cleared by"), required=False)
    file_number = forms.CharField(label=gettext_lazy("Number of our litigation file"), max_length=80, required=False)
    obligation = forms.ModelChoiceField(
        Obligation.objects.none(),
        label=gettext_lazy("Obligation of the file"),
        required=False,
        widget=forms.HiddenInput,
    )
    note = forms.CharField(label=gettext_lazy("Remark"), required=False, max_length=1000, widget=TEXT)
    is_another = forms.BooleanField(
        label=gettext_lazy("Another obligation under the same number: an item of its own"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joint_units"].queryset = Unit.objects.filter(ended_on__isnull=True).order_by("path")
        if self.actor is None:
            return
        self.fields["unit"].queryset = own_units(self.actor, self.today)
        self.fields["obligation"].queryset = obligations_seen(self.actor, self.today)
        if not self.is_bound and self.fields["unit"].queryset.count() == 1:
            self.fields["unit"].initial = self.fields["unit"].queryset.first()

    def clean_effective_on(self) -> date:
        return not_in_future(self.cleaned_data["effective_on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        effective, due = data.get("effective_on"), data.get("perform_due_on")
        if effective and due and due < effective:
            self.add_error("perform_due_on", _("The term cannot end before the ruling is effective. Check both dates."))
        total, done = data.get("amount_yuan"), data.get("performed_yuan") or Decimal("0.00")
        data["performed_yuan"] = done
        if total is not None and done > total:
            self.add_error("performed_yuan", _("More than is owed cannot have been performed."))
        if data.get("unit") and data["unit"] in (data.get("joint_units") or []):
            self.add_error("joint_units", _("The responsible unit itself stands above: choose only the others."))
        data["court_key"] = key_of(data.get("court_number") or "")
        self._check_known(data)
        self._read_file(data)
        self._read_obligation(data)
        return data

    def _check_known(self, data: dict[str, Any]) -> None:
        if not data["court_key"] or data.get("is_another"):
            return
        known = BacklogItem.objects.filter(court_key=data["court_key"]).exclude(state__in=GONE)
        known = known.exclude(pk=self.subject.pk) if self.subject is not None else known
        if known.exists():
            self.add_error(
                "is_another",
                _("This number is in the backlog already. Go on there, or tick this box for another obligation."),
            )

    def _read_file(self, data: dict[str, Any]) -> None:
        data["case"] = None
        if not (number := (data.get("file_number") or "").strip()):
            return
        seen = Case.objects.visible_to(self.actor, self.today).filter(number=number, procedure="litigation").first()
        if seen is None:
            self.add_error("file_number", _("There is no such file within your scope. Copy the whole number."))
        data["case"] = seen

    def _read_obligation(self, data: dict[str, Any]) -> None:
        one = data.get("obligation")
        if one is None:
            return
        case = one.ruling.in_instance.case
        data["case"] = data["case"] or case
        if data["case"].pk != case.pk:
            self.add_error("file_number", _("The obligation stands in another file: %(number)s.") % {"number": case})
        known = BacklogItem.objects.filter(obligation=one).exclude(state__in=GONE)
        known = known.exclude(pk=self.subject.pk) if self.subject is not None else known
        if (item := known.first()) is not None:
            self.add_error(None, _("This obligation is in the backlog already: %(item)s.") % {"item": item})


class VerifyForm(PastDayForm):
    on = DateField(label=gettext_lazy("Verified on"))
    is_effective = forms.BooleanField(label=gettext_lazy("The ruling is effective"), required=False)
    has_duty = forms.BooleanField(label=gettext_lazy("It obliges the unit to something"), required=False)
    is_overdue = forms.BooleanField(label=gettext_lazy("Its term has passed and it is not performed"), required=False)
    finding = forms.CharField(label=gettext_lazy("Finding"), max_length=300, widget=TEXT)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("is_effective", "has_duty", "is_overdue"):
            if not data.get(name):
                self.add_error(name, _("Without this it is no backlog item: drop it instead."))
        if self.subject is not None and data.get("on") and self.subject.perform_due_on >= data["on"]:
            self.add_error("is_overdue", _("By the entries the term has not passed yet."))
        return data


class ReasonForm(PastDayForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=TEXT)


class ReopenForm(ReasonForm):
    performed_yuan = MoneyField(
        label=gettext_lazy("Really performed so far, in yuan"),
        help_text=gettext_lazy("Without what came back or never arrived; 0 when nothing did."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject is not None and self.subject.amount_yuan is None:
            del self.fields["performed_yuan"]

    def clean_performed_yuan(self) -> Decimal:
        done = self.cleaned_data["performed_yuan"]
        if self.subject is not None and done >= self.subject.amount_yuan:
            raise forms.ValidationError(_("Who has paid all owes nothing: an item is reopened because something is."))
        return done


class CourtPaperForm(ReasonForm):
    court_paper = forms.CharField(
        label=gettext_lazy("Court paper, with number and date"),
        max_length=200,
        help_text=gettext_lazy("Only a court's paper takes an item out or pauses it."),
    )


class PlanForm(ContextForm):
    leader = forms.CharField(label=gettext_lazy("Leader in charge"), max_length=50)
    finish_on = DateField(label=gettext_lazy("To be cleared by"))
    text = forms.CharField(label=gettext_lazy("How it is to be cleared"), max_length=500, widget=TEXT)


class MeasureForm(PastDayForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=BacklogMeasure.Kind.choices)
    text = forms.CharField(label=gettext_lazy("What was done"), max_length=500, widget=TEXT)
    amount_yuan = MoneyField(label=gettext_lazy("Amount in yuan"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        amount = data.get("amount_yuan")
        if data.get("kind") == BacklogMeasure.Kind.PAYMENT and not amount:
            self.add_error("amount_yuan", _("Enter how much was paid."))
        still = self.subject.open_yuan if self.subject is not None else None
        if data.get("kind") == BacklogMeasure.Kind.PAYMENT and amount and still is not None and amount > still:
            self.add_error("amount_yuan", _("Only %(open)s yuan are still owed.") % {"open": still})
        return data


class ClaimForm(FilesOfProof):
    performed_on = DateField(
        label=gettext_lazy("Fully performed on"),
        help_text=gettext_lazy("The day of the last payment, or on which the new act was served. It decides the year."),
    )
    proof = forms.CharField(
        label=pgettext_lazy("performance", "Proof"),
        max_length=300,
        widget=TEXT,
        help_text=gettext_lazy(
            "Transfer slip, receipt, the new act with its service, or the court's notice that execution is closed. A "
            "signed settlement, a request for funds, or the end of this round of execution is no proof."
        ),
    )

    def clean_performed_on(self) -> date:
        day = not_in_future(self.cleaned_data["performed_on"], self.today)
        if self.subject is not None and day < self.subject.effective_on:
            raise forms.ValidationError(_("It cannot have been performed before the ruling was effective."))
        return day


class YearForm(ContextForm):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2015, max_value=2099)
    self_check_until = DateField(label=gettext_lazy("Self-check until"))
    target = forms.DecimalField(
        label=gettext_lazy("Target in per cent"),
        min_value=Decimal("0.01"),
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    target_on = DateField(label=gettext_lazy("To be reached by"))
    basis = forms.CharField(label=gettext_lazy("Document that sets it"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.today is not None:
            self.fields["year"].initial = self.today.year
            self.fields["target"].initial = Decimal("98")
            self.fields["target_on"].initial = date(self.today.year, 12, 31)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        known = BacklogYear.objects.filter(year=data.get("year"))
        known = known.exclude(pk=self.subject.pk) if self.subject is not None else known
        if known.exists():
            self.add_error("year", _("This year is set already."))
        if data.get("target_on") and data.get("year") and data["target_on"].year != data["year"]:
            self.add_error("target_on", _("The day lies in another year than the target."))
        return data


class SnapshotForm(ContextForm):
    on = DateField(
        label=gettext_lazy("Day of the base"),
        help_text=gettext_lazy(
            "Verified items whose term had ended by then and that are not performed enter the base."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.subject is not None:
            self.fields["on"].initial = min(self.subject.self_check_until, self.today)

    def clean_on(self) -> date:
        return not_in_future(self.cleaned_data["on"], self.today)


class ReturnForm(ContextForm):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Responsible unit"))
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2015, max_value=2099)
    quarter = forms.TypedChoiceField(
        label=gettext_lazy("Quarter"), choices=[(n, str(n)) for n in (1, 2, 3, 4)], coerce=int
    )
    own_cases = forms.IntegerField(
        label=gettext_lazy("All effective rulings that bind the unit"),
        min_value=0,
        max_value=10_000,
        help_text=gettext_lazy("Also those already performed; 0 is a report, too."),
    )
    unperformed = forms.IntegerField(
        label=gettext_lazy("Of these not performed in time"), min_value=0, max_value=10_000
    )
    signed_by = forms.CharField(label=gettext_lazy("Signed by"), max_length=50)
    submitted_on = DateField(label=gettext_lazy("Handed in on"))
    note = forms.CharField(label=gettext_lazy("Remark"), required=False, max_length=500, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is not None:
            self.fields["unit"].queryset = own_units(self.actor, self.today)
        if not self.is_bound and self.today is not None:
            self.fields["year"].initial = self.today.year
            self.fields["quarter"].initial = (self.today.month - 1) // 3 + 1
            self.fields["submitted_on"].initial = self.today

    def clean_submitted_on(self) -> date:
        return not_in_future(self.cleaned_data["submitted_on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        own, left = data.get("own_cases"), data.get("unperformed")
        if own is not None and left is not None and left > own:
            self.add_error("unperformed", _("It cannot be more than all rulings."))
        known = SelfCheckReturn.objects.filter(
            unit=data.get("unit"), year=data.get("year"), quarter=data.get("quarter")
        )
        if known.exists():
            self.add_error("quarter", _("This unit's return for the quarter is there already."))
        if left is not None and data.get("unit") and data.get("year"):
            self._check_stock(data, left)
        return data

    def _check_stock(self, data: dict[str, Any], told: int) -> None:
        """The number and the items must agree: whoever tells of four enters four."""
        known = BacklogItem.objects.of_unit(data["unit"].pk).filter(cleared_on__isnull=True).exclude(state__in=GONE)
        entered = known.count()
        if told > entered:
            self.add_error(
                "unperformed",
                _("Only %(entered)d items of this unit are entered: enter each of them first.") % {"entered": entered},
            )
