"""What the register holds about one person, for the person: own parts in full, everybody else masked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.cases.events import fold
from casemgr.cases.models import Case, Participation
from casemgr.pages.masking import without_numbers
from casemgr.pages.sheets.writing import Sheet
from casemgr.parties.crypto import CannotOpen
from casemgr.parties.models import Party
from casemgr.parties.names import list_mask
from casemgr.parties.snapshots import open_snapshot

LIMIT = 200
PRINTED = ("name", "number", "phone", "address", "service_address")


def sheets(records: list[Party], actor: Any, today: date) -> Iterator[Sheet]:
    """Cases within the compiler's scope; that there are others is said, not which."""
    ids = {party.pk for party in records}
    mine = Participation.objects.filter(party_id__in=ids)
    visible = Case.objects.visible_to(actor, today).order_by().values("pk")
    numbers = list(mine.filter(case_id__in=visible).values_list("case_id", flat=True).distinct()[: LIMIT + 1])
    has_more = len(numbers) > LIMIT or mine.exclude(case_id__in=visible).exists()
    cases = Case.objects.filter(pk__in=numbers[:LIMIT]).select_related("unit").order_by("pk")
    found = list(cases.prefetch_related("participations__party", "events"))
    headings = (_("Case number"), _("Procedure"), _("Title"), _("Role"), _("Opened on"), _("State"), _("Others"))
    rows = [_case_row(case, ids) for case in found]
    if has_more:
        rows.append((_("Other units or offices hold more: ask them, or the office for what lies beyond this list."),))
    yield Sheet(_("Cases"), headings, rows)
    printed = [row for case in found for row in _printed(case, ids)]
    yield Sheet(_("As printed in the files"), (_("Case number"), _("Entry"), _("Content")), printed)
    happened = [row for case in found for row in _events(case, ids)]
    yield Sheet(_("What was recorded"), (_("Case number"), _("Date"), _("What happened")), happened)


def _is_others(part: Participation, ids: set[int]) -> bool:
    return part.party_id not in ids and part.party.kind == Party.Kind.PERSON


def _case_row(case: Case, ids: set[int]) -> tuple:
    parts = list(case.participations.all())
    title = without_numbers(case.title)
    for part in parts:
        if _is_others(part, ids):
            title = title.replace(part.name, list_mask(part.name))
    own = "、".join(str(part.get_role_display()) for part in parts if part.party_id in ids)
    others = "、".join(
        f"{list_mask(part.name) if _is_others(part, ids) else part.name}（{part.get_role_display()}）"
        for part in parts
        if part.party_id not in ids
    )
    labels = case.definition.name, case.state_info.label
    return case.number, str(labels[0]), title, own, case.opened_on, str(labels[1]), others


def _printed(case: Case, ids: set[int]) -> Iterator[tuple]:
    for part in case.participations.all():
        if part.party_id not in ids or not part.snapshot:
            continue
        try:
            kept = open_snapshot(part.party, part.snapshot)
        except CannotOpen:
            continue
        for name in PRINTED:
            if value := kept.get(name):
                yield case.number, _label(name), value


def _label(name: str) -> str:
    words = {"number": _("Document number"), "phone": _("Phone")}
    return words.get(name) or str(Party._meta.get_field(name).verbose_name)


def _events(case: Case, ids: set[int]) -> Iterator[tuple]:
    for fact in fold(case.events.all()):
        if fact.party_id in ids:
            yield case.number, fact.occurred_on or "", str(case.definition.event_kind(fact.kind).label)
