"""Blanking personal columns in sealed history rows where a law demands it, so that every other change still shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from casemgr.audit import heads
from casemgr.audit.canonical import SHORT, digests
from casemgr.audit.models import Redaction, SealPart
from casemgr.audit.redactions import TABLE, Redactions, name_outside
from casemgr.audit.sealing import ids_in, seal_next


class RedactionRefused(RuntimeError):
    """A row is not as it was sealed, or sealing was not possible now; nothing is blanked."""


@dataclass(frozen=True)
class Blanking:
    """Rows of one history, and what their personal columns hold from now on."""

    rows: models.QuerySet
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Warrant:
    """Who redacts, who approved it, and why."""

    actor: Any
    approved_by: str
    reason: str


def redact(blankings: Iterable[Blanking], warrant: Warrant, now: datetime) -> list[Redaction]:
    """Blank the rows and leave a sealed redaction for each that changed. Runs inside the caller's transaction, which
    has written something to seal: the seal made first keeps rival sealers out until the end.

    :raises RedactionRefused: a row is not as it was sealed, or somebody sealed at the same moment.
    """
    if seal_next(now) is None:
        raise RedactionRefused("somebody seals at this moment; try again")
    while seal_next(now) is not None:
        pass
    lawful = Redactions()
    made = [redaction for blanking in blankings for redaction in _blank(blanking, lawful, warrant, now)]
    if made:
        Redaction.objects.bulk_create(made)
        seal = seal_next(now)
        part = seal and seal.parts.select_related("seal").get(table=TABLE)
        if part is None or part.count != len(made):
            raise RedactionRefused("the redactions could not be sealed by themselves; try again")
        name_outside(part)
    transaction.on_commit(heads.hand_out)
    return made


def _blank(blanking: Blanking, lawful: Redactions, warrant: Warrant, now: datetime) -> Iterator[Redaction]:
    model = blanking.rows.model
    table = model._meta.label_lower
    ids = list(blanking.rows.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return
    before = dict(_sealed_digests(model, ids, lawful))
    if missing := set(ids) - set(before):
        raise RedactionRefused(f"{table} {min(missing)} is not sealed; try again")
    model._base_manager.filter(pk__in=ids).update(**blanking.values)
    for row, (columns, old) in before.items():
        new = dict(digests(model, columns, [row]))[row]
        if new != old:
            yield Redaction(
                at=now, table=table, row=row, columns=sorted(blanking.values), old=old.hex(), new=new.hex(),
                actor_id=getattr(warrant.actor, "pk", None), actor_name=getattr(warrant.actor, "full_name", ""),
                approved_by=warrant.approved_by, reason=warrant.reason,
            )  # fmt: skip


def _sealed_digests(
    model: type[models.Model], ids: list[int], lawful: Redactions
) -> Iterator[tuple[int, tuple[list[str], bytes]]]:
    """Of each row the columns it was sealed with and its digest. Who blanked a row that somebody had changed would
    hide the change: that is refused.
    """
    table, wanted = model._meta.label_lower, set(ids)
    for part in SealPart.objects.filter(table=table).order_by("-seal__number").iterator():
        inside = [(position, row) for position, row in enumerate(ids_in(part.ranges)) if row in wanted]
        here = dict(digests(model, part.columns, [row for _position, row in inside]))
        for position, row in inside:
            kept = bytes(part.row_digests)[SHORT * position : SHORT * (position + 1)]
            if row not in here or lawful.as_sealed(table, row, here[row])[:SHORT] != kept:
                raise RedactionRefused(f"{table} {row} is not as it was sealed")
            yield row, (part.columns, here[row])
        wanted -= {row for _position, row in inside}
        if not wanted:
            return
