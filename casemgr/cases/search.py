"""Search over case number, title and party name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from casemgr.cases.models import Case, CaseTitleGram, Participation
from casemgr.cases.queries import MATCH_LIMIT, NUMBER_PARTS
from casemgr.parties.search import find

SHORT_NUMBER = re.compile(r"第?([0-9]{1,6})号?")
"""A case as people call it: 31, 31号."""


def title_grams(title: str) -> set[str]:
    """The two-character pieces of a title."""
    compact = "".join(title.split()).lower()
    return {compact[i : i + 2] for i in range(len(compact) - 1)}


def index_title(case: Case) -> None:
    """Renew the title's rows in the index."""
    CaseTitleGram.objects.filter(case=case).delete()
    CaseTitleGram.objects.bulk_create(CaseTitleGram(gram=gram, case_id=case.pk) for gram in title_grams(case.title))


def matching_ids(text: str) -> set[int]:
    """Ids of at most a thousand matches of each kind, newest first; scope is the caller's."""
    return {*_by_number(text), *_by_title(text), *_by_party(text)}


def _by_number(text: str) -> Iterable[int]:
    condition = Q(number=text)
    if parts := NUMBER_PARTS.search(text):
        condition |= Q(number_year=int(parts[1]), number_sequence=int(parts[2]))
    elif short := SHORT_NUMBER.fullmatch(text):
        condition |= Q(number_sequence=int(short[1]))
    return Case.objects.filter(condition).order_by("-id").values_list("id", flat=True)[:MATCH_LIMIT]


def _by_title(text: str) -> Iterable[int]:
    grams = sorted(title_grams(text))
    if not grams:
        return ()
    rows = CaseTitleGram.objects.filter(gram=grams[0])
    for gram in grams[1:]:
        rows = rows.filter(Exists(CaseTitleGram.objects.filter(gram=gram, case_id=OuterRef("case_id"))))
    return rows.order_by("-case_id").values_list("case_id", flat=True)[:MATCH_LIMIT]


def _by_party(text: str) -> Iterable[int]:
    parties = [party.pk for party in find(text, limit=50)]
    if not parties:
        return ()
    return (
        Participation.objects.filter(party_id__in=parties)
        .order_by("-case_id")
        .values_list("case_id", flat=True)[:MATCH_LIMIT]
    )
