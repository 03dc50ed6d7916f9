"""`manage.py report NAME --year Y`: a figure as JSON, as an Excel file or as a printed sheet."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.actions.system import system_actor
from casemgr.audit.access import record_access
from casemgr.indicators import export
from casemgr.indicators.definition import Dimension, indicators
from casemgr.indicators.figures import Table, table
from casemgr.indicators.further_reports import NoReport, Report, further_reports
from casemgr.indicators.period import NoPeriod, asked
from casemgr.indicators.rows import listing
from casemgr.pages.clock import today as clock_today


class Command(BaseCommand):
    help = "Report one figure of the whole register for a year or a span of days, as of today or an earlier day."

    def add_arguments(self, parser) -> None:
        parser.add_argument("name", help="such as on-time, sixty-days, load, T1, M-1")
        parser.add_argument("--year", required=True)
        parser.add_argument("--month", default="", help="of a monthly table: 1 to 12")
        parser.add_argument("--quarter", default="", help="of a monthly table: 1 to 4")
        parser.add_argument("--part", default="", help="of an official table: 1 or 2 for a half-year")
        parser.add_argument("--from", dest="first", default="", help="first day, like 2026-01-01")
        parser.add_argument("--to", dest="last", default="", help="last day")
        parser.add_argument("--as-of", default="", help="as it stood on this day by what had happened (default: today)")
        parser.add_argument("--by", choices=[one.value for one in Dimension], help="what the lines are split by")
        parser.add_argument("--format", choices=("json", "xlsx", "pdf"), default="json")
        parser.add_argument("-o", "--output", type=Path)
        parser.add_argument("--json", action="store_true", help="the same as --format json")

    def handle(self, *args, **options) -> None:
        form = "json" if options["json"] else options["format"]
        if further := further_reports().get(options["name"]):
            content = self._further(further, options, form)
            return self._write(content, options["output"])
        found = self._table(options)
        if form == "json":
            content = (json.dumps(export.as_dict(found), ensure_ascii=False) + "\n").encode()
        elif options["output"] is None:
            raise CommandError(_("Name the file with -o."), returncode=2)
        else:
            content = self._file(found, form)
        self._write(content, options["output"])

    def _write(self, content: bytes, output: Path | None) -> None:
        if output is None:
            self.stdout.write(content.decode().rstrip())
            return
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(_("The file cannot be written: %(error)s") % {"error": error.strerror}) from error

    def _further(self, report: Report, options, form: str) -> bytes:
        """A statistical table: the whole register, by the period and the day that were asked for."""
        params, today = {name: options[name] for name in ("year", "month", "quarter", "part", "as_of")}, clock_today()
        params |= {"from": options["first"], "to": options["last"]}
        try:
            if form == "json":
                found = report.as_dict(params, system_actor, today)
                return (json.dumps(found, ensure_ascii=False) + "\n").encode()
            if options["output"] is None:
                raise CommandError(_("Name the file with -o."), returncode=2)
            content, rows = report.file(params, system_actor, today, form)
        except NoReport as problem:
            raise CommandError(str(problem), returncode=2) from problem
        record_access(None, "figures_exported", indicator=report.code, rows=rows)
        return content

    def _table(self, options) -> Table:
        indicator = indicators().get(options["name"])
        if indicator is None:
            known = ", ".join([*indicators(), *further_reports()])
            raise CommandError(
                _("No report is called “%(name)s”. There are: %(known)s.") % {"name": options["name"], "known": known},
                returncode=2,
            )
        today = clock_today()
        params = {"year": options["year"], "from": options["first"], "to": options["last"], "as_of": options["as_of"]}
        try:
            period = asked(params, today)
        except NoPeriod as problem:
            raise CommandError(str(problem), returncode=2) from problem
        by = options["by"] or indicator.dimensions[0]
        if by not in indicator.dimensions:
            raise CommandError(_("This figure is not split by %(by)s.") % {"by": by}, returncode=2)
        return table(indicator, period, system_actor, today, by)

    def _file(self, found: Table, form: str) -> bytes:
        if form == "pdf":
            return export.pdf(found, settings.OFFICE_NAME or _("Dalad Banner Justice Bureau"))
        listed = listing(found.indicator, found.period, system_actor, found.period.as_of, {})
        lines = listed.lines(listed.first(export.LIMIT))
        record_access(None, "figures_exported", indicator=found.indicator.code, rows=len(lines))
        return export.workbook(found, lines)
