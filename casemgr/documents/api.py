"""Papers through the API: the same steps as on the page, and the issued bytes, the same every time."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header, parse_etags
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from casemgr.actions.api import action_on, described, offer_rows, perform_sent, refusal_rows
from casemgr.actions.api_schemas import ActionOut, OfferOut, RefusalOut
from casemgr.cases.api_rows import iso, statute_of
from casemgr.cases.models import Case
from casemgr.documents import files, issuing
from casemgr.documents.models import Document, Service
from casemgr.documents.page import record_opening, shown_text, visible_document
from casemgr.documents.reading import reading_of
from casemgr.documents.states import DocumentState
from casemgr.organisation.tokens.scopes import write_to
from casemgr.pages.api.auth import bearer, need_scope
from casemgr.pages.api.operations import Day, Id, sends
from casemgr.pages.api.problems import Problem
from casemgr.pages.clock import today as clock_today

log = logging.getLogger(__name__)
router = Router()
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class CaseRef(Schema):
    id: int
    number: str
    procedure: str


class PartOfText(Schema):
    heading: str
    paragraphs: list[str]


class ServiceOut(Schema):
    id: int
    participation: int
    recipient: str
    method: str
    state: str
    sent_on: Day
    served_on: Day
    effective_on: Day
    receiver_name: str
    failure: str
    has_proof: bool


class DocumentOut(Schema):
    id: int
    case: CaseRef
    kind: str
    title: str
    addressee: str
    number: str
    state: str
    state_label: str
    issued_on: Day
    author: str
    reviewer: str
    signer: str
    corrects: int | None
    version: int
    sha256: str
    size: int
    pages: int
    has_word: bool
    text: list[PartOfText]
    services: list[ServiceOut]
    missing: list[RefusalOut]
    available_actions: list[OfferOut]


class FileQuery(Schema):
    format: Literal["pdf", "docx"] = "pdf"


@router.get("/{document_id}", response=DocumentOut)
def get_document(request: HttpRequest, response: HttpResponse, document_id: Id) -> Any:
    """One paper: where it stands, its text with numbers masked, whom it reached, what can be done."""
    return _shown(request, response, document_id, clock_today(), opened=True)


@router.get("/{document_id}/actions/{name}", response=ActionOut, by_alias=True)
def get_document_action(request: HttpRequest, document_id: Id, name: str) -> Any:
    """The JSON schema of the action's input, and why it is refused now, if it is."""
    document = visible_document(request.user, document_id, today := clock_today())
    return described(action_on(document, name), document, request.user, today, statute_of(document.case))


@router.post(
    "/{document_id}/actions/{name}",
    auth=bearer(None),
    response=DocumentOut,
    openapi_extra=sends(with_files=True, with_version=True),
)
def perform_document_action(request: HttpRequest, response: HttpResponse, document_id: Id, name: str) -> Any:
    """Perform the action; answers with the paper as it is then."""
    document = visible_document(request.user, document_id, today := clock_today())
    need_scope(request, write_to(document.case.procedure))
    perform_sent(request, action_on(document, name).name, document, today, statute=statute_of(document.case))
    return _shown(request, response, document_id, today)


_FILE = {
    "responses": {
        200: {
            "description": "The issued bytes; their ETag is the digest (SHA-256)",
            "content": {
                media: {"schema": {"type": "string", "format": "binary"}} for media in ("application/pdf", WORD)
            },
        },
        304: {"description": "The caller has these bytes already"},
    }
}


@router.get("/{document_id}/file", openapi_extra=_FILE)
def get_document_file(request: HttpRequest, document_id: Id, query: Query[FileQuery]) -> HttpResponse:
    """The file as issued, bit for bit. Opening one of a restricted case is recorded."""
    document = visible_document(request.user, document_id, today := clock_today())
    if document.state == DocumentState.VOID:
        raise Http404
    if not document.is_sealed:
        raise Problem(404, _("This paper is not issued yet: it has no file."), code="not-issued")
    is_word = query.format == "docx"
    name, digest = (document.word_file, document.word_sha256) if is_word else (document.file, document.sha256)
    if not name:
        raise Problem(404, _("No Word file was kept when this paper was issued."), code="no-word-file")
    record_opening(request.user, document, today, api=True)
    etag = f'"{digest}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": etag})
    try:
        content = files.read(name, digest)
    except files.FileDamaged:
        raise Problem(
            500,
            _("The stored file is missing or was changed after issue: it is not shown. Restore it from a backup."),
            code="file-damaged",
        ) from None
    response = HttpResponse(content, content_type=WORD if is_word else "application/pdf")
    shown_as = f"{document.number_text or document.title}-{document.pk}.{query.format}"
    response.headers["Content-Disposition"] = content_disposition_header(True, shown_as)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _shown(
    request: HttpRequest, response: HttpResponse, pk: int, today: date, *, opened: bool = False
) -> dict[str, Any]:
    document = visible_document(request.user, pk, today)
    if opened:
        record_opening(request.user, document, today, page=True, api=True)
    response.headers["ETag"] = f'"{document.version}"'
    statute = statute_of(document.case)
    is_open = not document.is_sealed and document.state not in (DocumentState.VOID, DocumentState.WITHDRAWN)
    missing = [*issuing.incomplete(document), *issuing.unprintable(document)] if is_open else []
    case = document.case
    return {
        **row_of(document),
        "case": {"id": case.pk, "number": case.number, "procedure": case.procedure},
        "addressee": document.addressee,
        "author": document.author.full_name,
        "reviewer": document.reviewer.full_name if document.reviewer else "",
        "signer": document.signer.full_name if document.signer else "",
        "corrects": document.corrects_id,
        "size": document.size,
        "pages": document.pages,
        "has_word": bool(document.word_file),
        "text": _text(document),
        "services": [_service(service) for service in document.services.all()],
        "missing": refusal_rows(missing, statute),
        "available_actions": offer_rows(document, request.user, today, statute),
    }


def _text(document: Document) -> list[dict[str, Any]]:
    """Of an issued paper as issued; empty when the kept text is damaged, as its PDF is not handed out either."""
    try:
        printed = reading_of(document).printed
    except files.FileDamaged:
        log.error("the kept text of paper %s is missing or was changed", document.pk)
        return []
    return [{"heading": part.heading, "paragraphs": part.paragraphs} for part in shown_text(printed)]


def _service(service: Service) -> dict[str, Any]:
    return {
        "id": service.pk,
        "participation": service.participation_id,
        "recipient": service.participation.name,
        "method": service.method,
        "state": service.state,
        "sent_on": iso(service.sent_on),
        "served_on": iso(service.served_on),
        "effective_on": iso(service.effective_on),
        "receiver_name": service.receiver_name,
        "failure": service.failure,
        "has_proof": bool(service.proof_file),
    }


def row_of(document: Document) -> dict[str, Any]:
    """A paper as a case lists it."""
    return {
        "id": document.pk,
        "kind": document.kind,
        "title": document.title,
        "number": document.number_text,
        "state": document.state,
        "state_label": str(document.get_state_display()),
        "issued_on": iso(document.issued_on),
        "sha256": document.sha256,
        "version": document.version,
    }


def papers_of(case: Case, user: Any, today: date) -> list[dict[str, Any]]:
    """The part `documents` of a case: who sees the case sees its papers."""
    papers = case.documents.only(
        "case_id", "kind", "title", "number_text", "state", "issued_on", "sha256", "version"
    ).order_by("pk")
    return [row_of(paper) for paper in papers]
