"""What can happen in a litigation file, and the order in which it must."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.models import Event
from casemgr.cases.procedure import EventKind
from casemgr.pages.dates import long_date
from litigation.suggestions.terms import Adoption, Result, SupervisionResult
from litigation.terms import AbsenceGround, Level, Measure, Outcome, TermUnit


def _with(label, key: str, choices: list | None = None):
    """A sentence that adds what the entry keeps under `key`."""

    def sentence(event: Event) -> str:
        told = event.data.get(key, "")
        word = dict(choices).get(told, told) if choices else told
        return f"{label}{_(': ')}{word}" if word else str(label)

    return sentence


def _opened(event: Event) -> str:
    """Second instance: 鄂尔多斯市中级人民法院 （2026）内06行终12号"""
    level = dict(Level.choices).get(event.data.get("level", ""), "")
    where = " ".join(filter(None, (event.data.get("court", ""), event.data.get("number", ""))))
    return f"{level}{_(': ')}{where}"


_REPLIED = gettext_lazy("Suggestion answered")
_PERFORMED_S = gettext_lazy("Suggestion performed, proof")
_FOLLOWED_UP = gettext_lazy("Followed up by the sender")
_SUED = gettext_lazy("Sued after the suggestion")
_CLOSED = gettext_lazy("Suggestion closed")
_PAPERS = gettext_lazy("Papers asked for by the procuratorate")
_HANDED = gettext_lazy("Papers handed over to the procuratorate")
_SUPERVISED = gettext_lazy("Procuratorate decided")
_OPENED = gettext_lazy("Instance opened")
_JUDGED = gettext_lazy("Court's paper that ends the instance")
_RULED = pgettext_lazy("court paper", "Ruling made")
_SESSION = gettext_lazy("Court session held")
_INQUIRY = gettext_lazy("Inquiry or mediation by the court held")
_AGENCY = gettext_lazy("Agency entered")
_PLANNED = gettext_lazy("Session planned")
_HEAD = gettext_lazy("Head named for the session")
_CALLED_OFF = gettext_lazy("Session called off")
_EXPLAINED = gettext_lazy("Statement handed in why the head cannot come")
_ANSWERED = gettext_lazy("Court decided on the head's absence")


def _held(event: Event) -> str:
    """Court session held: head came for 达拉特旗公安局; nobody's head for 达拉特旗人民政府"""
    told = [str(_SESSION if event.data.get("session_kind", "session") == "session" else _INQUIRY)]
    if came := event.data.get("came"):
        told.append(_("head came: %(names)s") % {"names": "、".join(came)})
    if absent := event.data.get("absent"):
        told.append(_("head absent: %(names)s") % {"names": "、".join(absent)})
    return "　".join(told)


def _answered(event: Event) -> str:
    word = _("accepted") if event.data.get("is_accepted") else _("not accepted")
    return f"{_ANSWERED}{_(': ')}{word}"


_EXECUTION = gettext_lazy("Execution opened by the court")
_SETTLED = pgettext_lazy("litigation", "Settlement negotiations ended")
_RETRIAL = gettext_lazy("Court ruled on retrial")
RETRIAL_RESULTS = [("ordered", gettext_lazy("retrial ordered")), ("refused", gettext_lazy("application rejected"))]
SETTLEMENT_RESULTS = [
    ("agreed", pgettext_lazy("settlement", "Agreed")),
    ("failed", pgettext_lazy("settlement", "Failed")),
]
_TERM = gettext_lazy("Term of performance")
_EXPIRED = gettext_lazy("From here the two years for enforcement are counted")
_NOTED = gettext_lazy("Performance recorded")
_DENIED = gettext_lazy("Recorded performance found false")
_WAIVED = gettext_lazy("Obligation waived")
_PERFORMED = pgettext_lazy("litigation", "Performed")
_INTERRUPTED = gettext_lazy("Two years for enforcement interrupted")


def _term(event: Event) -> str:
    """Term of performance: 返还罚款 (last day 2026-12-01)"""
    named, length = event.data.get("planned_on"), event.data.get("term")
    told = f"{_TERM}{_(': ')}{event.data.get('what', '')}"
    if named:
        return f"{told} {_('until %(day)s') % {'day': long_date(date.fromisoformat(named))}}"
    if length:
        unit = dict(TermUnit.choices).get(event.data.get("unit", ""), "")
        return f"{told} {_('%(length)d %(unit)s') % {'length': length, 'unit': unit}}"
    return f"{told} {_('no term is named')}"


def _step(event: Event) -> str:
    """Funds transferred from the account 420.00 yuan 扣划裁定"""
    told = [str(dict(Measure.choices).get(event.data.get("measure", ""), ""))]
    if event.data.get("amount"):
        told.append(_("%(amount)s yuan") % {"amount": event.data["amount"]})
    return " ".join([*told, event.data.get("told", "")]).strip()


def _noted(event: Event) -> str:
    """Performance recorded: 返还罚款 500.00 yuan; repeats the same act"""
    told = f"{_NOTED}{_(': ')}{event.data.get('what', '')}"
    if event.data.get("amount"):
        told += " " + _("%(amount)s yuan") % {"amount": event.data["amount"]}
    if event.data.get("same_act"):
        told += " " + _("(repeats the same act: no performance)")
    return told


EVENT_KINDS: tuple[EventKind, ...] = (
    EventKind("registered", pgettext_lazy("litigation", "Registered"), is_milestone=True),
    # before the suit
    EventKind("act_made", gettext_lazy("Act made")),
    EventKind("act_known", gettext_lazy("Act known to the plaintiff")),
    EventKind("content_known", gettext_lazy("Content of the act known to the plaintiff")),
    EventKind("reconsideration_decision_received", gettext_lazy("Reconsideration decision received")),
    EventKind("reconsideration_period_expired", gettext_lazy("Period for the reconsideration decision over")),
    EventKind("request_received", gettext_lazy("Request for performance received by the agency")),
    EventKind("duty_performed", gettext_lazy("Duty performed")),
    EventKind("obstacle_removed", gettext_lazy("Obstacle to suing removed")),
    EventKind("extension_asked", gettext_lazy("Extension of the period to sue asked for")),
    EventKind("suing_period_expired", gettext_lazy("Period to sue over the act is over")),
    # the course of an instance
    EventKind("suit_filed", gettext_lazy("Suit filed"), is_milestone=True),
    EventKind("case_filed", gettext_lazy("Filed by the court")),
    EventKind("instance_opened", _OPENED, sentence=_opened, is_milestone=True),
    EventKind("complaint_received", gettext_lazy("Copy of the complaint received"), is_milestone=True),
    EventKind("agency_entered", _AGENCY, sentence=_with(_AGENCY, "name")),
    EventKind("assigned", gettext_lazy("Assigned to the responsible organ"), is_milestone=True),
    EventKind("answer_filed", gettext_lazy("Answer and evidence handed in"), is_milestone=True),
    EventKind("evidence_extension_asked", gettext_lazy("More time for evidence asked for in writing")),
    EventKind("evidence_extension_decided", gettext_lazy("Court decided on more time for evidence")),
    EventKind("evidence_obstacle_removed", gettext_lazy("Cause of the late evidence ended")),
    EventKind("evidence_filed", gettext_lazy("Evidence handed in")),
    EventKind("jurisdiction_objected", gettext_lazy("Objected to jurisdiction")),
    EventKind("track_changed", gettext_lazy("Court changed its procedure")),
    EventKind("act_changed", gettext_lazy("Act changed during the suit")),
    EventKind("excluded_from", gettext_lazy("Time that does not count begins")),
    EventKind("excluded_until", gettext_lazy("Time that does not count ends")),
    # sessions
    EventKind("session_planned", _PLANNED, sentence=_with(_PLANNED, "when")),
    EventKind("summons_received", gettext_lazy("Summons received")),
    EventKind("session_notified", gettext_lazy("Procuratorate told of the session")),
    EventKind("head_notice_received", gettext_lazy("Court's notice calling the head received")),
    EventKind("head_named", _HEAD, sentence=_with(_HEAD, "name")),
    EventKind("certificate_filed", gettext_lazy("Identity certificate of the head handed in")),
    EventKind("absence_explained", _EXPLAINED, sentence=_with(_EXPLAINED, "ground", AbsenceGround.choices)),
    EventKind("absence_answered", _ANSWERED, sentence=_answered),
    EventKind("head_agreed", gettext_lazy("Co-defendants agreed whose head comes")),
    EventKind("session_held", _SESSION, sentence=_held, is_milestone=True),
    EventKind("session_called_off", _CALLED_OFF, sentence=_with(_CALLED_OFF, "reason")),
    EventKind("session_corrected", gettext_lazy("Record of a session corrected")),
    # what the court decides
    EventKind("judgment_pronounced", gettext_lazy("Judgment pronounced in court")),
    EventKind("judgment_made", _JUDGED, sentence=_with(_JUDGED, "outcome", Outcome.choices), is_milestone=True),
    EventKind("ruling_made", _RULED),
    EventKind("judgment_served", gettext_lazy("Judgment received")),
    EventKind("ruling_served", pgettext_lazy("court paper", "Ruling received")),
    EventKind("court_mediation_received", gettext_lazy("Court mediation document signed for")),
    EventKind("suit_suspended", gettext_lazy("Suit suspended")),
    EventKind("suit_resumed", gettext_lazy("Suit resumed")),
    EventKind("suit_withdrawn", gettext_lazy("Withdrawal allowed"), is_milestone=True),
    EventKind("suit_ended", gettext_lazy("Suit ended by ruling"), is_milestone=True),
    # appeal and retrial
    EventKind("appeal_considered", gettext_lazy("Decided whether to appeal")),
    EventKind("appealed", gettext_lazy("Appealed"), is_milestone=True),
    EventKind("appeal_withdrawn", gettext_lazy("Appeal withdrawn")),
    EventKind("appeal_received_by_court", gettext_lazy("Appeal received by the court")),
    EventKind("appeal_copy_received", gettext_lazy("Copy of the appeal received")),
    EventKind("appeal_answered", gettext_lazy("Appeal answered")),
    EventKind("appeal_answer_forwarded", gettext_lazy("Answer sent to the appellant")),
    EventKind("appeal_file_sent", gettext_lazy("File sent to the court above")),
    EventKind("appeal_file_received", gettext_lazy("Appeal filed by the court above")),
    EventKind("ruling_effective", gettext_lazy("Effective"), is_milestone=True),
    EventKind("effect_lost", gettext_lazy("Not effective after all")),
    EventKind("retrial_applied", gettext_lazy("Retrial applied for")),
    EventKind("retrial_application_received", gettext_lazy("Application for retrial received")),
    EventKind("retrial_opinion_filed", gettext_lazy("Opinion on the retrial handed in")),
    EventKind("retrial_filed", gettext_lazy("Application for retrial filed by the court")),
    EventKind("retrial_ruled", _RETRIAL, sentence=_with(_RETRIAL, "result", RETRIAL_RESULTS), is_milestone=True),
    EventKind("protest_received", gettext_lazy("Protest received by the court")),
    EventKind("retrial_suggestion_received", gettext_lazy("Retrial suggestion received by the court")),
    # performance and enforcement
    EventKind("nothing_to_perform", gettext_lazy("Nothing to perform")),
    EventKind("performance_term_set", _TERM, sentence=_term),
    EventKind("performance_expired", _EXPIRED, sentence=_with(_EXPIRED, "what")),
    EventKind("performance_noted", _NOTED, sentence=_noted),
    EventKind("performance_denied", _DENIED, sentence=_with(_DENIED, "what")),
    EventKind("obligation_waived", _WAIVED, sentence=_with(_WAIVED, "what")),
    EventKind("performance_paused", gettext_lazy("Performance paused by the order of retrial")),
    EventKind("performance_resumed", gettext_lazy("Performance to go on after the retrial")),
    EventKind("performed", _PERFORMED, sentence=_with(_PERFORMED, "what"), is_milestone=True),
    EventKind("enforcement_interrupted", _INTERRUPTED, sentence=_with(_INTERRUPTED, "what")),
    EventKind("disclosure_judgment_effective", gettext_lazy("Disclosure ordered, effective")),
    EventKind("enforcement_applied", gettext_lazy("Enforcement applied for"), is_milestone=True),
    EventKind("execution_opened", _EXECUTION, sentence=_with(_EXECUTION, "number"), is_milestone=True),
    EventKind("execution_step", gettext_lazy("Step of the execution"), sentence=_step),
    EventKind("settlement_begun", pgettext_lazy("litigation", "Settlement being negotiated")),
    EventKind("settlement_ended", _SETTLED, sentence=_with(_SETTLED, "result", SETTLEMENT_RESULTS)),
    EventKind("loss_analysed", gettext_lazy("Analysed why the suit was lost")),
    EventKind("demand_served", gettext_lazy("Demand letter served")),
    EventKind("nonlitigation_applied", gettext_lazy("Non-litigation enforcement applied for")),
    EventKind("nonlitigation_accepted", gettext_lazy("Court accepted the application for enforcement")),
    EventKind("nonlitigation_refused", gettext_lazy("Court refused the application for enforcement")),
    EventKind("nonlitigation_objected", gettext_lazy("Objected to the refusal")),
    EventKind("nonlitigation_ruling_served", gettext_lazy("Ruling that refuses enforcement received")),
    EventKind("nonlitigation_enforcement_objected", gettext_lazy("Objected to the refusal to enforce")),
    EventKind("nonlitigation_ruled", gettext_lazy("Court ruled on enforcement")),
    # compensation
    EventKind("harm_known", gettext_lazy("Harm known to the claimant")),
    EventKind("compensation_asked", gettext_lazy("Compensation asked for")),
    EventKind("compensation_decided", gettext_lazy("Compensation decided")),
    EventKind("compensation_served", gettext_lazy("Compensation decision served")),
    EventKind("payment_asked", gettext_lazy("Payment asked for")),
    EventKind("payment_filed", gettext_lazy("Payment request sent to the finance department")),
    EventKind("paid", gettext_lazy("Paid by the finance department")),
    # suggestions
    EventKind("suggestion_received", gettext_lazy("Suggestion received"), is_milestone=True),
    EventKind(
        "suggestion_answered", _REPLIED, sentence=_with(_REPLIED, "adoption", Adoption.choices), is_milestone=True
    ),
    EventKind("suggestion_performed", _PERFORMED_S, sentence=_with(_PERFORMED_S, "proof"), is_milestone=True),
    EventKind("suggestion_followed_up", _FOLLOWED_UP, sentence=_with(_FOLLOWED_UP, "text")),
    EventKind("suggestion_sued", _SUED, sentence=_with(_SUED, "number"), is_milestone=True),
    EventKind("suggestion_closed", _CLOSED, sentence=_with(_CLOSED, "result", Result.choices), is_milestone=True),
    # supervision
    EventKind("supervision_notified", gettext_lazy("Notice of the supervision received")),
    EventKind("papers_asked", _PAPERS, sentence=_with(_PAPERS, "text")),
    EventKind("papers_handed_over", _HANDED, sentence=_with(_HANDED, "text")),
    EventKind(
        "supervision_decided",
        _SUPERVISED,
        sentence=_with(_SUPERVISED, "result", SupervisionResult.choices),
        is_milestone=True,
    ),
    # the file
    EventKind("archived", gettext_lazy("Archived"), is_milestone=True),
    EventKind("voided", gettext_lazy("Void: entered by mistake")),
)

ORDER: tuple[tuple[str, str], ...] = (
    ("act_made", "act_known"),
    ("act_made", "suit_filed"),
    ("suit_filed", "case_filed"),
    ("case_filed", "complaint_received"),
    ("suit_filed", "complaint_received"),
    ("complaint_received", "answer_filed"),
    ("complaint_received", "evidence_extension_asked"),
    ("complaint_received", "jurisdiction_objected"),
    ("complaint_received", "session_held"),
    ("case_filed", "judgment_made"),
    ("session_held", "judgment_made"),
    ("judgment_made", "judgment_served"),
    ("judgment_made", "ruling_served"),
    ("ruling_made", "ruling_served"),
    ("judgment_made", "court_mediation_received"),
    ("judgment_made", "appealed"),
    ("judgment_made", "ruling_effective"),
    ("suit_suspended", "suit_resumed"),
    ("appealed", "appeal_copy_received"),
    ("appeal_copy_received", "appeal_answered"),
    ("ruling_effective", "retrial_applied"),
    ("retrial_application_received", "retrial_opinion_filed"),
    ("ruling_effective", "retrial_ruled"),
    ("enforcement_applied", "execution_opened"),
    ("suggestion_received", "suggestion_answered"),
    ("suggestion_received", "suggestion_performed"),
    ("suggestion_received", "suggestion_closed"),
    ("suggestion_answered", "suggestion_closed"),
    ("suggestion_performed", "suggestion_closed"),
    ("papers_handed_over", "supervision_decided"),
)
"""Pairs `(earlier, later)`; per party and per instance, see `casemgr.cases.order`."""
