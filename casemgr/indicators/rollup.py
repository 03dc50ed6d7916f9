"""Keeping the roll-ups equal to the register: by difference, per case, in the transaction that changed the case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from casemgr.cases.models import Case
from casemgr.indicators.definition import COLUMNS, Indicator, kept
from casemgr.indicators.models import CountedRow, RollUp
from casemgr.indicators.statements import add, take_away

CHUNK = 500


def counted_rows(indicator: Indicator) -> QuerySet:
    """What the register says now, as tuples of `COLUMNS`."""
    return indicator.counting().values_list(*(f"c_{column}" for column in COLUMNS))


def kept_rows(indicator: Indicator) -> QuerySet:
    """What the roll-up says, as the same tuples."""
    return CountedRow.objects.filter(indicator=indicator.code).order_by().values_list(*COLUMNS)


def counting_cases_of(procedures: Collection[str]) -> tuple[Indicator, ...]:
    """The kept indicators that may count a case of one of these procedures; all of them where none is named."""
    found = kept().values()
    if not procedures:
        return tuple(found)
    return tuple(one for one in found if not one.procedures or not set(one.procedures).isdisjoint(procedures))


def refresh(
    case_ids: Collection[int], only: Sequence[Indicator] = (), *, procedures: Collection[str] = ()
) -> tuple[int, int]:
    """Count the cases anew and write the difference: two statements, whatever changed.

    The caller holds the cases' locks, and may say of which procedures they are: what counts no case of these is not
    asked. Returns how many rows were missing and how many were surplus.
    """
    chosen = tuple(only or counting_cases_of(procedures))
    if not chosen or not case_ids:
        return 0, 0
    with connection.cursor() as cursor:
        cursor.execute(*take_away(chosen, case_ids))
        surplus = cursor.rowcount
        cursor.execute(*add(chosen, case_ids))
        return cursor.rowcount, surplus


def is_built(indicator: Indicator) -> bool:
    """Whether the roll-up follows the definition as it is today."""
    return RollUp.objects.filter(indicator=indicator.code, version=indicator.version).exists()


def built_codes() -> frozenset[str]:
    """The indicators that are rolled up as they are defined today."""
    versions = dict(RollUp.objects.values_list("indicator", "version"))
    return frozenset(code for code, one in kept().items() if versions.get(code) == one.version)


def rebuild(indicator: Indicator) -> tuple[int, int]:
    """Count every case anew, a few hundred at a time under their locks; people can go on working."""
    RollUp.objects.filter(indicator=indicator.code).delete()
    missing = surplus = 0
    for ids in _chunks():
        with transaction.atomic():
            locked = Case.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
            found = refresh([case.pk for case in locked.only("pk")], [indicator])
        missing, surplus = missing + found[0], surplus + found[1]
    RollUp.objects.update_or_create(indicator=indicator.code, defaults={"version": indicator.version})
    return missing, surplus


def rebuild_stale() -> list[str]:
    """Build what is new, or counts something else than before; returns the codes."""
    known, built = kept(), built_codes()
    stale = [one for code, one in known.items() if code not in built]
    for one in stale:
        rebuild(one)
    CountedRow.objects.exclude(indicator__in=known).delete()
    RollUp.objects.exclude(indicator__in=known).delete()
    return [one.code for one in stale]


def _chunks() -> Iterator[list[int]]:
    """Ids of all cases in order. A case registered meanwhile counts itself."""
    last = 0
    while ids := list(Case.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield ids
        last = ids[-1]


def refresh_for(subjects: Iterable[Any]) -> None:
    """Count the cases anew that these subjects of actions are, or belong to."""
    subjects = list(subjects)
    found = {one.pk if isinstance(one, Case) else getattr(one, "case_id", None) for one in subjects}
    known = {one.procedure for one in subjects if isinstance(one, Case)}
    is_known = all(isinstance(one, Case) for one in subjects)
    refresh({pk for pk in found if pk is not None}, procedures=known if is_known else ())
