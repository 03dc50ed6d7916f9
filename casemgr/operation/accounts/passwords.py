"""Temporary passwords: easy to read out over the telephone, changed at first log-in."""

from __future__ import annotations

import secrets

_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what is mistaken for something else: i l o 0 1."""
GROUPS, GROUP_LENGTH = 3, 4


def temporary_password() -> str:
    """For example `kmt4-9xqe-u7hp`: 59 bits, enough for the days until it is changed."""
    return "-".join("".join(secrets.choice(_CHARACTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
