"""A dispute as the tables read it: off the days of its entries, corrections folded in, never off its state today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from casemgr.cases.entries import entries_of
from casemgr.cases.events import CORRECTION, Fact, fold
from casemgr.cases.models import Event
from casemgr.indicators.tables.definition import Text
from mediation.models import PROCEDURE, Agreement, MediationFacts
from mediation.tables.definition import Committees, Span
from mediation.terms import NOT_PEOPLES_MEDIATION, AgreementForm, DisputeType, Performance, TerminationGround

CHUNK = 2000
TAKEN_ON = ("accepted",)
BEGUN = ("mediation_begun", "session_held", "agreed", "agreement_effective", "failed")
"""What shows that a dispute of the past was taken on, where its register has no day of it."""
READ = (
    *(*TAKEN_ON, *BEGUN, "closed", "referred_out", "voided", "terminated", "withdrawn", "agreement_superseded"),
    *("performed", "confirmation_filed", "confirmation_withdrawn", "confirmation_valid", "ruling_revoked"),
    *("sued", "suit_decided"),
)
FACTS = (
    *("case", "committee", "source", "sub_source", "dispute_type", "sub_type", "people", "amount_yuan", "is_complex"),
    "tags",
)
TYPES = dict(DisputeType.choices)


@dataclass(frozen=True)
class Dispute:
    """One case by its days up to the day as of which it is asked."""

    case: int
    committee: int
    facts: MediationFacts
    taken_on: date | None
    closed_on: date | None
    form: str
    """Of the agreement in effect; empty without one."""
    agreed_on: date | None
    settled_alone_on: date | None
    performed_on: date | None
    filed_on: date | None
    confirmed_on: date | None
    sued: tuple[date, ...]
    judged: tuple[date, ...]
    handed_on: bool

    @property
    def agreed(self) -> bool:
        return bool(self.form)

    @property
    def success_on(self) -> date | None:
        return self.agreed_on or self.settled_alone_on

    @property
    def success(self) -> bool:
        return self.success_on is not None

    @property
    def performed(self) -> bool:
        return self.performed_on is not None

    @property
    def filed(self) -> bool:
        return self.filed_on is not None

    @property
    def confirmed(self) -> bool:
        return self.confirmed_on is not None

    @property
    def is_written(self) -> bool:
        return self.form == AgreementForm.WRITTEN

    def day(self, basis: str) -> date | None:
        """The day that puts it into a month; None where it is no mediated dispute, or was handed to another body."""
        if self.handed_on or self.taken_on is None:
            return None
        return self.taken_on if basis == "accepted" else self.closed_on


def disputes(
    span: Span, committees: Committees, kinds: Collection[str], reading: Collection[str] = READ
) -> Iterator[Dispute]:
    """Every dispute of which something of these kinds may have happened in the span: four queries a chunk.

    `reading`: the kinds of entries that are read of each, where not everything is asked.
    """
    ids = sorted(set(touched(span, kinds).values_list("case_id", flat=True)))
    for start in range(0, len(ids), CHUNK):
        yield from read(ids[start : start + CHUNK], span.as_of, committees, reading)


def touched(span: Span, kinds: Collection[str]) -> QuerySet[Event]:
    """Entries of these kinds, or corrections, that lie in the span."""
    found = Event.objects.filter(
        kind__in=[*kinds, CORRECTION], occurred_on__range=(span.first, span.last), case__procedure=PROCEDURE
    )
    return found.order_by()


def read(
    ids: Sequence[int], as_of: date, committees: Committees = None, reading: Collection[str] = READ
) -> Iterator[Dispute]:
    """These cases, without those entered by mistake and those another organ mediated."""
    found = MediationFacts.objects.filter(case_id__in=ids).exclude(case__state="VOID").only(*FACTS)
    if committees is not None:
        found = found.filter(committee_id__in=committees)
    rows = [row for row in found if NOT_PEOPLES_MEDIATION.isdisjoint(row.tags)]
    wanted = [row.case_id for row in rows]
    events = entries_of(wanted, reading)
    agreed = [pk for pk, told in events.items() if any(event.kind == "agreement_effective" for event in told)]
    forms = _forms(agreed) if agreed else {}
    for row in sorted(rows, key=lambda row: row.case_id):
        facts = [fact for fact in fold(events[row.case_id]) if fact.occurred_on and fact.occurred_on <= as_of]
        yield dispute(row, facts, forms.get(row.case_id, {}))


def _forms(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """The form of each agreement by case and round, for entries that do not tell it."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for case_id, number, form in Agreement.objects.filter(case_id__in=ids).values_list("case_id", "round", "form"):
        found[case_id][f"round:{number}"] = form
    return found


def dispute(row: MediationFacts, facts: Iterable[Fact], forms: dict[str, str]) -> Dispute:
    """From the entries that stand, in their order."""
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_kind[fact.kind].append(fact)
    agreement = _agreement_in_effect(by_kind)
    form = _form_of(agreement, forms)
    last = _last_end(by_kind)
    filed_on = _first(by_kind, ("confirmation_filed",)) if form == AgreementForm.WRITTEN else None
    return Dispute(
        case=row.case_id,
        committee=row.committee_id,
        facts=row,
        taken_on=_first(by_kind, TAKEN_ON) or _first(by_kind, BEGUN),
        closed_on=_first(by_kind, ("closed",)),
        form=form,
        agreed_on=_day(agreement) if agreement else None,
        settled_alone_on=_day(last) if last and not form and _settled_alone(last) else None,
        performed_on=_performed_on(by_kind, agreement) if agreement else None,
        filed_on=filed_on,
        confirmed_on=_confirmed_on(by_kind, agreement) if filed_on and agreement else None,
        sued=tuple(_day(fact) for fact in by_kind["sued"][:1]),
        judged=tuple(_day(fact) for fact in by_kind["suit_decided"] if fact.data.get("result") in CHANGED)[:1],
        handed_on=bool(by_kind["referred_out"]),
    )


CHANGED = ("changed", "revoked", "invalid")
"""Judgments on an agreement that column 46 counts."""


def _day(fact: Fact) -> date:
    assert fact.occurred_on is not None
    return fact.occurred_on


def _first(by_kind: dict[str, list[Fact]], kinds: Collection[str]) -> date | None:
    return min((_day(fact) for kind in kinds for fact in by_kind[kind]), default=None)


def _agreement_in_effect(by_kind: dict[str, list[Fact]]) -> Fact | None:
    """The effect of the last agreement that no other one replaced."""
    gone = {fact.subject for fact in by_kind["agreement_superseded"]}
    standing = [fact for fact in by_kind["agreement_effective"] if fact.subject not in gone]
    return standing[-1] if standing else None


def _form_of(agreement: Fact | None, forms: dict[str, str]) -> str:
    if agreement is None:
        return ""
    told = agreement.data.get("form") or forms.get(agreement.subject)
    return told or next(iter(forms.values()), AgreementForm.WRITTEN)


def _of(agreement: Fact, facts: Iterable[Fact]) -> list[Fact]:
    """Those that concern this agreement; the registers of the past do not tell which of several they mean."""
    return [fact for fact in facts if fact.subject in (agreement.subject, "")]


def _performed_on(by_kind: dict[str, list[Fact]], agreement: Fact) -> date | None:
    """Nothing is owed any more; of an agreement that left nothing to be done, as the case was closed with after it."""
    if told := _of(agreement, by_kind["performed"]):
        return _day(told[0])
    closed = [fact for fact in by_kind["closed"] if fact.order > agreement.order]
    was_said = bool(closed) and closed[-1].data.get("performance") == Performance.PERFORMED
    return _day(closed[-1]) if was_said else None


def _last_end(by_kind: dict[str, list[Fact]]) -> Fact | None:
    ends = [*by_kind["terminated"], *by_kind["withdrawn"]]
    return max(ends, key=lambda fact: fact.order, default=None)


def _settled_alone(fact: Fact) -> bool:
    """The parties settled by themselves while the committee mediated: a success without an agreement of its own."""
    if fact.kind == "withdrawn":
        return bool(fact.data.get("settled"))
    return fact.data.get("ground") == TerminationGround.SETTLED_ALONE


def _confirmed_on(by_kind: dict[str, list[Fact]], agreement: Fact) -> date | None:
    valid, revoked = (
        max(_of(agreement, by_kind[kind]), key=lambda fact: fact.order, default=None)
        for kind in ("confirmation_valid", "ruling_revoked")
    )
    stands = valid is not None and (revoked is None or revoked.order < valid.order)
    return _day(valid) if valid is not None and stands else None


def words(row: MediationFacts) -> Text:
    """A counted case in a list: its number and title are shown beside."""
    return TYPES.get(row.dispute_type, row.dispute_type)
