"""The entries of files as they stand, with corrections and strikes folded in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from casemgr.cases import entries
from casemgr.cases.events import Fact, fold


def entries_of(case_ids: Collection[int], kinds: Collection[str]) -> Mapping[int, list[Fact]]:
    """By case, those of the kinds whose day is known: one query."""
    standing = {case: fold(events) for case, events in entries.entries_of(case_ids, kinds).items()}
    return defaultdict(list, {case: [fact for fact in facts if fact.occurred_on] for case, facts in standing.items()})
