"""The order events of a case must keep: a procedure names which kind may not precede which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casemgr.cases import events
from casemgr.cases.deadlines import deemed_moves
from casemgr.cases.events import Fact
from casemgr.cases.models import Case, Event
from casemgr.pages.dates import long_date


def first_violation(case: Case, corrected: Event, on: date, today: date) -> str | Promise | None:
    """What would contradict if `corrected` had happened on `on`; None when the order is kept.

    The procedure's `extra["order"]` lists pairs `(earlier, later)` of event kinds; pairs are judged per party where
    both entries name one, and per instance, paper or instalment where both belong to one. What the law let happen by
    itself moves along, and is judged on its new day.
    """
    facts = events.facts_of(case)
    standing = next(fact for fact in facts if fact.root.pk == corrected.pk)
    if standing.data.get("deemed"):
        return _("This day follows from the end of a period: correct the entry that began the period.")
    others = [fact for fact in facts if fact.root.pk != corrected.pk]
    if found := _against(case, standing, on, others):
        return found
    moved = replace(standing, occurred_on=on)
    for fact, day in deemed_moves(case, sorted([*others, moved], key=lambda fact: fact.order), today):
        if day >= today:
            return _("The period would end on %(on)s only: “%(other)s” would not have come about yet.") % {
                "on": long_date(day),
                "other": case.definition.event_kind(fact.kind).label,
            }
        if found := _against(case, fact, day, [other for other in others if other.root.pk != fact.root.pk]):
            return found
    return None


def _against(case: Case, standing: Fact, on: date, others: Iterable[Fact]) -> str | Promise | None:
    """The first of the other facts whose order with this one was kept so far, and would not be on `on`."""
    procedure = case.definition
    pairs, was = procedure.extra.get("order", ()), standing.occurred_on
    for fact in others:
        day = fact.occurred_on
        if day is None or (fact.party_id and standing.party_id and fact.party_id != standing.party_id):
            continue
        if not events.same_course(fact.subject, standing.subject):
            continue
        too_early = (fact.kind, standing.kind) in pairs and on < day and (was is None or was >= day)
        too_late = (standing.kind, fact.kind) in pairs and on > day and (was is None or was <= day)
        if too_early or too_late:
            template = (
                _("It would lie before “%(other)s” (%(on)s).")
                if too_early
                else _("It would lie after “%(other)s” (%(on)s).")
            )
            return template % {"other": procedure.event_kind(fact.kind).label, "on": long_date(day)}
    return None
