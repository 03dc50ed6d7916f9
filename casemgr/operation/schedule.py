"""What runs by itself, and when: one list for the worker and for Celery beat."""

from __future__ import annotations

from datetime import date, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk, schedule_daily, work
from casemgr.pages.clock import today

SWEEP_AT = time(0, 30)
OWNERSHIP_AT = time(1, 0)
SEAL_AT = time(1, 30)
VERIFY_AT = time(2, 0)
BACKUP_AT = time(3, 0)
DUPLICATES_AT = time(4, 0)
DUPLICATES_AT_ONCE = 200
REVIEWS_AT = time(6, 0)
SESSIONS_AT = time(5, 0)


@work("sweep", _("Nightly work on statutory periods"))
def run_sweep(job: Job) -> dict:
    """The nightly sweep; `on` is the local day it was queued for."""
    from casemgr.operation.sweep import sweep

    on = date.fromisoformat(job.arguments["on"]) if "on" in job.arguments else today()
    return sweep(on).as_dict()


schedule_daily("sweep", SWEEP_AT)


@work("ownership", _("Statement that every period has an owner"))
def run_ownership(job: Job) -> dict:
    """After the sweep, which tells what is due; `on` is the local day it was queued for."""
    from casemgr.operation.ownership.statement import make_statement

    made = make_statement(date.fromisoformat(job.arguments["on"]) if "on" in job.arguments else today())
    return {"running": made.running, "without_owner": made.without_owner, "not_told": made.not_told}


schedule_daily("ownership", OWNERSHIP_AT)


@work("seal", _("Sealing of histories and logs"))
def run_seal(job: Job) -> dict:
    """Close what was recorded since the last seal into the chain."""
    from casemgr.audit.sealing import seal_all

    made = seal_all(timezone.now())
    return {"seals": len(made), "rows": sum(seal.rows for seal in made)}


@work("verify", _("Verification of the seals"))
def run_verify(job: Job) -> dict:
    """Check the chain end to end; a finding is told and fails the job, so that it shows."""
    from casemgr.operation import alarms
    from casemgr.operation.evidence.report import as_dict, verified

    report = verified()
    if not report.is_sound:
        alarms.evidence_broken(len(report.findings), today())
        raise RuntimeError(f"evidence is not as sealed: {as_dict(report)['broken']}")
    return as_dict(report)


@work("backup", _("Nightly backup"))
def run_backup(job: Job) -> dict:
    """Into `BACKUP_DIR`, when one is set; administrators hear of a failure."""
    from casemgr.operation import alarms
    from casemgr.operation.backup.runs import scheduled
    from casemgr.operation.backup.writing import BackupFailed

    try:
        record = scheduled(timezone.now())
    except BackupFailed:
        alarms.backup_failed(today())
        raise
    return {"folder": record.folder, "rows": record.rows} if record else {}


@work("duplicates", _("Search for duplicate parties"))
def run_duplicates(job: Job) -> dict:
    """Look at the records entered or changed since the last search, in pieces."""
    from casemgr.parties.duplicate_inbox import changed_since, look_at
    from casemgr.parties.models import Party

    last = Job.objects.filter(kind="duplicates", status=Job.State.DONE).order_by("-id").first()
    behind = job.checkpoint.get("behind", (last.result or {}).get("behind", 0) if last else 0)
    found = job.checkpoint.get("found", 0)
    while rows := changed_since(behind, DUPLICATES_AT_ONCE):
        with chunk(job, checkpoint={"behind": rows[-1][0], "found": found}):
            parties = Party.objects.filter(pk__in={pk for _row, pk in rows}, merged_into__isnull=True)
            found += sum(look_at(party) for party in parties)
        behind = rows[-1][0]
    return {"behind": behind, "found": found}


@work("access_review", _("Yearly reviews of access"))
def run_access_review(job: Job) -> dict:
    """Begin the reviews that are due, remind of those not signed."""
    from casemgr.operation.access_review.yearly import yearly

    return yearly(date.fromisoformat(job.arguments["on"]) if "on" in job.arguments else today())


@work("sessions", _("Removal of log-ins that have run out"))
def run_sessions(job: Job) -> dict:
    """Their rows would otherwise stay for ever."""
    from casemgr.organisation.accounts.sessions import remove_expired

    return {"removed": remove_expired()}


@work("drafts", _("Removal of drafts nobody went on with"))
def run_drafts(job: Job) -> dict:
    """They may hold personal numbers, and are nobody's work after that time."""
    from casemgr.cases.drafts.keeping import purge

    return {"removed": purge(timezone.now())}


schedule_daily("drafts", SESSIONS_AT)
schedule_daily("access_review", REVIEWS_AT)
schedule_daily("sessions", SESSIONS_AT)
schedule_daily("duplicates", DUPLICATES_AT)
schedule_daily("backup", BACKUP_AT)
schedule_daily("seal", SEAL_AT)
schedule_daily("verify", VERIFY_AT)
