"""The job that gives the cases of a run, one case per transaction; killed or cancelled, it goes on behind the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.errors import ActionError
from casemgr.actions.outbox import quiet, tell
from casemgr.actions.perform import perform
from casemgr.cases.models import Case, Reassignment, ReassignmentItem
from casemgr.jobs.models import Job
from casemgr.jobs.runner import Cancelled, chunk, claim, enqueue, run_job, work
from casemgr.organisation.models import User
from casemgr.pages import clock

JOB = "reassign"
AT_ONCE = 20
"""Cases given within the request that confirmed them; more are left to the worker."""
ONE_BY_ONE = ("case_assigned", "case_taken_away")
Outcome = ReassignmentItem.Outcome


def queue(run: Reassignment) -> None:
    """Add the job in the caller's transaction."""
    run.job_id = enqueue(JOB, requested_by=run.asked_by_id, run=run.pk).pk
    run.save(update_fields=["job_id"])


def run_now_if_small(run: Reassignment) -> None:
    """Do the work at once when it is little. The job's row is there all the same: a killed web server loses nothing."""
    if run.total <= AT_ONCE and claim(run.job_id, timezone.now()):
        run_job(run.job_id)


@work(JOB, gettext_lazy("Giving cases to other handlers"))
def reassign(job: Job) -> dict:
    """Each case through the normal action, with the roles its asker has at that moment."""
    run = Reassignment.objects.get(pk=job.arguments["run"])
    waiting = list(run.items.filter(outcome=Outcome.PLANNED).values_list("pk", flat=True))
    done = run.total - len(waiting)
    try:
        for pk in waiting:
            done += 1
            with chunk(job, done=done, total=run.total):
                _give(run, pk, clock.today())
    except Cancelled:
        with transaction.atomic():
            _tell(run)
        raise
    with chunk(job):
        _tell(run)
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
    counts = Counter(run.items.values_list("outcome", flat=True))
    return {"given": counts[Outcome.DONE], "refused": counts[Outcome.REFUSED], "url": run.get_absolute_url()}


def _give(run: Reassignment, item_id: int, today: date) -> None:
    item = ReassignmentItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if item.outcome != Outcome.PLANNED:
        return
    case = Case.objects.select_related("lead_handler").get(pk=item.case_id)
    actor = User.objects.get(pk=run.asked_by_id)
    with translation.override(settings.LANGUAGE_CODE):
        try:
            if case.lead_handler_id != item.before_id:
                raise ActionError(_("Somebody else has been given the case since then."))
            with transaction.atomic(), quiet(*ONE_BY_ONE):
                _perform(run, item, case.typed(), actor, today)
        except ActionError as error:
            item.outcome, item.why = Outcome.REFUSED, str(error.message)[:300]
        else:
            item.outcome = Outcome.DONE
    item.save(update_fields=["outcome", "why"])


def _perform(run: Reassignment, item: ReassignmentItem, case: Case, actor: User, today: date) -> None:
    if not item.is_second:
        perform("cases.assign", case, {"handler": item.receiver_id, "reason": run.reason}, actor, today)
        return
    perform("cases.add_handler", case, {"handler": item.receiver_id}, actor, today)
    perform("cases.remove_handler", case, {"handler": run.officer_id, "reason": run.reason}, actor, today)


def _tell(run: Reassignment) -> None:
    """One notice to each receiver, and to each who gave, about what was given since the last notice."""
    items = list(run.items.filter(outcome=Outcome.DONE, is_told=False))
    run.items.filter(pk__in=[item.pk for item in items]).update(is_told=True)
    by = run.asked_by.full_name
    _tell_each("cases_given", (item.receiver_id for item in items), run, by)
    givers = (run.officer_id if item.is_second else item.before_id for item in items)
    _tell_each("cases_given_away", (pk for pk in givers if pk), run, by)


def _tell_each(kind: str, people: Iterable[int], run: Reassignment, by: str) -> None:
    for person, count in sorted(Counter(people).items()):
        tell(kind, [person], subject=run, count=count, name=by)
