"""What is entered of performance and its failure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.day_forms import DayForm, PartyDayForm
from casemgr.cases.models import Case, Participation
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ClockField, MoneyField, SeveralChoicesField
from mediation.agreements import sentences
from mediation.agreements.breach import BreachRoute, is_enforceable, routes_after_breach
from mediation.agreements.debts import enforceable
from mediation.agreements.obligations import is_settled, open_amount
from mediation.agreements.standing import in_effect, obligations_of
from mediation.models import Obligation, Visit
from mediation.terms import ObligationKind

SIDES = (Participation.Role.APPLICANT, Participation.Role.RESPONDENT, Participation.Role.THIRD_PARTY)


def owed(case: Case) -> list[Obligation]:
    """What is still to be performed of the agreement in effect."""
    return [one for one in obligations_of(in_effect(case)) if not is_settled(one)]


def obligation_label(one: Obligation) -> str:
    """李四 → 王宝音 赔偿款 1000.00 (due …)."""
    text = f"{one.debtor.name}{f' → {one.creditor.name}' if one.creditor else ''}　{one.subject}"
    if one.amount_yuan is not None and (left := open_amount(one)):
        text += "　" + _("%(amount)s yuan open") % {"amount": f"{left:.2f}"}
    return text + (f"　{long_date(one.due_on)}" if one.due_on else "")


class ObligationDayForm(DayForm):
    """A form about one obligation: the first that is owed is proposed."""

    obligation = forms.ModelChoiceField(Obligation.objects.none(), label=gettext_lazy("Obligation"))

    field_order: ClassVar = ["obligation", "on"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {one.pk: one for one in self.choices()}
        field = self.fields["obligation"]
        field.queryset = Obligation.objects.filter(pk__in=self.rows).select_related("debtor", "creditor")
        field.label_from_instance = lambda one: obligation_label(self.rows[one.pk])
        if self.rows:
            field.initial = next(iter(self.rows))

    def choices(self) -> list[Obligation]:
        return owed(self.subject)

    def clean_obligation(self) -> Obligation:
        """The row with its names and payments."""
        return self.rows[self.cleaned_data["obligation"].pk]


class PerformanceForm(ObligationDayForm):
    amount_yuan = MoneyField(
        label=pgettext_lazy("obligation", "Amount in yuan"),
        required=False,
        help_text=gettext_lazy("Empty: all that is open."),
    )
    proof = forms.CharField(
        label=pgettext_lazy("performance", "Proof"),
        max_length=200,
        help_text=gettext_lazy("Receipt, transfer slip, or who saw it; no card number."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        one, amount = data.get("obligation"), data.get("amount_yuan")
        if one is None or "amount_yuan" in self.errors:
            return data
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
    proof = forms.CharField(label=gettext_lazy("The creditor's declaration (paper or record)"), max_length=200)


class Answer(models.TextChoices):
    """What the committee does about a breach (People's Mediation Law, art. 31(2), 32)."""

    PERSUADED = "persuaded", pgettext_lazy("breach", "Urged to perform")
    ADVISED = "advised", pgettext_lazy("breach", "The other side was told what it can do")


class BreachForm(ObligationDayForm):
    answer = forms.ChoiceField(
        label=gettext_lazy("What was done"), choices=Answer.choices, widget=forms.RadioSelect, initial=Answer.PERSUADED
    )
    routes = SeveralChoicesField(label=gettext_lazy("Ways the other side was told of"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        agreement = in_effect(self.subject)
        self.enforceable = agreement is not None and is_enforceable(self.subject, agreement)
        open_ways = {
            way for one in self.rows.values() for way in routes_after_breach(self.subject, one, self.enforceable)
        }
        self.fields["routes"].choices = [(way.value, way.label) for way in BreachRoute if way in open_ways]

    def choices(self) -> list[Obligation]:
        """Also what must be refrained from."""
        rows = obligations_of(in_effect(self.subject))
        return [one for one in rows if not is_settled(one) or one.kind == ObligationKind.REFRAIN]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        one = data.get("obligation")
        if one is None:
            return data
        if data.get("answer") == Answer.ADVISED and not data.get("routes"):
            self.add_error("routes", _("Tick what the other side was told it can do."))
        known = routes_after_breach(self.subject, one, self.enforceable)
        wrong = [BreachRoute(way).label for way in data.get("routes") or [] if way not in known]
        if wrong:
            text = _("This way is not open for this obligation: %(ways)s")
            self.add_error("routes", text % {"ways": "、".join(str(way) for way in wrong)})
        return data


class SuitForm(PartyDayForm):
    party_roles: ClassVar = SIDES
    court_number = forms.CharField(label=gettext_lazy("Court case number"), required=False, max_length=80)


class SuitResult(models.TextChoices):
    """Columns of table M-1: what the judgment made of the agreement."""

    UPHELD = "upheld", pgettext_lazy("suit", "Agreement upheld")
    CHANGED = "changed", pgettext_lazy("suit", "Agreement changed")
    REVOKED = "revoked", pgettext_lazy("suit", "Agreement revoked")
    INVALID = "invalid", pgettext_lazy("suit", "Agreement found invalid")
    ENDED = "ended", pgettext_lazy("suit", "Ended without judgment")


class SuitResultForm(DayForm):
    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=SuitResult.choices)
    court_number = forms.CharField(label=gettext_lazy("Number of the judgment"), required=False, max_length=80)


class EnforcementForm(PartyDayForm):
    """For which debt: each has two years of its own (Civil Procedure Law, art. 250)."""

    party_roles: ClassVar = SIDES
    debt = forms.TypedChoiceField(
        label=gettext_lazy("Debt"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Choose for which debt enforcement was applied for: each has its own period.")
        },
    )
    court = forms.CharField(label=gettext_lazy("Court"), max_length=80, required=False)

    field_order: ClassVar = ["debt", "party", "on", "court"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.debts = {debt.key: debt for debt in enforceable(self.subject, in_effect(self.subject))}
        choices = [(key, sentences.debt(debt.words())) for key, debt in self.debts.items()]
        if len(choices) == 1:
            self.fields["debt"].initial, self.fields["debt"].required = choices[0][0], False
        elif choices:
            choices.insert(0, ("", _("Choose the debt")))
        else:
            del self.fields["debt"]
            return
        self.fields["debt"].choices = choices

    def clean(self) -> dict[str, Any]:
        """The debt itself; the only one need not be named."""
        data = super().clean()
        if "debt" not in self.fields or "debt" in self.errors:
            return data
        data["debt"] = self.debts[data["debt"]] if data.get("debt") else next(iter(self.debts.values()))
        return data


class VisitForm(DayForm):
    time = ClockField(label=gettext_lazy("Time"), required=False)
    interviewee = forms.CharField(label=gettext_lazy("Person visited"), max_length=100)
    visit_reason = forms.CharField(label=gettext_lazy("Reason of the visit"), max_length=200, required=False)
    performance = forms.CharField(
        label=gettext_lazy("How the agreement is performed"), max_length=300, widget=forms.Textarea({"rows": 2})
    )
    satisfaction = forms.ChoiceField(
        label=gettext_lazy("Satisfaction"), choices=Visit.Satisfaction.choices, widget=forms.RadioSelect
    )
    sued = forms.CharField(label=gettext_lazy("Sued, and with which result"), max_length=200, required=False)
    escalation = forms.CharField(label=gettext_lazy("Sign of escalation"), max_length=200, required=False)
    action = forms.CharField(label=gettext_lazy("What was done about it"), max_length=300, required=False)
    visitor = forms.CharField(label=gettext_lazy("Visited by"), max_length=50)

    field_order: ClassVar = ["on", "time", "interviewee", "performance", "satisfaction"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]
        if not self.is_bound:
            self.fields["visitor"].initial = self.actor.full_name

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("escalation") and not data.get("action"):
            self.add_error("action", _("Say what was done about the sign of escalation."))
        return data
