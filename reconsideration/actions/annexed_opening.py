"""A review of a normative document comes up in a case, or was entered by mistake (art. 13, 56, 57; Regulation, 53)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.errors import Refusal
from casemgr.cases.day_forms import DayForm
from casemgr.cases.same_act import act_number
from casemgr.pages.forms import CHOOSE
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.guards import not_before
from reconsideration.models import AnnexedReview, NormativeDocument, ReconsiderationCase
from reconsideration.normative.keys import number_key, title_key
from reconsideration.states import UNDER_TRIAL

Asked, Rank = AnnexedReview.Asked, NormativeDocument.Rank
TEXT = forms.Textarea({"rows": 3})


class OpenReviewForm(DayForm):
    """The document as printed; one the register knows by number, or by title and maker, is not entered again."""

    takes_numbers = frozenset({"number"})

    asked = forms.ChoiceField(label=gettext_lazy("How it came up"), choices=Asked.choices, widget=forms.RadioSelect)
    late_reason = forms.CharField(
        label=gettext_lazy("Asked later: why the document was not known when applying"), required=False, max_length=300
    )
    title = forms.CharField(label=gettext_lazy("Title of the document"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Number of the document"), required=False, max_length=80)
    maker = forms.CharField(label=gettext_lazy("Maker of the document"), max_length=120)
    rank = forms.ChoiceField(label=gettext_lazy("Kind of document"), choices=[CHOOSE, *Rank.choices])
    clauses = forms.CharField(
        label=gettext_lazy("Clauses"), max_length=200, help_text=gettext_lazy("Clauses, like 第五条第二款.")
    )
    reasons = forms.CharField(
        label=gettext_lazy("Why the clauses are doubted"), required=False, max_length=2000, widget=TEXT
    )
    is_competent = forms.ChoiceField(
        label=gettext_lazy("May this authority itself review the document or basis?"),
        choices=[("yes", gettext_lazy("Yes: thirty days")), ("no", gettext_lazy("No: transfer in seven working days"))],
        widget=forms.RadioSelect,
    )
    organ = forms.CharField(label=gettext_lazy("If not: the organ that may"), required=False, max_length=120)

    def clean_number(self) -> str:
        return act_number(self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("asked") == Asked.LATER and not data.get("late_reason"):
            self.add_error("late_reason", _("Say why the applicant could not know the document when applying."))
        if data.get("is_competent") == "no" and not data.get("organ"):
            self.add_error("organ", _("Name the organ to which it is transferred."))
        return data


def known_document(data: Mapping[str, Any]) -> NormativeDocument | None:
    """The document of the register: by number and maker, without a number by title and maker."""
    rows = NormativeDocument.objects.filter(struck_on__isnull=True, maker=data["maker"])
    key = number_key(data["number"])
    condition = Q(number_key=key) if key else Q(title_key=title_key(data["title"]))
    return rows.filter(condition).order_by("pk").first()


def _is_reviewable(case: ReconsiderationCase, data: Mapping[str, Any] | None, today: date) -> bool:
    return data["rank"] != Rank.BASIS or data["asked"] == Asked.EX_OFFICIO


# Reconsideration Law 2023, art. 13: its list holds no rules (规章); other bases are for art. 57
only_normative_documents = Guard(
    "no-normative-document",
    "13",
    gettext_lazy(
        "Applicants may ask for the review of the normative documents of article 13 only, not of rules or higher law. "
        "If the authority itself holds the basis unlawful, choose its own motion (article 57)."
    ),
    _is_reviewable,
    field="rank",
    needs_data=True,
)


def _with_application(case: ReconsiderationCase, data: Mapping[str, Any] | None, today: date) -> bool:
    """What comes after acceptance was not asked with the application."""
    from casemgr.cases import events

    accepted = events.day_of(case, "accepted")
    return data["asked"] != Asked.WITH or accepted is None or data["on"] <= accepted


# Implementing Regulation 2026, art. 53(1); 2007, art. 26 says the same
asked_with_the_application = Guard(
    "asked-later",
    gettext_lazy("Implementing Regulation (2026), article 53(1)"),
    gettext_lazy(
        "After acceptance the review can be asked for only if the document was not known when applying: "
        "choose “later” and give the reason."
    ),
    _with_application,
    field="asked",
    needs_data=True,
)


class OpenReview(ReconsiderationAction):
    """The applicant asks for the review of a document, or the authority takes it up; possible until the decision.

    While the case is reviewed for it, it is suspended: the notice of suspension follows (art. 39(1)(9)).
    """

    name = "reconsideration.annex_open"
    label = gettext_lazy("Record a review of a normative document")
    form = OpenReviewForm
    states: ClassVar = ("RECEIVED", "CORRECTING", *UNDER_TRIAL, "SUSPENDED")
    event = "annex_opened"
    guards = (only_normative_documents, asked_with_the_application, not_before("received"))
    annullable = False
    instead = gettext_lazy("Strike the review in the same section of the case.")

    def guard_refusals(self, subject, data, today) -> list[Refusal]:
        found = super().guard_refusals(subject, data, today)
        if data is None:
            return found
        document = known_document(data)
        rows = subject.annexed_reviews.filter(document=document, clauses=data["clauses"], struck_on__isnull=True)
        if document is not None and rows.exists():
            message = _("The review of these clauses is recorded already.")
            found.append(Refusal("recorded-already", message, field="clauses"))
        return found

    def record_event(self, case, data, context):
        document = known_document(data)
        if document is None:
            columns = {name: data[name] for name in ("title", "number", "maker", "rank")}
            document = NormativeDocument.objects.create(**columns)
        AnnexedReview.objects.create(
            case_id=case.pk,
            document=document,
            clauses=data["clauses"],
            asked=data["asked"],
            asked_on=data["on"],
            late_reason=data["late_reason"],
            reasons=data["reasons"],
            is_competent=data["is_competent"] == "yes",
            organ=data["organ"],
        )
        return super().record_event(case, data, context)

    def event_data(self, case, data) -> dict[str, Any]:
        told = f"{data['title']} {data['clauses']}"
        kept = {"content": told, "asked": data["asked"], "is_competent": data["is_competent"] == "yes"}
        return super().event_data(case, data) | kept


def open_reviews(case: ReconsiderationCase, is_competent: bool | None = None) -> list[AnnexedReview]:
    """Those without a result that were not struck."""
    rows = case.annexed_reviews.filter(struck_on__isnull=True, concluded_on__isnull=True).select_related("document")
    return list(rows if is_competent is None else rows.filter(is_competent=is_competent))


class StrikeReviewForm(DayForm):
    review = forms.ModelChoiceField(AnnexedReview.objects.none(), label=gettext_lazy("Review"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = [row.pk for row in open_reviews(self.subject)]
        self.fields["review"].queryset = AnnexedReview.objects.filter(pk__in=waiting).select_related("document")


class StrikeReview(ReconsiderationAction):
    """A review entered by mistake, or no longer asked for: it stays readable with the reason."""

    name = "reconsideration.annex_strike"
    label = gettext_lazy("Strike a review of a document")
    form = StrikeReviewForm
    states = OpenReview.states
    event = "annex_struck"
    annullable = False
    instead = gettext_lazy("Record the review again.")

    def state_refusal(self, subject, today):
        if refusal := super().state_refusal(subject, today):
            return refusal
        happened = any(event.kind == "annex_opened" for event in subject.events.all())
        if happened and open_reviews(subject):
            return None
        return Refusal("no-review", _("No review without a result is recorded."))

    def record_facts(self, case, data, context) -> None:
        review = data["review"]
        review.struck_on, review.strike_reason = data["on"], data["reason"]
        review.save()

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"content": str(data["review"])}


OPENING = (OpenReview, StrikeReview)
__all__ = ["OPENING", "known_document", "open_reviews"]
