"""What other packages ask of documents."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases.models import Case
from casemgr.documents.kinds import kinds_of
from casemgr.documents.models import Document, Service
from casemgr.documents.service_rules import notice_ends
from casemgr.documents.states import DocumentState, ServiceState

log = logging.getLogger(__name__)


def complete_due(today: date) -> int:
    """Let public notices whose thirty days are over take effect; for the nightly sweep. Returns how many."""
    running = Service.objects.filter(state=ServiceState.SENT, method=Service.Method.PUBLIC_NOTICE)
    done = 0
    for service in running.select_related("document").order_by("effective_on", "pk"):
        if not _notice_is_over(service, today):
            continue
        try:
            perform("document.complete_notice", service.document, {"service": service.pk}, system_actor, today)
        except ActionError as error:
            log.warning("public notice %s could not take effect: %s", service.pk, error.message)
        except Exception:
            log.exception("public notice %s could not take effect", service.pk)
        else:
            done += 1
    return done


def _notice_is_over(service: Service, today: date) -> bool:
    """Whether its end, counted by the calendar as it now stands, has come; an estimated day closes nothing."""
    end = notice_ends(service.served_on)
    if end.due != service.effective_on:
        service.effective_on = end.due
        service.save()
    return end.due <= today and end.calendar_status == CalendarStatus.PUBLISHED


def issue_through(
    case: Case,
    kind: str,
    today: date,
    *,
    officer: Any,
    head: Any,
    authority: Any = None,
    data: Mapping[str, Any] | None = None,
) -> Document:
    """Draft, examine, sign and issue a paper on one day, each step by the person whose role it needs."""
    document = perform("document.draft", case, {"kind": kind, **(data or {})}, officer, today)
    return carry_on(document, today, officer=officer, head=head, authority=authority)


def issue_form(
    case: Case, kind: str, data: Mapping[str, Any], actor: Any, today: date, *, key: str | None = None
) -> Document:
    """Draft and issue a form to be filled in by hand; all or nothing, and once for one `key`."""
    with transaction.atomic():
        document = perform("document.draft", case, {**data, "kind": kind}, actor, today, key=key)
        if document.is_sealed:
            return document
        document = perform("document.submit", document, {}, actor, today)
        return perform("document.issue", document, {}, actor, today)


def carry_on(document: Document, today: date, *, officer: Any, head: Any, authority: Any = None) -> Document:
    """The remaining steps of an unfinished paper, up to its issue."""
    kind = kinds_of(document.case.procedure)[document.kind]
    signer = authority if authority is not None and "authority" in kind.signer_roles else head
    steps = (
        (DocumentState.DRAFT, "document.submit", officer),
        (DocumentState.IN_REVIEW, "document.review", head),
        (DocumentState.REVIEWED, "document.sign", signer),
        (DocumentState.SIGNED, "document.issue", officer),
    )
    for state, name, actor in steps:
        if document.state == state:
            document = perform(name, document, {}, actor, today)
    return document
