"""The page of a case's volumes: what lies in them, what is lacking, and the one step that closes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casemgr.actions import registry
from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.actions.performing import attempt, blank, is_allowed
from casemgr.cases.models import Case
from casemgr.cases.procedure import Stage, Text
from casemgr.cases.visibility import visible_case
from casemgr.documents import page
from casemgr.documents.internal import may_read_internal
from casemgr.documents.volumes.actions.freezing import KEEP, freeze_refusals, running_job
from casemgr.documents.volumes.actions.preparing import lack_fields
from casemgr.documents.volumes.completeness import PROOF, Lack, lacks
from casemgr.documents.volumes.contents import Content, contents
from casemgr.documents.volumes.models import Carrier, Inspection, Part
from casemgr.documents.volumes.order import Need, Slot, order_of, orders
from casemgr.documents.volumes.panels import frozen_volumes
from casemgr.documents.volumes.views.steps import step_page
from casemgr.jobs.models import Job
from casemgr.pages.clock import today as clock_today
from casemgr.pages.pagination import paginate
from casemgr.pages.requests import action_input

STEPS = ("volumes.add_entry", "volumes.strike_entry", "volumes.inspect", "volumes.bundle")
SHOWN = 20


@dataclass(frozen=True)
class ContentRow:
    """One line of the catalogue to be."""

    content: Content
    url: str
    is_first: bool
    is_last: bool

    @property
    def carrier(self) -> str:
        return "" if self.content.carrier == Carrier.ELECTRONIC else Carrier(self.content.carrier).label

    @property
    def entry(self) -> str:
        kind, _colon, key = self.content.key.partition(":")
        return key if kind == "entry" else ""


@dataclass
class SlotRows:
    slot: Slot
    rows: list[ContentRow] = field(default_factory=list)


@dataclass
class PartRows:
    part: Part
    slots: list[SlotRows] = field(default_factory=list)


@dataclass(frozen=True)
class LackRow:
    """`url` is the page on which the person can mend the lack, called `link`; empty when they may not."""

    lack: Lack
    pages: Any
    reason: Any
    url: str
    link: Text


@require_http_methods(["GET", "HEAD", "POST"])
def case_volume(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be frozen and what is frozen; POST explains lacks, moves an item, or asks for the volumes."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    if case.procedure not in orders():
        raise Http404
    form, lacks_form, status = None, None, 200
    if request.method == "POST":
        done, form, lacks_form, status = _posted(request, case, today)
        if done:
            return redirect("case_volume", case.pk)
    context = _context(request, case, today, form, lacks_form)
    response = render(request, "volumes/case.html", context, status=status)
    if request.headers.get("HX-Request") and not context["is_running"]:
        response.headers["HX-Refresh"] = "true"  # the work is over: the whole page tells what came of it
    return response


def _posted(request: HttpRequest, case: Case, today: date) -> tuple[bool, Any, Any, int]:
    """Whether it is done; else the two forms of the page with what was typed, and the status."""
    name = request.POST.get("action", "")
    if name == "volumes.move":
        outcome = attempt(request, name, case, today)
        if outcome.result is None:
            messages.warning(
                request, _("It cannot be moved further: the order of the places is fixed for the procedure.")
            )
        return True, None, None, 303
    if name not in ("volumes.explain_lacks", "volumes.request"):
        raise PermissionDenied
    if not is_allowed(request, name, case, today):
        raise PermissionDenied(_("Your roles do not allow “%(action)s” here.") % {"action": registry.get(name).label})
    try:  # without the key of the page: that one is for the volumes
        perform("volumes.explain_lacks", case, action_input(request).data, request.user, today)
    except InvalidInput as error:
        return False, None, error.form, error.status
    if name == "volumes.explain_lacks":
        messages.success(request, _("Done and recorded: %(action)s") % {"action": registry.get(name).label})
        return True, None, None, 303
    outcome = attempt(request, name, case, today)
    if outcome.result is not None:
        messages.success(request, _("The volumes are being put together; this page shows how far it is."))
        return True, None, None, 303
    return False, outcome.form, None, outcome.status


def _context(request: HttpRequest, case: Case, today: date, form: Any, lacks_form: Any) -> dict[str, Any]:
    user = request.user
    sees_internal = may_read_internal(user, case, today)
    found = [one for one in contents(case) if sees_internal or one.slot.part == Part.MAIN]
    missing = [one for one in lacks(case) if sees_internal or _part(case, one) == Part.MAIN]
    may_prepare = is_allowed(request, "volumes.request", case, today)
    lacks_form = lacks_form or blank(request, "volumes.explain_lacks", case, today)
    form = form or blank(request, "volumes.request", case, today)
    job = running_job(case) or _last_job(case)
    mended_here = {"incomplete", "nothing-to-file"} if missing else {"incomplete"}
    action = registry.get(orders()[case.procedure].archive_action) if orders()[case.procedure].archive_action else None
    may_archive = (
        case.stage != Stage.ARCHIVED
        and action is not None
        and action.is_permitted(case, user, today)
        and action.state_refusal(case, today) is None
    )
    form.initial.setdefault("archive", may_archive)
    form.fields["archive_number"].is_needed = may_archive
    inspected = paginate(case.inspections.select_related("reader", "recorded_by"), ["-pk"], request.GET)
    return {
        "case": case,
        "parts": list(_parts(found)),
        "lacks": [_lack_row(request, case, one, lacks_form, today) for one in missing],
        "lacks_form": lacks_form,
        "volumes": frozen_volumes(case, user, today),
        "may_prepare": may_prepare,
        "may_archive": may_archive,
        "refused": page.reasons(case, [one for one in freeze_refusals(case) if one.code not in mended_here]),
        "form": form,
        "job": job,
        "is_running": job is not None and not job.is_over,
        "inspection_page": inspected,
        "inspections": _inspections(case, inspected),
        "sees_internal": sees_internal,
        "bundles": [
            bundle
            for bundle in case.bundles.select_related("asked_by").order_by("-pk")[:SHOWN]
            if sees_internal or not bundle.with_internal
        ],
        "steps": [(name, registry.get(name).label) for name in STEPS
                  if name != "volumes.strike_entry" and is_allowed(request, name, case, today)],
    }  # fmt: skip


def _inspections(case: Case, rows: Iterable[Inspection]) -> list[tuple[Inspection, list[tuple[str, Text, str]]]]:
    """Who inspected, and of what was withheld its title, the ground and the explanation."""
    rules = order_of(case).inspection
    grounds = dict(rules.grounds) if rules else {}
    return [
        (row, [(one["title"], grounds.get(one["ground"], ""), one["explanation"]) for one in row.withheld])
        for row in rows
    ]


def _lack_row(request: HttpRequest, case: Case, lack: Lack, form: Any, today: date) -> LackRow:
    pages, reason = (form[name] for name in lack_fields(lack.need.code))
    action, url, link = _place_of(case, lack.need)
    may = not action or is_allowed(request, action, case, today)
    return LackRow(lack, pages, reason, url if may else "", link)


def _place_of(case: Case, need: Need) -> tuple[str, str, Text]:
    """Action, address and words of where it is added: the paper whose receipt it is, the materials, a new paper."""
    if need.code.startswith(PROOF):
        return "", reverse("document_detail", args=[need.code.removeprefix(PROOF)]) + "#service", _("To the paper")
    if need.documents:
        url = f"{reverse('document_draft', args=[case.pk])}?kind={need.documents[0]}"
        return "document.draft", url, _("Draft the paper")
    kinds = orders()[case.procedure].slot(need.slot).materials
    url = f"{reverse('material_add', args=[case.pk])}?kind={kinds[0] if kinds else 'other'}"
    return "material.add", url, _("Add material")


def _part(case: Case, lack: Lack) -> str:
    return orders()[case.procedure].slot(lack.need.slot).part


def _last_job(case: Case) -> Job | None:
    """The last one, if it failed: the page says why."""
    job = Job.objects.filter(kind=KEEP, arguments__case=case.pk).order_by("-id").first()
    return job if job is not None and job.status == Job.State.FAILED else None


def _parts(found: list[Content]) -> Iterator[PartRows]:
    for part in Part:
        rows = PartRows(part)
        mine = [content for content in found if content.slot.part == part]
        for number, content in enumerate(mine):
            if not rows.slots or rows.slots[-1].slot != content.slot:
                rows.slots.append(SlotRows(content.slot))
            is_first = number == 0 or mine[number - 1].slot != content.slot
            is_last = number + 1 == len(mine) or mine[number + 1].slot != content.slot
            rows.slots[-1].rows.append(ContentRow(content, _url(content), is_first, is_last))
        if rows.slots:
            yield rows


def _url(content: Content) -> str:
    kind, _colon, key = content.key.partition(":")
    if kind == "document":
        return reverse("document_detail", args=[int(key)])
    if kind == "material":
        return reverse("material_detail", args=[int(key)])
    if kind == "approval":
        return reverse("document_approval", args=[int(key)])
    return reverse("document_proof", args=[int(key)]) if kind == "service" else ""


@require_http_methods(["GET", "HEAD", "POST"])
def volume_prepare(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A step on the case's file with a form of its own."""
    today = clock_today()
    case = visible_case(request.user, pk, today)
    if name not in STEPS or case.procedure not in orders():
        raise Http404
    back = reverse("case_volume", args=[case.pk])
    return step_page(request, name, case, today, back=back, about=case.title, case=case)
