"""Conditions under which a studio is applied for, approved, started and cancelled (dossier §3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.errors import Refusal
from mediation.models import CommitteeState, Mediator, Studio
from mediation.organisations.findings import findings
from mediation.organisations.names import clash
from mediation.organisations.open_cases import open_cases_of
from mediation.organisations.requirements import requirements
from mediation.organisations.studio_findings import is_giver_engaged


def _conditions(studio: Studio, data: Mapping | None, today: date) -> bool:
    return all(requirement.is_met for requirement in requirements(studio, today))


def _lacking(studio: Studio, data: Mapping | None, today: date) -> str:
    return "；".join(f"{row.label} {row.asked} ({row.shown})" for row in requirements(studio, today) if not row.is_met)


def _committee_is_whole(studio: Studio, data: Mapping | None, today: date) -> bool:
    return studio.committee.state == CommitteeState.STANDING and not findings(studio.committee, today)


def _committee_lacks(studio: Studio, data: Mapping | None, today: date) -> str:
    return " ".join(str(finding) for finding in findings(studio.committee, today))


consent_given = Guard(
    code="no-consent",
    article="",
    message=gettext_lazy("The name-giver's consent is missing. Enter its day in the draft."),
    check=lambda studio, data, today: studio.consented_on is not None,
)
giver_is_mediator = Guard(
    code="name-giver-not-engaged",
    article="",
    message=gettext_lazy("The name-giver is no mediator of the committee. Engage them there, or choose another."),
    check=lambda studio, data, today: is_giver_engaged(studio, today),
)
conditions_met = Guard(
    code="conditions",
    article="",
    message=gettext_lazy("The rules for studios ask for more:"),
    check=_conditions,
    detail=_lacking,
)
committee_whole = Guard(
    code="committee-not-whole",
    article=gettext_lazy("People's Mediation Law, art. 8, 9"),
    message=gettext_lazy("Its committee is not as the law asks. Put that right first."),
    check=_committee_is_whole,
    detail=_committee_lacks,
)
name_free = Guard(
    code="name-taken",
    article="",
    message=gettext_lazy("Another studio or committee of the banner bears this name. Choose another name."),
    check=lambda studio, data, today: not clash(studio.short_name, studio.full_name, studio),
)
cases_handed_over = Guard(
    code="open-cases",
    article="",
    message=gettext_lazy("Cases are still open here. Hand them over to the committee first."),
    check=lambda studio, data, today: not open_cases_of(studio).exists(),
    detail=lambda studio, data, today: "、".join(
        open_cases_of(studio).order_by("pk").values_list("number", flat=True)[:5]
    ),
)


def taken(short_name: str, full_name: str, giver: Mediator, but: Studio | None = None) -> list[Refusal]:
    """Why a name or its giver cannot be used: both count while a studio is applied for or lives."""
    found = []
    if other := clash(short_name, full_name, but):
        text = _("“%(other)s” bears this name in the banner. Choose another name.")
        found.append(Refusal("name-taken", text % {"other": other}, field="name_word"))
    named = giver.studios_named.living()
    if but is not None:
        named = named.exclude(pk=but.pk)
    if (studio := named.first()) is not None:
        text = _("One person gives a name to one studio only: %(studio)s.")
        found.append(Refusal("one-name-giver", text % {"studio": studio.short_name}, field="name_giver"))
    return found
