"""Records that may be one person, looked for at night among those that are new or changed."""

from __future__ import annotations

from django.utils import timezone

from casemgr.parties import duplicates
from casemgr.parties.models import DuplicatePair, Party
from casemgr.parties.search import Match, particulars, similar_to

LEVELS = (duplicates.SAME_Q, duplicates.LIKELY, duplicates.POSSIBLE, duplicates.CONFLICT)


def look_at(party: Party) -> int:
    """Keep the pairs of one record that no one has looked at yet; returns how many are new."""
    made = 0
    for match in similar_to(particulars(party), exclude=party.pk):
        if match.level not in LEVELS or _is_the_same_office_elsewhere(party, match):
            continue
        first, second = sorted([party.pk, match.party.pk])
        defaults = {"level": match.level, "why": str(match.why)[:200]}
        made += DuplicatePair.objects.get_or_create(first_id=first, second_id=second, defaults=defaults)[1]
    return made


def _is_the_same_office_elsewhere(party: Party, match: Match) -> bool:
    """The banner's bureau and the city's: agencies whose names differ in nothing but the place are never one."""
    both = party.kind == match.party.kind == Party.Kind.AGENCY
    return both and match.why == "organisation-core"


def changed_since(history_id: int, limit: int) -> list[tuple[int, int]]:
    """(history id, party id) of the next records that were entered or changed."""
    rows = Party.history.filter(history_id__gt=history_id).exclude(history_type="-").order_by("history_id")
    return list(rows.values_list("history_id", "id")[:limit])


def settle_as_different(pair: DuplicatePair, user) -> None:
    """They are two people: never shown again."""
    DuplicatePair.objects.filter(pk=pair.pk).update(settled_at=timezone.now(), settled_by=user)
