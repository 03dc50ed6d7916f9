"""What a litigation file adds to the case page: the suit, its instances with the agencies, the court's papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.models import Participation
from casemgr.documents.clues.sources import takes_part
from litigation.actions.sessions import NameHead
from litigation.codefendants import defendants_after
from litigation.court.lines import lines_of, with_others
from litigation.court.sessions import sessions_of
from litigation.court_level import LEVEL_CITATION, court_hint
from litigation.defences import Defence, proposals
from litigation.effect import Effect
from litigation.file_kinds import is_suit
from litigation.following import effect_of_ruling, parties_of
from litigation.models import Instance, LitigationCase, Ruling, Standing
from litigation.obligations import SERVED
from litigation.performance_sections import PERFORMANCE_SECTIONS
from litigation.states import RUNNING
from litigation.suggestions.section import SUGGESTION_SECTIONS


@dataclass(frozen=True)
class AgencyLine:
    """One agency in an instance: when the papers reached it and when it answered."""

    standing: Standing
    received_on: date | None
    answered_on: date | None


@dataclass(frozen=True)
class PaperLine:
    """One court paper with the day it reached each party, and from when it binds."""

    ruling: Ruling
    effect: Effect
    served: list[tuple[Participation, date | None]]

    @property
    def is_effective(self) -> bool:
        return self.ruling.effective_on is not None


@dataclass(frozen=True)
class InstanceLine:
    instance: Instance
    agencies: list[AgencyLine]
    papers: list[PaperLine]
    is_running: bool


def suit_section(case: LitigationCase, user: Any, today: date) -> dict[str, Any]:
    """No query beyond what the page has loaded."""
    facts = case.facts
    rule = defendants_after(facts.after_reconsideration) if facts.after_reconsideration else None
    raised = [Defence(code).label for code in facts.defences.get("raised", [])]
    hints = [] if facts.defences or case.state not in RUNNING else proposals(case, case.deadlines.all())
    return {"facts": facts, "rule": rule, "raised": raised, "hints": hints, "is_suit": is_suit(case),
            "court_hint": court_hint(case) if is_suit(case) else "", "court_citation": LEVEL_CITATION}  # fmt: skip


def instances_section(case: LitigationCase, user: Any, today: date) -> dict[str, Any]:
    """Instances, standings and papers as the page has loaded them."""
    if not is_suit(case):
        return {"instances": []}
    found = sorted(case.instances.all(), key=lambda one: -one.order)
    happened = events.facts_of(case)
    parties = parties_of(case) if any(one.rulings.all() for one in found) else []
    return {"instances": [_line(case, one, happened, parties, today) for one in found]}


def _line(
    case: LitigationCase, instance: Instance, happened: list[Fact], parties: list[Participation], today: date
) -> InstanceLine:
    here = [fact for fact in happened if fact.subject == instance.subject]
    agencies = []
    for standing in instance.standings.all():
        party = standing.participation.party_id
        received = events.last_of(here, "complaint_received", "appeal_copy_received", party_id=party)
        answered = events.last_of(here, "answer_filed", "appeal_answered", party_id=party)
        agencies.append(
            AgencyLine(
                standing,
                received.occurred_on if received else None,
                answered.occurred_on if answered else None,
            )
        )
    papers = []
    for ruling in instance.rulings.all():
        ruling.in_instance = instance
        own = {fact.party_id: fact.occurred_on for fact in happened
               if fact.subject == ruling.subject and fact.kind in SERVED}  # fmt: skip
        effect = effect_of_ruling(ruling, happened, [part.party_id for part in parties])
        papers.append(PaperLine(ruling, effect, [(part, own.get(part.party_id)) for part in parties]))
    return InstanceLine(instance, agencies, papers, instance.order == case.facts.running_order)


def sessions_section(case: LitigationCase, user: Any, today: date) -> dict[str, Any]:
    """Court sessions, who comes and came, and what each appearance comes to; one query where there are none."""
    found = list(sessions_of(case))
    if not found:
        return {"lines": []}
    judged = Standing.objects.filter(in_instance__case_id=case.pk).exclude(seen="")
    return {
        "lines": with_others(lines_of(found), user, today),
        "judged": list(judged.select_related("participation", "in_instance").order_by("-in_instance__order", "pk")),
        "may_hand_over": takes_part(user, today),
        "may_name": case.state in RUNNING and NameHead().is_permitted(case, user, today),
    }


SECTIONS = (
    ("litigation/_suit.html", suit_section),
    ("litigation/_instances.html", instances_section),
    ("litigation/_sessions.html", sessions_section),
    *PERFORMANCE_SECTIONS,
    *SUGGESTION_SECTIONS,
)
