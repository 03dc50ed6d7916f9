"""From a letter of suggestion to its end: receipts, assignment, answers, performance, follow-up, a suit after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_forms import DayForm, PostedDayForm, offer_parties
from casemgr.cases.day_guards import not_before
from casemgr.cases.links import link
from casemgr.cases.models import Case, CaseLink, Event
from casemgr.organisation.scope import scope
from casemgr.parties.models import Party
from litigation.actions.base import LitigationAction
from litigation.models import PROCEDURE, LitigationCase
from litigation.registration.form import REGISTERING_ROLES
from litigation.roles import LIAISON
from litigation.states import SUGGESTION_RUNNING
from litigation.suggestions.entering import receive, register_suggestion
from litigation.suggestions.form import NO_SUIT, SuggestionForm, suit_of
from litigation.suggestions.section import recipients_of
from litigation.suggestions.terms import NO_ANSWER_OWED, Adoption, Result
from litigation.terms import FileKind


class RecipientDayForm(PostedDayForm):
    """A day of one recipient. A department's liaison enters what the own organ did, the court liaison everybody's."""

    party = forms.ModelChoiceField(Party.objects.none(), label=pgettext_lazy("suggestion", "Recipient"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = scope(self.actor, self.today)
        sees_all, own = reach.has_role("liaison", procedure=PROCEDURE), reach.units_let_in(PROCEDURE)
        parts = [one for one in recipients_of(self.subject) if sees_all or one.party.unit_id in own]
        offer_parties(self.fields["party"], {one.party_id: one.name for one in parts})
        self.order_fields(["party", "on"])


class SuggestionAction(LitigationAction):
    """A step on the file of a suggestion; its entries belong to a recipient, or to the whole."""

    file_kinds: ClassVar = (FileKind.SUGGESTION,)

    def subject_of(self, case: Case, data: Mapping[str, Any]) -> str:
        return ""


class RegisterSuggestion(SuggestionAction):
    """Register a letter of a court or procuratorate: each recipient's time runs from its own receipt."""

    name = "litigation.register_suggestion"
    label = gettext_lazy("Register a suggestion")
    creates = True
    roles = REGISTERING_ROLES
    form = SuggestionForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        return register_suggestion(context.form, data, context.actor, context.today)


def _has(case: Case, kind: str, party_id: int) -> bool:
    return events.last_of(events.facts_of(case), kind, party_id=party_id) is not None


def _without(case: Case, kind: str) -> list[str]:
    """Names of the recipients that have no such entry."""
    done = {fact.party_id for fact in events.facts_of(case) if fact.kind == kind}
    return [part.name for part in recipients_of(case) if part.party_id not in done]


class ReceiptForm(RecipientDayForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["sent_on"]


class RecordSuggestionReceipt(SuggestionAction):
    """The letter reached a recipient, perhaps on another day than the others."""

    name = "litigation.record_suggestion_receipt"
    label = gettext_lazy("Record when a recipient received the letter")
    primary = 75
    form = ReceiptForm
    states = SUGGESTION_RUNNING
    event = "suggestion_received"
    guards = (
        Guard(
            "received-already",
            "",
            gettext_lazy("Its receipt is recorded already. Correct that day in the course of the case."),
            lambda case, data, today: not _has(case, "suggestion_received", data["party"].pk),
            field="party",
            needs_data=True,
        ),
        Guard(
            "before-the-letter",
            "",
            gettext_lazy("It cannot have arrived before it was written. Check both dates."),
            lambda case, data, today: not (dated := case.suggestion_letter.dated_on) or data["on"] >= dated,
            field="on",
            needs_data=True,
        ),
    )

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if _without(subject, "suggestion_received") else 0

    def record_event(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> Event:
        return receive(case, data["party"], data["on"])


class AssignSuggestionForm(DayForm):
    """Who leads where several were written to: proposed is the first named."""

    responsible = forms.ModelChoiceField(Party.objects.none(), label=gettext_lazy("Responsible organ"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [one.party_id for one in recipients_of(self.subject)]
        self.fields["responsible"].queryset = Party.objects.filter(pk__in=ids)
        if not self.is_bound:
            self.fields["responsible"].initial = self.subject.facts.responsible_id


class AssignSuggestion(SuggestionAction):
    """Say which recipient leads the rectification; every recipient still answers for itself."""

    name = "litigation.assign_suggestion"
    label = pgettext_lazy("suggestion", "Assign to the responsible organ")
    roles = LIAISON
    primary = 70
    form = AssignSuggestionForm
    transition, event = "assign_suggestion", "assigned"
    guards = (not_before("registered"),)

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        self.set_facts(case, responsible=data["responsible"], responsible_unit=data["responsible"].unit)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "name": data["responsible"].name}


class AnswerSuggestionForm(RecipientDayForm):
    adoption = forms.ChoiceField(
        label=gettext_lazy("The answer says"), choices=[("", gettext_lazy("— choose —")), *Adoption.choices]
    )
    reply_number = forms.CharField(label=gettext_lazy("Number of the answer"), required=False, max_length=80)
    text = forms.CharField(
        label=gettext_lazy("Measures, or why it is not adopted"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("adoption") in (Adoption.NOT_ADOPTED, Adoption.OBJECTED) and not data.get("text"):
            self.add_error("text", _("Say why it is not adopted: the sender must be told the reasons."))
        return data


class AnswerSuggestion(SuggestionAction):
    """A recipient answered in writing. The answer meets its time to answer; performance is recorded apart."""

    name = "litigation.answer_suggestion"
    label = gettext_lazy("Record a recipient's written answer")
    primary = 80
    form = AnswerSuggestionForm
    states = SUGGESTION_RUNNING
    event = "suggestion_answered"
    guards = (
        Guard(
            "not-received",
            "",
            gettext_lazy("Record first when this recipient received the letter: its time runs from that day."),
            lambda case, data, today: _has(case, "suggestion_received", data["party"].pk),
            field="party",
            needs_data=True,
        ),
        not_before("suggestion_received"),
    )

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if _without(subject, "suggestion_answered") else 0

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        self.record_event(subject, data, context)
        if not _without(subject, "suggestion_answered") and subject.state != "ANSWERED_S":
            subject.answer_suggestion()
        settle(subject, context.today)
        return subject

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        told = {name: data[name] for name in ("adoption", "reply_number", "text") if data.get(name)}
        return {**super().event_data(case, data), **told}


class PerformSuggestionForm(ReceiptForm):
    text = forms.CharField(label=gettext_lazy("What was done"), max_length=1000, widget=forms.Textarea({"rows": 3}))
    proof = forms.CharField(
        label=pgettext_lazy("performance", "Proof"),
        max_length=300,
        help_text=gettext_lazy("Which paper, photograph or record shows it. A promise in the answer is none."),
    )


class PerformSuggestion(SuggestionAction):
    """A recipient did what was asked, with proof. Its answer alone is no performance."""

    name = "litigation.perform_suggestion"
    label = gettext_lazy("Record performance by a recipient, with proof")
    primary = 60
    form = PerformSuggestionForm
    states = SUGGESTION_RUNNING
    event = "suggestion_performed"
    guards = (
        Guard(
            "performed-already",
            "",
            gettext_lazy("Its performance is recorded already."),
            lambda case, data, today: not _has(case, "suggestion_performed", data["party"].pk),
            field="party",
            needs_data=True,
        ),
        not_before("suggestion_received"),
    )

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if subject.state == "ANSWERED_S" and _without(subject, "suggestion_performed") else 0

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "text": data["text"], "proof": data["proof"]}


class FollowUpForm(DayForm):
    text = forms.CharField(
        label=gettext_lazy("What the sender asked or found"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class FollowUpSuggestion(SuggestionAction):
    """The sender came back to it: a further letter, a visit on the spot, a report to the organ above."""

    name = "litigation.follow_up_suggestion"
    label = gettext_lazy("Record a follow-up by the sender")
    topic = Topic.COURSE
    form = FollowUpForm
    states = SUGGESTION_RUNNING
    event = "suggestion_followed_up"
    guards = (not_before("suggestion_received"),)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "text": data["text"]}


class SuitAfterForm(DayForm):
    number = forms.CharField(label=gettext_lazy("Number of the suit's file"), max_length=80)

    def clean_number(self) -> str:
        self.suit = suit_of(self.cleaned_data["number"].strip(), self.actor, self.today)
        if self.suit is None:
            raise forms.ValidationError(NO_SUIT)
        return self.suit.number


class LinkSuitAfter(SuggestionAction):
    """The procuratorate sued because it was not satisfied: the suit has a file of its own, linked with this one."""

    name = "litigation.link_suit_after"
    label = gettext_lazy("Link the suit that followed")
    topic = Topic.LINKS
    form = SuitAfterForm
    states = (*SUGGESTION_RUNNING, "FOLLOWED")
    event = "suggestion_sued"
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Remove the link in the line of the dispute.")
    guards = (not_before("suggestion_received"),)

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        link(CaseLink.Kind.AROSE_FROM, context.form.suit, case)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().event_data(case, data), "number": data["number"]}


class CloseSuggestionForm(DayForm):
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=[("", gettext_lazy("— choose —")), *Result.choices]
    )
    text = forms.CharField(
        label=gettext_lazy("Explanation"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("result") in (Result.EXPLAINED, Result.WITHDRAWN) and not data.get("text"):
            self.add_error("text", _("Say what was told to the sender, or by which paper it took the letter back."))
        return data


def _names(case: Case, kind: str) -> str:
    return _("Missing: %(names)s") % {"names": "、".join(_without(case, kind))}


def _is_answered(case: Case, data: Mapping[str, Any], today: Any) -> bool:
    is_free = data["result"] == Result.WITHDRAWN or case.suggestion_letter.kind in NO_ANSWER_OWED
    return is_free or not _without(case, "suggestion_answered")


class CloseSuggestion(SuggestionAction):
    """End the follow-up: performed by all, or explained, taken back, or sued over."""

    name = "litigation.close_suggestion"
    label = gettext_lazy("Close the suggestion")
    topic = Topic.ENDING
    roles = LIAISON
    form = CloseSuggestionForm
    transition, event = "close_suggestion", "suggestion_closed"
    guards = (
        Guard(
            "answer-missing",
            "",
            gettext_lazy("Not every recipient has answered in writing."),
            _is_answered,
            field="result",
            needs_data=True,
            detail=lambda case, data, today: _names(case, "suggestion_answered"),
        ),
        Guard(
            "performance-missing",
            "",
            gettext_lazy("An answer is no performance: not every recipient has performed with proof."),
            lambda case, data, today: data["result"] != Result.DONE or not _without(case, "suggestion_performed"),
            field="result",
            needs_data=True,
            detail=lambda case, data, today: _names(case, "suggestion_performed"),
        ),
        Guard(
            "no-suit",
            "",
            gettext_lazy("Link the suit that followed first."),
            lambda case, data, today: (
                data["result"] != Result.SUED or events.last_of(events.facts_of(case), "suggestion_sued") is not None
            ),
            field="result",
            needs_data=True,
        ),
        not_before("suggestion_received", "suggestion_answered", "suggestion_performed"),
    )

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        told = {"text": data["text"]} if data["text"] else {}
        return {**super().event_data(case, data), "result": data["result"], **told}


SUGGESTIONS = (
    RegisterSuggestion,
    AssignSuggestion,
    RecordSuggestionReceipt,
    AnswerSuggestion,
    PerformSuggestion,
    FollowUpSuggestion,
    LinkSuitAfter,
    CloseSuggestion,
)
