"""Numbers shown to people who have not asked for them in full, and numbers that must not stand in a text at all."""

from __future__ import annotations

import logging
import re

_KEEP = ((15, 4, 4), (11, 3, 4), (8, 2, 2), (5, 1, 1))


def mask(text: str) -> str:
    """Hide the middle: 4 + 4 characters stay of an identity number, 3 + 4 of a telephone number, else fewer."""
    for length, head, tail in _KEEP:
        if len(text) >= length:
            return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]
    return "*" * len(text)


_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_PERSONAL = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    rf"[1-9]\d{{5}}(?:19|20)\d\d{_DAY}\d{{3}}[0-9Xx]"  # resident number
    rf"|[1-9]\d{{7}}{_DAY}\d{{3}}"  # resident number of 15 digits
    r"|(?:\+?86)?1[3-9]\d{9}"  # mobile telephone
    r"|62\d{14,17}"  # bank card
    r")(?![0-9A-Za-z])"
)


_SHORTEST = 11
"""Signs of a mobile telephone's number."""


def personal_numbers(text: str) -> list[str]:
    """What has the shape of a person's card, telephone or bank number, mistyped ones too."""
    return _PERSONAL.findall(text) if len(text) >= _SHORTEST else []


def without_numbers(text: str) -> str:
    """The text with such numbers masked."""
    return _PERSONAL.sub(lambda found: mask(found[0]), text)


_ROW_VALUES = re.compile(r"^(?:DETAIL|CONTEXT|LINE \d+):.*(?:\n[ \t]+\^.*)?\n?", re.MULTILINE)


def loggable(text: str) -> str:
    """An error's text fit to be kept: numbers masked, and without the lines in which PostgreSQL quotes a row."""
    return without_numbers(_ROW_VALUES.sub("", text))


class MaskingFormatter(logging.Formatter):
    """Log lines and tracebacks hold no personal number, whoever wrote it into an error."""

    def format(self, record: logging.LogRecord) -> str:
        return loggable(super().format(record))
