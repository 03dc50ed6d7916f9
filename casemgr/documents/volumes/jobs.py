"""Long work on volumes: putting them together, making bundles; and what is done every day."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.audit.access import record_access
from casemgr.audit.context import audited
from casemgr.audit.sealing import seal_all
from casemgr.cases.models import Case
from casemgr.documents import files
from casemgr.documents.volumes import storage
from casemgr.documents.volumes.actions.freezing import KEEP, archive_data
from casemgr.documents.volumes.actions.handing_out import BUNDLE
from casemgr.documents.volumes.bundles.making import make
from casemgr.documents.volumes.guards import volumes_are_frozen
from casemgr.documents.volumes.models import Bundle
from casemgr.documents.volumes.notices import tell_overdue
from casemgr.documents.volumes.order import order_of
from casemgr.documents.volumes.preparing import keep_volumes
from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk, report_progress, schedule_daily, work
from casemgr.organisation.models import User
from casemgr.pages.clock import today as clock_today

BUNDLE_DAYS = 14
DAILY = "volumes_daily"
AT = time(6, 20)


class NotPossible(RuntimeError):
    """What the person who asked is told."""


@work(KEEP, _("Putting volumes together"))
def run_keep(job: Job) -> dict:
    """Freeze, then archive if that was asked for. Safe to repeat: what is frozen already is not frozen again.

    The day of freezing, and the day for which the roles of the person are judged, is the day on which it runs: a job
    that is tried again days later does not act for somebody who may not do it any more.
    """
    sent = job.arguments
    case = Case.objects.get(pk=sent["case"]).typed()
    actor, today = User.objects.get(pk=job.requested_by), max(clock_today(), date.fromisoformat(sent["on"]))

    def freezing(freeze):
        with chunk(job):
            return freeze()

    try:
        if volumes_are_frozen.refusal(case, None, today) is not None or not sent["archive"]:
            keep_volumes(
                case, actor, today,
                archive_number=sent["archive_number"],
                progress=lambda done, total: report_progress(job, done, total),
                freezing=freezing,
            )  # fmt: skip
        if sent["archive"]:
            case = Case.objects.get(pk=case.pk).typed()
            with chunk(job):
                perform(order_of(case).archive_action, case, archive_data(sent, today), actor, today)
    except ActionError as error:
        raise NotPossible(str(error.message)) from error
    return {"url": reverse("case_volume", args=[case.pk])}


@work(BUNDLE, _("Making a checkable bundle"))
def run_bundle(job: Job) -> dict:
    """Seal what is recorded so far, so that the bundle's chain covers it, and write the ZIP."""
    bundle = Bundle.objects.select_related("case", "asked_by").get(pk=job.arguments["bundle"])
    if bundle.file:
        return {"url": reverse("bundle_file", args=[bundle.pk])}
    seal_all(timezone.now())
    with make(bundle, lambda done, total: report_progress(job, done, total)) as file:
        sha256, size = files.digest_of(file)
        name = storage.keep(file, storage.BUNDLES, bundle.asked_on.year, "zip")
    try:
        with chunk(job), audited(actor_id=bundle.asked_by_id, actor_name=bundle.asked_by.full_name, action=BUNDLE):
            bundle.file, bundle.sha256, bundle.size = name, sha256, size
            bundle.save()
            record_access(bundle.asked_by, "bundle_made", bundle.case, reason=bundle.purpose, sha256=sha256,
                          internal=bundle.with_internal)  # fmt: skip
    except BaseException:
        storage.remove(name)
        raise
    return {"url": reverse("bundle_file", args=[bundle.pk])}


@work(DAILY, _("Loans of volumes and old bundles"))
def run_daily(job: Job) -> dict:
    """Reminders of overdue loans; bundles are made anew when wanted and do not stay."""
    today = date.fromisoformat(job.arguments["on"])
    with chunk(job):
        told = tell_overdue(today)
    return {"told": told, "removed": remove_old_bundles(today)}


def remove_old_bundles(today: date) -> int:
    old = Bundle.objects.filter(asked_on__lt=today - timedelta(days=BUNDLE_DAYS), removed_on__isnull=True)
    count = 0
    for bundle in old.exclude(file="").iterator():
        with transaction.atomic():
            name, bundle.file, bundle.removed_on = bundle.file, "", today
            bundle.save()
            transaction.on_commit(lambda name=name: storage.remove(name))
        count += 1
    return count


schedule_daily(DAILY, AT)
