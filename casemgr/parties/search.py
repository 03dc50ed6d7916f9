"""Finding parties: by part of a name, pinyin, number or phone; and finding those a new entry may double.

Every query is bounded and the matching ids are materialised before rows are read: `ORDER BY … LIMIT` over a join can
flip the plan to a walk of the whole table. Nothing is ever counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from casemgr.parties import crypto, duplicates, names
from casemgr.parties.duplicates import Particulars
from casemgr.parties.identity import (
    KINDS,
    NONE,
    RESIDENT,
    index_group,
    is_phone,
    normalise_phone,
    old_form,
    plain,
    upgraded_forms,
)
from casemgr.parties.models import PHONE, Party, PartyGram

CANDIDATES = 1000
"""How many index entries a search reads at most before it takes the first ones."""
BLOCK = 50
"""How many parties of one blocking key are compared."""
_GROUPS = tuple(dict.fromkeys(index_group(kind) for kind in KINDS if kind != NONE))


def is_number_like(q: str) -> bool:
    """Whether a query is a document or phone number; such a query must not stand in an address."""
    text = plain(q)
    return bool(re.fullmatch(r"\+?[A-Z0-9]{6,20}", text)) and sum(c.isdigit() for c in text) >= 6


def find(q: str, *, limit: int = 25) -> list[Party]:
    """Parties that fit a name part, pinyin initials, the start of the pinyin, a full number or a phone; best first."""
    q = (q or "").strip()[:200]
    if is_number_like(q):
        return _load(_ids_by_number(q, limit))
    key = names.name_key(q)
    if not key:
        return []
    ids = dict.fromkeys(_exact_name_ids(key, limit))
    if len(ids) < limit and re.fullmatch(r"[a-z]+", key):
        ids |= dict.fromkeys(_pinyin_ids(key, limit))
    if len(ids) < limit:
        ids |= dict.fromkeys(_gram_ids(key, limit))
    return _load(list(ids)[:limit])


def _load(ids: list[int]) -> list[Party]:
    """The parties in the order of `ids`, each merged one as its survivor."""
    found = Party.objects.in_bulk(ids)
    survivors = (found[pk].survivor() for pk in ids if pk in found)
    return list({party.pk: party for party in survivors}.values())


def _living() -> QuerySet[Party]:
    return Party.objects.filter(merged_into__isnull=True)


def _ids_by_number(q: str, limit: int) -> list[int]:
    number, phone = plain(q), normalise_phone(q)
    forms = [number, *filter(None, [old_form(number)]), *upgraded_forms(number)]
    indexes = [index for form in forms for group in _GROUPS for index in crypto.blind_indexes(group, form)]
    ids = list(_living().filter(identity_index__in=indexes).values_list("pk", flat=True)[:limit])
    if is_phone(phone):
        by_phone = _living().filter(phone_index__in=crypto.blind_indexes(PHONE, phone))
        ids += by_phone.values_list("pk", flat=True)[:limit]
    return list(dict.fromkeys(ids))[:limit]


def _exact_name_ids(key: str, limit: int) -> Iterable[int]:
    return _living().filter(name_key=key).values_list("pk", flat=True)[:limit]


def _pinyin_ids(letters: str, limit: int) -> list[int]:
    """Initials first, then the beginning of the full reading; of the same reading the one entered first."""
    upper = _after(letters)
    ids: list[int] = []
    for column in ("initials", "pinyin"):
        span = Q(**{f"{column}__gte": letters}) & (Q(**{f"{column}__lt": upper}) if upper else Q())
        ids += _living().filter(span).order_by(column, "pk").values_list("pk", flat=True)[:limit]
    return ids


def _after(letters: str) -> str:
    """The first text after all that begin with `letters`; empty when there is none."""
    head = letters.rstrip("z")
    return head[:-1] + chr(ord(head[-1]) + 1) if head else ""


def _gram_ids(key: str, limit: int) -> list[int]:
    """Ids of parties one of whose names contains `key`, latest registered first."""
    wanted = names.query_grams(key)
    matches = PartyGram.objects.filter(gram=wanted[0])
    for gram in wanted[1:]:
        matches = matches.filter(party_id__in=PartyGram.objects.filter(gram=gram).values("party_id"))
    ids = list(matches.order_by("-party_id").values_list("party_id", flat=True)[:CANDIDATES])
    if len(wanted) == 1:
        return ids[:limit]
    containing = Party.objects.filter(Q(name_key__contains=key) | Q(other_names__name_key__contains=key), pk__in=ids)
    kept = set(containing.values_list("pk", flat=True))
    return [pk for pk in ids if pk in kept][:limit]


@dataclass(frozen=True)
class Match:
    """A known party beside a new entry; `why` is a code of `messages.WHY`."""

    party: Party
    level: str
    why: str


def particulars(party: Party) -> Particulars:
    """A known party as a comparison sees it. Opens the numbers without showing them to anybody."""
    try:
        number, phone = party.open_number(), party.open_phone()
    except crypto.CannotOpen:
        number = phone = ""
    return Particulars(
        name=party.name,
        number=number or None,
        birth=party.birth_on,
        phone=phone or None,
        village=party.village,
        kind=party.kind,
        identity_kind=party.identity_kind if number else None,
        other_names=tuple(other.name for other in party.other_names.all()),
    )


def similar_to(candidate: Particulars, *, exclude: int | None = None) -> list[Match]:
    """Known parties that may be the candidate, most urgent first; those at level NO are left out."""
    parties = _blocked(candidate).exclude(pk=exclude) if exclude else _blocked(candidate)
    matches = []
    for party in parties.select_related("key").prefetch_related("other_names"):
        level, why = duplicates.compare(candidate, particulars(party))
        if level != duplicates.NO:
            matches.append(Match(party, level, why))
    return sorted(matches, key=lambda match: (duplicates.URGENCY[match.level], match.party.pk))


def _blocked(candidate: Particulars) -> QuerySet[Party]:
    """Parties that share a blocking key: number in any form, phone, name, sound with birth, or core name."""
    keys: list[Q] = []
    if number := candidate.normal_number:
        forms = [number, *upgraded_forms(number)]
        if candidate.group == RESIDENT:
            forms += filter(None, [old_form(number)])
        keys.append(Q(identity_index__in=[i for form in forms for i in crypto.blind_indexes(candidate.group, form)]))
    if candidate.phone and (phone := normalise_phone(candidate.phone)):
        keys.append(Q(phone_index__in=crypto.blind_indexes(PHONE, phone)))
    if candidate.key:
        keys += [Q(name_key=candidate.key), Q(other_names__name_key=candidate.key)]
        if candidate.kind != Party.Kind.PERSON:
            keys.append(Q(organisation_core=names.organisation_core(candidate.name)))
        elif candidate.birth_text:
            keys.append(Q(pinyin=names.full_pinyin(candidate.name), birth_on=candidate.birth_text))
    ids: set[int] = set()
    for key in keys:
        ids.update(_living().filter(key).order_by("-pk").values_list("pk", flat=True)[:BLOCK])
    return Party.objects.filter(pk__in=ids)
