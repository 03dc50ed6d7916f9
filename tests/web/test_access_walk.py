"""A walk over every address as every role and as nobody: each answers what the table says, and no case leaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.datastructures import MultiValueDict

from casemgr.actions.perform import perform
from casemgr.assessment.models import Flaw
from casemgr.cases.models import Recomputation
from casemgr.documents.sealing.models import SealUse
from casemgr.documents.volumes.models import RetentionRule
from casemgr.documents.wording.models import Phrase
from casemgr.indicators.tables.models import Layout, ListLine
from casemgr.numbering.series import start_at
from casemgr.organisation.models import RoleAssignment
from casemgr.organisation.roles import KEEPERS, ROLES
from casemgr.pages.clock import today as clock_today
from litigation.models import BacklogYear, ClearingRound, UnitLetter
from mediation.models import DockAgreement, Filing, FundEntry, KeyDispute, Patrol, SubsidyBatch, TableReturn
from tests.support.addresses import addresses, patterns, stay_logged_in
from tests.support.assessment import a_clause, a_plan, a_sheet
from tests.support.once import runs_once
from tests.support.organisations import committee_row, studio_row, town
from tests.support.register import OFFICE, OTHER, person, unit
from tests.support.rooms import a_room, entries
from tests.support.upload_files import a_pdf, a_picture

pytestmark = pytest.mark.django_db

EVERYBODY = {*ROLES, "stranger", "roleless"}
"""`stranger`: a reconsideration officer of another unit; `roleless`: an account without any role."""
SEEING = {"officer", "head", "authority", "panel", "archive", "leader", "auditor"}
"""Who sees the cases of the reconsideration office."""
HANDLING = {"officer", "head"}
ASKING = {"officer", "head", "auditor", "admin", "mediator", "roleless"}
"""Whose walk is repeated on PostgreSQL: between them they run every query that an address has."""
WALKS = [
    *(tuple(sorted(ASKING)[part::2]) for part in range(2)),
    *(pytest.param(tuple(sorted(EVERYBODY - ASKING)[part::3]), marks=runs_once) for part in range(3)),
]
"""Several roles go over the same rows: to make what every address needs takes as long as half a walk."""
KEEPING = {*HANDLING, "authority"}
"""Of those who see the case, who enters parties and corrects their records; the others only read them."""
APPRAISING = {"head", "authority", "leader", "town", "archive", "auditor"}
"""Who reads what becomes of volumes whose term is over; only the archive keeper changes the table of terms."""
REVIEWING = {"admin", "head", "authority", "leader", "committee", "auditor"}
OPEN_TO_ALL = {
    **dict.fromkeys(("public_home", "public_decisions", "public_figures", "public_hearings", "public_guide"), 200),
    **dict.fromkeys(("public_progress", "public_complaint", "public_answer"), 200),
    **dict.fromkeys(("public_decision", "public_decision_file"), 404),  # nothing is published
}
"""The site for everybody: the same for nobody and for each role."""
PUBLIC = {
    **OPEN_TO_ALL,
    "public_language": 302,
    "first_start": 404,
    "healthz": 200,
    "readyz": 503,
    "metrics": 200,
    "notice_feed": 404,
    "sms_receipt": 404,
    "login": 200,
    "login_code": 302,
    "set_language": 302,
}
POST_ONLY = {
    "public_language",
    "data_request_file",
    *("access_review_begin", "access_review_sign", "seal_verify"),
    *("absence_end", "duplicate_settle", "filter_save", "filter_remove", "reminder_done"),
    *("draft_save", "draft_discard"),
    *("job_cancel", "job_retry", "holiday_notice_action"),
    *("ledger_stop", "ledger_resume", "ledger_step"),
    "backup_now",
    *("session_end", "recovery_codes_new", "second_factor_off", "user_end_sessions", "user_ask_password"),
    *("notice_read", "notice_feed_token", "notice_ladder_remove", "sms_receipt"),
    *("hints_seen", "single_keys"),
    *("logout", "large_type", "user_rename", "user_assign_role", "user_set_active", "user_unlock"),
    *(
        "user_reset_password",
        "calendar_override",
        "calendar_override_remove",
        "party_similar",
        "party_number",
        "document_autosave",
        "phrase_retire",
    ),
}
QUERIES = {"document_draft": "?kind=refusal"}
A_PDF = a_pdf()


def allowed(ok: set[str], *, others: int, **special: int) -> dict[str, int]:
    """Status by role: 200 for `ok`, `others` for the rest, `special` for single roles."""
    return {role: special.get(role, 200 if role in ok else others) for role in EVERYBODY}


ADMIN = allowed({"admin"}, others=403)
ALL = allowed(EVERYBODY, others=200)
WITH_ROLE = allowed(EVERYBODY - {"roleless"}, others=403)
CASE = allowed(SEEING, others=404)
CORRECTING = allowed(KEEPING, others=404, **dict.fromkeys(SEEING - KEEPING, 403))
NOTICE = allowed({"admin", "head", "authority"}, others=403)
COUNTED = allowed(EVERYBODY - {"roleless", "finance", "admin"}, others=404)
SUITS_ONLY = {"liaison", "department"}
TABLED = allowed({*HANDLING, "authority", "panel", "archive", "leader", "auditor", "stranger"} - SUITS_ONLY, others=403)
KEEPING_TABLES = {"head", "liaison", "admin", "leader", "auditor", "authority"}
CLUES = {"liaison", "leader", "authority", *HANDLING, "stranger"}
SERVERS = {*HANDLING, "stranger"}
SERVING = dict.fromkeys(EVERYBODY, 403) | dict.fromkeys(SERVERS, 302)
"""Prints of papers to serve: nothing is ticked, so who serves is sent back to the list."""
ORGANISING = {"mediator", "committee", "town", "guidance", "archive", "leader", "auditor"}
"""Whose roles have to do with people's mediation; of those here only guidance and auditor reach the towns."""
ORGANISATIONS = allowed(ORGANISING, others=403)
ORGANISATION = allowed({"guidance", "auditor"}, others=403, **dict.fromkeys(ORGANISING - {"guidance", "auditor"}, 404))
ORGANISATION_STEP = ORGANISATION | {"auditor": 403}
ASSIGNING = allowed({"head", "committee", "town", "liaison"}, others=403)
USING_ROOMS = {*SEEING, "admin"}
"""Who finds their way in the rooms of the office; here the stranger's office has none."""
OPENNESS = {*SEEING, "stranger"}
COMPLAINTS = OPENNESS - {"panel", "archive"}
BACKLOG = {"liaison", "department", "leader", "auditor", "archive"}
PLANNING, ANSWERING = {"leader", "head", "liaison", "guidance"}, {"department", "town"}
ASSESSING = {*PLANNING, *ANSWERING, "authority", "auditor"}
RECONSIDERING = allowed({*SEEING, "stranger"}, others=403)
NO_SUCH_RECONSIDERED = allowed(set(), others=403, **dict.fromkeys({*SEEING, "stranger"}, 404))
EXPECTED: dict[str, dict[str, int]] = {
    "administration": allowed(REVIEWING, others=403),
    "home": dict.fromkeys(EVERYBODY, 302),
    "healthz": ALL,
    "readyz": dict.fromkeys(EVERYBODY, 503),  # no worker runs beside the tests
    "metrics": ALL,
    "login": dict.fromkeys(EVERYBODY, 302),
    "password_change": ALL,
    "login_code": dict.fromkeys(EVERYBODY, 302),
    "my_account": ALL,
    "practice": dict.fromkeys(EVERYBODY, 404),
    "practice_reset": dict.fromkeys(EVERYBODY, 404),
    "user_reset_factor": ADMIN,
    "second_factor_rules": ADMIN,
    **dict.fromkeys(("help", "help_search", "help_chapter", "help_picture"), ALL),
    "second_factor": ALL,
    "set_language": dict.fromkeys(EVERYBODY, 302),
    "session_keep": dict.fromkeys(EVERYBODY, 204),
    "unit_tree": ADMIN,
    "unit_create": ADMIN,
    "unit_detail": ADMIN,
    "unit_edit": ADMIN,
    "unit_end": ADMIN,
    "user_list": ADMIN,
    "job_list": ALL,
    "first_start": dict.fromkeys(EVERYBODY, 404),
    "go_live": ADMIN,
    "go_live_confirm": ADMIN,
    "series_list": ADMIN,
    "series_step": ADMIN,
    "user_import": ADMIN,
    "unit_import": ADMIN,
    "backup_list": ADMIN,
    "office": ADMIN,
    "office_change": ADMIN,
    "seal_change": ADMIN,
    "user_create": ADMIN,
    "user_detail": ADMIN,
    "role_end": ADMIN,
    "api_tokens": ALL,
    "token_create": WITH_ROLE,
    "token_list_all": ADMIN,
    "token_revoke": dict.fromkeys(EVERYBODY, 404),
    "system_list": ADMIN,
    "system_create": ADMIN,
    "system_detail": dict.fromkeys(EVERYBODY, 403) | {"admin": 404},
    "access_log": allowed({"admin", "auditor"}, others=403),
    "calendar": ALL,
    "calendar_year": ALL,
    "calculator": ALL,
    "timelimit_calculator": ALL,
    "party_list": WITH_ROLE,
    "party_new": allowed(set(KEEPERS) | {"stranger"}, others=403),
    "party_lookup": WITH_ROLE,
    "party_detail": WITH_ROLE,
    "party_correct": allowed(KEEPING, others=403),
    "party_action": CORRECTING,
    "worklist": ALL,
    "case_list": ALL,
    "case_detail": CASE,
    "deadline_explain": CASE,
    "case_members": CASE,
    "case_members_enter": allowed(HANDLING, others=404, **dict.fromkeys(SEEING - HANDLING, 403)),
    "case_action": allowed(HANDLING, others=404, **dict.fromkeys(SEEING - HANDLING, 403)),
    "document_unserved": ALL,
    "document_notices": ALL,
    "publication_proof": dict.fromkeys(EVERYBODY, 404),
    "delivery_print": SERVING,
    "delivery_post": SERVING | dict.fromkeys(SERVERS, 200),
    "delivery_arrivals": SERVING | dict.fromkeys(SERVERS, 200),
    "sealing_list": ALL,
    "sealing_book": ALL,
    "sealing_excel": ALL,
    "sealing_register": allowed({*HANDLING, "committee", "stranger"}, others=403),
    "sealing_detail": CASE,
    "sealing_action": allowed(HANDLING, others=404, **dict.fromkeys(SEEING - HANDLING, 403)),
    "document_detail": CASE,
    "document_file": CASE,
    "document_approval": CASE,
    "document_changes": CASE,
    **dict.fromkeys(("wording_list", "wording_passage", "wording_propose", "wording_detail", "wording_trial"), NOTICE),
    "wording_trial_file": allowed(set(), others=403, admin=404, head=404, authority=404),
    "wording_action": NOTICE,
    **dict.fromkeys(("phrase_list", "phrase_add", "phrase_change"), NOTICE),
    "document_proof": CASE,
    "document_edit": allowed(HANDLING, others=404, **dict.fromkeys(SEEING - HANDLING, 403)),
    "document_preview": allowed(HANDLING, others=404, **dict.fromkeys(SEEING - HANDLING, 403)),
    # the draft is not complete: those who may submit it are told what is missing
    "document_action": CASE | dict.fromkeys(SEEING - HANDLING, 403) | dict.fromkeys(HANDLING, 409),
    "document_draft": allowed(HANDLING, others=404, **dict.fromkeys(SEEING - HANDLING, 403)),
    "material_list": CASE,
    "material_add": allowed(HANDLING, others=404, **dict.fromkeys(SEEING - HANDLING, 403)),
    "material_detail": CASE,
    "material_file": CASE,
    "material_original": CASE,
    "material_action": allowed(HANDLING, others=404, **dict.fromkeys(SEEING - HANDLING, 403)),
    "case_volume": CASE,
    # the case is still running: nothing is frozen, and what may be entered depends on the role
    "volume_prepare": allowed(
        {*HANDLING, "archive"}, others=404, **dict.fromkeys(SEEING - HANDLING - {"archive"}, 403)
    ),
    "volume_list": WITH_ROLE,
    **dict.fromkeys(("volume_detail", "volume_file", "volume_step"), dict.fromkeys(EVERYBODY, 404)),
    **dict.fromkeys(("inspection_file", "bundle_file"), dict.fromkeys(EVERYBODY, 404)),
    "appraisal_list": allowed(APPRAISING, others=403),
    "appraisal_sheet": allowed(APPRAISING, others=403),
    "appraisal_step": dict.fromkeys(EVERYBODY, 404),
    "retention_table": allowed(APPRAISING, others=403),
    "retention_change": allowed({"archive"}, others=403),
    "retention_step": allowed(set(), others=403, **dict.fromkeys(("head", "authority", "leader"), 409)),
    "access_why": ALL,
    "access_review_list": allowed(REVIEWING, others=403),
    "access_review": dict.fromkeys(EVERYBODY, 403) | dict.fromkeys(REVIEWING, 404),
    "access_review_sheet": dict.fromkeys(EVERYBODY, 403) | dict.fromkeys(REVIEWING, 404),
    "seal_list": allowed({"admin", "auditor"}, others=403),
    "seal_sheet": allowed({"admin", "auditor"}, others=403),
    "emergency": allowed({*HANDLING, "authority", "town", "committee", "liaison", "leader", "stranger"}, others=403),
    "emergency_review": allowed({"auditor"}, others=403),
    "emergency_judge": dict.fromkeys(EVERYBODY, 404),
    "case_export": ALL,
    "case_recent": ALL,
    "reminder_new": ALL,
    "absence_list": ALL,
    "case_handover": ASSIGNING,
    "case_assign_many": ASSIGNING | dict.fromkeys({"head", "committee", "town", "liaison"}, 302),  # nothing is chosen
    "reassignment": dict.fromkeys(EVERYBODY, 404),
    "absence_new": allowed(
        {*HANDLING, *("mediator", "committee", "town", "liaison", "department", "stranger")}, others=403
    ),
    "duplicate_list": WITH_ROLE,
    "merge_detail": dict.fromkeys(EVERYBODY, 404),
    "merge_propose": CORRECTING,
    "split_propose": CORRECTING,
    "data_request_list": WITH_ROLE,
    "data_request_detail": dict.fromkeys(EVERYBODY, 404),
    "split_detail": dict.fromkeys(EVERYBODY, 404),
    "notice_inbox": ALL,
    "notice_open": dict.fromkeys(EVERYBODY, 404),
    "notice_preferences": ALL,
    "notice_ladder": allowed({"head", "admin"}, others=403),
    "notice_deliveries": ADMIN,
    "notice_feed": dict.fromkeys(EVERYBODY, 404),
    # figures: everybody whose roles have cases; who only sets targets sees no numbers
    # ledgers: of an import that is not there nobody learns anything
    "ledger_list": allowed(EVERYBODY - {"roleless", "finance"}, others=403),
    "ledger_send": allowed({*KEEPERS, "stranger"}, others=403),
    "ledger_fetch": RECONSIDERING,
    **dict.fromkeys(("ledger_import", "ledger_people", "ledger_refused"), allowed(set(), others=404)),
    "indicator_list": allowed(EVERYBODY - {"roleless", "finance"}, others=403),
    "indicator_detail": COUNTED,
    "indicator_rows": COUNTED,
    "indicator_export": COUNTED,
    "official_list": allowed(EVERYBODY - {"roleless", "finance", "admin"}, others=403),
    **dict.fromkeys(
        ("official_locks", "official_lines", "official_layouts"),
        allowed(KEEPING_TABLES, others=403),
    ),
    "official_lock": allowed(set(), others=403, **dict.fromkeys(KEEPING_TABLES, 404)),
    **dict.fromkeys(("official_line_new", "official_layout_new"), allowed({"head", "liaison", "admin"}, others=403)),
    "official_line_action": allowed({"head", "liaison", "admin"}, others=403),
    "official_layout_action": allowed({"head", "liaison", "admin"}, others=403),
    "official_layout_file": allowed({"head"}, others=403),
    "official_lock_new": allowed({"head", "liaison"}, others=403),
    **dict.fromkeys(("official_sheet", "official_rows", "official_differences", "official_file"), TABLED),
    "indicator_targets": allowed({"leader", "admin"}, others=403),
    "ownership": allowed(
        {"head", "committee", "town", "liaison", "authority", "leader", "auditor", "admin"}, others=403
    ),
    "indicator_checks": allowed({"admin", "auditor"}, others=403),
    "board_home": allowed(set(), others=403, leader=302, head=302, town=302),
    **dict.fromkeys(("board", "board_pdf"), allowed({"leader"}, others=404)),
    "board_count": COUNTED,
    "alert_list": ALL,
    "alert_note": dict.fromkeys(EVERYBODY, 404),  # none was raised: tests/boards
    **dict.fromkeys(("alert_rule_list", "alert_rule_new"), allowed({"head", "admin"}, others=403)),
    "alert_rule_change": allowed(set(), others=403, head=404, admin=404),
    # the yearly holiday notice
    "holiday_notice_list": NOTICE,
    "holiday_notice_enter": allowed({"admin", "head"}, others=403),
    "holiday_notice_withdraw": allowed({"admin", "head"}, others=403),
    "holiday_notice": NOTICE,
    "recomputation": allowed({"admin", "head", "authority"}, others=404),
    "recomputation_csv": allowed({"admin", "head", "authority"}, others=404),
    # referrals and links
    "case_line": CASE,
    "referral_draft": allowed(HANDLING, others=404, **dict.fromkeys(SEEING - HANDLING, 403)),
    "referral_list": ALL,
    "referral_register": allowed({*HANDLING, "mediator", "committee", "town", "liaison", "stranger"}, others=403),
    "referral_detail": CASE,
    "referral_action": allowed(HANDLING, others=404, **dict.fromkeys(SEEING - HANDLING, 403)),
    "referral_letter_file": CASE,
    "referral_letter_action": allowed(HANDLING, others=404, **dict.fromkeys(SEEING - HANDLING, 403)),
    "reconsideration_register": allowed({*HANDLING, "stranger"}, others=403),
    "committee_members": RECONSIDERING,
    "committee_member_new": allowed({"head"}, others=403),
    "evidence_list": CASE,
    "visit_list": allowed({*HANDLING, "leader", "auditor", "stranger"}, others=403),
    "visit_new": allowed({*HANDLING, "stranger"}, others=403),
    **dict.fromkeys(
        ("visit_detail", "visit_action"),
        allowed(set(), others=403, **dict.fromkeys((*HANDLING, "leader", "auditor", "stranger"), 404)),
    ),
    **dict.fromkeys(
        ("review_rounds", "review_checklists", "office_rules", "model_cases", "stage_times"), RECONSIDERING
    ),
    **dict.fromkeys(("review_round_new", "review_checklist_new", "office_rule_new"), allowed({"head"}, others=403)),
    **dict.fromkeys(
        (
            "committee_member",
            "committee_member_action",
            "evidence_detail",
            "evidence_action",
            "investigation_detail",
            "investigation_action",
            "reading_detail",
            "reading_action",
            "review_round",
            "review_round_action",
            "file_review",
            "file_review_action",
            "review_finding_action",
            "office_rule",
            "office_rule_action",
            "model_case",
            "model_case_action",
        ),
        NO_SUCH_RECONSIDERED,
    ),
    "performance_list": allowed({*SEEING, "stranger"}, others=403),
    "mediation_register": allowed({"mediator", "committee", "town"}, others=403),
    "litigation_register": allowed({"liaison", "department"}, others=403),
    **dict.fromkeys(
        (
            "court_sessions",
            "head_appearance",
            "head_appearance_rows",
            "two_years",
            "court_registers",
            "court_register_file",
        ),
        allowed({"liaison", "department", "leader", "auditor", "archive"}, others=403),
    ),
    "head_appearance_line": allowed({"liaison", "leader", "admin"}, others=403),
    "litigation_register_enforcement": allowed({"liaison", "department"}, others=403),
    **dict.fromkeys(("plan_list", "plan_detail"), allowed(ASSESSING, others=403)),
    **dict.fromkeys(("plan_new", "plan_action"), allowed(PLANNING, others=403)),
    "plan_clause": allowed(ASSESSING - ANSWERING, others=403, **dict.fromkeys(ANSWERING, 404)),
    "plan_clause_action": allowed(PLANNING, others=403, **dict.fromkeys(ANSWERING, 404)),
    **dict.fromkeys(("cause_tables", "cause_rows", "cause_letters", "flaw_list"), allowed(ASSESSING, others=403)),
    **dict.fromkeys(("flaw_new", "flaw_edit"), allowed(PLANNING, others=403)),
    "cause_record": allowed({"leader", "head"}, others=403, liaison=404, guidance=404, department=404, town=404),
    **dict.fromkeys(("report_list", "report_detail", "report_file"), allowed(ASSESSING - ANSWERING, others=403)),
    **dict.fromkeys(("report_new", "report_action"), allowed(PLANNING, others=403)),
    "sheet_list": allowed(ASSESSING, others=403),
    "sheet_new": allowed(PLANNING, others=403),
    **dict.fromkeys(
        ("sheet_detail", "sheet_rows", "sheet_file"),
        allowed(ASSESSING - ANSWERING, others=403, **dict.fromkeys(ANSWERING, 404)),
    ),
    # objections are still taken: not frozen yet
    "sheet_action": allowed(set(), others=403, **dict.fromkeys(PLANNING, 409), **dict.fromkeys(ANSWERING, 404)),
    "assessment_file": allowed(set(), others=403, **dict.fromkeys(ASSESSING, 404)),  # tests/assessment
    "backlog_board": allowed(BACKLOG, others=403),
    "backlog_items": allowed(BACKLOG, others=403),
    "backlog_rounds": allowed(BACKLOG, others=403),
    "backlog_round_new": allowed({"liaison"}, others=403),
    "backlog_round": allowed(BACKLOG - {"department"}, others=403, department=404),
    "backlog_round_action": allowed({"liaison"}, others=403, department=404),
    "backlog_proof_file": allowed(set(), others=403, **dict.fromkeys(BACKLOG, 404)),  # tests/litigation/backlog
    "backlog_proof_action": allowed(set(), others=403, **dict.fromkeys(BACKLOG, 404)),
    **dict.fromkeys(("backlog_ledger_pdf", "backlog_ledger_xlsx", "backlog_letters"), allowed(BACKLOG, others=403)),
    "backlog_clearance_sheet": allowed(BACKLOG - {"department"}, others=403, department=404),
    "backlog_letter_new": allowed({"liaison"}, others=403),
    **dict.fromkeys(
        ("backlog_letter", "backlog_letter_file"), allowed(BACKLOG - {"department"}, others=403, department=404)
    ),
    "backlog_letter_action": allowed({"liaison"}, others=403, department=404),
    "backlog_what_if": allowed(set(), others=403, **dict.fromkeys(BACKLOG, 404)),  # no base is taken
    "backlog_returns": allowed(BACKLOG, others=403),
    "backlog_item_new": allowed({"liaison", "department"}, others=403),
    "backlog_return_new": allowed({"liaison", "department"}, others=403),
    "backlog_year_new": allowed({"liaison", "leader"}, others=403),
    "backlog_item": allowed(BACKLOG - {"department"}, others=403, department=404),
    "backlog_item_action": allowed({"liaison"}, others=403, department=404),
    "backlog_year_action": allowed({"liaison", "leader"}, others=403),
    **dict.fromkeys(("contact_list", "meeting_list"), allowed({"liaison", "department"}, others=403)),
    **dict.fromkeys(("contact_new", "meeting_new"), allowed({"liaison"}, others=403)),
    **dict.fromkeys(
        ("contact_detail", "contact_action", "meeting_detail", "meeting_action", "decision_action"),
        allowed(set(), others=403, liaison=404, department=404),
    ),
    "normative_list": allowed(SEEING, others=403, stranger=200),
    "help_papers": dict.fromkeys(EVERYBODY, 404),
    "normative_new": allowed(HANDLING, others=403, stranger=200),
    **dict.fromkeys(
        ("normative_detail", "normative_action"), allowed(set(), others=403, stranger=404, **dict.fromkeys(SEEING, 404))
    ),
    **dict.fromkeys(("clue_list", "clue_new"), allowed(CLUES, others=403)),
    **dict.fromkeys(
        ("clue_detail", "clue_action", "clue_letter"), allowed(set(), others=403, **dict.fromkeys(CLUES, 404))
    ),
    **{name: dict.fromkeys(EVERYBODY, status) for name, status in OPEN_TO_ALL.items()},
    "publication_list": allowed(OPENNESS, others=403),
    **dict.fromkeys(("publication_new", "query_code_new"), allowed({*HANDLING, "stranger"}, others=403)),
    # tests/reconsideration/openness walks over real ones
    **dict.fromkeys(
        ("publication_detail", "publication_action", "query_code_action"),
        dict.fromkeys(EVERYBODY, 403) | dict.fromkeys(OPENNESS, 404),
    ),
    "complaint_list": allowed(COMPLAINTS, others=403),
    "complaint_new": allowed({*HANDLING, "leader", "stranger"}, others=403),
    **dict.fromkeys(
        ("complaint_detail", "complaint_action"), dict.fromkeys(EVERYBODY, 403) | dict.fromkeys(COMPLAINTS, 404)
    ),
    "litigation_register_suggestion": allowed({"liaison", "department"}, others=403),
    "litigation_register_supervision": allowed({"liaison", "department"}, others=403),
    **dict.fromkeys(("hearing_week", "hearing_list", "hearing_docket"), allowed({*SEEING, "stranger"}, others=403)),
    "hearing_slots": allowed(HANDLING, others=403, stranger=404),
    **dict.fromkeys(
        ("hearing_detail", "hearing_begin", "hearing_step", "hearing_action"),
        allowed(set(), others=403, **dict.fromkeys({*SEEING, "stranger"}, 404)),  # tests/reconsideration/hearings
    ),
    "room_list": allowed({*USING_ROOMS, "stranger"}, others=403),
    "room_new": allowed({"head", "admin"}, others=403),
    **dict.fromkeys(("room_detail", "booking_detail"), allowed(USING_ROOMS, others=403, stranger=404)),
    "room_action": allowed({"head", "admin"}, others=403, stranger=404),
    "booking_new": allowed({*HANDLING, "archive", "stranger"}, others=403),
    "booking_action": allowed({*HANDLING, "archive"}, others=403, stranger=404),
    "oral_files": allowed(ORGANISING, others=403),
    "oral_file": dict.fromkeys(EVERYBODY, 403) | dict.fromkeys(ORGANISING, 404),  # nobody bound it
    # screening: who sets campaigns up are the towns and the bureau; who goes on patrol works below them
    **dict.fromkeys(
        (*("screening", "campaign_list", "campaign_return_list", "patrol_list", "lead_list", "key_dispute_list"),),
        ORGANISATIONS,
    ),
    "campaign_new": allowed({"town", "guidance"}, others=403),
    **dict.fromkeys(("patrol_new", "lead_new"), allowed({"mediator", "committee", "town"}, others=403)),
    "key_dispute_new": allowed({"committee", "town"}, others=403),
    **dict.fromkeys(
        (*("campaign_detail", "campaign_return_detail", "patrol_detail", "lead_detail", "key_dispute_detail"),),
        ORGANISATION,
    ),
    "campaign_action": ORGANISATION_STEP,
    "campaign_return_action": ORGANISATION_STEP | {"guidance": 409},
    **dict.fromkeys(("patrol_action", "lead_action", "key_dispute_action"), ORGANISATION_STEP | {"guidance": 403}),
    # departments' mediations: their own, and for the bureau all
    "administrative_list": allowed({*ORGANISING, "department"}, others=403),
    "administrative_new": allowed({"department"}, others=403),
    "administrative_detail": ORGANISATION | {"department": 404},
    "administrative_action": ORGANISATION | {"department": 404, "guidance": 403, "auditor": 403},
    # organisations of people's mediation
    **dict.fromkeys(
        (
            *("organisation_overview", "committee_list", "mediator_list", "mediator_roster", "studio_list"),
            *("studio_policy_list", "studio_coverage", "filing_list", "dock_agreement_list"),
        ),
        ORGANISATIONS,
    ),
    "committee_new": allowed({"town", "guidance"}, others=403),
    **dict.fromkeys(("mediator_new", "studio_new"), allowed({"committee", "town", "guidance"}, others=403)),
    **dict.fromkeys(("studio_policy_new", "coverage_freeze", "dock_agreement_new"), allowed({"guidance"}, others=403)),
    **dict.fromkeys(
        ("committee_detail", "mediator_detail", "studio_detail", "filing_detail", "dock_agreement_detail"), ORGANISATION
    ),
    **dict.fromkeys(
        ("committee_action", "mediator_action", "studio_action", "filing_action", "dock_agreement_action"),
        ORGANISATION_STEP,
    ),
    "dock_agreement_file": ORGANISATION | {"guidance": 404, "auditor": 404},
    # statistical tables and subsidy
    **dict.fromkeys(
        ("table_list", "table_sheet", "table_rows", "table_file", "table_entries", "table_rules"), ORGANISATIONS
    ),
    **dict.fromkeys(("table_submit", "table_funds_new", "subsidy_new"), allowed({"town", "guidance"}, others=403)),
    **dict.fromkeys(("table_rule_new", "subsidy_rate_new"), allowed({"guidance"}, others=403)),
    "table_return": ORGANISATION,
    **dict.fromkeys(("table_return_action", "table_entry_strike"), ORGANISATION_STEP),
    **dict.fromkeys(("subsidy_list", "subsidy_rates"), ORGANISATIONS | {"finance": 200}),
    **dict.fromkeys(("subsidy_batch", "subsidy_file"), ORGANISATION | {"finance": 404}),
    "subsidy_action": ORGANISATION_STEP | {"finance": 404},
}


@pytest.fixture
def values(case, office):
    """What the addresses are filled with: also a paper served with proof, and a draft."""
    today = clock_today()
    admin = person("boss", "admin", at="150621")
    start_at("reconsideration.case", today.year, 5000, reason="the cases here were written without taking a number")
    issued = office.paper(case, "receipt", today, {"materials": "行政复议申请书，2份"})
    part = case.participations.get(role="applicant")
    served = {"participation": part.pk, "method": "in_person", "served_on": today.isoformat()}
    proof = {"proof": SimpleUploadedFile("回证.pdf", A_PDF)}
    issued = perform("document.serve", issued, served, office.officer, today, files=proof)
    draft = perform("document.draft", case, {"kind": "correction_notice"}, office.officer, today)
    return {
        "documents": {"pk": issued.pk},
        "document_edit": {"pk": draft.pk},
        "document_preview": {"pk": draft.pk},
        "document_autosave": {"pk": draft.pk},
        "document_action": {"pk": draft.pk, "name": "document.submit"},
        "publication_proof": {"pk": 0},
        "delivery_print": {"what": "receipts"},
        "document_proof": {"pk": issued.services.get().pk},
        "wording": {"pk": a_wording(admin, today).pk, "code": "reconsideration.closing", "name": "wording.edit"},
        **{name: {"pk": a_phrase(admin, today).pk} for name in ("phrase_change", "phrase_retire")},
        "sealing": {"pk": SealUse.objects.get(document=issued).pk, "name": "sealing.confirm", "year": today.year},
        "cases": {"pk": case.pk, "deadline_id": case.deadlines.first().pk, "name": "reconsideration.examine"},
        "materials": {"pk": a_material(case, office.officer, today).pk, "name": "material.withdraw"},
        "parties": {"pk": part.party_id, "name": "party.record_capacity"},
        "units": {"pk": unit().pk},
        "users": {"pk": admin.pk},
        "office": {"pk": unit().pk},
        "first-start": {"token": "unknown"},
        "going-live": {"code": "keys"},
        "series": {"code": "reconsideration.decision", "step": "start"},
        "roles": {"pk": RoleAssignment.objects.get(user=admin).pk},
        "calendar": {"year": 2026, "pk": 1},
        **a_previewed_notice(admin, today),
        "indicators": {"code": "load"},
        **{name: {"code": "T1"} for name in ("official_sheet", "official_rows", "official_differences")},
        "official_file": {"code": "T1", "form": "xlsx"},
        "boards": {"code": "leader", "pk": 0},
        "board_count": {"code": "overdue"},
        "official_lock": {"pk": 0},
        "official_line_action": {"pk": ListLine.objects.first().pk, "name": "official_tables.change_line"},
        "official_layout_action": {
            "pk": Layout.objects.get(of="reconsideration").pk,
            "name": "official_tables.change_layout",
        },
        "official_layout_file": {"pk": Layout.objects.get(of="reconsideration").pk},
        "jobs": {"pk": 0},
        "ledgers": {"pk": 999999, "kind": "reconsideration", "step": "load"},
        "tokens": {"pk": 0},
        "systems": {"pk": 0},
        "access": {"pk": 0},
        "merge_detail": {"pk": 0},
        "split_detail": {"pk": 0},
        "data-requests": {"pk": 0},
        "duplicate_settle": {"pk": 0},
        "reminders": {"pk": 0},
        "drafts": {"pk": 0, "action": "mediation.register"},
        "oral_file": {"pk": 0},
        "absences": {"pk": 0},
        "volume_prepare": {"pk": case.pk, "name": "volumes.add_entry"},
        "volumes": {"pk": 0, "name": "volume.lend"},
        "retention_change": {"pk": RetentionRule.objects.first().pk},
        "retention_step": {"pk": RetentionRule.objects.first().pk, "name": "retention.approve"},
        "reassignment": {"pk": 0},
        "filter_remove": {"pk": 0},
        "notices": {"pk": 0},
        "feeds": {"token": "unknown"},
        "referrals": {"pk": a_referral(office.officer, today).pk, "name": "referral.decline"},
        "referral-letters": {"pk": a_letter(office.officer, today).pk, "name": "referral_letter.withdraw"},
        **rooms(office.head, today),
        "hearing_docket": {"on": today.isoformat()},
        "hearing_slots": {"pk": case.pk},
        **organisations(today),
        **screening(today),
        **tables(today),
        **NOTHING_THERE,
        "evidence_list": {"pk": case.pk},
        **backlog(today),
        **assessment(case, today),
    }


NOTHING_THERE: dict[str, dict] = {
    f"{record}_{what}": {"pk": 999999, "name": f"{record}.correct"}
    for record in ("contact", "meeting", "decision")
    for what in ("detail", "action")
    if (record, what) != ("decision", "detail")
} | {
    "help_papers": {"pk": 999999},
    "help_chapter": {"code": "cases"},
    "help_picture": {"name": "case-officer"},
    "normative_detail": {"pk": 999999},
    "normative_action": {"pk": 999999, "name": "normative.correct"},
    "publication_detail": {"pk": 999999},
    "publication_action": {"pk": 999999, "name": "publication.judge"},
    "query_code_action": {"pk": 999999, "name": "query_code.revoke"},
    "complaint_detail": {"pk": 999999},
    "complaint_action": {"pk": 999999, "name": "complaint.give"},
    "public_decision": {"pk": 999999},
    "public_decision_file": {"pk": 999999},
    "clue_detail": {"pk": 999999},
    "hearing_detail": {"pk": 999999},
    "hearing_begin": {"pk": 999999},
    "hearing_step": {"pk": 999999, "step": "claim"},
    "hearing_action": {"pk": 999999, "name": "hearing.declare"},
    "clue_action": {"pk": 999999, "name": "clues.release"},
    "clue_letter": {"pk": 999999, "extension": "pdf"},
    "committee_member": {"pk": 999999},
    **{
        f"{one}{what}": {"pk": 999999, "name": "review.close"}
        for one in ("review_round", "file_review", "office_rule", "model_case")
        for what in ("", "_action")
    },
    "review_finding_action": {"pk": 999999, "name": "review.repair"},
    **{
        f"{one}_{what}": {"pk": 999999, "name": f"{one}.strike"}
        for one in ("visit", "reading")
        for what in ("detail", "action")
    },
    "committee_member_action": {"pk": 999999, "name": "committee.correct"},
    **{
        f"{one}_{what}": {"pk": 999999, "name": f"{one}.correct"}
        for one in ("evidence", "investigation")
        for what in ("detail", "action")
    },
}
"""Who may see such a record at all; tests/litigation/test_cooperation.py and test_clues.py walk over real ones."""


def rooms(head, today) -> dict[str, dict]:
    """A room of the office and a booking of it."""
    room = a_room("hearing")
    sent = {**entries(on=today.isoformat(), room=room.pk, purpose="meeting")}
    booking = perform("rooms.book", None, sent, head, today)
    return {
        "rooms": {"pk": room.pk, "name": "rooms.change"},
        "bookings": {"pk": booking.pk, "name": "rooms.cancel_booking"},
    }


def screening(today) -> dict[str, dict]:
    """A campaign of a town with a return, a patrol, a lead, a key dispute; and a department's mediation."""
    keeper = person("keeper", "town", at=town().code)
    drive = {"name": "试", "from_on": today.isoformat(), "until_on": (today + timedelta(days=20)).isoformat(),
             "tasks": "试", "cadence": "once", "due_days": 2, "units": [town().pk]}  # fmt: skip
    drive = perform("campaign.set_up", None, drive, keeper, today)
    patrol = Patrol.objects.create(unit=town(), on=today, place="试", people="试", entered_by=keeper)
    lead = {"unit": town().pk, "found_on": today.isoformat(), "source": "patrol", "found_by": "试", "place": "试",
            "dispute_type": "02", "summary": "试", "people": 2, "urgency": "ordinary"}  # fmt: skip
    lead = perform("lead.record", None, lead, keeper, today)
    key = KeyDispute.objects.create(
        unit=town(), title="试", why_key="试", entered_on=today, due_on=today, responsible="试"
    )
    liaison = person("keeper-2", "department", at=OTHER)
    sent = {"organ": unit(OTHER).pk, "matter": "other", "subject_text": "试", "parties": "试", "people": 2,
            "begun_on": today.isoformat()}  # fmt: skip
    record = perform("administrative.enter", None, sent, liaison, today)
    pages = {
        "campaign": (drive, "campaign.extend"),
        "campaign_return": (drive.returns.get(), "campaign.send_back"),
        "patrol": (patrol, "patrol.correct"),
        "lead": (lead, "lead.drop"),
        "key_dispute": (key, "key_dispute.change"),
        "administrative": (record, "administrative.correct"),
    }
    return {
        f"{name}_{what}": {"pk": row.pk, "name": step}
        for name, (row, step) in pages.items()
        for what in ("detail", "action")
    }


def tables(today) -> dict[str, dict]:
    """A submitted month, an entry of funds and a submitted batch of a town."""
    committee_row(town())
    returned = TableReturn.objects.create(
        unit=town(), year=2026, month=1, first_on=today, last_on=today, basis="closed", counted_on=today
    )
    entry = FundEntry.objects.create(unit=town(), on=today, guidance_yuan=1)
    batch = SubsidyBatch.objects.create(
        unit=town(), first_on=today, last_on=today, computed_on=today, total_yuan=0, state="SUBMITTED"
    )
    sheet = {"code": "M-1"}
    return {
        **dict.fromkeys(("table_sheet", "table_rows"), sheet),
        "table_file": {**sheet, "form": "xlsx"},
        "table_return": {"pk": returned.pk},
        "table_return_action": {"pk": returned.pk, "name": "table.accept"},
        "table_entry_strike": {"pk": entry.pk},
        "subsidy_batch": {"pk": batch.pk},
        "subsidy_action": {"pk": batch.pk, "name": "subsidy.approve"},
        "subsidy_file": {"pk": batch.pk, "form": "xlsx"},
    }


def backlog(today) -> dict[str, dict]:
    """The plan of a year, and an item of another unit."""
    follower = person("keeper-3", "liaison", at="150621-SFJ")
    sent = {"unit": unit(OTHER).pk, "ruling_kind": "civil", "court_number": "（2025）内0621民初1号", "creditor": "试",
            "effective_on": today.isoformat(), "perform_due_on": today.isoformat(), "duty": "试"}  # fmt: skip
    item = perform("backlog.enter", None, sent, follower, today)
    plan = BacklogYear.objects.create(year=today.year, self_check_until=today, target_on=today, basis="试")
    batch = ClearingRound.objects.create(year=plan, name="试", first_on=today, last_on=today, sub_target=1)
    letter = UnitLetter.objects.create(
        year=plan, unit=unit(OTHER), matter="backlog", kind="letter", demands="试", drafted_by=follower,
        drafted_on=today, facts={"rows": [], "base": 0, "cleared": 0, "owed": "0.00"},
    )  # fmt: skip
    return {
        "backlog_clearance_sheet": {"pk": item.pk},
        "backlog_letter": {"pk": letter.pk},
        "backlog_letter_file": {"pk": letter.pk},
        "backlog_letter_action": {"pk": letter.pk, "name": "unit_letter.edit"},
        "backlog_proof_file": {"pk": 999999},
        "backlog_proof_action": {"pk": 999999, "name": "proof.withdraw"},
        "backlog_round": {"pk": batch.pk},
        "backlog_round_action": {"pk": batch.pk, "name": "round.correct"},
        "backlog_item": {"pk": item.pk},
        "backlog_item_action": {"pk": item.pk, "name": "backlog.correct"},
        "backlog_year_action": {"pk": plan.pk, "name": "backlog.correct_year"},
    }


def assessment(case, today) -> dict[str, dict]:
    """The plan of a year, with a clause of another unit."""
    planner = person("keeper-5", "leader", at="150621")
    clause = a_clause(a_plan(planner, today), planner, today)
    sheet = a_sheet(planner, today)
    report = perform("report.draft", None, {"kind": "quarterly", "year": today.year, "quarter": "1"}, planner, today)
    return {
        "plan_detail": {"year": today.year},
        "plan_action": {"year": today.year, "name": "plan.edit"},
        "plan_clause": {"pk": clause.pk},
        "plan_clause_action": {"pk": clause.pk, "name": "clause.edit"},
        "assessment_file": {"pk": 999999},
        "sheet_detail": {"pk": sheet.pk},
        "report_detail": {"pk": report.pk},
        "report_file": {"pk": report.pk, "form": "docx"},
        "report_action": {"pk": report.pk, "name": "report.edit"},
        "sheet_rows": {"pk": sheet.lines.first().pk},
        "sheet_file": {"pk": sheet.pk, "form": "docx"},
        "sheet_action": {"pk": sheet.pk, "name": "sheet.freeze"},
        "flaw_edit": {"pk": Flaw.objects.first().pk},
        "cause_record": {"pk": case.pk},
    }


def organisations(today) -> dict[str, dict]:
    """A studio with its committee and mediator, a filing and an agreement."""
    studio = studio_row(town(), (today, None))
    committee = studio.committee
    filing = Filing.objects.create(committee=committee, matter="founded", happened_on=today)
    agreement = DockAgreement.objects.create(
        dock="court", partner="达拉特旗人民法院", title="诉调对接协议", signed_on=today, from_on=today
    )
    rows = {
        "committee": (committee, "committee.change"),
        "mediator": (studio.name_giver, "mediator.change"),
        "studio": (studio, "studio.plaque"),
        "filing": (filing, "filing.complete"),
        "dock_agreement": (agreement, "dock.change"),
    }
    pages = {f"{word}_detail": {"pk": row.pk} for word, (row, _name) in rows.items()}
    pages["dock_agreement_file"] = {"pk": agreement.pk}
    return pages | {f"{word}_action": {"pk": row.pk, "name": name} for word, (row, name) in rows.items()}


def a_wording(admin, today):
    tomorrow = (today + timedelta(days=1)).isoformat()
    sent = {"passage_code": "reconsideration.closing", "text": "专此通知。", "effective_on": tomorrow, "reason": "试"}
    return perform("wording.propose", None, sent, admin, today)


def a_phrase(admin, today):
    sent = {"kind": "", "part": "closing", "text": "专此函告。"}
    found = Phrase.objects.filter(text=sent["text"]).first()
    return found or perform("wording.add_phrase", None, sent, admin, today)


def a_previewed_notice(admin, today) -> dict[str, dict]:
    text = "一、元旦：2029年1月1日至5日放假调休，共5天。"
    sent = {"year": 2029, "number": "国办发明电〔2028〕9号", "issued_on": today.isoformat(), "text": text}
    notice = perform("calendar.enter_notice", None, sent, admin, today)
    run = Recomputation.objects.create(notice=notice, is_preview=True, first_day=today, last_day=today, on=today)
    shown = {name: {"pk": run.pk} for name in ("recomputation", "recomputation_csv")}
    return {**shown, "holiday_notice": {"pk": notice.pk}, "holiday_notice_action": {"pk": notice.pk, "step": "preview"}}


def a_material(case, officer, today):
    photo = MultiValueDict({"files": [SimpleUploadedFile("照片.jpg", a_picture())]})
    sent = {"kind": "evidence", "received_on": today.isoformat()}
    return perform("material.add", case, sent, officer, today, files=photo)


def a_referral(officer, today):
    letter = {"dock": "court", "kind": "delegated", "organ": "达拉特旗人民法院", "received_on": today.isoformat(),
              "procedure": "reconsideration", "unit": unit(OFFICE).pk, "summary": "相邻关系纠纷"}  # fmt: skip
    return perform("referral.register", None, letter, officer, today)


def a_letter(officer, today):
    scan = MultiValueDict({"files": [SimpleUploadedFile("来函.jpg", a_picture())]})
    data = {"received_on": today.isoformat()}
    return perform("referral.add_letter", a_referral(officer, today), data, officer, today, files=scan).letters.get()


def who(role: str, name: str = "walker"):
    if role == "roleless":
        return person(name)
    if role == "stranger":
        return person(name, "officer", at=OTHER)
    return person(name, role, at="150621" if role in ("admin", "auditor", "guidance") else OFFICE)


def shown_text(answer) -> str:
    return answer.getvalue().decode(errors="replace")


def test_every_address_is_in_the_table() -> None:
    names = {name for _route, name, _parameters in patterns()}
    assert names == EXPECTED.keys() | POST_ONLY


@pytest.mark.parametrize("roles", WALKS, ids="-".join)
def test_every_address_answers_each_role_as_the_table_says(values, case, foreign, roles: tuple[str, ...]) -> None:
    wrong = {}
    for role in roles:
        client = Client()
        client.force_login(who(role, f"walks-{role}"))
        for address in addresses(values, QUERIES):
            answer = client.get(address.url)
            expected = 405 if address.name in POST_ONLY else EXPECTED[address.name][role]
            if answer.status_code != expected:
                wrong[role, address.route] = f"{answer.status_code} instead of {expected}"
            check_no_leak(role, shown_text(answer), case, foreign)
    assert wrong == {}


@runs_once
@pytest.mark.parametrize(
    "roles",
    [sorted(ASKING), pytest.param(sorted(EVERYBODY - ASKING), marks=pytest.mark.long)],
    ids=["asking", "others"],
)
def test_sending_nothing_breaks_nothing_and_changes_no_case(values, case, foreign, roles: list[str]) -> None:
    for role in roles:
        client, user = Client(), who(role, f"sends-{role}")
        before = case.history.latest().version
        for address in addresses(values, QUERIES):
            stay_logged_in(client, user)
            answer = client.post(address.url)
            assert answer.status_code < 500, address.url
            check_no_leak(role, shown_text(answer), case, foreign)
        case.refresh_from_db()
        assert case.state == "RECEIVED"
        assert role in HANDLING or case.version == before


def check_no_leak(role: str, text: str, case, foreign) -> None:
    assert role in SEEING or case.number not in text
    assert role in ("stranger", "auditor") or foreign.number not in text


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_is_sent_to_log_in_except_from_public_pages(client: Client, values, case, method: str) -> None:
    for address in addresses(values, QUERIES):
        answer = getattr(client, method)(address.url)
        if address.name in PUBLIC:
            assert answer.status_code in (PUBLIC[address.name], 405), address.url
            continue
        assert answer.status_code == 302, address.url
        assert answer.url.startswith("/login/"), address.url
        assert case.number not in shown_text(answer)


@pytest.mark.parametrize("url", ["/cases/999999/", "/cases/abc/", "/parties/999999/", "/users/999999/", "/nowhere/"])
def test_what_does_not_exist_is_not_found(client: Client, url: str) -> None:
    client.force_login(who("admin"))
    answer = client.get(url)
    assert answer.status_code == 404
    assert "/work/" in shown_text(answer) or "home" in shown_text(answer) or 'href="/"' in shown_text(answer)
