"""Names, addresses, courts and seals as they are on a day; a paper reads those of its own day."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db import connection

from casemgr.organisation.models import OfficeParticulars, OfficialSeal
from casemgr.organisation.reference import PARTICULARS, SEALS

PRINTED = (
    *("authority", "office", "counter", "address", "postal_code", "phone"),
    *("basic_court", "basic_court_address", "intermediate_court", "intermediate_court_address"),
)
"""The particulars that stand in the text of papers."""

RECHECK_SECONDS = 60.0
"""How long another process may go on showing the former name in the header. Papers always read afresh."""

_named: dict[str, tuple[date, float, str]] = {}
_read: ContextVar[dict[str, list[OfficeParticulars]] | None] = ContextVar("office_read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Within the block, a request or an action, the entries are read at most once: header and papers ask for them many
    times. A block within another reads nothing of its own."""
    token = _read.set({} if (outer := _read.get()) is None else outer)
    try:
        yield
    finally:
        _read.reset(token)


def office_on(day: date) -> OfficeParticulars:
    """The particulars in force; until somebody has entered some, those every installation starts with (unsaved)."""
    entered = (entry for entry in _entries() if entry.effective_on <= day)
    return next(entered, None) or OfficeParticulars(**PARTICULARS)


def _entries() -> list[OfficeParticulars]:
    """All entries, the newest first: an office has a handful in its life."""
    kept = _read.get()
    if kept is not None and "entries" in kept:
        return kept["entries"]
    entries = list(OfficeParticulars.objects.order_by("-effective_on"))
    if kept is not None:
        kept["entries"] = entries
    return entries


def entered_name(day: date) -> str:
    """The office's name for the header of every page, empty when nobody has entered one. At most a minute old."""
    known = _named.get(connection.settings_dict["NAME"])
    if known is None or known[0] != day or time.monotonic() - known[1] > RECHECK_SECONDS:
        office = office_on(day)
        known = (day, time.monotonic(), office.name if office.pk else "")
        _named[connection.settings_dict["NAME"]] = known
    return known[2]


def forget() -> None:
    """An entry was changed: what this request and process have read is old."""
    _named.clear()
    if (kept := _read.get()) is not None:
        kept.clear()


def seal_on(unit_code: str, day: date) -> str:
    """The name of the unit's seal; empty for a unit that has none."""
    entered = OfficialSeal.objects.filter(unit__code=unit_code, effective_on__lte=day).first()
    return entered.name if entered else SEALS.get(unit_code, "")
