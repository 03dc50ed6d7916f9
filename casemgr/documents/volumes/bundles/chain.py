"""What of the evidence chain a bundle carries: the case's rows, the parts of seals they lie in, and the links up to the
newest, each as the very bytes that were digested."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from casemgr.audit.canonical import digests, row_text
from casemgr.audit.evidence import tables
from casemgr.audit.models import Seal, SealPart
from casemgr.audit.sealing import chain_text, ids_in, part_head
from casemgr.cases.models import Case
from casemgr.documents.models import Document, Service
from casemgr.documents.volumes.models import Part, Volume, VolumeItem

PIECE = 500


@dataclass(frozen=True)
class Link:
    """One file of the chain: where it goes in the bundle, and its bytes."""

    path: str
    content: bytes


def case_rows(case: Case, *, with_internal: bool) -> dict[str, list[int]]:
    """Ids of the sealed rows by table. For outsiders only the records of the main volumes, which name every digest."""
    volumes = Volume.objects.filter(case_id=case.pk)
    if not with_internal:
        volumes = volumes.filter(part=Part.MAIN)
    ids = list(volumes.values_list("pk", flat=True))
    found = {
        **_history(Volume, id__in=ids),
        **_history(VolumeItem, volume_id__in=ids),
    }
    if with_internal:
        papers = list(Document.objects.filter(case_id=case.pk).values_list("pk", flat=True))
        found |= {**_history(Case, id=case.pk), **_history(Service, document_id__in=papers)}
        for table, model in tables().items():
            if table not in found and _has_case(model):
                rows = model._base_manager.filter(case_id=case.pk).order_by("pk")
                if keys := list(rows.values_list("pk", flat=True)):
                    found[table] = keys
    return dict(sorted(found.items()))


def _history(model: type[models.Model], **condition) -> dict[str, list[int]]:
    table = model.history.model
    keys = list(table._base_manager.filter(**condition).order_by("pk").values_list("pk", flat=True))
    return {table._meta.label_lower: keys} if keys else {}


def _has_case(model: type[models.Model]) -> bool:
    try:
        return model._meta.get_field("case").is_relation
    except FieldDoesNotExist:
        return False


def links(case: Case, *, with_internal: bool) -> Iterator[Link]:
    """Rows, parts and seals. Everything of the case must be sealed by now."""
    first = None
    for table, ids in case_rows(case, with_internal=with_internal).items():
        model = tables()[table]
        for part, mine in _parts(table, ids):
            number = part.seal.number
            first = number if first is None else min(first, number)
            stem = f"{number:06d}-{table}"
            inside = digests(model, part.columns, ids_in(part.ranges))
            yield Link(f"chain/parts/{stem}.bin", part_head(table, part.columns) + b"".join(d for _id, d in inside))
            for start in range(0, len(mine), PIECE):
                rows = model._base_manager.filter(pk__in=mine[start : start + PIECE]).order_by("pk")
                for values in rows.values_list(*part.columns):
                    text = row_text(table, part.columns, values)
                    yield Link(f"chain/rows/{stem}-{values[0]}.json", text.encode())
    if first is not None:
        yield from _seals(first)


def _parts(table: str, ids: list[int]) -> Iterator[tuple[SealPart, list[int]]]:
    """The parts of seals that hold one of the (sorted) rows, with those rows."""
    places = SealPart.objects.filter(table=table).order_by("seal_id").values_list("pk", "ranges")
    for key, ranges in places.iterator(chunk_size=PIECE):
        mine = [one for first, last in ranges for one in _between(ids, first, last)]
        if mine:
            yield SealPart.objects.select_related("seal").defer("row_digests").get(pk=key), mine


def _between(ids: list[int], first: int, last: int) -> list[int]:
    return ids[bisect_left(ids, first) : bisect_left(ids, last + 1)]


def _seals(first: int) -> Iterator[Link]:
    for seal in Seal.objects.filter(number__gte=first).order_by("number").iterator(chunk_size=PIECE):
        parts = list(seal.parts.defer("row_digests").order_by("table"))
        text = chain_text(seal.number, seal.sealed_at, seal.previous, parts)
        yield Link(f"chain/seals/{seal.number:06d}.json", text.encode())
