"""Cases tried together, and apart again (Regulation 2026, art. 43), and deciding like a decision in force (art. 65)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_forms import DayForm
from casemgr.cases.models import Participation
from reconsideration.actions.base import HEAD, ReconsiderationAction
from reconsideration.guards import not_before
from reconsideration.models import ReconsiderationCase
from reconsideration.states import UNDER_TRIAL
from reconsideration.terms import JoinderGround
from reconsideration.timelimits.laws import REGULATION_2026

OPEN = (*UNDER_TRIAL, "SUSPENDED")
IN_EFFECT = ("SERVED", "PERFORMING", "PERFORMED", "ARCHIVED")
TEXT = forms.Textarea({"rows": 3})


def joined_with(case: ReconsiderationCase) -> dict[int, events.Fact]:
    """By the other case's id, what joined it; without those tried apart again."""
    found: dict[int, events.Fact] = {}
    for fact in events.facts_of(case):
        if fact.kind == "joined":
            found[fact.data["other"]] = fact
        elif fact.kind == "separated":
            found.pop(fact.data["other"], None)
    return found


class OtherCaseForm(DayForm):
    """`number` names another case of reconsideration within the person's scope."""

    number = forms.CharField(label=gettext_lazy("Number of the other case"), max_length=80)

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip()
        seen = ReconsiderationCase.objects.visible_to(self.actor, self.today)
        self.other = seen.filter(number=number).exclude(pk=self.subject.pk).select_related("act").first()
        if self.other is None:
            raise forms.ValidationError(
                _("There is no such case within your scope. Copy the whole number, like 达政复字〔2026〕12号.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["other"] = getattr(self, "other", None)
        return data


class JoinForm(OtherCaseForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=JoinderGround.choices)
    reason = forms.CharField(label=gettext_lazy("Why they are tried together"), max_length=500, widget=TEXT)


class JoinCases(ReconsiderationAction):
    """Two cases about the same act, or acts of the same kind, are tried together; one decision may end both."""

    name = "reconsideration.join_cases"
    label = gettext_lazy("Try together with another case")
    topic = Topic.LINKS
    roles = HEAD
    form = JoinForm
    states: ClassVar = OPEN
    annullable = False
    instead = gettext_lazy("Try the cases apart again.")
    guards = (
        Guard(
            "regulation-in-force",
            gettext_lazy("Implementing Regulation (2026), article 43"),
            gettext_lazy("The rule on joining cases is in force since 1 July 2026."),
            lambda case, data, today: data["on"] >= REGULATION_2026.in_force[0],
            field="on",
            needs_data=True,
        ),
        Guard(
            "not-under-trial",
            gettext_lazy("Implementing Regulation (2026), article 43"),
            gettext_lazy("Both cases must be accepted and not yet ended."),
            lambda case, data, today: data["other"].state in OPEN,
            field="number",
            needs_data=True,
        ),
        Guard(
            "joined-already",
            "",
            gettext_lazy("The two cases are tried together already."),
            lambda case, data, today: data["other"].pk not in joined_with(case),
            field="number",
            needs_data=True,
        ),
        not_before("accepted"),
    )
    kind: ClassVar[str] = "joined"

    def execute(self, subject, data, context):
        other = self.lock(data["other"])
        kept = {"ground": data.get("ground", ""), "reason": data["reason"]}
        for one, two in ((subject, other), (other, subject)):
            told = {"other": two.pk, "number": two.number, "content": two.number}
            events.record(one, self.kind, data["on"], **told, **{name: value for name, value in kept.items() if value})
        settle(other, context.today)
        return super().execute(subject, data, context)


class SeparateForm(OtherCaseForm):
    reason = forms.CharField(label=gettext_lazy("Why they are tried apart"), max_length=500, widget=TEXT)


class SeparateCases(JoinCases):
    """They are tried apart again: each has its own file, its own period and its own decision all along."""

    name = "reconsideration.separate_cases"
    label = gettext_lazy("Try apart from a joined case")
    form = SeparateForm
    guards = (
        Guard(
            "not-joined",
            "",
            gettext_lazy("The two cases are not tried together."),
            lambda case, data, today: data["other"].pk in joined_with(case),
            field="number",
            needs_data=True,
        ),
        not_before("joined"),
    )
    instead = gettext_lazy("Try the cases together again.")
    kind = "separated"

    def state_refusal(self, subject, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        return None if joined_with(subject) else Refusal("not-joined", _("The case is tried by itself."))


class DirectForm(OtherCaseForm):
    reason = forms.CharField(
        label=gettext_lazy("Same act, or same agency and fact: why its content fits here"), max_length=1000, widget=TEXT
    )


def _same_agency(case: ReconsiderationCase, other: ReconsiderationCase) -> bool:
    if case.act_id and case.act_id == other.act_id:
        return True
    agencies = [
        set(one.participations.filter(role=Participation.Role.RESPONDENT).values_list("party_id", flat=True))
        for one in (case, other)
    ]
    return bool(agencies[0] & agencies[1])


ARTICLE_65 = gettext_lazy("Implementing Regulation (2026), article 65")


class DecideDirectly(ReconsiderationAction):
    """Others applied against the same act, or the same done to them: decided as the decision in force says."""

    name = "reconsideration.decide_directly"
    label = gettext_lazy("Decide directly after a decision in force")
    consequence = gettext_lazy(
        "The case goes to the decision without reply and hearing of opinions, on the content of the decision in force."
    )
    binding = True
    topic = Topic.COURSE
    roles = HEAD
    form = DirectForm
    transition, event = "review_directly", "directly_decidable"
    guards = (
        Guard(
            "regulation-in-force",
            ARTICLE_65,
            gettext_lazy("Deciding directly is possible since 1 July 2026 only."),
            lambda case, data, today: data["on"] >= REGULATION_2026.in_force[0],
            field="on",
            needs_data=True,
        ),
        Guard(
            "not-in-effect",
            ARTICLE_65,
            gettext_lazy(
                "The other case has no decision in effect: choose one whose decision was served on everybody."
            ),
            lambda case, data, today: data["other"].state in IN_EFFECT and bool(data["other"].outcome),
            field="number",
            needs_data=True,
        ),
        Guard(
            "another-act",
            ARTICLE_65,
            gettext_lazy("The other case is about another act of another agency."),
            lambda case, data, today: _same_agency(case, data["other"]),
            field="number",
            needs_data=True,
        ),
        not_before("accepted"),
    )

    def event_data(self, case, data) -> dict[str, Any]:
        other = data["other"]
        kept = {"other": other.pk, "number": other.number, "content": data["reason"], "outcome": other.outcome}
        return super().event_data(case, data) | kept


JOINING = (JoinCases, SeparateCases, DecideDirectly)
__all__ = ["JOINING", "joined_with"]
