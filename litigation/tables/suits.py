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
from litigation.models import PROCEDURE, ExecutionStep, Instance, Letter, Ruling, Standing
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
    instances = list(found.exclude(case__state="VOID").select_related("case").order_by("case_id", "order"))
    if not instances:
        return
    cases = {one.case_id for one in instances}
    facts = entries_of(cases, (*RECEIVED, *OPENED))
    standings, (ends, paying) = _standings(instances), _papers(instances)
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
        leading = min(agencies, key=lambda agency: agency.place, default=None)
        dims = {
            "suit": f"{one.level}/{_part(agencies)}",
            "organ": leading.kind if leading is not None else "",
            "outcome": end.outcome,
            "paying": YES if one.pk in paying else "",
            "suggested": YES if one.case_id in suggested and last[one.case_id] == one.pk else "",
        }
        unit = (leading.unit if leading is not None else None) or one.case.unit_id
        yield Mark(INSTANCE, one.case_id, unit, begun, end.on or FOREVER, dims, row=one.pk)


def _begun(one: Instance, facts: Sequence[Fact], end: End) -> date | None:
    """The first receipt by an agency; else the day of the court's filing; else the first day of it that is known."""
    own = [fact for fact in facts if fact.subject == one.subject]
    for kinds in (RECEIVED, OPENED):
        if days := [fact.occurred_on for fact in own if fact.kind in kinds]:
            return min(days)
    days = [day for day in (one.heard_on, end.on) if day is not None]
    return min(days) if days else None


@dataclass(frozen=True)
class Agency:
    """An agency before the court, by its standing's row."""

    pk: int
    deed: str
    unit: int | None
    kind: str

    @property
    def place(self) -> tuple[bool, bool, int]:
        """The banner's own organ that made the act leads, before one that decided the reconsideration, before a foreign
        one."""
        return (self.unit is None, self.deed != Deed.ACTED, self.pk)


def _standings(instances: Iterable[Instance]) -> Mapping[int, list[Agency]]:
    found: dict[int, list[Agency]] = defaultdict(list)
    rows = Standing.objects.filter(in_instance__in=[one.pk for one in instances], role__in=DEFENDANTS).order_by("pk")
    party = "participation__party"
    for instance, *values in rows.values_list(
        "in_instance_id", "pk", "deed", f"{party}__unit_id", f"{party}__agency_kind"
    ):
        found[instance].append(Agency(*values))
    return found


def _part(agencies: Iterable[Agency]) -> str:
    deeds = {row.deed for row in agencies}
    if deeds == {Deed.ACTED, Deed.RECONSIDERED}:
        return TOGETHER
    return RECONSIDERATION if deeds == {Deed.RECONSIDERED} else OWN_ACT


def _papers(instances: Iterable[Instance]) -> tuple[Mapping[int, End], set[int]]:
    """How each ended, and which obliges an agency to pay.

    It ends by its last paper with an outcome, on its day; of the past perhaps only the day of its effect is known.
    """
    ends: dict[int, End] = {}
    paying = set()
    rows = Ruling.objects.filter(in_instance__in=[one.pk for one in instances]).order_by("order")
    told = ("in_instance_id", "made_on", "effective_on", "outcome", "obligations__kind", "obligations__debtor__role")
    for instance, made, effective, outcome, kind, debtor in rows.values_list(*told):
        if outcome:
            ends[instance] = End(made or effective, outcome)
        if kind == ObligationKind.PAY and debtor == Participation.Role.RESPONDENT:
            paying.add(instance)
    return ends, paying


def _suggested(cases: Collection[int]) -> set[int]:
    """Suits over which a court sent a judicial suggestion: linked with its letter, or sent in the enforcement."""
    steps = ExecutionStep.objects.filter(execution__in_instance__case__in=cases, kind=Measure.SUGGESTION)
    found = set(steps.order_by().values_list("execution__in_instance__case_id", flat=True))
    links = CaseLink.objects.filter(Q(from_case__in=cases) | Q(to_case__in=cases)).order_by()
    pairs = list(links.values_list("from_case_id", "to_case_id"))
    if pairs:
        ends = {pk for pair in pairs for pk in pair}
        letters = set(Letter.objects.filter(case__in=ends, kind__in=JUDICIAL).values_list("case_id", flat=True))
        found |= {one for pair in pairs for one, other in (pair, pair[::-1]) if other in letters}
    return found & set(cases)
