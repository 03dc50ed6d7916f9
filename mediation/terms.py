"""The coded words of people's mediation, as the statistical tables and the ledgers use them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(models.TextChoices):
    """Where the dispute came from; the names of table M-1 (People's Mediation Law, art. 17, 18)."""

    APPLICATION = "application", _("On application")
    OWN_MOTION = "own_motion", _("Of own motion")
    REFERRED = "referred", _("Referred by another organ")


class SubSource(models.TextChoices):
    """How exactly; each belongs to one source (`SUB_SOURCES`)."""

    WRITTEN = "written", _("In writing")
    ORAL = "oral", _("Orally")
    PATROL = "patrol", _("Found on patrol")
    GRID = "grid", _("Found by the grid worker")
    CAMPAIGN = "campaign", _("Found in a campaign")
    MEDIATOR = "mediator", _("Found by the mediator")
    OTHER = "other", _("Found otherwise")
    COURT_DELEGATED = "court_delegated", _("Delegated by the court (before filing)")
    COURT_ENTRUSTED = "court_entrusted", _("Entrusted by the court (after filing)")
    PROCURATORATE = "procuratorate", _("Procuratorate")
    POLICE = "police", _("Police")
    PETITION = "petition", _("Petition office")
    ARBITRATION = "arbitration", _("Arbitration")
    RECONSIDERATION = "reconsideration", _("Reconsideration office")
    OTHER_ORGAN = "other_organ", _("Other organ")


SUB_SOURCES: dict[str, tuple[SubSource, ...]] = {
    Source.APPLICATION: (SubSource.WRITTEN, SubSource.ORAL),
    Source.OWN_MOTION: (
        SubSource.PATROL,
        SubSource.GRID,
        SubSource.CAMPAIGN,
        SubSource.MEDIATOR,
        SubSource.OTHER,
    ),
    Source.REFERRED: (
        SubSource.COURT_DELEGATED,
        SubSource.COURT_ENTRUSTED,
        SubSource.PROCURATORATE,
        SubSource.POLICE,
        SubSource.PETITION,
        SubSource.ARBITRATION,
        SubSource.RECONSIDERATION,
        SubSource.OTHER_ORGAN,
    ),
}


class DisputeType(models.TextChoices):
    """The types of table M-1 (dossier §4.2)."""

    FAMILY = "01", _("Marriage and family")
    NEIGHBOURS = "02", _("Neighbours")
    HOUSING = "03", _("House and homestead")
    CONTRACT = "04", _("Contract")
    BUSINESS = "05", _("Production and business")
    DAMAGE = "06", _("Compensation for damage")
    LAND = "07", _("Forest, land and grassland")
    EXPROPRIATION = "08", _("Expropriation and demolition")
    ENVIRONMENT = "09", _("Environmental pollution")
    LABOUR = "10", _("Labour dispute")
    CONSUMER = "11", _("Consumer dispute")
    MEDICAL = "12", _("Medical dispute")
    TRAFFIC = "13", _("Road traffic accident")
    PROPERTY_SERVICE = "14", _("Property service")
    INTELLECTUAL_PROPERTY = "15", _("Intellectual property")
    VILLAGE_AFFAIRS = "16", _("Village affairs")
    OTHER = "99", pgettext_lazy("dispute type", "Other")


SENSITIVE_TYPES = frozenset((DisputeType.FAMILY, DisputeType.MEDICAL))
"""What a dispute of them tells of its parties touches their family or their health: small counts are not published."""


class DisputeSubType(models.TextChoices):
    """Sub-causes of a type; the first digits are the type's code."""

    LENDING = "0401", _("Private lending")
    LAND_CONTRACT = "0701", _("Contracted land")
    GRASSLAND = "0702", _("Grassland and pasture")
    LAND_OWNERSHIP = "0709", _("Ownership or right of use of land, forest or grassland")
    MIGRANT_WAGES = "1001", _("Wages owed to migrant workers")
    OTHER_LABOUR = "1009", _("Other labour dispute")
    TOURISM = "1101", _("Tourism")
    ONLINE_TRADE = "1102", _("Online trade")
    OTHER_CONSUMER = "1109", _("Other consumer dispute")


ADMINISTRATIVE, JUDICIAL, JOINT = "行政调解", "司法调解", "联合调解"
"""Marks of a record that is no people's mediation, or not only."""
NOT_PEOPLES_MEDIATION = frozenset((ADMINISTRATIVE, JUDICIAL))
"""With these a record is counted in no table of people's mediation: the three kinds never mix (dossier §5.4)."""


class CourtTrack(models.TextChoices):
    """Which of the court's clocks runs (Provisions on invited mediation, art. 27)."""

    DELEGATED = "delegated", _("Delegated before filing")
    ENTRUSTED_ORDINARY = "entrusted_ordinary", _("Entrusted, ordinary procedure")
    ENTRUSTED_SUMMARY = "entrusted_summary", _("Entrusted, summary procedure")


class Exclusion(models.TextChoices):
    """Why a dispute cannot be mediated by a committee, or what to mind (dossier §1.2)."""

    REFUSED = "E1", _("A party clearly refuses mediation")
    RESERVED = "E2", _("The law gives it to a special organ only, or forbids mediation")
    ELSEWHERE = "E3", _("A court, an arbitration body or an administrative organ has already accepted it")
    ADMINISTRATIVE = "E4", _("Dispute between citizen and organ about an administrative act")
    LAND_RIGHT = "E5", _("Ownership or right of use of land, forest or grassland")
    CRIME = "E6", _("Likely crime or public-order case")
    VIOLENCE = "E7", _("Domestic violence, or harm to a minor")
    COMPENSATION = "E8", _("Compensation for expropriation, against the government")


class RiskFlag(models.TextChoices):
    """What must be minded from the first hour on."""

    SUICIDE = "suicide", _("Someone may harm himself")
    TO_CRIME = "to_crime", _("May turn into a crime")
    PETITION = "petition", _("Collective petition threatens")
    FIGHT = "fight", _("Collective fight threatens")
    VIOLENCE = "violence", _("Domestic violence")
    MINOR = "minor", _("A minor is harmed")


class PauseGround(models.TextChoices):
    """Why the mediation rests (dossier §1.4, T7). Only an appraisal may stop a clock."""

    APPRAISAL = "appraisal", _("Appraisal")
    EXPERT = "expert", _("Expert opinion")
    ILLNESS = "illness", _("A party is ill")
    OTHER_DEADLINE = "other_deadline", _("Another procedure's period is waited for")
    CRIMINAL_REPORT = "criminal_report", _("Reported to the police")
    SHAM = "sham", _("Sham mediation suspected (Provisions on invited mediation, art. 18)")
    OTHER = "other", pgettext_lazy("pause", "Other")


class Ending(models.TextChoices):
    """How a mediation ended; the ledger's words for 调解结果."""

    AGREED = "agreed", _("Agreement reached")
    FAILED = "failed", _("No agreement reached")
    TERMINATED = "terminated", _("Mediation terminated")
    WITHDRAWN = "withdrawn", _("Application withdrawn")
    RETURNED = "returned", _("Returned to the sender")
    NOT_ACCEPTED = "not_accepted", _("Not taken on")
    REFERRED_OUT = "referred_out", _("Handed to another committee or organ")
    VOID = "void", _("Void")


class FailureGround(models.TextChoices):
    """Why no agreement came about (dossier §1.4, T11)."""

    NO_AGREEMENT = "no_agreement", _("The parties did not agree")
    EXPIRED = "expired", _("The period ended without extension")
    NOT_SIGNED = "not_signed", _("A party refuses to sign (Rules on online mediation, art. 25)")


class TerminationGround(models.TextChoices):
    """Why a mediation is terminated (dossier §1.4, T12)."""

    REFUSED = "refused", _("A party refuses or asks to stop (art. 23(2))")
    UNREACHABLE = "unreachable", _("A party cannot be reached")
    ELSEWHERE = "elsewhere", _("Another organ has accepted the dispute")
    CRIME = "crime", _("Likely crime")
    DEATH = "death", _("A party died without successor")
    SHAM = "sham", _("Sham mediation found (Provisions on invited mediation, art. 18(2))")
    SETTLED_ALONE = "settled_alone", _("The parties settled by themselves (case of own motion)")


TERMINATED_AT_ONCE = (
    TerminationGround.REFUSED,
    TerminationGround.ELSEWHERE,
    TerminationGround.CRIME,
    TerminationGround.SHAM,
)
"""A party's will or a bar in law: no approval is waited for (art. 17, 23(2))."""


class AgreementForm(models.TextChoices):
    WRITTEN = "written", _("In writing")
    ORAL = "oral", _("Oral")


class ObligationKind(models.TextChoices):
    PAY = "pay", _("Pay")
    HAND_OVER = "hand_over", _("Hand over")
    DO = "do", pgettext_lazy("obligation", "Do")
    REFRAIN = "refrain", _("Refrain")
    APOLOGISE = "apologise", _("Apologise")


class Performance(models.TextChoices):
    """How an agreement stands; the ledger's words for 履行情况, and how a breach went on."""

    PERFORMED = "performed", _("Performed")
    PARTLY = "partly", _("Performed in part")
    NOT_PERFORMED = "not_performed", _("Not performed")
    SUED = "sued", _("Sued on")
    ENFORCEMENT = "enforcement", _("Enforcement applied for")


class Route(models.TextChoices):
    """The other ways a party must be told of (art. 26); `PETITION_GOVERNMENT`: Organic Regulation 1989, art. 9."""

    ARBITRATION = "arbitration", _("Arbitration")
    ADMINISTRATIVE = "administrative", _("Handling by the administrative organ")
    COURT = "court", _("Suit at court")
    RECONSIDERATION = "reconsideration", _("Reconsideration or administrative suit")
    POLICE = "police", _("Report to the police")
    BASE_GOVERNMENT = "base_government", _("Handling by the base-level government")
    PAYMENT_ORDER = "payment_order", _("Payment order")
    OTHER_COMMITTEE = "other_committee", _("Another mediation committee")


class CommitteeBody(models.TextChoices):
    """The six bodies of table M-1."""

    VILLAGE = "village", _("Village (gacha)")
    RESIDENT = "resident", _("Residents' committee (community)")
    TOWN = "town", pgettext_lazy("committee", "Town (sumu)")
    STREET = "street", pgettext_lazy("committee", "Street")
    ENTERPRISE = "enterprise", _("Enterprise or institution")
    TRADE = "trade", _("Social group or other organisation (trade or profession)")


class Prevented(models.TextChoices):
    """The four prevention effects of table M-1, each counted in cases and people."""

    SUICIDE = "suicide", _("Suicide prevented")
    TO_CRIME = "to_crime", _("Turning into a crime prevented")
    PETITION = "petition", _("Collective petition prevented")
    FIGHT = "fight", _("Collective fight prevented")


THREATS = {
    Prevented.SUICIDE: RiskFlag.SUICIDE.label,
    Prevented.TO_CRIME: RiskFlag.TO_CRIME.label,
    Prevented.PETITION: RiskFlag.PETITION.label,
    Prevented.FIGHT: RiskFlag.FIGHT.label,
}
"""What threatens, while nothing is prevented yet."""


class LeadSource(models.TextChoices):
    """How a sign of a dispute came to the committee's ears."""

    PATROL = "patrol", pgettext_lazy("lead", "On patrol")
    GRID = "grid", pgettext_lazy("lead", "Grid worker")
    CAMPAIGN = "campaign", pgettext_lazy("lead", "In a campaign")
    MEDIATOR = "mediator", pgettext_lazy("lead", "Mediator")
    RESIDENT = "resident", pgettext_lazy("lead", "Told by residents")
    OTHER = "other", pgettext_lazy("lead", "Otherwise")


class MediationKind(models.TextChoices):
    """The three that work together and are never counted as one (三调联动, dossier §5.4)."""

    PEOPLE = "people", pgettext_lazy("kind of mediation", "People's mediation")
    ADMINISTRATIVE = "administrative", pgettext_lazy("kind of mediation", "Administrative mediation")
    JUDICIAL = "judicial", pgettext_lazy("kind of mediation", "Mediation by the court")


class AdministrativeMatter(models.TextChoices):
    """What departments mediate."""

    SECURITY = "security", pgettext_lazy("administrative matter", "Public security")
    TRAFFIC = "traffic", pgettext_lazy("administrative matter", "Road traffic accident")
    LAND = "land", pgettext_lazy("administrative matter", "Land, forest, grassland")
    LABOUR = "labour", pgettext_lazy("administrative matter", "Labour and wages")
    CONSUMER = "consumer", pgettext_lazy("administrative matter", "Consumer and market")
    HOUSING = "housing", pgettext_lazy("administrative matter", "Housing and property service")
    MEDICAL = "medical", pgettext_lazy("administrative matter", "Medical")
    ENVIRONMENT = "environment", pgettext_lazy("administrative matter", "Environment")
    PRODUCT = "product", pgettext_lazy("administrative matter", "Farming, seeds, livestock")
    OTHER = "other", pgettext_lazy("administrative matter", "Other matter")
