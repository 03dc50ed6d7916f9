"""Who may see a person's name in full, and who may change a record: the unit that registered it, and whom the rows
above say.

`cases` registers a provider: the parties of the cases a person may see; and one that takes away: those of the cases
from which the person is recused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date

from casemgr.organisation.scope import ALL, scope
from casemgr.parties.models import Party

Provider = Callable[[object, Collection[int], date], Iterable[int]]
"""(actor, party ids, today) → those of the ids that the actor's cases make known. One query at most."""

AGENCY_KEEPERS = ("admin", "head")
"""Agencies belong to no case's file: these roles keep their records too."""

_providers: list[Provider] = []
_readers: list[Provider] = []
_withholders: list[Provider] = []


def register(provider: Provider) -> None:
    """Called from AppConfig.ready() of the row above."""
    if provider not in _providers:
        _providers.append(provider)


def register_reader(provider: Provider) -> None:
    """The same for parties whose names the person may read without handling their records."""
    if provider not in _readers:
        _readers.append(provider)


def register_withholder(provider: Provider) -> None:
    """The same for what the person's unit registered and the person may nevertheless not see."""
    if provider not in _withholders:
        _withholders.append(provider)


def in_scope(actor, parties: Collection[Party], today: date) -> set[int]:
    """Ids of the parties whose names and addresses the actor may see in full. Organisations and agencies always."""
    public = {party.pk for party in parties if party.kind != Party.Kind.PERSON}
    people = [party for party in parties if party.kind == Party.Kind.PERSON]
    known = _known(actor, people, today)
    for reader in _readers:
        if unknown := {party.pk for party in people} - known:
            known |= set(reader(actor, unknown, today)) & unknown
    return public | known


def is_in_scope(actor, party: Party, today: date) -> bool:
    return party.pk in in_scope(actor, [party], today)


def may_handle(actor, party: Party, today: date) -> bool:
    """Whether the actor may correct the record and ask for its numbers in full: of no party because it is public."""
    return party.pk in handled(actor, [party], today)


def handled(actor, parties: Collection[Party], today: date) -> set[int]:
    """Ids of those of the parties that `may_handle` says yes to, with as many queries as for one."""
    keeps = actor.role_codes(today).intersection(AGENCY_KEEPERS)
    agencies = {party.pk for party in parties if keeps and party.kind == Party.Kind.AGENCY}
    return agencies | _known(actor, parties, today)


def _known(actor, parties: Collection[Party], today: date) -> set[int]:
    """Registered by a unit in reach, or known through a case; what a recusal takes away only such a case gives back."""
    if not parties:
        return set()
    reach = scope(actor, today)
    known: set[int] = set()
    for procedure in reach.procedures:
        units = reach.unit_ids(procedure)
        known |= {p.pk for p in parties if p.registered_by_id and (units is ALL or p.registered_by_id in units)}
    for withholder in _withholders:
        if known:
            known -= set(withholder(actor, known, today))
    for provider in _providers:
        if unknown := {party.pk for party in parties} - known:
            known |= set(provider(actor, unknown, today)) & unknown
    return known
