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
    from casemgr.documents import orphans
    from casemgr.documents.uploads.holding import hold
    from casemgr.ledgers import definition as ledgers
    from casemgr.web.navigation import HANDLING, Entry, register
    from litigation import models
    from litigation.backlog.actions import ACTIONS
    from litigation.backlog.ledger import LEDGER
    from litigation.backlog.letters.actions import ACTIONS as LETTERS
    from litigation.backlog.letters.actions import FOLDER as LETTER_FILES
    from litigation.backlog.letters.evidence import LETTER, damaged_letters
    from litigation.backlog.past import RecordPastItem
    from litigation.backlog.proof.actions import ACTIONS as PROOF
    from litigation.backlog.proof.keeping import FOLDER
    from litigation.backlog.rounds.actions import ACTIONS as ROUNDS
    from litigation.backlog.take_back import TakeBack
    from litigation.models.backlog import OVER_ALL
    from litigation.roles import DEPARTMENT

    registry.register(*ACTIONS, *ROUNDS, *PROOF, *LETTERS, RecordPastItem, TakeBack)
    ledgers.register(LEDGER)
    orphans.own(LETTER_FILES, models.UnitLetter._meta.label, "file", "word_file")
    evidence.mirror(models.UnitLetter, *LETTER)
    evidence.register_check("unit letters", damaged_letters)
    hold(models.BacklogProof, FOLDER, "title", "received_on", "withdrawn_on", "withdrawn_reason")
    evidence.mirror(models.BacklogItem, *ITEM)
    evidence.mirror(models.BacklogYear, "year", "target", "target_on", "snapshot_on")
    evidence.mirror(models.SnapshotEntry, "year_id", "item_id", "unit_id", "perform_due_on", "amount_yuan")
    register(
        Entry(_("Backlog"), "backlog_board", (*OVER_ALL, *DEPARTMENT), 54, HANDLING, below=("/litigation/two-years/",))
    )
