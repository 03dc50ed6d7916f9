"""Volumes on the case page: what is frozen, and the step that puts them together and archives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.actions import registry
from casemgr.cases.models import Case
from casemgr.cases.panels import NextStep
from casemgr.cases.people.standing import has_case_role
from casemgr.cases.procedure import Stage
from casemgr.documents.internal import may_read_internal
from casemgr.documents.volumes.access import PREPARERS
from casemgr.documents.volumes.guards import MISSING
from casemgr.documents.volumes.models import Volume
from casemgr.documents.volumes.order import orders

TEMPLATE = "volumes/_case_panel.html"
STEP = 31
"""Just before archiving itself, which waits for it."""


def frozen_volumes(case: Case, user: Any, today: date) -> list[Volume]:
    """Those the person may see; one query."""
    sees = may_read_internal(user, case, today)
    rows = Volume.objects.all() if sees else Volume.objects.visible_to(user, today)
    return list(rows.filter(case_id=case.pk).order_by("-part", "number"))


def panel_context(case: Case, user: Any, today: date) -> dict[str, Any]:
    """For `volumes/_case_panel.html`: a case that cannot be archived yet has no volume to ask for."""
    known = case.procedure in orders()
    may_have = known and (case.stage == Stage.ARCHIVED or _is_at_its_end(case, today))
    return {"keeps_volumes": known, "volumes": frozen_volumes(case, user, today) if may_have else []}


def _is_at_its_end(case: Case, today: date) -> bool:
    name = orders()[case.procedure].archive_action
    return not name or registry.get(name).state_refusal(case, today) is None


def volume_steps(case: Case, user: Any, today: date) -> Iterator[NextStep]:
    """Put together and archive, as soon as the case may be archived but for its volumes."""
    order = orders().get(case.procedure)
    if order is None or not order.archive_action or case.is_past_record:
        return
    action = registry.get(order.archive_action)
    if not _is_at_its_end(case, today) or not has_case_role(user, PREPARERS, case, today):
        return
    refusals = action.guard_refusals(case, None, today)
    others = tuple(refusal for refusal in refusals if refusal.code != MISSING)
    if len(others) < len(refusals):
        url = reverse("case_volume", args=[case.pk])
        yield NextStep(label=_("Put the volumes together and archive"), url=url, primary=STEP, refusals=others)
