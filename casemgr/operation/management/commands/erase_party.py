"""`manage.py erase_party ID`: lawful erasure of one party."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.organisation.models import User
from casemgr.pages.clock import today
from casemgr.parties.erasure import ErasureRefused, erase, reasons_against
from casemgr.parties.models import Party


class Command(BaseCommand):
    help = "Erase a party for good when no duty to keep stands against it. The look of two people is recorded."

    def add_arguments(self, parser) -> None:
        parser.add_argument("party", type=int)
        parser.add_argument("--reason", required=True, help="request, its number and day")
        parser.add_argument("--as", dest="user", required=True, help="user name of who erases")
        parser.add_argument("--approved-by", required=True, help="user name of the second person")
        parser.add_argument("--dry-run", action="store_true", help="say what stands against it, erase nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        party = Party.objects.filter(pk=options["party"]).first()
        if party is None:
            raise CommandError(_("There is no party no. %(id)s.") % {"id": options["party"]})
        named = (options["user"], options["approved_by"])
        people = [User.objects.filter(username=name, is_active=True).first() for name in named]
        if None in people or people[0] == people[1]:
            raise CommandError(_("Two different active users are needed: one erases, one approves."))
        against = reasons_against(party)
        if not options["dry_run"]:
            try:
                erase(party, actor=people[0], approved_by=people[1].username, reason=options["reason"], today=today())
            except ErasureRefused as refused:
                raise CommandError(str(refused)) from refused
        done = {"party": party.pk, "erased": not options["dry_run"], "against": against}
        self.stdout.write(json.dumps(done, ensure_ascii=False) if options["json"] else str(done))
