"""`manage.py messages`: strings of code and templates into locale/, compiled or checked, without GNU gettext."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casemgr.operation import messages

TITLES = {
    "untranslated": "without a translation",
    "obsolete": "no longer in use",
    "fuzzy": "marked fuzzy",
    "placeholders": "whose placeholders differ",
}


class Command(BaseCommand):
    help = "Collect the strings people see into locale/zh_Hans, or compile or check them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--compile", action="store_true", help="write django.mo and nothing else")
        mode.add_argument("--check", action="store_true", help="change nothing; fail when a text is missing or unused")
        parser.add_argument("--json", action="store_true", help="print the result as one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        if options["compile"]:
            path = messages.compile_catalogue(root)
            self.stdout.write(json.dumps({"compiled": str(path)}) if options["json"] else f"Compiled {path}")
            return
        if options["check"]:
            problems = messages.check(root)
        else:
            problems = messages.update(root, self._extra())
            messages.compile_catalogue(root)
        self._report(problems, as_json=options["json"])
        if options["check"] and problems:
            raise CommandError("The translations are not complete: run `make messages` and fill locale/.")

    def _extra(self) -> dict[str, str]:
        """Texts that are being written beside the code: a folder of JSON files, one per part."""
        folder = os.environ.get("MESSAGES_EXTRA_DIR", "")
        if not folder or not Path(folder).is_dir():
            return {}
        texts, conflicts = messages.read_extra(Path(folder))
        for conflict in conflicts:
            self.stderr.write(f"Translated twice: {conflict}")
        return texts

    def _report(self, problems: messages.Problems, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(problems), ensure_ascii=False))
            return
        for name, lines in asdict(problems).items():
            if lines:
                self.stdout.write(f"{len(lines)} strings {TITLES[name]}:")
                for line in lines:
                    self.stdout.write(f"  {line}")
