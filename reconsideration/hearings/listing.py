"""Lists of hearings: coming, with something missing, past and not recorded, held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Deadline
from casemgr.pages.dates import moment
from reconsideration.hearings.lacks import DECISION_RULES, Lack, lacks, of_decision
from reconsideration.hearings.terms import HearingState
from reconsideration.models import Hearing, HearingParty, PanelMember

SHOWN = {
    "coming": gettext_lazy("Coming"),
    "missing": gettext_lazy("Something is missing"),
    "unrecorded": gettext_lazy("Past, not closed"),
    "held": gettext_lazy("Held or ended"),
}


@dataclass(frozen=True)
class HearingLine:
    hearing: Hearing
    lacks: list[Lack]


def listed(user: Any, today: date, shown: str) -> QuerySet[Hearing]:
    found = Hearing.objects.visible_to(user, today)
    begin = moment(today)
    if shown == "held":
        return found.exclude(pk__in=Hearing.objects.open().values("pk"))
    found = found.open()
    if shown == "unrecorded":
        return found.filter(booking__starts_at__lt=begin)
    found = found.filter(booking__starts_at__gte=begin)
    return with_decision(found).filter(_something_missing()) if shown == "missing" else found


def with_decision(found: QuerySet[Hearing]) -> QuerySet[Hearing]:
    """With the day on which the case's decision is due, as `decision_due`; costs no query of its own."""
    running = Deadline.objects.filter(
        case=OuterRef("case_id"), rule__in=DECISION_RULES, status__in=(Deadline.Status.OPEN, Deadline.Status.PAUSED)
    )
    return found.annotate(decision_due=Subquery(running.order_by("due_on").values("due_on")[:1]))


def _something_missing() -> Q:
    """A party not told, no head named nor explained, a member of the panel silent on interests, no time to decide."""
    mine = HearingParty.objects.filter(hearing=OuterRef("pk"), participation__left_on=None)
    headless = Q(participation__role="respondent", head_name="") & (Q(head_absence="") | Q(delegate=""))
    silent = PanelMember.objects.filter(hearing=OuterRef("pk"), declared_on=None)
    too_late = Q(booking__starts_at__date__gte=F("decision_due"))
    return Q(state=HearingState.PLANNED) | Q(Exists(mine.filter(headless))) | Q(Exists(silent)) | too_late


def lines_of(hearings: Sequence[Hearing], today: date) -> list[HearingLine]:
    """With what each lacks, the urgent first; the rows come with `joined`."""
    found = []
    for one in hearings:
        missing = lacks(one, list(one.parties.all()), list(one.panel.all()), today)
        missing += of_decision(one, one.decision_due)
        found.append(HearingLine(one, sorted(missing, key=lambda lack: not lack.is_late)))
    return found


def joined(found: QuerySet[Hearing]) -> QuerySet[Hearing]:
    parties = Prefetch("parties", HearingParty.objects.select_related("participation"))
    panel = Prefetch("panel", PanelMember.objects.select_related("user"))
    return with_decision(found).select_related("case", "booking__room").prefetch_related(parties, panel)
