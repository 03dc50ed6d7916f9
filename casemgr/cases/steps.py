"""Where a case stands: the stepper, and what can lawfully be done next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.actions import registry
from casemgr.actions.topics import Topic
from casemgr.cases.actions import CorrectDate
from casemgr.cases.events import Fact, facts_of
from casemgr.cases.models import Case
from casemgr.cases.panels import NextStep, registered_steps, whereabouts_of
from casemgr.cases.procedure import ENDED_STAGES, Stage, Step, Text
from casemgr.cases.undo.actions import ANNUL
from casemgr.organisation.roles import ROLES


@dataclass(frozen=True)
class StepMark:
    """One step of the stepper; `css` is done, now or empty."""

    label: Text
    css: str
    on: date | None = None


def stepper(case: Case) -> list[StepMark]:
    """The steps of the way this case took. Steps it left out, and cannot take any more, are not shown."""
    facts = facts_of(case)
    reached = [
        None if step.is_unfinished and step.is_unfinished(case) else _reached(case, step, facts)
        for step in case.definition.steps
    ]
    last = max((index for index, fact in enumerate(reached) if fact), default=-1)
    ended = case.stage in ENDED_STAGES
    marks = []
    for index, (step, fact) in enumerate(zip(case.definition.steps, reached, strict=True)):
        is_final = index == len(reached) - 1
        is_left_out = index < last or (ended and not is_final) or (step.is_optional and step.is_optional(case))
        if fact is None and is_left_out:
            continue
        marks.append(StepMark(_label(case, step, fact), "done" if fact else "", fact.occurred_on if fact else None))
    waiting = next((index for index, mark in enumerate(marks) if not mark.css), None)
    if waiting is not None and case.stage != Stage.ARCHIVED:
        marks[waiting] = StepMark(marks[waiting].label, "now")
    return marks


def _reached(case: Case, step: Step, facts: list[Fact]) -> Fact | None:
    found = (fact for fact in facts if fact.kind in step.events)
    return next((fact for fact in found if step.counts is None or step.counts(case, fact)), None)


def _label(case: Case, step: Step, fact: Fact | None) -> Text:
    """A step reached by another way than the usual one is named by what happened."""
    if fact is None or fact.kind == step.events[0]:
        return step.label
    return case.definition.event_kind(fact.kind).label


@dataclass(frozen=True)
class StepGroup:
    """What else can be done under one heading, and what of it the law does not allow yet."""

    topic: Topic
    possible: list[NextStep]
    blocked: list[NextStep]

    @property
    def is_open(self) -> bool:
        """Whether the page shows it unfolded: the usual course, and where a next step of the case may lie."""
        return self.topic is Topic.COURSE or any(step.primary > 0 for step in self.possible)


@dataclass(frozen=True)
class Proposals:
    """`main` is the one primary action of the page; `awaited` outrank it, but the law does not allow them yet."""

    main: NextStep | None
    awaited: list[NextStep]
    groups: list[StepGroup]
    may_correct_dates: bool = False
    may_annul: bool = False
    others_turn: list[tuple[str, Text]] = field(default_factory=list)
    """Who else has the next step, and which; then the reader has no primary action."""
    whereabouts: list[Text] = field(default_factory=list)
    """With whom the papers under way lie."""


def proposals(case: Case, user, today: date) -> Proposals:
    """What the person can do on the case today, the most important step first."""
    offers = registry.offers(case, user, today)
    steps = [
        NextStep(
            label=offer.action.label,
            url=reverse("case_action", args=[case.pk, offer.action.name]),
            primary=offer.action.priority(case),
            why=offer.action.consequence,
            refusals=offer.refusals,
            topic=offer.action.topic,
        )
        for offer in offers
        if offer.action.topic is not None
    ]
    steps = sorted([*registered_steps(case, user, today), *steps], key=lambda step: -step.primary)
    main = next((step for step in steps if step.is_possible and step.primary > 0), None)
    others_turn = _others_turn(case, user, today, main.primary if main else 0)
    if others_turn:
        main = None
    rank = main.primary if main else 0
    awaited = [step for step in steps if not step.is_possible and step.primary > rank]
    if not main and not others_turn and not awaited:
        awaited = [replace(step, refusals=step.too_early) for step in steps if step.too_early]
    possible = {offer.action.name for offer in offers if offer.is_possible}
    return Proposals(
        main=main,
        awaited=awaited,
        groups=_grouped([step for step in steps if step is not main and step not in awaited]),
        may_correct_dates=CorrectDate.name in possible,
        may_annul=ANNUL in possible,
        others_turn=others_turn,
        whereabouts=whereabouts_of(case),
    )


def _grouped(steps: list[NextStep]) -> list[StepGroup]:
    """By topic, the likeliest first; in each the order the steps came in."""
    found = []
    for topic in Topic:
        mine = [step for step in steps if step.topic is topic]
        if mine:
            possible = [step for step in mine if step.is_possible]
            found.append(StepGroup(topic, possible, [step for step in mine if not step.is_possible]))
    return found


def _others_turn(case: Case, user, today: date, rank: int) -> list[tuple[str, Text]]:
    """The roles whose step comes before all of the reader's, and that step: the reader only waits."""
    actions = sorted(registry.for_model(case), key=lambda action: -action.priority(case))
    for action in actions:
        if action.priority(case) <= rank:
            break
        if not action.roles or not action.listed or action.nested_only or action.is_permitted(case, user, today):
            continue
        if not registry.refusals(action, case, user, today):
            return [(_(", ").join(str(ROLES[role].label) for role in action.roles), action.label)]
    return []
