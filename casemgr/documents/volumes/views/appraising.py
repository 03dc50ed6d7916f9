"""What becomes of volumes whose term is over, the list for the approvers' signatures, and the table of retention."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.actions.action import Action
from casemgr.audit.access import record_access
from casemgr.cases.procedure import get_procedure, procedures
from casemgr.documents.rendering import Cell, DocumentText, Section, SignLines, Table, chinese_date, render_pdf
from casemgr.documents.volumes.access import APPROVERS, KEEPERS
from casemgr.documents.volumes.actions.appraising import AppraisalAction, Approve
from casemgr.documents.volumes.models import Appraisal, RetentionRule, Volume
from casemgr.documents.volumes.models.retention import CHINESE
from casemgr.documents.volumes.views.steps import step_page
from casemgr.organisation.office import office_on
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate

READERS = {*APPROVERS, *KEEPERS, "auditor"}
ON_SHEET = 500
PROPOSE, ANSWERS = "retention.propose", ("retention.approve", "retention.refuse")
VERDICTS = {Appraisal.Verdict.KEEP: "延长保管", Appraisal.Verdict.DESTROY: "销毁"}


def _require(request: HttpRequest, today: date, roles: set[str]) -> None:
    if not roles & request.user.role_codes(today):
        raise PermissionDenied


def _visible(request: HttpRequest, today: date) -> QuerySet[Appraisal]:
    volumes = Volume.objects.visible_to(request.user, today).order_by().values("pk")
    people = ("proposed_by", "first_by", "second_by", "refused_by")
    return Appraisal.objects.filter(volume__in=volumes).select_related("volume__case", *people)


@require_safe
def appraisal_list(request: HttpRequest) -> HttpResponse:
    """Proposals: those that wait for somebody, or with `show=all` the decided ones too."""
    today = clock_today()
    _require(request, today, READERS)
    rows, shown = _visible(request, today), request.GET.get("show", "open")
    if shown == "open":
        rows = rows.exclude(status__in=(Appraisal.Status.REFUSED, Appraisal.Status.DONE))
    page = paginate(rows, ["-pk"], request.GET)
    lines = [(row, list(_steps(row, request, today))) for row in page]
    return render(request, "volumes/appraisals.html", {"page": page, "lines": lines, "shown": shown})


def _steps(row: Appraisal, request: HttpRequest, today: date) -> Iterator[Action]:
    """What the person can do; who proposed it or agreed once is not asked again."""
    for offer in registry.offers(row, request.user, today):
        if offer.is_possible and not (isinstance(offer.action, Approve) and Approve.has_answered(row, request.user)):
            yield offer.action


@require_http_methods(["GET", "HEAD", "POST"])
def appraisal_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Approve, refuse, or record the destruction."""
    today = clock_today()
    appraisal = get_object_or_404(_visible(request, today), pk=pk)
    if not isinstance(registry.every().get(name), AppraisalAction):
        raise Http404
    about = f"{appraisal.volume.title}　{appraisal.get_verdict_display()}"
    return step_page(request, name, appraisal, today, back=reverse("appraisal_list"), about=about)


@require_safe
def appraisal_sheet(request: HttpRequest) -> HttpResponse:
    """档案鉴定清单 as PDF: the open proposals, with room for the signatures of appraisers, approvers and witnesses."""
    today = clock_today()
    _require(request, today, READERS)
    rows = _visible(request, today).exclude(status__in=(Appraisal.Status.REFUSED, Appraisal.Status.DONE))
    content = sheet(list(rows.order_by("pk")[:ON_SHEET]), office_on(today).office, today)
    record_access(request.user, "appraisal_sheet_printed")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="appraisals.pdf"'
    add_never_cache_headers(response)
    return response


def sheet(rows: list[Appraisal], office: str, today: date) -> bytes:
    heads = ("序号", "归档号", "题名", "保管期限", "鉴定意见", "理由")
    lines = [tuple(Cell(head, label=True) for head in heads)]
    for number, row in enumerate(rows, 1):
        volume = row.volume
        until = f"{CHINESE[volume.term]}，至{chinese_date(volume.keep_until)}" if volume.keep_until else "永久"
        verdict = VERDICTS[row.verdict] + (f"（{CHINESE[row.term]}）" if row.term else "")
        title = f"{volume.title} {volume.case.title}"
        lines.append(
            tuple(Cell(text) for text in (str(number), volume.archive_number, title, until, verdict, row.reason))
        )
    table = Table(tuple(lines), widths=(0.7, 1.6, 3.6, 1.8, 1.4, 2.2), header_rows=1)
    signs = SignLines(("鉴定人", "审批人（一）", "审批人（二）", "监销人（一）", "监销人（二）"))
    text = f"以下案卷保管期限届满，共{len(rows)}卷。"
    return render_pdf(
        DocumentText(
            title="档案鉴定清单",
            issuer=office,
            kind="record",
            seal_place=False,
            sections=(Section(text, blocks=(table,)), Section(blocks=(signs,))),
        )
    )


@require_safe
def retention_table(request: HttpRequest) -> HttpResponse:
    """The office's table: class and basis for each outcome, and what is proposed instead."""
    today = clock_today()
    _require(request, today, READERS)
    rules = RetentionRule.objects.select_related("proposed_by").order_by("procedure", "outcome")
    lines = [
        (rule, _procedure(rule.procedure), _outcome(rule), _answers(rule, request, today))
        for rule in rules
        if is_known(rule.procedure)
    ]
    may_propose = registry.get(PROPOSE).is_permitted(None, request.user, today)
    return render(request, "volumes/retention.html", {"lines": lines, "may_propose": may_propose})


def _answers(rule: RetentionRule, request: HttpRequest, today: date) -> list[Action]:
    if not rule.proposal:
        return []
    return [action for action in map(registry.get, ANSWERS) if action.is_permitted(rule, request.user, today)]


@require_http_methods(["GET", "HEAD", "POST"])
def retention_change(request: HttpRequest, pk: int) -> HttpResponse:
    return _retention_page(request, pk, PROPOSE)


@require_http_methods(["GET", "HEAD", "POST"])
def retention_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Approve or refuse what the keeper proposed."""
    if name not in ANSWERS:
        raise Http404
    return _retention_page(request, pk, name)


def _retention_page(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    today = clock_today()
    _require(request, today, READERS)
    rule = get_object_or_404(RetentionRule, pk=pk)
    about = " ".join(filter(None, (_procedure(rule.procedure), _outcome(rule))))
    if name in ANSWERS and rule.proposal:
        about = f"{about}　{rule.get_term_display()} → {rule.proposed_term}　{rule.proposal['source']}"
    return step_page(request, name, rule, today, back=reverse("retention_table"), about=about)


def is_known(procedure: str) -> bool:
    """Whether this installation has the procedure; lines of others wait until it does."""
    return any(one.code == procedure for one in procedures())


def _procedure(code: str) -> str:
    try:
        return str(get_procedure(code).name)
    except KeyError:
        return code


def _outcome(rule: RetentionRule) -> str:
    """The procedure's word for the outcome; a procedure without words shows its code."""
    try:
        words = get_procedure(rule.procedure).extra.get("outcomes", {})
    except KeyError:
        words = {}
    return str(words.get(rule.outcome, rule.outcome))
