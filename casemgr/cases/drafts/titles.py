"""What a list of drafts may say of them: names as typed, and of known parties as the look-up shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from casemgr.pages.masking import without_numbers
from casemgr.pages.requests import row_id
from casemgr.pages.row_forms import indexes
from casemgr.parties.models import Party
from casemgr.parties.rows import party_rows

ROWS_READ = 10
"""Rows of a block that a title looks at."""
TEXT_SHOWN = 40
Entries = Mapping[str, Any]
Names = Mapping[int, str]
"""Names of the known parties that drafts chose, by id, as this person may see them."""


def _rows(entries: Entries, block: str) -> Iterator[str]:
    """people-0, people-1, …"""
    return (f"{block}-{number}" for number in indexes(entries, block)[:ROWS_READ])


def _chosen(entries: Entries, row: str) -> int | None:
    """The known party chosen in a row; radio buttons may stand beside a hidden field."""
    sent = entries.get(f"{row}-known_party")
    return row_id(next((one for one in reversed(sent) if one), "") if isinstance(sent, list) else sent)


def names_of_chosen(drafts: Iterable[tuple[Entries, Iterable[str]]], user: Any, today: date) -> dict[int, str]:
    """Names of the parties chosen in the drafts' blocks; a fixed number of queries for all of them."""
    found = {_chosen(entries, row) for entries, blocks in drafts for block in blocks for row in _rows(entries, block)}
    ids = found - {None}
    parties = list(Party.objects.filter(pk__in=ids)) if ids else []
    return {row.id: row.name for row in party_rows(parties, user, today)} if parties else {}


def people(entries: Entries, block: str, names: Names, *, roles: Iterable[str] = (), most: int = 2) -> str:
    """王宝音、李四, of the first filled rows; `roles`: only of those whose `role` is one of them, or is not sent."""
    wanted = {*roles}
    found = []
    for row in _rows(entries, block):
        if wanted and entries.get(f"{row}-role") and entries[f"{row}-role"] not in wanted:
            continue
        typed = str(entries.get(f"{row}-name") or "").strip()
        found.append(typed or names.get(_chosen(entries, row) or 0, ""))
    return "、".join([name for name in found if name][:most])


def titled(*parts: str) -> str:
    """The parts that are filled, shortened and without the personal numbers that may have been typed there."""
    return "：".join(without_numbers(part.strip())[:TEXT_SHOWN] for part in parts if part.strip())
