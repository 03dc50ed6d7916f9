"""Pages of the yearly review: the list, one review with its lines, signing, and the sheet."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casemgr.actions.errors import ActionError, Forbidden, InvalidInput, NotVisible, StaleVersion
from casemgr.actions.perform import perform
from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.audit.access import record_access
from casemgr.operation.access_review.api import readable_reviews
from casemgr.operation.access_review.models import AccessReview
from casemgr.operation.access_review.people import may_review
from casemgr.operation.access_review.sheet import review_sheet
from casemgr.operation.access_review.yearly import units_due
from casemgr.organisation.office import office_on
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import action_input

BEGIN, DECIDE, SIGN = "access_review.begin", "access_review.decide", "access_review.sign"


def _readable(request: HttpRequest):
    return readable_reviews(request.user, clock_today())


def _one(request: HttpRequest, pk: int) -> AccessReview:
    review = _readable(request).filter(pk=pk).first()
    if review is None:
        raise Http404
    return review


@require_safe
def access_review_list(request: HttpRequest) -> HttpResponse:
    """Reviews within reach: those not signed first asked for; and the units none was begun for."""
    today = clock_today()
    rows, shown = _readable(request), request.GET.get("show", "open")
    if shown == "open":
        rows = rows.filter(status=AccessReview.Status.OPEN)
    rows = rows.annotate(undecided=Count("lines", filter=Q(lines__verdict="")), total=Count("lines"))
    context = {
        "page": paginate(rows, ["-pk"], request.GET),
        "shown": shown,
        "due": [unit for unit in units_due(today) if may_review(request.user, unit, today)],
        "day": today,
    }
    return render(request, "access_review/list.html", context)


@require_POST
def access_review_begin(request: HttpRequest) -> HttpResponse:
    """Begin a unit's review before the schedule does."""
    if not is_allowed(request, BEGIN, None, clock_today()):
        raise PermissionDenied(_("Reviews of access are for heads, administrators and auditors."))
    outcome = attempt(request, BEGIN, None, clock_today())
    if outcome.result is None:
        messages.error(request, " ".join(str(error) for errors in outcome.form.errors.values() for error in errors))
        return redirect("access_review_list")
    return redirect(outcome.result)


@require_http_methods(["GET", "HEAD", "POST"])
def access_review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: who holds what, what speaks against it, and the verdicts."""
    today = clock_today()
    review = _one(request, pk)
    may_decide = may_review(request.user, review.unit, today) and review.status == AccessReview.Status.OPEN
    form, status, version = None, 200, review.version
    if request.method == "POST":
        outcome = attempt(request, DECIDE, review, today)
        if outcome.result is not None:
            messages.success(request, _("The decisions are recorded."))
            return redirect("access_review", pk)
        form, status, version = outcome.form, outcome.status, outcome.version
    elif may_decide:
        form = blank(request, DECIDE, review, today)
    return _page(request, review, form=form, status=status, version=version)


def _page(request: HttpRequest, review: AccessReview, *, form=None, sign_form=None, status=200, version=0):
    today = clock_today()
    is_reviewer = may_review(request.user, review.unit, today) and review.status == AccessReview.Status.OPEN
    lines = list(review.lines.select_related("decided_by"))
    context = {
        "review": review,
        "decided": [line for line in lines if line.verdict],
        "waiting": [line for line in lines if not line.verdict],
        "own": [line for line in lines if not line.verdict and line.person_id == request.user.pk],
        "form": form if form is not None and form.lines else None,
        "sign_form": sign_form or (blank(request, SIGN, review, today) if is_reviewer else None),
        "version": version or review.version,
        "day": today,
    }
    return render(request, "access_review/detail.html", context, status=status)


@require_POST
def access_review_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign with one's own password. Without a request key: a key would keep a digest of the password."""
    review, sent, today = _one(request, pk), action_input(request), clock_today()
    try:
        perform(SIGN, review, sent.data, request.user, today, version=sent.version)
    except NotVisible as error:
        raise Http404 from error
    except Forbidden as error:
        raise PermissionDenied(error.message) from error
    except InvalidInput as error:
        if "password" in error.form.errors:
            record_access(request.user, "signature_refused", review)
        return _page(request, review, sign_form=error.form, status=error.status, version=sent.version or 0)
    except ActionError as error:
        review = _one(request, pk)
        form = blank(request, SIGN, review, today, {"statement": sent.data.get("statement", "")})
        messages.error(request, str(error.message))
        version = review.version if isinstance(error, StaleVersion) else sent.version or 0
        return _page(request, review, sign_form=form, status=error.status, version=version)
    messages.success(request, _("The review is signed. The next one begins in a year."))
    return redirect("access_review", pk)


@require_safe
def access_review_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The review as PDF."""
    review = _one(request, pk)
    office = office_on(clock_today())
    response = HttpResponse(review_sheet(review, office.name if office else ""), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="access-review-{review.pk}.pdf"'
    add_never_cache_headers(response)
    return response
