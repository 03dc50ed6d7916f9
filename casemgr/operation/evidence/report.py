"""The result of verifying, for programs and for people."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.audit.evidence import Finding
from casemgr.audit.verification import Report, verify

WHAT: dict[str, str | Promise] = {
    "row-changed": gettext_lazy("a row was changed"),
    "row-removed": gettext_lazy("a row was removed"),
    "row-added": gettext_lazy("rows were added where sealing had passed"),
    "row-without-history": gettext_lazy("a row has no history"),
    "seal-removed": gettext_lazy("a seal was removed"),
    "seal-rewritten": gettext_lazy("a seal was rewritten"),
    "head-missing": gettext_lazy("the file of heads lacks a seal"),
    "heads-unreadable": gettext_lazy("the file of heads is damaged"),
    "table-missing": gettext_lazy("a sealed table is gone"),
    "redaction-forged": gettext_lazy("a redaction that no erasure made"),
    "redaction-unsealed": gettext_lazy("a redaction is not sealed"),
    "file-damaged": gettext_lazy("a file is gone or was changed"),
}


def verified() -> Report:
    """Verify now, end to end."""
    return verify()


def sentence(finding: Finding) -> str:
    """One finding as a person reads it."""
    parts = [str(WHAT.get(finding.what, finding.what))]
    if finding.table:
        parts.append(f"{finding.table} {finding.row or ''}".strip())
    if finding.seal:
        parts.append(_("seal %(number)s") % {"number": finding.seal})
    if finding.detail:
        parts.append(finding.detail)
    return "; ".join(parts)


def as_dict(report: Report) -> dict[str, Any]:
    """`broken` names the first broken link."""
    return {
        "sound": report.is_sound,
        "seals": report.seals,
        "rows": report.rows,
        "unsealed": report.unsealed,
        "broken": _plain(report.findings[0]) if report.findings else None,
        "findings": [_plain(finding) for finding in report.findings],
    }


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "what": finding.what,
        "table": finding.table,
        "row": finding.row,
        "seal": finding.seal,
        "detail": finding.detail,
    }
