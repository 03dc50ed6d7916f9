"""Writing a new case of any procedure: its row, its facts, who takes part, and its title for the search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db import models

from casemgr.cases import held_entries
from casemgr.cases.bulk.description import Part
from casemgr.cases.models import Case
from casemgr.cases.participations import participations_of
from casemgr.cases.procedure import Stage
from casemgr.cases.search import index_title
from casemgr.numbering.series import allocate


def save_case(case: Case, facts: models.Model, parts: Iterable[Part]) -> None:
    """Save all of a new case; the caller records what happened and settles.

    `facts` is the procedure's row, whose `case` is set here.
    """
    case.save()
    held_entries.hold(case.pk, is_new=True)
    facts.case = case
    facts.save()
    for participation in participations_of(parts):
        participation.case = case
        participation.save()
    index_title(case)


C = TypeVar("C", bound=Case)
Number = tuple[str, int, int]
"""Text, year and serial number, as a series gives them or a paper register has them."""


def next_number(series: str, today: date, *owner: str) -> Number:
    """The next one of today's year; taken after all locks (`numbering.series.allocate`)."""
    issued = allocate(series, today, *owner)
    return issued.text, issued.year, issued.number


def open_case(
    model: type[C], number: Number, facts: models.Model, parts: Iterable[Part], *, begins: str, **columns: Any
) -> C:
    """The new case with facts and participations, in the state in which its procedure `begins` (`columns` may say
    another for one of the past); the caller records what happened and settles."""
    text, year, sequence = number
    case = model(
        number=text,
        number_year=year,
        number_sequence=sequence,
        version=0,  # the first `settle` makes it 1
        **{"state": begins, "stage": Stage.INTAKE, **columns},
    )
    save_case(case, facts, parts)
    return case
