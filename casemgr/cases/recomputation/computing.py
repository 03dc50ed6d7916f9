"""Running periods computed again, case by case: for good, or as a preview under a drafted calendar."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from casemgr.calendar.current import drafted
from casemgr.calendar.notice.publishing import Span, calendar_with
from casemgr.cases import deadlines
from casemgr.cases.events import facts_of
from casemgr.cases.models import Case, Deadline, DeadlineMove, Recomputation

log = logging.getLogger(__name__)
RUNNING = (Deadline.Status.OPEN, Deadline.Status.PAUSED)
Snapshot = dict[int, Deadline]


def leaning_on(first: date, last: date) -> Q:
    """Running deadlines whose counting passes over these days, forwards or backwards."""
    forwards = Q(start_on__lte=last, due_on__gte=first)
    backwards = Q(due_on__lte=last, start_on__gte=first)
    return (forwards | backwards) & Q(status__in=RUNNING)


def affected_cases(span: Span) -> QuerySet:
    """Ids of the cases with such a deadline, in order."""
    rows = Deadline.objects.filter(leaning_on(span.first, span.last))
    return rows.order_by("case_id").values_list("case_id", flat=True).distinct()


def compute_cases(run: Recomputation, ids: Iterable[int], on: date) -> None:
    """Compute these cases and keep what moved; one that fails is noted on `run` and stops no other."""
    moves: list[DeadlineMove] = []
    failed = [pk for pk in run.failed_cases if pk not in set(ids)]
    locked = Case.objects.filter(pk__in=ids).order_by("pk")
    if not run.is_preview:
        locked = locked.select_for_update(of=("self",))
    with drafted(calendar_with(run.notice)) if run.is_preview else nullcontext():
        for case in locked:
            try:
                with transaction.atomic():
                    moves += _previewed(run, case, on) if run.is_preview else _computed(run, case, on)
            except Exception:
                log.exception("case %s could not be computed again", case.pk)
                failed.append(case.pk)
    DeadlineMove.objects.bulk_create(moves, batch_size=500)
    run.failed_cases = failed


def _computed(run: Recomputation, case: Case, on: date) -> list[DeadlineMove]:
    before = {row.pk: row.due_on for row in case.deadlines.filter(status__in=RUNNING)}
    changed = deadlines.derive_again(case, on)
    return [_move(run, row, before[row.pk], row.due_on) for row in changed if _moves(before.get(row.pk), row.due_on)]


def _previewed(run: Recomputation, case: Case, on: date) -> list[DeadlineMove]:
    derived = {item.key: item for item in deadlines.derive(case, facts_of(case), case.definition.rules, on)}
    found = []
    for row in case.deadlines.filter(status__in=RUNNING):
        item = derived.get((row.rule, row.root_event_id, row.party_id))
        if item and _moves(row.due_on, item.computation.due):
            found.append(_move(run, row, row.due_on, item.computation.due))
    return found


def _moves(old: date | None, new: date | None) -> bool:
    return old is not None and new is not None and old != new


def _move(run: Recomputation, row: Deadline, old: date, new: date) -> DeadlineMove:
    return DeadlineMove(
        recomputation=run,
        case_id=row.case_id,
        deadline_id=row.pk,
        rule=row.rule,
        old_on=old,
        new_on=new,
        is_ours=row.is_ours,
    )
