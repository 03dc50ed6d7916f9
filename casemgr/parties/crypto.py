"""What parties need of the field keys, and HMAC-SM3 blind indexes for exact look-up."""

from __future__ import annotations

from casemgr.organisation.field_keys import (
    CannotOpen,
    FieldKey,
    decrypt,
    encrypt,
    field_keys,
    hmac_sm3,
    new_data_key,
    parse_field_keys,
    unwrap,
    wrap,
)

__all__ = [
    "CannotOpen",
    "FieldKey",
    "blind_index",
    "blind_indexes",
    "decrypt",
    "encrypt",
    "field_keys",
    "hmac_sm3",
    "new_data_key",
    "parse_field_keys",
    "unwrap",
    "wrap",
]


def blind_index(group: str, value: str) -> str:
    """The index under which a new value is stored; empty for no value."""
    return _index(field_keys()[0], group, value)


def blind_indexes(group: str, value: str) -> list[str]:
    """Every index a stored value may have, also from before a rotation."""
    return [_index(key, group, value) for key in field_keys()] if value else []


def _index(key: FieldKey, group: str, value: str) -> str:
    return key.index_of(f"{group}|{value}".encode()).hex() if value else ""
