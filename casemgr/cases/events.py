"""Recording events, and reading them in legal order with corrections folded in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Max

from casemgr.audit.context import current
from casemgr.cases.held_entries import held_of
from casemgr.cases.models import Case, Event
from casemgr.cases.undo.recording import open_step_of
from casemgr.parties.models import Party

CORRECTION = "date_corrected"
STRIKE = "struck"
SPLIT = "party_split"
"""A party record held two people: what was recorded of one of them before is the other record's."""


@dataclass(frozen=True)
class Fact:
    """An event as it stands today: the root row, with the date and data of its latest correction."""

    root: Event
    occurred_on: date | None
    data: dict[str, Any]
    corrected_by: Event | None = None
    party_now: int | None = None
    """Whose the fact is after the party's record was split; None: as it was recorded."""

    @property
    def kind(self) -> str:
        return self.root.kind

    @property
    def party_id(self) -> int | None:
        return self.party_now or self.root.party_id

    @property
    def subject(self) -> str:
        return self.root.subject

    @property
    def order(self) -> tuple[date, int]:
        """Legal order: by day, then as recorded; what has no date comes last."""
        return (self.occurred_on or date.max, self.root.sequence)


def record(
    case: Case,
    kind: str,
    occurred_on: date | None,
    *,
    party: Party | None = None,
    subject: str = "",
    precision: str = Event.Precision.DAY,
    as_written: str = "",
    corrects: Event | None = None,
    **data: Any,
) -> Event:
    """Append one event to the (locked) case. `data` holds plain JSON values, never a personal number."""
    held, context = held_of(case.pk), current()
    if held is not None:
        last = max((event.sequence for event in held.all()), default=0)
    else:
        last = case.events.aggregate(last=Max("sequence"))["last"] or 0
    if occurred_on is None and precision == Event.Precision.DAY:
        precision = Event.Precision.UNKNOWN
    event = Event.objects.create(
        case_id=case.pk,
        kind=kind,
        occurred_on=Event._meta.get_field("occurred_on").to_python(occurred_on),
        precision=precision,
        as_written=as_written,
        actor_id=context.actor_id,
        actor_name=context.actor_name,
        party=party,
        subject=subject,
        sequence=last + 1,
        corrects=corrects,
        step=open_step_of(case),
        data=json.loads(json.dumps(data)),
    )
    if held is not None:
        held.add(event)
    return event


def fold(events: Iterable[Event]) -> list[Fact]:
    """The facts that stand: struck events left out, corrected ones with their new date, in legal order.

    A correction keeps the root, so that what hangs on it survives; a struck correction corrects nothing.
    """
    known = sorted(events, key=lambda event: event.sequence)
    struck = {event.corrects_id for event in known if event.kind == STRIKE}
    facts: dict[int, Fact] = {}
    for event in known:
        if event.kind == STRIKE or event.pk in struck:
            continue
        if event.kind == CORRECTION:
            if (earlier := facts.get(event.corrects_id)) is not None:
                facts[event.corrects_id] = Fact(earlier.root, event.occurred_on, earlier.data, corrected_by=event)
        else:
            facts[event.pk] = Fact(event, event.occurred_on, event.data)
    standing = _after_splits(facts.values(), [event for event in known if event.kind == SPLIT])
    return sorted(standing, key=lambda fact: fact.order)


def _after_splits(facts: Iterable[Fact], splits: list[Event]) -> Iterable[Fact]:
    """Each fact with the record whose it is after the splits, and their undoing, that were recorded behind it."""
    for fact in facts:
        party = fact.root.party_id
        for event in splits:
            if event.sequence > fact.root.sequence and party == event.data["from"]:
                party = event.data["to"]
        yield fact if party == fact.root.party_id else replace(fact, party_now=party)


def facts_of(case: Case) -> list[Fact]:
    """The case's facts in legal order: one query, or none when events are prefetched or the running action has read
    them."""
    held = held_of(case.pk)
    if held is None:
        return fold(case.events.all())
    if held.folded is None:
        held.folded = fold(held.all())
    return list(held.folded)


def same_course(one: str, other: str) -> bool:
    """Whether entries of these subjects touch each other: a subject is a path, like `instance:1/ruling:2`.

    What is said of the whole (an empty subject, or the instance) concerns its parts, and a part concerns the whole;
    two parts do not hear of each other.
    """
    return not one or not other or f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def last_of(facts: Iterable[Fact], *kinds: str, party_id: int | None = None) -> Fact | None:
    """The latest fact of the kinds (for the party, if given)."""
    found = None
    for fact in facts:
        if fact.kind in kinds and (party_id is None or fact.party_id == party_id):
            found = fact
    return found


def day_of(case: Case, *kinds: str, party_id: int | None = None) -> date | None:
    """The day the latest such event happened, or None."""
    fact = last_of(facts_of(case), *kinds, party_id=party_id)
    return fact.occurred_on if fact else None
