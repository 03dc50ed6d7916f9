"""A batch: which cases are looked at, what is known of each, and the rows that are written once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.cases.events import CORRECTION, fold
from casemgr.cases.models import Case, CaseLink, Event
from casemgr.documents.volumes.completeness import lacks
from casemgr.organisation.models import Unit
from casemgr.organisation.reference import JUSTICE_BUREAU
from mediation.models import (
    PROCEDURE,
    BatchState,
    CaseMediator,
    Engagement,
    Mediator,
    Session,
    SubsidyBatch,
    SubsidyClaim,
    SubsidyFacts,
    SubsidyRate,
    SubsidyResult,
    SubsidyShare,
)
from mediation.subsidy.grading import ASKED_AGAIN, Claim, Outcome, Worker, judge
from mediation.tables.areas import Areas
from mediation.tables.reading import Dispute, read

ENDS = ("agreement_effective", "performed", "confirmation_valid", "failed", "terminated", "withdrawn", "closed")
"""What brings a case into the batch of its day."""
ZERO = Decimal("0.00")
SAME = (CaseLink.Kind.CONTINUES, CaseLink.Kind.AROSE_FROM, CaseLink.Kind.REFERRED_TO)
"""Links that make cases of mediation one dispute: gone on with, come back, or handed to another committee."""
PAID_ROLES = (CaseMediator.Role.LEAD, CaseMediator.Role.CO)


def candidates(town_id: int, first: date, last: date, also: Iterable[int] = ()) -> list[int]:
    """Cases that came to something in the span, those unpaid before for what may have changed, and those named."""
    committees = Areas().of_town(town_id, last)
    ours = Q(case__procedure=PROCEDURE, case__mediation_facts__committee_id__in=committees)
    kinds = [*ENDS, CORRECTION]
    ended = Event.objects.filter(ours, kind__in=kinds, occurred_on__range=(first, last)).values("case_id")
    living = SubsidyResult.objects.exclude(batch__state=BatchState.DROPPED).filter(ours)
    latest = dict(living.order_by("pk").values_list("case_id", "reasons"))
    again = {str(one) for one in ASKED_AGAIN}
    waiting = {case for case, reasons in latest.items() if reasons and set(reasons) <= again}
    settled = set(SubsidyClaim.objects.filter(result__in=living).values_list("result__case_id", flat=True))
    ids = {row["case_id"] for row in ended} | waiting | set(also)
    found = Case.objects.filter(pk__in=ids - settled, mediation_facts__committee_id__in=committees)
    return sorted(found.exclude(state="VOID").values_list("pk", flat=True))


def disputes_of(ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Every case of each case's dispute, itself included, whichever way and however late they were linked."""
    links: set[tuple[int, int]] = set()
    known, asked = set(ids), set(ids)
    while asked:
        touching = Q(from_case_id__in=asked) | Q(to_case_id__in=asked)
        rows = CaseLink.objects.filter(touching, kind__in=SAME)
        within = rows.filter(from_case__procedure=PROCEDURE, to_case__procedure=PROCEDURE)
        found = set(within.values_list("from_case_id", "to_case_id"))
        links |= found
        asked = {case for pair in found for case in pair} - known
        known |= asked
    together = {pk: frozenset((pk,)) for pk in known}
    for pair in links:
        one = together[pair[0]] | together[pair[1]]
        together.update(dict.fromkeys(one, one))
    return {pk: together[pk] for pk in ids}


class Known:
    """Everything the claims of these cases need, in a fixed number of queries but for the files."""

    def __init__(self, ids: list[int], on: date, batch: SubsidyBatch | None = None) -> None:
        """What `batch` itself pays for does not count as paid before."""
        self.on = on
        self.disputes: dict[int, Dispute] = {one.case: one for one in read(ids, on)}
        self.effective = _days(ids, "agreement_effective", on)
        self.told = set(_days(ids, "rights_told", on))
        counts = Session.objects.filter(case_id__in=ids).order_by().values("case_id").annotate(n=Count("pk"))
        self.sessions = dict(counts.values_list("case_id", "n"))
        self.facts = SubsidyFacts.objects.in_bulk(ids)
        self.together = disputes_of(ids)
        every = {case for cases in self.together.values() for case in cases}
        claims = SubsidyClaim.objects.exclude(result__batch=batch) if batch is not None else SubsidyClaim.objects.all()
        rows = claims.filter(Q(dispute__in=every) | Q(result__case_id__in=every))
        self.paid = {case for pair in rows.values_list("dispute", "result__case_id") for case in pair}
        self.workers = _workers(ids, self.effective, self.disputes)

    def claim(self, case: Case) -> Claim:
        dispute = self.disputes[case.pk]
        facts = self.facts.get(case.pk)
        return Claim(
            form=dispute.form,
            amount_yuan=dispute.facts.amount_yuan or ZERO,
            sessions=self.sessions.get(case.pk, 0),
            people=dispute.facts.people,
            agreed=dispute.agreed,
            performed=dispute.performed,
            confirmed=dispute.confirmed,
            has_death=bool(facts and facts.has_death),
            lacking=self._lacking(case) if dispute.agreed else (),
            paid_before=not self.paid.isdisjoint(self.together[case.pk]),
            court_allowance=bool(facts and facts.court_allowance_on and facts.court_allowance_on <= self.on),
            workers=self.workers.get(case.pk, ()),
        )

    def _lacking(self, case: Case) -> tuple[str, ...]:
        """One case, one volume: what an archived file had was asked before it was filed."""
        found = [] if case.pk in self.told else [_("Notice of rights and duties")]
        if case.state != "ARCHIVED":
            found += [str(lack.need.title) for lack in lacks(case) if not lack.reason]
        return tuple(found)


def _days(ids: Collection[int], kind: str, on: date) -> dict[int, date]:
    """The last standing day of this kind by case."""
    rows: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(case_id__in=ids, kind__in=(kind, CORRECTION, "struck")).order_by("sequence"):
        rows[event.case_id].append(event)
    found = {}
    for case_id, events in rows.items():
        days = [fact.occurred_on for fact in fold(events) if fact.kind == kind and fact.occurred_on]
        if days := [day for day in days if day <= on]:
            found[case_id] = days[-1]
    return found


def _workers(
    ids: Collection[int], effective: dict[int, date], disputes: dict[int, Dispute]
) -> dict[int, tuple[Worker, ...]]:
    """Who mediated when it was agreed, the lead first; recorders are not paid."""
    rows = list(
        CaseMediator.objects.filter(case_id__in=ids, role__in=PAID_ROLES).order_by("case_id", "joined_on", "pk")
    )
    register = _register(rows, disputes)
    found: dict[int, list[Worker]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.role != CaseMediator.Role.LEAD):
        day = effective.get(row.case_id)
        if row.left_on is not None and (day is None or row.left_on < day):
            continue
        person = register.get(row.pk)
        excluded = "unknown" if person is None else "salaried" if person.is_salaried(day or row.joined_on) else ""
        is_lead = row.role == CaseMediator.Role.LEAD
        worker = Worker(row.name, is_lead, excluded, person.pk if person else None)
        if worker not in found[row.case_id]:
            found[row.case_id].append(worker)
    return {case: tuple(workers) for case, workers in found.items()}


def _register(rows: list[CaseMediator], disputes: dict[int, Dispute]) -> dict[int, Mediator]:
    """The register's person of each: by account, or by the only name of that kind in the case's committee."""
    users = {row.user_id for row in rows if row.user_id}
    by_user = {one.user_id: one for one in Mediator.objects.filter(user_id__in=users)}
    units = {one.committee for one in disputes.values()}
    named: dict[tuple[int, str], dict[int, Mediator]] = defaultdict(dict)
    engaged = Engagement.objects.filter(committee__unit_id__in=units, mediator__name__in={row.name for row in rows})
    for one in engaged.select_related("mediator", "committee"):
        named[one.committee.unit_id, one.mediator.name][one.mediator_id] = one.mediator
    found = {}
    for row in rows:
        known = by_user.get(row.user_id) if row.user_id else None
        if known is None and row.case_id in disputes:
            same = named[disputes[row.case_id].committee, row.name]
            known = next(iter(same.values())) if len(same) == 1 else None
        if known is not None:
            found[row.pk] = known
    return found


def compute(town: Unit, first: date, last: date, today: date, actor: Any, also: Iterable[int] = ()) -> SubsidyBatch:
    """Write the batch with its results. Run inside `perform`; batches are computed one after the other.

    :raises GuardRefused: another batch took one of the disputes meanwhile, or there is nothing to look at.
    """
    list(Unit.objects.select_for_update(of=("self",)).filter(code=JUSTICE_BUREAU))
    ids = candidates(town.pk, first, last, also)
    known, rates = Known(ids, today), _rates()
    if not known.disputes:
        raise GuardRefused(refusals=[Refusal("nothing", _("No case of the town came to an end in these days."))])
    batch = SubsidyBatch(
        unit=town, first_on=first, last_on=last, computed_on=today, total_yuan=ZERO,
        computed_by=actor if actor.pk else None,
    )  # fmt: skip
    batch.save()
    cases = Case.objects.in_bulk(known.disputes)
    for pk in sorted(cases):
        claim = known.claim(cases[pk])
        rate, grades = _rate(rates, known.effective.get(pk))
        outcome = judge(claim, grades)
        _write(batch, cases[pk], min(known.together[pk]), rate, claim, outcome)
        if outcome.amount_yuan:
            known.paid |= known.together[pk]
            batch.total_yuan += outcome.amount_yuan
    batch.save()
    return batch


def changed_since(batch: SubsidyBatch, today: date) -> list[str]:
    """Numbers of the cases that the batch pays for and that would be judged otherwise now: what was entered since."""
    rows = list(batch.results.filter(amount_yuan__gt=0).select_related("case").prefetch_related("shares"))
    known, rates = Known([row.case_id for row in rows], today, batch), _rates()
    return [row.case.number for row in rows if not _stands(row, known, rates)]


def _stands(row: SubsidyResult, known: Known, rates: list) -> bool:
    if row.case_id not in known.disputes:
        return False
    _rate_of, grades = _rate(rates, known.effective.get(row.case_id))
    outcome = judge(known.claim(row.case), grades)
    now = sorted((worker.mediator or 0, worker.name, amount) for worker, amount in outcome.shares)
    then = sorted((one.mediator_id or 0, one.name, one.amount_yuan) for one in row.shares.all())
    return (outcome.amount_yuan, now) == (row.amount_yuan, then)


def _rates() -> list:
    return [(rate, list(rate.grades.all())) for rate in SubsidyRate.objects.prefetch_related("grades")]


def _rate(rates: list, day: date | None) -> tuple[SubsidyRate | None, list]:
    """The table in force when the agreement took effect."""
    if day is None:
        return None, []
    for rate, grades in rates:
        if rate.from_on <= day and (rate.until_on is None or day <= rate.until_on):
            return rate, grades
    return None, []


def _write(
    batch: SubsidyBatch, case: Case, dispute: int, rate: SubsidyRate | None, claim: Claim, outcome: Outcome
) -> None:
    grade = outcome.grade
    result = SubsidyResult.objects.create(
        batch=batch,
        case=case,
        dispute=dispute,
        rate=rate,
        grade=grade.code if grade else "",
        grade_name=str(getattr(grade, "name", "")),
        amount_yuan=outcome.amount_yuan,
        reasons=[str(reason.value) for reason in outcome.reasons],
        facts={
            "form": claim.form,
            "yuan": format(claim.amount_yuan, "f"),
            "sessions": claim.sessions,
            "people": claim.people,
            "performed": claim.performed,
            "confirmed": claim.confirmed,
            "death": claim.has_death,
            "lacking": list(claim.lacking),
        },
    )
    for worker, amount in outcome.shares:
        SubsidyShare.objects.create(
            result=result,
            mediator_id=worker.mediator,
            name=worker.name,
            is_lead=worker.is_lead,
            excluded=worker.excluded,
            amount_yuan=amount,
        )
    if outcome.amount_yuan:
        try:
            with transaction.atomic():
                SubsidyClaim.objects.create(dispute=dispute, result=result)
        except IntegrityError as error:
            text = _("The dispute of case %(number)s is in another batch already.")
            raise GuardRefused(refusals=[Refusal("paid", text % {"number": case.number})]) from error


def drop_claims(batch: SubsidyBatch) -> None:
    """A returned batch pays for nothing: its disputes are free for the next one. Its results stay as they were."""
    for claim in SubsidyClaim.objects.filter(result__batch=batch):
        claim.delete()
