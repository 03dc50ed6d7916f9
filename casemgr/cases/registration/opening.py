"""Writing a new case of any procedure: its row, its facts, who takes part, and its title for the search."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from casemgr.cases.bulk.description import Part
from casemgr.cases.models import Case
from casemgr.cases.participations import participations_of
from casemgr.cases.search import index_title


def save_case(case: Case, facts: models.Model, parts: Iterable[Part]) -> None:
    """Save all of a new case; the caller records what happened and settles.

    `facts` is the procedure's row, whose `case` is set here.
    """
    case.save()
    facts.case = case
    facts.save()
    for participation in participations_of(parts):
        participation.case = case
        participation.save()
    index_title(case)
