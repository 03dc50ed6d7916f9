"""`manage.py seal_audit`: seal now what the schedule would seal tonight."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from casemgr.audit.sealing import seal_all


class Command(BaseCommand):
    help = "Seal histories and logs now, and hand the heads out of the database."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        made = seal_all(timezone.now())
        rows = sum(seal.rows for seal in made)
        if options["json"]:
            self.stdout.write(json.dumps({"seals": len(made), "rows": rows, "head": made[-1].digest if made else None}))
        else:
            self.stdout.write(_("%(seals)s seals made over %(rows)s rows.") % {"seals": len(made), "rows": rows})
