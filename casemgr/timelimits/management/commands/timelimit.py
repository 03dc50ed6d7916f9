"""`manage.py timelimit CODE --start DATE`: one statutory period, counted and explained."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.calendar.arguments import USAGE, read_day
from casemgr.timelimits import registry
from casemgr.timelimits.arithmetic import Suspension
from casemgr.timelimits.citations import cite
from casemgr.timelimits.document import answer_document, rule_document
from casemgr.timelimits.question import Answer, Unanswerable, answer
from casemgr.timelimits.rules import BOUND_PARTIES, Rule
from casemgr.timelimits.wording import CALENDAR_WORDS, period_words, step_words


class Command(BaseCommand):
    help = "Compute one statutory period (R-…, L-…, P-…, J-…, M-…), or list all rules with --list."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("code", nargs="?", help="a rule, such as R-DEC")
        parser.add_argument("--start", metavar="DATE", help="the day of the event; it is not counted itself")
        parser.add_argument("--law", metavar="2017|2023", help="version of the Reconsideration Law")
        parser.add_argument("--suspend", action="append", default=[], metavar="FROM:TO", help="TO empty: still open")
        parser.add_argument("--extend", metavar="DAYS", help="days by which the period was extended")
        parser.add_argument("--list", action="store_true", help="list every rule")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, code: str | None, **options) -> None:
        if options["list"]:
            self._print_list(options["json"])
            return
        if not code or not options["start"]:
            raise CommandError(_("Give a rule and --start DATE, or --list."), returncode=USAGE)
        if options["law"] not in (None, "2017", "2023"):
            raise CommandError(_("--law: write 2017 or 2023."), returncode=USAGE)
        try:
            found = answer(
                code.strip().upper(),
                read_day(options["start"], "--start"),
                law=options["law"] or "",
                suspensions=[_suspension(text) for text in options["suspend"]],
                extension_days=_whole_number(options["extend"]),
            )
        except Unanswerable as error:
            raise CommandError(str(error), returncode=USAGE) from error
        if options["json"]:
            self.stdout.write(json.dumps(answer_document(found), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(as_lines(found)))

    def _print_list(self, wants_json: bool) -> None:
        rules = sorted(registry.all_rules(), key=lambda rule: rule.code)
        if wants_json:
            self.stdout.write(json.dumps([rule_document(rule) for rule in rules], ensure_ascii=False))
            return
        for rule in rules:
            length = period_words(rule.period) if rule.period else "–"
            self.stdout.write("  ".join((rule.code, str(rule.name), length, cite(rule), _bound(rule))))


def _suspension(text: str) -> Suspension:
    first, colon, last = text.partition(":")
    if not colon:
        raise CommandError(_("--suspend: write FROM:TO, or FROM: while it is open."), returncode=USAGE)
    return Suspension(read_day(first, "--suspend"), read_day(last, "--suspend") if last.strip() else None)


def _whole_number(text: str | None) -> int:
    if text is None:
        return 0
    if not text.strip().isascii() or not text.strip().isdigit() or len(text) > 9 or int(text) == 0:
        raise CommandError(_("--extend: %(text)s is not a number of days.") % {"text": text}, returncode=USAGE)
    return int(text)


def _bound(rule: Rule) -> str:
    return str(BOUND_PARTIES.get(rule.bound_party, rule.bound_party))


def as_lines(found: Answer) -> list[str]:
    """The answer for people."""
    rule, result = found.rule, found.computation
    if rule is None:
        return [_("%(code)s: not computed. %(why)s") % {"code": found.code, "why": found.why_not}]
    lines = [f"{rule.code} {rule.name}", cite(rule), _("Binds: %(party)s") % {"party": _bound(rule)}]
    if result is None:
        return [*lines, _("Not computed: %(why)s") % {"why": found.why_not}]
    lines.append(_("Length: %(length)s") % {"length": period_words(result.period)})
    lines += [f"  {step_words(step)}" for step in result.steps]
    due = result.due.isoformat() if result.due else _("none while the suspension is open")
    lines += [_("Last day: %(due)s") % {"due": due}, str(CALENDAR_WORDS[result.calendar_status])]
    if rule.on_expiry:
        lines.append(_("On expiry: %(consequence)s") % {"consequence": rule.on_expiry})
    return lines
