"""The tables of root causes for a period, the cases behind each number, the letters, and the kinds of flaw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import action_page, new_page
from casemgr.assessment.causes.definition import Finding
from casemgr.assessment.causes.matrix import Line, Matrix, by_agency, by_article, narrowed
from casemgr.assessment.causes.reading import findings, letter_lines, letters
from casemgr.assessment.models import CauseRecord, Flaw
from casemgr.assessment.roles import demand_assessment
from casemgr.cases.models import Case
from casemgr.cases.procedure import Text
from casemgr.indicators.period import NoPeriod, Period, asked, year_of
from casemgr.pages.pagination import paginate

FORM = "assessment/form.html"
ADD_FLAW, ENTER = "flaw.add", "cause.enter"


@dataclass(frozen=True)
class Shown:
    """A line of a matrix with where each number leads."""

    line: Line
    cells: tuple[tuple[Text, int, str], ...]
    """Flaw, number and address."""
    total: str


def names() -> dict[str, str]:
    """Names of the kinds of flaw by code, in the office's order."""
    return dict(Flaw.objects.values_list("code", "name"))


def period_of(request: HttpRequest, today: date) -> tuple[Period, str]:
    """What the address asks for, or this year and why the address cannot be read."""
    try:
        return asked({name: request.GET.get(name, "") for name in ("year", "from", "to")}, today), ""
    except NoPeriod as problem:
        return year_of(today.year, today), str(problem)


@require_safe
def cause_tables(request: HttpRequest) -> HttpResponse:
    """Agencies by flaws and articles by flaws, of the cases the person may see."""
    today = demand_assessment(request)
    period, problem = period_of(request, today)
    found = findings(request.user, today, period.first, period.last)
    known = names()
    context = {
        "period": period,
        "problem": problem,
        "found": found,
        "agencies": _shown(by_agency(found, known), "agency", period),
        "articles": _shown(by_article(found, known), "article", period),
        "today": today,
    }
    return render(request, "assessment/causes.html", context)


def _shown(matrix: Matrix, side: str, period: Period) -> tuple[Matrix, list[Shown], Shown]:
    return matrix, [_line(line, matrix, side, period) for line in matrix.lines], _line(matrix.foot, matrix, "", period)


def _line(line: Line, matrix: Matrix, side: str, period: Period) -> Shown:
    address = reverse("cause_rows")
    kept = {"from": period.first.isoformat(), "to": period.last.isoformat(), "year": period.year}
    if side:
        kept[side] = line.key
    cells = [
        (name or _("Flaw not recorded"), number, f"{address}?{urlencode({**kept, 'flaw': code})}" if number else "")
        for number, (code, name) in zip(line.cells, matrix.flaws, strict=True)
    ]
    return Shown(line, tuple(cells), f"{address}?{urlencode(kept)}")


@require_safe
def cause_rows(request: HttpRequest) -> HttpResponse:
    """Exactly the cases behind one number: `agency`, `flaw`, `article`, each where the address names it."""
    today = demand_assessment(request)
    period, problem = period_of(request, today)
    wanted = {name: request.GET.get(name) for name in ("agency", "flaw", "article")}
    chosen = narrowed(findings(request.user, today, period.first, period.last), **wanted)
    of_case: dict[int, list[Finding]] = {}
    for one in chosen:
        of_case.setdefault(one.case_id, []).append(one)
    page = paginate(Case.objects.filter(pk__in=of_case), ["-pk"], request.GET)
    known = names()
    entered = set(CauseRecord.objects.filter(case__in=[case.pk for case in page]).values_list("case_id", flat=True))
    context = {
        "page": page,
        "lines": [
            (case, one, _said(one, known), case.pk in entered or not one.flaws)
            for case in page
            for one in of_case[case.pk]
        ],
        "count": len(of_case),
        "period": period,
        "problem": problem,
        "agency": next((one.agency.name for one in chosen), "") if wanted["agency"] else "",
        "flaw": known.get(wanted["flaw"] or "", "") if wanted["flaw"] else "",
        "is_unrecorded": wanted["flaw"] == "",
        "article": wanted["article"],
        "may_enter": is_allowed(request, ENTER, None, today),
    }
    return render(request, "assessment/cause_rows.html", context)


def _said(one: Finding, known: dict[str, str]) -> list[tuple[str, str]]:
    return [(cause.article, known.get(cause.flaw, cause.flaw)) for cause in one.causes]


@require_safe
def cause_letters(request: HttpRequest) -> HttpResponse:
    """Opinions and suggestions sent in the period: answered when, and whether the flaw came back since."""
    today = demand_assessment(request)
    period, problem = period_of(request, today)
    sent = letters(request.user, today, period.first, period.last)
    only = request.GET.get("only", "")
    lines = letter_lines(sent, request.user, today)
    chosen = [line for line in lines if only != "back" or line.back]
    chosen = [line for line in chosen if only != "late" or line.is_late]
    keys = {line.letter.case_id for line in chosen}
    page = paginate(Case.objects.filter(pk__in=keys), ["-pk"], request.GET)
    known, shown = names(), {case.pk for case in page}
    context = {
        "page": page,
        "lines": [
            (line, [known.get(code, code) for code in sorted(line.letter.flaws)])
            for line in chosen
            if line.letter.case_id in shown
        ],
        "count": len(chosen),
        "back": sum(bool(line.back) for line in lines),
        "late": sum(line.is_late for line in lines),
        "only": only,
        "period": period,
        "problem": problem,
        "may_enter": is_allowed(request, ENTER, None, today),
    }
    return render(request, "assessment/cause_letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cause_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which flaws a case has, or change what was said."""
    today = demand_assessment(request)
    case = Case.objects.visible_to(request.user, today).filter(pk=pk).first()
    if case is None:
        raise Http404
    said = CauseRecord.objects.filter(case=case).first()
    if said is not None:
        return action_page(request, said, "cause.edit", "cause_tables", template=FORM)
    return new_page(request, ENTER, "cause_tables", {"case": case.pk}, requires=demand_assessment, template=FORM)


@require_safe
def flaw_list(request: HttpRequest) -> HttpResponse:
    today = demand_assessment(request)
    page = paginate(Flaw.objects.all(), ["order", "pk"], request.GET)
    context = {"page": page, "may_add": is_allowed(request, ADD_FLAW, None, today)}
    return render(request, "assessment/flaws.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def flaw_new(request: HttpRequest) -> HttpResponse:
    return new_page(request, ADD_FLAW, "flaw_list", requires=demand_assessment, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
def flaw_edit(request: HttpRequest, pk: int) -> HttpResponse:
    demand_assessment(request)
    return action_page(request, get_object_or_404(Flaw, pk=pk), "flaw.edit", "flaw_list", template=FORM)


__all__ = ["cause_letters", "cause_record", "cause_rows", "cause_tables", "flaw_edit", "flaw_list", "flaw_new", "names"]
