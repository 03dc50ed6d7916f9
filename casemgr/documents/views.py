"""Pages of papers. Every one starts from what the person may see: anything else is 404."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casemgr.actions import registry
from casemgr.actions.action import Action
from casemgr.actions.errors import ActionError, Forbidden, InvalidInput, NotVisible, StaleVersion
from casemgr.actions.news import News, reconcile
from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from casemgr.cases.visibility import visible_case
from casemgr.documents import files, page
from casemgr.documents.actions.base import DocumentAction
from casemgr.documents.approvals.reading import sheet_pane
from casemgr.documents.corrections import corrections_of
from casemgr.documents.forms import HEADING_PREFIX, NEW_PART, TEXT_PREFIX, draft_form
from casemgr.documents.kinds import kinds_of
from casemgr.documents.models import Document, Publication, Service
from casemgr.documents.panels import holder_of
from casemgr.documents.reading import reading_of
from casemgr.documents.responses import file_response
from casemgr.documents.services import issue_form
from casemgr.documents.states import DocumentState
from casemgr.documents.uploads.panels import copies_of
from casemgr.documents.uploads.receiving import takes_files
from casemgr.documents.wording.phrases import FOR_TEXT, offered
from casemgr.pages.clock import today as clock_today
from casemgr.pages.errors import error_page
from casemgr.pages.requests import ActionInput, action_input


@require_safe
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper: where it stands, who has it, its text, what is missing, whom it reached."""
    today = clock_today()
    document = page.visible_document(request.user, pk, today)
    page.record_opening(request.user, document, today, page=True)
    recipients = list(document.kind_info.recipients(document.case))
    is_issued = document.state == DocumentState.ISSUED
    may_serve = is_issued and registry.get("document.serve").is_permitted(document, request.user, today)
    may_prove = document.is_sealed and page.may_now("document.add_proof", document, request.user, today)
    may_draft = is_issued and registry.get("document.draft").is_permitted(document.case, request.user, today)
    try:
        reading = reading_of(document)
    except files.FileDamaged:
        reading = None
    context = {
        "document": document,
        "case": document.case,
        "marks": page.stepper(document, recipients),
        "told": document.kind_info.marks(document) if is_issued or document.is_sealed else (),
        "holder": holder_of(document),
        "options": page.options(document, request.user, today),
        "missing": page.missing(document, request.user, today),
        "parts": page.shown_text(reading.printed) if reading else [],
        "printed": page.frame_of(reading) if reading else None,
        "deliveries": page.deliveries(document, recipients) if document.is_sealed else [],
        "may_serve": may_serve,
        "may_prove": may_prove,
        "hand_form": page.kind_for(document.case, "receipt") if may_draft else None,
        "notice_form": page.kind_for(document.case, "notice") if may_draft else None,
        "sheet": sheet_pane(document, request.user, today),
        "enclosures": document.kind_info.enclosures(document.case),
        "own_draft": page.own_draft_note(document, request.user, today),
        "corrections": corrections_of(document) if document.is_sealed else [],
        "copies": copies_of(document),
    }
    return render(request, "documents/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def document_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a paper in a case: `?kind=`; a form for one recipient is drafted and issued in one step."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    action = registry.get("document.draft")
    _require(action, case, request.user, today)
    sent = action_input(request)
    code = sent.data.get("kind") or request.GET.get("kind", "")
    if (kind := kinds_of(case.procedure).get(str(code))) is None:
        raise Http404
    form, refused, status = None, [], 200
    if request.method == "POST":
        try:
            if kind.is_form:
                form_paper = issue_form(case, kind.code, sent.data, request.user, today, key=sent.key)
                return redirect("document_file", form_paper.pk)
            document = perform(action.name, case, sent.data, request.user, today, key=sent.key)
        except ActionError as error:
            form, refused, status = _after(error, action, case, sent, request, today)
            if kind.is_form and refused and all(reason.field in form.fields for reason in refused):
                refused, status = [], 422  # every refusal stands at its field: nothing but the entry is lacking
        else:
            return redirect("document_edit" if document.is_editable else "document_detail", document.pk)
    else:
        refusals = [*registry.refusals(action, case, request.user, today)]
        refusals += action.guard_refusals(case, {"kind": kind.code, "corrects": None}, today)
        refused, status = page.reasons(case, refusals), 409 if refusals else 200
    if form is None:
        form = draft_form(kind)(subject=case, actor=request.user, today=today)
        form.initial.update({name: request.GET[name] for name in form.fields if name in request.GET})
    context = {"case": case, "kind": kind, "form": form, "refused": refused, "is_possible": status in (200, 422)}
    if context["is_possible"] and not kind.is_form:
        needed = page.needed(case.typed(), kind, request.user, today)
        context["needed"] = [item for item in needed if not (item.field in form.fields and form[item.field].value())]
    return render(request, "documents/draft.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Text and data of a draft. Saving keeps the page open; a part nobody touched follows the data."""
    today = clock_today()
    document = page.visible_document(request.user, pk, today)
    action = registry.get("document.edit")
    _require(action, document, request.user, today)
    if request.method != "POST" and not document.is_editable:
        return redirect("document_detail", document.pk)
    version, refused, status, news = document.version, [], 200, None
    form = action.build_form(document, None, None, request.user, today)
    if request.method == "POST":  # also of a paper that is signed by now: what was typed is shown, not thrown away
        sent = action_input(request)
        then = sent.data.pop("then", "")
        try:
            perform(action.name, document, sent.data, request.user, today, version=sent.version, key=sent.key)
        except ActionError as error:
            document, form, refused, status, version, news = _changed(error, action, document, sent, request, today)
        else:
            messages.success(request, _("Draft saved %(time)s") % {"time": f"{timezone.localtime():%H:%M}"})
            return redirect("document_detail" if then == "show" else "document_edit", document.pk)
    context = {
        "document": document,
        "case": document.case,
        "form": form,
        "parts": _part_fields(document, form),
        "version": version,
        "refused": refused,
        "news": news,
        "missing": page.missing(document, request.user, today) if status == 200 else [],
        "sheets": page.sheets(document) if document.is_editable else [],
        "sheet": sheet_pane(document, request.user, today),
        "phrases": offered(document.case.procedure, document.kind, FOR_TEXT),
    }
    return render(request, "documents/edit.html", context, status=status)


@require_POST
def document_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed so far, as typed; answers with a line and the new version for the open page."""
    today = clock_today()
    document = page.visible_document(request.user, pk, today)
    sent = action_input(request)
    sent.data.pop("then", None)
    sent.data.pop("rewrite", None)
    try:
        data = {**sent.data, "as_typed": "1"}
        document = perform("document.edit", document, data, request.user, today, version=sent.version)
    except (NotVisible, Forbidden):
        raise PermissionDenied from None
    except ActionError as error:
        return render(
            request, "documents/_saved.html", {"problem": error.refusals[0].message if error.refusals else ""}
        )
    saved = {"time": timezone.localtime(), "version": document.version}
    response = render(request, "documents/_saved.html", saved)
    response["HX-Trigger"] = "casemgr:saved"
    return response


def _part_fields(document: Document, form: Any) -> list[dict[str, Any]]:
    """Heading and text of each part; a part without heading shows no field for one."""
    headed = {section["code"]: bool(section["heading"]) for section in document.sections} | {NEW_PART: True}
    return [
        {
            "heading": form[HEADING_PREFIX + code],
            "text": form[TEXT_PREFIX + code],
            "code": code,
            "has_heading": has_heading or bool(form[HEADING_PREFIX + code].errors),
        }
        for code, has_heading in headed.items()
    ]


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def document_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Any step of a paper: consequence, form, refusal with its article."""
    today = clock_today()
    document = page.visible_document(request.user, pk, today)
    action = registry.every().get(name)
    if not isinstance(action, DocumentAction) or not action.listed:
        raise Http404
    _require(action, document, request.user, today)
    refused, version, news = [], document.version, None
    if request.method == "POST":
        sent = action_input(request)
        try:
            done = perform(
                name, document, sent.data, request.user, today, version=sent.version, key=sent.key, files=request.FILES
            )
        except ActionError as error:
            document, form, refused, status, version, news = _changed(error, action, document, sent, request, today)
        else:
            messages.success(request, _("Done and recorded: %(action)s") % {"action": action.label_for(document)})
            shown = done if isinstance(done, Document) else document
            return redirect("document_detail", shown.pk)
    else:
        refused = page.reasons(document.case, registry.refusals(action, document, request.user, today))
        form = None if refused else action.build_form(document, None, None, request.user, today)
        if form is not None:
            form.initial.update({name: request.GET[name] for name in form.fields if name in request.GET})
        status = 409 if refused else 200
    context = {
        "document": document,
        "case": document.case,
        "action": action,
        "label": action.label_for(document),
        "consequence": action.consequence_for(document),
        "form": form,
        "refused": refused,
        "version": version,
        "news": news,
        "phrases": offered(document.case.procedure, document.kind, getattr(form, "phrase_parts", ())),
    }
    return render(request, "documents/action.html", context, status=status)


@require_safe
def document_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan or photo that proves one service."""
    service = get_object_or_404(Service, pk=pk)
    return _proof(request, service, service.document_id)


@require_safe
def publication_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture or page that proves one place of a public notice."""
    publication = get_object_or_404(Publication.objects.select_related("service"), pk=pk)
    return _proof(request, publication, publication.service.document_id)


def _proof(request: HttpRequest, row: Service | Publication, document_id: int) -> HttpResponse:
    document = page.visible_document(request.user, document_id, clock_today())
    if not row.proof_file:
        raise Http404
    try:
        content = files.read(row.proof_file, row.proof_sha256)
    except files.FileDamaged:
        back = reverse("document_detail", args=[document.pk])
        return error_page(request, 500, message=_("The proof is missing or was changed: it is not shown."), back=back)
    page.record_opening(request.user, document, clock_today(), proof=row.pk)
    name = _("proof")
    return file_response(content, row.proof_file.rpartition(".")[2], f"{name}-{row.pk}", download=True)


def _require(action: Action, subject: Case | Document, user: Any, today: date) -> None:
    if not action.is_permitted(subject, user, today):
        raise PermissionDenied(action.forbidden_message(subject, user, today))


def _changed(
    error: ActionError, action: Action, document: Document, sent: ActionInput, request: HttpRequest, today: date
) -> tuple[Document, Any, list[page.Reason], int, int | None, News | None]:
    """The paper as it is now, and the form over it: after somebody else's change with what is new."""
    if not isinstance(error, StaleVersion):
        return document, *_after(error, action, document, sent, request, today), sent.version or document.version, None
    document = page.visible_document(request.user, document.pk, today)
    found = reconcile(action, document, sent.data, sent.version, request.user, today, request.FILES)
    refused = page.reasons(document.case, error.refusals)
    return document, found.form, refused, error.status, found.version, found.news


def _after(
    error: ActionError,
    action: Action,
    subject: Case | Document,
    sent: ActionInput,
    request: HttpRequest,
    today: date,
) -> tuple[Any, list[page.Reason], int]:
    """Form with everything that was typed, reasons, status of the answer."""
    if isinstance(error, NotVisible):
        raise Http404 from error
    if isinstance(error, Forbidden):
        raise PermissionDenied(str(error.message)) from error
    if isinstance(error, InvalidInput):
        return error.form, [], error.status
    form = action.build_form(subject, sent.data, request.FILES, request.user, today)
    if form.is_valid():
        for refusal in error.refusals:
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal.message))
    case = subject if isinstance(subject, Case) else subject.case
    return form, page.reasons(case, error.refusals), error.status
