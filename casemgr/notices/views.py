"""Inbox, preferences, calendar feed, ladder and failed sendings."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casemgr.audit.access import record_access
from casemgr.audit.context import audited
from casemgr.notices import feed, texts
from casemgr.notices.forms import PreferenceForm, StepForm
from casemgr.notices.mobiles import mobile_of, preference_of, set_mobile
from casemgr.notices.models import Delivery, Notice, Preference, ReminderStep
from casemgr.notices.sending import send_again
from casemgr.pages.clock import today as clock_today
from casemgr.pages.masking import mask
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import row_id

LADDER_ROLES = ("head", "admin")


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Notices, newest first; unread ones by themselves on request."""
    rows = Notice.objects.filter(recipient=request.user)
    only_unread = request.GET.get("show") == "unread"
    if only_unread:
        rows = rows.filter(read_at__isnull=True)
    page = paginate(rows, ["-pk"], request.GET)
    hidden = texts.hidden_cases(list(page), request.user, clock_today())
    shown = [
        (notice, texts.label_of(notice.kind), texts.shown(notice, hidden), notice.subject_id not in hidden)
        for notice in page
    ]
    context = {"page": page, "rows": shown, "only_unread": only_unread}
    return render(request, "notices/inbox.html", context)


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """One notice (`notice`), or all of them."""
    rows = Notice.objects.filter(recipient=request.user, read_at__isnull=True)
    if one := request.POST.get("notice"):
        known = row_id(one)
        rows = rows.filter(pk=known) if known is not None else rows.none()
    rows.update(read_at=timezone.now())
    return redirect("notice_inbox")


@require_GET
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it and go where it leads."""
    notice = get_object_or_404(Notice, pk=pk, recipient=request.user)
    Notice.objects.filter(pk=pk, read_at__isnull=True).update(read_at=timezone.now())
    return redirect(texts.address_of(notice) or "notice_inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Channels, summary, and the calendar feed."""
    row = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    if request.method == "POST":
        form = PreferenceForm(request.POST, has_mobile=bool(row.mobile))
        if form.is_valid():
            data = form.cleaned_data
            with audited(action="notices.preferences", actor_id=request.user.pk, actor_name=request.user.full_name):
                if request.user.email != data["email"]:
                    request.user.email = data["email"]
                    request.user.save(update_fields=["email"])
                row.sends_urgent_mail, row.digest = data["sends_urgent_mail"], data["digest"]
                if data["forget_mobile"] or data["mobile"]:
                    set_mobile(row, "" if data["forget_mobile"] else data["mobile"])
                row.sends_urgent_sms = data["sends_urgent_sms"] and bool(row.mobile)
                row.save()
            messages.success(request, _("Saved."))
            return redirect("notice_preferences")
    else:
        form = PreferenceForm(
            initial={
                "email": request.user.email,
                "sends_urgent_mail": row.sends_urgent_mail and bool(request.user.email),
                "sends_urgent_sms": row.sends_urgent_sms,
                "digest": row.digest,
            }
        )
    context = {"form": form, "preference": row, "mobile": mask(mobile_of(request.user))}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


@require_POST
def feed_token(request: HttpRequest) -> HttpResponse:
    """A new secret address, shown once; or none any more."""
    row = preference_of(request.user)
    if "revoke" in request.POST:
        feed.revoke(row)
        row.save()
        record_access(request.user, "feed_revoked")
        messages.success(request, _("The address of the calendar does not work any more."))
        return redirect("notice_preferences")
    token = feed.new_token(row, timezone.now())
    row.save()
    record_access(request.user, "feed_issued")
    address = request.build_absolute_uri(reverse("notice_feed", args=[token]))
    return render(request, "notices/feed.html", {"address": address})


@login_not_required
@require_GET
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, for programs that know the secret address; scope is that of this moment."""
    row = feed.owner_of(token)
    if row is None:
        raise Http404
    record_access(row.user, "feed_opened")
    answer = HttpResponse(feed.calendar_of(row.user, clock_today()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="deadlines.ics"'
    answer["Cache-Control"] = "private, max-age=900"
    return answer


def _require_ladder(request: HttpRequest) -> None:
    if not request.user.role_codes(clock_today()).intersection(LADDER_ROLES):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def ladder(request: HttpRequest) -> HttpResponse:
    """The reminder ladder: its rungs, and one more."""
    _require_ladder(request)
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with audited(action="notices.ladder", actor_id=request.user.pk, actor_name=request.user.full_name):
            form.save()
        messages.success(request, _("Saved."))
        return redirect("notice_ladder")
    context = {"form": form, "steps": ReminderStep.objects.all()}
    return render(request, "notices/ladder.html", context, status=422 if form.errors else 200)


@require_POST
def ladder_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rung away; history keeps it."""
    _require_ladder(request)
    with audited(action="notices.ladder", actor_id=request.user.pk, actor_name=request.user.full_name):
        get_object_or_404(ReminderStep, pk=pk).delete()
    return redirect("notice_ladder")


@require_http_methods(["GET", "HEAD", "POST"])
def deliveries(request: HttpRequest) -> HttpResponse:
    """What was sent by mail and SMS, failures first on request; sent again by decision."""
    if "admin" not in request.user.role_codes(clock_today()):
        raise PermissionDenied
    if request.method == "POST":
        delivery = get_object_or_404(Delivery, pk=request.POST.get("delivery") or 0)
        if send_again(delivery):
            messages.success(request, _("It will be sent again within ten minutes."))
        return redirect("notice_deliveries")
    rows = Delivery.objects.select_related("recipient", "notice")
    if request.GET.get("show") == "failed":
        rows = rows.filter(status__in=(Delivery.State.FAILED, Delivery.State.UNKNOWN))
    page = paginate(rows, ["-pk"], request.GET)
    return render(request, "notices/deliveries.html", {"page": page, "shown": request.GET.get("show", "")})
