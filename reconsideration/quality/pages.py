"""Pages of the review of files, its checklist, and of time per stage."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casemgr.actions.performing import is_allowed
from casemgr.actions.record_pages import RecordPages, one, steps, today_for
from casemgr.pages.pagination import paginate
from reconsideration.case_records import demand_reconsideration
from reconsideration.models import FileReview, ReviewChecklist, ReviewFinding, ReviewRound
from reconsideration.quality.drawing import drawn_again
from reconsideration.quality.results import result_of
from reconsideration.quality.times import stage_times, waiting

_require = today_for(demand_reconsideration)
ROUNDS = RecordPages(ReviewRound, "review_rounds", _require, enters="review.draw")
REVIEWS = RecordPages(FileReview, "review_rounds", _require, joined=("case", "round__checklist"))
FINDINGS = RecordPages(ReviewFinding, "review_rounds", _require, joined=("review__case",))
CHECKLISTS = RecordPages(ReviewChecklist, "review_checklists", _require, enters="review.new_checklist")


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    today = _require(request)
    rows = ReviewRound.objects.visible_to(request.user, today).select_related("checklist")
    context = {
        "page": paginate(rows, ["-year", "-pk"], request.GET),
        "may_draw": is_allowed(request, "review.draw", None, today),
    }
    return render(request, "reconsideration/quality/rounds.html", context)


round_new = ROUNDS.new()


@require_safe
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the sample those files that the reader may see; the figures are of all."""
    today = _require(request)
    found = one(request, ReviewRound, pk, today, "checklist", "drawn_by")
    reviews = list(found.reviews.select_related("case", "reviewer"))
    findings = list(ReviewFinding.objects.filter(review__round=found))
    seen = set(FileReview.objects.visible_to(request.user, today).filter(round=found).values_list("pk", flat=True))
    context = {
        "found": found,
        "reviews": [review for review in reviews if review.pk in seen],
        "result": result_of(found, reviews, findings),
        "again": drawn_again(found),
        **steps(found, request, today),
    }
    return render(request, "reconsideration/quality/round.html", context)


round_action = ROUNDS.step()


@require_safe
def file_review(request: HttpRequest, pk: int) -> HttpResponse:
    today = _require(request)
    review = one(request, FileReview, pk, today, "case", "reviewer", "round__checklist")
    checklist = review.round.checklist
    findings = list(review.findings.all())
    context = {
        "review": review,
        "findings": [(finding, checklist.item(finding.item)) for finding in findings],
        "may_repair": bool(findings) and is_allowed(request, "review.repair", findings[0], today),
        **steps(review, request, today),
    }
    return render(request, "reconsideration/quality/review.html", context)


file_review_action = REVIEWS.step()


finding_action = FINDINGS.step()


@require_safe
def checklists(request: HttpRequest) -> HttpResponse:
    """The newest version; `?number=` an earlier one."""
    today = _require(request)
    rows = list(ReviewChecklist.objects.visible_to(request.user, today))
    asked = request.GET.get("number", "")
    shown = next((row for row in rows if str(row.number) == asked), rows[0] if rows else None)
    context = {
        "rows": rows,
        "shown": shown,
        "may_enter": is_allowed(request, "review.new_checklist", None, today),
    }
    return render(request, "reconsideration/quality/checklists.html", context)


checklist_new = CHECKLISTS.new()


@require_safe
def times(request: HttpRequest) -> HttpResponse:
    """`?year=`: the stages that ended in that year."""
    today = _require(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and 2000 <= int(asked[:5]) <= today.year else today.year
    rows, is_cut = stage_times(request.user, today, year)
    context = {
        "rows": rows,
        "is_cut": is_cut,
        "year": year,
        "years": [today.year - n for n in range(4)],
        "waiting": waiting(request.user, today),
    }
    return render(request, "reconsideration/quality/times.html", context)
