"""`manage.py import_units FILE`: the office's own list of units."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casemgr.organisation.imports import COLUMNS, RowError, import_units


class Command(BaseCommand):
    help = "Load units from a .csv file with the headings " + " ".join(COLUMNS)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument("--json", action="store_true", help="print the result as one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"{path}: no such file")
        try:
            result = import_units(path, dry_run=options["dry_run"])
        except RowError as error:
            raise CommandError(f"{path}: {error.reason}") from None
        document = {"kind": "units", "file": path.name, "dry_run": options["dry_run"], **asdict(result)}
        if options["json"]:
            self.stdout.write(json.dumps(document, ensure_ascii=False))
            return
        self.stdout.write("rows {rows}, created {created}, updated {updated}, unchanged {unchanged}".format(**document))
        for error in result.errors:
            self.stderr.write("row {row}, {column}: {reason}".format(**error))
        if result.rejected:
            raise CommandError(f"{result.rejected} rows were rejected")
