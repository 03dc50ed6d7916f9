"""What a person brought, for the person who asks what is held about them (PIPL, art. 45)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.documents.uploads.models import Material
from casemgr.pages.sheets.writing import Sheet
from casemgr.parties.models import Party

LIMIT = 500


def sheets(records: list[Party], actor: Any, today: date) -> Iterator[Sheet]:
    """Materials the person brought, within the compiler's scope; nothing of the secret volume."""
    ids = [party.pk for party in records]
    found = Material.objects.visible_to(actor, today).filter(received_from__party_id__in=ids, is_secret=False)
    headings = (_("Case number"), _("Material"), _("Kind of material"), _("Date received"), _("Number of pages"))
    rows = [
        (one.case.number, one.title, str(one.get_kind_display()), one.received_on, one.pages or "")
        for one in found.select_related("case").order_by("pk")[:LIMIT]
    ]
    yield Sheet(_("Materials"), headings, rows)
