"""Opening an instance of a file, entering agencies in it, and asking which one is running."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from casemgr.cases import events
from casemgr.cases.models import Case, CaseAccess, Participation
from litigation.court_numbers import key_of
from litigation.models import Instance, LitigationCase, Standing
from litigation.registration.rows import THIRD_PARTY
from litigation.terms import AgencyRole, Deed, Level

DEFENDANTS = (AgencyRole.DEFENDANT, AgencyRole.CO_DEFENDANT)


def replace_papers(below: Instance) -> None:
    """What a court above decides leaves nothing of the papers that ended this instance."""
    for paper in below.rulings.exclude(outcome=""):
        paper.is_replaced = True
        paper.save()


def running_instance(case: Case) -> Instance | None:
    """The instance in which the next thing happens."""
    order = case.facts.running_order
    return next((one for one in case.instances.all() if one.order == order), None)


def open_instance(case: LitigationCase, data: Mapping[str, Any], on: date) -> Instance:
    """The next instance of the file, from `court`, `court_number`, `level`, `track`, `judge`, `filed_on`.

    It becomes the running one. The caller enters the agencies and settles.
    """
    last = case.instances.order_by("-order").first()
    instance = Instance.objects.create(
        case_id=case.pk,
        order=last.order + 1 if last else 1,
        level=data["level"],
        court=data["court"],
        court_number=data.get("court_number") or "",
        court_key=key_of(data["court_number"]) if data.get("court_number") else "",
        track=data.get("track") or "",
        judge=data.get("judge") or "",
        earlier=data.get("earlier"),
        is_remanded=bool(data.get("is_remanded")),
    )
    case.facts.running_order = instance.order
    case.facts.save(update_fields=["running_order"])
    kept = {"level": instance.level, "court": instance.court, "number": instance.court_number}
    events.record(case, "instance_opened", data.get("filed_on") or on, subject=instance.subject, **kept)
    if data.get("filed_on") and instance.level in (Level.FIRST, Level.RETRIAL):
        events.record(case, "case_filed", data["filed_on"], subject=instance.subject)
    return instance


def enter_agency(instance: Instance, part: Participation, data: Mapping[str, Any]) -> Standing | None:
    """The agency's part in the instance, its access to the file, and its receipt of the complaint.

    A third party has no standing of its own: it owes no answer and no appearance.
    """
    case = instance.case
    let_in(case, part)
    standing = None
    if data.get("role") != THIRD_PARTY:
        standing = Standing.objects.create(
            in_instance=instance,
            participation=part,
            role=data.get("role") or AgencyRole.DEFENDANT,
            deed=data.get("deed") or Deed.ACTED,
            reason=data.get("reason") or "",
        )
    if data.get("received_on") and standing is not None:
        events.record(case, "complaint_received", data["received_on"], party=part.party, subject=instance.subject)
    return standing


def let_in(case: Case, part: Participation) -> None:
    """The agency's unit of the banner sees this file and works on it; a foreign agency has none."""
    if part.party.unit_id is not None and part.party.unit_id != case.unit_id:
        CaseAccess.objects.get_or_create(
            case_id=case.pk, unit_id=part.party.unit_id, user=None, defaults={"level": CaseAccess.Level.WORK}
        )


def defendants_of(instance: Instance) -> list[Standing]:
    """The agencies sued, the first named first."""
    return [one for one in _standings(instance) if one.role in DEFENDANTS]


def _standings(instance: Instance) -> list[Standing]:
    """Read once with their parties, unless a page has loaded them."""
    if "standings" in getattr(instance, "_prefetched_objects_cache", {}):
        return list(instance.standings.all())
    return list(instance.standings.select_related("participation__party"))


__all__ = [
    "DEFENDANTS",
    "defendants_of",
    "enter_agency",
    "let_in",
    "open_instance",
    "running_instance",
]
