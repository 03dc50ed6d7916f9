"""Codes that are read aloud and typed by hand. Only keyed digests of them are kept."""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.crypto import constant_time_compare, salted_hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O and U."""
LENGTH = 15
"""Signs of five bits each: 75 bits."""
GROUP = 5
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
NOBODY = "0" * 64
"""What a check word is compared with where there is no such code: the work is the same."""


def make() -> str:
    """7K2QD-0V3XM-9ATRP."""
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
    return spelled(signs)


def spelled(signs: str) -> str:
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def plain(typed: str) -> str:
    """As it was typed, without blanks and hyphens, with misread signs put right."""
    text = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    return "".join(sign for sign in text if sign in ALPHABET)[: LENGTH * 2]


def code_digest(purpose: str, typed: str) -> str:
    return salted_hmac(f"reconsideration.openness.{purpose}", plain(typed), algorithm="sha256").hexdigest()


def word_digest(typed_code: str, typed_word: str) -> str:
    """Of code and word together: a copy of the table proves no guess of a four-digit word."""
    word = "".join(unicodedata.normalize("NFKC", typed_word).casefold().split())
    return salted_hmac("reconsideration.openness.word", f"{plain(typed_code)}|{word}", algorithm="sha256").hexdigest()


def same(kept: str, offered: str) -> bool:
    return constant_time_compare(kept, offered)


__all__ = ["ALPHABET", "LENGTH", "NOBODY", "code_digest", "make", "plain", "same", "spelled", "word_digest"]
