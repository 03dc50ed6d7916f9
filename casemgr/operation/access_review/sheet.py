"""A review on paper: every line with its verdict, who signed, and the digest of what was signed."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casemgr.documents.rendering import Cell, DocumentText, KeyValues, Section, Table, render_pdf
from casemgr.operation.access_review.models import AccessReview
from casemgr.operation.evidence.sheet import in_groups
from casemgr.pages.dates import long_date


def review_sheet(review: AccessReview, office: str) -> bytes:
    """The review as PDF; one that is not signed carries the watermark of a draft."""
    labels = (_("Person"), _("Role or case"), _("Until"), _("Last log-in"), _("Findings"), _("Verdict"), _("Reason"))
    header = tuple(Cell(text, label=True) for text in labels)
    rows = [
        (Cell(line.name), Cell(line.what), Cell(_day(line.until_on)), Cell(_day(line.last_login_on)),
         Cell("；".join(line.finding_labels)), Cell(_verdict(line)), Cell(line.reason))
        for line in review.lines.select_related("decided_by")
    ]  # fmt: skip
    pairs = [(_("Reviewed unit"), review.unit.name), (_("Begun on"), long_date(review.opened_on))]
    if review.signed_at:
        at = date_format(timezone.localtime(review.signed_at), "Y-m-d H:i")
        pairs += [(_("Signed off by"), f"{review.signed_by.full_name} {at}"), (_("Remark"), review.statement or "—")]
        pairs += [(_("Digest (SHA-256)"), in_groups(review.digest)), (_("Next review on"), long_date(review.next_on))]
    text = DocumentText(
        title=_("Yearly review of access"),
        issuer=office,
        kind="record",
        seal_place=False,
        sections=(
            Section(blocks=(KeyValues(tuple(pairs)),)),
            Section(blocks=(Table((header, *rows), widths=(1.3, 1.8, 1.4, 1.4, 1.8, 1.6, 2), header_rows=1),)),
        ),
    )
    return render_pdf(text, draft=review.signed_at is None)


def _verdict(line) -> str:
    by = f" {line.decided_by.full_name}" if line.decided_by else ""
    return f"{line.get_verdict_display()}{by}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"
