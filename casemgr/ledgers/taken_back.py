"""What an undone import had brought: void, and for ledgers as if it had never been there."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from casemgr.cases.models import Case
from casemgr.ledgers.models import ImportedRow

CASE = Case._meta.label_lower


def taken_back_of(cases: Collection[Case]) -> frozenset[int]:
    """Those of the cases; asks nobody while none of them is void."""
    void = [case.pk for case in cases if case.state in case.definition.extra.get("void_states", ())]
    return frozenset(_taken_back().filter(made_id__in=void).values_list("made_id", flat=True)) if void else frozenset()


def without_taken_back(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.exclude(pk__in=_taken_back().values("made_id"))


def _taken_back() -> QuerySet[ImportedRow]:
    return ImportedRow.objects.filter(is_taken_back=True, made_type=CASE)


__all__ = ["taken_back_of", "without_taken_back"]
