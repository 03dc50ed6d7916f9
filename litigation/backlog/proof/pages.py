"""The files of an item's proof: whoever may see the item opens them, for everybody else they do not exist."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions.record_pages import action_page, one
from casemgr.documents.uploads.serving import kept_answer
from litigation.backlog.asking import FORM, demand_backlog
from litigation.models import BacklogProof


def _proof(request: HttpRequest, pk: int) -> BacklogProof:
    return one(request, BacklogProof, pk, demand_backlog(request), "item__number")


@require_safe
def proof_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file itself; `?original` gives what it was made from, for download."""
    proof = _proof(request, pk)
    shown = f"{_('Proof')}-{proof.item}-{proof.pk}"
    return kept_answer(request, proof, shown, proof.get_absolute_url(), original="original" in request.GET)


@require_http_methods(["GET", "HEAD", "POST"])
def proof_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return action_page(request, _proof(request, pk), name, "backlog_items", template=FORM)
