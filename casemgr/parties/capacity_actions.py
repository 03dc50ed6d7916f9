"""Recording what changes a person's capacity besides the age, and its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.organisation.roles import KEEPERS
from casemgr.pages.forms import ContextForm, DateField
from casemgr.parties.capacity import ADULT_FROM, NO_CAPACITY_BELOW, OWN_LABOUR_FROM
from casemgr.parties.models import CapacityFact, Party
from casemgr.parties.scope import may_handle

FUTURE = gettext_lazy("The date lies in the future. Enter the day on which it really happened.")


class CapacityForm(ContextForm):
    kind = forms.ChoiceField(label=gettext_lazy("What is known"), choices=CapacityFact.Kind.choices)
    from_on = DateField(
        label=gettext_lazy("From"), help_text=gettext_lazy("A declaration: the day the judgment took effect.")
    )
    paper = forms.CharField(
        label=gettext_lazy("Paper"),
        max_length=200,
        help_text=gettext_lazy(
            "Of an adult: court and number of the judgment (Civil Code, article 24). From 8 to 17 no court declares "
            "it: what proves that the child cannot discern its own conduct (article 21(2)), or the income."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        day, birth = data.get("from_on"), self.subject.birth_on
        if day and day > self.today:
            self.add_error("from_on", FUTURE)
        elif day and birth and "kind" in data:
            self._check_age(data["kind"], self.subject.age_on(day))
        return data

    def _check_age(self, kind: str, age: int) -> None:
        if kind == CapacityFact.Kind.OWN_LABOUR and not OWN_LABOUR_FROM <= age < ADULT_FROM:
            self.add_error("kind", _("This counts only from 16 to 17 years (Civil Code, article 18(2))."))
        elif kind == CapacityFact.Kind.DECLARED_LIMITED and age < ADULT_FROM:
            self.add_error("kind", _("Below 18 the age decides; this is declared of adults (Civil Code, article 22)."))
        elif kind == CapacityFact.Kind.DECLARED_NONE and age < NO_CAPACITY_BELOW:
            self.add_error("kind", _("Below 8 the age decides (Civil Code, article 20)."))


class RecordCapacity(Action):
    """An adult's declaration by a court, a child's proven want of discernment, or own labour from 16 on (Civil Code,
    art. 18(2), 21, 22; art. 24 lets a court declare adults only)."""

    name, label = "party.record_capacity", gettext_lazy("Record capacity")
    model: ClassVar = Party
    roles, form = KEEPERS, CapacityForm

    def is_visible(self, subject: Party, actor, today: date) -> bool:
        return may_handle(actor, subject, today)

    def state_refusal(self, subject: Party, today: date) -> Refusal | None:
        if subject.kind == Party.Kind.PERSON:
            return None
        return Refusal("not-a-person", _("Only natural persons have an age and a capacity of this kind."))

    def execute(self, subject: Party, data: Mapping[str, Any], context: ActionContext) -> Party:
        CapacityFact(party=subject, **{name: data[name] for name in ("kind", "from_on", "paper")}).save()
        return subject


class EndCapacityForm(ContextForm):
    fact = forms.ModelChoiceField(CapacityFact.objects.none(), label=gettext_lazy("What is known"))
    until_on = DateField(label=gettext_lazy("Last day"))
    reason = forms.CharField(label=gettext_lazy("Reason and paper that proves it"), max_length=300)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].queryset = self.subject.capacity_facts.filter(until_on__isnull=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        until, fact = data.get("until_on"), data.get("fact")
        if until and until > self.today:
            self.add_error("until_on", FUTURE)
        elif until and fact and until < fact.from_on:
            self.add_error("until_on", _("The end lies before the beginning."))
        return data


class EndCapacity(RecordCapacity):
    """A new judgment gave capacity back (Civil Code, art. 24(2)), or the entry was wrong."""

    name, label = "party.end_capacity", gettext_lazy("End this entry on capacity")
    form = EndCapacityForm

    def execute(self, subject: Party, data: Mapping[str, Any], context: ActionContext) -> Party:
        fact: CapacityFact = data["fact"]
        fact.until_on = data["until_on"]
        fact.save()
        return subject


ACTIONS = (RecordCapacity, EndCapacity)
