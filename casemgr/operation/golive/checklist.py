"""What must be true before people work with real cases: each item looked at now, with the page that settles it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.calendar.models import CalendarYear
from casemgr.jobs.runner import health
from casemgr.numbering.models import SeriesStart
from casemgr.numbering.series import declared
from casemgr.operation.backup.runs import is_overdue, last_good
from casemgr.operation.demo import PEOPLE
from casemgr.operation.models import Confirmation
from casemgr.organisation.accounts.models import SecondFactorRule
from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.organisation.office import office_on, seal_on
from casemgr.organisation.reference import GOVERNMENT, JUSTICE_BUREAU, SEALS
from casemgr.organisation.roles import ROLES
from casemgr.parties.crypto import field_keys

NEEDED_ROLES = ("officer", "head", "authority")
"""Without these no reconsideration decision comes about: who drafts, who examines, who signs."""
FACTOR_ROLES = ("admin", "auditor")
"""Their password alone opens everything: the first start asks both for a second factor (docs/decisions/0034)."""
UNITS_KEPT = (
    "organisation.import_units",
    "organisation.create_unit",
    "organisation.edit_unit",
    "organisation.end_unit",
)
"""Somebody has looked after the units since the reference data was loaded."""
NEXT_YEAR_FROM = 12
"""From December on the next year's calendar is needed too: periods reach into it."""


@dataclass(frozen=True)
class Seen:
    """What the system sees. `mark`: what a person's confirmation is tied to, empty where none is taken."""

    is_done: bool
    detail: str
    mark: str = ""


@dataclass(frozen=True)
class Item:
    """One line of the list."""

    code: str
    label: str | Promise
    seen: Seen
    url_name: str
    confirmation: Confirmation | None

    @property
    def is_confirmed(self) -> bool:
        return self.confirmation is not None and self.confirmation.mark == self.seen.mark

    @property
    def is_done(self) -> bool:
        return self.seen.is_done or self.is_confirmed

    @property
    def takes_confirmation(self) -> bool:
        """A person may vouch for what the system cannot see."""
        return bool(self.seen.mark) and not self.is_done


def _office(now: datetime, today: date) -> Seen:
    office = office_on(today)
    lacks = [
        label
        for label, value in ((_("Address of the office"), office.address), (_("telephone"), office.phone))
        if not value
    ]
    if office.pk is None:
        return Seen(False, _("Nobody has entered the particulars yet."))
    if lacks:
        return Seen(False, _("%(name)s; missing: %(what)s") % {"name": office.name, "what": "、".join(lacks)})
    return Seen(True, f"{office.name}，{office.address}")


def _seals(now: datetime, today: date) -> Seen:
    names = [seal_on(code, today) for code in (GOVERNMENT, JUSTICE_BUREAU)]
    entered = Unit.objects.filter(code__in=SEALS, seals__effective_on__lte=today).distinct().count()
    return Seen(entered == len(SEALS), "；".join(names), "；".join(names))


def _courts(now: datetime, today: date) -> Seen:
    office = office_on(today)
    is_whole = office.pk is not None and bool(office.basic_court_address and office.intermediate_court_address)
    detail = f"{office.basic_court}；{office.intermediate_court}"
    return Seen(is_whole, detail if is_whole else _("%(courts)s; not yet entered with addresses") % {"courts": detail})


def _units(now: datetime, today: date) -> Seen:
    count = Unit.objects.filter(ended_on__isnull=True).count()
    detail = _("%(count)s units") % {"count": count}
    return Seen(Unit.history.filter(history_action__in=UNITS_KEPT).exists(), detail, "as-loaded")


def _users(now: datetime, today: date) -> Seen:
    held = RoleAssignment.objects.in_force(today).filter(user__is_active=True, role__in=NEEDED_ROLES)
    missing = [str(ROLES[role].label) for role in NEEDED_ROLES if role not in set(held.values_list("role", flat=True))]
    if missing:
        return Seen(False, _("Nobody holds the role: %(roles)s") % {"roles": "、".join(missing)})
    return Seen(True, _("%(count)s accounts") % {"count": User.objects.filter(is_active=True).count()})


def _second_factor(now: datetime, today: date) -> Seen:
    """Whether a day is set from which these roles need one; a policy of later days is a policy."""
    days = dict(SecondFactorRule.objects.filter(required_from__isnull=False).values_list("role", "required_from"))
    asked = [f"{role.label} {days[code].isoformat()}" for code, role in ROLES.items() if code in days]
    detail = _("Asked from: %(roles)s") % {"roles": "、".join(asked)} if asked else _("No role is asked for one")
    missing = [role for role in FACTOR_ROLES if role not in days]
    if not missing:
        return Seen(True, detail)
    left_out = _("not asked of: %(roles)s") % {"roles": "、".join(str(ROLES[role].label) for role in missing)}
    return Seen(False, f"{detail}；{left_out}", "、".join(missing))


def _series(now: datetime, today: date) -> Seen:
    started = SeriesStart.objects.filter(year=today.year).values("series", "owner").distinct().count()
    detail = _("%(started)s of %(all)s series of %(year)s continue a paper register") % {
        "started": started, "all": len(declared()), "year": today.year,
    }  # fmt: skip
    return Seen(started > 0, detail, str(today.year))


def _calendar(now: datetime, today: date) -> Seen:
    wanted = [today.year, *([today.year + 1] if today.month >= NEXT_YEAR_FROM else [])]
    published = CalendarYear.objects.filter(year__in=wanted, status=CalendarYear.Status.PUBLISHED)
    known = set(published.values_list("year", flat=True))
    missing = [str(year) for year in wanted if year not in known]
    if missing:
        return Seen(False, _("Not published: %(years)s") % {"years": "、".join(missing)})
    return Seen(True, "、".join(map(str, wanted)))


def _backup(now: datetime, today: date) -> Seen:
    last = last_good()
    if not settings.BACKUP_DIR:
        return Seen(False, _("BACKUP_DIR is not set: nothing is backed up at night."))
    if last is None:
        return Seen(False, _("There is no good backup yet."))
    return Seen(
        not is_overdue(now), _("last good one %(at)s") % {"at": f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}"}
    )


def _keys(now: datetime, today: date) -> Seen:
    ids = "、".join(key.key_id for key in field_keys())
    return Seen(False, _("Keys %(ids)s are in no backup. Keep a copy elsewhere, then confirm.") % {"ids": ids}, ids)


def _messages(now: datetime, today: date) -> Seen:
    sms = not settings.SMS_GATEWAY.endswith("RecordingGateway")
    state = {True: _("set up"), False: _("not set up")}
    detail = _("mail: %(mail)s; SMS: %(sms)s") % {"mail": state[bool(settings.EMAIL_HOST)], "sms": state[sms]}
    return Seen(bool(settings.EMAIL_HOST) and sms, detail, detail)


def _transport(now: datetime, today: date) -> Seen:
    if settings.SECURE_TRANSPORT:
        return Seen(True, _("https only"))
    return Seen(False, _("SECURE_TRANSPORT is not set: passwords cross the network in clear."))


def _site(now: datetime, today: date) -> Seen:
    """The name stands in QR codes: papers outlive servers, so it has to be one that stays."""
    host = urlsplit(settings.SITE_URL).hostname
    if not host or host == "localhost" or host.startswith("127."):
        return Seen(False, _("SITE_URL is not set: the QR code of papers leads nowhere from another machine."))
    return Seen(True, settings.SITE_URL)


def _heads(now: datetime, today: date) -> Seen:
    heads = Path(settings.SEAL_HEADS_FILE).resolve()
    if heads.is_relative_to(Path(settings.VAR_DIR).resolve()):
        return Seen(False, _("SEAL_HEADS_FILE lies beside the data: whoever can change the one can change the other."))
    return Seen(True, str(heads))


def _worker(now: datetime, today: date) -> Seen:
    found = health()
    if found.is_alive(now):
        return Seen(True, _("alive; %(waiting)s jobs wait") % {"waiting": found.waiting})
    return Seen(False, _("No worker has looked at the schedule in the last five minutes."))


def _no_demo(now: datetime, today: date) -> Seen:
    demo = [name for name, (full_name, _unit) in PEOPLE.items() if _is_demo(name, full_name)]
    if not demo:
        return Seen(True, _("No account of the demo office is open."))
    return Seen(False, _("Open accounts of the demo office: %(names)s") % {"names": "、".join(demo)})


def _is_demo(username: str, full_name: str) -> bool:
    return User.objects.filter(username=username, full_name=full_name, is_active=True).exists()


Look = Callable[[datetime, date], Seen]
ITEMS: tuple[tuple[str, str | Promise, Look, str], ...] = (
    ("office", gettext_lazy("The office's name, address and telephone"), _office, "office"),
    ("seals", gettext_lazy("Official seals"), _seals, "office"),
    ("courts", gettext_lazy("The courts to sue in"), _courts, "office"),
    ("units", gettext_lazy("Units"), _units, "unit_import"),
    ("users", gettext_lazy("Users and their roles"), _users, "user_import"),
    ("second_factor", gettext_lazy("A second factor by role"), _second_factor, "second_factor_rules"),
    ("series", gettext_lazy("Number series continue the paper register"), _series, "series_list"),
    ("calendar", gettext_lazy("The year's calendar is published"), _calendar, "holiday_notice_list"),
    ("backup", gettext_lazy("Backup every night"), _backup, "backup_list"),
    ("keys", gettext_lazy("Field keys are saved away"), _keys, ""),
    ("messages", gettext_lazy("Mail and SMS"), _messages, "notice_deliveries"),
    ("transport", gettext_lazy("Encrypted transport"), _transport, ""),
    ("site", gettext_lazy("The address that QR codes of papers bear"), _site, ""),
    ("heads", gettext_lazy("Heads of the audit chain lie outside"), _heads, ""),
    ("worker", gettext_lazy("The worker is alive"), _worker, "job_list"),
    ("no_demo", gettext_lazy("No demo accounts"), _no_demo, "user_list"),
)
"""Code, label, look, page that settles it (none: the server's settings do)."""


def checklist(now: datetime, today: date) -> list[Item]:
    """Every item as it is now."""
    confirmed = {row.item: row for row in Confirmation.objects.all()}
    return [Item(code, label, look(now, today), url, confirmed.get(code)) for code, label, look, url in ITEMS]
