"""The superior authority: asked to take the case, taking it up, and ordering (art. 35, 38, 40; Regulation 2026, 40)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from casemgr.pages.forms import DateField
from reconsideration.actions.base import HEAD, ReconsiderationAction
from reconsideration.actions.papers import PaperAction, PaperDayForm
from reconsideration.guards import not_before
from reconsideration.models import ReconsiderationCase
from reconsideration.states import UNDER_TRIAL
from reconsideration.terms import ExcludedTime, Outcome, TakingUpGround, Track
from reconsideration.timelimits.laws import REGULATION_2026

OPEN = (*UNDER_TRIAL, "SUSPENDED")
EXCLUDED = f"excluded-{ExcludedTime.SUPERIOR}"
TEXT = forms.Textarea({"rows": 3})


def _last(case: ReconsiderationCase, *kinds: str) -> events.Fact | None:
    return events.last_of(events.facts_of(case), *kinds)


def asking_is_open(case: ReconsiderationCase) -> bool:
    """The superior was asked and has not answered."""
    last = _last(case, "superior_asked", "superior_took_up", "superior_declined")
    return last is not None and last.kind == "superior_asked"


def is_taken_up(case: ReconsiderationCase) -> bool:
    last = _last(case, "superior_took_up", "superior_declined", "handed_up")
    return last is not None and last.kind == "superior_took_up"


def _time_runs(case: ReconsiderationCase) -> bool:
    found = [fact for fact in events.facts_of(case) if fact.subject == EXCLUDED]
    return bool(found) and found[-1].kind == "excluded_from"


class AskedForm(PaperDayForm):
    ground = forms.ChoiceField(choices=TakingUpGround.choices)
    organ = forms.CharField(max_length=120)
    cause = forms.CharField(max_length=2000)


class AskSuperior(PaperAction):
    """The request goes to the superior authority (art. 38(2)); its time does not count (Regulation 2026, 40(2))."""

    name = "reconsideration.ask_superior"
    label = gettext_lazy("Ask the superior to take the case")
    form = AskedForm
    states: ClassVar = OPEN
    event = "superior_asked"
    guards = (
        Guard(
            "asked-already",
            "38(2)",
            gettext_lazy("The superior is asked already, or has taken the case up: record its answer first."),
            lambda case, data, today: not asking_is_open(case) and not is_taken_up(case),
        ),
        not_before("accepted"),
    )

    def record_event(self, case, data, context):
        if data["on"] >= REGULATION_2026.in_force[0] and not _time_runs(case):
            events.record(case, "excluded_from", data["on"], subject=EXCLUDED, excluded=ExcludedTime.SUPERIOR.value,
                          paper="提级审理请示")  # fmt: skip
        return super().record_event(case, data, context)

    def event_data(self, case, data) -> dict[str, Any]:
        kept = {"ground": data["ground"], "organ": data["organ"], "content": data["cause"]}
        return super().event_data(case, data) | kept


class AnswerForm(DayForm):
    RESULTS = (
        ("takes", gettext_lazy("It takes the case up: the papers go to it within five working days")),
        ("declines", gettext_lazy("It does not: the case is tried here")),
    )

    result = forms.ChoiceField(label=gettext_lazy("Answer"), choices=RESULTS, widget=forms.RadioSelect)
    organ = forms.CharField(label=gettext_lazy("Superior authority"), max_length=120)
    paper = forms.CharField(label=gettext_lazy("Paper (name, number, day)"), max_length=200)


class SuperiorAnswered(ReconsiderationAction):
    """The superior's answer, or its own notice that it takes the case up (art. 38; Regulation 2026, art. 40)."""

    name = "reconsideration.superior_answered"
    label = gettext_lazy("Record that the superior takes the case up, or not")
    topic = Topic.TIME
    form = AnswerForm
    states: ClassVar = OPEN
    primary = 0
    guards = (
        Guard(
            "not-asked",
            "38",
            gettext_lazy("The superior was not asked, so there is nothing it could decline."),
            lambda case, data, today: data["result"] == "takes" or asking_is_open(case),
            field="result",
            needs_data=True,
        ),
        Guard(
            "taken-up-already",
            "38",
            gettext_lazy("It is recorded already that the superior takes the case up: the papers go to it now."),
            lambda case, data, today: not is_taken_up(case),
        ),
        not_before("accepted", "superior_asked"),
    )

    def priority(self, subject) -> int:
        return 55 if asking_is_open(subject) else 0

    def execute(self, subject, data, context):
        self.record_answer(subject, data)
        return super().execute(subject, data, context)

    @staticmethod
    def record_answer(case, data) -> None:
        kind = "superior_took_up" if data["result"] == "takes" else "superior_declined"
        events.record(case, kind, data["on"], organ=data["organ"], content=data["paper"], note=data["note"])
        if _time_runs(case):
            events.record(case, "excluded_until", data["on"], subject=EXCLUDED, excluded=ExcludedTime.SUPERIOR.value,
                          paper=data["paper"])  # fmt: skip


taken_up = Guard(
    "not-taken-up",
    "38",
    gettext_lazy("Record first that the superior takes the case up."),
    lambda case, data, today: is_taken_up(case),
)


class HandUp(PaperAction):
    """The papers go to the superior within five working days; its period begins anew on receipt (Regulation, 40(3))."""

    name = "reconsideration.hand_up"
    label = gettext_lazy("Hand the case over to the superior")
    transition, event = "hand_up", "handed_up"
    guards = (taken_up, not_before("superior_took_up"))

    def record_facts(self, case, data, context) -> None:
        case.outcome = Outcome.TAKEN_UP


class SuperiorReceived(ReconsiderationAction):
    """The superior has the papers: from this day its own period runs (Regulation 2026, art. 40(3))."""

    name = "reconsideration.superior_received"
    label = gettext_lazy("Record that the superior received the papers")
    form = DayForm
    states: ClassVar = ("TAKEN_UP",)
    primary = 40
    event = "superior_received"
    guards = (not_before("handed_up"),)

    def priority(self, subject) -> int:
        return 0 if _last(subject, "superior_received") else self.primary


class OrderForm(DayForm):
    KINDS = (
        ("accept", gettext_lazy("To accept the application (art. 35)")),
        ("decide", gettext_lazy("To decide: the period has passed (art. 35)")),
        ("dismissal", gettext_lazy("To correct the dismissal (art. 35)")),
        ("resume", gettext_lazy("To resume the trial (art. 40)")),
    )

    kind = forms.ChoiceField(label=gettext_lazy("What is ordered"), choices=KINDS, widget=forms.RadioSelect)
    organ = forms.CharField(label=gettext_lazy("Superior organ"), max_length=120)
    paper = forms.CharField(label=gettext_lazy("Paper (name, number, day)"), max_length=200)
    due_on = DateField(label=gettext_lazy("To be done by"), required=False)
    content = forms.CharField(label=gettext_lazy("Its reasons"), required=False, max_length=2000, widget=TEXT)


ORDERED_IN = {"accept": ("NOT_ACCEPTED", "RECEIVED", "CORRECTING"), "decide": OPEN, "dismissal": ("DISMISSED",),
              "resume": ("SUSPENDED",)}  # fmt: skip


class RecordOrder(ReconsiderationAction):
    """A superior organ orders that a refusal, a dismissal, a delay or a suspension be put right (art. 35, 40)."""

    name = "reconsideration.record_order"
    label = gettext_lazy("Record an order of the superior")
    form = OrderForm
    states: ClassVar = ("RECEIVED", "CORRECTING", "NOT_ACCEPTED", "DISMISSED", *OPEN)
    event = "superior_ordered"
    guards = (
        Guard(
            "does-not-fit",
            "35、40",
            gettext_lazy("The order does not fit where the case stands. Check what is ordered."),
            lambda case, data, today: case.state in ORDERED_IN[data["kind"]],
            field="kind",
            needs_data=True,
        ),
        not_before("received", "refused", "dismissed", "suspended"),
    )

    def event_data(self, case, data) -> dict[str, Any]:
        kept = {"ordered": data["kind"], "organ": data["organ"], "paper": data["paper"], "content": data["content"]}
        due = {"due_on": data["due_on"].isoformat()} if data["due_on"] else {}
        return super().event_data(case, data) | kept | due


def is_ordered(case: ReconsiderationCase, kind: str) -> bool:
    return any(fact.kind == "superior_ordered" and fact.data.get("ordered") == kind for fact in events.facts_of(case))


class OrderedForm(DayForm):
    track = forms.ChoiceField(
        label=gettext_lazy("Trial procedure"), choices=Track.choices, initial=Track.ORDINARY, widget=forms.RadioSelect
    )


class AcceptByOrder(ReconsiderationAction):
    """The refused application is accepted after all, as the superior ordered; the decision period begins (art. 35)."""

    name = "reconsideration.accept_by_order"
    label = gettext_lazy("Accept as ordered by the superior")
    consequence = gettext_lazy(
        "The refusal is set aside and the case is tried; the decision period runs from that day."
    )
    binding, primary = True, 70
    roles = HEAD
    form = OrderedForm
    transition, event = "accept_by_order", "accepted"
    guards = (
        Guard(
            "no-order",
            "35",
            gettext_lazy("No order of the superior to accept is recorded."),
            lambda case, data, today: is_ordered(case, "accept"),
        ),
        not_before("refused", "superior_ordered"),
    )

    def priority(self, subject) -> int:
        return self.primary if is_ordered(subject, "accept") else 0

    def record_facts(self, case, data, context) -> None:
        case.outcome = ""
        self.set_facts(case, track=data["track"])

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"by_order": True}


SUPERIOR = (AskSuperior, SuperiorAnswered, HandUp, SuperiorReceived, RecordOrder, AcceptByOrder)
