"""`manage.py workdays FROM TO`: working days after FROM up to and including TO."""

from __future__ import annotations

import json
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.calendar.arguments import USAGE, read_day
from casemgr.calendar.current import current_calendar


class Command(BaseCommand):
    help = "Count the working days after FROM up to and including TO."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("first", metavar="FROM", help="a day, 2026-11-23")
        parser.add_argument("last", metavar="TO", help="a day, 2026-12-31")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, first: str, last: str, **options) -> None:
        start, end = read_day(first, "FROM"), read_day(last, "TO")
        if end < start:
            raise CommandError(_("TO must not lie before FROM."), returncode=USAGE)
        calendar = current_calendar()
        status = calendar.status_between(min(start + timedelta(days=1), end), end)
        answer = {
            "from": start.isoformat(),
            "to": end.isoformat(),
            "working_days": calendar.working_days_between(start, end),
            "calendar_status": str(status),
        }
        if options["json"]:
            self.stdout.write(json.dumps(answer))
        else:
            line = _("%(working_days)s working days after %(from)s up to and including %(to)s") % answer
            self.stdout.write(line if status == "published" else f"{line} ({status})")
