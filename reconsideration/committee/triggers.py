"""When the committee must be asked (Reconsideration Law 2023, art. 52(2)): proposals from what the case says.

A proposal decides nothing: the officer confirms a ground by asking the committee.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from casemgr.cases import events
from casemgr.cases.models import Participation
from casemgr.cases.procedure import Text
from reconsideration.models import Consultation, ReconsiderationCase
from reconsideration.old_law import LAW_2017
from reconsideration.terms import ExcludedTime

Trigger = Consultation.Trigger
MANY_APPLICANTS = 5
LARGE_YUAN = 1_000_000
"""From how many applicants and which amount on a case is proposed as grave: this office's own measure."""
TECHNICAL_AREAS = ("生态环境", "卫生健康", "水利", "应急管理", "税务")
OFFERED = (Trigger.GRAVE, Trigger.TECHNICAL, Trigger.OFFICE)
"""Item 3 is about provincial governments that review their own acts: it cannot arise in a banner."""


@dataclass(frozen=True)
class Proposal:
    trigger: Trigger
    why: Text


def proposals(case: ReconsiderationCase) -> list[Proposal]:
    """From facts, participants and events as the page has loaded them."""
    if case.law_version == LAW_2017:
        return []
    return [*_grave(case), *_technical(case)]


def _grave(case: ReconsiderationCase) -> Iterator[Proposal]:
    applicants = [
        part for part in case.participations.all() if part.role == Participation.Role.APPLICANT and not part.left_on
    ]
    kinds = {fact.kind for fact in events.facts_of(case)}
    reasons = []
    if len(applicants) >= MANY_APPLICANTS:
        reasons.append(_("%(count)s applicants") % {"count": len(applicants)})
    if (case.facts.amount_yuan or 0) >= LARGE_YUAN:
        reasons.append(_("the amount is %(amount)s yuan") % {"amount": f"{case.facts.amount_yuan:,.0f}"})
    if "extended" in kinds:
        reasons.append(_("the period was extended because the case is complex"))
    if "converted_to_ordinary" in kinds:
        reasons.append(_("it was converted to the ordinary procedure"))
    if kinds & {"hearing_planned", "hearing_held"}:
        reasons.append(_("a hearing is held"))
    if reasons:
        yield Proposal(Trigger.GRAVE, "；".join(reasons))


def _technical(case: ReconsiderationCase) -> Iterator[Proposal]:
    reasons = []
    if case.facts.area and case.facts.area.name in TECHNICAL_AREAS:
        reasons.append(_("field of administration: %(area)s") % {"area": case.facts.area.name})
    if any(
        fact.kind == "excluded_from" and fact.data.get("excluded") == ExcludedTime.APPRAISAL
        for fact in events.facts_of(case)
    ):
        reasons.append(_("an appraisal was commissioned"))
    if reasons:
        yield Proposal(Trigger.TECHNICAL, "；".join(reasons))


__all__ = ["OFFERED", "Proposal", "proposals"]
