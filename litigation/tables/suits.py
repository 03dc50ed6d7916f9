"""Suits as table T6 counts them: each court number of first instance, second instance or retrial once.

It is open from the day its papers reached the agencies to the day of the paper that ends it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casemgr.cases.events import Fact
from casemgr.cases.models import CaseLink, Participation
from casemgr.indicators.tables.facts import FOREVER, Mark
from litigation.court.appearance import BEFORE_COURT
from litigation.instances import DEFENDANTS
from litigation.models import PROCEDURE, ExecutionStep, Instance, Obligation, Ruling, Standing
from litigation.suggestions.terms import JUDICIAL
from litigation.tables.entries import entries_of
from litigation.terms import Deed, FileKind, Measure, ObligationKind

INSTANCE = "instance"
RECEIVED = ("complaint_received", "appeal_copy_received")
OPENED = ("case_filed", "instance_opened")
OWN_ACT, RECONSIDERATION, TOGETHER = "own_act", "reconsideration", "together"
"""The agencies' part: sued over the act, over the reconsideration alone, or both together."""
YES = "yes"


@dataclass(frozen=True)
class End:
    """Until when the instance was open, and how it ended. No day: nobody knows it."""

    on: date | None
    outcome: str


def marks(case_ids: Collection[int]) -> Iterator[Mark]:
    """Without files entered by mistake, and without instances of the past of which nobody knows when they ended."""
    found = Instance.objects.filter(
        case_id__in=case_ids, case__procedure=PROCEDURE, case__litigation_facts__file_kind=FileKind.SUIT,
        level__in=BEFORE_COURT,
    )  # fmt: skip
    instances = list(found.exclude(case__state="VOID").select_related("case").order_by("case", "order"))
    if not instances:
        return
    cases = {one.case_id for one in instances}
    facts = entries_of(cases, (*RECEIVED, *OPENED))
    standings, ends, paying = _standings(instances), _ends(instances), _paying(instances)
    last = {one.case_id: one.pk for one in instances}
    suggested = _suggested(cases)
    for one in instances:
        end = ends.get(one.pk) or End(one.ended_on, one.outcome)
        if end.on is None and (end.outcome or one.case.is_past_record):
            continue
        begun = _begun(one, facts[one.case_id], end)
        if begun is None:
            continue
        agencies = standings[one.pk]
        leading = _leading(agencies)
        party = leading.participation.party if leading is not None else None
        dims = {
            "suit": f"{one.level}/{_part(agencies)}",
            "organ": party.agency_kind if party is not None else "",
            "outcome": end.outcome,
            "paying": YES if one.pk in paying else "",
            "suggested": YES if one.case_id in suggested and last[one.case_id] == one.pk else "",
        }
        unit = party.unit_id if party is not None and party.unit_id else one.case.unit_id
        yield Mark(INSTANCE, one.case_id, unit, begun, end.on or FOREVER, dims, row=one.pk)


def _begun(one: Instance, facts: Sequence[Fact], end: End) -> date | None:
    """The first receipt by an agency; else the day of the court's filing; else the first day of it that is known."""
    own = [fact for fact in facts if fact.subject == one.subject]
    for kinds in (RECEIVED, OPENED):
        if days := [fact.occurred_on for fact in own if fact.kind in kinds]:
            return min(days)
    days = [day for day in (one.heard_on, end.on) if day is not None]
    return min(days) if days else None


def _standings(instances: Iterable[Instance]) -> Mapping[int, list[Standing]]:
    found: dict[int, list[Standing]] = defaultdict(list)
    rows = Standing.objects.filter(in_instance__in=[one.pk for one in instances], role__in=DEFENDANTS)
    for row in rows.select_related("participation__party").order_by("pk"):
        found[row.in_instance_id].append(row)
    return found


def _leading(agencies: Sequence[Standing]) -> Standing | None:
    """The banner's own organ that made the act, before one that decided the reconsideration, before a foreign one."""
    order = lambda row: (row.participation.party.unit_id is None, row.deed != Deed.ACTED, row.pk)  # noqa: E731
    return min(agencies, key=order, default=None)


def _part(agencies: Iterable[Standing]) -> str:
    deeds = {row.deed for row in agencies}
    if deeds == {Deed.ACTED, Deed.RECONSIDERED}:
        return TOGETHER
    return RECONSIDERATION if deeds == {Deed.RECONSIDERED} else OWN_ACT


def _ends(instances: Iterable[Instance]) -> Mapping[int, End]:
    """By the last paper of each that ends it, on its day; of the past perhaps only the day of its effect is known."""
    rows = Ruling.objects.filter(in_instance__in=[one.pk for one in instances]).exclude(outcome="")
    return {
        instance: End(made or effective, outcome)
        for instance, made, effective, outcome in rows.order_by("order").values_list(
            "in_instance_id", "made_on", "effective_on", "outcome"
        )
    }


def _paying(instances: Iterable[Instance]) -> set[int]:
    """Instances whose paper obliges an agency to pay."""
    rows = Obligation.objects.filter(
        ruling__in_instance__in=[one.pk for one in instances], kind=ObligationKind.PAY,
        debtor__role=Participation.Role.RESPONDENT,
    )  # fmt: skip
    return set(rows.values_list("ruling__in_instance_id", flat=True))


def _suggested(cases: Collection[int]) -> set[int]:
    """Suits over which a court sent a judicial suggestion: linked with its letter, or sent in the enforcement."""
    steps = ExecutionStep.objects.filter(execution__in_instance__case__in=cases, kind=Measure.SUGGESTION)
    found = set(steps.values_list("execution__in_instance__case_id", flat=True))
    links = CaseLink.objects.filter(
        Q(from_case__in=cases, to_case__suggestion_letter__kind__in=JUDICIAL)
        | Q(to_case__in=cases, from_case__suggestion_letter__kind__in=JUDICIAL)
    )
    for pair in links.values_list("from_case_id", "to_case_id"):
        found.update(pair)
    return found & set(cases)
