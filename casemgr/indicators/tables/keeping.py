"""Keeping the marks: read anew for each changed case, in the transaction that changed it, and never forgotten.

A mark that the register gives no more is known until today, a new one from today: the tables as known at the end of any
past day can be counted again. What a lock has sealed stays: entries of the same day count as known from the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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


def refresh(
    cases: Collection[int] | Mapping[int, str | None], today: date, only: Sequence[Base] = ()
) -> tuple[int, int]:
    """Read the cases anew and write the difference. The caller holds their locks, and may say the procedure of each.

    Returns (new, gone).
    """
    new = gone = 0
    procedures = cases if isinstance(cases, Mapping) else dict.fromkeys(cases)
    for some in _chunks(procedures):
        more = _refresh(_by_base({pk: procedures[pk] for pk in some}, only), today)
        new, gone = new + more[0], gone + more[1]
    return new, gone


def refresh_rows(base: Base, row_ids: Collection[int], today: date) -> tuple[int, int]:
    """The same for rows of a base that are no cases (`Base.rows`)."""
    new = gone = 0
    for some in _chunks(row_ids):
        more = _refresh({base.code: (base, some)}, today)
        new, gone = new + more[0], gone + more[1]
    return new, gone


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


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
            found = (
                refresh_rows(base, ids, today)
                if base.rows is not None
                else refresh(dict.fromkeys(ids, base.procedure), today, [base])
            )
        yield ids, found
        last = ids[-1]


Asked = Mapping[str, tuple[Base, Sequence[int]]]
"""By its code, a base and what it is asked about: cases of its procedure, or rows that are no cases."""


def _by_base(cases: Mapping[int, str | None], only: Sequence[Base]) -> Asked:
    chosen = [one for one in bases().values() if (not only or one in only) and one.rows is None]
    by_procedure: dict[str, list[int]] = defaultdict(list)
    for pk, procedure in cases.items():
        if procedure is not None:
            by_procedure[procedure].append(pk)
    unknown = [pk for pk, procedure in cases.items() if procedure is None]
    if chosen and unknown:
        for pk, procedure in Case.objects.filter(pk__in=unknown).order_by().values_list("pk", "procedure"):
            by_procedure[procedure].append(pk)
    return {one.code: (one, found) for one in chosen if (found := by_procedure.get(one.procedure))}


def _refresh(asked: Asked, today: date) -> tuple[int, int]:
    """Compare what the bases read with what is kept: whatever their number, one query for what is kept."""
    if not asked:
        return 0, 0
    days = _days([base for base, _ids in asked.values()], today)
    wanted: dict[tuple, list[Mark]] = defaultdict(list)
    for base, ids in asked.values():
        for mark in base.read(ids):
            wanted[base.code, *mark.key].append(mark)
    never_seen, ended = [], defaultdict(list)
    for pk, known_from, *key in _kept(asked):
        if same := wanted.get(tuple(key)):
            same.pop()
        elif known_from >= days[key[0]]:
            never_seen.append(pk)
        else:
            ended[days[key[0]]].append(pk)
    if never_seen:
        KnownMark.objects.filter(pk__in=never_seen).delete()
    for day, pks in ended.items():
        KnownMark.objects.filter(pk__in=pks).update(known_until=day)
    made = [_values(key[0], mark, days[key[0]]) for key, marks in wanted.items() for mark in marks]
    if made:
        insert_values(KnownMark, _COLUMNS, made)
    return len(made), len(never_seen) + sum(map(len, ended.values()))


def _kept(asked: Asked) -> Iterator[tuple[Any, ...]]:
    """The marks known now: id, since when, and base with key as `_refresh` compares them."""
    rows = {pk for base, ids in asked.values() if base.rows is not None for pk in ids}
    cases = {pk for base, ids in asked.values() if base.rows is None for pk in ids}
    of = Q(case__isnull=True, row_id__in=rows) if rows else Q(case__in=cases)
    marks = KnownMark.objects.filter(of, base__in=list(asked), known_until=FOREVER)
    names = ("pk", "known_from", "base", "kind", "row_id", "case_id", "unit_id", "on", "until", "value", "dims")
    for *found, case, unit, on, until, value, dims in marks.values_list(*names):
        yield (*found, case or 0, unit, on, until, value, tuple(sorted(dims.items())))


_COLUMNS = ("base", "kind", "row_id", "case", "unit", "on", "until", "value", "dims", "known_from", "known_until")


def _values(base: str, mark: Mark, day: date) -> tuple[Any, ...]:
    """A mark as `_COLUMNS` of a row."""
    dims = dict(sorted(mark.dims.items()))
    row, case = mark.row or mark.case, mark.case or None
    return (base, mark.kind, row, case, mark.unit, mark.on, mark.until, mark.value, dims, day, FOREVER)


def _days(several: Sequence[Base], today: date) -> Mapping[str, date]:
    """From which day what is written now counts as known, by base: after a lock of the same day, the next one."""
    share(several)
    codes = [one.code for one in several]
    sealed = dict(KnownBase.objects.filter(base__in=codes).values_list("base", "sealed_through"))
    return {code: max(today, day + DAY) if (day := sealed.get(code)) else today for code in codes}


def share(several: Iterable[Base]) -> None:
    """Wait for a lock of a period that is being made, and keep another from being made until we have committed.

    SQLite has one writer at a time anyway.
    """
    _advise("pg_advisory_xact_lock_shared", several)


def exclude(several: Iterable[Base]) -> None:
    """Wait for whoever is writing marks of the bases, and keep others from it until we have committed."""
    _advise("pg_advisory_xact_lock", several)


def _advise(function: str, several: Iterable[Base]) -> None:
    """Everybody asks for the bases' locks in the same order, in one query."""
    if connection.vendor == "postgresql":
        known = sorted(bases())
        numbers = sorted({known.index(base.code) for base in several})
        with connection.cursor() as cursor:
            calls = ", ".join(f"{function}({_LOCK_FAMILY}, {number})" for number in numbers)
            cursor.execute(f"SELECT {calls}")


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
