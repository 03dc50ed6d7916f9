"""What happened, in legal order, as the case page tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from casemgr.actions import registry
from casemgr.cases.deadline_rows import DeadlineRow, party_names, row_of
from casemgr.cases.events import CORRECTION, STRIKE, Fact, fold
from casemgr.cases.models import Case, Event
from casemgr.cases.procedure import Text


@dataclass(frozen=True)
class Correction:
    """One change of an entry's date: both days, who, when and why."""

    event: Event
    was: date | None

    @property
    def may_be_annulled(self) -> bool:
        return is_annullable(self.event)

    @property
    def reason(self) -> str:
        return self.event.data.get("reason", "")


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `struck_by` is the entry that took it back; it stays readable."""

    event: Event
    occurred_on: date | None
    title: Text
    party: str = ""
    corrections: tuple[Correction, ...] = ()
    struck_by: Event | None = None
    is_milestone: bool = False
    deadlines_met: list[DeadlineRow] = field(default_factory=list)

    @property
    def is_deemed(self) -> bool:
        """The law supplied it, nobody did it; the periods it ended are named below."""
        return bool(self.event.data.get("deemed"))

    @property
    def may_be_annulled(self) -> bool:
        """Its step stands and knows a way back."""
        return self.struck_by is None and is_annullable(self.event)

    @property
    def lines(self) -> list[str]:
        """What the entry keeps in words."""
        return [text for name in ("note", "content", "reason") if (text := self.event.data.get(name))]

    @property
    def order(self) -> tuple[date, int]:
        return (self.occurred_on or date.max, self.event.sequence)


def is_annullable(event: Event) -> bool:
    """Whether the entry's step can be annulled by itself; whether it may be now is judged on its page."""
    if event.step_id is None or event.step.annulled_at is not None:
        return False
    action = registry.every().get(event.step.action)
    return action is not None and getattr(action, "annullable", False)


def timeline(case: Case) -> list[Entry]:
    """All entries by the day they happened, then as recorded; what has no day comes last. Costs no query."""
    events = sorted(case.events.all(), key=lambda event: event.sequence)
    standing = {fact.root.pk: fact for fact in fold(events)}
    corrections = _corrections(events)
    struck = {event.corrects_id: event for event in events if event.kind == STRIKE}
    names = party_names(case)
    met: dict[int, list[DeadlineRow]] = {}
    for deadline in case.deadlines.all():
        if deadline.met_by_id:
            met.setdefault(deadline.met_by_id, []).append(row_of(case, deadline, names))
    entries = [
        _entry(case, event, standing.get(event.pk), corrections.get(event.pk, ()), struck.get(event.pk), names, met)
        for event in events
        if event.kind not in (CORRECTION, STRIKE)
    ]
    return sorted(entries, key=lambda entry: entry.order)


def _corrections(events: list[Event]) -> dict[int, tuple[Correction, ...]]:
    """By corrected entry, oldest first."""
    days = {event.pk: event.occurred_on for event in events}
    struck = {event.corrects_id for event in events if event.kind == STRIKE}
    found: dict[int, tuple[Correction, ...]] = {}
    for event in events:
        if event.kind == CORRECTION and event.corrects_id in days and event.pk not in struck:
            found[event.corrects_id] = (*found.get(event.corrects_id, ()), Correction(event, days[event.corrects_id]))
            days[event.corrects_id] = event.occurred_on
    return found


def _entry(case: Case, event: Event, fact: Fact | None, corrections, struck_by, names, met) -> Entry:
    kind = case.definition.event_kind(event.kind)
    return Entry(
        event=event,
        occurred_on=fact.occurred_on if fact else event.occurred_on,
        title=kind.sentence(event) if kind.sentence else kind.label,
        party=names.get(fact.party_id if fact else event.party_id, ""),
        corrections=corrections,
        struck_by=struck_by,
        is_milestone=kind.is_milestone,
        deadlines_met=met.get(event.pk, []),
    )


def since(case: Case, seen_version: int) -> list[Entry]:
    """Entries recorded after the version a form was opened with: what the person has not seen yet."""
    seen = case.history.filter(version=seen_version).order_by("history_date").last()
    if seen is None:
        return []
    new = {event.pk for event in case.events.all() if event.recorded_at > seen.history_date}
    return [
        entry
        for entry in timeline(case)
        if entry.event.pk in new or any(correction.event.pk in new for correction in entry.corrections)
    ]
