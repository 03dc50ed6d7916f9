"""`manage.py reset_second_factor NAME --reason …`: for the last administrator, whom nobody else can help."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casemgr.actions.outbox import tell
from casemgr.audit.access import record_access
from casemgr.organisation import second_factor
from casemgr.organisation.accounts.sessions import end_sessions
from casemgr.organisation.models import User


class Command(BaseCommand):
    help = "Take away a person's second factor on the machine itself; where another administrator is, use the page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="kept in the access log")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"there is no account “{options['username']}”")
        with transaction.atomic():
            if not second_factor.remove(user):
                raise CommandError(f"“{user.username}” has no second factor")
            end_sessions(user)
            record_access(None, "factor_reset", user, reason=options["reason"], by="command")
            tell("factor_reset", [user.pk], name="manage.py", reason=options["reason"])
        self.stdout.write(f"{user.username} logs in with the password alone now; set up a new second factor at once.")
