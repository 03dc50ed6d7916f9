"""`manage.py publish_calendar YEAR FILE`: the State Council's holiday notice, read, previewed and published."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from casemgr.actions.errors import ActionError, InvalidInput
from casemgr.actions.perform import perform
from casemgr.calendar.arguments import USAGE, read_day
from casemgr.calendar.current import current_calendar, forget
from casemgr.calendar.models import HolidayNotice
from casemgr.calendar.notice import publishing
from casemgr.calendar.notice.sources import Unreadable, text_of
from casemgr.cases.models import Recomputation
from casemgr.cases.recomputation import running
from casemgr.pages.clock import today


class Rehearsed(Exception):
    """Rolls a dry run back."""


class Command(BaseCommand):
    help = (
        "Read the holiday notice of YEAR from FILE (.txt, .docx, .pdf, .csv). With --entered-by it becomes a draft, "
        "with --approved-by, another person, the year is published and open periods are computed again."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)
        parser.add_argument("--number", default="", help="number of the notice, like 国办发明电〔2025〕7号")
        parser.add_argument("--issued-on", default="", help="day of the notice, like 2025-11-04 (default: today)")
        parser.add_argument("--entered-by", metavar="LOGIN", help="who enters it")
        parser.add_argument("--approved-by", metavar="LOGIN", help="the second person, who approves it")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options) -> None:
        if not options["dry_run"] and not options["entered_by"]:
            raise CommandError(
                _("Say who enters the notice (--entered-by), or only look (--dry-run)."), returncode=USAGE
            )
        try:
            text = text_of(options["file"].name, options["file"].read_bytes())
        except (OSError, Unreadable) as error:
            raise CommandError(f"{options['file']}: {error}", returncode=USAGE) from error
        report: dict[str, Any] = {}
        try:
            with transaction.atomic():
                report = self._publish(text, options)
                if options["dry_run"]:
                    raise Rehearsed
        except Rehearsed:
            forget()
        except InvalidInput as error:
            said = "; ".join(f"{name}: {' '.join(found)}" for name, found in error.form.errors.items())
            raise CommandError(said, returncode=USAGE) from error
        except ActionError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else _in_words(report))
        if report["contradictions"]:
            raise CommandError(_("The notice contradicts itself. Correct the table first."))

    def _publish(self, text: str, options: dict[str, Any]) -> dict[str, Any]:
        on = today()
        issued = read_day(options["issued_on"], "--issued-on") if options["issued_on"] else on
        sent = {"year": options["year"], "number": options["number"] or "—", "issued_on": issued, "text": text}
        if options["entered_by"]:
            notice = perform("calendar.enter_notice", None, sent, _person(options["entered_by"]), on)
        else:
            notice = HolidayNotice(**sent, days=publishing.days_as_kept(text, options["year"]))
            notice.save()
        findings = notice.findings()
        report = {
            "year": notice.year,
            "notice": None if options["dry_run"] else notice.pk,
            "days": notice.days,
            "contradictions": [str(finding) for finding in findings if finding.is_error],
            "doubts": [str(finding) for finding in findings if not finding.is_error],
            "published": False,
            **self._moves(notice, on, options["dry_run"]),
        }
        if options["approved_by"] and not options["dry_run"] and not report["contradictions"]:
            perform("calendar.publish_notice", notice, {}, _person(options["approved_by"]), on)
            report["published"] = True
            run = Recomputation.objects.filter(notice=notice, is_preview=False).first()
            report["job"] = run.job_id if run else None
        return report

    @staticmethod
    def _moves(notice: HolidayNotice, on: date, must_finish: bool) -> dict[str, Any]:
        """What the publication moves. A large preview is left to the worker, except in a dry run."""
        span = publishing.difference(current_calendar(), publishing.calendar_with(notice), notice.year)
        if span is None:
            return {"cases": 0, "moves": {}}
        run = running.start(span, on, notice=notice, is_preview=True)
        if must_finish:
            running.finish_now(run)
        moves = running.counts(run.moves.all(), on) if run.finished_at else None
        return {"cases": run.total, "moves": moves}


def _person(login: str):
    person = get_user_model().objects.filter(username=login, is_active=True).first()
    if person is None:
        raise CommandError(_("There is no active account “%(login)s”.") % {"login": login}, returncode=USAGE)
    return person


def _in_words(report: dict[str, Any]) -> str:
    lines = [f"{day} {kind} {name}" for day, kind, name in report["days"]]
    lines += [f"✗ {text}" for text in report["contradictions"]] + [f"! {text}" for text in report["doubts"]]
    if report["moves"]:
        lines.append(
            _("%(moved)s deadlines move: %(overdue)s become overdue, %(earlier)s end earlier.") % report["moves"]
        )
    lines.append(_("Published.") if report["published"] else _("Not published."))
    return "\n".join(lines)
