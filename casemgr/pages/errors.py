"""Pages that say in plain words what went wrong and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Explanation:
    """One kind of failure: what happened, and what the person can do."""

    title: str | Promise
    what: str | Promise
    what_next: str | Promise


EXPLANATIONS = {
    400: Explanation(
        _("The request could not be read"),
        _("The address or the form does not have the form this page expects."),
        _("Go back, check what you entered, and send it again."),
    ),
    403: Explanation(
        _("You may not do this"),
        _("Your role does not include this page or this step."),
        _("If it belongs to your work, ask the administrator to assign the role at your unit."),
    ),
    404: Explanation(
        _("Nothing to see at this address"),
        _("It does not exist, or it lies outside the cases you may see."),
        _("Check the number, or start from your work list."),
    ),
    409: Explanation(
        _("This step is not possible now"),
        _("Somebody changed the case in the meantime, or the law asks for something first."),
        _("Open the page again to see its present state."),
    ),
    413: Explanation(
        _("Too large"),
        _("What you sent is larger than this page takes."),
        _("Nothing was kept. Go back, choose a smaller file, or divide it."),
    ),
    500: Explanation(
        _("Something went wrong in the system"),
        _("The step was not carried out and nothing was half written."),
        _("Try again in a moment. If it happens again, tell the administrator the time and what you were doing."),
    ),
}


def error_page(
    request: HttpRequest, status: int, *, message: str | Promise = "", article: str = "", back: str = ""
) -> HttpResponse:
    """The page for `status`; `message` and `article` say what was refused, `back` is the address to return to."""
    context = {
        "status": status,
        "explanation": EXPLANATIONS[status],
        "message": message,
        "article": article,
        "back": back,
    }
    return render(request, f"pages/{status}.html", context, status=status)
