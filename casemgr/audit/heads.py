"""The heads of the chain outside the database: a file that only grows, so that a rewritten chain shows.

One line a seal: number, time, rows, digest. An office prints or copies it to where the database's keeper cannot reach.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from django.conf import settings

from casemgr.audit.models import Seal


@dataclass(frozen=True)
class Head:
    """One line of the file."""

    number: int
    sealed_at: str
    rows: int
    digest: str

    @classmethod
    def of(cls, seal: Seal) -> Head:
        return cls(seal.number, seal.sealed_at.astimezone(UTC).isoformat(), seal.rows, seal.digest)

    def line(self) -> str:
        return f"{self.number} {self.sealed_at} {self.rows} {self.digest}\n"


class HeadsUnreadable(RuntimeError):
    """The file of heads has a line that is no head: it was damaged or written by somebody else."""


def path() -> Path:
    return Path(settings.SEAL_HEADS_FILE)


def read() -> list[Head]:
    """Every head handed out, in the file's order. A last line cut off by a crash is left out.

    :raises HeadsUnreadable: another line is damaged.
    """
    if not path().exists():
        return []
    lines = path().read_text(encoding="utf-8").splitlines(keepends=True)
    heads = []
    for position, line in enumerate(lines):
        fields = line.split()
        if len(fields) == 4 and line.endswith("\n") and fields[0].isdigit() and fields[2].isdigit():
            heads.append(Head(int(fields[0]), fields[1], int(fields[2]), fields[3]))
        elif position < len(lines) - 1:
            raise HeadsUnreadable(f"line {position + 1} of {path()} is not a head")
    return heads


def hand_out() -> int:
    """Append the heads that the file does not have yet; returns how many. A line is on disk before this returns."""
    known = read()
    last = known[-1].number if known else 0
    missing = [Head.of(seal) for seal in Seal.objects.filter(number__gt=last).order_by("number")]
    if not missing:
        return 0
    path().parent.mkdir(parents=True, exist_ok=True)
    _drop_cut_line(known)
    with path().open("a", encoding="utf-8") as file:
        file.writelines(head.line() for head in missing)
        file.flush()
        os.fsync(file.fileno())
    return len(missing)


def _drop_cut_line(known: list[Head]) -> None:
    whole = sum(len(head.line().encode()) for head in known)
    if path().exists() and path().stat().st_size > whole:
        os.truncate(path(), whole)
