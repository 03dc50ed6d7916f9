"""What other packages ask of documents."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases.models import Case
from casemgr.documents.definition import definition_of
from casemgr.documents.kinds import kinds_of
from casemgr.documents.models import Document, Service
from casemgr.documents.reading import drawn
from casemgr.documents.sealing.models import SealUse
from casemgr.documents.service_rules import notice_ends
from casemgr.documents.states import DocumentState, ServiceState
from casemgr.documents.undo import withdraw

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
    """Draft and issue a form to be filled in by hand; all or nothing, and once for one `key`.

    A form that would read as it was printed before is that print; one that reads otherwise takes the place of a print
    that waits for its seal.
    """
    try:
        with transaction.atomic():
            document = perform("document.draft", case, {**data, "kind": kind}, actor, today, key=key)
            if document.is_sealed:
                return document
            document = perform("document.submit", document, {}, actor, today)
            if earlier := _printed_before(document, today):
                raise _PrintedBefore(earlier)
            for replaced in _waiting_for_seal(document):
                withdraw(replaced, gettext("Printed anew with another text"))
            return perform("document.issue", document, {}, actor, today)
    except _PrintedBefore as found:
        return found.document


class _PrintedBefore(Exception):
    """Undoes the new draft: the form exists."""

    def __init__(self, document: Document) -> None:
        self.document = document


def _prints_of(document: Document) -> QuerySet[Document]:
    """Issued forms of the same kind about the same thing."""
    rows = document.case.documents.filter(kind=document.kind, state=DocumentState.ISSUED, corrects=None)
    return rows.filter(data=document.data).exclude(pk=document.pk).order_by("-id")


def _printed_before(document: Document, today: date) -> Document | None:
    digest = hashlib.sha256(drawn(definition_of(document, on=today)).as_bytes()).hexdigest()
    return _prints_of(document).filter(text_sha256=digest).first()


def _waiting_for_seal(document: Document) -> list[Document]:
    """Nobody has sealed them yet, and nobody keeps a signed copy."""
    waiting = _prints_of(document).filter(seal_uses__status=SealUse.Status.WAITING, materials__isnull=True)
    return list(waiting.distinct())


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
