"""`manage.py export_ledger KIND --year Y -o FILE`: the register in the columns of the office's ledger."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.audit.access import record_access
from casemgr.ledgers.definition import KINDS, ledgers
from casemgr.ledgers.exporting import write
from casemgr.ledgers.readers import FULL, Reader
from casemgr.organisation.models import User
from casemgr.pages.clock import today


class Command(BaseCommand):
    help = "Write a year's ledger as .xlsx or .csv. Numbers are masked unless --as names a person who may see them."

    def add_arguments(self, parser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("-o", "--output", type=Path, required=True)
        parser.add_argument("--as", dest="user", help="user name of a person who may see numbers in full")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        ledger = ledgers()[options["kind"]]
        user = self._reader(options["user"])
        try:
            count = write(ledger, options["year"], options["output"], Reader(today(), in_full=user is not None))
        except OSError as error:
            raise CommandError(_("The file cannot be written: %(error)s") % {"error": error.strerror}) from error
        record_access(user, "ledger_exported", ledger=ledger.code, year=options["year"], rows=count, full=bool(user))
        if options["json"]:
            self.stdout.write(json.dumps({"kind": ledger.code, "year": options["year"], "rows": count}))
        else:
            self.stdout.write(_("%(count)s rows written.") % {"count": count})

    def _reader(self, name: str | None) -> User | None:
        if name is None:
            return None
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None or not user.role_codes(today()).intersection(FULL):
            raise CommandError(_("“%(name)s” may not see numbers in full.") % {"name": name})
        return user
