"""Verifying: the chain, every sealed row, living rows against their history, and what lies in files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from casemgr.audit import heads
from casemgr.audit.canonical import SHORT, digests
from casemgr.audit.evidence import Finding, checks, mirrors, tables
from casemgr.audit.models import Seal, SealMark, SealPart
from casemgr.audit.redactions import Redactions
from casemgr.audit.sealing import chain_digest, ids_in, part_digest

SHOWN = 50
"""Findings listed at most: one is enough to know, fifty are enough to look."""


@dataclass
class Report:
    """What verification found; `findings` in the order of the chain, at most `SHOWN`."""

    seals: int = 0
    rows: int = 0
    unsealed: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.findings


def verify() -> Report:
    """Everything, end to end; reads each sealed row once."""
    report = Report()
    for finding in _all(report):
        report.findings.append(finding)
        if len(report.findings) >= SHOWN:
            break
    return report


def _all(report: Report) -> Iterator[Finding]:
    yield from _heads()
    lawful = Redactions()
    yield from lawful.findings
    yield from _chain(report, lawful)
    yield from _uncounted(report)
    for model, fields in mirrors().items():
        yield from mirror_findings(model, fields)
    for check in checks().values():
        yield from check()


def _heads() -> Iterator[Finding]:
    """The file outside the database against the chain; the newest link may be missing there, no other."""
    try:
        known = heads.read()
    except heads.HeadsUnreadable as error:
        yield Finding("heads-unreadable", detail=str(error))
        return
    seals = {seal.number: heads.Head.of(seal) for seal in Seal.objects.all()}
    for position, head in enumerate(known, 1):
        if head.number != position:
            yield Finding("head-missing", seal=position, detail=str(heads.path()))
            return
        if seals.get(head.number) is None:
            yield Finding("seal-removed", seal=head.number)
        elif seals[head.number] != head:
            yield Finding("seal-rewritten", seal=head.number)
    if len(seals) > len(known) + 1:
        yield Finding("head-missing", seal=len(known) + 1, detail=str(heads.path()))


def _chain(report: Report, lawful: Redactions) -> Iterator[Finding]:
    previous = ""
    for position, seal in enumerate(Seal.objects.order_by("number").iterator(), 1):
        parts = list(seal.parts.order_by("table"))
        report.seals += 1
        if seal.number != position:
            yield Finding("seal-removed", seal=position)
            return
        if seal.previous != previous or seal.digest != chain_digest(seal.number, seal.sealed_at, previous, parts):
            yield Finding("seal-rewritten", seal=seal.number)
        if seal.rows != sum(part.count for part in parts):
            yield Finding("seal-rewritten", seal=seal.number)
        for part in parts:
            report.rows += part.count
            yield from _part(seal, part, lawful)
        previous = seal.digest


def _part(seal: Seal, part: SealPart, lawful: Redactions) -> Iterator[Finding]:
    try:
        model: type[models.Model] = apps.get_model(part.table)
    except LookupError:
        yield Finding("table-missing", part.table, seal=seal.number)
        return
    ids = ids_in(part.ranges)
    kept = bytes(part.row_digests)
    present = digests(model, part.columns, ids)
    found = {row: lawful.as_sealed(part.table, row, digest) for row, digest in present}
    if part.digest == part_digest(part.table, part.columns, found.values()) and len(kept) == SHORT * len(ids):
        return
    named = False
    for position, row in enumerate(ids):
        digest = found.get(row)
        if digest is None:
            named = True
            yield Finding("row-removed", part.table, row, seal.number)
        elif digest[:SHORT] != kept[SHORT * position : SHORT * (position + 1)]:
            named = True
            yield Finding("row-changed", part.table, row, seal.number)
    if not named:
        yield Finding("seal-rewritten", part.table, seal=seal.number)


def _uncounted(report: Report) -> Iterator[Finding]:
    """Rows under a table's mark that are in no seal, but for those still waited for."""
    sealed: dict[str, int] = {}
    highest: dict[str, int] = {}
    for table, ranges, count in SealPart.objects.values_list("table", "ranges", "count"):
        sealed[table] = sealed.get(table, 0) + count
        highest[table] = max(highest.get(table, 0), ranges[-1][1])
    waited = dict(SealMark.objects.values_list("table", "gaps"))
    for table, model in tables().items():
        top = highest.get(table, 0)
        under = model._base_manager.filter(pk__lte=top).count() if top else 0
        late = sum(
            model._base_manager.filter(pk__gte=first, pk__lte=last).count()
            for first, last, _number in waited.get(table, ())
        )
        report.unsealed += model._base_manager.filter(pk__gt=top).count() + late
        if under > sealed.get(table, 0) + late:
            yield Finding("row-added", table, detail=f"{under - sealed.get(table, 0) - late}")


def mirror_findings(model: type[models.Model], fields: tuple[str, ...]) -> Iterator[Finding]:
    """Living rows that differ from their last history row, have none, or are gone without one that says so."""
    table = model._meta.label_lower
    history = model.history.model
    key = model._meta.pk.attname
    living = model._base_manager.order_by("pk").values_list("pk", *fields).iterator()
    last = _last_rows(history, key, fields)
    here, there = next(living, None), next(last, None)
    while here is not None or there is not None:
        if there is None or (here is not None and here[0] < there[0]):
            yield Finding("row-without-history", table, here[0])
            here = next(living, None)
        elif here is None or there[0] < here[0]:
            if there[1] != "-":
                yield Finding("row-removed", table, there[0])
            there = next(last, None)
        else:
            if there[1] == "-" or not _same(here[1:], there[2:]):
                yield Finding("row-changed", table, here[0])
            here, there = next(living, None), next(last, None)


def _same(here: tuple[Any, ...], there: tuple[Any, ...]) -> bool:
    return all(
        bytes(a) == bytes(b) if isinstance(a, bytes | memoryview) and isinstance(b, bytes | memoryview) else a == b
        for a, b in zip(here, there, strict=True)
    )


def _last_rows(history: type[models.Model], key: str, fields: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """(id, history type, values …) of the newest history row of each id, in order of id."""
    rows = history._base_manager.order_by(key, "history_id").values_list(key, "history_type", *fields).iterator()
    waiting: tuple[Any, ...] | None = None
    for row in rows:
        if waiting is not None and waiting[0] != row[0]:
            yield waiting
        waiting = row
    if waiting is not None:
        yield waiting
