"""The registry for a batch of entries: known parties read in a few queries, new ones written in a few statements.

It decides as `registry.find_or_create` does for one entry after the other; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache

from casemgr.audit.bulk import create_with_history
from casemgr.audit.inserting import insert, insert_values
from casemgr.parties import crypto, names, registry
from casemgr.parties.duplicates import Particulars
from casemgr.parties.identity import index_group, normalise_number
from casemgr.parties.models import Party, PartyGram, PartyName
from casemgr.parties.registry import PartyData
from casemgr.parties.search import particulars

AT_ONCE = 500
"""Keys of one query."""


class PartyBatch:
    """The parties of one batch. Tell it with `expect…` what will be asked; what was not told costs a query of its own.

    Entries are taken inside `entry()`; one that fails leaves none of its new parties behind. `write` ends the batch.
    Not to be kept beyond the transaction: it trusts what it has read.
    """

    def __init__(self, actor, today: date) -> None:
        self.today = today
        self._registered_by = registry.unit_of(actor, today)
        self._holders: dict[str, list[Party]] = {}
        self._agencies: dict[str, Party | None] = {}
        self._namesakes: dict[str, list[Party]] = {}
        self._chosen: dict[int, Party] = {}
        self._known: dict[int, Particulars] = {}
        self._new: list[tuple[Party, list[PartyName], PartyData]] = []
        self._indexes = cache(self._blind_indexes)

    # what will be asked

    def expect_numbers(self, numbers: Iterable[tuple[str, str]]) -> None:
        """Read the holders of document numbers, given as (kind, number)."""
        asked = {index for kind, number in numbers for index in self._indexes(kind, number)}
        wanted = {index for index in asked if index not in self._holders}
        for keys in _pieces(wanted):
            self._holders |= {key: [] for key in keys}
            for party in _loaded(["pk"], identity_index__in=keys):
                self._holders[party.identity_index].append(party)

    def expect_agencies(self, agencies: Iterable[str]) -> None:
        """Read the agencies of these names."""
        wanted = {key for key in map(names.name_key, agencies) if key not in self._agencies}
        for keys in _pieces(wanted):
            self._agencies |= dict.fromkeys(keys)
            condition = {"kind": Party.Kind.AGENCY, "name_key__in": keys, "merged_into__isnull": True}
            for party in _loaded(["-pk"], **condition):  # the oldest of a name stays
                self._agencies[party.name_key] = party

    def expect_names(self, entered: Iterable[str]) -> None:
        """Read the living parties that bear these names."""
        wanted = {key for key in map(names.name_key, entered) if key not in self._namesakes}
        for keys in _pieces(wanted):
            self._namesakes |= {key: [] for key in keys}
            for party in Party.objects.filter(name_key__in=keys, merged_into__isnull=True).order_by("pk"):
                self._namesakes[party.name_key].append(party)

    # entries

    @contextmanager
    def entry(self) -> Iterator[None]:
        """One row of the source: when it raises, the new parties it brought are forgotten."""
        count = len(self._new)
        try:
            yield
        except BaseException:
            for party, _others, data in self._new[count:]:
                self._forget(party, data)
            del self._new[count:]
            raise

    def find_or_create(self, data: PartyData) -> Party:
        """As `registry.find_or_create`; a new party has no id before `write`. :raises ValidationError:"""
        if data.known_party:
            return self.chosen(data.known_party)
        registry.check(data, self.today)
        known = self.agency(data.name) if _is_told_by_name(data) else self.known_by_number(data)
        return known or self.create(data)

    def chosen(self, pk: int) -> Party:
        """A party by its id, as its survivor. :raises ValidationError: there is none."""
        if pk not in self._chosen:
            self._chosen[pk] = registry.find_or_create(_choice(pk), None, self.today)
        return self._chosen[pk]

    def agency(self, name: str) -> Party | None:
        """The living agency of the name."""
        self.expect_agencies([name])
        return self._agencies[names.name_key(name)]

    def known_by_number(self, data: PartyData) -> Party | None:
        """As `registry.known_by_number`. :raises ValidationError:"""
        party = self._holder_of(data.identity_kind, data.identity_number)
        return None if party is None else registry.agreed(data, party, self._particulars(party), self.today)

    def namesakes(self, name: str) -> list[Party]:
        """Living parties that bear the name, oldest first."""
        self.expect_names([name])
        return self._namesakes[names.name_key(name)]

    def create(self, data: PartyData) -> Party:
        """Keep a checked party for `write`."""
        party, others = registry.build(data, self._registered_by, self.today)
        party.derive()
        self._new.append((party, others, data))
        if party.identity_index:
            self.expect_numbers([(data.identity_kind, data.identity_number)])
            self._holders[party.identity_index].append(party)
        if party.kind == Party.Kind.AGENCY and self._agencies.get(party.name_key) is None:
            self._agencies[party.name_key] = party
        if party.name_key in self._namesakes:
            self._namesakes[party.name_key].append(party)
        self._known[id(party)] = replace(data.particulars(), birth=party.birth_on)
        return party

    # the end

    def write(self) -> list[Party]:
        """Insert the new parties with history, keys, other names and name grams; call it inside a transaction."""
        parties = [party for party, _others, _data in self._new]
        create_with_history(parties)
        keys = []
        for party in parties:
            party._indexed_key = party.name_key
            if (pending := party.__dict__.pop("_pending_key", None)) is not None:
                pending.party = party
                keys.append(pending)
        insert(keys)
        self._write_names()
        self._new.clear()
        return parties

    def _write_names(self) -> None:
        others, grams = [], []
        for party, other_names, _data in self._new:
            wanted = names.grams(party.name)
            for other in other_names:
                other.party = party
                other.derive()
                wanted |= names.grams(other.name)
            others += other_names
            grams += [(gram, party.pk) for gram in wanted]
        create_with_history(others)
        insert_values(PartyGram, ("gram", "party"), grams)

    def _holder_of(self, kind: str, number: str) -> Party | None:
        self.expect_numbers([(kind, number)])
        found = [party for index in self._indexes(kind, number) for party in self._holders[index]]
        if not found:
            return None
        living = [party for party in found if party.merged_into_id is None]
        return (living or found)[0].survivor()

    def _particulars(self, party: Party) -> Particulars:
        if id(party) not in self._known:
            self._known[id(party)] = particulars(party)
        return self._known[id(party)]

    @staticmethod
    def _blind_indexes(kind: str, number: str) -> list[str]:
        return crypto.blind_indexes(index_group(kind), normalise_number(kind, number))

    def _forget(self, party: Party, data: PartyData) -> None:
        if party.identity_index:
            self._holders[party.identity_index].remove(party)
        if self._agencies.get(party.name_key) is party:
            self._agencies[party.name_key] = None
        if party in self._namesakes.get(party.name_key, ()):
            self._namesakes[party.name_key].remove(party)
        self._known.pop(id(party), None)


def _is_told_by_name(data: PartyData) -> bool:
    return data.kind == Party.Kind.AGENCY and not data.identity_number


def _choice(pk: int) -> PartyData:
    return PartyData(kind="", name="", known_party=pk)


def _loaded(order: Sequence[str], **condition) -> list[Party]:
    """Parties with what a comparison and a snapshot read of them: other names, and their data keys opened."""
    found = Party.objects.filter(**condition).select_related("key").prefetch_related("other_names").order_by(*order)
    parties = list(found)
    for party in parties:
        if hasattr(party, "key"):
            party.keep_key(party.key)
    return parties


def _pieces(keys: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
