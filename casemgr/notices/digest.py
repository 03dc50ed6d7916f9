"""The morning summary: what is overdue, due today and this week, and what is unread, in one mail."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Case
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
    """Case numbers and days only; empty when there is nothing."""
    mine = Case.objects.visible_to(user, today).handled_by(user)
    parts = (
        (_("Overdue"), mine.overdue(today)),
        (_("Due today"), mine.due_on(today)),
        (_("Due within seven days"), mine.due_within(today, 7)),
    )
    lines: list[str] = []
    for label, cases in parts:
        rows = list(cases.order_by("next_due_on").values_list("number", "next_due_on")[:SHOWN])
        if rows:
            lines += [f"{label}：", *(f"  {number}　{long_date(due)}" for number, due in rows), ""]
    unread = Notice.objects.filter(recipient=user, read_at__isnull=True)[:100].count()
    if unread:
        lines.append(_("Unread notices: %(count)s") % {"count": unread})
    return "\n".join(lines)
