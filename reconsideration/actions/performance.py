"""What must be done after the decision: several duties, each with term and proof; the new act (art. 64, 72, 77)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm, PartyDayForm
from casemgr.cases.models import Case, Event, Participation
from casemgr.pages.forms import DateField, MoneyField
from reconsideration import guards
from reconsideration.actions.base import HEAD, ReconsiderationAction
from reconsideration.aftermath.duties import (
    NEW_ACT,
    annulled_only_for_procedure,
    duties_of,
    new_act_is_owed,
    next_subject,
    open_duties,
)
from reconsideration.aftermath.terms import EX_OFFICIO, DutyKind

SUPERVISED = ("SERVED", "PERFORMING")


class DutyForm(PartyDayForm):
    """Who has to do what until when: proposed is the respondent, and what the decision says."""

    party_roles: ClassVar = (
        Participation.Role.RESPONDENT,
        Participation.Role.APPLICANT,
        Participation.Role.THIRD_PARTY,
    )

    kind = forms.ChoiceField(
        label=pgettext_lazy("duty", "Kind"),
        choices=[("", gettext_lazy("— choose —")), *DutyKind.choices],
        required=False,
    )
    duty = forms.CharField(
        label=gettext_lazy("What must be performed"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    amount_yuan = MoneyField(label=pgettext_lazy("duty", "Amount in yuan"), required=False)
    due_on = DateField(label=gettext_lazy("Performance due on"), required=False)

    field_order: ClassVar = ["party", "kind", "duty", "amount_yuan", "due_on", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        field.required = False
        field.label = gettext_lazy("Who has to do it")
        rows = self.subject.participations.filter(role=Participation.Role.RESPONDENT, left_on__isnull=True)
        self.proposed = next((part.party for part in rows.select_related("party").order_by("order", "pk")), None)
        if self.proposed is not None:
            field.initial = self.proposed.pk

    def clean_party(self) -> Any:
        return self.cleaned_data["party"] or self.proposed


class OpenPerformanceForm(DutyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = self.subject.facts
        self.fields["duty"].initial = facts.performance_duty
        self.fields["due_on"].initial = facts.performance_due_on
        if facts.redo_is_ordered and not facts.performance_duty:
            self.fields["kind"].initial = DutyKind.REDO


class _DutyAction(ReconsiderationAction):
    """Enters one duty under a subject of its own."""

    def record_event(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> Event:
        party = data.get("party")
        name = next((part.name for part in case.participations.all() if party and part.party_id == party.pk), "")
        kept = self.event_data(case, data) | {"debtor": name}
        return events.record(case, self.event, data["on"], party=party, subject=next_subject(case), **kept)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = super().event_data(case, data) | {"duty": data["duty"]}
        if data.get("kind"):
            kept["duty_kind"] = data["kind"]
        if data.get("amount_yuan"):
            kept["amount"] = f"{data['amount_yuan']:.2f}"
        return kept | ({"due_on": data["due_on"].isoformat()} if data["due_on"] else {})


class OpenPerformance(_DutyAction):
    """The decision has something to perform: its performance is supervised (art. 77)."""

    name = "reconsideration.open_performance"
    label = gettext_lazy("Supervise performance")
    form = OpenPerformanceForm
    primary = 50
    transition, event = "open_performance", "performance_opened"
    guards = (guards.not_before("decided"),)

    def priority(self, subject) -> int:
        return self.primary if subject.facts.performance_duty or subject.facts.redo_is_ordered else 0

    def record_facts(self, case, data, context) -> None:
        self.set_facts(case, performance_duty=data["duty"], performance_due_on=data["due_on"])


class AddDuty(_DutyAction):
    """The decision asks for more than one thing, or return, release or price come with it ex officio (art. 72(2))."""

    name = "reconsideration.add_duty"
    label = gettext_lazy("Add a duty")
    form = DutyForm
    states = ("PERFORMING",)
    event = "duty_added"
    guards = (guards.not_before("decided", "performance_opened"),)


class DutyDoneForm(DayForm):
    """Which duty was performed, with its proof."""

    duty = forms.ChoiceField(label=pgettext_lazy("duty", "Duty"))
    proof = forms.CharField(
        label=gettext_lazy("Proof of performance (paper, number, date)"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )

    field_order: ClassVar = ["duty", "on", "proof"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {duty.subject: duty for duty in open_duties(self.subject)}
        self.fields["duty"].choices = [(key, f"{one.debtor}　{one.text}".strip()) for key, one in self.rows.items()]
        if self.rows:
            self.fields["duty"].initial = next(iter(self.rows))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        one = self.rows.get(data.get("duty", ""))
        if one is not None:
            began = one.root.occurred_on
            if data.get("on") and began and one.kind not in EX_OFFICIO and data["on"] < _decided_on(self.subject):
                self.add_error("on", _("It lies before the decision. Check the date."))
            if one.kind == DutyKind.REDO and new_act_is_owed(self.subject):
                self.add_error("duty", _("Record the new act itself: it is checked whether it repeats the old one."))
        return data


def _decided_on(case: Case) -> date:
    return events.day_of(case, "decided", "mediated") or date.min


class RecordDutyDone(ReconsiderationAction):
    """One of the duties was performed, with proof; the head accepts the whole when the last is done (art. 77)."""

    name = "reconsideration.record_duty_done"
    label = gettext_lazy("Record that a duty was performed")
    form = DutyDoneForm
    states = ("PERFORMING",)
    primary = 45
    guards = (
        Guard(
            "no-open-duty",
            "77",
            gettext_lazy("No duty is open."),
            lambda case, data, today: bool(open_duties(case)),
        ),
        guards.not_before("performance_opened"),
    )

    def priority(self, subject) -> int:
        return self.primary if len(open_duties(subject)) > 1 else 0

    def record_event(self, case, data, context) -> Event:
        one = context.form.rows[data["duty"]]
        party = one.root.root.party
        kept = {"proof": data["proof"], "what": one.text} | ({"note": data["note"]} if data.get("note") else {})
        return events.record(case, "duty_performed", data["on"], party=party, subject=one.subject, **kept)

    event = "duty_performed"


class NewActForm(PartyDayForm):
    """The act made anew, and whether it is the same again on the same facts and reasons (art. 64(2))."""

    party_roles: ClassVar = (Participation.Role.RESPONDENT,)
    COMPARED = (
        ("different", gettext_lazy("Other facts, reasons or result")),
        ("same", gettext_lazy("Same facts and reasons, and the same or basically the same result")),
    )

    title = forms.CharField(label=gettext_lazy("Title of the new act"), max_length=120)
    number = forms.CharField(label=gettext_lazy("Number of the new act"), required=False, max_length=80)
    served_on = DateField(label=gettext_lazy("Served on the applicant on"), required=False)
    compared = forms.ChoiceField(
        label=gettext_lazy("Compared with the annulled act"), choices=COMPARED, widget=forms.RadioSelect
    )

    field_order: ClassVar = ["party", "on", "title", "number", "served_on", "compared"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        act = self.subject.act
        if data.get("number") and act is not None and data["number"].strip() == act.number:
            self.add_error("number", _("This is the number of the annulled act. Enter that of the new one."))
        return data


class RecordNewAct(ReconsiderationAction):
    """The respondent made the act anew. The same act again is none, unless only procedure was wrong (art. 64(2))."""

    name = "reconsideration.record_new_act"
    label = gettext_lazy("Record the new act")
    form = NewActForm
    states = SUPERVISED
    event = "redone"
    primary = 55
    guards = (
        Guard(
            "no-new-act-ordered",
            "64",
            gettext_lazy("The decision orders no new act, or one that counts is recorded already."),
            lambda case, data, today: new_act_is_owed(case),
        ),
        guards.not_before("decided"),
    )

    def priority(self, subject) -> int:
        return self.primary if new_act_is_owed(subject) and subject.state == "PERFORMING" else 0

    def record_event(self, case, data, context) -> Event:
        is_same = data["compared"] == "same"
        counts = not is_same or annulled_only_for_procedure(case)
        kept = {"title": data["title"], "number": data["number"].strip()}
        kept |= {"served_on": data["served_on"].isoformat()} if data.get("served_on") else {}
        kept |= {"same": True} if is_same else {}
        kind = "redone" if counts else "same_act_again"
        made = events.record(case, kind, data["on"], party=data["party"], **kept)
        if counts:
            self._close_duty(case, data)
        return made

    @staticmethod
    def _close_duty(case: Case, data: Mapping[str, Any]) -> None:
        """The duty to make the act anew is done with it."""
        proof = f"{data['title']} {data['number']}".strip()
        if any(fact.subject == NEW_ACT for fact in events.facts_of(case)):
            events.record(case, "duty_performed", data["on"], party=data["party"], subject=NEW_ACT, proof=proof)
        for one in open_duties(case):
            if one.kind == DutyKind.REDO and one.party_id in (None, data["party"].pk):
                events.record(case, "duty_performed", data["on"], party=one.root.root.party, subject=one.subject,
                              proof=proof, what=one.text)  # fmt: skip


class ProofForm(DayForm):
    proof = forms.CharField(
        label=gettext_lazy("Proof of performance (paper, number, date)"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not open_duties(self.subject):
            self.fields["proof"].initial = "；".join(one.proof for one in duties_of(self.subject) if one.proof)[:500]


class AcceptProof(ReconsiderationAction):
    """Performance is proven and accepted. The proof stands for the last duty that is still open."""

    name = "reconsideration.accept_proof"
    label = gettext_lazy("Accept the proof of performance")
    binding, primary = True, 50
    roles = HEAD
    form = ProofForm
    transition, event = "accept_proof", "performed"
    guards = (
        Guard(
            "new-act-missing",
            "64",
            gettext_lazy("The decision orders a new act, and none that counts is recorded: record the new act first."),
            lambda case, data, today: not new_act_is_owed(case),
        ),
        Guard(
            "duties-open",
            "77",
            gettext_lazy("Several duties are still open: record first with which proof each was performed."),
            lambda case, data, today: len(open_duties(case)) <= 1,
            detail=lambda case, data, today: "；".join(one.text for one in open_duties(case)),
        ),
        guards.not_before("performance_opened"),
    )

    def priority(self, subject) -> int:
        return self.primary if len(open_duties(subject)) <= 1 and not new_act_is_owed(subject) else 0

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"proof": data["proof"]}


PERFORMANCE = (OpenPerformance, AddDuty, RecordDutyDone, RecordNewAct, AcceptProof)
