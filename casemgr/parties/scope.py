"""Who may see a person's name in full: the unit that registered it, and whom the rows above say.

`cases` registers a provider: the parties of the cases a person may see.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date

from casemgr.organisation.scope import ALL, scope
from casemgr.parties.models import Party

Provider = Callable[[object, Collection[int], date], Iterable[int]]
"""(actor, party ids, today) → those of the ids that the actor's cases make known. One query at most."""

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Called from AppConfig.ready() of the row above."""
    if provider not in _providers:
        _providers.append(provider)


def in_scope(actor, parties: Collection[Party], today: date) -> set[int]:
    """Ids of the parties whose names and addresses the actor may see in full. Organisations and agencies always."""
    known = {party.pk for party in parties if party.kind != Party.Kind.PERSON}
    persons = [party for party in parties if party.kind == Party.Kind.PERSON]
    if not persons:
        return known
    reach = scope(actor, today)
    for procedure in reach.procedures:
        units = reach.unit_ids(procedure)
        known |= {p.pk for p in persons if p.registered_by_id and (units is ALL or p.registered_by_id in units)}
    for provider in _providers:
        if unknown := {party.pk for party in persons} - known:
            known |= set(provider(actor, unknown, today)) & unknown
    return known


def is_in_scope(actor, party: Party, today: date) -> bool:
    return party.pk in in_scope(actor, [party], today)
