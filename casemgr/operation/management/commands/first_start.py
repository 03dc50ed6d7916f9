"""`manage.py first_start`: the first administrator and the office's name, or a one-time link to the page that asks."""

from __future__ import annotations

import getpass
import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.actions.errors import ActionError, InvalidInput
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.operation.accounts.passwords import temporary_password
from casemgr.operation.first_start.token import is_open, new_token
from casemgr.operation.reference import load_all
from casemgr.organisation.models import Unit
from casemgr.organisation.reference import BANNER, PARTICULARS
from casemgr.pages.clock import today

PASSWORD = "FIRST_ADMIN_PASSWORD"
ASKED = ("office_name", "full_name", "username")
VARIABLES = {name: f"FIRST_{name.upper()}" for name in ASKED}


class Command(BaseCommand):
    help = (
        "Open the first administrator's account on an installation without accounts. Without --no-input what is not "
        f"given is asked for. The password is asked for, or read from {PASSWORD}, or made and printed once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", help=f"log-in of the first administrator (or {VARIABLES['username']})")
        parser.add_argument("--full-name", help=f"the person's name (or {VARIABLES['full_name']})")
        parser.add_argument("--office-name", help=f"name in the header of pages (or {VARIABLES['office_name']})")
        parser.add_argument("--no-input", action="store_true", help="ask nothing; what is missing is an error")
        parser.add_argument("--link", action="store_true", help="open no account, print a new one-time link instead")
        parser.add_argument("--json", action="store_true", help="print one JSON document; asks nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Unit.objects.filter(code=BANNER).exists():
            load_all()
        if not is_open():
            raise CommandError(_("This installation already has accounts. Log in, or ask its administrator."))
        if options["link"]:
            self._print_link(options["json"])
            return
        asks = not (options["no_input"] or options["json"]) and sys.stdin.isatty()
        sent = {name: options[name] or os.environ.get(VARIABLES[name], "") for name in ASKED}
        password, is_own = os.environ.get(PASSWORD, ""), False
        again = password
        if asks:
            sent |= {name: self._ask(name) for name in ASKED if not sent[name]}
            if not password:
                password, again = self._ask_password()
                is_own = True
        made = "" if password else temporary_password()
        sent["office_name"] = sent["office_name"] or PARTICULARS["name"]
        sent |= {"password": password or made, "password_again": again or made}
        # A password that went through the environment, or was printed, is for the first log-in only.
        sent["must_change_password"] = "" if is_own and not made else "on"
        self._open(sent, made, options["json"])

    def _open(self, sent: dict[str, str], made: str, as_json: bool) -> None:
        try:
            user = perform("organisation.first_start", None, sent, system_actor, today())
        except InvalidInput as error:
            lines = (f"{name}: {' '.join(messages)}" for name, messages in error.form.errors.items())
            raise CommandError("\n".join(lines)) from error
        except ActionError as error:
            raise CommandError("\n".join(str(refusal.message) for refusal in error.refusals)) from error
        if as_json:
            self.stdout.write(json.dumps({"username": user.username, "temporary_password": made or None}))
            return
        self.stdout.write(_("The account “%(name)s” is open.") % {"name": user.username})
        if made:
            self.stdout.write(_("Password for the first log-in: %(password)s") % {"password": made})

    def _print_link(self, as_json: bool) -> None:
        path = reverse("first_start", args=[new_token()])
        self.stdout.write(json.dumps({"path": path}) if as_json else path)
        if not as_json:
            self.stderr.write(_("Open this path on the server's address; it works once, for a day."))

    @staticmethod
    def _ask_password() -> tuple[str, str]:
        password = getpass.getpass(_("Password (empty: one is made)") + ": ")
        return password, getpass.getpass(_("Password, once more") + ": ") if password else ""

    @staticmethod
    def _ask(name: str) -> str:
        questions = {
            "office_name": _("Name of the office"),
            "full_name": _("Name of the first administrator"),
            "username": _("User name of the first administrator"),
        }
        return input(f"{questions[name]}: ").strip()
