"""Opinion and suggestion letters, and the copy to the superior department (art. 76, 79(2); Regulation, art. 69)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from casemgr.cases.models import Case, Event
from casemgr.parties.models import Party
from reconsideration import guards
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.actions.papers import PaperAction, PaperDayForm
from reconsideration.aftermath.letters import ANSWERED, OPINION, RECEIVED, SUGGESTION, Letter, letters_of
from reconsideration.states import UNDER_TRIAL

WHILE_HANDLED = (*UNDER_TRIAL, "SUSPENDED", "DECIDED", "SERVED", "PERFORMING", "PERFORMED", "DISMISSED", "MEDIATED",
                 "TERMINATED")  # fmt: skip
"""在办理行政复议案件过程中 (art. 76): from acceptance until the file is closed."""


class LetterIssueForm(PaperDayForm):
    organ = forms.ModelChoiceField(Party.objects.filter(kind=Party.Kind.AGENCY), label=gettext_lazy("Organ"))
    text = forms.CharField(required=False, max_length=300)


class _IssueLetter(PaperAction):
    """The letter's subject is its paper."""

    topic = Topic.AFTERMATH
    form = LetterIssueForm
    states = WHILE_HANDLED
    guards = (guards.not_before("accepted"),)

    def record_event(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> Event:
        kept = self.event_data(case, data) | {"organ": data["organ"].name, "text": data["text"]}
        subject = f"letter:{data['document']}"
        return events.record(case, self.event, data["on"], party=data["organ"], subject=subject, **kept)


class IssueOpinionLetter(_IssueLetter):
    """An act of the respondent or of another lower organ is found unlawful or improper (art. 76)."""

    name = "reconsideration.issue_opinion_letter"
    label = gettext_lazy("Issue an opinion letter")
    event = OPINION


class IssueSuggestionLetter(_IssueLetter):
    """A common problem in the carrying out of laws and rules (Implementing Regulation 2026, art. 69)."""

    name = "reconsideration.issue_suggestion_letter"
    label = gettext_lazy("Issue a suggestion letter")
    event = SUGGESTION


class CopyForm(PaperDayForm):
    superior = forms.CharField(max_length=80)
    what = forms.CharField(max_length=120)


class CopyToSuperior(PaperAction):
    """Decision and opinion letters against a department of this government go to its superior too (art. 79(2))."""

    topic = Topic.AFTERMATH
    name = "reconsideration.copy_to_superior"
    label = gettext_lazy("Copy to the superior department")
    form = CopyForm
    states = ("SERVED", "PERFORMING", "PERFORMED", "DECIDED", *UNDER_TRIAL, "MEDIATED", "DISMISSED", "TERMINATED")
    event = "copied_to_superior"
    guards = (guards.not_before("decision_served", "opinion_letter_issued"),)

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"superior": data["superior"], "what": data["what"]}


class LetterForm(DayForm):
    """One letter of the case; `wanted` says which of them the step is about."""

    letter = forms.ChoiceField(label=pgettext_lazy("reconsideration", "Letter"))

    field_order: ClassVar = ["letter", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {one.subject: one for one in letters_of(self.subject) if self.wanted(one)}
        self.fields["letter"].choices = [(key, _label(one)) for key, one in self.rows.items()]
        if self.rows:
            self.fields["letter"].initial = next(iter(self.rows))

    @staticmethod
    def wanted(one: Letter) -> bool:
        return one.received_on is None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        one, on = self.rows.get(data.get("letter", "")), data.get("on")
        before = (one.received_on or one.issued_on) if one is not None else None
        if on and before and on < before:
            self.add_error("on", _("It lies before the step that went ahead. Check the date."))
        return data


def _label(one: Letter) -> str:
    name = _("Opinion letter") if one.is_opinion else _("Suggestion letter")
    return f"{name}　{one.organ}"


class _LetterAction(ReconsiderationAction):
    """A step on one letter, under its subject."""

    topic = Topic.AFTERMATH
    form: ClassVar[type[LetterForm]] = LetterForm
    kinds: ClassVar[Mapping[str, str]] = {}

    def state_refusal(self, subject, today):
        """Where no letter was issued it is no step of the case at all."""
        from casemgr.cases.actions import archived_refusal

        refusal = archived_refusal(subject)
        return refusal or (None if letters_of(subject) else self.guards[0].refusal(subject, None, today))

    def record_event(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> Event:
        one: Letter = context.form.rows[data["letter"]]
        kind = self.kinds.get(one.root.kind, self.event)
        return self.record_of(one, kind, case, data, self.event_data(case, data))

    @staticmethod
    def record_of(one: Letter, kind: str, case: Case, data: Mapping[str, Any], told: Mapping[str, Any]) -> Event:
        """An entry of the letter's own course."""
        kept = {**told, "organ": one.organ, "text": one.root.data.get("text", "")}
        if any(part.party_id == one.party_id for part in case.participations.all()):
            kept["takes_part"] = True
        return events.record(case, kind, data["on"], party=one.root.root.party, subject=one.subject, **kept)


def _some(wanted: Any, code: str, article: str, message: Any) -> Guard:
    return Guard(code, article, message, lambda case, data, today: any(wanted(one) for one in letters_of(case)))


class LetterReceived(_LetterAction):
    """The organ received the letter: for an opinion letter its sixty days begin (art. 76)."""

    name = "reconsideration.letter_received"
    label = gettext_lazy("Record the receipt of a letter")
    kinds = RECEIVED
    event = "opinion_letter_served"
    guards = (_some(LetterForm.wanted, "no-letter-on-its-way", "76", gettext_lazy("No letter waits for its receipt.")),)


class OpinionReportForm(LetterForm):
    report = forms.CharField(
        label=gettext_lazy("What the organ reports, number of its paper"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    is_put_right = forms.BooleanField(
        label=gettext_lazy("What the letter found is put right, with proof"), required=False
    )

    @staticmethod
    def wanted(one: Letter) -> bool:
        return one.is_opinion and one.received_on is not None and one.answered_on is None


class OpinionReported(_LetterAction):
    """The organ reported to the reconsideration authority; a report alone is no performance (art. 76, 77(1)).

    A report that proves what was put right is both entries.
    """

    name = "reconsideration.opinion_reported"
    label = gettext_lazy("Record the report on an opinion letter")
    form = OpinionReportForm
    kinds = ANSWERED
    event = "opinion_reported"
    guards = (_some(OpinionReportForm.wanted, "no-report-awaited", "76", gettext_lazy("No report is awaited.")),)

    def record_event(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> Event:
        reported = super().record_event(case, data, context)
        if data["is_put_right"]:
            letter = context.form.rows[data["letter"]]
            self.record_of(letter, OpinionPutRight.event, case, data, {"proof": data["report"]})
        return reported

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"report": data["report"]}


class PutRightForm(LetterForm):
    proof = forms.CharField(
        label=gettext_lazy("Proof of performance (paper, number, date)"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )

    @staticmethod
    def wanted(one: Letter) -> bool:
        return one.is_opinion and one.answered_on is not None and one.put_right_on is None


class OpinionPutRight(_LetterAction):
    """What was only reported before is now put right, with proof (art. 77(1))."""

    name = "reconsideration.opinion_put_right"
    label = gettext_lazy("Record that an opinion letter was performed")
    form = PutRightForm
    event = "opinion_performed"
    guards = (
        _some(
            PutRightForm.wanted,
            "no-letter-to-perform",
            "77",
            gettext_lazy("No opinion letter waits for being performed after its report."),
        ),
    )

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"proof": data["proof"]}


class SuggestionAnswerForm(LetterForm):
    report = forms.CharField(
        label=gettext_lazy("What the organ answers, number of its paper"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )

    @staticmethod
    def wanted(one: Letter) -> bool:
        return not one.is_opinion and one.received_on is not None and one.answered_on is None


class SuggestionAnswered(_LetterAction):
    """The organ answered, though nothing obliges it to (Implementing Regulation 2026, art. 69)."""

    name = "reconsideration.suggestion_answered"
    label = gettext_lazy("Record the answer to a suggestion letter")
    form = SuggestionAnswerForm
    kinds = ANSWERED
    event = "suggestion_answered"
    guards = (
        _some(SuggestionAnswerForm.wanted, "no-answer-open", "", gettext_lazy("No suggestion letter waits for one.")),
    )

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"report": data["report"]}


LETTERS = (
    IssueOpinionLetter,
    IssueSuggestionLetter,
    CopyToSuperior,
    LetterReceived,
    OpinionReported,
    OpinionPutRight,
    SuggestionAnswered,
)
