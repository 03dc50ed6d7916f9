"""What a case prints of a party, frozen with the case: name, number, address, phone as they were then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from casemgr.parties import crypto
from casemgr.parties.models import Party


def encrypt_snapshot(party: Party, **fields: Any) -> bytes:
    """The fields as JSON under the party's data key. Dates become ISO text. Erasing the key erases every snapshot."""
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str)
    return crypto.encrypt(party.data_key(), b"snapshot", text.encode())


def open_snapshot(party: Party, stored: bytes) -> dict[str, Any]:
    """What `encrypt_snapshot` froze. For printing inside the file; a screen shows the number masked.

    :raises CannotOpen: the party's key was erased or the bytes are another party's.
    """
    return json.loads(crypto.decrypt(party.data_key(), b"snapshot", bytes(stored)))


def snapshot_of(party: Party) -> bytes:
    """The usual snapshot: what documents of a case print of a party."""
    return encrypt_snapshot(party, **snapshot_fields(party))


def snapshot_fields(party: Party) -> Mapping[str, Any]:
    """The fields of the usual snapshot, in clear: for `encrypt_snapshot` with changes, never for a page."""
    return {
        "kind": party.kind,
        "name": party.name,
        "sex": party.sex,
        "birth_on": party.birth_on,
        "ethnicity": party.ethnicity,
        "identity_kind": party.identity_kind,
        "number": party.open_number(),
        "phone": party.open_phone(),
        "address": party.address,
        "service_address": party.service_address,
        "legal_representative": party.legal_representative,
        "representative_post": party.representative_post,
    }
