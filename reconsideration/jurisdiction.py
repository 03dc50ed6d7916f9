"""Which authority is competent, by the kind of agency that acted (Reconsideration Law 2023, art. 24, 27, 28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casemgr.parties.models import Party
from casemgr.parties.reference import BANNER_GOVERNMENT, CITY_GOVERNMENT
from reconsideration.citations import cited

Text = str | Promise
Kind = Party.AgencyKind
OUR_AUTHORITY = BANNER_GOVERNMENT
CITY_JUSTICE_BUREAU = "鄂尔多斯市司法局"
SUPERIOR = "superior"
"""Stands for the superior department of the agency itself."""


@dataclass(frozen=True)
class Provision:
    """One line of the statute: whose acts, which authorities, why. Several authorities are the applicant's choice."""

    authorities: tuple[str, ...]
    article: str
    why: Text


_PROVISIONS: dict[str, Provision] = {
    Kind.DEPARTMENT: Provision(
        (BANNER_GOVERNMENT,),
        "24(1)(1)",
        _("Acts of a department of the banner government are reviewed by the banner government."),
    ),
    Kind.TOWN_GOVERNMENT: Provision(
        (BANNER_GOVERNMENT,),
        "24(1)(2)",
        _("Acts of a town or sumu government are reviewed by the government one level up, the banner's."),
    ),
    Kind.BANNER_GOVERNMENT: Provision(
        (CITY_GOVERNMENT,),
        "24(1)(2)",
        _("Acts of the banner government itself are reviewed by the government one level up, the city's."),
    ),
    Kind.DISPATCHED_ORGAN: Provision(
        (BANNER_GOVERNMENT,),
        "24(1)(3)",
        _("Acts of a dispatched organ, such as a street office, are reviewed by the government that set it up."),
    ),
    Kind.AUTHORISED_ORGANISATION: Provision(
        (BANNER_GOVERNMENT,),
        "24(1)(4)",
        _("Acts of an organisation authorised by law are reviewed by the government that manages it."),
    ),
    Kind.DISPATCHED_BODY: Provision(
        (BANNER_GOVERNMENT,),
        "24(4)",
        _("Acts of a department's dispatched body in its own name are reviewed by that department's government."),
    ),
    Kind.CITY_BRANCH: Provision(
        (CITY_GOVERNMENT, BANNER_GOVERNMENT),
        "24(4)",
        _(
            "Acts of a city bureau's branch for the banner are reviewed by the city government; "
            "the applicant may also choose the government of the place."
        ),
    ),
    Kind.VERTICAL: Provision(
        (SUPERIOR,),
        "27",
        _("Tax, customs, finance supervision, foreign exchange and state security: the superior department reviews."),
    ),
    Kind.JUSTICE_BUREAU: Provision(
        (BANNER_GOVERNMENT, CITY_JUSTICE_BUREAU),
        "28",
        _(
            "Acts of the justice bureau that is itself the reconsideration office: "
            "the applicant chooses between the banner government and the superior justice bureau."
        ),
    ),
}
_UNKNOWN = Provision(
    (),
    "24",
    _("The kind of agency is not recorded or not in the table: find the competent authority by hand (art. 24 to 28)."),
)


@dataclass(frozen=True)
class Jurisdiction:
    """Who reviews the acts of one agency. `is_ours` is None when a person must find out."""

    agency: str
    authorities: tuple[Text, ...]
    article: str
    why: Text
    is_ours: bool | None

    @property
    def citation(self) -> str:
        return cited(self.article)


def competent(agency_kind: str, agency: str = "", superior: str = "") -> Jurisdiction:
    """The authorities for an agency of that kind; `superior` names its superior department where known."""
    provision = _PROVISIONS.get(agency_kind, _UNKNOWN)
    named = tuple(
        (superior or _("its superior department")) if name == SUPERIOR else name for name in provision.authorities
    )
    is_ours = OUR_AUTHORITY in provision.authorities if provision.authorities else None
    return Jurisdiction(agency, named, provision.article, provision.why, is_ours)


def of_agency(agency: Party) -> Jurisdiction:
    """As `competent`, for an agency of the registry."""
    needs_superior = agency.agency_kind == Kind.VERTICAL and agency.superior_id
    return competent(agency.agency_kind, agency.name, agency.superior.name if needs_superior else "")


def is_ours(found: Sequence[Jurisdiction]) -> bool | None:
    """Whether our authority is competent for an act of all these agencies; None when a person must find out.

    Agencies that acted jointly under different authorities are for a person to judge
    (Implementing Regulation 2026, art. 32 covers only some of these cases).
    """
    answers = {item.is_ours for item in found}
    return answers.pop() if len(answers) == 1 else None
