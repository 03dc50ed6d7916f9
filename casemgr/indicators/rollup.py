"""Keeping the roll-ups equal to the register: by difference, per case, in the transaction that changed the case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from casemgr.cases.models import Case
from casemgr.cases.procedure import procedures as all_procedures
from casemgr.indicators.definition import COLUMNS, Indicator, kept
from casemgr.indicators.models import CountedRow, RollUp
from casemgr.indicators.statements import add, counted, in_roll_up, insert, remove, take_away

CHUNK = 500
FEW = 10
"""Up to so many cases are compared here, not by the database."""


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
    """Count the cases anew and write the difference, after what the procedures keep for their figures.

    The caller holds the cases' locks, and may say of which procedures they are: what counts no case of these is not
    asked. With `only` nothing but these is counted, from what is kept. Returns how many rows were missing and how many
    were surplus.
    """
    chosen = tuple(only or counting_cases_of(procedures))
    if not chosen or not case_ids:
        return 0, 0
    if not only:
        keep_facts(case_ids, procedures)
    return _compare(chosen, case_ids) if len(case_ids) <= FEW else _difference(chosen, case_ids)


def _difference(chosen: Sequence[Indicator], case_ids: Collection[int]) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(*take_away(chosen, case_ids))
        surplus = cursor.rowcount
        cursor.execute(*add(chosen, case_ids))
        return cursor.rowcount, surplus


def _compare(chosen: Sequence[Indicator], case_ids: Collection[int]) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(*counted(chosen, case_ids))
        wanted = {_plain(row) for row in cursor.fetchall()}
        cursor.execute(*in_roll_up(chosen, case_ids))
        found = {_plain(row) for row in cursor.fetchall()}
        missing, surplus = wanted - found, found - wanted
        if surplus:
            cursor.executemany(remove(), [row[:2] for row in surplus])
        if missing:
            cursor.executemany(insert(), sorted(missing, key=lambda row: row[:2]))
    return len(missing), len(surplus)


def counted_now(indicator: Indicator, case_ids: Collection[int]) -> list[dict[str, Any]]:
    """What the register says now of these cases, by the statement kept for it: rows of `COLUMNS`, days as text."""
    with connection.cursor() as cursor:
        cursor.execute(*counted([indicator], case_ids))
        rows = [dict(zip(COLUMNS, _plain(row), strict=True)) for row in cursor.fetchall()]
    return sorted(rows, key=lambda row: row["row_id"])


def _plain(row: Sequence[Any]) -> tuple[Any, ...]:
    """SQLite tells a column's days as days, and reckoned ones as text."""
    return tuple(value.isoformat() if isinstance(value, date) else value for value in row)


def keepers() -> dict[str, Callable[[Collection[int]], set[int]]]:
    """By procedure, what keeps its cases' facts for the figures (`Procedure.extra["kept_for_figures"]`): written by
    difference, it tells the cases that differed."""
    found = {one.code: one.extra.get("kept_for_figures") for one in all_procedures()}
    return {code: keep for code, keep in found.items() if keep is not None}


def keep_facts(case_ids: Collection[int], procedures: Collection[str] = ()) -> set[int]:
    """Bring up to date what the procedures keep of these cases for their figures; the cases that differed."""
    differed: set[int] = set()
    for code, keep in keepers().items():
        if not procedures or code in procedures:
            differed |= keep(case_ids)
    return differed


def keep_all_facts(procedure: str) -> tuple[int, set[int]]:
    """The same for all cases of a procedure, a few hundred at a time under their locks: how many, and which differed.

    The roll-ups follow.
    """
    count, differed = 0, set[int]()
    for ids in _chunks(procedure):
        with transaction.atomic():
            _lock(ids)
            changed = keep_facts(ids, [procedure])
            if changed:
                refresh(changed, counting_cases_of([procedure]))
        count, differed = count + len(ids), differed | changed
    return count, differed


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
    for ids in _chunks(*indicator.procedures):
        with transaction.atomic():
            _lock(ids)
            found = refresh(ids, [indicator])
        missing, surplus = missing + found[0], surplus + found[1]
    RollUp.objects.update_or_create(indicator=indicator.code, defaults={"version": indicator.version})
    return missing, surplus


def rebuild_stale() -> list[str]:
    """Build what is new, or counts something else than before; returns the codes."""
    known, built = kept(), built_codes()
    stale = [one for code, one in known.items() if code not in built]
    for code in keepers():
        if any(code in one.procedures for one in stale):
            keep_all_facts(code)
    for one in stale:
        rebuild(one)
    CountedRow.objects.exclude(indicator__in=known).delete()
    RollUp.objects.exclude(indicator__in=known).delete()
    return [one.code for one in stale]


def _lock(ids: Collection[int]) -> None:
    list(Case.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))


def _chunks(*procedures: str) -> Iterator[list[int]]:
    """Ids of all cases of the procedures (all where none is named) in order. One registered meanwhile counts itself."""
    last, cases = 0, Case.objects.order_by("pk")
    if procedures:
        cases = cases.filter(procedure__in=procedures)
    while ids := list(cases.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        yield ids
        last = ids[-1]


def refresh_for(subjects: Iterable[Any]) -> None:
    """Count the cases anew that these subjects of actions are, or lead to."""
    found = cases_of(subjects)
    known = set(found.values())
    refresh(found.keys(), procedures=() if None in known else known)


def cases_of(subjects: Iterable[Any]) -> dict[int, str | None]:
    """The cases these are or lead to, each with its procedure; None where that is not at hand.

    A referral leads to the case it was sent from and to the one it opened.
    """
    found: dict[int, str | None] = {}
    for subject in subjects:
        if isinstance(subject, Case):
            found[subject.pk] = subject.procedure
            continue
        for column in subject._meta.concrete_fields:
            if column.related_model is Case and (pk := getattr(subject, column.attname)) is not None:
                is_loaded = column.is_cached(subject)
                found.setdefault(pk, getattr(subject, column.name).procedure if is_loaded else None)
    return found
