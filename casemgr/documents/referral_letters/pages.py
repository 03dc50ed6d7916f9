"""The file of a letter: whoever may see the referral opens it, for everybody else it does not exist."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.record_pages import action_page, one
from casemgr.documents.referral_letters.models import ReferralLetter
from casemgr.documents.uploads.serving import kept_answer
from casemgr.pages.clock import today as clock_today


def _letter(request: HttpRequest, pk: int) -> ReferralLetter:
    return one(request, ReferralLetter, pk, clock_today(), "referral__number")


@require_safe
def letter_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file itself; `?original` gives what it was made from, for download."""
    letter = _letter(request, pk)
    if letter.is_withdrawn:
        raise Http404
    shown = f"{_('Letters')}-{letter.referral}-{letter.pk}"
    return kept_answer(request, letter, shown, letter.get_absolute_url(), original="original" in request.GET)


@require_http_methods(["GET", "HEAD", "POST"])
def letter_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return action_page(request, _letter(request, pk), name, "referral_list")
