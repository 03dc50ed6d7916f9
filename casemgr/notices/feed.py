"""The calendar feed of a person's deadlines: opened by a secret address, without names of parties (RFC 5545)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as CalendarEntry

from casemgr.cases.deadline_rows import rule_name
from casemgr.cases.models import Case, Deadline
from casemgr.notices.models import Preference

LIMIT = 1000
"""Deadlines in one feed at most, the soonest."""
AHEAD = timedelta(days=400)


def new_token(preference: Preference, now: datetime) -> str:
    """Issue a new secret; the old address stops working. Only its digest is kept; the caller saves."""
    token = secrets.token_urlsafe(32)
    preference.feed_digest, preference.feed_since = digest_of(token), now
    return token


def revoke(preference: Preference) -> None:
    preference.feed_digest, preference.feed_since = "", None


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def owner_of(token: str) -> Preference | None:
    """Whose feed the address opens; None for an unknown or revoked one, or a closed account."""
    found = Preference.objects.select_related("user").filter(feed_digest=digest_of(token)).first()
    return found if found is not None and found.user.is_active else None


def calendar_of(user, today: date) -> bytes:
    """All-day entries on the last days of the running periods of the person's cases that are within scope today."""
    visible = Case.objects.visible_to(user, today).handled_by(user).running().values("pk")
    rows = (
        Deadline.objects.filter(
            case_id__in=visible, status=Deadline.Status.OPEN, due_on__range=(today - AHEAD, today + AHEAD)
        )
        .select_related("case")
        .order_by("due_on", "pk")[:LIMIT]
    )
    calendar = Calendar()
    calendar.add("prodid", "-//casemgr//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Statutory periods"))
    for row in rows:
        calendar.add_component(_entry(row))
    return calendar.to_ical()


def _entry(row: Deadline) -> CalendarEntry:
    """The same identity as long as the period lives; the sequence grows with each change of its row."""
    entry = CalendarEntry()
    entry.add("uid", f"{row.case_id}-{row.rule}-{row.root_event_id}-{row.party_id or 0}@casemgr")
    summary = f"{row.case.number} {rule_name(row.rule, row.law)}"
    if row.calendar_status != "published":
        summary += _(" (estimated)")
    entry.add("summary", summary)
    entry.add("dtstart", row.due_on)
    entry.add("dtend", row.due_on + timedelta(days=1))
    changes = row.history.order_by("history_id")
    entry.add("sequence", max(changes.count() - 1, 0))
    last = changes.last()
    entry.add("dtstamp", last.history_date if last else datetime.combine(row.start_on, time.min))
    entry.add("transp", "TRANSPARENT")
    return entry
