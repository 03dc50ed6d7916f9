"""Keeping the marks: read anew for each changed case, in the transaction that changed it, and never forgotten.

A mark that the register gives no more is known until today, a new one from today: the tables as known at the end of any
past day can be counted again. What a lock has sealed stays: entries of the same day count as known from the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from casemgr.audit.inserting import insert_values
from casemgr.cases.models import Case
from casemgr.indicators.definition import FOREVER
from casemgr.indicators.period import EARLIEST
from casemgr.indicators.tables.facts import Base, Mark, bases
from casemgr.indicators.tables.models import KnownBase, KnownMark

CHUNK = 500
DAY = timedelta(days=1)
FROM_THE_BEGINNING = date(EARLIEST, 1, 1)
_LOCK_FAMILY = 0x7AB1E5
"""First number of our advisory locks; the second is the base's."""


def refresh(case_ids: Collection[int], today: date, only: Sequence[Base] = ()) -> tuple[int, int]:
    """Read the cases anew and write the difference. The caller holds their locks. Returns (new, gone)."""
    new = gone = 0
    ids = sorted(case_ids)
    for start in range(0, len(ids), CHUNK):
        for base, found in _by_base(ids[start : start + CHUNK], only):
            more = _refresh(base, found, today)
            new, gone = new + more[0], gone + more[1]
    return new, gone


def refresh_rows(base: Base, row_ids: Collection[int], today: date) -> tuple[int, int]:
    """The same for rows of a base that are no cases (`Base.rows`)."""
    new = gone = 0
    ids = sorted(row_ids)
    for start in range(0, len(ids), CHUNK):
        more = _refresh(base, ids[start : start + CHUNK], today)
        new, gone = new + more[0], gone + more[1]
    return new, gone


def each(base: Base, today: date) -> Iterator[tuple[list[int], tuple[int, int]]]:
    """Everything the base counts, read anew some hundred at a time, under the locks of cases and rows."""
    last = 0
    while True:
        with transaction.atomic():
            if base.rows is not None:
                locked = base.rows().select_for_update(of=("self",)).filter(pk__gt=last).order_by("pk")
            else:
                locked = Case.objects.filter(procedure=base.procedure, pk__gt=last).order_by("pk")
                locked = locked.select_for_update(of=("self",))
            ids = [one.pk for one in locked.only("pk")[:CHUNK]]
            if not ids:
                return
            found = refresh_rows(base, ids, today) if base.rows is not None else refresh(ids, today, [base])
        yield ids, found
        last = ids[-1]


def _by_base(ids: Sequence[int], only: Sequence[Base]) -> Iterator[tuple[Base, list[int]]]:
    chosen = [one for one in bases().values() if (not only or one in only) and one.rows is None]
    if not chosen:
        return
    by_procedure: dict[str, list[int]] = defaultdict(list)
    for pk, procedure in Case.objects.filter(pk__in=ids).order_by().values_list("pk", "procedure"):
        by_procedure[procedure].append(pk)
    for base in chosen:
        if found := by_procedure.get(base.procedure):
            yield base, found


def _refresh(base: Base, ids: Sequence[int], today: date) -> tuple[int, int]:
    day = _day(base, today)
    wanted: dict[tuple, list[Mark]] = defaultdict(list)
    for mark in base.read(ids):
        wanted[mark.key].append(mark)
    surplus = []
    of = Q(row_id__in=ids, case__isnull=True) if base.rows is not None else Q(case_id__in=ids)
    for row in KnownMark.objects.filter(of, base=base.code, known_until=FOREVER):
        same = wanted.get(_key(row))
        if same:
            same.pop()
        else:
            surplus.append(row)
    never_seen = [row.pk for row in surplus if row.known_from >= day]
    ended = [row.pk for row in surplus if row.known_from < day]
    if never_seen:
        KnownMark.objects.filter(pk__in=never_seen).delete()
    if ended:
        KnownMark.objects.filter(pk__in=ended).update(known_until=day)
    made = [_values(base, mark, day) for marks in wanted.values() for mark in marks]
    insert_values(KnownMark, _COLUMNS, made)
    return len(made), len(surplus)


def _key(row: KnownMark) -> tuple:
    return (
        row.kind,
        row.row_id,
        row.case_id or 0,
        row.unit_id,
        row.on,
        row.until,
        row.value,
        tuple(sorted(row.dims.items())),
    )


_COLUMNS = ("base", "kind", "row_id", "case", "unit", "on", "until", "value", "dims", "known_from", "known_until")


def _values(base: Base, mark: Mark, day: date) -> tuple[Any, ...]:
    """A mark as `_COLUMNS` of a row."""
    dims = dict(sorted(mark.dims.items()))
    row, case = mark.row or mark.case, mark.case or None
    return (base.code, mark.kind, row, case, mark.unit, mark.on, mark.until, mark.value, dims, day, FOREVER)


def _day(base: Base, today: date) -> date:
    """From which day what is written now counts as known: after a lock of the same day, the next one."""
    share(base)
    sealed = KnownBase.objects.filter(base=base.code).values_list("sealed_through", flat=True).first()
    return max(today, sealed + DAY) if sealed else today


def share(base: Base) -> None:
    """Wait for a lock of a period that is being made, and keep another from being made until we have committed.

    SQLite has one writer at a time anyway.
    """
    _advise("pg_advisory_xact_lock_shared", base)


def exclude(base: Base) -> None:
    """Wait for whoever is writing marks of the base, and keep others from it until we have committed."""
    _advise("pg_advisory_xact_lock", base)


def _advise(function: str, base: Base) -> None:
    if connection.vendor == "postgresql":
        number = sorted(bases()).index(base.code)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [_LOCK_FAMILY, number])


def seal(base: Base, day: date) -> None:
    """What is known at this moment is what was known on the day; see `exclude`."""
    KnownBase.objects.filter(base=base.code).update(sealed_through=day)


def known_on(day: date | None) -> Q:
    """The condition on marks that were known at the end of the day; None: that are known now."""
    if day is None:
        return Q(known_until=FOREVER)
    return Q(known_from__lte=day, known_until__gt=day)


def kept_since(base: Base) -> date | None:
    """The first day whose knowledge is kept; None while the base is being read for the first time."""
    return KnownBase.objects.filter(base=base.code, is_whole=True).values_list("kept_since", flat=True).first()


def is_built(base: Base) -> bool:
    return KnownBase.objects.filter(base=base.code, version=base.version, is_whole=True).exists()


def rebuild(base: Base, today: date) -> tuple[int, int]:
    """Read every case anew, a few hundred at a time under their locks; what was known before stays known.

    A register without any case has nothing that was not kept: it is known from the beginning.
    """
    rows = base.rows() if base.rows is not None else Case.objects.filter(procedure=base.procedure)
    since = today if rows.exists() else FROM_THE_BEGINNING
    state, _made = KnownBase.objects.get_or_create(
        base=base.code, defaults={"version": base.version, "kept_since": since}
    )
    new = gone = 0
    for _ids, found in each(base, today):
        new, gone = new + found[0], gone + found[1]
    KnownBase.objects.filter(pk=state.pk).update(version=base.version, is_whole=True)
    return new, gone


def rebuild_stale(today: date) -> list[str]:
    """Read what is new, or is read otherwise than before; returns the codes."""
    stale = [one for one in bases().values() if not is_built(one)]
    for one in stale:
        rebuild(one, today)
    return [one.code for one in stale]
