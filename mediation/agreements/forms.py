"""What is entered of an agreement: its text, who owes what, and how each side signed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.day_forms import DayForm
from casemgr.cases.instalments import due_days, instalments_of, total_of
from casemgr.cases.models import Case, Participation
from casemgr.cases.representation.acting import SIDES, ThroughMixin
from casemgr.pages.forms import ContextForm, DateField, MoneyField
from casemgr.pages.row_forms import Rows, flatten
from mediation.agreements.effect import Rule, rule_for
from mediation.agreements.standing import agreement_of, is_person, required_signers
from mediation.course.people import current_mediators
from mediation.models import Agreement, AgreementSignature, Obligation
from mediation.terms import ObligationKind

OBLIGATIONS = "obligations"
MOST_INSTALMENTS = 120
TEXT = forms.Textarea({"rows": 3})
Kind = AgreementSignature.Kind


def _part_label(part: Participation) -> str:
    return part.with_role


class ObligationForm(ContextForm):
    """One thing one side owes the other; several instalments of one debt are entered once."""

    debtor = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Who owes"))
    creditor = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("To whom"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of obligation"), choices=ObligationKind.choices, initial=ObligationKind.PAY
    )
    subject = forms.CharField(label=gettext_lazy("What for, or what is to be done"), max_length=300)
    amount_yuan = MoneyField(
        label=pgettext_lazy("obligation", "Amount in yuan"),
        required=False,
        help_text=gettext_lazy("Of several instalments the sum of all."),
    )
    due_on = DateField(label=gettext_lazy("Due on (first instalment)"), required=False)
    instalments = forms.IntegerField(
        label=gettext_lazy("Instalments"), min_value=1, max_value=MOST_INSTALMENTS, initial=1, required=False
    )
    every_months = forms.IntegerField(
        label=gettext_lazy("Every … months"), min_value=1, max_value=36, initial=1, required=False
    )
    done = forms.BooleanField(label=gettext_lazy("Performed on the spot"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        parts = self.subject.participations.filter(left_on__isnull=True, role__in=SIDES).order_by("role", "order", "id")
        for name in ("debtor", "creditor"):
            self.fields[name].queryset = parts
            self.fields[name].label_from_instance = _part_label

    def has_changed(self) -> bool:
        """Entries that a row has of itself do not make it a filled one."""
        return not {"kind", "instalments", "every_months"}.issuperset(self.changed_data)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["instalments"] = data.get("instalments") or 1
        data["every_months"] = data.get("every_months") or 1
        if data.get("debtor") and data.get("debtor") == data.get("creditor"):
            self.add_error("creditor", _("Nobody owes anything to themselves. Choose the other side."))
        if data.get("kind") == ObligationKind.PAY:
            self._check_payment(data)
        if data["instalments"] > 1:
            self._check_instalments(data)
        return data

    def _check_payment(self, data: Mapping[str, Any]) -> None:
        if not data.get("amount_yuan") and "amount_yuan" not in self.errors:
            self.add_error("amount_yuan", _("A payment needs its amount in yuan, above zero."))
        if not data.get("creditor") and "creditor" not in self.errors:
            self.add_error("creditor", _("Choose to whom it is paid."))

    def _check_instalments(self, data: Mapping[str, Any]) -> None:
        if not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Instalments need the day of the first one."))
        if data.get("done"):
            self.add_error("done", _("What is paid in instalments is not performed on the spot."))
        amount = data.get("amount_yuan")
        if amount and amount < Decimal("0.01") * data["instalments"]:
            self.add_error("instalments", _("Each instalment must be at least one fen."))

    def rows(self, agreement: Agreement) -> list[Obligation]:
        """One unsaved row for each instalment; together they are exactly the amount."""
        data = self.cleaned_data
        number = data["instalments"]
        amounts = instalments_of(data["amount_yuan"], number) if data.get("amount_yuan") else [None] * number
        days = due_days(data["due_on"], number, data["every_months"]) if data.get("due_on") else [None] * number
        shared = {name: data[name] for name in ("debtor", "creditor", "kind", "subject")}
        return [
            Obligation(agreement=agreement, amount_yuan=amount, due_on=day, instalment=index, **shared)
            for index, (amount, day) in enumerate(zip(amounts, days, strict=True), start=1)
        ]


class ObligationsMixin:
    """A form with a block of obligations: `obligations-0-debtor`, …, or a list of mappings."""

    page_template = "mediation/_agreement_form.html"

    def fill_obligations(self, data: Mapping[str, Any] | None) -> None:
        context = {"subject": self.subject, "actor": self.actor, "today": self.today}
        self.obligations = Rows(ObligationForm, data, OBLIGATIONS, shown=0 if data is not None else 1, **context)

    def clean_obligations(self, data: Mapping[str, Any]) -> None:
        """The rows' errors become the form's; their sum is the total that the text names, to the fen."""
        self.obligations.is_valid()
        for name, errors in self.obligations.errors():
            self._errors[name] = errors
        filled = [row for row in self.obligations.filled if not row.errors]
        total = total_of(row.cleaned_data.get("amount_yuan") for row in filled if _is_payment(row))
        named = data.get("total_yuan")
        if named is not None and len(filled) == len(self.obligations.filled) and named != total:
            words = {"named": f"{named:.2f}", "total": f"{total:.2f}"}
            self.add_error(
                "total_yuan",
                _("The payments below add up to %(total)s yuan, the text names %(named)s. Correct one of them.")
                % words,
            )
        data["payments_yuan"] = total

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Lines for the top of the page: one for each row with errors."""
        return [
            (row.prefix, _("Obligation %(number)d: please correct the entries") % {"number": number})
            for number, row in enumerate(self.obligations, start=1)
            if row.errors
        ]


def _is_payment(row: ObligationForm) -> bool:
    return row.cleaned_data.get("kind") == ObligationKind.PAY


class WrittenForm(ObligationsMixin, DayForm):
    """The text of a written agreement. Art. 29 says what it may contain: nothing of that blocks."""

    on = DateField(label=gettext_lazy("Agreed on"))
    facts = forms.CharField(
        label=gettext_lazy("Main facts and points of dispute"), max_length=4000, widget=TEXT, required=False
    )
    responsibility = forms.CharField(
        label=gettext_lazy("Responsibility of each side"), max_length=2000, widget=TEXT, required=False
    )
    content = forms.CharField(
        label=gettext_lazy("What was agreed"), max_length=6000, widget=forms.Textarea({"rows": 5})
    )
    breach = forms.CharField(
        label=gettext_lazy("Consequences of a breach"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        required=False,
    )
    payment_way = forms.CharField(
        label=gettext_lazy("Way of payment"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("In cash against receipt, or to whose account at which bank; no card number."),
    )
    total_yuan = MoneyField(
        label=gettext_lazy("Total in yuan, as the text names it"),
        required=False,
        help_text=gettext_lazy("Compared with the payments entered below, to the fen."),
    )
    copies = forms.IntegerField(label=gettext_lazy("Copies"), min_value=1, max_value=500, required=False)
    on_paper = forms.BooleanField(label=gettext_lazy("Signed on paper, not on the court's platform"), required=False)

    def __init__(self, data=None, files=None, **kwargs) -> None:
        data = flatten(data, OBLIGATIONS) if data is not None else None
        super().__init__(data, files, **kwargs)
        if not self.subject.facts.on_platform:
            del self.fields["on_paper"]
        del self.fields["note"]
        self.fill_obligations(data)
        if not self.is_bound:
            self.fields["facts"].initial = self.subject.facts.summary
            self.fields["copies"].initial = len(required_signers(self.subject)) + 1

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["copies"] = data.get("copies") or len(required_signers(self.subject)) + 1
        self.clean_obligations(data)
        return data

    def columns(self, case: Case) -> dict[str, Any]:
        """The agreement's columns."""
        names = ("facts", "responsibility", "content", "breach", "payment_way", "copies")
        data = self.cleaned_data
        total = data.get("total_yuan") if data.get("total_yuan") is not None else data["payments_yuan"] or None
        rule = rule_for(case.facts, on_paper=data.get("on_paper", False))
        return {name: data[name] for name in names} | {"made_on": data["on"], "total_yuan": total, "rule": rule}


class ChangeWrittenForm(WrittenForm):
    """The same, filled with the text as it stands; the obligations are entered anew."""

    def __init__(self, data=None, files=None, **kwargs) -> None:
        super().__init__(data, files, **kwargs)
        agreement = agreement_of(self.subject)
        if self.is_bound or agreement is None:
            return
        for name in ("facts", "responsibility", "content", "breach", "payment_way", "total_yuan", "copies"):
            self.fields[name].initial = getattr(agreement, name)
        self.fields["on"].initial = agreement.made_on
        if "on_paper" in self.fields:
            self.fields["on_paper"].initial = agreement.rule != Rule.PLATFORM
        self.obligations = _filled_rows(self, agreement)


def _filled_rows(form: WrittenForm, agreement: Agreement) -> Rows:
    """Every instalment as a row of its own, for correction one by one."""
    values: dict[str, Any] = {}
    for index, one in enumerate(agreement.obligations.order_by("due_on", "instalment", "id")):
        row = {
            "debtor": one.debtor_id,
            "creditor": one.creditor_id or "",
            "kind": one.kind,
            "subject": one.subject,
            "amount_yuan": "" if one.amount_yuan is None else f"{one.amount_yuan:.2f}",
            "due_on": one.due_on or "",
            "instalments": 1,
            "every_months": 1,
            **({"done": "on"} if one.payments.exists() else {}),
        }
        values |= {f"{OBLIGATIONS}-{index}-{name}": value for name, value in row.items()}
    context = {"subject": form.subject, "actor": form.actor, "today": form.today}
    return Rows(ObligationForm, values or None, OBLIGATIONS, shown=1, **context)


class OralForm(ObligationsMixin, DayForm):
    """An oral agreement as the mediator records it (People's Mediation Law, art. 28)."""

    on = DateField(label=gettext_lazy("Agreed on"))
    content = forms.CharField(
        label=gettext_lazy("What was agreed"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    no_document_wanted = forms.BooleanField(
        label=gettext_lazy("All parties say that no written agreement is needed"),
        help_text=gettext_lazy("Only then is an oral agreement possible (People's Mediation Law, art. 28)."),
    )

    def __init__(self, data=None, files=None, **kwargs) -> None:
        data = flatten(data, OBLIGATIONS) if data is not None else None
        super().__init__(data, files, **kwargs)
        del self.fields["note"]
        self.fill_obligations(data)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.clean_obligations(data)
        return data


class SignForm(ThroughMixin, DayForm):
    """One party's signature. A representative signs for all who elected it."""

    field_order: ClassVar = ["part", "on", "kind", "through"]

    part = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Party"))
    on = DateField(label=gettext_lazy("Signed on"))
    kind = forms.ChoiceField(label=gettext_lazy("How"), choices=Kind.choices, initial=Kind.SIGNATURE)
    signed_by = forms.CharField(
        label=gettext_lazy("Representative who signs for the organisation"), max_length=100, required=False
    )
    witness = forms.CharField(
        label=gettext_lazy("Witness of a fingerprint"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Who saw it, for a person who cannot write."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        agreement = agreement_of(self.subject)
        signed = set(agreement.signatures.values_list("participation_id", flat=True)) if agreement else set()
        waiting = [
            part
            for part in required_signers(self.subject, agreement.obligations.all() if agreement else ())
            if part.pk not in signed
        ]
        self.fields["part"].queryset = Participation.objects.filter(pk__in=[part.pk for part in waiting])
        self.fields["part"].label_from_instance = _part_label
        if waiting:
            self.fields["part"].initial = waiting[0].pk
        self.add_through()
        if not any(not is_person(part) for part in waiting):
            del self.fields["signed_by"]
        if not self.fields["through"].queryset.exists():
            del self.fields["through"]
        self.order_fields(["part", "on", "kind", "through", "signed_by", "witness", "note"])
        if agreement is not None and agreement.rule == Rule.PLATFORM:
            self.fields["kind"].initial = Kind.ELECTRONIC
        if not self.is_bound and waiting and not is_person(waiting[0]):
            self.fields["signed_by"].initial = waiting[0].party.legal_representative

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        part = data.get("part")
        if part is None:
            return data
        if data.get("kind") == Kind.FINGERPRINT and not data.get("witness"):
            self.add_error("witness", _("A fingerprint alone names nobody: enter who saw it."))
        if not is_person(part):
            if data.get("kind") not in (Kind.SEAL, Kind.ELECTRONIC):
                self.add_error("kind", _("An organisation signs by its seal together with its representative."))
            if not data.get("signed_by") and not data.get("through"):
                self.add_error("signed_by", _("Enter the representative who signs beside the seal."))
        return data


class MediatorSignsForm(DayForm):
    on = DateField(label=gettext_lazy("Signed on"))
    name = forms.CharField(label=gettext_lazy("Mediator"), max_length=80)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        lead = next(iter(current_mediators(self.subject)), None)
        handler = self.subject.lead_handler
        if not self.is_bound:
            self.fields["name"].initial = lead.name if lead else handler.full_name if handler else ""


class SealForm(DayForm):
    on = DateField(label=gettext_lazy("Sealed on"))
