"""What of the register is evidence beside its history: the events themselves, and what every case says today."""

from __future__ import annotations

from casemgr.audit import evidence
from casemgr.cases.models import Act, Case, CaseAccess, Consent, Deadline, Event, Group, Mandate, Participation

CASE = (
    "number", "number_year", "number_sequence", "procedure", "title", "act_id", "unit_id", "lead_handler_id", "state",
    "stage", "opened_on", "closed_on", "next_due_on", "next_other_due_on", "outcome", "confidentiality", "law_version",
    "law_version_reason", "is_past_record", "version",
)  # fmt: skip
PARTICIPATION = (
    "case_id", "party_id", "role", "order", "name", "represents_id", "snapshot", "consents_to_electronic_service",
    "electronic_address", "left_on", "group_id",
)  # fmt: skip
MANDATE = (
    "agent_id", "principal_id", "basis", "profession", "power", "matters", "from_on", "until_on", "paper", "ended_on",
)  # fmt: skip
DEADLINE = (
    "case_id", "rule", "law", "root_event_id", "party_id", "start_on", "due_on", "calendar_status", "extension_days",
    "status", "met_on", "is_ours",
)  # fmt: skip


def register() -> None:
    """Called from CasesConfig.ready()."""
    evidence.seal_table(Event)
    evidence.mirror(Case, *CASE)
    evidence.mirror(Act, "agency_id", "number", "acted_on", "kind", "title")
    evidence.mirror(Participation, *PARTICIPATION)
    evidence.mirror(Group, "case_id", "side", "elected_on", "paper", "ended_on")
    evidence.mirror(Mandate, *MANDATE)
    evidence.mirror(Consent, "group_id", "member_id", "matter", "given_on", "paper", "revoked_on")
    evidence.mirror(CaseAccess, "case_id", "unit_id", "level", "until_on", "user_id", "until_at")
    evidence.mirror(Deadline, *DEADLINE)
