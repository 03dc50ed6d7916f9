"""Numbers of nobody: valid checksums under an address code that no place has, for demo and tests."""

from __future__ import annotations

from datetime import date

from casemgr.parties.identity import credit_check_digit, organisation_check_digit, resident_check_digit

NOWHERE = "150699"
"""Within the city's codes, but given to no banner."""


def resident_number(serial: int, born: date, sex: str) -> str:
    """A resident number of nobody: the sequence digit is odd for men, even for women."""
    sequence = serial * 2 % 1000 + (1 if sex == "M" else 0)
    first = f"{NOWHERE}{born:%Y%m%d}{sequence % 1000:03d}"
    return first + resident_check_digit(first)


def credit_number(serial: int, series: str = "MA9") -> str:
    """A credit code of no organisation. `series`: three characters that keep one maker's codes apart from another's."""
    body = f"{series}{serial % 100_000:05d}"
    first = f"91{NOWHERE}{body}{organisation_check_digit(body)}"
    return first + credit_check_digit(first)
