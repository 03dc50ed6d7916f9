"""Lawful redactions, as verification reads them.

A redaction counts when it is sealed, its seal's part is as it was sealed, and the file of redactions outside the
database names that part: whoever owns the database alone can make none.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

from casemgr.audit import heads
from casemgr.audit.canonical import digests
from casemgr.audit.evidence import Finding
from casemgr.audit.models import Redaction, SealPart
from casemgr.audit.sealing import ids_in, part_digest

TABLE = "audit.redaction"


def path() -> Path:
    """Beside the file of heads: one line for each sealed batch of redactions."""
    return heads.path().with_name(f"{heads.path().stem}.redactions.txt")


def line_of(part: SealPart) -> str:
    return f"{part.seal.number} {part.count} {part.digest}"


def name_outside(part: SealPart) -> None:
    """Append the batch to the file, on disk before this returns; after a roll-back the line fits nothing."""
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a", encoding="utf-8") as file:
        file.write(line_of(part) + "\n")
        file.flush()
        os.fsync(file.fileno())


class Redactions:
    """The lawful ones, and what is wrong with the others."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._steps: dict[tuple[str, int], list[tuple[bytes, bytes]]] = defaultdict(list)
        named = set(path().read_text(encoding="utf-8").splitlines()) if path().exists() else set()
        lawful: set[int] = set()
        sealed: set[int] = set()
        for part in SealPart.objects.filter(table=TABLE).select_related("seal").order_by("seal__number"):
            ids = ids_in(part.ranges)
            sealed.update(ids)
            found = [digest for _row, digest in digests(Redaction, part.columns, ids)]
            if line_of(part) not in named:
                self.findings.append(Finding("redaction-forged", TABLE, ids[0], part.seal.number))
            elif part.digest == part_digest(TABLE, part.columns, found):
                lawful.update(ids)
        for pk, table, row, old, new in Redaction.objects.order_by("pk").values_list(
            "pk", "table", "row", "old", "new"
        ):
            if pk in lawful:
                self._steps[table, row].append((bytes.fromhex(old), bytes.fromhex(new)))
            elif pk not in sealed:
                self.findings.append(Finding("redaction-unsealed", TABLE, pk))

    def as_sealed(self, table: str, row: int, digest: bytes) -> bytes:
        """The digest the row had when it was sealed, if redactions lead from it to this one; else none that fits."""
        steps = self._steps.get((table, row))
        if not steps:
            return digest
        for old, new in reversed(steps):
            if digest != new:
                return b""
            digest = old
        return digest
