"""Heads of agencies in court (dossier §4.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casemgr.indicators.definition import Dimension, Indicator, Text
from litigation.models import PROCEDURE, Instance, Standing
from litigation.terms import Seen

RAW, JUSTIFIED, CASES = "head-appearance", "head-appearance-justified", "head-appearance-cases"
COUNTED = (Seen.ATTENDED, Seen.JUSTIFIED, Seen.ABSENT)
PLAN = Decimal("98.00")
"""Per cent."""
NO_SESSION = _("no case with a session")


def units_counted() -> QuerySet[Standing]:
    """One a court number and sued agency of the banner, as soon as a session was held."""
    ours = Standing.objects.filter(participation__party__unit__isnull=False, heard_on__isnull=False)
    return ours.filter(seen__in=COUNTED)


def without_justified() -> QuerySet[Standing]:
    return units_counted().exclude(seen=Seen.JUSTIFIED)


def cases_counted() -> QuerySet[Instance]:
    """One a court number in which a session was held."""
    return Instance.objects.filter(heard_on__isnull=False, seen__in=COUNTED)


def standing_words(row: Standing) -> Text:
    """（2026）内0621行初1号　达拉特旗公安局　Absent"""
    remarks = "；".join(row.words)
    return "　".join(filter(None, (str(row.in_instance), row.participation.name, row.get_seen_display(), remarks)))


def instance_words(row: Instance) -> Text:
    return f"{row}　{row.get_seen_display()}"


def by_the_banner_s_plan(year: int) -> tuple[Decimal, date]:
    """98 per cent by the end of the year, unless a target of the year is entered."""
    return PLAN, date(year, 12, 31)


_UNIT = _(
    "A unit is one court number and one sued agency of the banner in which at least one court session was held; it "
    "counts in the year of the first one. First and second instance and retrial count each for itself; inquiries, "
    "mediations, and what is decided on the papers do not count. Attended is a unit in which a head of the agency "
    "(principal, deputy, or in charge of the act) came to a session with an accepted certificate, did not leave "
    "without leave, and came to every session for which the court called again. Where co-defendants agreed on one "
    "head and the paper is on file, the other agency does not count."
)
APPEARANCE = Indicator(
    code=RAW,
    name=_("Heads in court"),
    # Appearance Provisions 2020, art. 2, 3, 6, 7; Litigation Law, art. 3(3)
    formula=_UNIT,
    version=2,
    rows=units_counted,
    case="in_instance__case",
    hit=Q(seen=Seen.ATTENDED),
    on=F("heard_on"),
    unit=F("participation__party__unit_id"),
    dimensions=(Dimension.UNIT,),
    counted=_("head came"),
    missed=_("head absent"),
    procedures=(PROCEDURE,),
    row_words=standing_words,
    plan=by_the_banner_s_plan,
    joined=("in_instance", "participation"),
    nothing=NO_SESSION,
)
APPEARANCE_JUSTIFIED = replace(
    APPEARANCE,
    code=JUSTIFIED,
    name=_("Heads in court, less absences with good reason"),
    # Appearance Provisions 2020, art. 8, 9
    formula=_(
        "As “Heads in court”, but units in which the head was absent for a good reason, with evidence and seal or "
        "signature on file that the court did not reject, are taken out of the denominator."
    ),
    rows=without_justified,
)
APPEARANCE_CASES = replace(
    APPEARANCE,
    code=CASES,
    name=_("Heads in court, by case"),
    formula=_(
        "One unit a court number in which a session was held. Attended is a number in which the head of every sued "
        "agency came, or for an agency the head of the co-defendant agreed upon. Good reasons are not taken out."
    ),
    rows=cases_counted,
    case="case",
    unit=None,
    row_words=instance_words,
    joined=(),
)
HEADS = (APPEARANCE, APPEARANCE_JUSTIFIED, APPEARANCE_CASES)
