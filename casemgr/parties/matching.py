"""Who of many new entries resembles somebody known: the levels of `duplicates`, in a fixed number of queries.

`search.similar_to` answers the same for one entry; a test holds the two against each other. Of a person only what can
become a level is asked for: nobody is a duplicate by the name alone, and there are ten thousand of some names. Left out
is the number with one wrong sign: it does not check, so whoever loads it is told so anyway.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from casemgr.parties import crypto, duplicates, names
from casemgr.parties.duplicates import Particulars
from casemgr.parties.identity import RESIDENT, normalise_phone, old_form, upgraded_forms
from casemgr.parties.models import PHONE, Party, PartyName
from casemgr.parties.search import BLOCK, Match, particulars

AT_ONCE = 500
"""Keys of one query."""


@dataclass
class _Keys:
    """What entries and known parties may share, by kind of key."""

    of_entry: list[set[tuple[str, str]]] = field(default_factory=list)

    def add(self, entry: Particulars) -> None:
        self.of_entry.append(set(_keys(entry)))

    def values(self, kind: str) -> list[str]:
        return sorted({value for keys in self.of_entry for known, value in keys if known == kind})


def similar_to_many(entries: Sequence[Particulars]) -> list[list[Match]]:
    """For each entry the known parties it may be, most urgent first; those at level NO are left out."""
    keys = _Keys()
    for entry in entries:
        keys.add(entry)
    blocks = _blocks(keys)
    wanted = {pk for found in blocks.values() for pk in found}
    known = {party.pk: party for party in _loaded(wanted)}
    told = {pk: particulars(party) for pk, party in known.items()}
    answers = []
    for entry, own in zip(entries, keys.of_entry, strict=True):
        near = {pk for key in own for pk in blocks.get(key, ()) if pk in known}
        levels = ((pk, *duplicates.compare(entry, told[pk])) for pk in near)
        found = [Match(known[pk], level, why) for pk, level, why in levels if level != duplicates.NO]
        answers.append(sorted(found, key=lambda match: (duplicates.URGENCY[match.level], match.party.pk)))
    return answers


def _keys(entry: Particulars) -> Iterable[tuple[str, str]]:
    if number := entry.normal_number:
        forms = [number, *upgraded_forms(number)]
        if entry.group == RESIDENT:
            forms += filter(None, [old_form(number)])
        yield from (("number", index) for form in forms for index in crypto.blind_indexes(entry.group, form))
    if entry.phone and (phone := normalise_phone(entry.phone)):
        yield from (("phone", index) for index in crypto.blind_indexes(PHONE, phone))
    if entry.key and entry.kind != Party.Kind.PERSON:
        yield "name", entry.key
        yield "core", names.organisation_core(entry.name)
    elif entry.key and entry.birth_text:
        yield "born", f"{entry.key}|{entry.birth_text}"
        yield "sound", f"{names.full_pinyin(entry.name)}|{entry.birth_text}"


def _blocks(keys: _Keys) -> dict[tuple[str, str], list[int]]:
    """Ids of living parties under each key, the latest registered, at most so many of one key."""
    living = Party.objects.filter(merged_into__isnull=True).order_by("-pk")
    found: dict[tuple[str, str], list[int]] = defaultdict(list)

    def take(kind: str, rows: Iterable[tuple[int, str]]) -> None:
        for pk, value in rows:
            if len(found[kind, value]) < BLOCK:
                found[kind, value].append(pk)

    columns = {"number": "identity_index", "phone": "phone_index", "name": "name_key", "core": "organisation_core"}
    for kind, column in columns.items():
        for some in _pieces(keys.values(kind)):
            take(kind, living.filter(**{f"{column}__in": some}).values_list("pk", column))
    for some in _pieces(keys.values("name")):
        take("name", _others(some).values_list("party_id", "name_key"))
    for kind, column in {"born": "name_key", "sound": "pinyin"}.items():
        for some in _pieces(keys.values(kind)):
            heads, births = ({value.split("|")[part] for value in some} for part in (0, 1))
            born = {f"{column}__in": heads, "birth_on__in": births}
            rows = living.filter(**born).values_list("pk", column, "birth_on")
            if kind == "born":
                rows = [*rows, *_others(heads).filter(party__birth_on__in=births).values_list(
                    "party_id", "name_key", "party__birth_on")]  # fmt: skip
            take(kind, ((pk, f"{head}|{birth}") for pk, head, birth in rows))
    return found


def _others(keys: Collection[str]) -> QuerySet[PartyName]:
    """Former names and aliases of the living."""
    return PartyName.objects.filter(name_key__in=keys, party__merged_into__isnull=True).order_by("-party_id")


def _loaded(ids: Iterable[int]) -> Iterable[Party]:
    for some in _pieces(sorted(ids)):
        parties: QuerySet[Party] = Party.objects.filter(Q(pk__in=some))
        yield from parties.select_related("key").prefetch_related("other_names")


def _pieces(keys: Sequence) -> Iterable[Sequence]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


__all__ = ["similar_to_many"]
