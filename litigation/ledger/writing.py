"""Writing instances out in the columns of the ledger: a row for each court number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.models import Case, Participation
from casemgr.ledgers.batches import batches
from casemgr.ledgers.readers import BATCH, Reader
from casemgr.ledgers.written import day_of
from litigation.court_numbers import parse
from litigation.ledger.columns import (
    CAUSE,
    COURT,
    HEAD,
    HEADS,
    HEARD,
    LEVEL,
    LEVELS,
    NUMBER,
    OUTCOME,
    OUTCOMES,
    OWED,
    PAPER,
    PAPERS,
    POST,
    REASON,
    RECONSIDERATION,
    RESPONSIBLE,
    SIDES,
)
from litigation.models import Appearance, Instance, LitigationCase, Ruling
from litigation.obligations import SERVED
from litigation.registration.past import ANSWERED_AS, RECEIVED_AS
from litigation.registration.past_form import ALIKE
from litigation.terms import Outcome

Role = Participation.Role
PREFETCHED = (
    "rulings", "sessions__appearances__standing__participation", "case__events", "case__participations__party",
)  # fmt: skip
_PLACES = {level: place for place, level in enumerate(LEVELS.values())}


def rows(year: int, reader: Reader) -> Iterator[Mapping[str, Any]]:
    """Instances whose court number is of the year, file by file in the order of the courts' numbers.

    The order follows from what is written alone: a register into which the ledger was loaded writes it out the same.
    """
    found = [pk for _key, pk in sorted(_placed(year, reader))]
    for some in batches(found, BATCH):
        known = {one.pk: one for one in with_content(Instance.objects.filter(pk__in=some))}
        yield from (row_of(known[pk]) for pk in some)


def _placed(year: int, reader: Reader) -> Iterator[tuple[tuple, int]]:
    """Every instance with its place: the smallest of its file's places in the year, then its own."""
    cases = reader.cases(LitigationCase.objects.exclude(state="VOID"))
    of_year = Q(court_key__startswith=f"（{year}）") | (~Q(court_key__startswith="（") & Q(case__number_year=year))
    found = Instance.objects.filter(of_year, case__in=cases.order_by().values("pk")).exclude(court_number="")
    told = list(found.values_list("pk", "case_id", "order", "level", "court_key"))
    own = {pk: _place_of(level, key) for pk, _case, _order, level, key in told}
    first: dict[int, tuple] = {}
    for pk, case, _order, _level, _key in told:
        first[case] = min(first.get(case, own[pk]), own[pk])
    for pk, case, order, _level, _key in told:
        yield (first[case], order), pk


def _place_of(level: str, key: str) -> tuple:
    number = parse(key)
    parts = (number.court, number.type, number.serial) if number is not None else ("", "", 0)
    return (_PLACES[ALIKE.get(level, level)], *parts, key)


def with_content(found: QuerySet[Instance]) -> QuerySet[Instance]:
    """With all that `row_of` reads."""
    return found.select_related("case__litigation_facts__responsible").prefetch_related(*PREFETCHED)


def row_of(instance: Instance) -> dict[str, str]:
    """An instance in the ledger's columns; what is not known stays empty."""
    case = instance.case
    facts = [fact for fact in events.facts_of(case) if fact.subject.split("/")[0] == instance.subject]
    own, paper = case.litigation_facts, _paper_of(instance)
    on_paper = [
        fact for fact in facts if paper is not None and fact.subject == f"{instance.subject}/ruling:{paper.order}"
    ]
    received = RECEIVED_AS.get(instance.level, "complaint_received")
    answered = ANSWERED_AS.get(instance.level, "answer_filed")
    effective = events.last_of(on_paper, "ruling_effective")
    return {
        NUMBER: instance.court_number,
        LEVEL: _word(LEVELS, ALIKE.get(instance.level, instance.level)),
        COURT: instance.court,
        **_parties(case),
        CAUSE: own.cause,
        "收到起诉状日期": _first(facts, received),
        "答辩日期": _first(facts, answered),
        HEARD: "、".join(day_of(fact) for fact in facts if fact.kind == "session_held"),
        **_heads(instance, facts),
        PAPER: _word(PAPERS, paper.kind) if paper is not None else "",
        OUTCOME: _word(OUTCOMES, _plain_outcome(paper.outcome)) if paper is not None else "",
        "裁判送达日期": _served(case, on_paper),
        "上诉日期": "" if effective is not None and _is_withdrawn(on_paper) else _first(on_paper, "appealed"),
        "生效日期": day_of(effective) if effective is not None else "",
        RECONSIDERATION: own.reconsideration_number,
        RESPONSIBLE: own.responsible.name if own.responsible is not None else "",
    }


def _paper_of(instance: Instance) -> Ruling | None:
    """The paper that ended the instance; without one the last there is of an instance told by a ledger."""
    papers = sorted(instance.rulings.all(), key=lambda one: one.order)
    ending = [one for one in papers if one.outcome]
    return ending[-1] if ending else next((one for one in reversed(papers) if one.made_on is None), None)


def _plain_outcome(outcome: str) -> str:
    return Outcome.WITHDRAWN if outcome == Outcome.WITHDRAWN_CHANGED else outcome


def _parties(case: Case) -> dict[str, str]:
    parts = [part for part in case.participations.all() if part.left_on is None]
    parts.sort(key=lambda part: (part.order, part.pk))
    return {column: "、".join(part.name for part in parts if part.role == role) for column, role in SIDES}


def _heads(instance: Instance, facts: Iterable[Fact]) -> dict[str, str]:
    """Of each agency of which something is told: who came first, or why nobody did."""
    rows: dict[int, list[Appearance]] = {}
    for session in sorted(instance.sessions.all(), key=lambda one: one.number):
        for row in session.appearances.all():
            if session.held_on is not None and row.head_came is not None:
                rows.setdefault(row.standing_id, []).append(row)
    if not rows:
        opened = next((fact for fact in facts if fact.kind == "instance_opened"), None)
        owed, _mark, reason = (opened.data.get("unheard", "") if opened else "").partition("\n")
        return {OWED: owed, HEAD: "", POST: "", REASON: reason}
    ordered = sorted(rows.values(), key=lambda found: (found[0].standing.participation.order, found[0].standing_id))
    told = [next((row for row in found if row.head_came), found[0]) for found in ordered]
    cells = {
        OWED: [row.standing.participation.name for row in told],
        HEAD: [row.head_name if row.head_came else "" for row in told],
        POST: [row.head_post if row.head_came else "" for row in told],
        REASON: ["" if row.head_came else _reason(row, alone=len(told) == 1) for row in told],
    }
    return {column: "、".join(cells[column]) if any(cells[column]) else "" for column in HEADS}


def _reason(row: Appearance, *, alone: bool) -> str:
    text = row.absence_note or (row.get_absence_ground_display() if row.absence_ground else "")
    return text if alone else text.replace("、", "，")


def _served(case: Case, on_paper: Iterable[Fact]) -> str:
    """The day on which the paper reached the first agency."""
    agencies = {part.party_id for part in case.participations.all() if part.role == Role.RESPONDENT}
    served = [fact for fact in on_paper if fact.kind in SERVED]
    own = [fact for fact in served if fact.party_id is None or fact.party_id in agencies]
    return day_of(own[0]) if own else ""


def _is_withdrawn(on_paper: Iterable[Fact]) -> bool:
    return any(fact.kind == "appeal_withdrawn" for fact in on_paper)


def _first(facts: Iterable[Fact], kind: str) -> str:
    return next((day_of(fact) for fact in facts if fact.kind == kind), "")


def _word(words: Mapping[str, str], code: str) -> str:
    return next((word for word, known in words.items() if known == code), "")


__all__ = ["row_of", "rows", "with_content"]
