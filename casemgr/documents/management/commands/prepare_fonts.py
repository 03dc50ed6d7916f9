"""`manage.py prepare_fonts`: convert the open Chinese fonts once; quick when they are there already."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from casemgr.documents import font_files


class Command(BaseCommand):
    help = "Prepare the fonts official documents are printed with (once per machine, about a minute)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, json: bool = False, **options) -> None:
        if not json and font_files.missing():
            self.stdout.write(_("Preparing the fonts for official documents, once; this takes about a minute."))
        try:
            made = font_files.prepare()
        except (OSError, RuntimeError) as error:
            raise CommandError(_("The fonts could not be prepared: %(error)s") % {"error": error}) from error
        self._report(made, json)

    def _report(self, made, as_json: bool) -> None:
        office = {role: path.name for role in font_files.OFFICE_FONTS if (path := font_files.office_file(role))}
        if as_json:
            ready = [str(conversion.target) for conversion in font_files.wanted()]
            self.stdout.write(json.dumps({"made": [str(path) for path in made], "ready": ready, "office": office}))
            return
        self.stdout.write(_("The fonts are ready.") if made else _("The fonts were ready already."))
        for name in office.values():
            self.stdout.write(_("The office's own font is used: %(name)s") % {"name": name})
