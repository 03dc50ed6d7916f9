"""The morning summary: what is overdue, due today and this week, and what is unread, in one mail."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Case
from casemgr.cases.people.standing import absent_people
from casemgr.jobs.runner import enqueue
from casemgr.notices.listener import SEND
from casemgr.notices.models import Delivery, Notice, Preference
from casemgr.pages.dates import long_date

SHOWN = 30


def queue_digests(today: date) -> int:
    """One mail per person who wants it, once a day; returns how many. Nothing to say: no mail."""
    wanted = [Preference.Digest.DAILY]
    if current_calendar().is_working(today):
        wanted.append(Preference.Digest.WORKDAYS)
    made = 0
    for row in Preference.objects.filter(digest__in=wanted, user__is_active=True).select_related("user"):
        subject = f"{today:%Y-%m-%d}"
        if Delivery.objects.filter(recipient=row.user, notice=None, subject__contains=subject).exists():
            continue
        with translation.override(settings.LANGUAGE_CODE):
            text = digest_text(row.user, today)
            title = _("Work summary %(day)s") % {"day": subject}
        if text:
            Delivery.objects.create(recipient=row.user, channel=Delivery.Channel.MAIL, subject=title, text=text)
            made += 1
    if made:
        enqueue(SEND)
    return made


def digest_text(user, today: date) -> str:
    """Case numbers and days only; empty when there is nothing. Who stands in for somebody is told theirs apart."""
    lines = _due_lines(user, user, today)
    for absent in absent_people(user, today):
        if due := _due_lines(user, absent, today):
            lines += [_("Standing in for %(name)s") % {"name": absent.full_name}, "", *due]
    unread = Notice.objects.filter(recipient=user, read_at__isnull=True)[:100].count()
    if unread:
        lines.append(_("Unread notices: %(count)s") % {"count": unread})
    return "\n".join(lines)


def _due_lines(reader, handler, today: date) -> list[str]:
    """What is due in the handler's cases that the reader may see."""
    cases = Case.objects.visible_to(reader, today).handled_by(handler)
    parts = (
        (_("Overdue"), cases.overdue(today)),
        (_("Due today"), cases.due_on(today)),
        (_("Due within seven days"), cases.due_within(today, 7)),
    )
    lines: list[str] = []
    for label, found in parts:
        rows = list(found.order_by("next_due_on").values_list("number", "next_due_on")[:SHOWN])
        if rows:
            lines += [f"{label}：", *(f"  {number}　{long_date(due)}" for number, due in rows), ""]
    return lines
