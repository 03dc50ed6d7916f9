"""Writing cases out in the columns of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from casemgr.cases import events
from casemgr.cases.models import Case, Participation
from casemgr.ledgers.batches import batches
from casemgr.ledgers.readers import BATCH, Reader
from casemgr.ledgers.written import day_of
from casemgr.parties.models import Party
from reconsideration.ledger.columns import DECIDED, ENDED, HAPPENED, MATTERS, METHODS, NUMBER, OUTCOMES, TRACKS, YES
from reconsideration.models import PROCEDURE, ReconsiderationCase


def rows(year: int, reader: Reader) -> Iterator[Mapping[str, Any]]:
    """Cases numbered in the year, in the order of their numbers."""
    cases = ReconsiderationCase.objects.filter(procedure=PROCEDURE, number_year=year).exclude(state="VOID")
    found = with_content(reader.cases(cases)).order_by("number_sequence", "pk").iterator(chunk_size=BATCH)
    for some in batches(found, BATCH):
        reader.look_at({part.party for case in some for part in case.participations.all()})
        yield from (row_of(case, reader.number) for case in some)


def with_content(cases: QuerySet[ReconsiderationCase]) -> QuerySet[ReconsiderationCase]:
    """With all that `row_of` reads."""
    return cases.select_related("act", "lead_handler", "reconsideration_facts__area").prefetch_related(
        "events", "participations__party"
    )


def row_of(case: Case, numbers: Callable[[Party, str], str]) -> dict[str, Any]:
    """A case in the ledger's columns; what is not known stays empty."""
    facts = events.facts_of(case)
    own = case.facts
    parts = [part for part in case.participations.all() if not part.left_on]
    parts.sort(key=lambda part: (part.role, part.order, part.pk))
    applicants = [part for part in parts if part.role == Participation.Role.APPLICANT]
    respondents = [part for part in parts if part.role == Participation.Role.RESPONDENT]
    ended, served = ENDED.get(case.outcome, DECIDED)
    end = events.last_of(facts, ended)
    given = [numbers(part.party, "identity") or _hidden(part.party) for part in applicants]
    act = case.act
    row: dict[str, Any] = {
        NUMBER: case.number,
        "申请方式": _word(METHODS, own.application_method),
        "申请人": "、".join(part.name for part in applicants),
        "申请人证件号码": "、".join(given) if any(given) else "",
        "被申请人": "、".join(part.name for part in respondents),
        "行政行为": act.title if act else "",
        "行政行为文号": act.number if act else "",
        "行政行为日期": act.acted_on.isoformat() if act and act.acted_on else "",
        "知道日期": own.known_on.isoformat() if own.known_on else "",
        "事项类别": _word(MATTERS, own.matter),
        "管理类别": own.area.name if own.area else "",
        "审理程序": _word(TRACKS, own.track),
        "延长天数": _extended(facts),
        "决定文书号": end.data.get("note", "") if end else "",
        "决定日期": day_of(end),
        "结案方式": _word(OUTCOMES, case.outcome),
        "送达日期": day_of(events.last_of(facts, served)) if served else "",
        "是否起诉": YES if events.last_of(facts, "sued") else "",
        "承办人": case.lead_handler.full_name if case.lead_handler else "",
    }
    return row | {column: day_of(events.last_of(facts, kind)) for column, kind in HAPPENED.items()}


def _hidden(party: Party) -> str:
    return party.identity_note if "*" in party.identity_note else ""


def _word(words: Mapping[str, str], code: str) -> str:
    return next((word for word, known in words.items() if known == code), "")


def _extended(facts: list[events.Fact]) -> str:
    days = sum(int(fact.data.get("days", 0)) for fact in facts if fact.kind == "extended")
    return str(days) if days else ""
