"""`manage.py verify_audit`: is every history, log and paper as it was sealed?"""

from __future__ import annotations

import json
import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from casemgr.operation.evidence.report import as_dict, sentence, verified


class Command(BaseCommand):
    help = "Check the audit chain end to end; exit 1 and the first broken link if anything was changed."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        report = verified()
        if options["json"]:
            self.stdout.write(json.dumps(as_dict(report), ensure_ascii=False))
        else:
            self.stdout.write(
                _("%(seals)s seals, %(rows)s rows; not yet sealed: %(unsealed)s.")
                % {"seals": report.seals, "rows": report.rows, "unsealed": report.unsealed}
            )
            for finding in report.findings:
                self.stderr.write(sentence(finding))
        if not report.is_sound:
            sys.exit(1)
