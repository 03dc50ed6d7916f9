"""What can happen in a mediation case, and the order in which it must."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.models import Event
from casemgr.cases.procedure import EventKind
from mediation.agreements import sentences
from mediation.models.process import Session
from mediation.terms import FailureGround, PauseGround, TerminationGround


def _with(label: str, choices: list, key: str):
    """A sentence that adds the chosen word of `key`."""

    def sentence(event: Event) -> str:
        word = dict(choices).get(event.data.get(key, ""), "")
        return f"{label}{_(': ')}{word}" if word else str(label)

    return sentence


def _session(event: Event) -> str:
    """Session 2: to be continued."""
    label = _("Session %(number)s") % {"number": event.data.get("number", "")}
    word = dict(Session.Result.choices).get(event.data.get("result", ""), "")
    return f"{label}{_(': ')}{word}" if word else label


def _named(label: str):
    """A sentence that adds the names the event keeps."""

    def sentence(event: Event) -> str:
        names = event.data.get("names") or event.data.get("name", "")
        return f"{label}{_(': ')}{names}" if names else str(label)

    return sentence


def _replaced(event: Event) -> str:
    was, now = event.data.get("from", ""), event.data.get("to", "")
    if now:
        return _("Mediator replaced: %(was)s → %(now)s") % {"was": was, "now": now}
    return _("Mediator left: %(was)s") % {"was": was}


def _extended(event: Event) -> str:
    return _("Period extended by agreement: %(days)s days") % {"days": event.data.get("days", "")}


def _result_sent(event: Event) -> str:
    if event.data.get("late"):
        return _("The referral went back without result: its day had passed. The mediation may go on.")
    return str(_RESULT_SENT)


_RESULT_SENT = gettext_lazy("Result sent to the organ that referred the dispute")
_MEDIATORS = gettext_lazy("Mediators chosen")
_PAUSED = pgettext_lazy("mediation", "Paused")
_FAILED = gettext_lazy("No agreement reached")
_TERMINATED = gettext_lazy("Mediation terminated")

EVENT_KINDS: tuple[EventKind, ...] = (
    EventKind("registered", pgettext_lazy("mediation", "Registered"), is_milestone=True),
    EventKind("application_received", gettext_lazy("Application for mediation received")),
    EventKind("court_papers_received", gettext_lazy("Court's papers signed for or confirmed on the platform")),
    EventKind("delegation_received", gettext_lazy("Delegation received on the platform")),
    EventKind("delegation_answered", gettext_lazy("Delegation answered")),
    EventKind("invitation_accepted", gettext_lazy("Invitation of the reconsideration office accepted")),
    EventKind("result_sent", _RESULT_SENT, sentence=_result_sent),
    EventKind("consent_asked", gettext_lazy("Asked for consent to mediation")),
    EventKind("consent_given", gettext_lazy("Agreed to mediation")),
    EventKind("consent_refused", gettext_lazy("Clearly refused mediation")),
    EventKind("guardian_consented", gettext_lazy("Guardian agreed to the child's data being used")),
    EventKind("guardian_refused", gettext_lazy("Guardian did not agree to the child's data being used")),
    EventKind("accepted", pgettext_lazy("mediation", "Taken on"), is_milestone=True),
    EventKind("refused", gettext_lazy("Not taken on"), is_milestone=True),
    EventKind("referred_out", gettext_lazy("Handed to another committee or organ"), is_milestone=True),
    EventKind("duty_report", gettext_lazy("Reported as the law requires")),
    EventKind("mediators_named", _MEDIATORS, sentence=_named(_MEDIATORS)),
    EventKind("mediator_replaced", gettext_lazy("Mediator replaced"), sentence=_replaced),
    EventKind("rights_told", gettext_lazy("Rights and duties told")),
    EventKind("mediation_begun", gettext_lazy("Mediation begun")),
    EventKind("session_held", gettext_lazy("Session held"), sentence=_session, is_milestone=True),
    EventKind("session_corrected", gettext_lazy("Record of a session corrected")),
    EventKind("inquiry_made", gettext_lazy("Inquiry made")),
    EventKind("paused", _PAUSED, sentence=_with(_PAUSED, PauseGround.choices, "ground")),
    EventKind("resumed", gettext_lazy("Mediation resumed")),
    EventKind("appraisal_from", gettext_lazy("Time of an appraisal begins")),
    EventKind("appraisal_until", gettext_lazy("Time of an appraisal ends")),
    EventKind("extended", gettext_lazy("Period extended by agreement"), sentence=_extended),
    EventKind("agreed", gettext_lazy("Agreement reached"), is_milestone=True),
    EventKind("agreement_written", gettext_lazy("Agreement written down")),
    EventKind("agreement_changed", gettext_lazy("Text of the agreement changed")),
    EventKind("agreement_signed", gettext_lazy("Agreement signed"), sentence=sentences.signed),
    EventKind("agreement_signed_by_mediator", gettext_lazy("Agreement signed by the mediator")),
    EventKind("agreement_sealed", gettext_lazy("Agreement sealed by the committee")),
    EventKind("agreement_effective", gettext_lazy("Agreement in effect"), is_milestone=True),
    EventKind("agreement_superseded", gettext_lazy("Agreement replaced"), is_milestone=True),
    EventKind("obligation_paid", gettext_lazy("Performance recorded"), sentence=sentences.paid),
    EventKind("obligation_waived", gettext_lazy("Obligation waived"), sentence=sentences.waived),
    EventKind("performed", gettext_lazy("Performed"), is_milestone=True),
    EventKind("breached", gettext_lazy("Not performed")),
    EventKind("performance_expired", gettext_lazy("Last day of performance")),
    EventKind("visited", gettext_lazy("Return visit")),
    EventKind("failed", _FAILED, sentence=_with(_FAILED, FailureGround.choices, "ground"), is_milestone=True),
    EventKind("advice_given", gettext_lazy("Told of the other ways")),
    EventKind(
        "terminated",
        _TERMINATED,
        sentence=_with(_TERMINATED, TerminationGround.choices, "ground"),
        is_milestone=True,
    ),
    EventKind("termination_asked", gettext_lazy("Termination proposed to the committee")),
    EventKind("termination_declined", gettext_lazy("Committee did not approve the termination")),
    EventKind("withdrawn", gettext_lazy("Application withdrawn"), is_milestone=True),
    EventKind("returned", gettext_lazy("Returned to the sender"), is_milestone=True),
    EventKind("round_begun", gettext_lazy("New round of mediation")),
    EventKind("corrected_by_township", gettext_lazy("Township corrected the agreement")),
    EventKind("risk_noticed", gettext_lazy("Risk of escalation noticed")),
    EventKind("risk_measures", gettext_lazy("Measures against a risk")),
    EventKind("risk_reported", gettext_lazy("Risk reported")),
    EventKind("risk_received", gettext_lazy("Receipt of a risk report")),
    EventKind("risk_ended", gettext_lazy("Risk ended")),
    EventKind("confirmation_ready", gettext_lazy("Papers for judicial confirmation complete")),
    EventKind("confirmation_filed", gettext_lazy("Judicial confirmation applied for")),
    EventKind("confirmation_accepted", gettext_lazy("Application accepted by the court")),
    EventKind("confirmation_refused", gettext_lazy("Application not accepted by the court")),
    EventKind("confirmation_valid", gettext_lazy("Agreement ruled valid"), is_milestone=True),
    EventKind("confirmation_ruled", gettext_lazy("Ruling on the confirmation, its result not recorded")),
    EventKind("ruling_received", gettext_lazy("Ruling received by the party")),
    EventKind("ruling_revoked", gettext_lazy("Ruling revoked or changed")),
    EventKind("confirmation_deemed_withdrawn", gettext_lazy("Application for confirmation treated as withdrawn")),
    EventKind("confirmation_rejected", gettext_lazy("Application for confirmation rejected")),
    EventKind("confirmation_withdrawn", gettext_lazy("Application for confirmation withdrawn")),
    EventKind("confirmation_objected", gettext_lazy("Objection to the confirmation")),
    EventKind("confirmation_objection_decided", gettext_lazy("Objection decided")),
    EventKind(
        "enforcement_counted",
        gettext_lazy("Two years for enforcement counted"),
        sentence=sentences.counted,
        about=sentences.debt,
    ),
    EventKind("debt_performed", gettext_lazy("Debt performed"), sentence=sentences.debt_performed),
    EventKind("enforcement_applied", gettext_lazy("Enforcement applied for"), sentence=sentences.enforcement),
    EventKind("suit_decided", gettext_lazy("Suit over the agreement decided")),
    EventKind("sued", gettext_lazy("Sued")),
    EventKind("closed", pgettext_lazy("mediation", "Closed"), is_milestone=True),
    EventKind("archived", gettext_lazy("Archived"), is_milestone=True),
    EventKind("voided", gettext_lazy("Void: entered by mistake")),
)

# Pairs (earlier, later): the later may not lie before the earlier. Used when a date is corrected.
ORDER: tuple[tuple[str, str], ...] = (
    ("registered", "refused"),
    ("registered", "accepted"),
    ("accepted", "mediation_begun"),
    ("mediators_named", "session_held"),
    ("mediation_begun", "session_held"),
    ("mediation_begun", "paused"),
    ("risk_noticed", "risk_reported"),
    ("failed", "returned"),
    ("terminated", "returned"),
    ("withdrawn", "returned"),
    ("accepted", "session_held"),
    ("rights_told", "session_held"),
    ("accepted", "agreed"),
    ("accepted", "failed"),
    ("paused", "resumed"),
    ("appraisal_from", "appraisal_until"),
    ("agreed", "agreement_effective"),
    ("agreement_effective", "confirmation_filed"),
    ("confirmation_filed", "confirmation_accepted"),
    ("confirmation_accepted", "confirmation_valid"),
    ("confirmation_accepted", "confirmation_rejected"),
    ("confirmation_filed", "confirmation_valid"),
    ("confirmation_filed", "confirmation_ruled"),
    ("registered", "closed"),
    ("closed", "archived"),
)
