"""Pages for many participants: the whole list, and the sheet with every row judged before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank
from casemgr.actions.topics import Topic
from casemgr.cases.models import Case, Consent, Mandate, Participation
from casemgr.cases.panels import NextStep
from casemgr.cases.representation.acting import SIDES
from casemgr.cases.representation.groups import EnterMembers
from casemgr.cases.representation.members import JUDGED_WORDS
from casemgr.cases.visibility import visible_case
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import action_input

ENTER = EnterMembers.name
CHECK = "check"
MEMBERS_PAGE = 50


def steps(case: Case, user, today: date) -> Iterable[NextStep]:
    """The sheet has a page of its own: it shows every row before it writes."""
    action = registry.get(ENTER)
    if action.is_permitted(case, user, today) and not action.state_refusal(case, today):
        yield NextStep(action.label, reverse("case_members_enter", args=[case.pk]), topic=Topic.PARTIES)


@require_safe
def case_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody of every side, page by page, with who speaks for them and what they agreed to."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    parts = Participation.objects.filter(case_id=case.pk, role__in=SIDES).select_related("party", "group")
    page = paginate(parts, ["role", "order", "pk"], request.GET, size=MEMBERS_PAGE)
    for part in page:
        part.case = case  # whose words name its part
    ids = [part.pk for part in page]
    agents: dict[int, list[Mandate]] = {}
    for power in Mandate.objects.filter(principal_id__in=ids).select_related("agent"):
        if power.stands_on(today):
            agents.setdefault(power.principal_id, []).append(power)
    agreed: dict[int, list[str]] = {}
    for consent in Consent.objects.filter(member_id__in=ids, revoked_on__isnull=True):
        agreed.setdefault(consent.member_id, []).append(consent.get_matter_display())
    rows = [(part, agents.get(part.pk, []), agreed.get(part.pk, [])) for part in page]
    return render(request, "cases/representation/members.html", {"case": case, "page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def case_members_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the sheet as often as needed; enter it when every row is right, or without the wrong ones."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    action = registry.get(ENTER)
    if not action.is_permitted(case, request.user, today):
        raise PermissionDenied(_("Your roles do not allow “%(action)s” here.") % {"action": action.label})
    refusal, form, status = action.state_refusal(case, today), None, 200
    if refusal is None and request.method == "POST" and request.POST.get("step") == CHECK:
        form = action.build_form(case, action_input(request).data, request.FILES, request.user, today)
        form.is_valid()
    elif refusal is None and request.method == "POST":
        outcome = attempt(request, ENTER, case, today)
        if outcome.result is not None:
            messages.success(request, _("Done and recorded: %(action)s") % {"action": action.label})
            return redirect("case_members", case.pk)
        form, status = outcome.form, outcome.status
    elif refusal is None:
        form = blank(request, ENTER, case, today)
    context = {
        "case": case,
        "action": action,
        "form": form,
        "refusals": [refusal] if refusal else [],
        "reading": getattr(form, "reading", None),
        "judged": JUDGED_WORDS,
    }
    return render(request, "cases/representation/enter.html", context, status=409 if refusal else status)
