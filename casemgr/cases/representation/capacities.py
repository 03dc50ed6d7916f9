"""Participants who had no or limited capacity on the day the case was brought, and whether somebody spoke for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from casemgr.actions.action import Guard
from casemgr.actions.errors import Refusal
from casemgr.cases.models import Case, Participation
from casemgr.cases.representation.acting import statutory_agents
from casemgr.cases.representation.law import law_of
from casemgr.pages.dates import long_date
from casemgr.parties.capacity import Capacity, Degree, capacities


@dataclass(frozen=True)
class Incapable:
    """One such participant; `agent` is who acts by statute, or None."""

    part: Participation
    capacity: Capacity
    on: date
    agent: Participation | None

    @property
    def must_be_settled(self) -> bool:
        """Below 8 or declared: only the agent acts (Civil Code, art. 20, 21). From 8 on the agent may also consent or
        ratify (art. 19, 22): that is asked for, not enforced."""
        return self.agent is None and self.capacity.degree == Degree.NONE

    @property
    def words(self) -> str:
        return _("%(name)s on %(day)s: %(degree)s") % {
            "name": self.part.name,
            "day": long_date(self.on),
            "degree": self.capacity.label,
        }


def incapable(case: Case, on: date | None = None) -> list[Incapable]:
    """By default on the day the case was brought; three queries at most, and none for the same case object again."""
    law = law_of(case)
    day = on or (law.applied_on(case) if law else None)
    if day is None:
        return []
    known: dict[date, list[Incapable]] = case.__dict__.setdefault("_incapable", {})
    if day not in known:
        known[day] = _incapable_on(case, day, law.persons if law else ())
    return known[day]


def _incapable_on(case: Case, day: date, sides: tuple[str, ...]) -> list[Incapable]:
    parts = [part for part in case.participations.all() if part.role in sides and not part.left_on]
    found = capacities([part.party for part in parts], day)
    lacking = [part for part in parts if part.party_id in found and found[part.party_id].needs_agent]
    if not lacking:
        return []
    agents = statutory_agents(lacking, day) or statutory_agents(lacking)
    return [Incapable(part, found[part.party_id], day, agents.get(part.pk)) for part in lacking]


def refusals(case: Case) -> Iterator[Refusal]:
    """Why the case cannot go on yet: somebody without any capacity stands in it alone."""
    law = law_of(case)
    for one in incapable(case):
        if one.must_be_settled:
            text = _("%(who)s. Record the statutory agent, or ask for this in the correction notice.")
            article = law.statutory(case) if law else one.capacity.citation
            yield Refusal("needs-statutory-agent", text % {"who": one.words}, article)


class _StatutoryAgentStands(Guard):
    """As a guard of the step that takes the case up."""

    def refusal(self, subject: Case, data: Mapping | None, today: date) -> Refusal | None:
        return next(refusals(subject), None)


statutory_agents_stand = _StatutoryAgentStands("needs-statutory-agent", "", "", lambda case, data, today: True)
