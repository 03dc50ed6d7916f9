"""`manage.py repeat_erasures`: after the restore of an older backup, erase again who was erased since."""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace

from django.core.management.base import BaseCommand

from casemgr.pages.clock import today
from casemgr.parties import erased
from casemgr.parties.erasure import ErasureRefused, erase


class Command(BaseCommand):
    help = (
        "Erase the parties of the list beside SEAL_HEADS_FILE that the database holds again; exit 1 if one must stay."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say whom it would erase")

    def handle(self, *args, **options) -> None:
        refused = False
        for party, was in erased.to_repeat():
            done: dict[str, object] = {"party": party.pk, "erased": False, "by": was["by"], "reason": was["reason"]}
            if not options["dry_run"]:
                who = SimpleNamespace(pk=None, full_name=was["by"])
                try:
                    erase(party, actor=who, approved_by=was["approved_by"], reason=was["reason"], today=today())
                    done["erased"] = True
                except ErasureRefused as error:
                    done["against"], refused = str(error), True
            self.stdout.write(json.dumps(done, ensure_ascii=False))
        if refused:
            sys.exit(1)
