"""My work: overdue first, then today, this week, waiting for others, later, to be archived, and what has no date."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.cases.procedure import Stage, Text
from casemgr.cases.queries import CaseQuerySet
from casemgr.cases.rows import CaseRow, case_row, with_rows
from casemgr.cases.void import void_cases
from casemgr.pages.pagination import COUNT_CAP

ROWS_SHOWN = 12
WEEK = 7


@dataclass(frozen=True)
class Queue:
    """One part of the worklist; every case that is not done with is in exactly one."""

    code: str
    label: Text
    empty: Text

    def condition(self, today: date) -> Q:
        week = today + timedelta(days=WEEK)
        own, other = "next_due_on", "next_other_due_on"
        later = Q(**{f"{own}__isnull": True}) | Q(**{f"{own}__gt": week})
        undated, closed = Q(**{f"{own}__isnull": True, f"{other}__isnull": True}), Q(stage=Stage.CLOSED)
        return {
            "overdue": Q(**{f"{own}__lt": today}),
            "today": Q(**{own: today}),
            "week": Q(**{f"{own}__gt": today, f"{own}__lte": week}),
            "waiting": later & Q(**{f"{other}__isnull": False}),
            "later": Q(**{f"{own}__gt": week, f"{other}__isnull": True}),
            "to_archive": undated & closed,
            "undated": undated & ~closed,
        }[self.code]


QUEUES: dict[str, Queue] = {
    queue.code: queue
    for queue in (
        Queue("overdue", _("Overdue"), _("Nothing is overdue.")),
        Queue("today", _("Due today"), _("Nothing is due today.")),
        Queue("week", _("Due within 7 days"), _("Nothing falls due within 7 days.")),
        Queue("waiting", _("Waiting for others"), _("Nobody else owes a step.")),
        Queue("later", _("Due later"), ""),
        Queue("to_archive", _("Closed, to be archived"), ""),
        Queue("undated", _("Without a date"), ""),
    )
}


@dataclass(frozen=True)
class Section:
    """A queue with its first rows; `count` is capped."""

    queue: Queue
    rows: list[CaseRow]
    total: int

    @property
    def count(self) -> str:
        return f"{COUNT_CAP}+" if self.total > COUNT_CAP else str(self.total)

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


def unfinished(cases: CaseQuerySet) -> CaseQuerySet:
    """Not archived yet, and not void: a closed case may still have a paper to be served, and waits for its file.

    A case entered from the past is nobody's work: no clock runs on it.
    """
    return cases.exclude(Q(stage=Stage.ARCHIVED) | Q(is_past_record=True) | void_cases())


def worklist(
    user, today: date, *, handlers: Collection[Any] = (), queues: Collection[str] = tuple(QUEUES)
) -> list[Section]:
    """The sections asked for, of everything the person sees or of the handlers' cases only.

    Three queries, whatever their size.
    """
    cases = unfinished(Case.objects.visible_to(user, today))
    if handlers:
        cases = cases.handled_by(*handlers)
    if len(queues) < len(QUEUES):
        cases = cases.filter(reduce(or_, (QUEUES[code].condition(today) for code in queues)))
    placed = list(_first_of_each(cases, today))
    loaded = {case.pk: case for case in with_rows(Case.objects.filter(pk__in=[pk for pk, _code, _total in placed]))}
    sections = []
    for queue in (QUEUES[code] for code in queues):
        mine = [(pk, total) for pk, code, total in placed if code == queue.code]
        rows = [case_row(loaded[pk], waits_for_others=queue.code == "waiting") for pk, _total in mine]
        sections.append(Section(queue, rows, mine[0][1] if mine else 0))
    return sections


def _first_of_each(cases: CaseQuerySet, today: date):
    """`(id, queue, size of the queue)` of the first rows of every queue."""
    queue = models.Case(
        *(When(queue.condition(today), then=Value(code)) for code, queue in QUEUES.items()),
        output_field=models.CharField(),
    )
    day = models.Case(When(queue="waiting", then=F("next_other_due_on")), default=F("next_due_on"))
    ranked = cases.order_by().annotate(queue=queue).annotate(day=day)
    order = [F("day").asc(nulls_last=True), F("pk").desc()]
    ranked = ranked.annotate(
        rank=Window(RowNumber(), partition_by=[F("queue")], order_by=order),
        total=Window(Count("pk"), partition_by=[F("queue")]),
    )
    return ranked.filter(rank__lte=ROWS_SHOWN).order_by("rank").values_list("pk", "queue", "total")
