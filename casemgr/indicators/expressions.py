"""Expressions that indicators share: days reckoned in the database, days of entries, and who led a case on a day."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, NullIf

from casemgr.cases.events import CORRECTION, STRIKE
from casemgr.cases.models import CaseStep, Event

NOBODY = 0


class DaysBefore(Func):
    """`DaysBefore("due_on", "extension_days")`: the day so many days earlier."""

    arity = 2
    output_field = DateField()
    template = "(%(expressions)s)"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        template = "DATE(%(expressions)s || ' days')"
        return super().as_sql(compiler, connection, template=template, arg_joiner=", -", **context)


class DaysBetween(Func):
    """`DaysBetween(until, since)`: how many days lie between two days."""

    arity = 2
    output_field = IntegerField()
    template = "(%(expressions)s)"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        template = "CAST(JULIANDAY(%(expressions)s) AS INTEGER)"
        return super().as_sql(compiler, connection, template=template, arg_joiner=") - JULIANDAY(", **context)


def standing_entries(*kinds: str, case: str = "pk") -> QuerySet[Event]:
    """Entries of the kinds of the outer row's case that were not struck, each with its day as corrected (`day`).

    What `casemgr.cases.events.fold` does, said to the database.
    """
    struck = Event.objects.filter(corrects_id=OuterRef("pk"), kind=STRIKE)
    corrections = Event.objects.filter(corrects_id=OuterRef("pk"), kind=CORRECTION).filter(~Exists(struck))
    corrected = Subquery(corrections.order_by("-sequence").values("occurred_on")[:1])
    found = Event.objects.filter(case_id=OuterRef(case), kind__in=kinds).filter(~Exists(struck))
    return found.order_by().annotate(
        day=Case(
            When(Exists(corrections), then=corrected),
            default=F("occurred_on"),
            output_field=DateField(),
        )
    )


def day_of(*kinds: str, case: str = "pk", **conditions: Any) -> Subquery:
    """The first day on which one of these happened to the outer row's case, corrections folded in; or nothing."""
    found = standing_entries(*kinds, case=case).filter(day__isnull=False, **conditions)
    return Subquery(found.values("case_id").annotate(first=Min("day")).values("first")[:1], output_field=DateField())


def lead_handler_on(day: str, case: str = "case") -> NullIf:
    """Who led the case at the end of the day in column `day`: as the first later change of the handler found it.

    Who takes over a case does not inherit what its former handler missed.
    """
    handler = "case.lead_handler_id"
    changed = CaseStep.objects.filter(
        case_id=OuterRef(f"{case}_id" if case else "pk"),
        on__gt=OuterRef(day),
        annulled_at__isnull=True,
        changes__has_key=handler,
    ).order_by("sequence")
    before = Coalesce(Cast(KT(f"changes__{handler}__0"), BigIntegerField()), Value(NOBODY))
    now = F(f"{case}__lead_handler_id" if case else "lead_handler_id")
    then = Coalesce(Subquery(changed.values(found=before)[:1]), now, output_field=BigIntegerField())
    return NullIf(then, Value(NOBODY), output_field=BigIntegerField())
