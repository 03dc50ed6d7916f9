"""The list of erased parties outside the database: after the restore of an older backup they are erased again.

One JSON document a line, beside the file of heads; it names nobody. The time of registration is in it because after a
restore another party may get the same number.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from casemgr.audit import heads
from casemgr.audit.models import AccessLog
from casemgr.parties.models import Party

KIND = "party_erased"
"""The access log's word for an erasure."""
MARK = "ERASED "
"""Begins the remark of an erased record."""


def path() -> Path:
    return heads.path().with_name(f"{heads.path().stem}.erased.jsonl")


def read() -> list[dict[str, Any]]:
    """Every erasure ever handed out, oldest first. A last line cut off by a crash is left out."""
    if not path().exists():
        return []
    lines = path().read_text(encoding="utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("}\n")]


def hand_out() -> None:
    """Append the erasures of the access log that the list does not have yet."""
    registered = dict(Party.objects.filter(remark__startswith=MARK).values_list("pk", "registered_at"))
    append(
        {
            "party": entry.subject_id,
            "registered_at": registered[entry.subject_id].isoformat(),
            "at": entry.at.isoformat(),
            "by": entry.actor_name,
            "approved_by": entry.data["approved_by"],
            "reason": entry.reason,
        }
        for entry in AccessLog.objects.filter(kind=KIND).order_by("pk")
        if entry.subject_id in registered
    )


def append(erasures: Iterable[dict[str, Any]]) -> None:
    """Those the list does not have yet; on disk before this returns."""
    known = {(one["party"], one["registered_at"]) for one in read()}
    missing = [one for one in erasures if (one["party"], one["registered_at"]) not in known]
    if not missing:
        return
    path().parent.mkdir(parents=True, exist_ok=True)
    cut = path().exists() and not path().read_bytes().endswith(b"\n")
    with path().open("a", encoding="utf-8") as file:
        file.write("\n" if cut else "")
        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in missing)
        file.flush()
        os.fsync(file.fileno())


def to_repeat() -> list[tuple[Party, dict[str, Any]]]:
    """Parties of the list that the database holds unerased: it came from an older backup."""
    listed = {(one["party"], one["registered_at"]): one for one in read()}
    found = Party.objects.filter(pk__in={pk for pk, _at in listed}).exclude(remark__startswith=MARK).order_by("pk")
    places = [(party, (party.pk, party.registered_at.isoformat())) for party in found]
    return [(party, listed[place]) for party, place in places if place in listed]
