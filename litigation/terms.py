"""The words of litigation follow-up: what may be chosen, with the text a choice comes from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FileKind(models.TextChoices):
    """What the dispute before the court is."""

    SUIT = "suit", _("Administrative suit")
    COMPENSATION = "compensation", _("Suit for state compensation")
    PUBLIC_INTEREST = "public_interest", _("Public interest suit of the procuratorate")
    NON_LITIGATION = "non_litigation", _("Non-litigation enforcement asked by an agency")
    CIVIL = "civil", _("Civil suit against an agency")


class Level(models.TextChoices):
    """What a court number stands for (dossier §5.1)."""

    FIRST = "first", _("First instance")
    SECOND = "second", _("Second instance")
    RETRIAL_REVIEW = "retrial_review", _("Review of a retrial application")
    RETRIAL = "retrial", pgettext_lazy("court", "Retrial")
    REVIEW = "review", _("Non-litigation enforcement review")
    EXECUTION = "execution", pgettext_lazy("court", "Execution")
    RESUMED = "resumed", _("Resumed execution")


TRIALS = (Level.FIRST, Level.SECOND, Level.RETRIAL)
"""In which the head must appear and a case is decided (2020 provisions, art. 1, 7)."""
EXECUTIONS = (Level.EXECUTION, Level.RESUMED)


class Track(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary procedure")
    SIMPLIFIED = "simplified", _("Simplified procedure")


class AgencyRole(models.TextChoices):
    """What an agency is before the court."""

    DEFENDANT = "defendant", _("Defendant")
    CO_DEFENDANT = "co_defendant", _("Co-defendant")
    THIRD_PARTY = "third_party", _("Third party")
    APPLICANT = "applicant", _("Applicant for enforcement")


class Role(models.TextChoices):
    """What an agency did, from which its part before the court follows."""

    ACTED = "acted", _("Made the act")
    RECONSIDERED = "reconsidered", _("Decided the reconsideration")
    SHOULD_HAVE_ACTED = "should_have_acted", _("Should have acted")
    JOINED = "joined", _("Otherwise concerned")


class Cause(models.TextChoices):
    """What kind of act the suit is about (table T2)."""

    PENALTY = "penalty", _("Administrative penalty")
    COERCIVE_MEASURE = "coercive_measure", _("Coercive measure")
    COERCIVE_ENFORCEMENT = "coercive_enforcement", _("Coercive enforcement")
    EXPROPRIATION = "expropriation", _("Expropriation and its compensation")
    LICENCE = "licence", _("Licence")
    CONFIRMATION = "confirmation", _("Confirmation of a right or status")
    OMISSION = "omission", _("Failure to act")
    DISCLOSURE = "disclosure", _("Government information")
    REPORT_HANDLING = "report_handling", _("Handling of a report or complaint")
    AGREEMENT = "agreement", _("Administrative agreement")
    COMPENSATION = "compensation", _("State compensation")
    WORK_INJURY = "work_injury", _("Work injury")
    PAYMENT = "payment", _("Pension, minimum living allowance, social insurance")
    RECONSIDERATION = "reconsideration", _("Reconsideration decision itself")
    OTHER = "other", _("Other")


class PaperKind(models.TextChoices):
    """What the court issued."""

    JUDGMENT = "judgment", _("Judgment")
    RULING = "ruling", _("Ruling")
    MEDIATION = "mediation", _("Mediation document of the court")
    DECISION = "decision", _("Decision")
    ORDER = "order", _("Order")


class RulingMatter(models.TextChoices):
    """What a ruling is about; only the first three can be appealed (Interpretation 2018, art. 101(2))."""

    NOT_FILED = "not_filed", _("Suit not filed")
    DISMISSED = "dismissed", _("Suit dismissed")
    JURISDICTION = "jurisdiction", _("Jurisdiction")
    WITHDRAWAL = "withdrawal", _("Withdrawal allowed")
    SUSPENSION = "suspension", _("Suit suspended")
    ENDED = "ended", _("Suit ended")
    REMANDED = "remanded", _("Remanded for a new trial")
    CONTINUED = "continued", _("Set aside, trial ordered to go on")
    RETRIAL = "retrial", _("Retrial ordered")
    RETRIAL_REFUSED = "retrial_refused", _("Retrial application rejected")
    STOP = "stop", _("Stop of the act's enforcement")
    ENFORCEMENT = "enforcement", _("Non-litigation enforcement allowed")
    NO_ENFORCEMENT = "no_enforcement", _("Non-litigation enforcement refused")
    OTHER = "other", _("Other")


APPEALABLE_RULINGS = (RulingMatter.NOT_FILED, RulingMatter.DISMISSED, RulingMatter.JURISDICTION)


class Outcome(models.TextChoices):
    """How a suit came out (table T6)."""

    CLAIM_REJECTED = "claim_rejected", _("Claim rejected")
    SUIT_DISMISSED = "suit_dismissed", _("Suit dismissed")
    NOT_FILED = "not_filed", _("Suit not filed")
    ANNULLED = "annulled", _("Act annulled")
    ANNULLED_REDO = "annulled_redo", _("Act annulled, new act ordered")
    PARTLY_ANNULLED = "partly_annulled", _("Act annulled in part")
    CHANGED = "changed", _("Act changed")
    ILLEGAL = "illegal", _("Act confirmed illegal")
    VOID = "void", _("Act confirmed void")
    DUTY = "duty", _("Ordered to perform a duty")
    PAYMENT = "payment", _("Ordered to pay")
    AGREEMENT_PERFORMED = "agreement_performed", _("Agreement to be performed or compensated")
    COMPENSATED = "compensated", _("Compensation ordered")
    WITHDRAWN = "withdrawn", _("Withdrawn of own motion")
    WITHDRAWN_CHANGED = "withdrawn_changed", _("Withdrawn after the act was changed")
    MEDIATED = "mediated", _("Settled by the court's mediation document")
    ENDED = "ended", pgettext_lazy("court", "Suit ended")
    TRANSFERRED = "transferred", _("Transferred to another court")
    # second instance and retrial
    UPHELD = "upheld", _("Judgment upheld")
    REVERSED = "reversed", _("Judgment changed")
    REMANDED = "remanded", _("Remanded for a new trial")
    # non-litigation enforcement
    ENFORCEMENT_ALLOWED = "enforcement_allowed", _("Enforcement allowed")
    ENFORCEMENT_REFUSED = "enforcement_refused", _("Enforcement refused")


LOST = (
    Outcome.ANNULLED,
    Outcome.ANNULLED_REDO,
    Outcome.PARTLY_ANNULLED,
    Outcome.CHANGED,
    Outcome.ILLEGAL,
    Outcome.VOID,
    Outcome.DUTY,
    Outcome.PAYMENT,
    Outcome.AGREEMENT_PERFORMED,
    Outcome.COMPENSATED,
)
"""The agency lost (table T8); a withdrawal after a change of the act is shown beside, not counted."""


class Flaw(models.TextChoices):
    """Why an act did not stand (Administrative Litigation Law, art. 70, 72–78)."""

    EVIDENCE = "evidence", _("Main evidence insufficient")
    LAW = "law", _("Law wrongly applied")
    PROCEDURE = "procedure", _("Legal procedure violated")
    BEYOND = "beyond", _("Beyond its powers")
    ABUSE = "abuse", _("Powers abused")
    UNFAIR = "unfair", _("Clearly unfair")
    OMISSION = "omission", _("Duty not performed or delayed")
    PAYMENT = "payment", _("Payment owed by law")
    NO_BASIS = "no_basis", _("No basis, or maker without standing")
    AGREEMENT = "agreement", _("Agreement not kept")
    LATE_EVIDENCE = "late_evidence", _("No evidence handed in in time")
    OTHER = "other", _("Other")


class HeadCategory(models.TextChoices):
    """In what post somebody came for the agency (2020 provisions, art. 2; Interpretation 2018, art. 128)."""

    CHIEF = "chief", _("Principal head")
    DEPUTY = "deputy", _("Deputy head")
    CHARGE_DEPUTY = "charge_deputy", _("Deputy-rank head who takes part in the charge of the act")
    CHARGE_OTHER = "charge_other", _("Other head who takes part in the charge")
    ENTRUSTED = "entrusted", _("Head of an entrusted organisation")
    SUBORDINATE = "subordinate", _("Head of a subordinate agency")
    STAFF = "staff", _("Member of staff")


QUALIFIED = (HeadCategory.CHIEF, HeadCategory.DEPUTY, HeadCategory.CHARGE_DEPUTY, HeadCategory.CHARGE_OTHER)
"""Who counts as a head; heads of entrusted or subordinate bodies do not."""


class AbsenceGround(models.TextChoices):
    """Valid reasons of absence (2020 provisions, art. 8)."""

    FORCE_MAJEURE = "force_majeure", _("Force majeure")
    ACCIDENT = "accident", _("Accident")
    DUTY = "duty", _("Official duty that nobody else can perform")
    OTHER = "other", _("Another proper reason")


class ObligationKind(models.TextChoices):
    """What an effective ruling obliges an agency to."""

    PAY = "pay", _("Pay money")
    REDO = "redo", _("Make a new act")
    PERFORM = "perform", _("Perform a duty")
    RETURN = "return", _("Return property")
    REMEDY = "remedy", _("Remedial measures")
