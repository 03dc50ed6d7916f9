"""The words of litigation follow-up: what may be chosen, with the text a choice comes from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """What a court number stands for (dossier §5.1)."""

    FIRST = "first", _("First instance")
    SECOND = "second", _("Second instance")
    RETRIAL_REVIEW = "retrial_review", _("Review of a retrial application")
    RETRIAL = "retrial", pgettext_lazy("court", "Retrial")
    REVIEW = "review", _("Non-litigation enforcement review")
    EXECUTION = "execution", pgettext_lazy("court", "Execution")
    RESUMED = "resumed", _("Resumed execution")


class AgencyRole(models.TextChoices):
    """What an agency is before the court."""

    DEFENDANT = "defendant", _("Defendant")
    CO_DEFENDANT = "co_defendant", _("Co-defendant")


class Deed(models.TextChoices):
    """What an agency did, from which its part before the court follows."""

    ACTED = "acted", _("Made the act")
    RECONSIDERED = "reconsidered", _("Decided the reconsideration")


class FileKind(models.TextChoices):
    """What a file is about. Suggestions and supervision are files of their own, so that they have clocks."""

    SUIT = "suit", _("Suit against agencies")
    ENFORCEMENT = "enforcement", _("Non-litigation enforcement of an act")
    SUGGESTION = "suggestion", _("Judicial or procuratorial suggestion")
    SUPERVISION = "supervision", _("Supervision by the procuratorate")


class Track(models.TextChoices):
    """The court's procedure of a first instance."""

    ORDINARY = "ordinary", pgettext_lazy("court", "Ordinary procedure")
    SIMPLIFIED = "simplified", pgettext_lazy("court", "Simplified procedure")  # Litigation Law, art. 82


class PaperKind(models.TextChoices):
    """The court's papers that end an instance or a question in it."""

    JUDGMENT = "judgment", _("Judgment")
    RULING = "ruling", pgettext_lazy("court paper", "Ruling")
    MEDIATION = "mediation", _("Court mediation document")  # Interpretation 2018, art. 84, 85


class RulingMatter(models.TextChoices):
    """What a ruling is about (Interpretation 2018, art. 101(1))."""

    NOT_FILED = "not_filed", _("Not filed")
    DISMISSED = "dismissed", _("Suit dismissed")
    JURISDICTION = "jurisdiction", _("Objection to jurisdiction")
    SUSPENDED = "suspended", _("Suit suspended")
    ENDED = "ended", _("Suit ended")
    WITHDRAWN = "withdrawn", _("Withdrawal allowed")
    DEEMED_WITHDRAWN = "deemed_withdrawn", _("Treated as withdrawn")
    TRANSFERRED = "transferred", _("Transferred to another court")
    REMANDED = "remanded", _("Annulled and remanded")
    CONTINUE = "continue", _("Annulled, the court below is to go on")
    RETRIAL_ORDERED = "retrial_ordered", _("Retrial ordered")
    RETRIAL_REFUSED = "retrial_refused", _("Application for retrial rejected")
    ENFORCE = "enforce", _("Enforcement of the act allowed")
    NOT_ENFORCED = "not_enforced", _("Enforcement of the act refused")
    STOPPED = "stopped", _("Performance of the act stopped or not stopped")
    CORRECTED = "corrected", _("Slip of the pen corrected")
    OTHER = "other", pgettext_lazy("ruling", "Other")


class Outcome(models.TextChoices):
    """How an instance ended, in the words of the statistics (dossier §6, T6)."""

    CLAIM_REJECTED = "claim_rejected", pgettext_lazy("judgment", "Claim rejected")  # Litigation Law, art. 69
    ANNULLED = "annulled", pgettext_lazy("judgment", "Act annulled")  # art. 70
    ANNULLED_REDO = "annulled_redo", _("Act annulled, to be made anew")  # art. 70
    PARTLY_ANNULLED = "partly_annulled", pgettext_lazy("judgment", "Act annulled in part")
    DUTY = "duty", _("Duty to be performed")  # art. 72
    PAYMENT = "payment", _("Payment ordered")  # art. 73
    CONFIRMED_ILLEGAL = "confirmed_illegal", pgettext_lazy("judgment", "Act confirmed illegal")  # art. 74
    CONFIRMED_VOID = "confirmed_void", pgettext_lazy("judgment", "Act confirmed void")  # art. 75
    CHANGED = "changed", pgettext_lazy("judgment", "Act changed")  # art. 77
    AGREEMENT = "agreement", _("Agreement to be performed, or indemnity")  # art. 78
    DISMISSED = "dismissed", _("Suit dismissed")
    NOT_FILED = "not_filed", _("Not filed")
    WITHDRAWN = "withdrawn", _("Withdrawn by the plaintiff's own will")
    WITHDRAWN_CHANGED = "withdrawn_changed", _("Withdrawn after the act was changed")
    MEDIATED = "mediated", _("Mediated by the court")
    ENDED = "ended", _("Suit ended")
    TRANSFERRED = "transferred", _("Transferred to another court")
    UPHELD = "upheld", _("Judgment below upheld")  # art. 89(1)(1)
    REVERSED = "reversed", _("Judgment below reversed")  # art. 89(1)(2)
    REMANDED = "remanded", _("Annulled and remanded")  # art. 89(1)(3), (4)
    ENFORCEMENT_ALLOWED = "enforcement_allowed", _("Enforcement of the act allowed")
    ENFORCEMENT_REFUSED = "enforcement_refused", _("Enforcement of the act refused")


LOST: frozenset[str] = frozenset(
    {
        *(Outcome.ANNULLED, Outcome.ANNULLED_REDO, Outcome.PARTLY_ANNULLED, Outcome.DUTY, Outcome.PAYMENT),
        *(Outcome.CONFIRMED_ILLEGAL, Outcome.CONFIRMED_VOID, Outcome.CHANGED, Outcome.AGREEMENT),
    }
)
"""What counts as lost by the agency (dossier §6, T8). A withdrawal after a change is shown apart."""


class HeadCategory(models.TextChoices):
    """Who is a head (Appearance Provisions 2020, art. 2; Interpretation 2018, art. 128(1))."""

    PRINCIPAL = "principal", _("Principal head")
    DEPUTY = "deputy", _("Deputy head")
    IN_CHARGE_DEPUTY_LEVEL = "in_charge_deputy", _("Of deputy rank, in charge of the act")
    IN_CHARGE = "in_charge", _("Other head in charge of the act")
    SUBORDINATE = "subordinate", _("Head of a subordinate or entrusted body (does not count)")
    STAFF = "staff", _("Staff member (does not count)")


COUNTS_AS_HEAD: frozenset[str] = frozenset(
    {
        HeadCategory.PRINCIPAL,
        HeadCategory.DEPUTY,
        HeadCategory.IN_CHARGE_DEPUTY_LEVEL,
        HeadCategory.IN_CHARGE,
    }
)


class SessionKind(models.TextChoices):
    """What the court calls the parties for. Only a session counts for the appearance (dossier §4.5)."""

    SESSION = "session", pgettext_lazy("court", "Court session")
    INQUIRY = "inquiry", pgettext_lazy("court", "Inquiry")
    MEDIATION = "mediation", pgettext_lazy("court", "Mediation by the court")


class AbsenceGround(models.TextChoices):
    """Why a head may stay away (Appearance Provisions 2020, art. 8)."""

    FORCE_MAJEURE = "force_majeure", _("Force majeure")
    ACCIDENT = "accident", _("Accident")
    DUTY = "duty", _("Official duty that nobody else can perform")
    OTHER = "other", pgettext_lazy("absence", "Other good reason")


class ObligationKind(models.TextChoices):
    """What an effective paper asks of a party."""

    PAY = "pay", pgettext_lazy("obligation", "Pay")
    REDO = "redo", pgettext_lazy("obligation", "Make the act anew")
    PERFORM = "perform", pgettext_lazy("obligation", "Perform a duty")
    RETURN = "return", pgettext_lazy("obligation", "Return property")
    REMEDY = "remedy", pgettext_lazy("obligation", "Take remedial measures")
    DISCLOSE = "disclose", pgettext_lazy("obligation", "Disclose information")
    OTHER = "other", pgettext_lazy("obligation", "Other")


class Seen(models.TextChoices):
    """What one agency's appearance in one instance comes to (dossier §4.5)."""

    ATTENDED = "attended", pgettext_lazy("appearance", "Head came")
    JUSTIFIED = "justified", pgettext_lazy("appearance", "Absent with good reason")
    ABSENT = "absent", pgettext_lazy("appearance", "Absent")
    COVERED = "covered", pgettext_lazy("appearance", "Another defendant's head came for both")


class Remark(models.TextChoices):
    """What stands out in an appearance. Those in `FAULTS` the court tells the supervision organ of and writes into its
    judgment (Appearance Provisions 2020, art. 12)."""

    UNEXPLAINED = "unexplained", _("Head absent without a good reason")  # art. 12(1)(1)
    AGAIN_ABSENT = "again_absent", _("Head absent again after the session was postponed for it")  # art. 12(1)(2)
    NOBODY = "nobody", _("Neither head nor staff came")  # art. 12(1)(3)
    LEFT_EARLY = "left_early", _("Head left without leave")  # art. 12(1)(4)
    NO_EXPLANATION = "no_explanation", _("Head refused to explain")  # art. 12(1)(5)
    LAWYER_ONLY = "lawyer_only", _("Only a lawyer came")  # Interpretation 2018, art. 128(2), 132
    NO_CERTIFICATE = "no_certificate", _("No identity certificate before the session, or not accepted")  # art. 6(2)
    NOT_A_HEAD = "not_a_head", _("Who came is no head of this agency")  # art. 2(2)
    NOT_AGAIN = "not_again", _("Head did not come although called again")  # art. 7(1)


FAULTS: frozenset[str] = frozenset(
    {
        *(Remark.UNEXPLAINED, Remark.AGAIN_ABSENT, Remark.NOBODY, Remark.LEFT_EARLY, Remark.NO_EXPLANATION),
        Remark.LAWYER_ONLY,
    }
)


class TermUnit(models.TextChoices):
    """In which a paper counts its term from the day it is effective."""

    DAYS = "days", pgettext_lazy("term", "days")
    WORKING_DAYS = "working_days", pgettext_lazy("term", "working days")
    MONTHS = "months", pgettext_lazy("term", "months")


class Direction(models.TextChoices):
    """Who enforces against whom (dossier §4.2)."""

    AGENCY_OWES = "agency_owes", _("Against an agency")
    AGENCY_APPLIES = "agency_applies", _("An agency against a party of the suit")
    NON_LITIGATION = "non_litigation", _("Non-litigation enforcement of an act")


class Measure(models.TextChoices):
    """What happens in an execution: the measures of Litigation Law, art. 96, and the court's other steps."""

    NOTICE = "notice", _("Execution notice received")
    TRANSFER = "transfer", _("Funds transferred from the account")  # art. 96(1)
    DAILY_FINE = "daily_fine", _("Daily fine on the head")  # art. 96(2)
    PUBLIC_NOTICE = "public_notice", _("Refusal made public")  # art. 96(3)
    SUGGESTION = "suggestion", _("Suggestion to the supervisory or superior organ")  # art. 96(4)
    DETENTION = "detention", _("Detention of those responsible")  # art. 96(5)
    CRIME = "crime", _("Handed over as a crime")  # art. 96(5)
    PAYMENT = "payment", pgettext_lazy("execution", "Paid to the court or the applicant")
    DISHONEST = "dishonest", _("Listed as dishonest debtor")
    DISHONEST_REMOVED = "dishonest_removed", _("Removed from the list of dishonest debtors")
    SETTLEMENT = "settlement", _("Settlement in execution")
    SETTLEMENT_BROKEN = "settlement_broken", _("Settlement in execution not kept")
    STAYED = "stayed", _("Execution stayed by the court")
    ENDED_ROUND = "ended_round", _("This round of execution ended")  # 终结本次执行: clears nothing
    TERMINATED = "terminated", _("Execution terminated")
    CLOSED = "closed", _("Closed: carried out in full")  # 结案通知


class LossReason(models.TextChoices):
    """Why an agency lost (Litigation Law, art. 70, 72–78, 34)."""

    EVIDENCE = "evidence", _("Main evidence insufficient")  # art. 70(1)
    LAW = "law", _("Law wrongly applied")  # art. 70(2)
    PROCEDURE = "procedure", _("Statutory procedure violated")  # art. 70(3)
    COMPETENCE = "competence", _("Competence exceeded")  # art. 70(4)
    ABUSE = "abuse", _("Power abused")  # art. 70(5)
    UNREASONABLE = "unreasonable", _("Obviously unreasonable")  # art. 70(6)
    OMISSION = "omission", _("Duty not performed")  # art. 72
    NO_EVIDENCE = "no_evidence", _("No or late evidence handed in")  # art. 34(2)
    VOID = "void", _("Grave and obvious illegality")  # art. 75
    AGREEMENT = "agreement", _("Agreement not performed or unlawfully changed")  # art. 78
    COMPENSATION = "compensation", _("Harm to be compensated")  # art. 76
    OTHER = "other", pgettext_lazy("loss", "Other")
