"""Disputes as table M-1 reads them (`mediation.tables.reading`), said to the database: by the days of their entries,
corrections folded in, never by their state today. A test compares the two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from casemgr.cases.events import STRIKE
from casemgr.cases.models import Event
from casemgr.indicators.definition import Dimension, Indicator, Split, Text
from casemgr.indicators.expressions import HasAny, day_of, lead_handler_on, standing_entries
from casemgr.indicators.splits import of_choices, of_units
from mediation.models import PROCEDURE, Agreement, MediationCase
from mediation.tables.reading import BEGUN, TAKEN_ON
from mediation.terms import NOT_PEOPLES_MEDIATION, AgreementForm, DisputeType, Performance, TerminationGround

SPLITS: dict[str, Split] = {
    Dimension.CAUSE: of_choices("mediation_facts__dispute_type", DisputeType),
    Dimension.TOWN: of_units("mediation_facts__town_id"),
}
DIMENSIONS = (Dimension.UNIT, Dimension.OFFICER, Dimension.CAUSE, Dimension.TOWN)


def disputes() -> QuerySet[MediationCase]:
    """Disputes that people's mediation took on and kept, with the day (`taken_on`): not those entered by mistake, of
    another kind of mediation, or handed to another body."""
    found = MediationCase.objects.exclude(state="VOID")
    found = found.exclude(HasAny("mediation_facts__tags", NOT_PEOPLES_MEDIATION))
    found = found.exclude(Exists(standing_entries("referred_out").filter(day__isnull=False)))
    return found.annotate(taken_on=Coalesce(day_of(*TAKEN_ON), day_of(*BEGUN))).filter(taken_on__isnull=False)


def closed_disputes() -> QuerySet[MediationCase]:
    """Those that came to an end, with the day (`ended_on`)."""
    return disputes().annotate(ended_on=day_of("closed")).filter(ended_on__isnull=False)


def with_success(found: QuerySet[MediationCase]) -> QuerySet[MediationCase]:
    """With the agreement in effect (`agreement`: its subject, `agreed_on`) and the day of the success (`success_on`):
    of that agreement, or on which the parties had settled by themselves."""
    alone = Q(kind="withdrawn", data__settled=True) | Q(
        kind="terminated", data__ground=TerminationGround.SETTLED_ALONE.value
    )
    effect = _last("agreement_effective").filter(~Exists(_replaced()))
    found = found.annotate(
        agreement=Subquery(effect.values("subject")[:1], output_field=CharField()),
        agreed_on=Subquery(effect.values("day")[:1], output_field=DateField()),
    )
    return found.annotate(success_on=Coalesce("agreed_on", _last_if("terminated", "withdrawn", then=alone)))


def with_performance(found: QuerySet[MediationCase]) -> QuerySet[MediationCase]:
    """With the day on which nothing was owed any more under the agreement in effect (`performed_on`): as was entered,
    or as the case was closed with after it."""
    effect = _last("agreement_effective").filter(~Exists(_replaced()))
    found = found.annotate(agreement_sequence=Subquery(effect.values("sequence")[:1], output_field=IntegerField()))
    later = Q(day__gt=OuterRef("agreed_on")) | Q(day=OuterRef("agreed_on"), sequence__gt=OuterRef("agreement_sequence"))
    said = Q(data__performance=Performance.PERFORMED.value) & later
    told = _of_agreement(_last("performed")).order_by("day").values("day")[:1]
    return found.annotate(
        performed_on=Coalesce(Subquery(told, output_field=DateField()), _last_if("closed", then=said))
    )


def with_confirmation(found: QuerySet[MediationCase]) -> QuerySet[MediationCase]:
    """With the days on which the court was asked to confirm the written agreement (`filed_on`), and found it valid and
    did not take that back (`confirmed_on`)."""
    effect = _last("agreement_effective").filter(~Exists(_replaced())).annotate(told=KT("data__form"))
    rows = Agreement.objects.filter(case_id=OuterRef("pk")).order_by("round")
    named = rows.annotate(subject=Concat(Value("round:"), Cast("round", CharField()))).filter(
        subject=OuterRef("agreement")
    )
    form = Coalesce(
        NullIf(Subquery(effect.values("told")[:1], output_field=CharField()), Value("")),
        Subquery(named.values("form")[:1], output_field=CharField()),
        Subquery(rows.values("form")[:1], output_field=CharField()),
        Value(AgreementForm.WRITTEN.value),
    )
    asked = Case(
        When(agreement__isnull=False, form=AgreementForm.WRITTEN.value, then=day_of("confirmation_filed")),
        default=None,
        output_field=DateField(),
    )
    last = _of_agreement(_last("confirmation_valid", "ruling_revoked"))
    valid = last.annotate(kept=Case(When(kind="confirmation_valid", then=F("day")), output_field=DateField()))
    return (
        found.annotate(form=form)
        .annotate(filed_on=asked)
        .annotate(confirmed_on=Subquery(valid.values("kept")[:1], output_field=DateField()))
    )


def _last(*kinds: str) -> QuerySet:
    """Standing entries with a day, the last in legal order first."""
    return standing_entries(*kinds).filter(day__isnull=False).order_by("-day", "-sequence")


def _last_if(*kinds: str, then: Q) -> Subquery:
    """The day of the last of these, if it is as said."""
    found = _last(*kinds).annotate(kept=Case(When(then, then=F("day")), output_field=DateField()))
    return Subquery(found.values("kept")[:1], output_field=DateField())


def _replaced() -> QuerySet[Event]:
    """Entries that the agreement of an outer entry was replaced."""
    struck = Event.objects.filter(corrects_id=OuterRef("pk"), kind=STRIKE)
    found = Event.objects.filter(case_id=OuterRef("case_id"), kind="agreement_superseded", subject=OuterRef("subject"))
    return found.filter(~Exists(struck))


def _of_agreement(found: QuerySet) -> QuerySet:
    """Of the agreement in effect; the registers of the past do not tell which of several they mean."""
    return found.filter(Q(subject="") | Q(subject=OuterRef("agreement")))


def of_disputes(code: str, name: Text, formula: Text, rows: Callable[[], QuerySet], **more: Any) -> Indicator:
    """A rate of disputes that came to an end in the period."""
    values: dict[str, Any] = {"on": F("ended_on"), "officer": lead_handler_on("c_on", "")} | more
    return Indicator(
        code=code,
        name=name,
        formula=formula,
        version=1,
        rows=rows,
        case="",
        is_at_once=True,
        dimensions=DIMENSIONS,
        splits=SPLITS,
        procedures=(PROCEDURE,),
        row_words=lambda row: str(row.state_info.label),
        **values,
    )


__all__ = [
    *("DIMENSIONS", "SPLITS", "closed_disputes", "disputes", "of_disputes", "with_confirmation", "with_performance"),
    "with_success",
]
