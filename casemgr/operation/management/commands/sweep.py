"""`manage.py sweep`: the nightly work on statutory periods, by hand."""

from __future__ import annotations

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.operation.sweep import sweep
from casemgr.pages.clock import today


class Command(BaseCommand):
    help = "Do the nightly work on statutory periods (silence accepts, expired periods start what follows). Idempotent."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--on", help="the day whose beginning the work is done for, like 2026-11-25 (default: today)"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        try:
            on = date.fromisoformat(options["on"]) if options["on"] else today()
        except ValueError as error:
            raise CommandError(
                _("“%(value)s” is not a day. Write it like 2026-11-25.") % {"value": options["on"]}
            ) from error
        report = sweep(on)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self.stdout.write(
                _("%(on)s: %(deemed)s accepted by silence, %(services)s services completed, %(expired)s expired.")
                % {
                    "on": report.on,
                    "deemed": report.deemed_accepted,
                    "services": report.services_completed,
                    "expired": report.expired,
                }
            )
            for error in report.errors:
                self.stderr.write(f"{error['case']}: {error['reason']}")
        if report.errors:
            raise CommandError(_("%(count)s cases could not be handled.") % {"count": len(report.errors)})
