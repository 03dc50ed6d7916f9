"""After a new key was put first in FIELD_KEYS: rewrap the data keys and renew the blind indexes. History stays."""

from __future__ import annotations

from django.db import transaction

from casemgr.organisation.field_keys import wrapped_key_ids
from casemgr.parties import crypto
from casemgr.parties.identity import index_group
from casemgr.parties.models import PHONE, Party, PartyKey

BATCH = 500


def rotate() -> int:
    """Bring every party to the current field key, in short transactions. Returns how many were changed; can be rerun.

    :raises CannotOpen: FIELD_KEYS lack a key that is still in use.
    """
    current = crypto.field_keys()[0].key_id
    changed = 0
    while batch := list(PartyKey.objects.exclude(key_id=current).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            changed += _rotate_batch(batch)
    return changed


def _rotate_batch(party_ids: list[int]) -> int:
    keys = list(PartyKey.objects.select_for_update().filter(pk__in=party_ids).select_related("party"))
    for key in keys:
        key.wrapped_key, key.key_id = crypto.wrap(crypto.unwrap(key.wrapped_key))
        party = key.party
        party.identity_index = crypto.blind_index(index_group(party.identity_kind), party.open_number())
        party.phone_index = crypto.blind_index(PHONE, party.open_phone())
    PartyKey.objects.bulk_update(keys, ["wrapped_key", "key_id"])
    # The indexes are derived and outside history, so plain bulk writes leave nothing unrecorded.
    Party.objects.bulk_update([key.party for key in keys], ["identity_index", "phone_index"])
    return len(keys)


def key_ids_in_use() -> list[str]:
    """The field keys without which some number or second factor could not be opened; a restore names them."""
    of_parties = PartyKey.objects.order_by("key_id").values_list("key_id", flat=True).distinct()
    return sorted({*of_parties, *wrapped_key_ids()})
