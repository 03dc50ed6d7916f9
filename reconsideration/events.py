"""What can happen in a reconsideration case, and the order in which it must."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Event
from casemgr.cases.procedure import EventKind
from reconsideration.terms import Outcome, SuspensionGround


def _accepted(event: Event) -> str:
    if event.data.get("deemed"):
        return _("Accepted by silence: the review period of five working days ended without refusal (article 30(3))")
    return _("Application accepted")


def _decided(event: Event) -> str:
    outcome = event.data.get("outcome", "")
    label = dict(Outcome.choices).get(outcome, "")
    return _("Decision made: %(outcome)s") % {"outcome": label} if label else _("Decision made")


def _extended(event: Event) -> str:
    return _("Decision period extended by %(days)s days") % {"days": event.data.get("days", 0)}


def _suspended(event: Event) -> str:
    label = dict(SuspensionGround.choices).get(event.data.get("ground", ""), "")
    return _("Suspended: %(ground)s") % {"ground": label} if label else _("Suspended")


def _ground_added(event: Event) -> str:
    label = dict(SuspensionGround.choices).get(event.data.get("ground", ""), "")
    return _("Ground of suspension added: %(ground)s") % {"ground": label}


def _ground_ended(event: Event) -> str:
    label = dict(SuspensionGround.choices).get(event.data.get("ground", ""), "")
    return _("Ground of suspension gone: %(ground)s") % {"ground": label}


def _duty(data: Mapping[str, Any], masked: bool) -> str:
    """What a term of performance is about; its words may name people."""
    return "" if masked else str(data.get("duty", ""))


def _organ(data: Mapping[str, Any], masked: bool) -> str:
    """The organ that received the letter, where it is no party of the case whose name stands there anyway."""
    return "" if data.get("takes_part") else str(data.get("organ", ""))


def _hearing_planned(event: Event) -> str:
    when = f"{event.data.get('when', '')} {event.data.get('place', '')}".strip()
    return _("Hearing planned: %(when)s") % {"when": when} if when else _("Hearing planned")


EVENT_KINDS: tuple[EventKind, ...] = (
    EventKind("received", gettext_lazy("Application received"), is_milestone=True),
    EventKind("correction_notice_issued", gettext_lazy("Correction notice issued")),
    EventKind("correction_notice_served", gettext_lazy("Correction notice served")),
    EventKind("corrected", gettext_lazy("Corrected material received")),
    EventKind("abandoned", gettext_lazy("Treated as given up"), is_milestone=True),
    EventKind("refused", gettext_lazy("Acceptance refused"), is_milestone=True),
    EventKind("refusal_served", gettext_lazy("Refusal served")),
    EventKind("not_handled", gettext_lazy("Told that it will not be handled again"), is_milestone=True),
    EventKind("accepted", gettext_lazy("Accepted"), sentence=_accepted, is_milestone=True),
    EventKind("copy_sent", gettext_lazy("Reply notice and copy sent to the respondent")),
    EventKind("copy_served", gettext_lazy("Reply notice served")),
    EventKind("reply_received", gettext_lazy("Reply received"), is_milestone=True),
    EventKind("reply_missing", gettext_lazy("No reply in time (article 70)")),
    EventKind("opinion_heard", gettext_lazy("Opinion heard")),
    EventKind("hearing_planned", gettext_lazy("Hearing planned"), sentence=_hearing_planned),
    EventKind("hearing_notified", gettext_lazy("Hearing notice served")),
    EventKind("hearing_held", gettext_lazy("Hearing held"), is_milestone=True),
    EventKind("committee_referred", gettext_lazy("Committee asked for advice")),
    EventKind("committee_advised", gettext_lazy("Committee's opinion recorded")),
    EventKind("committee_explained", gettext_lazy("Adoption of the committee's opinion explained")),
    EventKind("hearing_notice_waived", gettext_lazy("Notice period of the hearing waived in writing")),
    EventKind("hearing_panel_changed", gettext_lazy("Panel of the hearing changed")),
    EventKind("hearing_adjourned", gettext_lazy("Hearing adjourned")),
    EventKind("hearing_forgone", gettext_lazy("Hearing given up: the applicant stayed away (article 51(2))")),
    EventKind("converted_to_ordinary", gettext_lazy("Converted to the ordinary procedure")),
    EventKind("extended", gettext_lazy("Decision period extended"), sentence=_extended),
    EventKind("suspended", gettext_lazy("Suspended"), sentence=_suspended),
    EventKind("suspension_ground_added", gettext_lazy("Ground of suspension added"), sentence=_ground_added),
    EventKind("suspension_ground_ended", gettext_lazy("Ground of suspension gone"), sentence=_ground_ended),
    EventKind("resumed", gettext_lazy("Resumed")),
    EventKind("excluded_from", gettext_lazy("Excluded time begins (inspection or appraisal)")),
    EventKind("excluded_until", gettext_lazy("Excluded time ends")),
    EventKind("stop_asked", gettext_lazy("Stop of execution applied for")),
    EventKind("stop_ordered", gettext_lazy("Execution stopped")),
    EventKind("stop_refused", gettext_lazy("Stop of execution refused")),
    EventKind("stop_ended", gettext_lazy("Stop of execution ended")),
    EventKind("withdrawal_permitted", gettext_lazy("One applicant's withdrawal permitted")),
    EventKind("part_ended", gettext_lazy("One applicant's part ended")),
    EventKind("decided", gettext_lazy("Decision made"), sentence=_decided, is_milestone=True),
    EventKind("decision_served", gettext_lazy("Decision served"), is_milestone=True),
    EventKind("dismissed", gettext_lazy("Application dismissed"), is_milestone=True),
    EventKind("dismissal_served", gettext_lazy("Dismissal served")),
    EventKind("terminated", gettext_lazy("Terminated"), is_milestone=True),
    EventKind("termination_served", gettext_lazy("Termination served")),
    EventKind("mediated", gettext_lazy("Closed by mediation"), is_milestone=True),
    EventKind("withdrawn", gettext_lazy("Withdrawn")),
    EventKind("performance_opened", gettext_lazy("Performance supervised"), about=_duty),
    EventKind("duty_added", gettext_lazy("Further duty entered"), about=_duty),
    EventKind("duty_performed", gettext_lazy("Duty performed")),
    EventKind("performance_ordered", gettext_lazy("Performance ordered"), about=_duty),
    EventKind("interviewed", gettext_lazy("Respondent's head interviewed")),
    EventKind("criticised", gettext_lazy("Respondent publicly criticised")),
    EventKind("enforcement_applied", gettext_lazy("Enforcement against a party")),
    EventKind("performed", gettext_lazy("Performed"), is_milestone=True),
    EventKind("redone", gettext_lazy("New act made by the respondent")),
    EventKind("same_act_again", gettext_lazy("The same act made again: it does not count (article 64(2))")),
    EventKind("hearing_cancelled", gettext_lazy("Hearing cancelled")),
    EventKind("annex_opened", gettext_lazy("Annexed review opened")),
    EventKind("annex_notice_issued", gettext_lazy("Notice of review issued to the maker")),
    EventKind("annex_struck", gettext_lazy("Annexed review struck: entered by mistake")),
    EventKind("annex_notified", gettext_lazy("Maker of the normative document notified")),
    EventKind("annex_answered", gettext_lazy("Answer of the maker received")),
    EventKind("annex_forwarded", gettext_lazy("Annexed review transferred")),
    EventKind("annex_forward_received", gettext_lazy("Transfer received by the competent organ")),
    EventKind("annex_concluded", gettext_lazy("Annexed review concluded")),
    EventKind("opinion_letter_issued", gettext_lazy("Opinion letter issued")),
    EventKind("opinion_letter_served", gettext_lazy("Opinion letter served"), about=_organ),
    EventKind("opinion_reported", gettext_lazy("Report on the opinion letter received")),
    EventKind("opinion_performed", gettext_lazy("Opinion letter performed")),
    EventKind("suggestion_letter_issued", gettext_lazy("Suggestion letter issued")),
    EventKind("suggestion_letter_served", gettext_lazy("Suggestion letter received")),
    EventKind("suggestion_answered", gettext_lazy("Suggestion letter answered")),
    EventKind("copied_to_superior", gettext_lazy("Copied to the superior department")),
    EventKind("not_handled_served", gettext_lazy("Notice that it will not be handled again served")),
    EventKind("mediation_held", gettext_lazy("Mediation session held")),
    EventKind("mediation_ended", gettext_lazy("Mediation failed, or a party backed out")),
    EventKind("settled", gettext_lazy("Parties settled among themselves")),
    EventKind("help_asked", gettext_lazy("Mediation organisation asked for help")),
    EventKind("third_party_joined", gettext_lazy("Third party takes part")),
    EventKind("third_party_away", gettext_lazy("Third party does not take part")),
    EventKind("respondent_changed", gettext_lazy("Respondent changed")),
    EventKind("respondent_kept", gettext_lazy("Applicant does not agree to change the respondent")),
    EventKind("part_taken_up", gettext_lazy("Successor takes up the part")),
    EventKind("requests_changed", gettext_lazy("Requests changed")),
    EventKind("joined", gettext_lazy("Tried together with another case")),
    EventKind("separated", gettext_lazy("Tried apart from another case")),
    EventKind("second_file_opened", gettext_lazy("Second file opened out of this one")),
    EventKind("opened_out_of", gettext_lazy("Opened out of another file")),
    EventKind("directly_decidable", gettext_lazy("To be decided directly after a decision in force")),
    EventKind("superior_asked", gettext_lazy("Superior asked to take the case up")),
    EventKind("superior_took_up", gettext_lazy("Superior takes the case up"), is_milestone=True),
    EventKind("superior_declined", gettext_lazy("Superior does not take the case up")),
    EventKind("handed_up", gettext_lazy("Handed over to the superior"), is_milestone=True),
    EventKind("superior_received", gettext_lazy("Superior received the papers")),
    EventKind("superior_ordered", gettext_lazy("Order of the superior")),
    EventKind("sued", gettext_lazy("A party sued")),
    EventKind("published_elsewhere", gettext_lazy("Published by the source")),
    EventKind("archived", gettext_lazy("Archived"), is_milestone=True),
    EventKind("voided", gettext_lazy("Void: entered by mistake")),
)

# Pairs (earlier, later): the later may not lie before the earlier. Used when a date is corrected.
ORDER: tuple[tuple[str, str], ...] = (
    ("received", "correction_notice_issued"),
    ("correction_notice_issued", "correction_notice_served"),
    ("correction_notice_issued", "corrected"),
    ("received", "accepted"),
    ("received", "refused"),
    ("corrected", "accepted"),
    ("corrected", "refused"),
    ("correction_notice_served", "abandoned"),
    ("received", "not_handled"),
    ("accepted", "suspended"),
    ("accepted", "excluded_from"),
    ("accepted", "extended"),
    ("accepted", "dismissed"),
    ("accepted", "terminated"),
    ("accepted", "mediated"),
    ("refused", "refusal_served"),
    ("accepted", "copy_sent"),
    ("copy_sent", "copy_served"),
    ("copy_served", "reply_received"),
    ("copy_served", "reply_missing"),
    ("reply_received", "decided"),
    ("reply_missing", "decided"),
    ("hearing_held", "decided"),
    ("hearing_forgone", "decided"),
    ("accepted", "opinion_heard"),
    ("accepted", "decided"),
    ("copy_sent", "decided"),
    ("opinion_heard", "decided"),
    ("decided", "decision_served"),
    ("decided", "performance_opened"),
    ("performance_opened", "performed"),
    ("decided", "redone"),
    ("dismissed", "dismissal_served"),
    ("terminated", "termination_served"),
    ("suspended", "resumed"),
    ("suspended", "suspension_ground_added"),
    ("suspended", "suspension_ground_ended"),
    ("stop_ordered", "stop_ended"),
    ("accepted", "committee_referred"),
    ("committee_referred", "committee_advised"),
    ("committee_advised", "committee_explained"),
    ("committee_advised", "decided"),
    ("accepted", "converted_to_ordinary"),
    ("excluded_from", "excluded_until"),
    ("performance_opened", "duty_added"),
    ("decided", "performance_ordered"),
    ("decided", "same_act_again"),
    ("opinion_letter_issued", "opinion_letter_served"),
    ("opinion_letter_served", "opinion_reported"),
    ("opinion_reported", "opinion_performed"),
    ("suggestion_letter_issued", "suggestion_letter_served"),
    ("suggestion_letter_served", "suggestion_answered"),
    ("accepted", "superior_asked"),
    ("superior_asked", "superior_declined"),
    ("superior_took_up", "handed_up"),
    ("handed_up", "superior_received"),
    ("not_handled", "not_handled_served"),
)
