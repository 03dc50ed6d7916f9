"""The tabs under the header: the ground's own, and those that procedures register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.assessment import roles as assessment
from casemgr.pages.clock import today as clock_today


@dataclass(frozen=True)
class Entry:
    """One tab. Without `roles` everybody has it; `order` places it (the ground's own are tens).

    `group="admin"`: listed on the administration page, behind that page's one tab, instead of in the row of tabs.
    `below`: beginnings of further addresses on whose pages the tab is the current one.
    `under`: url name of the tab behind which it lies; the pages of that tab show what lies behind it in a second row.
    """

    label: str | Promise
    url_name: str
    roles: tuple[str, ...] = ()
    order: int = 100
    group: str = ""
    description: str | Promise = ""
    below: tuple[str, ...] = ()
    under: str = ""


@dataclass(frozen=True)
class Tab:
    """An entry as one person sees it on one page."""

    label: str
    url: str
    is_current: bool


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add a tab, or replace the one of the same url name; called from `AppConfig.ready()`."""
    _entries[entry.url_name] = entry


def share(entry: Entry) -> None:
    """Add a tab to which several procedures lead: the roles that each of them names have it."""
    known = _entries.get(entry.url_name)
    roles = tuple(dict.fromkeys((*known.roles, *entry.roles))) if known is not None else entry.roles
    register(replace(entry, roles=roles))


def tabs(request: HttpRequest, today: date | None = None) -> list[Tab]:
    """What the person may use, in order; the tab whose address is the longest beginning of the page's is current."""
    visible = _of_request(request, today)
    shown = [entry for entry in visible if not (entry.group or entry.under)]
    if any(entry.group for entry in visible):
        shown.append(ADMINISTRATION)
    current = _current(request, visible)
    return [Tab(str(entry.label), reverse(entry.url_name), entry.url_name == current) for entry in shown]


def second_row(request: HttpRequest, today: date | None = None) -> list[Tab]:
    """The current tab and what lies behind it; empty when nothing does."""
    visible = _of_request(request, today)
    current = _current(request, visible)
    found = [entry for entry in visible if current and current in (entry.url_name, entry.under)]
    if len(found) < 2:
        return []
    here = _longest(request, [(address, entry.url_name) for entry in found for address in _addresses(entry)])
    return [Tab(str(entry.label), reverse(entry.url_name), entry.url_name == here) for entry in found]


def _of_request(request: HttpRequest, today: date | None) -> list[Entry]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return list(_visible(user.role_codes(today or clock_today())))


def _current(request: HttpRequest, visible: Iterable[Entry]) -> str:
    """The url name of the tab to which the page belongs."""
    owners = [(entry, ADMINISTRATION.url_name if entry.group else entry.under or entry.url_name) for entry in visible]
    pairs = [(address, owner) for entry, owner in owners for address in _addresses(entry)]
    return _longest(request, [*pairs, (reverse(ADMINISTRATION.url_name), ADMINISTRATION.url_name)])


def _addresses(entry: Entry) -> tuple[str, ...]:
    return (reverse(entry.url_name), *entry.below)


def _longest(request: HttpRequest, pairs: Iterable[tuple[str, str]]) -> str:
    """Whose address is the longest beginning of the page's."""
    begun = [pair for pair in pairs if request.path.startswith(pair[0])]
    return max(begun, key=lambda pair: len(pair[0]), default=("", ""))[1]


def administration(codes: frozenset[str]) -> list[Entry]:
    """What a person with these roles finds on the administration page, in order."""
    return [entry for entry in _visible(codes) if entry.group]


def of_person(codes: frozenset[str]) -> list[Entry]:
    """Every page a person with these roles finds by the tabs or the administration page, in order."""
    return list(_visible(codes))


def _visible(codes: frozenset[str]) -> Iterable[Entry]:
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        if not entry.roles or codes.intersection(entry.roles):
            yield entry


ADMINISTRATION = Entry(_("Administration"), "administration", order=1000)
CASE_ROLES = (
    *("mediator", "committee", "town", "guidance", "officer", "head", "authority", "panel"),
    *("archive", "liaison", "department", "leader", "auditor"),
)
for _entry in (
    Entry(
        _("Reminder ladder"),
        "notice_ladder",
        ("head", "admin"),
        92,
        "admin",
        _("Who is told how many days before or after a last day"),
    ),
    Entry(
        _("Rules of alerts"),
        "alert_rule_list",
        ("head", "admin"),
        92,
        "admin",
        _("When whom is told of a number on the boards"),
    ),
    Entry(
        _("Who sees a case, and why"), "access_why", ("admin", "auditor"), 94, "admin", _("Roles, shares and recusals")
    ),
    Entry(
        _("Reviews of access"),
        "access_review_list",
        ("admin", "head", "authority", "leader", "committee", "auditor"),
        93,
        "admin",
        _("Who holds which role, confirmed once a year"),
    ),
    Entry(
        _("Seals"),
        "seal_list",
        ("admin", "auditor"),
        95,
        "admin",
        _("The chain of the evidence and its last verification"),
    ),
    Entry(
        _("Emergency openings"),
        "emergency_review",
        ("auditor",),
        94,
        "admin",
        _("Cases opened in an emergency, to be judged afterwards"),
    ),
    Entry(
        _("Requests about personal data"),
        "data_request_list",
        ("head", "auditor"),
        93,
        "admin",
        _("To see, correct or delete; who asked, what was answered"),
    ),
    Entry(_("Mails and SMS"), "notice_deliveries", ("admin",), 96, "admin", _("What was sent, what failed")),
    Entry(_("My work"), "worklist", order=10),
    Entry(_("Cases"), "case_list", CASE_ROLES, order=20, below=("/documents/", "/materials/", "/reconsideration/")),
    Entry(_("Parties"), "party_list", CASE_ROLES, order=30),
    Entry(
        _("Papers to serve"),
        "document_unserved",
        CASE_ROLES,
        order=40,
        below=("/documents/notices/", "/documents/mailing/", "/documents/arrivals/", "/sealing/"),
    ),
    Entry(_("Volumes"), "volume_list", CASE_ROLES, order=45),
    Entry(_("Referrals"), "referral_list", CASE_ROLES, order=50),
    Entry(_("Figures"), "indicator_list", (*CASE_ROLES, "admin"), order=55),
    Entry(
        _("Plans of the years"), "plan_list", assessment.EVERYBODY, 56, under="indicator_list", below=("/assessment/",)
    ),
    Entry(_("Sheets of units"), "sheet_list", assessment.EVERYBODY, 57, under="indicator_list"),
    Entry(pgettext_lazy("assessment", "Reports"), "report_list", assessment.SEEING_ALL, 59, under="indicator_list"),
    Entry(_("Root causes"), "cause_tables", assessment.EVERYBODY, 58, under="indicator_list"),
    Entry(_("Ledgers"), "ledger_list", (*CASE_ROLES, "admin"), 59, under="indicator_list", below=("/ledgers/",)),
    Entry(
        _("Every period has an owner"),
        "ownership",
        ("head", "committee", "town", "liaison", "authority", "leader", "auditor", "admin"),
        60,
        under="indicator_list",
    ),
    Entry(_("Boards"), "board_home", ("leader", "head", "town"), order=15),
    Entry(_("Calendar"), "calendar", order=60),
    Entry(_("Calculator"), "calculator", order=70),
    Entry(_("Going live"), "go_live", ("admin",), 76, "admin", _("What is left before people work with real cases")),
    Entry(
        _("Rooms"),
        "room_list",
        ("head", "admin", "authority", "leader", "auditor"),
        79,
        "admin",
        _("The four rooms, what each is for, and their bookings"),
        below=("/bookings/",),
    ),
    Entry(
        _("Number series"),
        "series_list",
        ("admin",),
        79,
        "admin",
        _("Next numbers, void ones, and that none is missing"),
    ),
    Entry(_("Backups"), "backup_list", ("admin",), 98, "admin", _("The last good one, and a backup now")),
    Entry(
        _("Office, courts and seals"),
        "office",
        ("admin",),
        78,
        "admin",
        _("What papers say: names, addresses, the court to sue in"),
    ),
    Entry(
        _("Standing wording and phrases"),
        "wording_list",
        ("admin", "head", "authority"),
        77,
        "admin",
        _("What papers say where the law leaves the words to the office"),
    ),
    Entry(_("Units"), "unit_tree", ("admin",), 80, "admin", _("Departments, towns, offices and their order")),
    Entry(_("Users"), "user_list", ("admin",), 90, "admin", _("Accounts, roles and passwords")),
    Entry(
        _("Second factor by role"),
        "second_factor_rules",
        ("admin",),
        91,
        "admin",
        _("Who needs a code of the telephone besides the password"),
    ),
    Entry(
        _("Access log"),
        "access_log",
        ("admin", "auditor"),
        95,
        "admin",
        _("Who looked at what, logged in or was refused"),
    ),
    Entry(
        _("Tokens and systems"),
        "token_list_all",
        ("admin",),
        96,
        "admin",
        _("Which programs and other systems work here, and until when"),
    ),
    Entry(
        _("Background work"), "job_list", ("admin",), 97, "admin", _("Long and scheduled work with progress and errors")
    ),
):
    register(_entry)
