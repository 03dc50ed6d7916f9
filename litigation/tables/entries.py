"""The entries of files as they stand, with corrections and strikes folded in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from casemgr.cases.events import CORRECTION, SPLIT, STRIKE, Fact, fold
from casemgr.cases.models import Event


def entries_of(case_ids: Collection[int], kinds: Collection[str]) -> Mapping[int, list[Fact]]:
    """By case, those of the kinds whose day is known: one query."""
    found: dict[int, list[Event]] = defaultdict(list)
    rows = Event.objects.filter(case_id__in=list(case_ids), kind__in=[*kinds, CORRECTION, STRIKE, SPLIT])
    for event in rows.only("case", "kind", "occurred_on", "subject", "sequence", "corrects", "party", "data"):
        found[event.case_id].append(event)
    standing = {case: fold(events) for case, events in found.items()}
    return defaultdict(list, {case: [fact for fact in facts if fact.occurred_on] for case, facts in standing.items()})
