"""Settlement in a suit, and why a suit was lost (dossier §4.2; issue 12 item 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_forms import DayForm
from casemgr.cases.models import Case
from casemgr.pages.forms import SeveralChoicesField
from litigation.actions.base import LitigationAction
from litigation.file_kinds import ONLY_SUITS
from litigation.following import follow
from litigation.indicators.losses import LOST_OR_CHANGED, concluding_papers
from litigation.models import LitigationCase, SuitSettlement
from litigation.states import RUNNING
from litigation.terms import LossReason

Result = SuitSettlement.Result
TEXT = forms.Textarea({"rows": 3})


def open_settlement(case: Case) -> SuitSettlement | None:
    """The attempt that is being negotiated."""
    waiting = [one for one in case.suit_settlements.all() if one.result == Result.OPEN]
    return max(waiting, key=lambda one: one.order, default=None)


class BeginForm(DayForm):
    negotiators = forms.CharField(label=gettext_lazy("Who negotiated"), max_length=200)
    mandate = forms.CharField(
        label=gettext_lazy("Mandate, and who gave it"),
        max_length=300,
        help_text=gettext_lazy("What they may agree to, up to which amount, decided by whom and on which day."),
    )
    offer = forms.CharField(label=gettext_lazy("Offer"), max_length=2000, widget=TEXT)


class BeginSettlement(LitigationAction):
    """The agency negotiates, with a mandate: who, what it may offer, what it offers."""

    name = "litigation.begin_settlement"
    file_kinds: ClassVar = ONLY_SUITS
    label = gettext_lazy("Record negotiations for a settlement")
    topic = Topic.ENDING
    form = BeginForm
    states = (*RUNNING, "JUDGED", "SUSPENDED")
    guards = (
        Guard(
            "settlement-open",
            "",
            gettext_lazy("Negotiations are recorded already: record how they ended first."),
            lambda case, data, today: open_settlement(case) is None,
        ),
    )

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        row = SuitSettlement.objects.create(
            case_id=subject.pk,
            order=subject.suit_settlements.count() + 1,
            begun_on=data["on"],
            **{name: data[name] for name in ("negotiators", "mandate", "offer")},
        )
        events.record(subject, "settlement_begun", data["on"], subject=row.subject, settlement=row.pk)
        settle(subject, context.today)
        return subject


class EndForm(DayForm):
    result = forms.ChoiceField(
        label=pgettext_lazy("settlement", "Result"),
        choices=[(Result.AGREED, Result.AGREED.label), (Result.FAILED, Result.FAILED.label)],
        widget=forms.RadioSelect,
    )
    terms = forms.CharField(label=gettext_lazy("Terms, or why it failed"), max_length=2000, widget=TEXT)


class EndSettlement(LitigationAction):
    """How the negotiations ended. A change of the act, the withdrawal or the court's mediation document, and what is
    performed are recorded by their own steps."""

    name = "litigation.end_settlement"
    file_kinds: ClassVar = ONLY_SUITS
    label = gettext_lazy("Record how negotiations for a settlement ended")
    topic = Topic.ENDING
    form = EndForm
    states = (*RUNNING, "JUDGED", "SUSPENDED", "WITHDRAWN", "EFFECTIVE", "TO_PERFORM")
    guards = (
        Guard(
            "no-settlement",
            "",
            gettext_lazy("No negotiations are open."),
            lambda case, data, today: open_settlement(case) is not None,
        ),
        Guard(
            "before-begin",
            "",
            gettext_lazy("It cannot have ended before it began. Check both dates."),
            lambda case, data, today: (one := open_settlement(case)) is None or data["on"] >= one.begun_on,
            field="on",
            needs_data=True,
        ),
    )

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        row = open_settlement(subject)
        kept = {"settlement": row.pk, "result": data["result"], "terms": data["terms"]}
        events.record(subject, "settlement_ended", data["on"], subject=row.subject, **kept)
        follow(subject, context.today)
        settle(subject, context.today)
        return subject


class LossForm(DayForm):
    reasons = SeveralChoicesField(label=gettext_lazy("Why it was lost"), choices=LossReason.choices)
    article = forms.CharField(
        label=gettext_lazy("Article the court applied or found violated"), max_length=300, required=False
    )
    flaw = forms.CharField(label=gettext_lazy("The flaw in the act"), max_length=2000, widget=TEXT)
    lesson = forms.CharField(label=gettext_lazy("What is to be done differently"), max_length=2000, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            for name, value in (self.subject.facts.loss or {}).items():
                if name in self.fields:
                    self.fields[name].initial = value


def is_lost(case: Case) -> bool:
    """A paper that stands went against an agency, also where a court above upheld it, or the act was changed."""
    return concluding_papers().filter(LOST_OR_CHANGED, in_instance__case=case).exists()


class AnalyseLoss(LitigationAction):
    """Why the suit was lost: reasons as codes, article, flaw, lesson; of the act and the organ that answers for it."""

    name = "litigation.analyse_loss"
    file_kinds: ClassVar = ONLY_SUITS
    label = gettext_lazy("Analyse why the suit was lost")
    form = LossForm
    primary = 35
    states = (
        *("JUDGED", "APPEALED", "EFFECTIVE", "NOTHING_TO_PERFORM", "TO_PERFORM", "ENFORCED", "CLEARED"),
        *("WITHDRAWN", "RETRIAL"),
    )
    event = "loss_analysed"
    guards = (
        Guard(
            "not-lost",
            "",
            gettext_lazy("The suit was not lost: no paper that stands went against an agency."),
            lambda case, data, today: is_lost(case),
        ),
    )

    def priority(self, subject: LitigationCase) -> int:
        return 0 if subject.facts.loss else self.primary

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        self.set_facts(case, loss={name: data[name] for name in ("reasons", "article", "flaw", "lesson")})

    def event_data(self, case: Case, data: Mapping[str, Any]) -> dict[str, Any]:
        kept = {"reasons": data["reasons"], "act": case.act_id, "responsible": case.facts.responsible_id}
        return {**super().event_data(case, data), **kept}


SETTLEMENT = (BeginSettlement, EndSettlement, AnalyseLoss)
