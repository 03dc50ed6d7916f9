"""What the ground itself puts into the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.assessment import roles as assessment
from casemgr.web.navigation import ADMIN, BOOKS, CASE_ROLES, HANDLING, STATISTICS, Entry

GROUND = (
    Entry(
        _("Reminder ladder"),
        "notice_ladder",
        ("head", "admin"),
        92,
        ADMIN,
        _("Who is told how many days before or after a last day"),
    ),
    Entry(
        _("Rules of alerts"),
        "alert_rule_list",
        ("head", "admin"),
        92,
        ADMIN,
        _("When whom is told of a number on the boards"),
    ),
    Entry(
        _("Who sees a case, and why"), "access_why", ("admin", "auditor"), 94, ADMIN, _("Roles, shares and recusals")
    ),
    Entry(
        _("Reviews of access"),
        "access_review_list",
        ("admin", "head", "authority", "leader", "committee", "auditor"),
        93,
        ADMIN,
        _("Who holds which role, confirmed once a year"),
    ),
    Entry(
        _("Seals"),
        "seal_list",
        ("admin", "auditor"),
        95,
        ADMIN,
        _("The chain of the evidence and its last verification"),
    ),
    Entry(
        _("Emergency openings"),
        "emergency_review",
        ("auditor",),
        94,
        ADMIN,
        _("Cases opened in an emergency, to be judged afterwards"),
    ),
    Entry(
        _("Requests about personal data"),
        "data_request_list",
        ("head", "auditor"),
        93,
        ADMIN,
        _("To see, correct or delete; who asked, what was answered"),
    ),
    Entry(_("Mails and SMS"), "notice_deliveries", ("admin",), 96, ADMIN, _("What was sent, what failed")),
    Entry(_("My work"), "worklist", order=10),
    Entry(_("Cases"), "case_list", CASE_ROLES, order=20, below=("/documents/", "/materials/", "/reconsideration/")),
    Entry(_("Parties"), "party_list", CASE_ROLES, order=30, group=HANDLING),
    Entry(
        _("Papers to serve"),
        "document_unserved",
        CASE_ROLES,
        order=40,
        below=("/documents/notices/", "/documents/mailing/", "/documents/arrivals/", "/sealing/"),
        group=HANDLING,
    ),
    Entry(_("Volumes"), "volume_list", CASE_ROLES, order=45, group=HANDLING),
    Entry(_("Referrals"), "referral_list", CASE_ROLES, order=50, group=HANDLING),
    Entry(_("Figures"), "indicator_list", (*CASE_ROLES, "admin"), order=55, group=STATISTICS),
    Entry(_("Plans of the years"), "plan_list", assessment.EVERYBODY, 56, below=("/assessment/",), group=STATISTICS),
    Entry(_("Sheets of units"), "sheet_list", assessment.EVERYBODY, 57, group=STATISTICS),
    Entry(pgettext_lazy("assessment", "Reports"), "report_list", assessment.SEEING_ALL, 59, group=STATISTICS),
    Entry(_("Root causes"), "cause_tables", assessment.EVERYBODY, 58, group=STATISTICS),
    Entry(_("Ledgers"), "ledger_list", (*CASE_ROLES, "admin"), 22, below=("/ledgers/",), group=BOOKS),
    Entry(
        _("Every period has an owner"),
        "ownership",
        ("head", "committee", "town", "liaison", "authority", "leader", "auditor", "admin"),
        60,
        group=STATISTICS,
    ),
    Entry(_("Boards"), "board_home", ("leader", "head", "town"), order=15),
    Entry(_("Calendar"), "calendar", order=60, group=HANDLING),
    Entry(_("Calculator"), "calculator", order=70, group=HANDLING),
    Entry(_("Going live"), "go_live", ("admin",), 76, ADMIN, _("What is left before people work with real cases")),
    Entry(
        _("Rooms"),
        "room_list",
        ("head", "admin", "authority", "leader", "auditor"),
        79,
        ADMIN,
        _("The four rooms, what each is for, and their bookings"),
        below=("/bookings/",),
    ),
    Entry(
        _("Number series"),
        "series_list",
        ("admin",),
        79,
        ADMIN,
        _("Next numbers, void ones, and that none is missing"),
    ),
    Entry(_("Backups"), "backup_list", ("admin",), 98, ADMIN, _("The last good one, and a backup now")),
    Entry(
        _("Office, courts and seals"),
        "office",
        ("admin",),
        78,
        ADMIN,
        _("What papers say: names, addresses, the court to sue in"),
    ),
    Entry(
        _("Standing wording and phrases"),
        "wording_list",
        ("admin", "head", "authority"),
        77,
        ADMIN,
        _("What papers say where the law leaves the words to the office"),
    ),
    Entry(_("Units"), "unit_tree", ("admin",), 80, ADMIN, _("Departments, towns, offices and their order")),
    Entry(_("Users"), "user_list", ("admin",), 90, ADMIN, _("Accounts, roles and passwords")),
    Entry(
        _("Second factor by role"),
        "second_factor_rules",
        ("admin",),
        91,
        ADMIN,
        _("Who needs a code of the telephone besides the password"),
    ),
    Entry(
        _("Access log"),
        "access_log",
        ("admin", "auditor"),
        95,
        ADMIN,
        _("Who looked at what, logged in or was refused"),
    ),
    Entry(
        _("Tokens and systems"),
        "token_list_all",
        ("admin",),
        96,
        ADMIN,
        _("Which programs and other systems work here, and until when"),
    ),
    Entry(
        _("Background work"), "job_list", ("admin",), 97, ADMIN, _("Long and scheduled work with progress and errors")
    ),
)
