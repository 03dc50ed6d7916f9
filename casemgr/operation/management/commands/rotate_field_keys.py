"""`manage.py rotate_field_keys`: after a new key was put first in FIELD_KEYS."""

import json

from django.core.management.base import BaseCommand, CommandError

from casemgr.organisation.field_keys import CannotOpen, rewrap
from casemgr.parties.rotation import key_ids_in_use, rotate


class Command(BaseCommand):
    help = (
        "Rewrap the data keys of parties, second factors and mobile numbers with the first of FIELD_KEYS; "
        "afterwards the old keys can be removed."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        try:
            changed = rotate() + rewrap()
        except CannotOpen:
            needed = ", ".join(key_ids_in_use())
            raise CommandError(f"FIELD_KEYS lack a key that is still in use; needed: {needed}") from None
        result = {"changed": changed, "key_ids_in_use": key_ids_in_use()}
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self.stdout.write(f"{changed} data keys rewrapped; in use: {', '.join(result['key_ids_in_use'])}")
