"""The registration form keeps itself while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casemgr.cases.drafts.forms import KeptForm
from casemgr.parties.models import Party

SUMMARY_SHOWN = 40


def _name(entries: Mapping[str, Any], row: int) -> str:
    """As typed, or of the known party that was chosen."""
    if typed := str(entries.get(f"people-{row}-name") or "").strip():
        return typed
    chosen = entries.get(f"people-{row}-known_party")
    chosen = next((one for one in reversed(chosen) if one), "") if isinstance(chosen, list) else str(chosen or "")
    if not chosen.isdecimal() or len(chosen) > 18:
        return ""
    return Party.objects.filter(pk=int(chosen)).values_list("name", flat=True).first() or ""


def title_of(entries: Mapping[str, Any]) -> str:
    """王宝音、李四：因宅基地…"""
    sides = "、".join(filter(None, (_name(entries, 0), _name(entries, 1))))
    about = str(entries.get("summary") or "").strip()[:SUMMARY_SHOWN]
    return "：".join(filter(None, (sides, about)))


DRAFT = KeptForm("mediation.register", "mediation_register", title_of)
