"""Entries whose day follows from other entries: moved or struck when those change, both versions in history."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.models import Case


def move(case: Case, fact: Fact, on: date | None) -> None:
    """The entry's new day. The caller derives the deadlines anew."""
    events.record(
        case,
        events.CORRECTION,
        on,
        party=fact.root.party,
        subject=fact.subject,
        corrects=fact.root,
        reason=_("It follows from another entry."),
        was=fact.occurred_on.isoformat() if fact.occurred_on else None,
        corrected_kind=fact.kind,
    )


def strike(case: Case, fact: Fact, reason: str) -> None:
    """The entry does not stand any more, because of what it followed from."""
    events.record(
        case,
        events.STRIKE,
        fact.occurred_on,
        party=fact.root.party,
        subject=fact.subject,
        corrects=fact.root,
        reason=reason,
        struck_kind=fact.kind,
    )


__all__ = ["move", "strike"]
