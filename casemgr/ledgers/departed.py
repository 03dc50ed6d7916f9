"""An import of somebody who works here no more: those who run the system undo it in their place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.models import LedgerImport


def has_left(of_import: LedgerImport, today: date) -> bool:
    """Whether who sent it in can undo it no more: the account is closed, or loads this ledger no more."""
    by = of_import.by
    return by is not None and not (by.is_active and ledgers()[of_import.kind].may_load(by, today))


def may_undo_in_place(of_import: LedgerImport, user: Any, today: date) -> bool:
    """Whether the user undoes it for somebody who left; nothing else is done with another's import."""
    return "admin" in user.role_codes(today) and has_left(of_import, today)


def reason_in_place(of_import: LedgerImport, user: Any, reason: str) -> str:
    """What each case that is taken back tells: why, by whom, and in whose place."""
    return _("%(reason)s (undone by %(admin)s, in place of %(name)s, who left)") % {
        "reason": reason, "admin": user.full_name or user.username, "name": of_import.by_name,
    }  # fmt: skip


__all__ = ["has_left", "may_undo_in_place", "reason_in_place"]
