"""`manage.py import_ledger KIND FILE`: an office's Excel ledger into the register, as an import that the page lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.audit.context import audited
from casemgr.ledgers.actor import LedgerActor
from casemgr.ledgers.definition import KINDS, Ledger, ledgers
from casemgr.ledgers.importing import load
from casemgr.ledgers.sending import LoadFailed, load_file
from casemgr.organisation.models import User
from casemgr.pages.clock import today
from casemgr.pages.sheets.reading import FileRefused


class Command(BaseCommand):
    help = "Load a ledger (.xlsx, .xls, .csv): each row wholly or not at all; the same file twice adds nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--strict", action="store_true", help="one bad row stops all")
        parser.add_argument("--as", dest="user", help="user name of the person who loads it")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        ledger = ledgers()[options["kind"]]
        actor = self._actor(options["user"])
        try:
            if options["dry_run"]:
                report = self._tried(ledger, actor, options)
            else:
                report = load_file(ledger, options["file"], actor, today(), strict=options["strict"])
        except (FileRefused, LoadFailed) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write(
                _("%(rows)s rows: %(created)s new, %(unchanged)s known, %(updated)s changed, %(rejected)s rejected.")
                % report
            )
            for error in report["errors"]:
                self.stderr.write(f"{error['row']} {error['column']}: {error['reason']}")
        if options["strict"] and report["rejected"]:
            raise CommandError(_("%(count)s rows are rejected: nothing was loaded.") % {"count": report["rejected"]})

    def _tried(self, ledger: Ledger, actor: Any, options: dict[str, Any]) -> dict[str, Any]:
        with audited(actor_id=actor.pk, actor_name=actor.full_name, action="ledgers.import"):
            return load(ledger, options["file"], actor, today(), dry_run=True, strict=options["strict"]).as_dict()

    def _actor(self, name: str | None):
        if name is None:
            return LedgerActor()
        try:
            return User.objects.get(username=name, is_active=True)
        except User.DoesNotExist:
            raise CommandError(_("There is no active user “%(name)s”.") % {"name": name}) from None
