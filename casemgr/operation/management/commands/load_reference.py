"""`manage.py load_reference`: units, calendar, number series and standing wording; safe to repeat."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from casemgr.operation.reference import load_all


class Command(BaseCommand):
    help = "Load the reference data of every package; what is already there stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the result as one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_all()
        self.stdout.write(json.dumps({"loaded": loaded}) if options["json"] else "Loaded: " + ", ".join(loaded))
