"""The two addresses behind a form that saves itself."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casemgr.actions import registry
from casemgr.cases.drafts import keeping
from casemgr.cases.drafts.forms import kept_form
from casemgr.cases.models import RegistrationDraft
from casemgr.pages.clock import today as clock_today
from casemgr.pages.requests import action_input


@require_POST
def draft_save(request: HttpRequest, action: str) -> HttpResponse:
    """Keep what was typed. 409 with the case's address when the page was registered in the meantime."""
    if kept_form(action) is None:
        raise Http404
    if not registry.get(action).is_permitted(None, request.user, clock_today()):
        raise PermissionDenied
    sent = action_input(request)
    if sent.key is None:
        return JsonResponse({"error": _("The page has no key. Open it again.")}, status=400)
    if (done := keeping.performed_with(request.user, action, sent.key)) is not None:
        subject = apps.get_model(done.subject_type)._base_manager.get(pk=done.subject_id)
        return JsonResponse({"registered": str(subject), "url": subject.get_absolute_url()}, status=409)
    try:
        draft = keeping.save(request.user, action, sent.key, sent.data)
    except keeping.TooLarge:
        return JsonResponse({"error": _("This is too long to be kept as a draft. Register it soon.")}, status=413)
    except keeping.TooMany:
        return _too_many()
    saved = timezone.localtime(draft.saved_at)
    return JsonResponse({"text": _("Draft saved %(time)s") % {"time": f"{saved:%H:%M}"}})


def _too_many() -> JsonResponse:
    """Nothing is dropped unasked: the person decides which of the drafts goes."""
    text = _(
        "This page is not saved: you keep %(count)d drafts already, and there is no room for more. "
        "Register this one soon, or finish or discard one of them."
    )
    told = {"error": text % {"count": settings.DRAFTS_KEPT}, "url": reverse("worklist"), "text": _("My work")}
    return JsonResponse(told, status=422)


@require_POST
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one's own draft away."""
    get_object_or_404(RegistrationDraft, pk=pk, user=request.user).delete()
    messages.success(request, _("The draft is gone."))
    return redirect("worklist")
