"""What is held about one person, in clear for that person; other people in it are masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.pages.sheets.writing import Sheet
from casemgr.parties.crypto import CannotOpen
from casemgr.parties.merging import line_ids
from casemgr.parties.models import Party
from casemgr.parties.snapshots import snapshot_fields

Provider = Callable[[list[Party], Any, date], Iterable[Sheet]]
"""(the person's records, who compiles, today) → sheets of what the row above holds, within the compiler's scope."""
_providers: list[Provider] = []


def register_provider(provider: Provider) -> None:
    """Called from AppConfig.ready() of the row above."""
    if provider not in _providers:
        _providers.append(provider)


def records_of(party: Party) -> list[Party]:
    """The record with those merged into it: one person."""
    return list(Party.objects.filter(pk__in=line_ids([party.pk])).order_by("pk"))


def sheets(party: Party, actor, today: date) -> Iterator[Sheet]:
    """The registry's own, then what the rows above hold."""
    records = records_of(party)
    yield Sheet(_("Personal data"), (_("Number of the record"), _("Entry"), _("Content")), list(_particulars(records)))
    for provider in _providers:
        yield from provider(records, actor, today)


def _particulars(records: list[Party]) -> Iterator[tuple[Any, str, Any]]:
    names = {"number": _("Document number"), "phone": _("Phone")}
    for party in records:
        try:
            fields = snapshot_fields(party)
        except CannotOpen:
            continue
        for name, value in fields.items():
            if value:
                label = names.get(name) or str(Party._meta.get_field(name).verbose_name)
                yield party.pk, label, _shown(party, name, value)
        for name in ("mongolian_name", "village", "remark"):
            if value := getattr(party, name):
                yield party.pk, str(Party._meta.get_field(name).verbose_name), value
        for other in party.other_names.all():
            yield party.pk, str(other.get_kind_display()), other.name
        for fact in party.capacity_facts.all():
            yield party.pk, str(fact.get_kind_display()), f"{fact.from_on} {fact.paper}"
        yield party.pk, _("Registered at"), party.registered_at.date()


def _shown(party: Party, name: str, value: Any) -> Any:
    display = getattr(party, f"get_{name}_display", None)
    return str(display()) if display else value
