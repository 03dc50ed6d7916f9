"""Table M-1, cases of people's mediation (dossier §4.1): its 57 columns and their checks.

Rebuilt from published bulletins; it is not the official form, whose labels the bureau may put in by `register`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.models import Case, Event
from casemgr.indicators.tables.definition import Check, Column, Measure, Rate, Value, Values
from mediation.models import PROCEDURE, Committee, Lead, LeadState, Patrol, Risk
from mediation.tables.definition import Committees, Definition, Row, Span, is_asked
from mediation.tables.reading import BEGUN, CHUNK, Dispute, disputes, words
from mediation.terms import (
    SENSITIVE_TYPES,
    AgreementForm,
    CommitteeBody,
    DisputeSubType,
    DisputeType,
    Prevented,
    Source,
    SubSource,
)

ZERO = Decimal("0.00")
BODY_OF: Mapping[str, CommitteeBody] = {
    Committee.Kind.VILLAGE: CommitteeBody.VILLAGE,
    Committee.Kind.RESIDENT: CommitteeBody.RESIDENT,
    Committee.Kind.TOWN: CommitteeBody.TOWN,
    Committee.Kind.STREET: CommitteeBody.STREET,
    Committee.Kind.ENTERPRISE: CommitteeBody.ENTERPRISE,
    Committee.Kind.TRADE: CommitteeBody.TRADE,
    Committee.Kind.OTHER: CommitteeBody.TRADE,
}
SENDERS: Mapping[str, tuple[SubSource, ...]] = {
    "court": (SubSource.COURT_DELEGATED, SubSource.COURT_ENTRUSTED),
    "procuratorate": (SubSource.PROCURATORATE,),
    "police": (SubSource.POLICE,),
    "petition": (SubSource.PETITION,),
}
SENDER_LABELS = {
    "court": _("Court"),
    "procuratorate": SubSource.PROCURATORATE.label,
    "police": SubSource.POLICE.label,
    "petition": SubSource.PETITION.label,
    "other": pgettext_lazy("sender", "Others"),
}
SUB_LINES: Mapping[str, tuple[DisputeSubType, ...]] = {
    DisputeType.LABOUR: (DisputeSubType.MIGRANT_WAGES,),
    DisputeType.CONSUMER: (DisputeSubType.TOURISM, DisputeSubType.ONLINE_TRADE),
}


@dataclass
class Counted:
    """What a column reads: a dispute of the span, or something that happened in it on a day of its own."""

    dispute: Dispute | None = None
    body: str = ""
    sued: int = 0
    judged: int = 0
    prevented: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def facts(self) -> Any:
        return self.dispute.facts if self.dispute else None


def _if(test: Callable[[Dispute], bool]) -> Callable[[Counted], Value]:
    return lambda one: int(one.dispute is not None and test(one.dispute))


def _sender(dispute: Dispute) -> str:
    if dispute.facts.source != Source.REFERRED:
        return ""
    sub = dispute.facts.sub_source
    return next((code for code, subs in SENDERS.items() if sub in subs), "other")


def _from(code: str) -> Callable[[Counted], Value]:
    return _if(lambda dispute: _sender(dispute) == code)


def _nothing(one: Counted) -> Value:
    """Of columns whose rows come from screening as they are."""
    return 0


def _prevented(kind: str, place: int) -> Callable[[Counted], Value]:
    return lambda one: one.prevented.get(kind, (0, 0))[place]


def _columns() -> Iterator[Column]:
    body, source = _("Body of mediation"), _("Source")
    kinds, result, patrols = _("Type of dispute"), _("Agreement and what became of it"), _("Patrols")
    yield Column("total", _("Cases in all"), _if(lambda dispute: True))
    yield Column("people", _("People concerned"), lambda one: one.facts.people if one.facts else 0, Measure.PEOPLE)
    yield Column("success", _("Mediated with success"), _if(lambda dispute: dispute.success))
    yield Column("complex", _("Difficult or complicated"), _if(lambda dispute: dispute.facts.is_complex))
    amount = lambda one: (one.facts.amount_yuan or ZERO) if one.facts else 0  # noqa: E731
    yield Column("amount", _("Amount concerned"), amount, Measure.MONEY)
    for code, label in CommitteeBody.choices:
        yield Column(f"body_{code}", label, lambda one, code=code: int(one.dispute is not None and one.body == code),
                     group=body)  # fmt: skip
    for code in (Source.OWN_MOTION, Source.APPLICATION, Source.REFERRED):
        yield Column(f"source_{code}", code.label, _if(lambda one, code=code: one.facts.source == code), group=source)
    for code, label in SENDER_LABELS.items():
        yield Column(f"from_{code}", label, _from(code), group=source, part=True)
    for kind in DisputeType:
        yield Column(f"type_{kind.value}", kind.label, _if(lambda one, kind=kind: one.facts.dispute_type == kind),
                     group=kinds, sensitive=kind in SENSITIVE_TYPES)  # fmt: skip
        for sub in SUB_LINES.get(kind, ()):
            test = _if(lambda one, kind=kind, sub=sub: one.facts.dispute_type == kind and one.facts.sub_type == sub)
            yield Column(f"type_{sub.value}", sub.label, test, group=kinds, part=True,
                         goes_with=f"type_{kind.value}")  # fmt: skip
    yield Column("oral", _("Oral agreements"), _if(lambda one: one.form == AgreementForm.ORAL), group=result)
    yield Column("written", _("Written agreements"), _if(lambda one: one.is_written), group=result)
    yield Column("performed", pgettext_lazy("table", "Performed"), _if(lambda one: one.performed), group=result)
    yield Column("filed", _("Confirmation applied for"), _if(lambda one: one.filed), group=result)
    yield Column("confirmed", _("Confirmed as valid"), _if(lambda one: one.confirmed), group=result)
    yield Column("sued", _("Gone back on and sued"), lambda one: one.sued, group=result)
    yield Column("judged", _("Changed, revoked or void by judgment"), lambda one: one.judged, group=result)
    yield Column("patrols", _("Times on patrol"), _nothing, Measure.TIMES, patrols)
    yield Column("found", _("Disputes found"), _nothing, group=patrols)
    yield Column("prevented", _("Disputes prevented"), _nothing, group=patrols)
    for kind, label in Prevented.choices:
        yield Column(f"prevented_{kind}", label, _prevented(kind, 0), group=label, sensitive=True)
        yield Column(f"prevented_{kind}_people", _("People"), _prevented(kind, 1), Measure.PEOPLE, label,
                     goes_with=f"prevented_{kind}")  # fmt: skip


COLUMNS = tuple(replace(one, number=number) for number, one in enumerate(_columns(), 1))
CODES = {column.code for column in COLUMNS}
BODIES = tuple(f"body_{code}" for code in CommitteeBody.values)
SOURCES = ("source_own_motion", "source_application", "source_referred")
SENT = tuple(f"from_{code}" for code in SENDER_LABELS)
TYPES = tuple(f"type_{code}" for code in DisputeType.values)


def _sum(values: Values, codes: tuple[str, ...]) -> Value:
    return sum(values[code] for code in codes)


CHECKS = (
    Check("bodies", _("The six bodies together must give the cases in all. Enter the committee in the register of "
                      "organisations with its kind."), lambda v: _sum(v, BODIES) == v["total"]),
    Check("sources", _("Own motion, application and referral together must give the cases in all."),
          lambda v: _sum(v, SOURCES) == v["total"]),
    Check("types", _("The types of dispute together must give the cases in all."),
          lambda v: _sum(v, TYPES) == v["total"]),
    Check("senders", _("The five senders together must give the referred cases."),
          lambda v: _sum(v, SENT) == v["source_referred"]),
    Check("wages", _("Wages owed to migrant workers cannot be more than the labour disputes."),
          lambda v: v["type_1001"] <= v["type_10"]),
    Check("consumers", _("Tourism and online trade cannot be more than the consumer disputes."),
          lambda v: v["type_1101"] + v["type_1102"] <= v["type_11"]),
    Check("success", _("More were mediated with success than there were cases."), lambda v: v["success"] <= v["total"]),
    Check("complex", _("More were difficult than there were cases."), lambda v: v["complex"] <= v["total"]),
    Check("forms", _("Oral and written agreements together cannot be more than the successes."),
          lambda v: v["oral"] + v["written"] <= v["success"]),
    Check("performed", _("More agreements were performed than made."),
          lambda v: v["performed"] <= v["oral"] + v["written"]),
    Check("filed", _("More confirmations were applied for than there are written agreements."),
          lambda v: v["filed"] <= v["written"]),
    Check("confirmed", _("More were confirmed than applied for."), lambda v: v["confirmed"] <= v["filed"]),
    *(
        Check(f"effect-{kind}", _("Each prevented case concerns at least one person."),
              lambda v, kind=kind: v[f"prevented_{kind}_people"] >= v[f"prevented_{kind}"])
        for kind in Prevented.values
    ),
    Check("people", _("Fewer people than two for each case: right only where the other side is not known."),
          lambda v: v["people"] >= 2 * v["total"], blocks=False),
    Check("self-settled", _("Some successes have no agreement: right only where the parties settled by themselves."),
          lambda v: v["oral"] + v["written"] == v["success"], blocks=False),
)  # fmt: skip
"""Dossier §4.1. The last two only warn."""

RATES = (
    Rate(_("Success rate"), _("cases in all"), lambda v: v["success"], lambda v: v["total"]),
    Rate(_("Successes against disputes taken on"), _("disputes taken on in the period"), lambda v: v["success"],
         lambda v: v["accepted"]),
    Rate(_("Rate of performance"), _("agreements in writing and oral"), lambda v: v["performed"],
         lambda v: v["oral"] + v["written"]),
    Rate(_("Confirmation applied for"), _("cases mediated with success"), lambda v: v["filed"],
         lambda v: v["success"]),
)  # fmt: skip
OWN_DAYS = ("sued", "suit_decided")


def values_of(counted: Counted) -> dict[str, Value]:
    """What one counted thing adds to each column."""
    found = {column.code: column.of(counted) for column in COLUMNS}
    return {code: value for code, value in found.items() if value}


def rows(span: Span, committees: Committees) -> Iterator[Row]:
    """Disputes by the basis of the table; suits, judgments, patrols and prevention by their own days."""
    bodies = {unit: BODY_OF[kind].value for unit, kind in Committee.objects.values_list("unit_id", "kind")}
    basis = ("closed",) if span.basis == "closed" else ("accepted", *BEGUN)
    for one in disputes(span, committees, (*basis, *OWN_DAYS)):
        on = one.day(span.basis)
        is_counted = span.holds(on)
        sued, judged = (sum(span.holds(day) for day in days) for days in (one.sued, one.judged))
        if not (is_counted or sued or judged):
            continue
        found = values_of(Counted(one if is_counted else None, bodies.get(one.committee, ""), sued, judged))
        day = on if is_counted and on else next(day for day in (*one.sued, *one.judged) if span.holds(day))
        yield Row(one.committee, day, found, one.case, words(one.facts))
    yield from _prevention(span, committees)
    yield from screening_rows(span, committees)


def _prevention(span: Span, committees: Committees) -> Iterator[Row]:
    """A case counts once for each effect, its people all; a risk that became true was not prevented."""
    found = Risk.objects.filter(
        state=Risk.State.RESOLVED, ended_on__range=(span.first, min(span.last, span.as_of)), case__procedure=PROCEDURE
    ).exclude(case__state="VOID")
    seen: set[tuple[int, str]] = set()
    for risk in found.order_by("ended_on", "pk").select_related("case__mediation_facts"):
        committee = risk.case.mediation_facts.committee_id
        if not is_asked(committee, committees):
            continue
        first = (risk.case_id, risk.kind) not in seen
        seen.add((risk.case_id, risk.kind))
        values = values_of(Counted(prevented={risk.kind: (int(first), risk.people)}))
        yield Row(committee, risk.ended_on, values, risk.case_id, str(risk.get_kind_display()))


def screening_rows(span: Span, committees: Committees, **conditions: Any) -> Iterator[Row]:
    """Rounds, what they found, what was settled on the spot: each on its own day, at the unit that entered it."""
    days = (span.first, min(span.last, span.as_of))
    if committees is not None:
        conditions["unit_id__in"] = committees
    patrols = Patrol.objects.filter(on__range=days, struck_on__isnull=True, **conditions)
    for patrol in patrols.order_by("on", "pk"):
        yield Row(patrol.unit_id, patrol.on, {"patrols": 1}, None, patrol.place)
    leads = Lead.objects.filter(**conditions).select_related("number")
    for lead in leads.filter(found_on__range=days).order_by("found_on", "pk"):
        yield Row(lead.unit_id, lead.found_on, {"found": 1}, lead.case_id, str(lead))
    for lead in leads.filter(state=LeadState.ON_SPOT, done_on__range=days).order_by("done_on", "pk"):
        yield Row(lead.unit_id, lead.done_on, {"prevented": 1}, lead.case_id, str(lead))


def beside(span: Span, committees: Committees) -> dict[int, dict[str, int]]:
    """By committee: disputes taken on in the span, closed without having been taken on, and pending at its end."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: {"accepted": 0, "pending": 0})
    for one in disputes(span, committees, ("accepted", *BEGUN), ("accepted", *BEGUN, "referred_out")):
        if not one.handed_on and span.holds(one.taken_on):
            found[one.committee]["accepted"] += 1
    for committee in _pending(min(span.last, span.as_of), committees):
        found[committee]["pending"] += 1
    return dict(found)


def _pending(last: date, committees: Committees) -> Iterator[int]:
    """The committee of each case that was open on the day; a case opened again after it was closed is not counted."""
    running = Case.objects.filter(procedure=PROCEDURE, opened_on__lte=last).exclude(state="VOID")
    running = running.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=last))
    if committees is not None:
        running = running.filter(mediation_facts__committee_id__in=committees)
    rows = list(running.order_by().values_list("pk", "mediation_facts__committee_id"))
    for start in range(0, len(rows), CHUNK):
        some = dict(rows[start : start + CHUNK])
        ended = Event.objects.filter(case_id__in=some, kind="closed", occurred_on__lte=last)
        for case in set(some) - set(ended.values_list("case_id", flat=True)):
            yield some[case]


M1 = Definition(
    code="M-1",
    name=_("Cases of people's mediation (M-1)"),
    formula=_(
        "Disputes that were taken on and came to an end, each once, by the days of the register's entries: closed in "
        "the month (or taken on, where the rule says so). Success: an agreement in effect, or the parties settled by "
        "themselves. Suits, judgments, patrols and prevention count by their own days. What was handed to another "
        "committee counts there. Money is exact to the fen and printed in 10,000 yuan."
    ),
    columns=COLUMNS,
    rows=rows,
    checks=CHECKS,
    rates=RATES,
    beside=beside,
    is_submitted=True,
    reads_disputes=True,
    sums=((TYPES, "total"),),
)
