"""The coded words of reconsideration, as the statutes and the statistical tables use them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationMethod(models.TextChoices):
    """How the application came in (Reconsideration Law 2023, art. 22, 32)."""

    IN_PERSON = "in_person", _("In person")
    POST = "post", _("By post")
    ONLINE = "online", _("Online")
    ORAL = "oral", _("Orally")
    VIA_AGENCY = "via_agency", _("Through the acting agency")


class Track(models.TextChoices):
    """Ordinary or simplified procedure (art. 53)."""

    ORDINARY = "ordinary", _("Ordinary procedure")
    SIMPLIFIED = "simplified", _("Simplified procedure")


class SimplifiedGround(models.TextChoices):
    """The kinds of case art. 53 allows to be simplified."""

    ON_THE_SPOT = "on_the_spot", _("The act was done on the spot, art. 53(1)(1)")
    WARNING = "warning", _("Warning or notice of criticism, art. 53(1)(2)")
    SMALL_AMOUNT = "small_amount", _("Amount of 3,000 yuan or less, art. 53(1)(3)")
    DISCLOSURE = "disclosure", _("Government information disclosure, art. 53(1)(4)")
    AGREED = "agreed", _("All parties agree, art. 53(2)")


class KnowledgeGround(models.TextChoices):
    """How the first day of the application period is fixed (Implementing Regulation 2026, art. 23)."""

    ON_THE_SPOT = "on_the_spot", _("Act done on the spot: its day")
    SIGNED = "signed", _("Served directly: day of signing or of refusal to sign")
    POST = "post", _("By post: day of signing for it")
    ELECTRONIC = "electronic", _("Electronic: arrival in the system the recipient named")
    PUBLIC_NOTICE = "public_notice", _("Public notice: end of the notice term")
    INFORMED_LATER = "informed_later", _("Informed later: day the notice was received")
    PROVEN = "proven", _("Day proven by the respondent")
    OMISSION = "omission", _("Duty not performed: end of the performance term")


class Outcome(models.TextChoices):
    """What a reconsideration case can end with; the ledgers' words for 结案方式."""

    UPHELD = "upheld", _("Upheld")
    ANNULLED = "annulled", _("Annulled")
    PARTLY_ANNULLED = "partly_annulled", _("Partly annulled")
    CHANGED = "changed", _("Changed")
    CONFIRMED_ILLEGAL = "confirmed_illegal", _("Confirmed illegal")
    CONFIRMED_VOID = "confirmed_void", _("Confirmed void")
    PERFORMANCE_ORDERED = "perform_ordered", _("Performance ordered")
    AGREEMENT_LIABILITY = "agreement", _("Liability under the agreement")
    COMPENSATION = "compensation", _("Compensation ordered")
    REQUEST_REJECTED = "request_rejected", _("Request rejected")
    APPLICATION_DISMISSED = "dismissed", _("Application dismissed")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    NOT_HANDLED = "not_handled", _("Told it will not be handled again")
    ABANDONED = "abandoned", _("Treated as given up")
    TERMINATED = "terminated", _("Terminated")
    MEDIATED = "mediated", _("Mediated")
    TAKEN_UP = "taken_up", _("Taken up by the superior")


CORRECTED = (
    Outcome.ANNULLED,
    Outcome.PARTLY_ANNULLED,
    Outcome.CHANGED,
    Outcome.CONFIRMED_ILLEGAL,
    Outcome.CONFIRMED_VOID,
    Outcome.PERFORMANCE_ORDERED,
)
"""What counts as correcting the agency (直接纠错). Liability under an agreement and compensation do not."""
FOUND_AT_FAULT = (*CORRECTED, Outcome.AGREEMENT_LIABILITY, Outcome.COMPENSATION)
"""Decisions that find something wrong with what the agency did: what causes are looked for."""
MERITS = (Outcome.UPHELD, *FOUND_AT_FAULT, Outcome.REQUEST_REJECTED)
"""Decisions on the matter (Reconsideration Law 2023, art. 63 to 72)."""


class RefusalGround(models.TextChoices):
    """The condition of art. 30(1) that fails; kinds outside the scope keep their own words for table T5."""

    NO_APPLICANT = "1", _("No definite applicant or no proper respondent, art. 30(1)(1)")
    NO_INTEREST = "2", _("No interest in the act, art. 30(1)(2)")
    NO_REQUEST = "3", _("No concrete request or reasons, art. 30(1)(3)")
    LATE = "4", _("Application out of time, art. 30(1)(4)")
    OUT_OF_SCOPE = "5", _("Outside the scope of reconsideration, art. 30(1)(5)")
    NO_JURISDICTION = "6", _("No jurisdiction, art. 30(1)(6)")
    ALREADY_ACCEPTED = "7", _("Already accepted by an authority or a court, art. 30(1)(7)")


# The office's seed of table T3; the rows are data the office edits.
ManagementArea: tuple[str, ...] = (
    "公安", "土地", "劳动社保", "市场监管", "城乡建设", "征地拆迁", "生态环境", "农牧", "林草", "交通",
    "水利", "民政", "教育", "卫生健康", "应急管理", "税务", "司法行政", "其他",
)  # fmt: skip


class SuspensionGround(models.TextChoices):
    """Why a case is suspended (Reconsideration Law 2023, art. 39(1), items 1 to 10)."""

    DEATH = "death", _("Applicant died; whether relatives take part is not settled, art. 39(1)(1)")
    INCAPACITY = "incapacity", _("Applicant lost capacity; no statutory agent yet, art. 39(1)(2)")
    MISSING = "missing", _("Applicant's whereabouts unknown, art. 39(1)(3)")
    ORGANISATION_ENDED = "organisation_ended", _("Organisation ended; no successor yet, art. 39(1)(4)")
    FORCE_MAJEURE = "force_majeure", _("Force majeure or other good reason, art. 39(1)(5)")
    MEDIATION = "mediation", _("Mediation or settlement; applicant and respondent agree, art. 39(1)(6)")
    LEGAL_QUESTION = "legal_question", _("A question of law is before the competent organ, art. 39(1)(7)")
    OTHER_CASE = "other_case", _("The result of another case must be awaited, art. 39(1)(8)")
    ANNEXED_REVIEW = "annexed_review", _("Review of a normative document or basis, art. 39(1)(9)")
    OTHER = "other", _("Other circumstances that need suspension, art. 39(1)(10)")


SUSPENSION_ITEM = {ground: number for number, ground in enumerate(SuspensionGround.values, 1)}
TERMINABLE_AFTER_SIXTY_DAYS = (
    SuspensionGround.DEATH,
    SuspensionGround.INCAPACITY,
    SuspensionGround.ORGANISATION_ENDED,
)
"""Items 1, 2 and 4 of art. 39(1); a missing applicant is not on the list (art. 41(5))."""


class TerminationGround(models.TextChoices):
    """Why a case is terminated (art. 41, items 1 to 5)."""

    WITHDRAWN = "withdrawn", _("Application withdrawn, withdrawal permitted, art. 41(1)")
    NO_RELATIVES = "no_relatives", _("Applicant died; no relatives, or they renounce, art. 41(2)")
    NO_SUCCESSOR = "no_successor", _("Organisation ended; no successor, or it renounces, art. 41(3)")
    CRIMINAL_CASE = "criminal_case", _("The same breach led to criminal coercive measures, art. 41(4)")
    SIXTY_DAYS = "sixty_days", _("Suspended for sixty days under item 1, 2 or 4, art. 41(5)")


class TakingUpGround(models.TextChoices):
    """Why the superior should take a case up (Implementing Regulation 2026, art. 40(1), items 1 to 4)."""

    PUBLIC_INTEREST = "public", _("Major public interest or great influence, Regulation, art. 40(1)(1)")
    NEW_KIND = "new_kind", _("New kind of case, grave, difficult and complex, Regulation, art. 40(1)(2)")
    GUIDING = "guiding", _("Guides the application of the law, Regulation, art. 40(1)(3)")
    OTHER = "other", _("Other need, Regulation, art. 40(1)(4)")


class JoinderGround(models.TextChoices):
    """Why cases are tried together (Implementing Regulation 2026, art. 43(1), items 1 to 4)."""

    SEVERAL_AGENCIES = "agencies", _("Several agencies acted on the same fact, Regulation, art. 43(1)(1)")
    SEVERAL_PARTIES = "parties", _("One agency acted on the same fact towards several, Regulation, art. 43(1)(2)")
    NEW_ACT = "new_act", _("A new act towards the applicant meanwhile, Regulation, art. 43(1)(3)")
    OTHER = "other", _("Other circumstances, Regulation, art. 43(1)(4)")


class DismissalGround(models.TextChoices):
    """Why an accepted application is dismissed (art. 33 with 30(1); Implementing Regulation 2026, art. 37(1))."""

    NO_APPLICANT = "1", _("No definite applicant or no proper respondent, art. 30(1)(1)")
    NO_INTEREST = "2", _("No interest in the act, art. 30(1)(2)")
    NO_REQUEST = "3", _("No concrete request or reasons, art. 30(1)(3)")
    LATE = "4", _("Application out of time, art. 30(1)(4)")
    OUT_OF_SCOPE = "5", _("Outside the scope of reconsideration, art. 30(1)(5)")
    NO_JURISDICTION = "6", _("No jurisdiction, art. 30(1)(6)")
    ALREADY_ACCEPTED = "7", _("Already accepted by an authority or a court, art. 30(1)(7)")
    BASELESS = "37-1", _("Clearly baseless and insisted on after explanation, Regulation 2026, art. 37(1)(1)")
    BEYOND_POWER = "37-2", _("Duty or payment clearly beyond the agency's power, Regulation 2026, art. 37(1)(2)")
    CONFIRMED_BY_COURT = "37-3", _("Effect confirmed by an effective court paper, Regulation 2026, art. 37(1)(3)")


class StopGround(models.TextChoices):
    """Why execution is stopped (art. 42, items 1 to 4)."""

    RESPONDENT = "respondent", _("The respondent holds it necessary, art. 42(1)")
    AUTHORITY = "authority", _("The authority holds it necessary, art. 42(2)")
    ON_APPLICATION = "on_application", _("Applied for, and the request is reasonable, art. 42(3)")
    BY_LAW = "by_law", _("A law, regulation or rule provides it, art. 42(4)")


class ExcludedTime(models.TextChoices):
    """Time that does not count towards the decision period."""

    INSPECTION = "inspection", _("On-site inspection (Implementing Regulation 2026, art. 45; 2007, art. 34)")
    APPRAISAL = "appraisal", _("Appraisal (Implementing Regulation 2026, art. 46; 2007, art. 37)")
    SUPERIOR = "superior", _("Asking the superior to take the case (Implementing Regulation 2026, art. 40)")
    SUSPENSION_2017 = "suspension", _("Suspension of an old case (Implementing Regulation 2007, art. 41)")
