"""SM4-GCM under a data key of one's own, each data key wrapped by `FIELD_KEYS`.

`FIELD_KEYS` is "id:64 hex digits" pairs, comma-separated. The first wraps and indexes what is new, the others only open
and find. From each key two are derived, one to wrap and one to index. See docs/configuration.md.

A table with a wrapped key in a column says so with `register_wrapped`, so that a rotation reaches it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction

NONCE_BYTES, TAG_BYTES, DATA_KEY_BYTES = 12, 16, 16


class CannotOpen(Exception):
    """The key is missing (erased, or not among FIELD_KEYS) or the stored bytes were changed."""


def hmac_sm3(key: bytes, message: bytes) -> bytes:
    return _finished(hmac.HMAC(key, hashes.SM3()), message)


def _finished(mac: hmac.HMAC, message: bytes) -> bytes:
    mac.update(message)
    return mac.finalize()


@dataclass(frozen=True)
class FieldKey:
    """One entry of FIELD_KEYS with its two derived keys."""

    key_id: str
    wrapping: bytes
    indexing: bytes

    def index_of(self, message: bytes) -> bytes:
        """HMAC-SM3 under `indexing`; the key is set once, which costs more than a message."""
        return _finished(_keyed(self.indexing).copy(), message)


@lru_cache(maxsize=8)
def _keyed(key: bytes) -> hmac.HMAC:
    return hmac.HMAC(key, hashes.SM3())


@lru_cache(maxsize=8)
def parse_field_keys(text: str) -> tuple[FieldKey, ...]:
    """All entries, the current one first."""
    keys = []
    for entry in filter(None, (part.strip() for part in text.split(","))):
        key_id, _, digits = entry.partition(":")
        try:
            secret = bytes.fromhex(digits)
        except ValueError:
            secret = b""
        if len(secret) != 32 or not key_id.isalnum() or len(key_id) > 16:
            raise ImproperlyConfigured(
                "FIELD_KEYS: each entry is an id of letters and digits, a colon and 64 hex digits."
            )
        keys.append(FieldKey(key_id, hmac_sm3(secret, b"casemgr wrap")[:16], hmac_sm3(secret, b"casemgr index")))
    if not keys or len({key.key_id for key in keys}) != len(keys):
        raise ImproperlyConfigured("FIELD_KEYS needs at least one key, each id once.")
    return tuple(keys)


def field_keys() -> tuple[FieldKey, ...]:
    return parse_field_keys(settings.FIELD_KEYS)


def encrypt(key: bytes, label: bytes, plaintext: bytes) -> bytes:
    """nonce | ciphertext | tag; `label` binds the bytes to the place they are kept in."""
    nonce = os.urandom(NONCE_BYTES)
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(label)
    return nonce + encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag


def decrypt(key: bytes, label: bytes, stored: bytes) -> bytes:
    """:raises CannotOpen: wrong key, wrong place, or changed bytes."""
    stored = bytes(stored)
    if len(stored) < NONCE_BYTES + TAG_BYTES:
        raise CannotOpen
    nonce, body, tag = stored[:NONCE_BYTES], stored[NONCE_BYTES:-TAG_BYTES], stored[-TAG_BYTES:]
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(label)
    try:
        return decryptor.update(body) + decryptor.finalize()
    except InvalidTag as error:
        raise CannotOpen from error


def new_data_key() -> bytes:
    return os.urandom(DATA_KEY_BYTES)


def wrap(data_key: bytes) -> tuple[bytes, str]:
    """The data key under the current field key, with that key's id in front; and the id."""
    current = field_keys()[0]
    prefix = current.key_id.encode() + b":"
    return prefix + encrypt(current.wrapping, b"party-key", data_key), current.key_id


def unwrap(wrapped: bytes) -> bytes:
    """:raises CannotOpen: the field key that wrapped it is not configured."""
    key_id, _, body = bytes(wrapped).partition(b":")
    for key in field_keys():
        if key.key_id.encode() == key_id:
            return decrypt(key.wrapping, b"party-key", body)
    raise CannotOpen


_wrapped: list[tuple[type[models.Model], str]] = []


def register_wrapped(model: type[models.Model], column: str) -> None:
    """The column of `model` holds a wrapped data key, or nothing. For tables of some thousand rows: accounts."""
    if (model, column) not in _wrapped:
        _wrapped.append((model, column))


def wrapped_key_ids() -> set[str]:
    """The field keys without which something in the registered columns could not be opened."""
    return {
        bytes(value).partition(b":")[0].decode() for model, column in _wrapped for _pk, value in _held(model, column)
    }


def rewrap() -> int:
    """Bring every registered column to the current field key; returns how many were changed, can be rerun.

    :raises CannotOpen: FIELD_KEYS lack a key that is still in use.
    """
    current, changed = field_keys()[0].key_id.encode() + b":", 0
    for model, column in _wrapped:
        for pk, value in _held(model, column):
            if bytes(value).startswith(current):
                continue
            with transaction.atomic():
                new, _key_id = wrap(unwrap(value))
                # Unless the row got another key in the meantime.
                changed += model._base_manager.filter(pk=pk, **{column: value}).update(**{column: new})
    return changed


def _held(model: type[models.Model], column: str) -> list[tuple]:
    return list(model._base_manager.exclude(**{f"{column}__isnull": True}).values_list("pk", column))
