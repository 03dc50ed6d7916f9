"""`manage.py backup DIR`: the whole system into a new folder."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from casemgr.operation.backup.runs import run
from casemgr.operation.backup.writing import BackupFailed


class Command(BaseCommand):
    help = "Back up database and files into DIR, with checksums. FIELD_KEYS and SECRET_KEY are never in it."

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        try:
            record = run(options["folder"], timezone.now())
        except BackupFailed as error:
            raise CommandError(str(error)) from error
        result = {"folder": record.folder, "rows": record.rows, "files": record.files, "digest": record.digest}
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self.stdout.write(_("Backed up %(rows)s rows and %(files)s files into %(folder)s.") % result)
