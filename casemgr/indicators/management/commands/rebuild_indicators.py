"""`manage.py rebuild_indicators [NAME…]`: count the register anew; with --check only compare and put right."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.indicators.definition import kept
from casemgr.indicators.rollup import is_built, keep_all_facts, keepers, rebuild
from casemgr.indicators.selfcheck import check


class Command(BaseCommand):
    help = "Build the roll-ups of figures anew, or compare them with a recount. People can go on working meanwhile."

    def add_arguments(self, parser) -> None:
        parser.add_argument("names", nargs="*", help="indicators; all when none is named")
        parser.add_argument("--check", action="store_true", help="the nightly self-check: report what differed")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        known = kept()
        if strangers := [name for name in options["names"] if name not in known]:
            raise CommandError(_("No such figure: %(names)s") % {"names": ", ".join(strangers)}, returncode=2)
        for code in keepers():
            keep_all_facts(code)
        found = {}
        for name in options["names"] or known:
            if options["check"] and is_built(known[name]):
                row = check(known[name])
                found[name] = {"rows": row.rows, "missing": row.missing, "surplus": row.surplus}
            else:
                missing, surplus = rebuild(known[name])
                found[name] = {"missing": missing, "surplus": surplus}
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for name, counts in found.items():
            self.stdout.write(_("%(name)s: %(missing)s rows added, %(surplus)s taken away") % {"name": name, **counts})
