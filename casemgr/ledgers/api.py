"""Ledgers through the API: which there are, sending one in, and fetching one of a year.

Sending answers with a job. One with few rows is done with the answer; of a longer one `/jobs/{id}` tells the progress.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from casemgr.actions.api import perform_sent
from casemgr.jobs.api import JobOut, told
from casemgr.jobs.models import Job
from casemgr.jobs.runner import claim, run_job
from casemgr.ledgers.actions import ImportLedger
from casemgr.ledgers.definition import Ledger, ledgers
from casemgr.ledgers.fetching import CSV, file_answer
from casemgr.ledgers.importing import CHUNK
from casemgr.ledgers.readers import FULL, Reader
from casemgr.organisation.roles import ALL_PROCEDURES
from casemgr.organisation.tokens.scopes import FIGURES, PARTIES_WRITE, write_to
from casemgr.pages.api.auth import bearer, need_scope
from casemgr.pages.api.body import sent_by
from casemgr.pages.api.operations import sends
from casemgr.pages.api.problems import Problem
from casemgr.pages.clock import today as clock_today
from casemgr.pages.forms import Form
from casemgr.pages.sheets.writing import XLSX

router = Router(auth=bearer(FIGURES))
Kind = Annotated[str, Path(max_length=40)]
Year = Annotated[int, Field(ge=1949, le=9998)]


class LedgerOut(Schema):
    kind: str
    label: str
    columns: list[str] = Field(description="The first row of the sheet; their order is free.")
    required: list[str]
    words: dict[str, list[str]] = Field(description="What coded cells hold, by column.")
    may_load: bool
    may_fetch: bool


class LedgerList(Schema):
    items: list[LedgerOut]
    next: str | None


class FetchQuery(Schema):
    year: Year
    format: Literal["xlsx", "csv"] = "xlsx"


@router.get("", response=LedgerList)
def list_ledgers(request: HttpRequest) -> Any:
    """The ledgers that the caller may send in or fetch, with their columns and words."""
    today = clock_today()
    rows = (_told(ledger, request.user, today) for ledger in ledgers().values())
    return {"items": [row for row in rows if row["may_load"] or row["may_fetch"]], "next": None}


def _told(ledger: Ledger, user: Any, today: date) -> dict[str, Any]:
    return {
        "kind": ledger.code,
        "label": str(ledger.label),
        "columns": list(ledger.columns),
        "required": list(ledger.required),
        "words": {column: list(words) for column, words in ledger.words.items()},
        "may_load": ledger.may_load(user, today),
        "may_fetch": ledger.may_fetch(user, today),
    }


_SHEET = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary", "description": ".xlsx, .xls or .csv (UTF-8 or GB18030)"},
        "dry_run": {"type": "boolean", "description": "Check everything, write nothing."},
        "strict": {"type": "boolean", "description": "One bad row stops all."},
    },
}
_SENT = sends(with_files=True)
_SENT["requestBody"] = {"content": {"multipart/form-data": {"schema": _SHEET}}, "required": True}


@router.post("/{kind}/import", auth=bearer(None), response={200: JobOut, 202: JobOut}, openapi_extra=_SENT)
def import_ledger(request: HttpRequest, response: HttpResponse, kind: Kind) -> Any:
    """Load a sheet: each row wholly or not at all, or with `strict` all or none; the same sheet twice adds nothing.

    200 with the report in `result` when it is done, 202 while it runs; 422 with `rows` when a bad row stopped a strict
    one.
    """
    today = clock_today()
    ledger = _ledger(kind)
    procedure = ledger.procedure
    need_scope(request, write_to(procedure) if procedure in ALL_PROCEDURES else PARTIES_WRITE)
    if not ledger.may_load(request.user, today):
        raise Problem(403, _("Your roles do not load this ledger: it is for those who enter its rows one by one, too."))
    job = perform_sent(request, ImportLedger.name, None, today, given={"kind": kind})
    response.headers["Location"] = request.build_absolute_uri(f"/api/v1/jobs/{job.pk}")
    job = _at_once_if_short(job)
    if job.status == Job.State.FAILED:
        raise Problem(500, job.error, code="job-failed")
    _refuse_if_stopped(job)
    return Status(200 if job.is_over else 202, told(job))


def _at_once_if_short(job: Job) -> Job:
    """A few rows are loaded while the caller waits, unless a worker has begun already."""
    is_short = job.arguments.get("rows", CHUNK + 1) <= CHUNK
    if not job.is_over and is_short and claim(job.pk, timezone.now()):
        return run_job(job.pk)
    job.refresh_from_db()
    return job


def _refuse_if_stopped(job: Job) -> None:
    report = job.result
    if job.is_over and job.arguments.get("strict") and not job.arguments.get("dry_run") and report.get("rejected"):
        text = _("%(count)s rows are rejected: nothing was loaded.") % {"count": report["rejected"]}
        raise Problem(422, text, code="rows-rejected", errors={"file": [text]}, rows=report["errors"])


_FILE = {
    "responses": {
        200: {
            "description": "The sheet, in the columns in which it is sent in",
            "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in (XLSX, CSV)},
        }
    }
}


@router.get("/{kind}/file", openapi_extra=_FILE)
def fetch_ledger(request: HttpRequest, kind: Kind, query: Query[FetchQuery]) -> HttpResponse:
    """The ledger of a year, of what the caller may see, numbers masked. Each one is recorded."""
    today = clock_today()
    ledger, reader = _ledger_to_fetch(request, kind, today), Reader(today, request.user)
    return file_answer(request, ledger, query.year, query.format, reader, api=True)


class FullForm(Form):
    """Which year, and why the numbers are needed."""

    year = forms.IntegerField(min_value=1949, max_value=9998)
    format = forms.ChoiceField(choices=[("xlsx", "xlsx"), ("csv", "csv")], required=False)
    reason = forms.CharField(max_length=200)


_FULL = {
    "type": "object",
    "required": ["year", "reason"],
    "properties": {
        "year": {"type": "integer"},
        "format": {"enum": ["xlsx", "csv"]},
        "reason": {"type": "string", "maxLength": 200, "description": "Recorded with the look at the numbers."},
    },
}


@router.post(
    "/{kind}/full",
    auth=bearer(PARTIES_WRITE),
    openapi_extra={**_FILE, **sends(_FULL, with_key=False)},
)
def fetch_ledger_in_full(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The same with the numbers of those parties whose records the caller handles. Recorded with the reason."""
    today = clock_today()
    ledger = _ledger_to_fetch(request, kind, today)
    if not request.user.role_codes(today).intersection(FULL):
        raise Problem(403, _("Your roles do not see numbers in full."))
    asked = FullForm(sent_by(request).data)
    if not asked.is_valid():
        raise Problem(422, errors={name: list(texts) for name, texts in asked.errors.items()})
    data = asked.cleaned_data
    reader = Reader(today, request.user, in_full=True)
    return file_answer(request, ledger, data["year"], data["format"] or "xlsx", reader, reason=data["reason"], api=True)


def _ledger(kind: str) -> Ledger:
    """:raises Http404: there is no such ledger, or not yet."""
    if kind not in ledgers():
        raise Http404
    return ledgers()[kind]


def _ledger_to_fetch(request: HttpRequest, kind: str, today: date) -> Ledger:
    ledger = _ledger(kind)
    if not ledger.may_fetch(request.user, today):
        raise Problem(403, _("Your roles see none of what this ledger holds."))
    return ledger
