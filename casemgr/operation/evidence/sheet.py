"""The head sheet: the newest heads of the chain on paper, to be kept where no keeper of the database reaches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casemgr.audit.models import Seal
from casemgr.documents.rendering import Cell, DocumentText, Section, SignLines, Table, render_pdf

ROWS = 20
"""Heads on one sheet; a head vouches for every head before it."""
GROUP = 8


def in_groups(digest: str) -> str:
    """The digest in groups of eight, as eyes compare it."""
    return " ".join(digest[start : start + GROUP] for start in range(0, len(digest), GROUP))


def instructions() -> list[str]:
    """How to keep the sheet and how to compare, on paper and on the page."""
    return [
        _("Print the sheet regularly, sign it and keep it where nobody who runs the database has access."),
        _("To compare: open the page of seals and look up the newest number on the sheet. Every character of the "
          "digest and the number of rows must be equal. One head vouches for all before it."),
        _("The same heads stand in a file outside the database; “manage.py verify_audit” compares that file, the "
          "chain and every sealed row."),
        _("If a digest differs or a number is missing: change nothing, keep the sheet and the backups, and report it "
          "to the auditor and the leader at once."),
    ]  # fmt: skip


def head_sheet(seals: Sequence[Seal], printed_by: str, now: datetime, office: str) -> bytes:
    """The sheet as PDF, the newest head first."""
    header = tuple(
        Cell(text, label=True) for text in (_("Seal number"), _("Sealed at"), _("Rows"), _("Digest (SHA-256)"))
    )
    rows = [
        (Cell(str(seal.number), align="center"), Cell(_moment(seal.sealed_at)), Cell(str(seal.rows), align="right"),
         Cell(in_groups(seal.digest)))
        for seal in seals
    ]  # fmt: skip
    printed = _("Printed by %(name)s, %(at)s") % {"name": printed_by, "at": _moment(now)}
    text = "\n".join(f"{number}. {line}" for number, line in enumerate(instructions(), 1))
    return render_pdf(
        DocumentText(
            title=_("Heads of the evidence chain"),
            issuer=office,
            kind="record",
            seal_place=False,
            sections=(
                Section(printed, blocks=(Table((header, *rows), widths=(1, 2.2, 1, 6), header_rows=1),)),
                Section(text, heading=_("Keeping and comparing")),
                Section(blocks=(SignLines((_("Auditor"), _("Keeper of the sheet"))),)),
            ),
        )
    )


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i:s")
