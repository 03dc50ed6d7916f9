"""The two addresses behind a form that saves itself."""

from __future__ import annotations

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
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
    saved = timezone.localtime(draft.saved_at)
    return JsonResponse({"text": _("Draft saved %(time)s") % {"time": f"{saved:%H:%M}"}})


@require_POST
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one's own draft away."""
    get_object_or_404(RegistrationDraft, pk=pk, user=request.user).delete()
    messages.success(request, _("The draft is gone."))
    return redirect("worklist")
