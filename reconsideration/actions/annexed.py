"""The review of a normative document or basis while the case is suspended for it (art. 56–60; Regulation, art. 53)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.errors import Refusal
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm, PostedDayForm, posted
from reconsideration.actions.annexed_opening import OPENING, open_reviews
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.actions.papers import PaperDayForm
from reconsideration.guards import not_before
from reconsideration.models import ClauseResult, NormativeFinding
from reconsideration.stop_guards import annexed_suspension, has_happened_since

TEXT = forms.Textarea({"rows": 3})


class AnnexedStep(ReconsiderationAction):
    """One step of the review. `after`: an event it needs; `ours`: whether this authority must, or must not, review."""

    states = ("SUSPENDED",)
    primary = 30
    after: ClassVar[tuple[str, ...]] = ()
    ours: ClassVar[bool | None] = None

    def state_refusal(self, subject, today) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        began = annexed_suspension(subject)
        if began is None:
            message = gettext_lazy("The case is not suspended for the review of a document or basis.")
            return Refusal("no-annexed-review", message, "39(1)(9)")
        if self.ours is not None and bool(began.data.get("is_competent")) is not self.ours:
            return Refusal("competence", self.wrong_competence(), "56")
        if self.after and not has_happened_since(subject, began, *self.after):
            return Refusal("step-missing", gettext_lazy("The step it follows from is not recorded yet."))
        if has_happened_since(subject, began, self.event):
            return Refusal("recorded-already", gettext_lazy("This is recorded already."))
        return None

    def wrong_competence(self):
        if self.ours:
            return gettext_lazy("This authority may not review the document itself: it is transferred.")
        return gettext_lazy("This authority reviews the document itself.")


class NoticeForm(PaperDayForm):
    organ = forms.CharField(max_length=120)
    clauses = forms.CharField(max_length=500)


class NoticeIssued(AnnexedStep):
    """The notice to the maker is issued: within three working days of the suspension (art. 58(1))."""

    name = "reconsideration.annex_notice_issued"
    label = gettext_lazy("Notice of review issued to the maker")
    listed, nested_only = False, True
    form = NoticeForm
    event, ours = "annex_notice_issued", True
    guards = (not_before("suspended"),)

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"organ": data["organ"], "content": data["clauses"]}


class MakerForm(DayForm):
    organ = forms.CharField(label=gettext_lazy("Maker of the document"), max_length=120)
    clauses = forms.CharField(label=gettext_lazy("Document and clauses"), max_length=500, widget=TEXT)


class NotifyMaker(AnnexedStep):
    """The maker got the written notice; its ten working days to answer run (art. 58(1))."""

    name = "reconsideration.annex_notify"
    label = gettext_lazy("Record the notice to the maker of the document")
    form = MakerForm
    event, ours = "annex_notified", True
    guards = (not_before("suspended"),)

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"organ": data["organ"], "content": data["clauses"]}


class AnswerForm(PostedDayForm):
    content = forms.CharField(label=gettext_lazy("What the maker answered"), max_length=2000, widget=TEXT)


class MakerAnswered(AnnexedStep):
    """The maker's written answer came in (art. 58(1))."""

    name = "reconsideration.annex_answer"
    label = gettext_lazy("Record the maker's answer")
    form = AnswerForm
    event, ours, after = "annex_answered", True, ("annex_notified",)
    guards = (not_before("annex_notified"),)

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | posted(data) | {"content": data["content"]}


class OrganForm(PaperDayForm):
    organ = forms.CharField(label=gettext_lazy("Competent organ"), max_length=120)


class TransferReview(AnnexedStep):
    """Transferred to the organ that may review it, within seven working days of the suspension (art. 56, 57)."""

    name = "reconsideration.annex_forward"
    label = gettext_lazy("Record the transfer of the review")
    form = OrganForm
    event, ours = "annex_forwarded", False
    guards = (not_before("suspended"),)

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"organ": data["organ"]}


class TransferIssued(TransferReview):
    """The same by the letter made here."""

    name = "reconsideration.annex_transfer_issued"
    label = gettext_lazy("Letter of transfer issued")
    listed, nested_only = False, True


class TransferReceived(AnnexedStep):
    """The competent organ received it: its sixty days run (art. 60)."""

    name = "reconsideration.annex_forward_received"
    label = gettext_lazy("Record that the transfer was received")
    form = DayForm
    event, ours, after = "annex_forward_received", False, ("annex_forwarded",)
    guards = (not_before("annex_forwarded"),)


def _results(form: ConcludeForm) -> dict[int, str]:
    """By review, the entry of its result."""
    return {review.pk: f"result_{review.pk}" for review in form.reviews}


class ConcludeForm(DayForm):
    """Where the reviewed documents are recorded, one result for each (`result_17`); else one for all."""

    RESULTS = (
        ("lawful", gettext_lazy("The clauses are lawful: told in the decision")),
        ("unlawful", gettext_lazy("Beyond power or against higher law: the clauses are no longer carried out")),
    )

    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=RESULTS, widget=forms.RadioSelect)
    content = forms.CharField(label=gettext_lazy("Opinion, with its paper and day"), max_length=4000, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        began = annexed_suspension(self.subject)
        is_ours = bool(began.data.get("is_competent")) if began else None
        self.reviews = open_reviews(self.subject, is_ours)
        for review in self.reviews:
            self.fields[f"result_{review.pk}"] = forms.ChoiceField(
                label=f"{review.document.quoted}{review.clauses}",
                choices=[("", gettext_lazy("— choose —")), *ClauseResult.choices],
            )
        if self.reviews:
            del self.fields["result"]
        self.order_fields(["on", *_results(self).values(), "result", "content", "note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        found = {review.pk: data.get(name) for review, name in zip(self.reviews, _results(self).values(), strict=True)}
        data["results"] = found
        if self.reviews:
            data["result"] = "lawful" if set(found.values()) <= {ClauseResult.LAWFUL} else "unlawful"
        return data


class ConcludeReview(AnnexedStep):
    """Own review finished, or the competent organ's opinion come in (art. 59, 60; Regulation 2026, art. 54).

    What was found goes into the register of normative documents, where it warns in later cases.
    """

    name = "reconsideration.annex_conclude"
    label = gettext_lazy("Record the result of the review")
    form = ConcludeForm
    event = "annex_concluded"
    guards = (not_before("suspended", "annex_notified", "annex_answered", "annex_forwarded", "annex_forward_received"),)
    annullable = False
    instead = gettext_lazy("Put the finding right in the register of normative documents.")

    def record_facts(self, case, data, context) -> None:
        for review in context.form.reviews:
            own = NormativeFinding.Source.OWN if review.is_competent else NormativeFinding.Source.ORGAN
            review.finding = NormativeFinding.objects.create(
                document=review.document,
                clauses=review.clauses,
                result=data["results"][review.pk],
                source=own,
                found_on=data["on"],
                opinion=data["content"],
                case_id=case.pk,
            )
            review.result, review.concluded_on = data["results"][review.pk], data["on"]
            review.save()

    def record_event(self, case, data, context):
        told = [
            {
                "document": review.document.quoted,
                "maker": review.document.maker,
                "clauses": review.clauses,
                "result": data["results"][review.pk],
            }
            for review in context.form.reviews
        ]
        kept = self.event_data(case, data)
        if told:
            kept |= {"clauses": told, "is_competent": context.form.reviews[0].is_competent}
        return events.record(case, self.event, data["on"], **kept)

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"result": data["result"], "content": data["content"]}


ANNEXED = (
    *OPENING,
    NoticeIssued,
    NotifyMaker,
    MakerAnswered,
    TransferReview,
    TransferIssued,
    TransferReceived,
    ConcludeReview,
)
