"""Suits, suggestions and supervision are files of one procedure: what is done to one is not done to the others."""

from __future__ import annotations

from casemgr.cases.models import Case
from litigation.terms import FileKind

SUITS: tuple[str, ...] = (FileKind.SUIT, FileKind.ENFORCEMENT)

ONLY_SUITS: tuple[str, ...] = (FileKind.SUIT,)
"""What a file about the enforcement of an act does not have: appeal, retrial, settlement, compensation."""


def is_suit(case: Case) -> bool:
    return case.facts.file_kind in SUITS


def is_suggestion(case: Case) -> bool:
    return case.facts.file_kind == FileKind.SUGGESTION


def is_supervision(case: Case) -> bool:
    return case.facts.file_kind == FileKind.SUPERVISION


__all__ = ["SUITS", "is_suggestion", "is_suit", "is_supervision"]
