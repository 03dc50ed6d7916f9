"""Sealing: every evidence row that is in no seal yet goes into the next link of the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db import IntegrityError, models, transaction

from casemgr.audit import heads
from casemgr.audit.canonical import SHORT, columns_of, digests
from casemgr.audit.evidence import tables
from casemgr.audit.models import Seal, SealMark, SealPart

BATCH = 10_000
"""Rows of one table in one seal, at most."""
GAP_SEALS = 200
"""For so many further seals a missing id is looked for again: a transaction may commit after a later one."""


def seal_all(now: datetime, *, limit: int | None = None) -> list[Seal]:
    """Seal until nothing is left (or `limit` seals were made), and hand the heads out of the database.

    Safe to repeat and to interrupt: a seal is one transaction; rivals cannot make the same link twice.
    """
    heads.hand_out()
    made: list[Seal] = []
    while limit is None or len(made) < limit:
        seal = seal_next(now)
        if seal is None:
            break
        made.append(seal)
        heads.hand_out()
    return made


def seal_next(now: datetime) -> Seal | None:
    """One link with up to `BATCH` rows of each table; None when nothing is unsealed or a rival was faster."""
    last = Seal.objects.order_by("-number").first()
    number = last.number + 1 if last else 1
    parts, marks = [], []
    for table, model in tables().items():
        mark = SealMark.objects.filter(table=table).first() or SealMark(table=table)
        part = _part(table, model, mark, number)
        if part is not None:
            parts.append(part)
            marks.append(mark)
    if not parts:
        return None
    previous = last.digest if last else ""
    seal = Seal(number=number, sealed_at=now, previous=previous, rows=sum(part.count for part in parts))
    seal.digest = chain_digest(number, now, previous, parts)
    try:
        with transaction.atomic():
            seal.save()
            for part in parts:
                part.seal = seal
            SealPart.objects.bulk_create(parts)
            for mark in marks:
                mark.save()
    except IntegrityError:
        return None
    return seal


def _part(table: str, model: type[models.Model], mark: SealMark, number: int) -> SealPart | None:
    """The table's next rows, late ones first; moves the (unsaved) mark over them."""
    late = _late_ids(model, mark.gaps)
    fresh = list(
        model._base_manager.filter(pk__gt=mark.highest)
        .order_by("pk")
        .values_list("pk", flat=True)[: max(BATCH - len(late), 0)]
    )
    ids = [*late, *fresh]
    if not ids:
        return None
    columns = columns_of(model)
    found = list(digests(model, columns, ids))
    if len(found) != len(ids):
        raise RuntimeError(f"rows of {table} vanished while they were sealed")
    mark.gaps = _gaps_after(mark, late, fresh, number)
    mark.highest = max(mark.highest, ids[-1])
    return SealPart(
        table=table,
        columns=columns,
        ranges=as_ranges(ids),
        count=len(ids),
        row_digests=b"".join(digest[:SHORT] for _, digest in found),
        digest=part_digest(table, columns, [digest for _, digest in found]),
    )


def part_head(table: str, columns: Sequence[str]) -> bytes:
    """What stands before the digests of the rows when a part is digested."""
    return json.dumps([table, list(columns)], ensure_ascii=False).encode()


def part_digest(table: str, columns: Sequence[str], row_digests: Iterable[bytes]) -> str:
    """SHA-256 over the full digests of the rows, in order of id."""
    whole = hashlib.sha256(part_head(table, columns))
    for digest in row_digests:
        whole.update(digest)
    return whole.hexdigest()


def chain_text(number: int, sealed_at: datetime, previous: str, parts: Iterable[SealPart]) -> str:
    """The link: its number and time, the link before, and what every part holds."""
    content = [
        number,
        sealed_at.astimezone(UTC).isoformat(),
        previous,
        [[part.table, part.columns, part.ranges, part.count, part.digest] for part in parts],
    ]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def chain_digest(number: int, sealed_at: datetime, previous: str, parts: Iterable[SealPart]) -> str:
    """SHA-256 of `chain_text`."""
    return hashlib.sha256(chain_text(number, sealed_at, previous, parts).encode()).hexdigest()


def as_ranges(ids: Sequence[int]) -> list[list[int]]:
    """Sorted ids as [first, last] pairs."""
    ranges: list[list[int]] = []
    for one in ids:
        if ranges and one == ranges[-1][1] + 1:
            ranges[-1][1] = one
        else:
            ranges.append([one, one])
    return ranges


def ids_in(ranges: Iterable[Sequence[int]]) -> list[int]:
    return [one for first, last, *_rest in ranges for one in range(first, last + 1)]


def _late_ids(model: type[models.Model], gaps: Sequence[Sequence[int]]) -> list[int]:
    """Rows that appeared in a gap: their transaction committed after a later one was sealed."""
    late: list[int] = []
    for first, last, _number in gaps:
        late += model._base_manager.filter(pk__gte=first, pk__lte=last).order_by("pk").values_list("pk", flat=True)
    return sorted(late)[:BATCH]


def _gaps_after(mark: SealMark, late: Sequence[int], fresh: Sequence[int], number: int) -> list[list[int]]:
    gaps: list[list[int]] = []
    for first, last, since in mark.gaps:
        if since + GAP_SEALS < number:
            continue
        for taken in late:
            if first <= taken <= last:
                if first < taken:
                    gaps.append([first, taken - 1, since])
                first = taken + 1
        if first <= last:
            gaps.append([first, last, since])
    expected = mark.highest + 1
    for start, end in as_ranges(fresh):
        if start > expected:
            gaps.append([expected, start - 1, number])
        expected = end + 1
    return gaps
