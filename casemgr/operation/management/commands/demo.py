"""`manage.py demo`: synthetic but lawful data."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.operation.demo import load_demo, load_real_cases
from casemgr.operation.reference import load_all
from casemgr.pages.clock import today


class Command(BaseCommand):
    help = "Load the demo office: a log-in per role, and lawful cases in all states."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--cases", type=int, default=40, help="cases of each procedure (default 40); above 1000: cases in all"
        )
        parser.add_argument("--seed", type=int, default=20261123, help="the same seed gives the same cases")
        parser.add_argument(
            "--real", action="store_true", help="add the published real cases as far as their facts reach"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        if options["cases"] < 0:
            raise CommandError(_("The number of cases cannot be negative."))
        load_all()
        made = load_demo(today(), options["cases"], options["seed"])
        if options["real"]:
            for procedure, count in load_real_cases(today()).items():
                made[procedure] = made.get(procedure, 0) + count
        if options["json"]:
            self.stdout.write(json.dumps({"cases": made}, ensure_ascii=False))
        elif options["verbosity"]:
            self.stdout.write(_("Demo cases made: %(count)s.") % {"count": sum(made.values())})
