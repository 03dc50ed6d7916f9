"""Keys and hints: what makes the pages easier without being needed."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from casemgr.web import hints


@require_POST
def hints_seen(request: HttpRequest) -> HttpResponse:
    """Put the posted hints away (`hint`), or with `again` show all anew."""
    if "again" in request.POST:
        hints.show_again(request.user)
    else:
        hints.put_away(request.user, request.POST.getlist("hint"))
    return back_to(request)


@require_POST
def single_keys(request: HttpRequest) -> HttpResponse:
    """Switch steps by single keys on or off (WCAG 2.2, 2.1.4)."""
    user = request.user
    get_user_model().objects.filter(pk=user.pk).update(single_keys=not user.single_keys)
    return back_to(request)


def back_to(request: HttpRequest) -> HttpResponse:
    """To the page of ours that the form named as `next`."""
    address = request.POST.get("next", "")
    # Not `redirect`: it takes a word for the name of a page.
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return HttpResponseRedirect(address)
    return HttpResponseRedirect(reverse("home"))
