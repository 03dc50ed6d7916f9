"""Long work through the API: one's own, and everything for those who run the system."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from casemgr.jobs.models import Job
from casemgr.jobs.runner import ask_to_cancel, kind_label, try_again
from casemgr.jobs.views import visible_jobs
from casemgr.pages.api.operations import Id
from casemgr.pages.api.paging import PageQuery, page_of
from casemgr.pages.api.problems import Problem

router = Router()


class JobOut(Schema):
    id: int
    kind: str
    label: str
    status: str
    done: int
    total: int
    percent: int
    result: dict[str, Any]
    error: str
    created_at: str
    finished_at: str | None


class JobPage(Schema):
    items: list[JobOut]
    next: str | None


class JobQuery(PageQuery):
    open: bool = Field(False, description="Only what is not done.")


@router.get("", response=JobPage)
def list_jobs(request: HttpRequest, query: Query[JobQuery]) -> Any:
    """Jobs, newest first."""
    jobs = visible_jobs(request.user)
    if query.open:
        jobs = jobs.filter(status__in=[Job.State.QUEUED, Job.State.RUNNING, Job.State.FAILED])
    return page_of(request, jobs, ["-id"], told)


@router.get("/{job_id}", response=JobOut)
def get_job(request: HttpRequest, job_id: Id) -> Any:
    """How far it is, and what came of it."""
    return told(_one(request, job_id))


@router.post("/{job_id}/cancel", response=JobOut)
def cancel_job(request: HttpRequest, job_id: Id) -> Any:
    """Ask it to stop: at once while it waits, else at its next chunk. What it has done so far stays."""
    ask_to_cancel(_one(request, job_id), timezone.now())
    return told(_one(request, job_id))


@router.post("/{job_id}/retry", response=JobOut)
def retry_job(request: HttpRequest, job_id: Id) -> Any:
    """Queue a failed or cancelled job anew."""
    if not try_again(_one(request, job_id)):
        raise Problem(409, _("Only failed or cancelled work can be queued again."), code="not-over")
    return told(_one(request, job_id))


def _one(request: HttpRequest, job_id: int) -> Job:
    job = visible_jobs(request.user).filter(pk=job_id).first()
    if job is None:
        raise Http404
    return job


def told(job: Job) -> dict[str, Any]:
    return {
        "id": job.pk,
        "kind": job.kind,
        "label": str(kind_label(job.kind)),
        "status": job.status,
        "done": job.progress_done,
        "total": job.progress_total,
        "percent": job.percent,
        "result": job.result,
        "error": job.error,
        "created_at": job.created_at.isoformat(),
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
    }
