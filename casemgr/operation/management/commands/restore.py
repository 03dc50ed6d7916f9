"""`manage.py restore DIR`: a backup into an empty system, with proof."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.operation.backup.restoring import RestoreRefused, restore


class Command(BaseCommand):
    help = "Restore a backup into an empty system: checked first, all or nothing, compared afterwards."

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--replace", action="store_true", help="give up what the system holds now")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        try:
            proof = restore(options["folder"], replace=options["replace"])
        except RestoreRefused as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(proof))
        else:
            self.stdout.write(
                _("Restored %(rows)s rows and %(files)s files; every table equals the backup %(digest)s.") % proof
            )
