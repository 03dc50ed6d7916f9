"""Expressions that indicators share: days reckoned in the database, and who led a case on a day."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BigIntegerField,
    DateField,
    F,
    Func,
    IntegerField,
    OuterRef,
    Subquery,
    Value,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, NullIf

from casemgr.cases.models import CaseStep

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
