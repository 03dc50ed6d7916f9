"""Records that may be one person, looked for at night among those that are new or changed."""

from __future__ import annotations

from django.utils import timezone

from casemgr.parties import duplicates
from casemgr.parties.models import DuplicatePair, Party
from casemgr.parties.search import particulars, similar_to

LEVELS = (duplicates.SAME_Q, duplicates.LIKELY, duplicates.POSSIBLE, duplicates.CONFLICT)


def look_at(party: Party) -> int:
    """Keep the pairs of one record that no one has looked at yet; returns how many are new."""
    made = 0
    for match in similar_to(particulars(party), exclude=party.pk):
        if match.level not in LEVELS:
            continue
        first, second = sorted([party.pk, match.party.pk])
        defaults = {"level": match.level, "why": str(match.why)[:200]}
        made += DuplicatePair.objects.get_or_create(first_id=first, second_id=second, defaults=defaults)[1]
    return made


def changed_since(history_id: int, limit: int) -> list[tuple[int, int]]:
    """(history id, party id) of the next records that were entered or changed."""
    rows = Party.history.filter(history_id__gt=history_id).exclude(history_type="-").order_by("history_id")
    return list(rows.values_list("history_id", "id")[:limit])


def settle_as_different(pair: DuplicatePair, user) -> None:
    """They are two people: never shown again."""
    DuplicatePair.objects.filter(pk=pair.pk).update(settled_at=timezone.now(), settled_by=user)
