"""What the backlog makes known when the program starts."""

from __future__ import annotations

ITEM = (
    *("unit_id", "court_key", "ruling_kind", "effective_on", "perform_due_on", "amount_yuan", "performed_yuan"),
    *("state", "performed_on", "cleared_on", "written_off_on"),
)


def connect() -> None:
    """Called from `AppConfig.ready()` of litigation."""
    from django.utils.translation import gettext_lazy as _

    from casemgr.actions import registry
    from casemgr.audit import evidence
    from casemgr.ledgers import definition as ledgers
    from casemgr.web.navigation import Entry, register
    from litigation import models
    from litigation.backlog.actions import ACTIONS
    from litigation.backlog.ledger import LEDGER
    from litigation.backlog.past import RecordPastItem
    from litigation.models.backlog import OVER_ALL
    from litigation.roles import DEPARTMENT

    registry.register(*ACTIONS, RecordPastItem)
    ledgers.register(LEDGER)
    evidence.mirror(models.BacklogItem, *ITEM)
    evidence.mirror(models.BacklogYear, "year", "target", "target_on", "snapshot_on")
    evidence.mirror(models.SnapshotEntry, "year_id", "item_id", "unit_id", "perform_due_on", "amount_yuan")
    register(
        Entry(_("Backlog"), "backlog_board", (*OVER_ALL, *DEPARTMENT), order=54, below=("/litigation/two-years/",))
    )
