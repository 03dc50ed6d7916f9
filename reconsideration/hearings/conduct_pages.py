"""The screen that leads through a hearing: one step at a time, each saved as it is sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.pages.clock import today as clock_today
from reconsideration.case_records import demand_reconsideration
from reconsideration.hearings.lacks import lacks
from reconsideration.hearings.pages import one_hearing
from reconsideration.hearings.script import Step, is_written, items_of, steps_of
from reconsideration.models import Hearing

ACTIONS = {
    "attendance": "hearing.attendance",
    "text": "hearing.write",
    "evidence": "hearing.evidence",
    "signatures": "hearing.sign",
}


def _is_done(hearing: Hearing, step: Step) -> bool:
    rows = [row for row in hearing.parties.all() if row.participation.left_on is None]
    if step.kind == "attendance":
        return all(row.came is not None for row in rows)
    if step.kind == "signatures":
        signed = all(row.signed_on or row.refused_to_sign for row in rows if row.came)
        return signed and all(one.signed_on for one in hearing.panel.all())
    return is_written(hearing, step)


@require_safe
def hearing_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """To the first step that is not written yet."""
    today = clock_today()
    demand_reconsideration(request.user, today)
    hearing = one_hearing(request, pk, today)
    script = steps_of(list(hearing.parties.all()))
    step = next((one for one in script if not one.is_optional and not _is_done(hearing, one)), script[-1])
    return redirect("hearing_step", pk, step.code)


@require_http_methods(["GET", "HEAD", "POST"])
def hearing_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    today = clock_today()
    demand_reconsideration(request.user, today)
    hearing = one_hearing(request, pk, today)
    script = steps_of(list(hearing.parties.all()))
    place = next((n for n, one in enumerate(script) if one.code == step), None)
    if place is None:
        raise Http404
    now, name = script[place], ACTIONS[script[place].kind]
    action = registry.get(name)
    if not is_allowed(request, name, hearing, today):
        raise PermissionDenied(action.forbidden_message(hearing, request.user, today))
    refused = registry.refusals(action, hearing, request.user, today)
    form, status, version = None, 409 if refused else 200, hearing.version
    if request.method == "POST" and not refused:
        outcome = attempt(request, name, hearing, today)
        if outcome.result is not None:
            messages.success(request, _("Saved: %(step)s") % {"step": now.label})
            stays = now.kind == "evidence" and "next" not in request.POST
            following = now if stays or place + 1 == len(script) else script[place + 1]
            return redirect("hearing_step", pk, following.code)
        form, status, version = outcome.form, outcome.status, outcome.version
    elif not refused:
        form = blank(request, name, hearing, today, _known(hearing, now, request))
    context = {
        "hearing": hearing,
        "case": hearing.case,
        "script": [(one, _is_done(hearing, one)) for one in script],
        "step": now,
        "number": place + 1,
        "form": form,
        "refused": refused,
        "version": version,
        "items": _items(hearing) if now.kind == "evidence" else [],
        "following": script[place + 1] if place + 1 < len(script) else None,
        "lacks": _left(hearing, today) if now.kind == "signatures" else [],
    }
    return render(request, "reconsideration/hearings/step.html", context, status=status)


def _left(hearing: Hearing, today: Any) -> list[Any]:
    return lacks(hearing, list(hearing.parties.all()), list(hearing.panel.all()), today)


def _known(hearing: Hearing, step: Step, request: HttpRequest) -> dict[str, Any]:
    """What is written already, else what is usually said at this step."""
    if step.kind == "text":
        return {"step": step.code, "text": hearing.record.get(step.code) or step.proposal(hearing)}
    number = request.GET.get("item", "")
    if step.kind == "evidence" and number.isascii() and number.isdigit():
        items = items_of(hearing)
        if 1 <= int(number) <= len(items):
            return {**items[int(number) - 1], "number": int(number)}
    return {}


def _items(hearing: Hearing) -> list[tuple[int, dict[str, Any], str]]:
    names = {row.participation_id: row.participation.with_role for row in hearing.parties.all()}
    return [(number, item, names.get(item["by"], "")) for number, item in enumerate(items_of(hearing), 1)]
