"""Writing cases out in the columns of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from casemgr.cases import events
from casemgr.cases.models import Case, Participation
from casemgr.ledgers.batches import batches
from casemgr.ledgers.readers import BATCH, Reader
from casemgr.ledgers.written import day_of
from casemgr.parties.models import Party
from mediation.ledger.columns import (
    FORMS,
    HAPPENED,
    HIDDEN_PHONE,
    NUMBER,
    PERFORMANCE,
    RESULTS,
    RULED,
    RULED_COLUMN,
    SOURCES,
    SUB_SOURCES,
    TOP_TYPES,
)
from mediation.models import PROCEDURE, MediationCase
from mediation.registration.form import HANDLING_KINDS
from mediation.terms import Performance

Role = Participation.Role
SIDES = (("申请人", Role.APPLICANT), ("被申请人", Role.RESPONDENT))


def rows(year: int, reader: Reader) -> Iterator[Mapping[str, Any]]:
    """Cases numbered in the year, committee by committee in the order of their numbers; void ones keep theirs."""
    cases = MediationCase.objects.filter(procedure=PROCEDURE, number_year=year)
    found = with_content(reader.cases(cases)).order_by("number_sequence", "pk").iterator(chunk_size=BATCH)
    for some in batches(found, BATCH):
        reader.look_at({part.party for case in some for part in case.participations.all()})
        yield from (row_of(case, reader.number) for case in some)


def with_content(cases: QuerySet[MediationCase]) -> QuerySet[MediationCase]:
    """With all that `row_of` reads."""
    return cases.select_related("unit", "mediation_facts").prefetch_related(
        "events", "participations__party", "mediators"
    )


def row_of(case: Case, numbers: Callable[[Party, str], str]) -> dict[str, Any]:
    """A case in the ledger's columns; what is not known stays empty."""
    facts = events.facts_of(case)
    own = case.facts
    parts = [part for part in case.participations.all() if not part.left_on]
    parts.sort(key=lambda part: (part.role, part.order, part.pk))
    row: dict[str, Any] = {
        NUMBER: case.number,
        "纠纷来源": _word(SOURCES, own.source),
        "来源细类": _word(SUB_SOURCES.get(own.source, {}), own.sub_source),
        "纠纷类型": type_word(own.dispute_type),
        "发生地": own.place,
        "纠纷简要情况": own.summary,
        "涉及金额": amount(own.amount_yuan),
        "涉及人数": str(own.people),
        "调解组织": own.committee_as_written or (case.unit.name if case.unit.kind in HANDLING_KINDS else ""),
        "调解员": _mediators(case, facts),
        "调解结果": _word(RESULTS, case.outcome),
        "协议形式": _form(facts),
        "履行情况": _performance(own.performance),
        RULED_COLUMN: next((day for kind in RULED if (day := day_of(events.last_of(facts, kind)))), ""),
    }
    row |= {column: day_of(events.last_of(facts, kind)) for column, kind in HAPPENED.items()}
    if case.outcome != RESULTS["达成协议"]:
        row |= dict.fromkeys(("协议形式", "协议日期", "生效日期", "履行情况", "履行日期"), "")
        row |= dict.fromkeys(("司法确认申请日期", RULED_COLUMN), "")
    for column, role in SIDES:
        row |= _side(column, [part for part in parts if part.role == role], numbers)
    return row


def type_word(code: str) -> str:
    """The name of the type in the statistical table; of a sub-type that of its type."""
    return _word(TOP_TYPES, code[:2])


def amount(yuan: Decimal | None) -> str:
    """With two decimals; empty if none is known."""
    return "" if yuan is None else f"{yuan:.2f}"


def _side(column: str, parts: list[Participation], numbers: Callable[[Party, str], str]) -> dict[str, str]:
    identities = [numbers(part.party, "identity") or _hidden(part.party) for part in parts]
    phones = [numbers(part.party, "phone") or _hidden_phone(part.party) for part in parts]
    return {
        column: "、".join(part.name for part in parts),
        f"{column}证件号码": "、".join(identities) if any(identities) else "",
        f"{column}电话": "、".join(phones) if any(phones) else "",
    }


def _hidden(party: Party) -> str:
    return party.identity_note if "*" in party.identity_note else ""


def _hidden_phone(party: Party) -> str:
    _before, mark, phone = party.remark.partition(HIDDEN_PHONE)
    return phone if mark else ""


def _mediators(case: Case, facts: list[events.Fact]) -> str:
    """Who mediates, the lead first; of a case of the past whom its source names."""
    order = {"lead": 0, "co": 1}
    rows = [row for row in case.mediators.all() if row.left_on is None and row.role in order]
    if rows:
        return "、".join(row.name for row in sorted(rows, key=lambda row: (order[row.role], row.pk)))
    named = events.last_of(facts, "mediators_named")
    return named.data.get("names", "") if named else ""


def _form(facts: list[events.Fact]) -> str:
    for kind in ("agreement_effective", "agreed"):
        fact = events.last_of(facts, kind)
        if fact and fact.data.get("form"):
            return _word(FORMS, fact.data["form"])
    return ""


def _performance(code: str) -> str:
    """An agreement that was sued on, or brought to enforcement, was not performed."""
    broken = (Performance.SUED, Performance.ENFORCEMENT)
    return _word(PERFORMANCE, Performance.NOT_PERFORMED if code in broken else code)


def _word(words: Mapping[str, str], code: str) -> str:
    return next((word for word, known in words.items() if known == code), "")
