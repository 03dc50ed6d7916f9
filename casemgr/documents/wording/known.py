"""The passages that kinds of papers declare, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass

from casemgr.cases.procedure import procedures
from casemgr.documents.kinds import DocumentKind, kinds_of
from casemgr.documents.wording.passages import Passage


@dataclass(frozen=True)
class Known:
    """A passage with the kinds of one procedure whose papers it stands in."""

    passage: Passage
    procedure: str
    kinds: tuple[DocumentKind, ...]


def known_passages() -> dict[str, Known]:
    """Every passage by its code, in the order of the kinds."""
    found: dict[str, Known] = {}
    for procedure in procedures():
        for kind in kinds_of(procedure.code).values():
            for passage in kind.passages:
                earlier = found.get(passage.code)
                kinds = (*earlier.kinds, kind) if earlier else (kind,)
                found[passage.code] = Known(passage, procedure.code, kinds)
    return found
