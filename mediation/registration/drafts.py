"""The registration form keeps itself while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from casemgr.cases.drafts.forms import KeptForm
from casemgr.pages.masking import without_numbers
from casemgr.pages.requests import row_id
from casemgr.parties.models import Party
from casemgr.parties.rows import party_rows

SUMMARY_SHOWN = 40


def _name(entries: Mapping[str, Any], row: int, user: Any, today: date) -> str:
    """As typed, or of the known party that was chosen, as the look-up shows it to this person."""
    if typed := str(entries.get(f"people-{row}-name") or "").strip():
        return typed
    chosen = entries.get(f"people-{row}-known_party")
    chosen = next((one for one in reversed(chosen) if one), "") if isinstance(chosen, list) else chosen
    known = row_id(chosen)
    party = Party.objects.filter(pk=known).first() if known is not None else None
    return party_rows([party], user, today)[0].name if party is not None else ""


def title_of(entries: Mapping[str, Any], user: Any, today: date) -> str:
    """王宝音、李四：因宅基地…, without the personal numbers that may have been typed there."""
    sides = "、".join(filter(None, (_name(entries, row, user, today) for row in (0, 1))))
    about = without_numbers(str(entries.get("summary") or "").strip())[:SUMMARY_SHOWN]
    return "：".join(filter(None, (without_numbers(sides), about)))


DRAFT = KeptForm("mediation.register", "mediation_register", title_of)
