"""Starting a recomputation, at once when it is small, else as a job; and what of it is still pending.

Until a case is computed again its deadlines are those of the calendar before, so nothing may be deemed on it: the
sweep asks `pending_cases` and `is_pending`.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casemgr.actions import outbox
from casemgr.calendar.current import RECHECK_SECONDS
from casemgr.calendar.models import HolidayNotice
from casemgr.calendar.notice.publishing import Span
from casemgr.cases.models import Case, Deadline, DeadlineMove, Recomputation
from casemgr.cases.people.owners import Owners
from casemgr.cases.recomputation.computing import affected_cases, compute_cases, leaning_on
from casemgr.cases.referrals import clocks
from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk, enqueue, try_again, work

AT_ONCE = 200
"""Cases computed within the request that changed the calendar; more are a job's."""
CHUNK = 100
JOB = "recompute"
MOVED = "calendar.moved"


def _moved_text(data) -> str:
    count, overdue = data["count"], data.get("overdue", 0)
    if overdue:
        words = ngettext(
            "The calendar changed: %(count)s running deadline of your cases has a new last day; %(overdue)s overdue.",
            "The calendar changed: %(count)s running deadlines of your cases have new last days; %(overdue)s overdue.",
            count,
        )
    else:
        words = ngettext(
            "The calendar changed: %(count)s running deadline of your cases has another last day.",
            "The calendar changed: %(count)s running deadlines of your cases have another last day.",
            count,
        )
    return words % {"count": count, "overdue": overdue}


NOTICE = outbox.NoticeKind(MOVED, _("Deadlines moved by the calendar"), _moved_text, concerns_work=True)


def start(
    span: Span, on: date, *, notice: HolidayNotice | None = None, is_preview: bool = False, asked_by: int | None = None
) -> Recomputation:
    """Begin in the caller's transaction; finished on return when no more than `AT_ONCE` cases are concerned."""
    total = affected_cases(span).count()
    run = Recomputation.objects.create(
        notice=notice, is_preview=is_preview, first_day=span.first, last_day=span.last, on=on, total=total
    )
    if total <= AT_ONCE:
        finish_now(run)
    else:
        run.job_id = enqueue(JOB, requested_by=asked_by, recomputation=run.pk).pk
        run.save(update_fields=["job_id"])
    return run


@transaction.atomic
def finish_now(run: Recomputation) -> None:
    """All of it in one transaction: for few cases, or where the caller waits."""
    while _next_chunk(run):
        pass
    _finish(run)


@work(JOB, _("Computing periods again"))
def recompute(job: Job) -> dict:
    """A hundred cases a chunk; the place to go on from is the row's cursor, written with them."""
    run = Recomputation.objects.get(pk=job.arguments["recomputation"])
    _let_old_calendars_expire(run)
    is_more = run.finished_at is None
    while is_more:
        with chunk(job, done=run.done, total=run.total):
            is_more = _next_chunk(run)
            if not is_more:
                _finish(run)
    if run.failed_cases:
        raise RuntimeError(f"{len(run.failed_cases)} cases could not be computed: {run.failed_cases[:20]}")
    return {"cases": run.done, "moved": run.moves.count(), "url": run.get_absolute_url()}


def _let_old_calendars_expire(run: Recomputation) -> None:
    """Other processes look at the calendar every two seconds: what they computed until then is computed after them."""
    if not run.is_preview:
        age = (timezone.now() - run.created_at).total_seconds()
        time.sleep(max(0.0, RECHECK_SECONDS + 0.5 - age))


def _next_chunk(run: Recomputation) -> bool:
    """Compute the next cases and move the cursor; False when there are none."""
    ids = list(affected_cases(Span(run.first_day, run.last_day)).filter(case_id__gt=run.cursor)[:CHUNK])
    if not ids and run.failed_cases:
        ids, run.failed_cases = list(run.failed_cases), []
        compute_cases(run, ids, run.on)
        ids = []
    elif ids:
        compute_cases(run, ids, run.on)
        run.cursor, run.done = ids[-1], run.done + len(ids)
    run.save(update_fields=["cursor", "done", "failed_cases"])
    return bool(ids)


def _finish(run: Recomputation) -> None:
    """Tell each owner once how many of theirs moved. With failed cases the run stays pending for them."""
    if run.failed_cases or run.finished_at:
        return
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    if run.is_preview:
        return
    moved = set(run.moves.values_list("case_id", flat=True))
    clocks.compute_again(Span(run.first_day, run.last_day), moved)
    _tell_owners(run)


def _tell_owners(run: Recomputation) -> None:
    """Both handlers of a case, else the heads of its office; at once by every channel when something is overdue now."""
    count: Counter[int] = Counter()
    overdue: Counter[int] = Counter()
    owners = Owners(run.on)
    moves = run.moves.select_related("case__unit").order_by("pk").iterator(chunk_size=CHUNK)
    while part := list(islice(moves, CHUNK)):
        owners.look_at(move.case_id for move in part)
        for move in part:
            people = owners.handlers(move.case)
            count.update(people)
            if move.new_on < run.on <= move.old_on:
                overdue.update(people)
    outbox.tell_all(
        outbox.telling_of(
            MOVED,
            [person],
            subject=run,
            once=f"recomputation:{run.pk}",
            count=number,
            overdue=overdue[person],
            urgent=overdue[person] > 0,
        )
        for person, number in sorted(count.items())
    )


def _pending() -> Q | None:
    """Deadlines that still stand by the calendar before; None when nothing is pending."""
    found: Q | None = None
    for run in Recomputation.objects.filter(is_preview=False, finished_at__isnull=True):
        waiting = Q(case_id__gt=run.cursor) | Q(case_id__in=run.failed_cases)
        condition = waiting & leaning_on(run.first_day, run.last_day)
        found = condition if found is None else found | condition
    return found


def pending_cases() -> set[int]:
    """Cases with a deadline that is not computed by the calendar in force yet."""
    condition = _pending()
    if condition is None:
        return set()
    return set(Deadline.objects.filter(condition).values_list("case_id", flat=True))


def is_pending(case: Case) -> bool:
    condition = _pending()
    return condition is not None and Deadline.objects.filter(condition, case_id=case.pk).exists()


def resume(on: date) -> int:
    """Queue again what failed or was cancelled: a recomputation is a duty, not a wish. Returns how many."""
    resumed = 0
    for run in Recomputation.objects.filter(is_preview=False, finished_at__isnull=True):
        job = Job.objects.filter(pk=run.job_id).first()
        if job is None:
            run.job_id = enqueue(JOB, recomputation=run.pk).pk
            run.save(update_fields=["job_id"])
            resumed += 1
        elif job.status in (Job.State.FAILED, Job.State.CANCELLED):
            resumed += try_again(job)
    return resumed


def counts(moves: QuerySet[DeadlineMove], today: date) -> dict[str, int]:
    """What the moves do to the work, in one query."""
    week = today + timedelta(days=7)
    return moves.aggregate(
        moved=Count("pk"),
        overdue=Count("pk", filter=Q(new_on__lt=today, old_on__gte=today)),
        today=Count("pk", filter=Q(new_on=today)),
        week=Count("pk", filter=Q(new_on__gt=today, new_on__lte=week)),
        earlier=Count("pk", filter=Q(new_on__lt=F("old_on"))),
        later=Count("pk", filter=Q(new_on__gt=F("old_on"))),
    )
