"""`manage.py where WORDS`: from what a user says to the lines of code that do it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.actions.action import Action
from casemgr.operation.wayfinding.places import of_class
from casemgr.operation.wayfinding.trail import Hop, labels_of, matching, trail


class Command(BaseCommand):
    help = (
        "Find actions by words of their label, description, paper or entry, in English or Chinese. Several: one line "
        "each; one, or its exact name: its page, form, conditions, entries, time limits and tests, with their lines."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs="+", help="words that all stand there, or the name of an action")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, words: list[str], **options: Any) -> None:
        found = matching(words)
        if not found:
            raise CommandError(_("No action is called so: %(words)s. Try fewer words.") % {"words": " ".join(words)})
        if options["json"]:
            self.stdout.write(json.dumps([_document(action) for action in found], ensure_ascii=False))
            return
        for action in found:
            self.stdout.write("  ".join((action.name, *labels_of(action), str(of_class(type(action))))))
        if len(found) == 1:
            self.stdout.write("\n".join(_line(hop) for hop in trail(found[0])))


def _line(hop: Hop) -> str:
    return f"  {hop.kind:<13} {hop.what}  {hop.place or ''}".rstrip()


def _document(action: Action) -> dict[str, Any]:
    chinese, english = labels_of(action)
    hops = [{"kind": hop.kind, "what": hop.what, "place": str(hop.place or "")} for hop in trail(action)]
    return {"name": action.name, "label": chinese, "english": english, "trail": hops}
