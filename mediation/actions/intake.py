"""From the registration to taking the dispute on, or not (dossier §1.2; §1.4, T3, T4, T20)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from casemgr.cases.day_guards import not_before
from casemgr.numbering.models import IssuedNumber
from casemgr.numbering.series import void as void_number
from casemgr.pages.forms import DateField, Form, SeveralChoicesField
from mediation.actions.base import COMMITTEE, TOWN, MediationAction
from mediation.conditions import is_answer_awaited
from mediation.exclusions import EXCLUSIONS, Effect, proposed, refusals_of
from mediation.guards import intake as guards
from mediation.models import MediationCase
from mediation.terms import Ending, Exclusion, RiskFlag, Route

BEFORE_MEDIATION = ("REGISTERED", "ACCEPTED")
MAY_STILL_BE_REFUSED = (Exclusion.ELSEWHERE, Exclusion.CRIME)
"""They only warn, but the other organ's work, or the answer of the police, may be a reason all the same."""
UNFIT = "unfit"
"""Not taken on because a condition of article 2 is missing, not because of an exclusion."""


class ExamineForm(Form):
    """The three conditions are proposed as met; of the exclusions those that the register points to are ticked."""

    wants_context = True

    met = SeveralChoicesField(
        label=gettext_lazy("Met"), choices=list(guards.CONDITIONS.items()), required=False, initial=[]
    )
    exclusions = SeveralChoicesField(
        label=gettext_lazy("Is one of these the case?"),
        choices=[],
        required=False,
        help_text=gettext_lazy("Nothing ticked: none of them."),
    )
    note = forms.CharField(
        label=gettext_lazy("Finding"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("What was found, and who said so; needed when something is ticked or missing."),
    )

    def __init__(self, *args, subject: MediationCase, actor: Any, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exclusions"].choices = [(code, _line(rule, subject)) for code, rule in EXCLUSIONS.items()]
        found = subject.facts.findings
        if found.get("examined"):
            self.fields["met"].initial = [code for code in guards.CONDITIONS if found.get(code, {}).get("found")]
            self.fields["exclusions"].initial = [code for code in EXCLUSIONS if found.get(code, {}).get("found")]
            self.fields["note"].initial = found["examined"].get("note", "")
        else:
            known = not subject.facts.other_side_unknown
            self.fields["met"].initial = [code for code in guards.CONDITIONS if known or code != "parties"]
            self.fields["exclusions"].initial = proposed(subject)
        self.must_find = [Exclusion.REFUSED] if refusals_of(subject) else []

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        missing = set(guards.CONDITIONS) - set(data.get("met") or [])
        if (data.get("exclusions") or missing) and not data.get("note"):
            self.add_error("note", _("Say what was found: it goes into the answer to the parties."))
        if Exclusion.REFUSED in self.must_find and Exclusion.REFUSED not in (data.get("exclusions") or []):
            self.add_error(
                "exclusions", _("A party's clear refusal is recorded: it stands until that party answers otherwise.")
            )
        return data


def _line(rule: Any, case: MediationCase) -> str:
    effect = _("stops") if rule.effect(case.facts) == Effect.STOPS else _("mind")
    return f"{rule.code} {rule.code.label}（{effect}；{rule.article}）"


class Examine(MediationAction):
    """Record the examination: what must be there, and what must not (art. 2, 17); may be repeated until acceptance."""

    name = "mediation.examine"
    label = gettext_lazy("Examine")
    submit_label = gettext_lazy("Save the examination")
    form = ExamineForm
    states = ("REGISTERED",)
    primary = 60

    def priority(self, subject: MediationCase) -> int:
        """Once it is examined, what is next is to take it on or not."""
        return 0 if subject.facts.findings.get("examined") else self.primary

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        note = data["note"]
        found = {code: {"found": code in data["exclusions"], "note": note} for code in EXCLUSIONS}
        found |= {code: {"found": code in data["met"]} for code in guards.CONDITIONS}
        found["examined"] = {"on": context.today.isoformat(), "by": context.actor.full_name, "note": note}
        flags = case.facts.risk_flags
        if Exclusion.VIOLENCE in data["exclusions"] and not {RiskFlag.VIOLENCE, RiskFlag.MINOR} & set(flags):
            flags = [*flags, str(RiskFlag.VIOLENCE)]  # sessions are then held with each side alone
        self.set_facts(case, findings=found, risk_flags=flags)


class Accept(MediationAction):
    """Take the dispute on: M-GEN and M-MED begin; the other clocks have begun with what came in (T3)."""

    name = "mediation.accept"
    label = pgettext_lazy("mediation", "Take on")
    consequence = gettext_lazy(
        "The dispute is taken on on the day you enter, and the period of its kind begins. Before the first session the "
        "parties are told their rights and duties."
    )
    binding, primary = True, 70
    form = DayForm
    transition, event = "accept", "accepted"
    guards = (
        guards.is_examined,
        guards.other_side_is_known,
        guards.conditions_are_met,
        guards.nothing_excludes,
        guards.both_have_applied,
        guards.parties_were_asked,
        guards.duty_is_done,
        not_before("registered", "application_received", "court_papers_received"),
    )

    def record_event(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> Any:
        is_answered = events.last_of(events.facts_of(case), "delegation_answered") is not None
        if case.facts.on_platform and not is_answered:
            events.record(case, "delegation_answered", data["on"], answer="accepted")
        return super().record_event(case, data, context)


HOW = [
    ("oral", gettext_lazy("Orally, in person")),
    ("phone", gettext_lazy("By telephone")),
    ("written", gettext_lazy("In writing, handed over")),
    ("post", gettext_lazy("In writing, by post")),
    ("message", gettext_lazy("By message")),
]


class RefuseForm(DayForm):
    """The reason, the right door, how the parties were told, and for a referral the letter back."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[
            ("", "—"),
            *((code, f"{code} {rule.code.label}") for code, rule in EXCLUSIONS.items()),
            (UNFIT, gettext_lazy("A condition is missing: no definite parties or no concrete claim (article 2)")),
        ],
    )
    explanation = forms.CharField(
        label=gettext_lazy("The reason in words"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    advice = SeveralChoicesField(label=gettext_lazy("Ways the parties were told of"), choices=Route.choices)
    told_how = forms.ChoiceField(label=gettext_lazy("How they were told"), choices=[("", "—"), *HOW])
    letter_on = DateField(label=gettext_lazy("Letter back to the organ that referred it, on"), required=False)
    letter_number = forms.CharField(label=gettext_lazy("Number of that letter"), required=False, max_length=80)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        facts = self.subject.facts
        found = [code for code in EXCLUSIONS if facts.findings.get(code, {}).get("found")]
        if refusals_of(self.subject):
            found.insert(0, Exclusion.REFUSED)
        if found:
            rule = EXCLUSIONS[found[0]]
            self.fields["ground"].initial = rule.code
            self.fields["explanation"].initial = facts.findings.get(rule.code, {}).get("note") or str(rule.explanation)
            self.fields["advice"].initial = [str(route) for route in rule.routes]
            self.fields["advice"].help_text = str(rule.door)
        if not is_answer_awaited(self.subject, facts, None):
            del self.fields["letter_on"], self.fields["letter_number"]

    def _only_warns(self, ground: str) -> bool:
        return EXCLUSIONS[ground].effect(self.subject.facts) == Effect.WARNS

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ground = data.get("ground")
        if ground in EXCLUSIONS and ground not in MAY_STILL_BE_REFUSED and self._only_warns(ground):
            self.add_error(
                "ground", _("This only warns: the committee may help. Choose another reason, or take it on.")
            )
        # Ningbo Regulation, art. 19 as a model; Rules on online mediation, art. 15: the sender gets an answer
        if "letter_on" in self.fields and not data.get("letter_on") and "letter_on" not in self.errors:
            self.add_error("letter_on", _("Another organ referred it: enter the day of the letter back."))
        if data.get("letter_on") and data["letter_on"] > self.today:
            self.add_error("letter_on", _("The date lies in the future. Enter the day on which it really happened."))
        return data


class Refuse(MediationAction):
    """Not taken on: with the reason, the right door and how the parties were told (T4)."""

    name = "mediation.refuse"
    label = pgettext_lazy("mediation", "Do not take on")
    consequence = gettext_lazy(
        "The dispute is not taken on. The parties are told why and where to turn; the organ that referred it gets a "
        "letter back."
    )
    binding, primary = True, 20
    topic = Topic.ENDING
    roles = COMMITTEE
    form = RefuseForm
    transition, event = "refuse", "refused"
    guards = (guards.duty_is_done, not_before("registered"))

    def priority(self, subject: MediationCase) -> int:
        """What is found to stop makes this the next step."""
        from mediation.exclusions import stopping

        return 80 if stopping(subject) else 0

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        case.outcome = Ending.NOT_ACCEPTED
        self.set_facts(case, advice=data["advice"])

    def event_data(self, case: MediationCase, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = {"ground": data["ground"], "explanation": data["explanation"], "told_how": data["told_how"]}
        return super().event_data(case, data) | kept

    def record_event(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> Any:
        event = super().record_event(case, data, context)
        events.record(case, "advice_given", data["on"], routes=data["advice"], how=data["told_how"])
        if data.get("letter_on"):
            if case.facts.on_platform:
                events.record(case, "delegation_answered", data["letter_on"], answer="refused")
            events.record(case, "result_sent", data["letter_on"], result="not_accepted", number=data["letter_number"])
        return event


class VoidForm(Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


def _no_session(case: MediationCase, data: Any, today: date) -> bool:
    return not any(fact.kind == "session_held" for fact in events.facts_of(case))


class Void(MediationAction):
    """Entered by mistake, no session held: void with a reason, its number stays used (T20)."""

    name = "mediation.void"
    label = gettext_lazy("Void (entered by mistake)")
    topic = Topic.CORRECTION
    consequence = gettext_lazy("The case is void. Its number stays used and is never given again.")
    binding = True
    roles = TOWN
    form = VoidForm
    transition, event = "void", "voided"
    guards = (
        Guard(
            "session-held",
            "",
            gettext_lazy("A session was held: this is no mistake of entry any more. End the mediation instead."),
            _no_session,
        ),
        Guard(
            "agreement-made",
            "31",
            gettext_lazy("The parties have agreed: what binds them cannot be voided."),
            lambda case, data, today: case.outcome != Ending.AGREED,
        ),
    )

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        case.outcome = Ending.VOID
        number = IssuedNumber.objects.filter(text=case.number).first()
        if number is not None:
            void_number(number, data["reason"])


INTAKE = (Examine, Accept, Refuse, Void)
